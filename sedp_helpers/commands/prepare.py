"""`sedp prepare`: raw → data/processed for many municipalities, and the comparison panel."""

from __future__ import annotations

from typing import Sequence

from sedp_helpers.console import Console
from sedp_helpers.paths import Workspace
from sedp_helpers.panel import write_panel
from sedp_helpers.parallel import run_parallel
from sedp_helpers.prepare import Prepared, list_municipalities, prepare


def prepare_places(workspace: Workspace, ids: Sequence[str], console: Console, *,
                   panel: bool = False, force: bool = False, jobs: int = 0) -> int:
    """Prepare; exit code 1 only if a municipality could not be read.

    The panel needs everybody's observations first, and results may look at the panel; so with
    ``panel`` it is written before the results.
    """
    if panel:
        write_panel(workspace, list_municipalities(workspace), jobs=jobs)
    failed = False
    work = [(workspace, ident, force) for ident in ids]
    for done in run_parallel(_prepare, work, jobs=jobs):
        failed |= _report(done, console)
    return 1 if failed else 0


def _prepare(work: tuple[Workspace, str, bool]) -> Prepared:
    workspace, ident, force = work
    return prepare(workspace, ident, force=force)


def _report(done: Prepared, console: Console) -> bool:
    if done.municipality is None:
        console.say("unreadable", name=done.id, why="municipality.yaml")
        return True
    if not done.fresh:
        console.say("unchanged", name=done.id)
        return False
    console.say("prepared", name=done.id, error=done.counts.get("error", 0),
                warning=done.counts.get("warning", 0))
    return False
