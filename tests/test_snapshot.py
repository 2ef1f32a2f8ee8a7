"""What was shown at a meeting is kept, and what changed since is listed."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest

from sedp_helpers.catalog.load import load_catalog
from sedp_helpers.compute.rows import Row, frame_rows
from sedp_helpers.console import Console
from sedp_helpers.errors import NotFoundError, OutputError, UsageError
from sedp_helpers.examination import finding_texts
from sedp_helpers.intake.findings import findings_frame
from sedp_helpers.intake.observations import make_empty_tidy
from sedp_helpers.intake.store import Store, dump_frame
from sedp_helpers.models import LANGUAGES, Finding
from sedp_helpers.paths import Workspace
from sedp_helpers.snapshot import list_changes, list_snapshots, read_snapshot, take_snapshot

PLACE = {"id": "sary", "name": {"ky": "Сары"}, "base_year": 2024,
         "document": {"status": "hearing", "version": "3"}}


def row(value: float, *, item: str = "", year: int = 2024,
        result: str = "population.departures") -> Row:
    return Row("population", result, year, value, unit="person", item=item)


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    workspace = Workspace(tmp_path)
    store = Store(workspace)
    rows = [row(60), row(3, item="study"), row(57, item="work")]
    store.write("sary", "results", frame_rows(rows))
    store.write("sary", "observations", make_empty_tidy())
    store.write("sary", "findings", findings_frame([Finding("IN-NODATA", "note")],
                                                   finding_texts(load_catalog())))
    mark = json.dumps({"municipality": PLACE, "counts": {}, "key": ""})
    store.write_text("sary", "prepared.json", mark)
    return workspace


def test_a_snapshot_keeps_results_findings_and_document_state(workspace):
    folder = take_snapshot(workspace, "sary", "hearing")
    assert sorted(path.name for path in folder.iterdir()) == [
        "document.json", "findings.csv", "results.csv"]
    state = json.loads((folder / "document.json").read_text(encoding="utf-8"))
    assert (state["status"], state["version"], state["base_year"]) == ("hearing", "3", 2024)
    assert list_snapshots(workspace, "sary") == ["hearing"]


def test_a_snapshot_holds_no_small_count(workspace):
    take_snapshot(workspace, "sary", "hearing")
    kept = read_snapshot(workspace, "sary", "hearing").set_index("item")["value"]
    assert kept[""] == 60 and np.isnan(kept["study"]) and np.isnan(kept["work"])


def test_a_snapshot_is_never_written_over(workspace):
    take_snapshot(workspace, "sary", "council")
    with pytest.raises(OutputError):
        take_snapshot(workspace, "sary", "council")


@pytest.mark.parametrize("name", ["../x", "", "Hearing", "a/b"])
def test_an_unsafe_name_is_refused(workspace, name):
    with pytest.raises(UsageError):
        take_snapshot(workspace, "sary", name)


def test_an_unknown_snapshot_is_answered_with_the_known_ones(workspace):
    take_snapshot(workspace, "sary", "hearing")
    with pytest.raises(NotFoundError, match="hearing") as caught:
        read_snapshot(workspace, "sary", "hearin")
    for language in LANGUAGES:
        told = Console(language).text(caught.value.key, **caught.value.params)
        assert "sary" in told and "hearin" in told and "hearing" in told


def test_changes_name_what_was_added_removed_changed_lost_and_known():
    old = frame_rows([row(10), row(1, item="a"), row(2, item="b"), row(np.nan, item="c"),
                      row(4, item="d")])
    new = frame_rows([row(10), row(5, item="a"), row(np.nan, item="b"), row(7, item="c"),
                      row(9, item="e")])
    changes = list_changes(old, new).set_index("item")
    assert changes["kind"].to_dict() == {
        "a": "changed", "b": "lost", "c": "known", "d": "removed", "e": "added"}
    assert changes.loc["a", "difference"] == 4 and np.isnan(changes.loc["b", "difference"])


def test_the_same_frame_has_no_changes_also_after_a_round_trip(workspace):
    frame = frame_rows([row(0.1 + 0.2), row(np.nan, item="x")])
    Store(workspace).write("sary", "results", frame)
    assert list_changes(frame, Store(workspace).read("sary", "results")).empty
    assert dump_frame(frame)
