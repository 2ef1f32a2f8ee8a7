"""`sedp snapshot`: keep a report's figures under a name, and say what changed between two."""

from __future__ import annotations

from sedp_helpers.console import Console
from sedp_helpers.intake.store import dump_frame
from sedp_helpers.paths import Workspace
from sedp_helpers.prepare import find_folder, prepare
from sedp_helpers.snapshot import (
    list_changes,
    list_snapshots,
    read_snapshot,
    take_snapshot,
)


def keep_snapshot(workspace: Workspace, ident: str, name: str, console: Console) -> None:
    """Take a snapshot of the municipality as it is prepared now."""
    find_folder(workspace, ident)
    prepare(workspace, ident)
    console.say("created", path=str(take_snapshot(workspace, ident, name)))


def print_changes(workspace: Workspace, ident: str, old: str, new: str, console: Console) -> None:
    """The figures that are new, gone or different, as CSV on standard output; a newer snapshot that
    is not there yet is taken first."""
    before = read_snapshot(workspace, ident, old)
    if new not in list_snapshots(workspace, ident):
        keep_snapshot(workspace, ident, new, console)
    changes = list_changes(before, read_snapshot(workspace, ident, new))
    console.write(dump_frame(changes).decode("utf-8"))
