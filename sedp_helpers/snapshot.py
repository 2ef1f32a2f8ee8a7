"""Named snapshots of a report (hearing, council …) and the list of what changed between two.

A snapshot is a copy of the figures, findings and document state as they were read at a meeting,
kept under ``reports/<id>/snapshots/<name>/``. It is never written over and never read back into a
report; only the list of changes looks at it.
"""

from __future__ import annotations

import json
import re
from math import isnan, nan
from pathlib import Path

import pandas as pd

from sedp_helpers.catalog.load import load_catalog
from sedp_helpers.compute.rows import KEY
from sedp_helpers.desk import read_place
from sedp_helpers.errors import NotFoundError, OutputError, UsageError, name_nearest
from sedp_helpers.files import write_atomic
from sedp_helpers.intake.store import Store, dump_frame, parse_frame, parse_text
from sedp_helpers.paths import Workspace
from sedp_helpers.published import publish_tables

RESULTS, FINDINGS, STATE = "results.csv", "findings.csv", "document.json"
CHANGES = ["kind", *KEY, "unit", "old", "new", "difference"]
_NAME = re.compile(r"[a-z0-9][a-z0-9-]{0,63}")


def take_snapshot(workspace: Workspace, ident: str, name: str) -> Path:
    """Keep results, findings and document state of a prepared municipality under a name.

    Small counts are protected, because a snapshot is read aloud. A name that is taken is an error.
    """
    if not _NAME.fullmatch(name):
        raise UsageError(f"snapshot name {name!r} must be small letters, digits and hyphens",
                         key="snapshot_name", name=name)
    folder = find_snapshot(workspace, ident, name)
    if folder.exists():
        raise OutputError(f"snapshot {name!r} of {ident} exists already", key="snapshot_exists",
                          name=name, municipality=ident)
    store = Store(workspace)
    place = read_place(store, ident)
    tables = publish_tables(store, ident, load_catalog())
    folder.mkdir(parents=True)
    write_atomic(folder / RESULTS, dump_frame(tables["results"]))
    write_atomic(folder / FINDINGS, dump_frame(tables["findings"]))
    state = {**place.document.model_dump(), "base_year": place.base_year,
             "programme": place.plan_years.model_dump()}
    write_atomic(folder / STATE, json.dumps(state, ensure_ascii=False, indent=1).encode("utf-8"))
    return folder


def find_snapshot(workspace: Workspace, ident: str, name: str) -> Path:
    """The folder of a snapshot, whether it exists or not."""
    return workspace.reports / ident / "snapshots" / name


def list_snapshots(workspace: Workspace, ident: str) -> list[str]:
    """Names of the snapshots of a municipality."""
    folder = workspace.reports / ident / "snapshots"
    return sorted(path.name for path in folder.iterdir()) if folder.is_dir() else []


def read_snapshot(workspace: Workspace, ident: str, name: str) -> pd.DataFrame:
    """The results of a snapshot; an unknown name is an error with the names that exist."""
    path = find_snapshot(workspace, ident, name) / RESULTS
    if not path.is_file():
        known = list_snapshots(workspace, ident)
        raise NotFoundError(f"no snapshot {name!r} of {ident}: {name_nearest(name, known)}",
                            key="unknown_snapshot", municipality=ident, name=name,
                            known=", ".join(known) or "–")
    return parse_frame(path.read_bytes())


def read_snapshot_findings(workspace: Workspace, ident: str, name: str) -> pd.DataFrame:
    """The findings of a snapshot as text."""
    return parse_text((find_snapshot(workspace, ident, name) / FINDINGS).read_bytes())


def list_changes(old: pd.DataFrame, new: pd.DataFrame) -> pd.DataFrame:
    """What differs between two result frames: ``kind`` is added, removed, changed, lost (a value
    became missing) or known (a missing one became known), in the order of the new frame.

    ``old`` and ``new`` are NaN where there is no value; an equal value is never listed.
    """
    before, after = _by_key(old), _by_key(new)
    rows = []
    for key in dict.fromkeys([*after, *before]):
        was, now = before.get(key), after.get(key)
        kind, figure = _kind(was, now), now or was
        if kind and figure:
            values = [pair[0] if pair else nan for pair in (was, now)]
            rows.append((kind, *key, figure[1], *values, values[1] - values[0]))
    return pd.DataFrame(rows, columns=CHANGES)


Figure = tuple[float, str]  # value, unit


def _by_key(frame: pd.DataFrame) -> dict[tuple[str, ...], Figure]:
    """The figures of a frame by the key of results.csv."""
    keys = zip(*(frame[name].map(str).tolist() for name in KEY))
    return dict(zip(keys, zip(frame["value"].tolist(), frame["unit"].tolist())))


def _kind(was: Figure | None, now: Figure | None) -> str:
    if was is None:
        return "added"
    if now is None:
        return "removed"
    if isnan(was[0]) or isnan(now[0]):
        return "" if isnan(was[0]) and isnan(now[0]) else "known" if isnan(was[0]) else "lost"
    return "changed" if was[0] != now[0] else ""
