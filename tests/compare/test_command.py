"""`sedp compare` from raw folders to files: one truth by marks, nothing made twice."""

from __future__ import annotations

import csv
import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner

from sedp_helpers.cli import main
from sedp_helpers.commands import compare
from sedp_helpers.commands.compare import CompareOptions, compare_district
from sedp_helpers.commands.district_papers import write_reminders
from sedp_helpers.commands.verify import verify_report
from sedp_helpers.console import Console
from sedp_helpers.district.gather import gather_district
from sedp_helpers.errors import NotFoundError
from sedp_helpers.paths import Workspace
from sedp_helpers.publish.task import Outcome
from tests.conftest import write_place

OPTIONS = CompareOptions(languages=("ky",), formats=("html", "xlsx"), as_of="2025-09-01")
FUND = "year,source,direction,project,planned,spent\n2024,district_fund,social,P,100,90\n"


@pytest.fixture(scope="module")
def workspace(tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    root = tmp_path_factory.mktemp("district")
    for ident in ("ak-suu", "kara-suu", "sary-suu"):
        write_place(root, ident)
    folder = root / "data" / "raw" / "district-ak-talaa"
    folder.mkdir()
    (folder / "development_fund.csv").write_text(FUND, encoding="utf-8")
    reference = root / "data" / "raw" / "reference"
    reference.mkdir()
    (reference / "districts.csv").write_text(
        "id,oblast,name_ky,name_ru,name_en,members\nd-ak-talaa,o-n,Ак-Талаа,Ак-Талаа,Ak-Talaa,11\n",
        encoding="utf-8")
    return Workspace(root)


@pytest.fixture(scope="module")
def folder(workspace: Workspace) -> Path:
    assert compare_district(workspace, "ak-talaa", OPTIONS, Console("en")) == 0
    return workspace.reports / "district-ak-talaa"


def read_rows(folder: Path, name: str) -> list[dict[str, str]]:
    text = (folder / "ky" / name).read_text(encoding="utf-8")
    return list(csv.DictReader(text.splitlines()))


def test_the_book_lies_where_reports_lie(folder: Path) -> None:
    names = {path.name for path in (folder / "ky").iterdir()}
    assert {"report.html", "tables.xlsx", "results.csv", "findings.csv", "notebooks"} <= names
    manifest = json.loads((folder / "build.json").read_text(encoding="utf-8"))
    assert manifest["members"]["expected"] == 11
    assert "data/raw/district-ak-talaa/development_fund.csv" in manifest["inputs"]
    assert manifest["parameters"]["as_of"] == "2025-09-01"


def test_every_mark_of_the_page_is_a_row_of_its_results(folder: Path) -> None:
    page = (folder / "ky" / "report.html").read_text(encoding="utf-8")
    keys = ("result", "year", "sex", "age", "village", "item", "method")
    known = {"|".join(row[name] for name in keys): row["value"]
             for row in read_rows(folder, "results.csv")}
    marks = re.findall(r'<data value="([^"]*)" data-result="([^"]*)"', page)
    assert marks
    for value, key in marks:
        assert float(known[key]) == float(value), key


def test_the_revenues_of_the_members_stand_nowhere_as_a_sum(folder: Path) -> None:
    sums = [row for row in read_rows(folder, "results.csv")
            if row["result"].startswith("budget.revenue") and row["method"] == "sum"]
    assert sums and all(row["value"] == "" and row["rule"] == "R-41" for row in sums)


def test_findings_have_the_columns_of_every_findings_file(folder: Path) -> None:
    rows = read_rows(folder, "findings.csv")
    assert {"R-42", "R-45", "R-47"} <= {row["rule"] for row in rows}
    assert all(row["message_ky"] and row["action_en"] for row in rows)


def test_nothing_is_made_again_where_nothing_has_changed(
    workspace: Workspace, folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    before = (folder / "ky" / "report.html").stat().st_mtime_ns
    assert compare_district(workspace, "d-ak-talaa", OPTIONS, Console("en")) == 0
    assert (folder / "ky" / "report.html").stat().st_mtime_ns == before
    assert "0 reports" in capsys.readouterr().err


def test_the_panel_is_never_written_by_a_comparison(workspace: Workspace, folder: Path) -> None:
    assert not workspace.panel.exists()


def test_an_unknown_district_is_named_with_those_that_exist(workspace: Workspace) -> None:
    with pytest.raises(NotFoundError, match="d-ak-talaa"):
        gather_district(workspace, "nowhere")


def test_members_without_a_folder_are_counted(workspace: Workspace) -> None:
    roll = gather_district(workspace, "ak-talaa").roll
    assert (roll.total, roll.nameless, len(roll.known)) == (11, 8, 3)


def test_a_sample_among_real_members_is_left_out(tmp_path: Path) -> None:
    for ident in ("ak-suu", "kara-suu"):
        write_place(tmp_path, ident)
    folder = tmp_path / "data" / "raw" / "kara-suu" / "municipality.yaml"
    folder.write_text(folder.read_text(encoding="utf-8") + "sample: true\n", encoding="utf-8")
    data = gather_district(Workspace(tmp_path), "ak-talaa")
    assert list(data.members) == ["ak-suu"] and data.left_out == ("kara-suu",)
    assert not data.sample


def test_the_weights_of_the_user_replace_those_of_the_catalogue(workspace: Workspace) -> None:
    table = workspace.reference / "peer_weights.csv"
    table.write_text("measure,weight\npopulation.total,5\n", encoding="utf-8")
    try:
        assert gather_district(workspace, "ak-talaa").weights == {"population.total": 5.0}
    finally:
        table.unlink()
    assert len(gather_district(workspace, "ak-talaa").weights) > 1


def test_no_page_is_set_while_reports_are_still_to_be_started(
    workspace: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Setting a page starts threads; a process forked after that waits for them for ever."""
    order: list[str] = []

    def run(tasks: list[object], **_: object) -> Iterator[Outcome]:
        for task in tasks:
            order.append("report")
            yield Outcome(task.municipality, task.language, outputs={"report.pdf": "0"})

    monkeypatch.setattr(compare, "run_tasks", run)
    monkeypatch.setattr(compare, "record_book", lambda *_: None)
    monkeypatch.setattr(compare.Papers, "write", lambda *_: order.append("paper"))
    options = CompareOptions(languages=("ky", "ru", "en"), formats=("pdf",), force=True,
                             as_of="2025-09-01")
    assert compare_district(workspace, "ak-talaa", options, Console("en")) == 0
    assert order == ["report"] * 3 + ["paper"] * 3


def test_a_letter_stands_in_build_json_and_a_changed_one_is_seen(
    workspace: Workspace, folder: Path
) -> None:
    write_reminders(workspace, "ak-talaa", Console("en"), languages=("en",), as_of="2025-09-01")
    manifest = json.loads((folder / "build.json").read_text(encoding="utf-8"))
    letters = [name for name in manifest["papers"] if name.startswith("en/letters/2025-09-01")]
    assert len(letters) == 3 and "ky" in manifest["languages"]
    assert verify_report(workspace, folder, Console("en")) == 0
    (folder / letters[0]).write_bytes(b"changed by hand")
    assert verify_report(workspace, folder, Console("en")) == 1


def test_the_day_of_a_book_is_taken_from_the_command_line(
    workspace: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[CompareOptions] = []

    def note(root: Workspace, district: str, options: CompareOptions, console: Console) -> int:
        asked.append(options)
        return 0

    monkeypatch.setattr(compare, "compare_district", note)
    words = ["--root", str(workspace.root), "compare", "d-ak-talaa", "--as-of"]
    assert CliRunner().invoke(main, [*words, "2025-06-01"]).exit_code == 0
    assert asked[0].as_of == "2025-06-01"
    assert CliRunner().invoke(main, [*words, "June"]).exit_code == 2
