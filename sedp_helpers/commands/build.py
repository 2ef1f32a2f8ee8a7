"""From the command `sedp build` to finished reports: prepare, plan, run, record.

Joins the two halves of the program: what computes (prepare) and what publishes (publish.run).
"""

from __future__ import annotations

import os
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache, partial
from itertools import chain
from pathlib import Path, PurePosixPath

from sedp_helpers.catalog.load import Catalog, load_catalog
from sedp_helpers.commands.kept import say_kept
from sedp_helpers.commands.staleness import (
    code_key,
    is_current,
    make_slices,
    report_key,
    stored_key,
)
from sedp_helpers.commands.turns import Turns
from sedp_helpers.console import Console
from sedp_helpers.desk import override, read_place
from sedp_helpers.errors import UsageError, name_nearest
from sedp_helpers.examination import find_as_of
from sedp_helpers.fingerprint import hash_bytes
from sedp_helpers.intake.store import Store, dump_frame
from sedp_helpers.meta import make_meta
from sedp_helpers.models import Municipality
from sedp_helpers.panel import hash_panel
from sedp_helpers.parallel import run_parallel
from sedp_helpers.paths import NOTEBOOKS, Workspace
from sedp_helpers.prepare import Prepared, hash_inputs, prepare, recompute
from sedp_helpers.publish.manifest import (
    build_time,
    list_versions,
    place_output,
    read_manifest,
    write_manifest,
)
from sedp_helpers.publish.plan import Notebook, Step, plan_build, sort_notebooks
from sedp_helpers.publish.task import Outcome, ReportTask
from sedp_helpers.published import publish_tables
from sedp_helpers.trouble import Trouble, attempt, read_trouble

PAPERS = "hearing"  # not a format of the report: papers beside it


@dataclass(frozen=True)
class BuildOptions:
    """What a person chose on the command line."""

    languages: tuple[str, ...] = ("ky",)
    formats: tuple[str, ...] = ("html", "pdf", "docx", "xlsx")
    base_year: int = 0
    horizon: int = 0
    level: str = ""
    jobs: int = 1
    engine: str = "auto"
    as_of: str = ""
    force: bool = False
    scheduler: str = ""
    internal: bool = False
    only: tuple[str, ...] = ()


def list_notebooks() -> list[Notebook]:
    """The notebooks of a municipal report, frame and sections, in order."""
    return list(_find_notebooks(NOTEBOOKS))


@lru_cache(maxsize=1)
def _find_notebooks(folder: Path) -> tuple[Notebook, ...]:
    """Looked for once: a country asks for them eight hundred times."""
    paths = [PurePosixPath(path) for part in ("frame", "sections")
             for path in (folder / part).glob("*.ipynb")]
    return tuple(sort_notebooks(paths))


def choose_notebooks(only: Sequence[str], hidden: Sequence[str] = ()) -> list[Notebook]:
    """All notebooks, or those of some sections; an unknown section is an error."""
    notebooks = list_notebooks()
    known = [one.part for one in notebooks]
    for name in only:
        if name not in known:
            raise UsageError(f"no section {name!r}: {name_nearest(name, known)}",
                                key="unknown_section", name=name, known=", ".join(known))
    return [one for one in notebooks
            if (not only or one.part in only) and one.part not in hidden]


def plan(ids: Sequence[str], options: BuildOptions) -> list[Step]:
    """The steps of a build, for `--plan`."""
    return plan_build(ids, options.languages, options.formats, choose_notebooks(options.only),
                      only=options.only)


def build(workspace: Workspace, ids: Sequence[str], options: BuildOptions,
          console: Console) -> int:
    """Make the reports; the exit code is 1 if one could not be made."""
    started = time.monotonic()
    if options.as_of:
        os.environ["SEDP_AS_OF"] = options.as_of
    counts = {"error": 0, "warning": 0}
    fresh: dict[str, Prepared] = {}
    failed = False
    for prepared in run_parallel(_prepare, [(workspace, ident) for ident in ids],
                                 jobs=options.jobs):
        if isinstance(prepared, Trouble):
            prepared.say(console)
            continue
        counts = {name: counts[name] + prepared.counts.get(name, 0) for name in counts}
        if prepared.municipality is None:
            console.say("unreadable", name=prepared.id, why="municipality.yaml")
        else:
            fresh[prepared.id] = prepared
            if prepared.unread:  # the report tells what could be read all the same
                failed = True
                console.say("unreadable", name=prepared.id, why=prepared.unread[console.language])
    failed, done = failed or len(fresh) < len(ids), 0
    turns = Turns(workspace, console)
    tasks = (task for ident in sorted(fresh) for task in turns.open(
        ident, make_tasks(workspace, fresh[ident], options, console)))
    try:
        for outcome in start_tasks(tasks, options):
            record(workspace, outcome, fresh[outcome.municipality], options)
            turns.close(outcome.municipality)
            failed |= report(workspace, outcome, console)
            done += 1
    finally:
        turns.close_all()
    if PAPERS in options.formats:
        write_papers(workspace, list(fresh), options, console)
    console.say("build_done", reports=done, seconds=f"{time.monotonic() - started:.1f}", **counts)
    return 1 if failed else 0


def write_papers(workspace: Workspace, ids: Sequence[str], options: BuildOptions,
                 console: Console) -> None:
    """The papers for the hearing and the residents, beside each report."""
    from sedp_helpers.hearing.papers import make_papers

    for ident in ids:
        for language in options.languages:
            folder = workspace.reports / ident / language / PAPERS
            state = read_manifest(folder)
            files = make_papers(workspace, ident, language, base_year=options.base_year,
                                horizon=options.horizon, level=options.level)
            known = state.get("outputs", {})
            for name, content in files.items():
                place_output(folder, name, content, known.get(name, ""),
                             build_time().date().isoformat())
            outputs = {name: hash_bytes(content) for name, content in files.items()}
            write_manifest(folder, {"outputs": outputs})
            console.say("built", name=f"{ident}/{PAPERS}", language=language)


def _prepare(work: tuple[Workspace, str]) -> Prepared | Trouble:
    """Prepared, with a key that knows the stored tables too: they are large, so that they are
    hashed here, on all cores."""
    def run() -> Prepared:
        prepared = prepare(*work)
        return replace(prepared, key=stored_key(*work, prepared.key))

    return attempt(run, *work)


def start_tasks(tasks: Iterator[ReportTask], options: BuildOptions) -> Iterator[Outcome]:
    """The tasks on this machine, or on a cluster where one was named; each is made only when a
    process is free for it, so that a country does not have to fit into memory."""
    first = next(tasks, None)
    if first is None:
        return iter(())  # and what makes reports is not even imported
    from sedp_helpers.commands.warm import warm_up
    from sedp_helpers.publish.cluster import run_on_cluster
    from sedp_helpers.publish.run import run_tasks

    if options.scheduler:
        return run_on_cluster(chain([first], tasks), options.scheduler)
    second = next(tasks, None)
    warm_up(options.languages if second else ())
    tasks = chain(filter(None, (first, second)), tasks)
    built_before = bool(first.state.get("notebooks"))  # then its figures are drawn, most of them
    return run_tasks(tasks, jobs=options.jobs, alone=options.engine != "inprocess",
                     draws=first.draws and not built_before)


def make_tasks(workspace: Workspace, prepared: Prepared, options: BuildOptions,
               console: Console) -> Iterator[ReportTask]:
    """The reports of a municipality that are not up to date."""
    stored = read_place(Store(workspace), prepared.id)
    place = override(stored, options.base_year, options.horizon, options.level)
    manifest = read_manifest(workspace.reports / prepared.id)
    for language in options.languages:
        task = make_task(workspace, place, language, options, load_catalog())
        task = replace(task, key=report_key(task, prepared.key))
        state = manifest.get("languages", {}).get(task.edition, {})
        if not options.force and not options.only and is_current(task, state):
            console.say("up_to_date", name=prepared.id, language=language)
            continue
        slices = make_slices(workspace, place.id, language)
        # forced: everything is made anew, but what a person has edited is still known as such
        yield replace(task, slices=slices, code_key=code_key(place, language, slices),
                      inputs=partial(choose_inputs, workspace, place, stored, options.internal),
                      state={"outputs": state.get("outputs", {})} if options.force else state)


def choose_inputs(workspace: Workspace, place: Municipality, stored: Municipality,
                  internal: bool) -> dict[str, bytes]:
    """results.csv and findings.csv as the report uses them: for the years asked for, small counts
    of people protected unless the copy is for the office itself. Called by the report's process."""
    catalog, store = load_catalog(), Store(workspace)
    results = None if place == stored else recompute(workspace, place, place.id, catalog)
    if not internal:
        tables = publish_tables(store, place.id, catalog, results)
        return {f"{name}.csv": dump_frame(tables[name]) for name in ("results", "findings")}
    raw = {name: (store.folder(place.id) / name).read_bytes()
           for name in ("results.csv", "findings.csv")}
    return raw if results is None else {**raw, "results.csv": dump_frame(results)}


def make_task(workspace: Workspace, place: Municipality, language: str, options: BuildOptions,
              catalog: Catalog) -> ReportTask:
    when = build_time()
    furniture = catalog.words("furniture", language)
    titles = {**furniture["parts"], **{s.id: s.title.get(language) for s in catalog.sections}}
    parameters = {"municipality": place.id, "language": language, "base_year": options.base_year,
                  "horizon": options.horizon, "level": options.level}
    return ReportTask(
        root=str(workspace.root), municipality=place.id, language=language,
        formats=tuple(one for one in options.formats if one != PAPERS),
        notebooks=tuple(choose_notebooks(options.only, place.hide_sections)),
        parameters=parameters, inputs={}, internal=options.internal,
        meta=make_meta(catalog, place, language, when, internal=options.internal), titles=titles,
        words=catalog.words("publish", language),
        engine="inprocess" if options.engine == "auto" else options.engine,
        whole=not options.only,
        date=when.date().isoformat(), as_of=find_as_of(place).isoformat(),
    )


def record(workspace: Workspace, outcome: Outcome, prepared: Prepared,
           options: BuildOptions) -> None:
    """Write what came of a task into build.json."""
    folder, place = workspace.reports / prepared.id, prepared.municipality
    manifest = read_manifest(folder)
    languages = dict(manifest.get("languages", {}))
    old = languages.get(outcome.edition, {})
    languages[outcome.edition] = {
        "key": outcome.key if not options.only else old.get("key", ""),
        "outputs": {**old.get("outputs", {}), **outcome.outputs},
        "notebooks": {**old.get("notebooks", {}), **outcome.notebooks},
        "seconds": outcome.seconds,
        "failed": outcome.failed,
        "executed": outcome.executed,
        "seen": outcome.seen if not options.only else old.get("seen", {}),
        "built": build_time().isoformat(),
    }
    write_manifest(folder, {
        "municipality": prepared.id,
        "versions": list_versions(),
        "inputs": hash_inputs(workspace, prepared.id),
        "panel": hash_panel(workspace),
        "parameters": {"base_year": options.base_year, "horizon": options.horizon,
                       "level": options.level,
                       "as_of": str(find_as_of(place) if place else options.as_of)},
        "findings": prepared.counts,
        "languages": languages,
    })


def report(workspace: Workspace, outcome: Outcome, console: Console) -> bool:
    """Say what came of a task; answers whether something failed."""
    name, language = outcome.municipality, outcome.language
    folder = workspace.reports / name / outcome.edition
    if outcome.outputs:
        console.say("built", name=name, language=language)
        for file in outcome.outputs:
            console.say("built_files", path=str(folder / file))
    for code in outcome.said:
        say_kept(code, name, console)
    if outcome.trouble:
        read_trouble(outcome.trouble, workspace, name).say(console)
        return True
    for part in outcome.failed:
        console.say("section_failed", name=name, language=language, part=part)
    return bool(outcome.failed)
