"""`sedp check`: the findings of the raw data, for a person or a program."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from sedp_helpers.catalog.load import load_catalog
from sedp_helpers.console import Console
from sedp_helpers.examination import finding_texts, load_knowledge
from sedp_helpers.intake.findings import (
    count_severities,
    findings_frame,
    join_findings,
    list_findings,
)
from sedp_helpers.intake.history import collect_place
from sedp_helpers.panel import load_neighbours
from sedp_helpers.parallel import run_parallel
from sedp_helpers.paths import Workspace
from sedp_helpers.prepare import examine, find_folder
from sedp_helpers.trouble import Trouble, attempt

DISTRICT = "district-"  # folders of districts begin so
MOST_NAMED = 5  # municipalities that the advice names


def check_places(workspace: Workspace, ids: Sequence[str], form: str, console: Console) -> int:
    """Print the findings; exit code 1 if any is an error."""
    frames: dict[str, pd.DataFrame] = {}
    counts = {"error": 0, "warning": 0, "note": 0}
    load_knowledge()  # once, before there are several processes
    load_neighbours(workspace)
    troubled = False
    for found in run_parallel(_try_check, [(workspace, ident) for ident in ids]):
        if isinstance(found, Trouble):
            found.say(console)
            troubled = True
            continue
        ident, frame, mine = found
        frames[ident] = frame
        counts = {name: counts[name] + mine.get(name, 0) for name in counts}
    labels = {name: console.text(f"severity_{name}") for name in counts}
    console.write(list_findings(join_findings(frames), form, console.language, labels=labels))
    console.say("checked", **counts)
    places = [ident for ident in ids if not ident.startswith(DISTRICT)]
    if places and not counts["error"] and not troubled and len(places) <= MOST_NAMED:
        console.say("next_build", ids=" ".join(places))
    return 1 if counts["error"] or troubled else 0


def _try_check(
    work: tuple[Workspace, str]
) -> tuple[str, pd.DataFrame, dict[str, int]] | Trouble:
    return attempt(lambda: _check(work), *work)


def _check(work: tuple[Workspace, str]) -> tuple[str, pd.DataFrame, dict[str, int]]:
    workspace, ident = work
    if ident.startswith(DISTRICT):
        return _check_district(workspace, ident)
    catalog = load_catalog()
    collected = collect_place(find_folder(workspace, ident), catalog)
    findings = examine(workspace, collected, catalog)
    return ident, findings_frame(findings, finding_texts(catalog)), count_severities(findings)


def _check_district(workspace: Workspace, ident: str) -> tuple[str, pd.DataFrame, dict[str, int]]:
    """The findings of a district's own folder: its tables and its rules R-40 … R-48."""
    from sedp_helpers.district.findings import find_in_folder

    frame = find_in_folder(workspace, ident)
    return ident, frame, frame["severity"].value_counts().to_dict()
