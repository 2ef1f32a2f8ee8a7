"""The workbook and CSV tables of one folder: what agrees is read once, what differs is said."""

from __future__ import annotations

import shutil
from pathlib import Path

import pandas as pd
import pytest
from openpyxl import load_workbook

from sedp_helpers.catalog.load import load_catalog
from sedp_helpers.commands.export import export_place
from sedp_helpers.commands.mark import mark_places
from sedp_helpers.commands.new import write_workbook
from sedp_helpers.intake.collect import collect_folder
from sedp_helpers.intake.store import Store
from sedp_helpers.paths import PROJECT, Workspace
from sedp_helpers.prepare import prepare
from tests.commands.conftest import Listener, collect, find_value
from tests.conftest import PASSPORT, write_place
from tests.intake.conftest import assert_told

VILLAGES = "id,name_ky,name_ru,name_en,lat,lon\nv1,Мантыш,,,,\nv2,Кызыл-Дөбө,,,,\n"


@pytest.fixture
def place(workspace: Workspace, console: Listener) -> Path:
    """A folder with CSV tables and a workbook of the same content."""
    folder = write_place(workspace.root)
    (folder / "villages.csv").write_text(VILLAGES, encoding="utf-8")
    write_workbook(workspace, folder / "workbook.xlsx", ident="ak-suu", role="", years="",
                   force=False, console=console)
    return folder


def put(path: Path, sheet: str, key: str, year: int, value: object) -> str:
    """Type a value into a wide cell; answers its address."""
    book = load_workbook(path)
    cells = book[sheet]
    row = next(cell.row for cell in cells["A"] if cell.value == key)
    column = next(cell.column for cell in cells[4] if cell.value == year)
    cells.cell(row, column).value = value  # type: ignore[assignment]
    book.save(path)
    return str(cells.cell(row, column).coordinate)


def test_equal_figures_in_both_are_read_once(workspace: Workspace, place: Path) -> None:
    found = collect(workspace, "ak-suu")
    assert len(found.observations) == 24 and len(found.registers["villages"]) == 2
    assert not [one for one in found.findings if one.severity != "note"]
    assert found.observations["origin"].iloc[0] == "observations!C2"


def test_a_contradiction_is_an_error_with_both_cells_and_neither_is_used(
        workspace: Workspace, place: Path) -> None:
    cell = put(place / "workbook.xlsx", "population", "population.total||||", 2024, 11400)
    found = collect(workspace, "ak-suu")
    (error,) = [one for one in found.findings if one.severity == "error"]
    assert_told(error, "IN-CONFLICT", "error", "population", cell, "11400", "population", cell,
                "11400", "observations!C5", "11500")
    assert find_value(found, "population.total", 2024) is None
    assert find_value(found, "population.total", 2023) == 11000


def test_a_record_that_differs_is_an_error_with_both_places(
        workspace: Workspace, place: Path) -> None:
    (place / "villages.csv").write_text(VILLAGES.replace("Мантыш", "Ара-Көл"), encoding="utf-8")
    found = collect(workspace, "ak-suu")
    (error,) = [one for one in found.findings if one.severity == "error"]
    assert_told(error, "IN-KEY", "error", "villages", "A5", "v1", "A5", "v1", "villages.csv!A2")
    assert list(found.registers["villages"]["id"]) == ["v2"]


def test_a_table_and_a_sheet_of_one_name_are_told_apart(
        workspace: Workspace, place: Path) -> None:
    book = load_workbook(place / "workbook.xlsx")
    for column, text in enumerate(("population.deaths", 2015, 70), 1):
        book["observations"].cell(5, column).value = text
    book.save(place / "workbook.xlsx")
    origins = set(collect(workspace, "ak-suu").observations["origin"])
    assert "observations!C5" in origins and "observations.csv!C2" in origins


def test_a_lock_file_of_another_program_is_no_error_and_changes_no_figure(
        workspace: Workspace, place: Path) -> None:
    before = collect(workspace, "ak-suu").observations
    (place / "~$workbook.xlsx").write_bytes(b"\x05user")
    (place / "~$observations.csv").write_bytes(b"\xff\x05")
    found = collect(workspace, "ak-suu")
    pd.testing.assert_frame_equal(found.observations, before)
    assert not [one for one in found.findings if one.severity == "error"]


def test_a_kept_copy_of_a_table_is_not_read(workspace: Workspace, place: Path) -> None:
    shutil.copy(place / "observations.csv", place / "observations (before import 2026-05-04).csv")
    shutil.copy(place / "observations.csv", place / "observations (2).csv")
    tables = [one.table for one in collect(workspace, "ak-suu").findings if one.rule == "IN-TABLE"]
    assert tables == ["observations (2)"]


def test_notes_of_the_workbook_are_kept_and_a_different_file_is_said(
        workspace: Workspace, place: Path) -> None:
    book = load_workbook(place / "workbook.xlsx")
    sheet = book["expert"]
    row = next(cell.row for cell in sheet["A"] if str(cell.value).startswith("note|population"))
    key = str(sheet.cell(row, 1).value).split("|")
    sheet.cell(row, 3).value = "Калк өсүүдө."
    book.save(place / "workbook.xlsx")
    (place / "notes").mkdir()
    (place / "notes" / f"population.{key[2]}.md").write_text("Башка сөз", encoding="utf-8")
    (place / "notes" / "economy.ky.md").write_text("Экономика", encoding="utf-8")
    found = collect(workspace, "ak-suu")
    assert found.notes == {f"population.{key[2]}": "Калк өсүүдө.", "economy.ky": "Экономика"}
    assert [one.severity for one in found.findings if one.rule == "WB-NOTE"] == ["warning"]


def test_the_checked_copy_lists_what_was_found_and_the_workbook_stays_as_it_was(
        workspace: Workspace, place: Path, console: Listener) -> None:
    cell = put(place / "workbook.xlsx", "population", "population.total||||", 2024, 11400)
    before = (place / "workbook.xlsx").read_bytes()
    mark_places(workspace, ["ak-suu"], console)
    mark_places(workspace, ["ak-suu"], console)
    assert (place / "workbook.xlsx").read_bytes() == before
    assert (place / "workbook (checked 2).xlsx").is_file()
    book = load_workbook(place / "workbook (checked).xlsx")
    assert "11500" in str(book["population"][cell].comment.text)
    rows = list(book["_findings"].iter_rows(values_only=True))
    assert any(row[1] == "population" and row[2] == cell for row in rows)


def test_a_broken_workbook_is_said_and_not_marked(
        workspace: Workspace, place: Path, console: Listener) -> None:
    (place / "workbook.xlsx").write_bytes(b"PK\x03\x04 broken")
    mark_places(workspace, ["ak-suu"], console)
    assert "could not be read" in console.said
    assert not list(place.glob("*checked*"))
    assert len(collect(workspace, "ak-suu").observations) == 24


# ---- the way round -------------------------------------------------------------------------
def read_all(workspace: Workspace, ident: str) -> tuple[pd.DataFrame, dict[str, pd.DataFrame]]:
    """Stored observations and registers without the places where they stood."""
    store, key = Store(workspace), ["indicator", "year", "sex", "age", "village", "item"]
    frame = store.read_observations(ident).drop(columns="origin")
    registers = store.read_registers(ident, load_catalog().registers)
    return (frame.sort_values(key).reset_index(drop=True),
            {name: table.drop(columns="origin") for name, table in registers.items()})


def assert_same(first: Workspace, second: Workspace, ident: str) -> None:
    (one, registers), (other, again) = read_all(first, ident), read_all(second, ident)
    assert len(one) > 0
    pd.testing.assert_frame_equal(one, other)
    assert set(registers) == set(again)
    for name, table in registers.items():
        pd.testing.assert_frame_equal(table, again[name], obj=name)


def go_round(workspace: Workspace, ident: str, console: Listener) -> Workspace:
    """Prepare, export as a raw folder into another workspace, prepare there."""
    other = Workspace(workspace.root / "other")
    prepare(workspace, ident, results=False)
    export_place(workspace, ident, "raw", other.raw, force=False, console=console)
    prepare(other, ident, results=False)
    return other


def test_demo_tables_exported_as_raw_are_prepared_to_the_same(
        workspace: Workspace, console: Listener) -> None:
    shutil.copytree(PROJECT / "data" / "raw" / "demo", workspace.raw / "demo")
    other = go_round(workspace, "demo", console)
    assert_same(workspace, other, "demo")


def test_demo_in_a_workbook_is_the_demo_in_tables(
        workspace: Workspace, console: Listener) -> None:
    source = Workspace(workspace.root / "source")
    shutil.copytree(PROJECT / "data" / "raw" / "demo", source.raw / "demo")
    prepare(source, "demo", results=False)
    write_workbook(source, workspace.raw / "demo" / "workbook.xlsx", ident="demo", role="",
                   years="2016-2024", force=False, console=console)
    other = go_round(workspace, "demo", console)
    assert_same(source, workspace, "demo")
    assert_same(source, other, "demo")
    first, second = (collect_folder(place.raw / "demo", load_catalog()).municipality
                     for place in (source, other))
    assert first == second


def test_a_year_start_municipality_keeps_its_stocks_on_the_way_round(
        workspace: Workspace, console: Listener) -> None:
    folder = write_place(workspace.root, passport=f"{PASSPORT}stock_date: year_start\n")
    with (folder / "observations.csv").open("a", encoding="utf-8") as table:
        table.write("population.deaths,2020,55,,,,,E,Регистр,түшүндүрмө\n"
                    "population.deaths,2019,,,,,,L,,\n")
    book = folder / "workbook.xlsx"
    write_workbook(workspace, book, ident="ak-suu", role="", years="", force=False,
                   console=console)
    (folder / "observations.csv").unlink()
    put(book, "population", "population.total||||", 2025, 12000)
    other = go_round(workspace, "ak-suu", console)
    assert_same(workspace, other, "ak-suu")
    found = collect(other, "ak-suu")
    assert find_value(found, "population.total", 2024) == 12000
    assert find_value(found, "population.total", 2023) == 11500
    assert found.municipality is not None and found.municipality.stock_date == "year_end"
