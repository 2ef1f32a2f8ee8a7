"""Copies by role come together, and a checked workbook shows where to look."""

from __future__ import annotations

import io
from functools import cache
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from openpyxl import load_workbook

from sedp_helpers.catalog.load import load_catalog
from sedp_helpers.examination import finding_texts
from sedp_helpers.fillin.mark import AUTHOR, COLORS, mark_workbook
from sedp_helpers.fillin.template import write_template
from sedp_helpers.intake.merge import Merged, merge_workbooks
from sedp_helpers.intake.observation_rows import Context
from sedp_helpers.intake.workbook_read import read_workbook
from sedp_helpers.models import Finding

CATALOG = load_catalog()
CONTEXT = Context(CATALOG.indicators, CATALOG.codes, None, CATALOG.units)
COLUMNS = ["indicator", "year", "value", "sex", "age", "village", "item", "status", "source",
           "note", "basis"]
LAST_YEAR = pd.DataFrame([
    ["budget.revenue", 2024, 48_600_000.0, "", "", "", "", "A", "", "", "current"],
    ["population.total", 2024, 7020.0, "", "", "", "", "A", "", "", "current"],
], columns=COLUMNS)
KEPT = {"population", "budget", "risks", "observations", "_meta", "_lists"}
RISKS = pd.DataFrame({"name": ["Сел"], "probability": [0.2]})


@cache
def make_copy(role: str | None) -> bytes:
    """The copy for a role, without the sheets that no test here looks at."""
    content = write_template(CATALOG, "ky", years=range(2024, 2026), observations=LAST_YEAR,
                             registers={"risks": RISKS}, role=role)
    book = load_workbook(io.BytesIO(content))
    for name in set(book.sheetnames) - KEPT:
        del book[name]
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()


def write(path: Path, role: str | None, cells: dict[tuple[str, str, int], Any]) -> Path:
    """A copy for a role with some cells typed in: (sheet, key, year) → value."""
    book = load_workbook(io.BytesIO(make_copy(role)))
    for (sheet, key, year), value in cells.items():
        page = book[sheet]
        row = next(row for row in range(1, page.max_row + 1) if page.cell(row, 1).value == key)
        page.cell(row, 4 + year - 2024).value = value
    book.save(path)
    return path


def values(merged: Merged) -> dict[tuple[str, int], float]:
    tidy, _ = merged.content.tidy_observations(CONTEXT)
    return {(row.indicator, row.year): row.value for row in tidy.itertuples()}


def test_copies_of_several_people_become_one_workbook(tmp_path: Path) -> None:
    base = write(tmp_path / "base.xlsx", None, {})
    accountant = write(tmp_path / "accountant.xlsx", "accountant",
                       {("budget", "budget.revenue||||", 2025): 51_000})
    statistician = write(tmp_path / "statistician.xlsx", "statistician",
                         {("population", "population.total||||", 2025): 7100,
                          ("population", "population.total||||", 2024): 7037})
    merged = merge_workbooks([accountant, statistician], CATALOG, base=base)
    assert values(merged) == {("budget.revenue", 2024): 48_600_000.0,
                              ("budget.revenue", 2025): 51_000_000.0,
                              ("population.total", 2024): 7037.0,
                              ("population.total", 2025): 7100.0}
    assert not merged.conflicts
    assert merged.given == {"accountant": 1, "statistician": 2}
    assert set(merged.content.registers) == {"risks"}


def test_two_answers_to_one_question_are_a_conflict_and_neither_is_taken(tmp_path: Path) -> None:
    base = write(tmp_path / "base.xlsx", None, {})
    cell = ("population", "population.total||||", 2024)
    one = write(tmp_path / "one.xlsx", None, {cell: 7037})
    two = write(tmp_path / "two.xlsx", "statistician", {cell: 7041})
    merged = merge_workbooks([one, two], CATALOG, base=base)
    assert values(merged)["population.total", 2024] == 7020.0
    (conflict,) = merged.conflicts
    assert conflict.what == "population.total|2024||||"
    assert conflict.values == (("one", "population!D5", "7037"), ("two", "population!D5", "7041"))


def test_an_empty_cell_of_a_copy_erases_nothing(tmp_path: Path) -> None:
    base = write(tmp_path / "base.xlsx", None, {})
    empty = write(tmp_path / "one.xlsx", None, {("population", "population.total||||", 2024): None})
    assert values(merge_workbooks([empty], CATALOG, base=base))["population.total", 2024] == 7020


def test_the_same_sum_in_another_unit_is_no_change(tmp_path: Path) -> None:
    base = write(tmp_path / "base.xlsx", None, {})
    copy = write(tmp_path / "one.xlsx", "accountant",
                 {("budget", "budget.revenue||||", 2024): 48.6})
    book = load_workbook(copy)
    book["budget"]["C3"].value = "млн сом"
    book.save(copy)
    assert merge_workbooks([copy], CATALOG, base=base).given == {"one": 0}


def test_new_records_of_both_copies_stand_in_the_register(tmp_path: Path) -> None:
    base = write(tmp_path / "base.xlsx", None, {})
    paths = []
    for name, risk in (("one", "Кар көчкү"), ("two", "Кургакчылык")):
        path = write(tmp_path / f"{name}.xlsx", None, {})
        book = load_workbook(path)
        book["risks"]["A6"].value = risk
        book.save(path)
        paths.append(path)
    merged = merge_workbooks(paths, CATALOG, base=base)
    table = merged.content.registers["risks"]
    names = table.frame.iloc[:, table.columns.index("name")].tolist()
    assert names == ["Сел", "Кар көчкү", "Кургакчылык"]
    assert not merged.conflicts


# ---- the checked copy --------------------------------------------------------------------
FINDINGS = [
    Finding("WB-YEAR-FORM", "note", table="population", cell="D4", value="2024-ж.",
            params={"count": 1}),
    Finding("WB-FORMULA", "error", table="population", cell="D5"),
    Finding("WB-ROW", "warning", table="population", cell="D5", value="=HYPERLINK(1)"),
    Finding("WB-UNIT-GONE", "warning", table="elsewhere", cell="A1"),
]


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write(tmp_path_factory.mktemp("mark") / "workbook.xlsx", "statistician",
                 {("population", "population.total||||", 2024): 7020})


def mark(path: Path, findings: list[Finding], lang: str = "ky") -> bytes:
    return mark_workbook(path, findings, finding_texts(CATALOG), lang,
                         CATALOG.words("workbook", lang))


def test_marked_cells_are_coloured_by_the_gravest_finding_and_say_all(filled: Path) -> None:
    before = filled.read_bytes()
    book = load_workbook(io.BytesIO(mark(filled, FINDINGS)))
    cell = book["population"]["D5"]
    assert cell.value == 7020
    assert cell.fill.start_color.rgb == COLORS["error"]
    assert cell.comment.author == AUTHOR
    assert cell.comment.text.index("Ката.") < cell.comment.text.index("Эскертүү.")
    assert filled.read_bytes() == before


def test_the_list_of_findings_comes_first_and_holds_text_only(filled: Path) -> None:
    book = load_workbook(io.BytesIO(mark(filled, FINDINGS, "ru")))
    sheet = book.worksheets[0]
    assert [cell.value for cell in sheet[1]] == CATALOG.words("workbook", "ru")["checked_columns"]
    assert [row[0].value for row in sheet.iter_rows(min_row=2)] == [
        "Ошибка", "Предупреждение", "Предупреждение", "Пояснение"]
    assert not any(cell.data_type == "f" for row in sheet.iter_rows() for cell in row)
    assert sheet["C2"].hyperlink.location == "'population'!D5" and sheet["C4"].hyperlink is None


def test_what_is_wrong_with_the_passport_is_listed_under_its_sheet(filled: Path) -> None:
    found = [Finding("IN-SOATE-TWICE", "error", table="municipality", value="41700000000000",
                     params={"others": "ak-suu"})]
    sheet = load_workbook(io.BytesIO(mark(filled, found))).worksheets[0]
    assert sheet["B2"].value == "passport"


def test_a_checked_copy_is_read_like_the_workbook_itself(filled: Path, tmp_path: Path) -> None:
    copy = tmp_path / "workbook (checked).xlsx"
    copy.write_bytes(mark(filled, FINDINGS))
    one, other = (read_workbook(path, CATALOG) for path in (filled, copy))
    assert not other.findings
    frames = [content.tidy_observations(CONTEXT)[0] for content in (one, other)]
    assert frames[0].equals(frames[1]) and len(frames[0]) == 1


def test_marks_of_an_earlier_check_go_when_the_mistake_is_gone(
    filled: Path, tmp_path: Path
) -> None:
    copy = tmp_path / "workbook.xlsx"
    copy.write_bytes(mark(filled, FINDINGS))
    cell = load_workbook(io.BytesIO(mark(copy, [])))["population"]["D5"]
    assert cell.comment is None
    assert cell.fill.start_color.rgb == "FFFFFBE0"
