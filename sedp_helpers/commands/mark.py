"""`sedp check --mark`: the workbook given back with what was found in it."""

from __future__ import annotations

from collections.abc import Sequence

from sedp_helpers.catalog.load import load_catalog
from sedp_helpers.commands.merge import find_free
from sedp_helpers.console import Console
from sedp_helpers.examination import finding_texts
from sedp_helpers.files import write_atomic
from sedp_helpers.fillin.mark import mark_workbook
from sedp_helpers.intake.collect import WORKBOOK
from sedp_helpers.intake.history import collect_place
from sedp_helpers.intake.safe_open import TABLE
from sedp_helpers.paths import Workspace
from sedp_helpers.prepare import examine, find_folder


def mark_places(workspace: Workspace, ids: Sequence[str], console: Console) -> None:
    """Write ``workbook (checked).xlsx`` beside each workbook; an older one is kept."""
    catalog = load_catalog()
    texts, words = finding_texts(catalog), catalog.words("workbook", console.language)
    for ident in ids:
        folder = find_folder(workspace, ident)
        if not (folder / WORKBOOK).is_file():
            console.say("no_workbook", name=ident)
            continue
        findings = examine(workspace, collect_place(folder, catalog), catalog)
        if any(one.table == TABLE and one.severity == "error" for one in findings):
            console.say("workbook_unreadable", name=ident)
            continue
        target = find_free(folder / "workbook (checked).xlsx")
        content = mark_workbook(folder / WORKBOOK, findings, texts, console.language, words)
        write_atomic(target, content)
        console.say("created", path=str(target))
