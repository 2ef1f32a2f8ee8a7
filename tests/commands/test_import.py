"""Files of other offices become rows of observations.csv, and nothing that is there is lost."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import openpyxl
import pandas as pd
import pytest

from sedp_helpers.commands.bring import Choice, import_file
from sedp_helpers.commands.export import export_place
from sedp_helpers.errors import InputError, NotFoundError, UsageError
from sedp_helpers.intake.store import Store
from sedp_helpers.paths import Workspace
from sedp_helpers.prepare import prepare
from tests.commands.conftest import Listener, collect, find_value
from tests.conftest import PASSPORT, write_place

FIXTURES = Path(__file__).parents[1] / "fixtures"
SOATE = "41704210800000"
PASSPORT_SOATE = f'{PASSPORT}soate: "{SOATE}"\n'
NSC = """Численность постоянного населения областей и айылных аймаков,,
на начало 2026г,,
41704 000 000 00 0,Нарынская область,320 000
41704 210 800 00 0,Ак-Суйский айылный аймак,12 480
41704210800010,с. Мантыш,7 480
41704210800020,c. Кызыл-Добо,5 000
41704210800030,с. Жаңы-Жол,-
41704220800000,Другой аймак,9 000
"""
VILLAGES = "id,name_ky\nv1,Мантыш\nv2,Кызыл-Дөбө\n"


@pytest.fixture
def folder(workspace: Workspace) -> Path:
    folder = write_place(workspace.root, passport=PASSPORT_SOATE)
    (folder / "villages.csv").write_text(VILLAGES, encoding="utf-8")
    return folder


def bring(workspace: Workspace, console: Listener, kind: str, path: Path, *, force: bool = False,
          to: str = "ak-suu", **choice: object) -> int:
    return import_file(workspace, kind, path, to, Choice(**choice),  # type: ignore[arg-type]
                       force=force, console=console)


def write(path: Path, text: str) -> Path:
    path.write_text(text, encoding="utf-8")
    return path


def test_the_beginning_of_a_year_is_stored_as_the_year_before_with_villages_and_source(
        workspace: Workspace, folder: Path, console: Listener, tmp_path: Path) -> None:
    before = (folder / "observations.csv").read_bytes()
    assert bring(workspace, console, "nsc-population", write(tmp_path / "825.csv", NSC.replace(
        "12 480", '"12 480"'))) == 0
    found = collect(workspace, "ak-suu")
    assert find_value(found, "population.total", 2025) == 12480
    assert find_value(found, "population.total", 2025, village="v1") == 7480
    assert find_value(found, "population.total", 2025, village="v2") == 5000
    assert find_value(found, "population.total", 2024) == 11500
    assert len(found.observations) == 24 + 3
    assert "operational/825" in found.observations["source"].iloc[-1]
    (kept,) = folder.glob("observations (before import *).csv")
    assert kept.read_bytes() == before
    assert not [one for one in found.findings if one.rule in ("IN-TABLE", "IN-NUM-FORM")]
    assert "Жаңы-Жол" in console.said


def test_a_municipality_that_counts_at_the_beginning_of_the_year_gets_the_official_year(
        workspace: Workspace, console: Listener, tmp_path: Path) -> None:
    folder = write_place(workspace.root, rows=[],
                         passport=f"{PASSPORT_SOATE}stock_date: year_start\n")
    assert bring(workspace, console, "nsc-population", write(tmp_path / "825.csv", NSC)) == 0
    with (folder / "observations.csv").open(encoding="utf-8") as table:
        assert [row["year"] for row in csv.DictReader(table)] == ["2026"]
    assert find_value(collect(workspace, "ak-suu"), "population.total", 2025) == 12480


def test_a_workbook_of_the_statistics_office_is_read_whose_codes_are_numbers(
        workspace: Workspace, folder: Path, console: Listener, tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    for row in csv.reader(NSC.splitlines()):
        code = row[0].replace(" ", "")
        book.active.append([int(code) if code.isdigit() else row[0], row[1],  # type: ignore
                            int(row[2].replace(" ", "")) if row[2][:1].isdigit() else row[2]])
    book.save(tmp_path / "825.xlsx")
    assert bring(workspace, console, "nsc-population", tmp_path / "825.xlsx") == 0
    assert find_value(collect(workspace, "ak-suu"), "population.total", 2025) == 12480


def test_an_older_xls_file_of_the_statistics_office_is_read(
        workspace: Workspace, folder: Path, console: Listener) -> None:
    assert bring(workspace, console, "nsc-population", FIXTURES / "nsc_825.xls") == 0
    found = collect(workspace, "ak-suu")
    assert find_value(found, "population.total", 2025) == 12480
    assert find_value(found, "population.total", 2025, village="v2") == 5000


def test_the_same_file_twice_adds_nothing(
        workspace: Workspace, folder: Path, console: Listener, tmp_path: Path) -> None:
    path = write(tmp_path / "825.csv", NSC)
    bring(workspace, console, "nsc-population", path)
    before = (folder / "observations.csv").read_bytes()
    assert bring(workspace, console, "nsc-population", path) == 0
    assert (folder / "observations.csv").read_bytes() == before
    assert len(list(folder.glob("*before import*"))) == 1
    assert "0 figures added, 3 were there already" in console.said


def test_a_different_figure_stops_the_import_names_both_and_force_replaces_it(
        workspace: Workspace, folder: Path, console: Listener, tmp_path: Path) -> None:
    path = write(tmp_path / "825.csv", NSC)
    before = (folder / "observations.csv").read_bytes()
    assert bring(workspace, console, "nsc-population", path, year=2025) == 1
    assert (folder / "observations.csv").read_bytes() == before
    assert "12,480" in console.said and "observations!C5" in console.said
    assert "11,500" in console.said
    assert bring(workspace, console, "nsc-population", path, year=2025, force=True) == 0
    found = collect(workspace, "ak-suu")
    assert find_value(found, "population.total", 2024) == 12480
    assert len(found.observations) == 24 + 2


def test_a_gap_of_the_table_is_filled(
        workspace: Workspace, folder: Path, console: Listener, tmp_path: Path) -> None:
    with (folder / "observations.csv").open("a", encoding="utf-8") as table:
        table.write("population.total,2025,,,,,,O,,сурадык\n")
    assert bring(workspace, console, "nsc-population", write(tmp_path / "825.csv", NSC)) == 0
    found = collect(workspace, "ak-suu")
    assert find_value(found, "population.total", 2025) == 12480
    assert not [one for one in found.findings if one.severity == "error"]


def test_what_the_file_lacks_is_a_sentence(
        workspace: Workspace, folder: Path, console: Listener, tmp_path: Path) -> None:
    path = write(tmp_path / "825.csv", NSC.replace("на начало 2026г", ""))
    with pytest.raises(UsageError):
        bring(workspace, console, "nsc-population", path)
    with pytest.raises(InputError) as refused:
        bring(workspace, console, "nsc-population",
              write(tmp_path / "e.csv", NSC.replace("41704210800", "41704230800").replace(
                  "41704 210 800", "41704 230 800")))
    assert refused.value.key == "foreign_empty"
    for name, content in (("a.xlsx", b"PK\x03\x04 x"), ("a.xls", b"\xd0\xcf\x11\xe0 x"),
                          ("a.csv", b"\xff\xfe\x00"), ("b.csv", b"")):
        (tmp_path / name).write_bytes(content)
        with pytest.raises(InputError):
            bring(workspace, console, "nsc-population", tmp_path / name)
    with pytest.raises(NotFoundError):
        bring(workspace, console, "nsc-population", tmp_path / "nothing.csv")
    with pytest.raises(NotFoundError):
        bring(workspace, console, "nsc", path)


def test_a_municipality_without_a_soate_code_is_asked_for_it(
        workspace: Workspace, console: Listener, tmp_path: Path) -> None:
    write_place(workspace.root)
    with pytest.raises(InputError) as refused:
        bring(workspace, console, "nsc-population", write(tmp_path / "825.csv", NSC))
    assert refused.value.key == "needs_soate"


OPENDATA = {"units": "сом", "title": "Пенсия", "data": [
    {"pk": 1, "title_ru": "г.Бишкек (1)", "title_kg": "Бишкек ш.", "title_en": "Bishkek",
     "values": [{"key": 2024, "value": 9000.5}]},
    {"pk": 2, "title_ru": "Ак-Суу", "title_kg": "Ак-Суу", "title_en": "Ak-Suu",
     "values": [{"key": 2024, "value": 8100.25}, {"key": 2023, "value": 7000},
                {"key": 2022, "value": None}]}]}


def test_open_data_give_the_series_of_the_named_territory(
        workspace: Workspace, folder: Path, console: Listener, tmp_path: Path) -> None:
    path = write(tmp_path / "pension.json", json.dumps(OPENDATA))
    with pytest.raises(UsageError):
        bring(workspace, console, "opendata", path)
    with pytest.raises(NotFoundError):
        bring(workspace, console, "opendata", path, indicator="economy.nothing")
    assert bring(workspace, console, "opendata", path, indicator="economy.pension") == 0
    found = collect(workspace, "ak-suu")
    assert find_value(found, "economy.pension", 2024) == 8100.25
    assert find_value(found, "economy.pension", 2023) == 7000
    with pytest.raises(InputError) as refused:
        bring(workspace, console, "opendata", path, indicator="economy.wage", row="Талас")
    assert "Бишкек" in refused.value.params["known"]


def test_open_data_go_into_the_table_of_a_district(
        workspace: Workspace, console: Listener, tmp_path: Path) -> None:
    (workspace.raw / "district-ak-talaa").mkdir()
    path = write(tmp_path / "pension.json", json.dumps(OPENDATA))
    assert bring(workspace, console, "opendata", path, to="district-ak-talaa",
                 indicator="economy.pension", row="Бишкек") == 0
    text = (workspace.raw / "district-ak-talaa" / "observations.csv").read_text(encoding="utf-8")
    assert "economy.pension,2024,9000.5" in text
    with pytest.raises(NotFoundError):
        bring(workspace, console, "opendata", path, to="district-../x")


def test_open_budget_gives_actual_and_planned_revenue_of_the_local_budget(
        workspace: Workspace, folder: Path, console: Listener, tmp_path: Path) -> None:
    record = {"rb": 5, "rayon": 7, "gorod": 0, "ao": 18250000.5, "ao_p": 19000000}
    path = write(tmp_path / "in.json", json.dumps([[{"ao": 1, "ao_p": 2}], [record]]))
    with pytest.raises(UsageError):
        bring(workspace, console, "okmot-incomes", path)
    assert bring(workspace, console, "okmot-incomes", path, year=2024) == 0
    found = collect(workspace, "ak-suu")
    assert find_value(found, "budget.revenue", 2024) == 18250000.5
    assert find_value(found, "budget.revenue_plan", 2024) == 19000000
    for broken in ("[]", "{}", "[[1],[2]]"):
        with pytest.raises(InputError):
            bring(workspace, console, "okmot-incomes", write(path, broken), year=2023)


@pytest.mark.parametrize("content", [
    [[{"ao": 1}, {"ao": 700.5, "ao_p": 800}]], [{"ao": 1}, {"ao": 700.5, "ao_p": 800}],
])
def test_open_budget_totals_are_found_beside_the_taxes_in_either_nesting(
        workspace: Workspace, folder: Path, console: Listener, tmp_path: Path,
        content: list) -> None:
    path = write(tmp_path / "in.json", json.dumps(content))
    assert bring(workspace, console, "okmot-incomes", path, year=2021) == 0
    assert find_value(collect(workspace, "ak-suu"), "budget.revenue", 2021) == 700.5


DYNAMIC = """1010009 Урожайность,,,,,
в процентах,,,,,
,,,,,
Көрсөткүчтөрдүн аталыштары,Наименование показателей,Items,2021,2022,2023
Кыргыз Республикасы,Кыргызская Республика,Kyrgyz Republic,10,11,12
,,,,,
Ак-Суу 1),Ак-Суу (1),Ak-Suu,21.5,-,"23,5"
"""


def test_a_dynamic_table_gives_the_years_of_the_named_territory(
        workspace: Workspace, folder: Path, console: Listener, tmp_path: Path) -> None:
    path = write(tmp_path / "dynamic.csv", DYNAMIC)
    with pytest.raises(UsageError):
        bring(workspace, console, "nsc-dynamic", path)
    assert bring(workspace, console, "nsc-dynamic", path, indicator="economy.pension") == 0
    found = collect(workspace, "ak-suu")
    assert find_value(found, "economy.pension", 2021) == 21.5
    assert find_value(found, "economy.pension", 2023) == 23.5
    assert not (found.observations.query("indicator == 'economy.pension'").year == 2022).any()
    with pytest.raises(InputError) as refused:
        bring(workspace, console, "nsc-dynamic", path, indicator="economy.wage", row="Талас")
    assert "Ак-Суу" in refused.value.params["known"]


def test_an_sdmx_export_comes_back_the_same_in_another_place(
        workspace: Workspace, folder: Path, console: Listener, tmp_path: Path) -> None:
    with (folder / "observations.csv").open("a", encoding="utf-8") as table:
        table.write("population.total,2024,7000,,,v1,,E,,баалоо\npopulation.deaths,2020,,,,,,L,,\n"
                    "population.births,2024,100,f,,,,,,\n")
    export_place(workspace, "ak-suu", "sdmx-csv", tmp_path / "out", force=False, console=console)
    write_place(workspace.root, "at-bashy", rows=[],
                passport=f"{PASSPORT}stock_date: year_start\n")
    other = workspace.raw / "at-bashy"
    (other / "villages.csv").write_text(VILLAGES, encoding="utf-8")
    assert bring(workspace, console, "sdmx-csv",
                 tmp_path / "out" / "ak-suu" / "observations.sdmx.csv", to="at-bashy",
                 row="ak-suu") == 0
    columns = ["indicator", "year", "value", "sex", "age", "village", "item", "status", "note"]
    first, second = (collect(workspace, ident).observations[columns]
                     for ident in ("ak-suu", "at-bashy"))
    assert first.equals(second) and len(first) == 27


def test_results_are_exported_as_sdmx_beside_the_observations(
        workspace: Workspace, folder: Path, console: Listener, tmp_path: Path) -> None:
    export_place(workspace, "ak-suu", "sdmx-csv", tmp_path, force=False, console=console)
    table = pd.read_csv(tmp_path / "ak-suu" / "results.sdmx.csv", dtype=str, keep_default_na=False)
    growth = table.query("INDICATOR == 'population.total.growth_pct'")
    assert len(growth) and set(growth.UNIT_MEASURE) == {"pct"} and set(table.SEX) >= {"_T"}


def test_a_raw_export_gives_the_same_results_in_a_new_workspace(
        workspace: Workspace, folder: Path, console: Listener, tmp_path: Path) -> None:
    (folder / "funding.csv").write_text(
        "measure,year,source,amount\nm1,2026,donor,100.5\n", encoding="utf-8")
    (folder / "plan.csv").write_text(
        "id,section,measure,cost,direct_beneficiaries\nm1,services,Суу,2500000,\n",
        encoding="utf-8")
    other = Workspace(tmp_path / "other")
    export_place(workspace, "ak-suu", "raw", other.raw, force=False,
                 console=console)
    first, second = (Store(place).folder(prepare(place, "ak-suu").id)
                     for place in (workspace, other))
    assert (first / "results.csv").read_bytes() == (second / "results.csv").read_bytes()



def test_a_figure_that_intake_refuses_stops_the_import(
        workspace: Workspace, folder: Path, console: Listener, tmp_path: Path) -> None:
    path = write(tmp_path / "x.csv", "REF_AREA,INDICATOR,TIME_PERIOD,OBS_VALUE\n"
                                     "ak-suu,POP,2020,5\nak-suu,population.births,2020,5\n")
    before = (folder / "observations.csv").read_bytes()
    assert bring(workspace, console, "sdmx-csv", path) == 1
    assert (folder / "observations.csv").read_bytes() == before and "POP" in console.said


def test_a_table_with_rows_that_cannot_be_read_is_not_written_again(
        workspace: Workspace, folder: Path, console: Listener, tmp_path: Path) -> None:
    with (folder / "observations.csv").open("a", encoding="utf-8") as table:
        table.write("population.total,2010,1,,,,,,,,,,,extra\n")
    with pytest.raises(InputError) as refused:
        bring(workspace, console, "nsc-population", write(tmp_path / "825.csv", NSC))
    assert refused.value.key == "table_unreadable"


def test_a_layout_corrected_by_the_user_is_used(
        workspace: Workspace, folder: Path, console: Listener, tmp_path: Path,
        monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "mine" / "forms").mkdir(parents=True)
    write(tmp_path / "mine" / "forms" / "import_nsc-population.yml",
          "reads: soate_table\ncolumns: {code: B, name: C, value: D}\n"
          "header_year: 'начало (20\\d\\d)'\nindicator: population.nsc_estimate\n"
          "stock_date: year_start\nsource: {ky: Менин булагым}\n")
    monkeypatch.setenv("SEDP_CATALOG", str(tmp_path / "mine"))
    shifted = "".join(f"1,{line}\n" for line in NSC.splitlines())
    assert bring(workspace, console, "nsc-population", write(tmp_path / "825.csv", shifted)) == 1
    assert "IN-" not in console.said  # the villages have no such indicator
    (folder / "villages.csv").unlink()
    assert bring(workspace, console, "nsc-population", tmp_path / "825.csv") == 0
    monkeypatch.delenv("SEDP_CATALOG")
    assert find_value(collect(workspace, "ak-suu"), "population.nsc_estimate", 2025) == 12480


@pytest.mark.parametrize(("form", "name", "column"), [
    ("csv", "observations.csv", "value"), ("sdmx-csv", "observations.sdmx.csv", "OBS_VALUE")])
def test_an_export_hides_counts_of_one_to_four_people_unless_it_is_for_the_office(
        workspace: Workspace, folder: Path, console: Listener, tmp_path: Path, form: str,
        name: str, column: str) -> None:
    (folder / "observations.csv").write_text(
        "indicator,year,value,item\npopulation.departures,2024,3,study\n"
        "population.departures,2024,40,work\npopulation.departures,2024,9,family\n",
        encoding="utf-8")
    shown = {}
    for internal in (False, True):
        output = tmp_path / f"{form}-{internal}"
        export_place(workspace, "ak-suu", form, output, force=False, internal=internal,
                     console=console)
        shown[internal] = pd.read_csv(output / "ak-suu" / name)[column].tolist()
    assert 3 in shown[True]
    assert 3 not in shown[False] and 40 in shown[False]
