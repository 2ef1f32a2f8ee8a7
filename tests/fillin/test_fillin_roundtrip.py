"""What is written into the workbook is read back the same, whoever saved the file in between."""

from __future__ import annotations

import math
import os
import random
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook

from sedp_helpers.catalog.load import load_catalog
from sedp_helpers.fillin.book import to_thousands
from sedp_helpers.fillin.template import write_template
from sedp_helpers.intake.observation_rows import Context
from sedp_helpers.intake.observations import TIDY
from sedp_helpers.intake.passport import type_municipality
from sedp_helpers.intake.register_cells import Lists
from sedp_helpers.intake.registers import tidy_register
from sedp_helpers.intake.workbook_child import write_cell
from sedp_helpers.intake.workbook_read import WorkbookContent, read_workbook
from sedp_helpers.intake.workbook_sheets import list_wide_rows
from sedp_helpers.models import LANGUAGES, Municipality

CATALOG = load_catalog()
NAN = float("nan")
KEY = ["indicator", "year", "sex", "age", "village", "item"]
PLACE = Municipality(
    id="kara-suu", name={"ky": "Кара-Суу", "ru": "Кара-Суу"}, base_year=2024,
    soate="41706211800010", oblast={"id": "o-naryn", "name": {"ky": "Нарын облусу"}},
    distances_km={"г. Нарын": 120.5}, mountain=True, hide_sections=("space",),
    signatures=({"role": "head", "name": "А. А."},), programme={"start": 2026, "end": 2028},
    document={"status": "hearing", "date": "2026-05-04"}, stock_date="year_start",
    approval={"council": {"date": "2026-05-25"}}, forecast_methods=("auto", "naive"),
)
REGISTERS = {
    "villages": pd.DataFrame({"id": ["v1", "v2"], "name_ky": ["Мантыш", "Кызыл-Дөбө"],
                              "name_ru": ["Мантыш", "Кызыл-Добо"], "lat": [42.1, NAN]}),
    "codes": pd.DataFrame({"list": ["crops"], "code": ["potato"], "name_ky": ["Картошка"]}),
    "events": pd.DataFrame({"id": ["e1"], "kind": ["hearing"], "date": ["2026-05-14"],
                            "time": ["11:00"], "village": ["v2"], "participants": [66.0],
                            "protocol": [True]}),
    "documents": pd.DataFrame({"kind": ["sedp_approval"], "number": ["12"],
                               "published_where": ["site;board"]}),
    "plan": pd.DataFrame({"id": ["m1", "m2"], "measure": ["Суу\nтүтүгү", "=1+1"],
                          "measure_ru": ["Водопровод", ""], "cost": [1234567.891, NAN],
                          "capital": [True, False], "start": ["2026", "2027-03"]}),
    "answers": pd.DataFrame({"section": ["general", "general"], "question": ["gen-1", "own"],
                             "text": ["Жооп", "Дагы"], "source": ["паспорт", ""]}),
}
NOTES = {"population.ky": "Калк **өсүүдө**.\n\nЭкинчи сап", "plan.ru": "я" * 70_000}


def make_observations() -> pd.DataFrame:
    """Every wide cell of three years, and rows that only ``observations`` can hold."""
    draw, rows = random.Random(7), []
    for model in CATALOG.indicators.values():
        whole = CATALOG.units[model.unit]["whole"]
        for wide in list_wide_rows(model, CATALOG.codes, villages=["v1", "v2"],
                                   items=["potato"]):
            if wide.kind in ("head", "free"):
                continue
            for year in (2022, 2023, 2024):
                value = draw.randint(0, 9999) if whole else draw.randint(0, 99_999) / 1000
                rows.append([model.id, year, float(value), wide.sex, wide.age, wide.village,
                             wide.item, "A", "", "", "current"])
    rows[0][7:10] = ["E", "Кадастр", "баалоо"]
    rows[1][2], rows[1][7] = NAN, "L"
    rows[2][10] = "new"
    rows += [["population.births", 2024, 3.0, "f", "20-24", "v2", "", "A", "", "", "current"],
             ["population.total", 2010, 6001.0, "", "", "", "", "A", "", "", "current"],
             ["economy.remittances", 2021, 0.1 + 0.2, "", "", "", "", "A", "", "", "current"]]
    return pd.DataFrame(rows, columns=[name for name in TIDY if name != "origin"])


OBSERVATIONS = make_observations()


def write_filled(language: str) -> bytes:
    return write_template(CATALOG, language, municipality=PLACE, years=range(2021, 2026),
                          observations=OBSERVATIONS, registers=REGISTERS, notes=NOTES)


def read_bytes(content: bytes, folder: Path) -> WorkbookContent:
    path = folder / "workbook.xlsx"
    path.write_bytes(content)
    return read_workbook(path, CATALOG)


def tidy_of(content: WorkbookContent) -> pd.DataFrame:
    context = Context(CATALOG.indicators, CATALOG.codes, {"v1": "", "v2": ""}, CATALOG.units,
                      PLACE.stock_date)
    tidy, found = content.tidy_observations(context)
    assert {finding.rule for finding in found} <= {"IN-DUPLICATE"}
    return tidy


def assert_same(content: WorkbookContent) -> None:
    """Observations, registers, passport and notes are those that were written."""
    columns = list(OBSERVATIONS.columns)
    got = tidy_of(content)[columns].sort_values(KEY).reset_index(drop=True)
    want = OBSERVATIONS.sort_values(KEY).reset_index(drop=True)
    pd.testing.assert_frame_equal(got, want, check_dtype=False, check_exact=True)
    assert {"villages", "plan", "events", "documents", "answers", "codes"} == set(
        content.registers)
    ids = {"villages.id": {"v1": "", "v2": ""}, "plan.id": {"m1": "", "m2": ""}}
    for name, frame in REGISTERS.items():
        lists = Lists(CATALOG.codes, ids, content.money_units.get(name, "som"))
        tidy, _ = tidy_register(content.registers[name], CATALOG.registers[name], lists)
        for column in frame:
            pairs = list(zip(tidy[column], frame[column], strict=True))
            assert all(one == other or (is_nan(one) and is_nan(other))
                       for one, other in pairs), (name, column, pairs)
    assert content.passport is not None
    model, found = type_municipality(content.passport.entries, PLACE.id)
    assert model == PLACE and not found
    assert dict(content.notes) == NOTES


def is_nan(value: Any) -> bool:
    return isinstance(value, float) and math.isnan(value)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_filled_workbook_says_what_was_written(language: str, tmp_path: Path) -> None:
    content = read_bytes(write_filled(language), tmp_path)
    assert not content.findings
    assert content.meta["language"] == language and content.meta["municipality"] == "kara-suu"
    assert_same(content)


def save_by_openpyxl(source: Path, folder: Path) -> None:
    load_workbook(source).save(folder / "workbook.xlsx")


def save_by_libreoffice(source: Path, folder: Path) -> None:
    subprocess.run(
        ["soffice", f"-env:UserInstallation={(folder / 'profile').as_uri()}", "--headless",
         "--convert-to", "xlsx:Calc MS Excel 2007 XML", "--outdir", str(folder), str(source)],
        check=True, capture_output=True, timeout=120,
    )


SAVERS = [save_by_openpyxl, *([save_by_libreoffice] if shutil.which("soffice") else [])]


@pytest.mark.parametrize("save", SAVERS)
def test_it_says_the_same_after_another_program_saved_it(
    save: Callable[[Path, Path], None], tmp_path: Path
) -> None:
    (tmp_path / "in").mkdir()
    source = tmp_path / "in" / "workbook.xlsx"
    source.write_bytes(write_filled("ru"))
    save(source, tmp_path)
    saved = tmp_path / "workbook.xlsx"
    assert_same(read_workbook(saved, CATALOG))
    book = load_workbook(saved)
    assert book["population"].protection.sheet
    assert not book["population"]["D5"].protection.locked
    assert book["population"].column_dimensions["A"].width < 3
    rules = book["events"].data_validations.dataValidation
    assert any(rule.type == "list" and rule.promptTitle for rule in rules)
    assert book["observations"]["E9"].number_format == "@"


def test_a_second_round_gives_the_same_file(tmp_path: Path) -> None:
    first = write_filled("ky")
    tidy = tidy_of(read_bytes(first, tmp_path))
    second = write_template(CATALOG, "ky", municipality=PLACE, years=range(2021, 2026),
                            observations=tidy, registers=REGISTERS, notes=NOTES)
    assert tidy_of(read_bytes(second, tmp_path)).drop(columns="origin").sort_values(
        KEY).reset_index(drop=True).equals(
        tidy.drop(columns="origin").sort_values(KEY).reset_index(drop=True))


def processor_seconds() -> float:
    """Work of this process and of the children it waited for: what else runs does not count."""
    return sum(os.times()[:4])


def test_a_workbook_is_read_at_25000_observations_a_second(tmp_path: Path) -> None:
    path = tmp_path / "workbook.xlsx"
    path.write_bytes(write_template(CATALOG, "ky", years=range(2000, 2026), registers=REGISTERS,
                                    municipality=PLACE, observations=fill_every_year()))
    speeds = []
    for _ in range(3):
        start = processor_seconds()
        rows = len(tidy_of(read_workbook(path, CATALOG)))
        speeds.append(rows / (processor_seconds() - start))
    assert rows > 10_000
    assert max(speeds) >= 25_000, speeds


def fill_every_year() -> pd.DataFrame:
    base = OBSERVATIONS[(OBSERVATIONS["year"] == 2023) & (OBSERVATIONS["status"] == "A")]
    return pd.concat([base.assign(year=year) for year in range(2000, 2025)], ignore_index=True)


@settings(max_examples=200)
@given(st.integers(0, 10**13).map(lambda number: number / 100))
def test_a_sum_in_thousands_comes_back_to_the_tyiyn(value: float) -> None:
    assert float(f"{write_cell(to_thousands(value))}e3") == value


# ---- roles -------------------------------------------------------------------------------
def test_a_copy_for_a_role_shows_last_years_figures(tmp_path: Path) -> None:
    content = read_bytes(write_template(
        CATALOG, "ky", municipality=PLACE, years=range(2024, 2026), role="accountant",
        observations=OBSERVATIONS[OBSERVATIONS["year"] == 2024], registers=REGISTERS), tmp_path)
    tidy = tidy_of(content)
    assert set(tidy["year"]) == {2024} and len(tidy) > 50
    known = {"budget", "services", "economy", "environment"}  # heated buildings: finance department
    assert set(tidy["indicator"].str.partition(".")[0]) <= known
    assert content.passport is None and content.meta["role"] == "accountant"
