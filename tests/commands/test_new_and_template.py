"""A new folder is ready to be filled in, and what is filled in is read."""

from __future__ import annotations

from pathlib import Path

import pytest
from openpyxl import load_workbook

from sedp_helpers.commands.new import read_years, start_place, write_workbook
from sedp_helpers.errors import InputError, NotFoundError, OutputError, UsageError
from sedp_helpers.intake.municipality import FILE, read_municipality
from sedp_helpers.paths import Workspace
from sedp_helpers.prepare import prepare
from tests.commands.conftest import Listener, collect, find_value
from tests.conftest import PASSPORT, write_place


def type_into(path: Path, cells: dict[tuple[str, str], object]) -> None:
    """Fill in rows of the workbook: (sheet, key of the row) -> value of the last year or entry."""
    book = load_workbook(path)
    for (name, key), value in cells.items():
        sheet = book[name]
        row = next(cell.row for cell in sheet["A"] if cell.value == key)
        last = max((cell.column for cell in sheet[4] if isinstance(cell.value, int)), default=3)
        sheet.cell(row, 3 if name == "passport" else last).value = value
    book.save(path)


def start(workspace: Workspace, console: Listener, ident: str = "ak-suu") -> Path:
    start_place(workspace, ident, "2017-2024", force=False, console=console)
    return workspace.raw / ident / "workbook.xlsx"


def test_a_new_folder_holds_a_workbook_in_the_language_and_a_passport(
        workspace: Workspace, console: Listener) -> None:
    book = load_workbook(start(workspace, console))
    assert [cell.value for cell in book["population"][4]][3:11] == list(range(2017, 2025))
    assert "Population" in str(book["population"]["B1"].value)
    found = collect(workspace, "ak-suu")
    assert found.municipality is not None and found.municipality.base_year == 2024
    assert found.observations.empty
    assert not [one for one in found.findings if one.severity != "note"]


def test_an_existing_folder_is_refused_and_kept_and_force_replaces_it(
        workspace: Workspace, console: Listener) -> None:
    folder = write_place(workspace.root)
    with pytest.raises(OutputError) as refused:
        start_place(workspace, "ak-suu", "", force=False, console=console)
    assert refused.value.key == "exists" and not (folder / "workbook.xlsx").exists()
    start_place(workspace, "ak-suu", "", force=True, console=console)
    assert (folder / "workbook.xlsx").is_file() and (folder / "observations.csv").is_file()


@pytest.mark.parametrize("ident", ["../x", "Ak-Suu", "reference", "district-a", "con", "", "a b"])
def test_an_unsafe_id_is_refused_with_a_sentence(
        ident: str, workspace: Workspace, console: Listener) -> None:
    with pytest.raises(InputError) as refused:
        start_place(workspace, ident, "", force=False, console=console)
    for language in ("ky", "ru", "en"):
        Listener(language).text(refused.value.key, **refused.value.params)
    assert not list(workspace.raw.iterdir())


@pytest.mark.parametrize("ident", ["007", "no", "2024-03-05", "1e5"])
def test_an_id_that_yaml_would_read_as_something_else_stays_text(
        ident: str, workspace: Workspace, console: Listener) -> None:
    start(workspace, console, ident)
    found = collect(workspace, ident)
    assert found.municipality is not None and found.municipality.id == ident


def test_the_sheet_passport_goes_before_the_file_the_program_wrote(
        workspace: Workspace, console: Listener) -> None:
    path = start(workspace, console)
    type_into(path, {("passport", "name.ky"): "Ак-Суу", ("passport", "base_year"): 2023,
                     ("passport", "district.id"): "d-kochkor",
                     ("population", "population.total||||"): 7020})
    found = collect(workspace, "ak-suu")
    assert found.municipality is not None
    assert (found.municipality.name.ky, found.municipality.base_year) == ("Ак-Суу", 2023)
    assert found.municipality.district and found.municipality.district.id == "d-kochkor"
    assert find_value(found, "population.total", 2024) == 7020
    assert not [one for one in found.findings if one.severity == "error"]


def test_preparing_writes_the_passport_file_from_the_sheet_and_only_the_programs_own(
        workspace: Workspace, console: Listener) -> None:
    path = start(workspace, console)
    type_into(path, {("passport", "name.ky"): "Ак-Суу", ("passport", "district.id"): "d-kochkor"})
    prepare(workspace, "ak-suu", results=False)
    place, _ = read_municipality(path.parent)
    assert place is not None and place.district and place.district.id == "d-kochkor"
    text = (path.parent / FILE).read_text(encoding="utf-8")
    assert text.startswith("# sedp new") and "Ак-Суу" in text
    assert prepare(workspace, "ak-suu").key == prepare(workspace, "ak-suu").key
    assert not prepare(workspace, "ak-suu").fresh
    (path.parent / FILE).write_text(PASSPORT, encoding="utf-8")
    prepare(workspace, "ak-suu", results=False)
    assert (path.parent / FILE).read_text(encoding="utf-8") == PASSPORT


def test_a_file_a_person_wrote_that_says_something_else_is_an_error_with_both_places(
        workspace: Workspace, console: Listener) -> None:
    path = start(workspace, console)
    (path.parent / FILE).write_text(PASSPORT, encoding="utf-8")
    type_into(path, {("passport", "base_year"): 2023, ("passport", "name.ky"): "Ак-Суу"})
    found = collect(workspace, "ak-suu")
    (error,) = [one for one in found.findings if one.severity == "error"]
    assert (error.rule, error.table, error.value) == ("WB-PASSPORT", "passport", "2023")
    assert error.params == {"other": "2024", "line": "5"} and error.cell.startswith("C")


def test_a_folder_without_municipality_yaml_is_read_from_the_workbook(
        workspace: Workspace, console: Listener) -> None:
    path = start(workspace, console)
    (path.parent / FILE).unlink()
    assert collect(workspace, "ak-suu").municipality is None
    type_into(path, {("passport", "name.ky"): "Ак-Суу", ("passport", "base_year"): 2024,
                     ("passport", "id"): "ak-suu"})
    found = collect(workspace, "ak-suu")
    assert found.municipality is not None and found.municipality.name.ky == "Ак-Суу"


def test_years_are_a_range_of_four_digit_years() -> None:
    assert read_years("2017-2025") == range(2017, 2026)
    assert read_years(" 2020–2021 ") == range(2020, 2022)
    assert len(read_years("")) == 9
    for wrong in ("2025-2017", "17-25", "2017", "1800-1810", "2000-2090", "a-b"):
        with pytest.raises(UsageError):
            read_years(wrong)


def test_a_template_is_not_written_over_and_needs_its_ending(
        workspace: Workspace, console: Listener, tmp_path: Path) -> None:
    def write(path: Path, **more: object) -> None:
        options = {"ident": "", "role": "", "years": "", "force": False, **more}
        write_workbook(workspace, path, console=console, **options)  # type: ignore[arg-type]

    target = tmp_path / "books" / "empty.xlsx"
    write(target)
    with pytest.raises(OutputError):
        write(target)
    write(target, force=True)
    with pytest.raises(UsageError):
        write(tmp_path / "empty.xls")
    with pytest.raises(NotFoundError):
        write(tmp_path / "other.xlsx", role="king")
    assert not (tmp_path / "other.xlsx").exists()


def test_a_copy_for_one_person_is_filled_with_the_figures_of_the_municipality(
        workspace: Workspace, console: Listener, tmp_path: Path) -> None:
    write_place(workspace.root)
    target = tmp_path / "statistician.xlsx"
    write_workbook(workspace, target, ident="ak-suu", role="statistician", years="", force=False,
                   console=console)
    book = load_workbook(target)
    assert "population" in book.sheetnames and "budget" not in book.sheetnames
    sheet = book["population"]
    years = {cell.value: cell.column for cell in sheet[4] if isinstance(cell.value, int)}
    assert set(years) == set(range(2017, 2026))
    row = next(cell.row for cell in sheet["A"] if cell.value == "population.total||||")
    assert sheet.cell(row, years[2024]).value == 11500
    assert sheet.cell(row, years[2025]).value is None


def test_the_passport_of_a_new_folder_knows_its_folder(
        workspace: Workspace, console: Listener) -> None:
    sheet = load_workbook(start(workspace, console))["passport"]
    assert {row[0].value: row[2].value for row in sheet.iter_rows()}["id"] == "ak-suu"
