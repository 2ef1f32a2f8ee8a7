"""`sedp verify`: a report is told from the inputs that came, went or changed after it."""

from __future__ import annotations

from pathlib import Path

import pytest

from sedp_helpers.commands.verify import verify_report
from sedp_helpers.errors import NotFoundError
from sedp_helpers.fingerprint import hash_bytes
from sedp_helpers.paths import Workspace
from sedp_helpers.prepare import hash_inputs
from sedp_helpers.publish.manifest import write_manifest
from tests.commands.conftest import Listener
from tests.conftest import write_place


@pytest.fixture
def report(workspace: Workspace) -> Path:
    """The manifest and the one output of a report on a small place."""
    write_place(workspace.root)
    folder = workspace.reports / "ak-suu"
    (folder / "ky").mkdir(parents=True)
    (folder / "ky" / "report.html").write_bytes(b"<p>1</p>")
    write_manifest(folder, {
        "municipality": "ak-suu", "inputs": hash_inputs(workspace, "ak-suu"),
        "languages": {"ky": {"outputs": {"report.html": hash_bytes(b"<p>1</p>")}}}})
    return folder


def test_a_report_that_nothing_touched_is_proved(workspace, report, console: Listener) -> None:
    assert verify_report(workspace, report, console) == 0
    assert verify_report(workspace, report / "ky", console) == 0


@pytest.mark.parametrize("name", ["data/raw/ak-suu/observations.csv", "data/raw/ak-suu/risks.csv",
                                  "reports/ak-suu/ky/report.html"])
def test_an_input_or_output_written_later_is_named(
        workspace: Workspace, report: Path, console: Listener, name: str) -> None:
    with (workspace.root / name).open("a", encoding="utf-8") as file:
        file.write("x\n")
    assert verify_report(workspace, report, console) == 1
    assert len(console.lines) == 1 and name.removeprefix("reports/ak-suu/") in console.said


def test_an_input_that_is_gone_is_named(workspace, report, console: Listener) -> None:
    (workspace.raw / "ak-suu" / "observations.csv").unlink()
    assert verify_report(workspace, report, console) == 1


def test_a_folder_without_a_manifest_is_a_sentence(workspace, console: Listener) -> None:
    with pytest.raises(NotFoundError):
        verify_report(workspace, workspace.reports / "nobody", console)
