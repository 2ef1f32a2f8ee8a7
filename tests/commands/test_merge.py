"""Copies that several people filled in become one; nobody's figure is chosen over another's."""

from __future__ import annotations

from pathlib import Path

import pytest

from sedp_helpers.commands.merge import merge_copies
from sedp_helpers.commands.new import write_workbook
from sedp_helpers.errors import NotFoundError, UsageError
from sedp_helpers.paths import Workspace
from tests.commands.conftest import Listener, collect, find_value
from tests.commands.test_workbook_beside_tables import put
from tests.conftest import write_place


@pytest.fixture
def folder(workspace: Workspace, console: Listener, tmp_path: Path) -> Path:
    """A raw folder with a workbook only, and the copies of two people beside the workspace."""
    folder = write_place(workspace.root)
    for path in (folder / "workbook.xlsx", tmp_path / "aida.xlsx", tmp_path / "bek.xlsx"):
        write_workbook(workspace, path, ident="ak-suu", role="", years="", force=False,
                       console=console)
    (folder / "observations.csv").unlink()
    return folder


def test_what_each_gave_is_taken_and_what_differs_is_named_with_both(
        workspace: Workspace, folder: Path, console: Listener, tmp_path: Path) -> None:
    aida, bek = tmp_path / "aida.xlsx", tmp_path / "bek.xlsx"
    put(aida, "population", "population.total||||", 2025, 12000)
    put(bek, "population", "population.births||||", 2025, 220)
    put(aida, "population", "population.deaths||||", 2024, 62)
    put(bek, "population", "population.deaths||||", 2024, 63)
    before = (folder / "workbook.xlsx").read_bytes()
    assert merge_copies(workspace, "ak-suu", [aida, bek], console) == 1
    assert "aida: 1 changes" in console.said and "bek: 1 changes" in console.said
    assert "62" in console.said and "63" in console.said and "Deaths" in console.said
    assert (folder / "workbook.xlsx").read_bytes() == before
    (folder / "workbook (merged).xlsx").replace(folder / "workbook.xlsx")
    found = collect(workspace, "ak-suu")
    assert find_value(found, "population.total", 2025) == 12000
    assert find_value(found, "population.births", 2025) == 220
    assert find_value(found, "population.deaths", 2024) == 61
    assert len(found.observations) == 26


def test_a_merge_without_contradictions_ends_well_and_never_writes_over(
        workspace: Workspace, folder: Path, console: Listener, tmp_path: Path) -> None:
    files = [tmp_path / "aida.xlsx"]
    assert merge_copies(workspace, "ak-suu", files, console) == 0
    first = (folder / "workbook (merged).xlsx").read_bytes()
    assert merge_copies(workspace, "ak-suu", files, console) == 0
    assert (folder / "workbook (merged).xlsx").read_bytes() == first
    assert (folder / "workbook (merged 2).xlsx").is_file()


def test_a_missing_file_and_two_files_of_one_name_are_sentences(
        workspace: Workspace, console: Listener, tmp_path: Path) -> None:
    write_place(workspace.root)
    with pytest.raises(NotFoundError):
        merge_copies(workspace, "ak-suu", [tmp_path / "nobody.xlsx"], console)
    twins = [tmp_path / "a" / "book.xlsx", tmp_path / "b" / "book.xlsx"]
    for path in twins:
        path.parent.mkdir()
        path.write_bytes(b"PK\x03\x04")
    with pytest.raises(UsageError):
        merge_copies(workspace, "ak-suu", twins, console)


def test_a_copy_that_cannot_be_read_is_said_and_the_exit_code_is_one(
        workspace: Workspace, folder: Path, console: Listener, tmp_path: Path) -> None:
    broken = tmp_path / "broken.xlsx"
    broken.write_bytes(b"PK\x03\x04 broken")
    assert merge_copies(workspace, "ak-suu", [broken], console) == 1
    assert "broken" in console.said
