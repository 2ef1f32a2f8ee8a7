"""Preparing many municipalities: what is written, what is left as it is, what is said."""

import json
from pathlib import Path

import pytest

from sedp_helpers.commands.prepare import prepare_places
from sedp_helpers.console import Console
from sedp_helpers.panel import hash_panel, write_panel
from sedp_helpers.paths import Workspace
from sedp_helpers.prepare import find_prepared, input_key, list_municipalities

PLACES = 10
ROWS = "indicator,year,value\n" + "".join(
    f"population.total,{year},{4000 + 30 * (year - 2015)}\n" for year in range(2015, 2025))


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    for number in range(PLACES):
        folder = tmp_path / "data" / "raw" / f"m{number}"
        folder.mkdir(parents=True)
        folder.joinpath("municipality.yaml").write_text(
            f"id: m{number}\nname:\n  ky: Айыл {number}\nbase_year: 2024\n", encoding="utf-8")
        folder.joinpath("observations.csv").write_text(
            ROWS.replace(",41", f",4{number}"), encoding="utf-8")
    return Workspace(tmp_path)


def prepare(workspace: Workspace, ids: list[str], **options: bool) -> int:
    return prepare_places(workspace, ids, Console("ky"), jobs=1, **options)


def stored(workspace: Workspace, name: str) -> set[str]:
    return {path.name for path in (workspace.processed / name).glob("*")}


def test_without_results_observations_and_findings_are_written_and_nothing_is_marked_done(
    workspace: Workspace,
) -> None:
    assert prepare(workspace, ["m1"], results=False) == 0
    assert {"observations.csv", "findings.csv"} <= stored(workspace, "m1")
    assert not {"results.csv", "prepared.json"} & stored(workspace, "m1")
    assert not workspace.panel.exists()


def test_results_of_older_inputs_are_taken_away_and_those_of_the_same_inputs_stay(
    workspace: Workspace,
) -> None:
    prepare(workspace, ["m1", "m2"])
    raw = workspace.raw / "m1" / "observations.csv"
    raw.write_text(raw.read_text(encoding="utf-8") + "population.births,2024,60\n",
                   encoding="utf-8")
    prepare(workspace, ["m1", "m2"], results=False, force=True)
    assert "results.csv" not in stored(workspace, "m1")
    assert "results.csv" in stored(workspace, "m2")


def test_nothing_is_written_again_where_nothing_changed(workspace: Workspace) -> None:
    ids = list_municipalities(workspace)
    prepare(workspace, ids, panel=True)
    before = {path: path.stat().st_mtime_ns for path in workspace.processed.rglob("*.csv")}
    prepare(workspace, ids, panel=True)
    assert before == {path: path.stat().st_mtime_ns for path in before}


def test_a_touched_file_changes_nothing_and_a_changed_one_changes_everybody_who_is_compared(
    workspace: Workspace,
) -> None:
    ids = list_municipalities(workspace)
    prepare(workspace, ids, panel=True)
    raw = workspace.raw / "m1" / "observations.csv"
    raw.touch()
    assert find_prepared(workspace, "m1", input_key(workspace, "m1")) is not None
    raw.write_text(ROWS.replace("4000", "9000") + "population.total,2014,3900\n",
                   encoding="utf-8")
    write_panel(workspace, ids, jobs=1)
    assert find_prepared(workspace, "m2", input_key(workspace, "m2")) is None


def test_results_do_not_depend_on_whether_the_forecasts_of_the_panel_are_stored(
    workspace: Workspace,
) -> None:
    ids = list_municipalities(workspace)
    prepare(workspace, ids, panel=True)
    target = workspace.processed / "m3" / "results.csv"
    looked_up = target.read_bytes()
    assert b"recommended:" in looked_up and len(hash_panel(workspace)["forecasts.csv"]) == 64
    record = workspace.panel / ".made_from.json"
    record.write_text(json.dumps({**json.loads(record.read_text()), "forecasts": "other"}))
    prepare(workspace, ["m3"], force=True)
    assert target.read_bytes() == looked_up


def test_a_folder_without_a_passport_is_said_and_the_others_are_prepared(
    workspace: Workspace, capsys: pytest.CaptureFixture[str]
) -> None:
    (workspace.raw / "m4" / "municipality.yaml").unlink()
    assert prepare(workspace, ["m4", "m5"]) == 1
    assert "results.csv" in stored(workspace, "m5")
    assert "m4" in "".join(capsys.readouterr())
