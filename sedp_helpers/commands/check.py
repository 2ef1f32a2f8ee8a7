"""`sedp check`: the findings of the raw data, for a person or a program."""

from __future__ import annotations

from typing import Sequence

import pandas as pd

from sedp_helpers.catalog.load import load_catalog
from sedp_helpers.console import Console
from sedp_helpers.intake.collect import collect_folder
from sedp_helpers.intake.findings import (
    count_severities,
    findings_frame,
    join_findings,
    list_findings,
)
from sedp_helpers.paths import Workspace
from sedp_helpers.prepare import examine, find_folder, finding_texts


def check_places(workspace: Workspace, ids: Sequence[str], form: str, console: Console) -> int:
    """Print the findings; exit code 1 if any is an error."""
    catalog = load_catalog()
    texts = finding_texts(catalog)
    frames: dict[str, pd.DataFrame] = {}
    counts = {"error": 0, "warning": 0, "note": 0}
    for ident in ids:
        collected = collect_folder(find_folder(workspace, ident), catalog)
        findings = examine(workspace, collected, catalog)
        frames[ident] = findings_frame(findings, texts)
        for severity, number in count_severities(findings).items():
            counts[severity] += number
    labels = {name: console.text(f"severity_{name}") for name in counts}
    console.write(list_findings(join_findings(frames), form, console.language, labels=labels))
    console.say("checked", **counts)
    if not counts["error"]:
        console.say("next_build", ids=" ".join(ids))
    return 1 if counts["error"] else 0
