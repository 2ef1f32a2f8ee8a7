"""A filled workbook is read by its ids first and by its texts second, and says which it did."""

from __future__ import annotations

import io
from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from sedp_helpers.catalog.load import load_catalog
from sedp_helpers.fillin.template import write_template
from sedp_helpers.intake.observation_rows import Context
from sedp_helpers.intake.passport import type_municipality
from sedp_helpers.intake.read import RawTable
from sedp_helpers.intake.register_cells import Lists
from sedp_helpers.intake.registers import tidy_register
from sedp_helpers.intake.workbook_join import join_registers
from sedp_helpers.intake.workbook_places import place_table, tidy_parts
from sedp_helpers.intake.workbook_read import WorkbookContent, read_workbook
from sedp_helpers.models import Finding
from tests.intake.conftest import assert_told

CATALOG = load_catalog()
VILLAGES = pd.DataFrame({"id": ["v1", "v2"], "name_ky": ["Мантыш", "Кызыл-Дөбө"]})
CONTEXT = Context(CATALOG.indicators, CATALOG.codes, {"v1": "Мантыш", "v2": "Кызыл-Дөбө"},
                  CATALOG.units)

KEPT = {"passport", "population", "economy", "budget", "space", "observations", "villages", "codes",
        "events", "plan", "risks", "expert", "_meta", "_lists"}

Edit = Callable[[Any], None]
Read = Callable[..., tuple[pd.DataFrame, list[Finding], WorkbookContent]]


@pytest.fixture(scope="module")
def template() -> bytes:
    """The empty workbook of two villages, without the sheets that no test here fills in."""
    content = write_template(CATALOG, "ky", years=range(2023, 2026),
                             registers={"villages": VILLAGES})
    book = load_workbook(io.BytesIO(content))
    for name in set(book.sheetnames) - KEPT:
        del book[name]
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()


@pytest.fixture
def read(template: bytes, tmp_path: Path) -> Read:
    """Edit the template, save it, and read it back."""

    def run(edit: Edit) -> tuple[pd.DataFrame, list[Finding], WorkbookContent]:
        book = load_workbook(io.BytesIO(template))
        edit(book)
        path = tmp_path / "workbook.xlsx"
        book.save(path)
        content = read_workbook(path, CATALOG)
        tidy, said = content.tidy_observations(CONTEXT)
        return tidy, [*content.findings, *said], content

    return run


def find_row(sheet: Worksheet, key: str, column: int = 1) -> int:
    return next(row for row in range(1, sheet.max_row + 1)
                if sheet.cell(row, column).value == key)


def find_year(sheet: Worksheet, year: int) -> int:
    return next(cell.column for row in sheet.iter_rows(max_row=6) for cell in row
                if cell.value == year)


def fill(book: Any, sheet: str, key: str, year: int, value: Any) -> str:
    """Type a value into a wide cell; returns its address."""
    page = book[sheet]
    cell = page.cell(find_row(page, key), find_year(page, year))
    cell.value = value
    return str(cell.coordinate)


def append(book: Any, sheet: str, values: dict[str, Any], row: int = 5) -> None:
    """Type a record under the ids of row 1."""
    ids = [cell.value for cell in book[sheet][1]]
    for name, value in values.items():
        book[sheet].cell(row, ids.index(name) + 1).value = value


def rules(findings: Sequence[Finding]) -> dict[str, str]:
    return {finding.rule: finding.severity for finding in findings}


def only(findings: Sequence[Finding], rule: str) -> Finding:
    found = [finding for finding in findings if finding.rule == rule]
    assert len(found) == 1, rules(findings)
    return found[0]


# ---- wide sheets -------------------------------------------------------------------------
def test_a_wide_cell_is_one_observation_that_names_its_sheet_and_cell(read: Read) -> None:
    cell = ""

    def edit(book: Any) -> None:
        nonlocal cell
        cell = fill(book, "population", "population.total|f|||", 2024, 3545)

    tidy, findings, _ = read(edit)
    row = tidy.iloc[0]
    assert len(tidy) == 1 and not findings
    assert (row.indicator, row.year, row.value, row.sex) == ("population.total", 2024, 3545, "f")
    assert (row.status, row.origin) == ("A", f"population!{cell}")


def test_an_empty_cell_and_an_empty_template_give_no_observation(read: Read) -> None:
    tidy, findings, content = read(lambda book: None)
    assert tidy.empty and not findings
    assert set(content.registers) == {"villages"}


def test_sums_are_typed_in_the_unit_of_their_sheet_and_stored_in_som(read: Read) -> None:
    def edit(book: Any) -> None:
        fill(book, "budget", "budget.revenue||||land_tax", 2024, 524.5)
        book["economy"]["C3"].value = "млн сом"
        fill(book, "economy", "economy.remittances||||", 2024, 48.6)
        fill(book, "economy", "economy.wage||||", 2024, 25430)

    tidy, findings, _ = read(edit)
    values = dict(zip(tidy["indicator"], tidy["value"]))
    assert values == {"budget.revenue": 524_500.0, "economy.remittances": 48_600_000.0,
                      "economy.wage": 25_430.0}
    assert not findings


def test_an_unreadable_unit_of_money_stops_the_sums_of_its_sheet_only(read: Read) -> None:
    def edit(book: Any) -> None:
        book["economy"]["C3"].value = "чоң сом"
        fill(book, "economy", "economy.remittances||||", 2024, 48)
        fill(book, "economy", "economy.enterprises||||", 2024, 7)

    tidy, findings, _ = read(edit)
    assert tidy["indicator"].tolist() == ["economy.enterprises"]
    assert only(findings, "WB-UNIT").cell == "C3"


def test_an_empty_unit_cell_means_thousand_som_and_says_so(read: Read) -> None:
    def edit(book: Any) -> None:
        book["budget"]["C3"].value = None
        fill(book, "budget", "budget.protected||||", 2024, 2)

    tidy, findings, _ = read(edit)
    assert tidy["value"].tolist() == [2000.0]
    assert rules(findings) == {"WB-UNIT-EMPTY": "note"}


def test_text_after_a_number_is_read_and_what_does_not_fit_is_an_error(read: Read) -> None:
    bad = ""

    def edit(book: Any) -> None:
        nonlocal bad
        fill(book, "budget", "budget.protected||||", 2024, "6 млн 970 миң сом")
        bad = fill(book, "population", "population.total||||", 2024, "4,5 %")

    tidy, findings, _ = read(edit)
    assert tidy["value"].tolist() == [6_970_000.0]
    assert only(findings, "IN-TEXTNUMBER").severity == "note"
    error = only(findings, "IN-UNIT")
    assert (error.table, error.cell, error.value) == ("population", bad, "4,5 %")


def test_a_percent_typed_by_excel_is_read_as_it_is_seen(read: Read) -> None:
    def edit(book: Any) -> None:
        for key, sheet in (("economy.taxpayer_top3_pct||||", "economy"),
                           ("population.total||||", "population")):
            page = book[sheet]
            cell = page.cell(find_row(page, key), find_year(page, 2024))
            cell.value, cell.number_format = 0.0548, "0.00%"

    tidy, findings, _ = read(edit)
    assert tidy["value"].tolist() == [5.48]
    assert only(findings, "IN-UNIT").value == "5.48 %"


@pytest.mark.parametrize("heading", ["2024-ж.", "2024 г.", 2024.0, "2024"])
def test_a_year_is_found_in_its_written_forms(read: Read, heading: Any) -> None:
    def edit(book: Any) -> None:
        fill(book, "population", "population.total||||", 2024, 7020)
        page = book["population"]
        page.cell(4, find_year(page, 2024)).value = heading

    tidy, findings, _ = read(edit)
    assert tidy["year"].tolist() == [2024]
    assert set(rules(findings)) == ({"WB-YEAR-FORM"} if " " in str(heading) or "-" in str(heading)
                                    else set())


def test_a_year_that_is_a_slip_is_an_error_with_a_proposal(read: Read) -> None:
    def edit(book: Any) -> None:
        fill(book, "population", "population.total||||", 2024, 7020)
        fill(book, "population", "population.total||||", 2025, 7050)
        page = book["population"]
        page.cell(4, find_year(page, 2024)).value = 20244

    tidy, findings, _ = read(edit)
    assert tidy["year"].tolist() == [2025]
    assert only(findings, "WB-YEAR").params["proposal"] == "2024"


def test_columns_may_change_places_and_new_ones_may_come(read: Read) -> None:
    def edit(book: Any) -> None:
        page = book["population"]
        fill(book, "population", "population.total||||", 2023, 6990)
        fill(book, "population", "population.total||||", 2024, 7020)
        page.insert_cols(2)
        page.insert_cols(5)
        left, right = find_year(page, 2023), find_year(page, 2025)
        for row in range(4, page.max_row + 1):
            one, other = page.cell(row, left), page.cell(row, right)
            one.value, other.value = other.value, one.value

    tidy, findings, _ = read(edit)
    assert dict(zip(tidy["year"], tidy["value"])) == {2023: 6990.0, 2024: 7020.0}
    assert "error" not in rules(findings).values()


def test_keys_in_another_column_are_followed_with_a_note(read: Read) -> None:
    def edit(book: Any) -> None:
        fill(book, "population", "population.total||||", 2024, 7020)
        book["population"].insert_cols(1)

    tidy, findings, _ = read(edit)
    assert tidy["value"].tolist() == [7020.0]
    assert only(findings, "WB-KEYS-MOVED").severity == "note"


def test_rows_without_keys_are_told_by_their_names(read: Read) -> None:
    def edit(book: Any) -> None:
        fill(book, "population", "population.total||||", 2024, 7020)
        fill(book, "population", "population.total|m|||", 2024, 3475)
        fill(book, "population", "population.total|f|5-9||", 2024, 401)
        fill(book, "population", "population.total|||v2|", 2024, 1200)
        fill(book, "population", "population.employed||||trade", 2024, 55)
        book["population"].delete_cols(1)

    tidy, findings, _ = read(edit)
    keys = {(row.indicator, row.sex, row.age, row.village, row.item): row.value
            for row in tidy.itertuples()}
    assert keys == {("population.total", "", "", "", ""): 7020.0,
                    ("population.total", "m", "", "", ""): 3475.0,
                    ("population.total", "f", "5-9", "", ""): 401.0,
                    ("population.total", "", "", "v2", ""): 1200.0,
                    ("population.employed", "", "", "", "trade"): 55.0}
    assert only(findings, "WB-BY-NAME").severity == "note"


def test_a_number_in_a_row_that_nobody_knows_is_reported(read: Read) -> None:
    def edit(book: Any) -> None:
        page = book["population"]
        page.cell(page.max_row + 2, 2).value = "Менин көрсөткүчүм"
        page.cell(page.max_row, find_year(page, 2024)).value = 12

    tidy, findings, _ = read(edit)
    assert tidy.empty
    assert only(findings, "WB-ROW").value == "12"


def test_merged_cells_are_read_once_and_reported(read: Read) -> None:
    def edit(book: Any) -> None:
        page = book["population"]
        row = find_row(page, "population.total||||")
        page.cell(row, 4).value = 7020
        page.merge_cells(start_row=row, end_row=row, start_column=4, end_column=5)

    tidy, findings, _ = read(edit)
    assert len(tidy) == 1
    assert only(findings, "WB-MERGED").params["other"].startswith("E")


def test_a_formula_without_a_saved_result_is_an_error_and_no_zero(read: Read) -> None:
    cell = ""

    def edit(book: Any) -> None:
        nonlocal cell
        cell = fill(book, "population", "population.total||||", 2024, "=3545+3475")

    tidy, findings, _ = read(edit)
    assert tidy.empty
    assert (only(findings, "WB-FORMULA").cell, only(findings, "WB-FORMULA").severity) == (
        cell, "error")


def test_an_error_of_excel_is_an_error_and_no_empty_cell(read: Read) -> None:
    def edit(book: Any) -> None:
        page = book["population"]
        cell = page.cell(find_row(page, "population.total||||"), 4)
        cell.value, cell.data_type = "#REF!", "e"

    tidy, findings, _ = read(edit)
    assert tidy.empty
    assert only(findings, "WB-ERROR-CELL").severity == "error"


def test_a_free_item_is_typed_by_name_and_known_by_its_code(read: Read) -> None:
    def edit(book: Any) -> None:
        append(book, "codes", {"list": "crops", "code": "potato", "name_ky": "Картошка"})
        page = book["economy"]
        row = find_row(page, "economy.crop_output_t||||*")
        page.cell(row, 2).value = "картошка"
        page.cell(row, find_year(page, 2024)).value = 1200

    tidy, findings, _ = read(edit)
    assert tidy["item"].tolist() == ["potato"]
    assert not findings


# ---- the sheet observations --------------------------------------------------------------
def test_a_row_of_observations_takes_labels_and_codes(read: Read) -> None:
    def edit(book: Any) -> None:
        append(book, "observations", {
            "indicator": "Төрөлгөндөрдүн саны", "year": 2024, "value": 31, "sex": "Аялдар",
            "age": "20-24", "village": "Кызыл-Дөбө", "status": "Бааланган", "source": "ЗАГС"})
        append(book, "observations", {"indicator": "population.deaths", "year": "2024",
                                      "status": "L"}, row=6)

    tidy, findings, _ = read(edit)
    births, deaths = tidy.to_dict("records")
    assert (births["indicator"], births["sex"], births["age"], births["village"]) == (
        "population.births", "f", "20-24", "v2")
    assert (births["status"], births["source"], births["origin"]) == ("E", "ЗАГС",
                                                                      "observations!C5")
    assert deaths["status"] == "L" and pd.isna(deaths["value"])
    assert not findings


def test_an_age_that_excel_made_a_date_is_an_error_that_shows_the_band(read: Read) -> None:
    def edit(book: Any) -> None:
        append(book, "observations", {"indicator": "population.total", "year": 2024, "value": 5,
                                      "sex": "f", "age": date(2025, 9, 5)})
        book["observations"]["E5"].number_format = "dd.mmm"

    tidy, findings, _ = read(edit)
    assert tidy.empty
    error = only(findings, "IN-AGE-DATE")
    assert (error.table, error.cell, error.params["proposal"]) == ("observations", "E5", "5-9")


@pytest.mark.parametrize(("value", "rule", "count"), [(7020, "IN-DUPLICATE", 1),
                                                      (7037, "IN-CONFLICT", 0)])
def test_a_wide_cell_and_a_row_of_observations_must_agree(
    read: Read, value: int, rule: str, count: int
) -> None:
    def edit(book: Any) -> None:
        fill(book, "population", "population.total||||", 2024, 7020)
        append(book, "observations", {"indicator": "population.total", "year": 2024,
                                      "value": value, "source": "Үй чарбалык китеп"})

    tidy, findings, _ = read(edit)
    assert len(tidy) == count
    assert rules(findings) == {rule: "note" if count else "error"}
    assert {finding.table for finding in findings} <= {"population", "observations"}
    assert any("observations!C5" in str(finding.params.values()) for finding in findings)
    assert not count or tidy["source"].tolist() == ["Үй чарбалык китеп"]


# ---- registers and the other sheets ------------------------------------------------------
def tidy_one(content: WorkbookContent, name: str) -> tuple[pd.DataFrame, list[Finding]]:
    ids = {"villages.id": {"v1": "", "v2": ""}}
    lists = Lists(CATALOG.codes, ids, content.money_units.get(name, "som"))
    return tidy_register(content.registers[name], CATALOG.registers[name], lists)


def test_a_register_turns_labels_names_and_thousands_into_what_is_stored(read: Read) -> None:
    def edit(book: Any) -> None:
        append(book, "events", {"id": 1, "kind": "Коомдук угуу", "date": date(2026, 5, 14),
                                "village": "мантыш", "women": 31, "protocol": "Ооба"})
        append(book, "plan", {"id": "m1", "cost": 1500.5, "capital": True, "start": 2027})
        append(book, "plan", {"id": "m2", "capital": False}, row=6)

    _, findings, content = read(edit)
    events, plan = tidy_one(content, "events")[0], tidy_one(content, "plan")[0]
    assert events.loc[0, ["id", "kind", "date", "village", "women", "protocol"]].tolist() == [
        "1", "hearing", "2026-05-14", "v1", 31.0, True]
    assert plan.loc[0, ["cost", "capital", "start", "origin"]].tolist() == [
        1_500_500.0, True, "2027", "plan!A5"]
    assert plan.loc[1, "capital"] is False
    assert not findings


def test_a_register_without_its_hidden_row_is_read_by_its_headings(read: Read) -> None:
    def edit(book: Any) -> None:
        append(book, "events", {"id": "e1", "kind": "hearing", "women": 31})
        page = book["events"]
        page.delete_rows(1)
        page.move_range("A3:A4", cols=20)

    _, _, content = read(edit)
    events, said = tidy_one(content, "events")
    assert events.loc[0, ["id", "kind", "women"]].tolist() == ["e1", "hearing", 31.0]
    assert rules(said)["WB-TITLES"] == "note"


def test_records_may_stand_anywhere_under_the_ids_even_in_the_second_row(read: Read) -> None:
    def edit(book: Any) -> None:
        page = book["risks"]
        page.delete_rows(2, page.max_row)
        append(book, "risks", {"name": "Сел", "probability": 0.2}, row=2)

    _, _, content = read(edit)
    assert tidy_one(content, "risks")[0]["name"].tolist() == ["Сел"]


def test_a_renamed_sheet_is_recognised_and_a_copy_is_left_alone(read: Read) -> None:
    def edit(book: Any) -> None:
        fill(book, "population", "population.total||||", 2024, 7020)
        book["population"].title = "Лист1"
        book["events"].title = "Угуулар"
        copy = book.copy_worksheet(book["plan"])
        copy.title = "plan (2)"
        book.create_sheet("Эскертмелерим").append(["суу", 5])

    tidy, findings, content = read(edit)
    assert tidy["origin"].str.startswith("Лист1!").all() and len(tidy) == 1
    renamed = {f.value: f.params["other"] for f in findings if f.rule == "WB-RENAMED"}
    assert renamed == {"Лист1": "population", "Угуулар": "events"}
    assert only(findings, "WB-COPY").params["other"] == "plan"
    assert only(findings, "WB-UNKNOWN-SHEET").value == "Эскертмелерим"
    assert "plan" not in content.registers


def test_a_hidden_sheet_is_read_and_named(read: Read) -> None:
    def edit(book: Any) -> None:
        fill(book, "population", "population.total||||", 2024, 7020)
        book["population"].sheet_state = "hidden"

    tidy, findings, _ = read(edit)
    assert len(tidy) == 1
    assert only(findings, "WB-HIDDEN").table == "population"


def test_the_passport_sheet_is_typed_like_the_file_and_errors_name_its_cell(read: Read) -> None:
    cell = ""

    def edit(book: Any) -> None:
        nonlocal cell
        page = book["passport"]
        filled = {"id": "kara-suu", "name.ky": "Кара-Суу", "base_year": 2024, "type": "Шаар",
                  "soate": 41706211800010, "mountain": "Ооба", "drafting_year": "быйыл"}
        for path, value in filled.items():
            page.cell(find_row(page, path), 3).value = value
        cell = f"C{find_row(page, 'drafting_year')}"
        row = find_row(page, "distances_km.*")
        page.cell(row, 2).value, page.cell(row, 3).value = "г. Нарын", 120.5

    _, _, content = read(edit)
    assert content.passport is not None
    model, said = type_municipality(content.passport.entries, "kara-suu")
    assert model is not None
    assert (model.type, model.soate, model.mountain) == ("city", "41706211800010", True)
    assert model.distances_km == {"г. Нарын": 120.5}
    moved = content.passport.move(said[0])
    assert (moved.rule, moved.table, moved.cell) == ("IN-YEAR", "passport", cell)


def test_notes_and_answers_of_the_expert_come_with_their_section(read: Read) -> None:
    def edit(book: Any) -> None:
        page = book["expert"]
        page.cell(find_row(page, "note|population|ky|1"), 3).value = "Калк **өсүүдө**."
        row = find_row(page, "answer|population|pop-1")
        page.cell(row, 3).value, page.cell(row, 4).value = "Айыл чарбада", "Сурамжылоо"

    _, _, content = read(edit)
    assert content.notes == {"population.ky": "Калк **өсүүдө**."}
    answers, _ = tidy_one(content, "answers")
    assert answers.loc[0, ["section", "question", "text", "source"]].tolist() == [
        "population", "pop-1", "Айыл чарбада", "Сурамжылоо"]


def test_a_workbook_of_a_newer_format_is_not_read_by_halves(read: Read) -> None:
    def edit(book: Any) -> None:
        fill(book, "population", "population.total||||", 2024, 7020)
        book["_meta"]["B1"].value = "2"

    tidy, findings, _ = read(edit)
    assert tidy.empty
    assert_told(only(findings, "WB-FORMAT"), "WB-FORMAT", "error", "_meta", "B1", "2", "2")


# ---- CSV beside the workbook -------------------------------------------------------------
def test_a_csv_table_and_the_workbook_are_judged_together(read: Read) -> None:
    def edit(book: Any) -> None:
        fill(book, "population", "population.total||||", 2024, 7020)
        fill(book, "population", "population.total||||", 2025, 7100)

    _, _, content = read(edit)
    frame = pd.DataFrame([["population.total", "2024", "7020"], ["population.total", "2025", "1"]],
                         columns=range(3), dtype="str")
    csv = place_table(RawTable("observations.csv", ("indicator", "year", "value"), frame))
    tidy, findings = tidy_parts([csv, *content.parts], CONTEXT)
    assert tidy["origin"].tolist() == ["observations.csv!C2"]
    error = only(findings, "IN-CONFLICT")
    assert (error.table, error.params["first"]) == ("population", "observations.csv!C3")


def test_a_register_in_both_files_is_joined_and_a_contradiction_is_an_error() -> None:
    register = CATALOG.registers["villages"]
    one = pd.DataFrame({"id": ["v1", "v2"], "name_ky": ["Мантыш", "Ак-Жар"],
                        "origin": ["villages!A2", "villages!A3"]})
    other = pd.DataFrame({"id": ["v1", "v2", "v3"], "name_ky": ["Мантыш", "Ак-Суу", "Тең"],
                          "origin": ["villages!A5", "villages!A6", "villages!A7"]})
    joined, findings = join_registers([one, other], register)
    assert joined["id"].tolist() == ["v1", "v3"]
    assert [(finding.rule, finding.severity, finding.cell) for finding in findings] == [
        ("IN-KEY", "error", "A6")]
    assert findings[0].params["first"] == "villages!A3"


def test_records_without_a_key_are_joined_as_often_as_one_file_has_them() -> None:
    register = CATALOG.registers["providers"]
    row = {"service": "water", "provider": "Таза суу", "origin": "providers!A2"}
    twice, once = pd.DataFrame([row, row]), pd.DataFrame([row, {**row, "provider": "Ысык"}])
    joined, findings = join_registers([twice, once], register)
    assert joined["provider"].tolist() == ["Таза суу", "Таза суу", "Ысык"]
    assert not findings


# ---- any filling -------------------------------------------------------------------------
_NUMBER = st.one_of(st.integers(0, 10**9), st.floats(0, 1e9, allow_nan=False).map(
    lambda number: round(number, 3)))


@settings(max_examples=12, deadline=None,
          suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(cells=st.dictionaries(
    st.tuples(st.sampled_from(["space.land_ha||||arable", "space.zoned_ha||||",
                               "space.land_ha||||", "space.plot_ha||||"]),
              st.sampled_from([2023, 2024, 2025])), _NUMBER, max_size=8))
def test_what_is_typed_is_what_is_read(read: Read, cells: dict[tuple[str, int], float]) -> None:
    def edit(book: Any) -> None:
        for name in book.sheetnames:
            if name not in ("space", "_meta"):
                del book[name]
        for (key, year), value in cells.items():
            fill(book, "space", key, year, value)

    tidy, _, _ = read(edit)
    got = {(f"{row.indicator}||||{row.item}", row.year): row.value for row in tidy.itertuples()}
    assert got == cells
