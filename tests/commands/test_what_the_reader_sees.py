"""A finding quotes the cell as it was typed and names the column by the heading above it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from openpyxl import load_workbook

from sedp_helpers.catalog.load import load_catalog
from sedp_helpers.examination import finding_texts
from sedp_helpers.fillin.template import write_template
from sedp_helpers.intake.findings import render_finding
from sedp_helpers.intake.history import collect_place
from sedp_helpers.models import LANGUAGES, Finding
from sedp_helpers.paths import Workspace
from sedp_helpers.prepare import examine
from tests.conftest import write_place

CATALOG = load_catalog()
TEXTS = finding_texts(CATALOG)
SHEETS = {"population", "budget", "observations", "villages", "_meta", "_lists"}
Look = Callable[[str], Finding]


@pytest.fixture
def look(workspace: Workspace) -> Look:
    """The one finding of a rule in the place «ak-suu»."""

    def run(rule: str) -> Finding:
        collected = collect_place(workspace.raw / "ak-suu", CATALOG)
        (finding,) = [one for one in examine(workspace, collected, CATALOG) if one.rule == rule]
        return finding

    return run


@pytest.fixture(scope="module")
def empty(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """An empty workbook with the sheets that are filled in here."""
    path = tmp_path_factory.mktemp("template") / "workbook.xlsx"
    path.write_bytes(write_template(CATALOG, "ky", years=range(2021, 2025)))
    opened = load_workbook(path)
    for name in set(opened.sheetnames) - SHEETS:
        del opened[name]
    opened.save(path)
    return path.read_bytes()


@pytest.fixture
def book(workspace: Workspace, empty: bytes) -> Path:
    """The empty workbook in a folder without tables."""
    folder = write_place(workspace.root)
    (folder / "observations.csv").unlink()
    (folder / "workbook.xlsx").write_bytes(empty)
    return folder / "workbook.xlsx"


def put(path: Path, sheet: str, figures: dict[tuple[str, int], object]) -> list[str]:
    """Type values into wide cells; answers their addresses."""
    opened = load_workbook(path)
    cells = opened[sheet]
    places = []
    for (key, year), value in figures.items():
        line = next(cell.row for cell in cells["A"] if cell.value == f"{key}||||")
        column = next(cell.column for cell in cells[4] if cell.value == year)
        cells.cell(line, column).value = value
        places.append(cells.cell(line, column).coordinate)
    opened.save(path)
    return places


def row(indicator: str, year: int, value: str) -> list[str]:
    return [indicator, str(year), value, "", "", "", "", "", "", ""]


def say(finding: Finding) -> dict[str, str]:
    return {lang: render_finding(finding, TEXTS, lang)[0].replace("\u00a0", " ")
            for lang in LANGUAGES}


# ---- the value as typed ------------------------------------------------------------------
def test_figures_of_a_table_are_quoted_with_their_spaces_and_words(
        workspace: Workspace, look: Look) -> None:
    visitors = ("900", "950", "1 000", "990", "13 860,0")
    rows = [row("tourism.visitors", 2020 + place, text) for place, text in enumerate(visitors)]
    rows += [row("budget.opening_balance", 2023, "1 150 000"),
             row("budget.opening_balance", 2024, "1,2 миң сом")]
    write_place(workspace.root, rows=rows)
    jump, unit = look("DQ-31"), look("DQ-33")
    assert (jump.cell, jump.value) == ("C6", "13 860,0")
    assert (unit.cell, unit.value) == ("C8", "1,2 миң сом")
    assert "1 200" in say(unit)["ky"]  # the sentence speaks of som


def test_money_of_a_sheet_is_quoted_in_the_unit_it_was_typed_in(book: Path, look: Look) -> None:
    _, cell = put(book, "budget", {("budget.opening_balance", 2023): 1150,
                                   ("budget.opening_balance", 2024): "1,2"})
    unit = look("DQ-33")
    assert (unit.table, unit.cell, unit.value) == ("budget", cell, "1,2")


def test_a_cell_of_a_register_is_quoted_too(workspace: Workspace, look: Look) -> None:
    folder = write_place(workspace.root)
    (folder / "plan.csv").write_text("id,measure\nm,Суу\n", encoding="utf-8")
    (folder / "funding.csv").write_text(
        "measure;year;source;amount\nm;2025;local_budget;300 000\nm;2026;local_budget;1300000\n"
        "m;2027;local_budget;400,0\n", encoding="utf-8")
    amount = look("DQ-33")
    assert (amount.table, amount.cell, amount.value) == ("funding", "D4", "400,0")


def test_a_cell_of_a_private_column_is_never_quoted(workspace: Workspace) -> None:
    folder = write_place(workspace.root)
    (folder / "working_group.csv").write_text("group,member,role\nworking,Асан Үсөнов,chair\n",
                                              encoding="utf-8")
    typed = collect_place(folder, CATALOG).typed
    private = [column.id for column in CATALOG.registers["working_group"].columns if column.private]
    assert "member" in private
    named = Finding("R-11", "error", table="working_group", column="member", cell="B2")
    assert typed.quote(named).value == ""
    chair = Finding("R-11", "error", table="working_group", column="role", cell="C2")
    assert typed.quote(chair).value == "chair"


# ---- the heading of the column -----------------------------------------------------------
def test_a_note_on_a_wide_sheet_names_the_years_above_the_cells(book: Path, look: Look) -> None:
    put(book, "population", {("population.total", year): "11 500" for year in (2021, 2023)})
    words = say(look("IN-FORM"))
    assert "2021, 2023 мамычасы" in words["ky"]
    assert "столбец 2021, 2023" in words["ru"] and "column 2021, 2023" in words["en"]


def test_years_beyond_the_cells_that_are_named_are_told_by_dots(book: Path, look: Look) -> None:
    put(book, "population", {(key, year): "11 500" for key in
                             ("population.total", "population.households")
                             for year in (2021, 2022, 2024)})
    finding = look("IN-FORM")
    assert finding.params["count"] == 6 and "2021, 2022, 2024, … мамычасы" in say(finding)["ky"]


def test_a_note_on_a_table_sheet_names_the_heading_in_the_language_of_the_reader(
        book: Path, look: Look) -> None:
    opened = load_workbook(book)
    for column, text in enumerate(("population.total", 2021, "11 500"), 1):
        opened["observations"].cell(5, column).value = text
    opened.save(book)
    finding = look("IN-FORM")
    assert finding.column == "value"  # the id stays for programs
    words = say(finding)
    assert "Мааниси мамычасы" in words["ky"] and "столбец Значение" in words["ru"]
    assert "column Value" in words["en"]


def test_a_note_on_a_csv_table_names_the_column_as_the_file_does(
        workspace: Workspace, look: Look) -> None:
    folder = write_place(workspace.root, rows=[row("population.total", 2024, "11 500")])
    table = folder / "observations.csv"
    table.write_text(table.read_text(encoding="utf-8").replace("value", "VALUE"), encoding="utf-8")
    assert "VALUE мамычасы" in say(look("IN-FORM"))["ky"]


def test_an_empty_required_cell_of_a_register_sheet_names_its_heading(
        book: Path, look: Look) -> None:
    opened = load_workbook(book)
    ids = [cell.value for cell in opened["villages"][1]]
    opened["villages"].cell(5, ids.index("name_ru") + 1).value = "Мантыш"
    opened.save(book)
    needed = next(one for one in CATALOG.registers["villages"].columns if one.id == "id")
    finding = look("IN-REQUIRED")
    assert finding.column == "id"
    assert all(needed.name.get(lang) in words for lang, words in say(finding).items())
