"""Reports of a whole country laid out as if they had been built, to measure that nothing is done.

Every entry has the files of one real report and its stored tables (hard links) and the key that the
program makes for it, so that a build has to look at all that it would look at after a real one.
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path

from sedp_helpers.catalog.load import load_catalog
from sedp_helpers.commands.build import BuildOptions, make_task
from sedp_helpers.commands.staleness import report_key, stored_key
from sedp_helpers.fingerprint import hash_file
from sedp_helpers.intake.municipality import read_municipality
from sedp_helpers.intake.store import Store
from sedp_helpers.parallel import run_parallel
from sedp_helpers.paths import Workspace
from sedp_helpers.prepare import Prepared, input_key, list_municipalities, write_mark
from sedp_helpers.publish.manifest import write_manifest

STORED = ("results.csv", "findings.csv")
NAMES = ("report.html", "report.pdf", "report.docx", "tables.xlsx", *STORED)


def lay_out(root: Path, model: Path, languages: Sequence[str]) -> int:
    """The number of entries: municipalities times languages."""
    workspace = Workspace(root)
    ids = list_municipalities(workspace)
    hashes = {name: hash_file(model / name) for name in NAMES}
    work = [(workspace, ident, model, tuple(languages), hashes) for ident in ids]
    return sum(run_parallel(_lay_out_one, work))


def _lay_out_one(work: tuple[Workspace, str, Path, tuple[str, ...], dict[str, str]]) -> int:
    workspace, ident, model, languages, hashes = work
    key = input_key(workspace, ident)
    place, _ = read_municipality(workspace.raw / ident)
    assert place is not None
    stored = Store(workspace).folder(ident)
    stored.mkdir(parents=True, exist_ok=True)
    for name in STORED:
        link(model / name, stored / name)
    write_mark(Store(workspace), Prepared(ident, place, key=key))
    entries = {}
    key = stored_key(workspace, ident, key)
    for language in languages:
        task = make_task(workspace, place, language, BuildOptions(languages=languages),
                         load_catalog())
        task.folder.mkdir(parents=True, exist_ok=True)
        seen = {}
        for name in NAMES:
            facts = link(model / name, task.folder / name)
            seen[name] = (facts.st_size, facts.st_mtime_ns)
        entries[language] = {"key": report_key(task, key), "outputs": hashes, "seen": seen}
    write_manifest(workspace.reports / ident, {"languages": entries})
    return len(entries)


def link(source: Path, target: Path) -> os.stat_result:
    """The same file under another name; what stood there goes."""
    target.unlink(missing_ok=True)
    os.link(source, target)
    return target.stat()
