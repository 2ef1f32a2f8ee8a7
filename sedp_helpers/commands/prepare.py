"""`sedp prepare`: raw → data/processed for many municipalities, and the comparison panel."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sedp_helpers.catalog.load import load_catalog
from sedp_helpers.console import Console
from sedp_helpers.examination import load_knowledge
from sedp_helpers.fingerprint import hash_data, hash_folder
from sedp_helpers.intake.handover import unpack_collected
from sedp_helpers.intake.store import Store
from sedp_helpers.panel import hash_panel, load_neighbours, write_panel
from sedp_helpers.parallel import run_parallel
from sedp_helpers.paths import Workspace
from sedp_helpers.prepare import (
    Prepared,
    find_prepared,
    input_key,
    list_municipalities,
    prepare,
)
from sedp_helpers.trouble import Trouble, attempt


@dataclass(frozen=True)
class _Work:
    workspace: Workspace
    id: str
    key: str
    results: bool
    collected: bytes = b""  # packed, where the folder has been read for the panel


def prepare_places(workspace: Workspace, ids: Sequence[str], console: Console, *,
                   panel: bool = False, force: bool = False, jobs: int = 0,
                   results: bool = True) -> int:
    """Prepare; exit code 1 only if a municipality could not be read.

    The panel needs everybody's observations first, and results may look at the panel; so with
    ``panel`` it is written before the results. Without ``results`` there is no panel either.
    """
    load_catalog()  # once, before there are several processes
    everybody = list_municipalities(workspace) if panel and results else []
    raw = _hash_raw(workspace, sorted({*ids, *everybody}), jobs)
    read: dict[str, bytes] = {}
    if everybody:
        read = write_panel(workspace, everybody, jobs=jobs, force=force, keep={*ids},
                           inputs=hash_data({ident: raw[ident] for ident in everybody}))
    failed = False
    hash_panel(workspace)  # once, before there are several processes
    asked = [(workspace, ident, raw[ident]) for ident in ids]
    keys = dict(zip(ids, run_parallel(_make_key, asked, jobs=jobs)))
    done: dict[str, Prepared | Trouble] = {
        ident: key for ident, key in keys.items() if isinstance(key, Trouble)}
    if not force:
        done |= {ident: found for ident, key in keys.items()
                 if ident not in done and (found := find_prepared(workspace, ident, key))}
    stale = [_Work(workspace, ident, keys[ident], results, read.get(ident, b""))
             for ident in ids if ident not in done]
    if stale:
        load_knowledge()
        load_neighbours(workspace)
    fresh = run_parallel(_prepare, stale, jobs=jobs)
    for ident in ids:
        failed |= _report(done[ident] if ident in done else next(fresh), workspace, console)
    return 1 if failed else 0


def _hash_raw(
    workspace: Workspace, ids: Sequence[str], jobs: int
) -> dict[str, dict[str, str]]:
    """The hashes of the raw files by municipality."""
    folders = [workspace.raw / ident for ident in ids]
    return dict(zip(ids, run_parallel(hash_folder, folders, jobs=jobs)))


def _make_key(asked: tuple[Workspace, str, dict[str, str]]) -> str | Trouble:
    return attempt(lambda: input_key(*asked), *asked[:2])


def _prepare(work: _Work) -> Prepared | Trouble:
    def work_on() -> Prepared:
        collected = unpack_collected(work.collected) if work.collected else None
        return prepare(work.workspace, work.id, force=True, results=work.results, key=work.key,
                       collected=collected)

    return attempt(work_on, work.workspace, work.id)


def _report(done: Prepared | Trouble, workspace: Workspace, console: Console) -> bool:
    if isinstance(done, Trouble):
        done.say(console)
        return True
    if done.municipality is None:
        findings = Store(workspace).read(done.id, "findings")
        grave = findings.loc[findings["severity"] == "error", f"message_{console.language}"]
        console.say("unreadable", name=done.id, why=next(iter(grave), "municipality.yaml"))
        return True
    if done.unread:
        console.say("unreadable", name=done.id, why=done.unread[console.language])
        return True
    if not done.fresh:
        console.say("unchanged", name=done.id)
        return False
    console.say("prepared", name=done.id, error=done.counts.get("error", 0),
                warning=done.counts.get("warning", 0))
    return False
