"""`sedp compare DISTRICT`: the district book in the asked languages and formats.

Members are prepared where that is due; the comparison panel is read as it is, never written. The
book's results.csv and findings.csv lie beside it like those of a municipality.
"""

from __future__ import annotations

import os
import time
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path, PurePosixPath

from sedp_helpers.commands.build import report
from sedp_helpers.commands.district_cover import make_meta, name_folder
from sedp_helpers.commands.district_head import HEAD_PAPER
from sedp_helpers.commands.district_papers import Papers
from sedp_helpers.commands.district_record import PaperFolder, record_book
from sedp_helpers.commands.staleness import is_current
from sedp_helpers.compare.data import DistrictData
from sedp_helpers.compare.results import compute_district
from sedp_helpers.console import Console
from sedp_helpers.district.book import DistrictBook
from sedp_helpers.district.findings import list_findings
from sedp_helpers.district.gather import folder_of, gather_district
from sedp_helpers.fingerprint import hash_bytes, hash_data, hash_file, hash_folder, hash_package
from sedp_helpers.intake.store import Store, dump_frame
from sedp_helpers.panel import hash_panel
from sedp_helpers.paths import NOTEBOOKS, Workspace
from sedp_helpers.publish.manifest import build_time, read_manifest
from sedp_helpers.publish.plan import Notebook, sort_notebooks
from sedp_helpers.publish.run import run_tasks
from sedp_helpers.publish.task import ReportTask


@dataclass(frozen=True)
class CompareOptions:
    """What a person chose on the command line."""

    languages: tuple[str, ...] = ("ky",)
    formats: tuple[str, ...] = ("html", "pdf", "docx", "xlsx")
    jobs: int = 1
    engine: str = "inprocess"
    as_of: str = ""
    force: bool = False


def compare_district(
    workspace: Workspace, district: str, options: CompareOptions, console: Console
) -> int:
    """Make the book of a district; the exit code is 1 if an output could not be made."""
    started = time.monotonic()
    if options.as_of:
        os.environ["SEDP_AS_OF"] = options.as_of
    data = gather_district(workspace, district, as_of=options.as_of)
    findings = list_findings(workspace, data)
    results = compute_district(data)
    inputs = {"results.csv": dump_frame(results), "findings.csv": dump_frame(findings)}
    tasks = [
        task
        for language in options.languages
        if (task := make_task(workspace, data, language, options, inputs, console))
    ]
    failed = False
    counts = {name: int((findings["severity"] == name).sum()) for name in ("error", "warning")}
    made: list[str] = []
    for outcome in run_tasks(tasks, jobs=options.jobs):
        record_book(workspace, data, outcome, counts)
        failed |= report(workspace, outcome, console)
        made += [outcome.language] if outcome.outputs else []
    # only now: setting a page starts threads here, and a process forked after that would hang
    for language in made if "pdf" in options.formats else ():
        papers = Papers(
            DistrictBook(data, results, findings, language), PaperFolder(workspace, data, language)
        )
        papers.write(HEAD_PAPER, papers.make_head(), console)
    console.say(
        "build_done", reports=len(made), seconds=f"{time.monotonic() - started:.1f}", **counts
    )
    return 1 if failed else 0


def list_notebooks() -> tuple[Notebook, ...]:
    """The chapters of the book in order."""
    paths = (PurePosixPath(path) for path in (NOTEBOOKS / "district").glob("*.ipynb"))
    return tuple(sort_notebooks(paths))


def make_task(
    workspace: Workspace,
    data: DistrictData,
    language: str,
    options: CompareOptions,
    inputs: Mapping[str, bytes],
    console: Console,
) -> ReportTask | None:
    """The report of a language, or None where it is up to date."""
    words = data.catalog.words("district", language)
    when = build_time()
    task = ReportTask(
        root=str(workspace.root),
        municipality=name_folder(data),
        language=language,
        formats=options.formats,
        notebooks=list_notebooks(),
        parameters={"district": data.id, "language": language},
        inputs=inputs,
        meta=make_meta(data, language),
        titles=words["parts"],
        words=data.catalog.words("publish", language),
        engine=options.engine,
        code_key=code_key(workspace, data, language),
        date=when.date().isoformat(),
        as_of=data.as_of.isoformat(),
    )
    task = replace(task, key=book_key(task))
    state = read_manifest(workspace.reports / name_folder(data)).get("languages", {})
    mine = state.get(language, {})
    if not options.force and is_current(task, mine):
        console.say("up_to_date", name=name_folder(data), language=language)
        return None
    return replace(task, state={} if options.force else mine)


def code_key(workspace: Workspace, data: DistrictData, language: str) -> str:
    """The hash of what the chapters depend on beside the figures they read."""
    store = Store(workspace)
    return hash_data(
        [
            hash_package(),
            language,
            data.as_of.isoformat(),
            hash_panel(workspace),
            hash_folder(folder_of(workspace, data.id)),
            hash_folder(workspace.reference),
            {unit: hash_folder(store.folder(unit)) for unit in data.members},
        ]
    )


def book_key(task: ReportTask) -> str:
    """The hash of everything the book depends on; time is not part of it."""
    meta = {name: value for name, value in task.meta.items() if not name.startswith("generated")}
    return hash_data(
        [
            task.code_key,
            {one.name: hash_file(Path(one.path)) for one in task.notebooks},
            dict(task.parameters),
            list(task.formats),
            meta,
            {name: hash_bytes(content) for name, content in task.read_inputs().items()},
        ]
    )
