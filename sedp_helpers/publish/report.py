"""One report, inside its own process: execute what changed, assemble, draw, write."""

from __future__ import annotations

import json
import os
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

sys.modules.setdefault("rfc3987_syntax", None)  # type: ignore[arg-type]  # a grammar of 1 s at import that nothing here needs

from nbformat import NotebookNode  # noqa: E402

from sedp_helpers.files import write_atomic  # noqa: E402
from sedp_helpers.fingerprint import hash_bytes, hash_data, hash_file  # noqa: E402
from sedp_helpers.publish.assemble import (  # noqa: E402
    assemble_document,
    has_failed,
    list_reads,
    read_notebook,
)
from sedp_helpers.publish.execute import run_notebook  # noqa: E402
from sedp_helpers.publish.figure_service import reach_renderer  # noqa: E402
from sedp_helpers.publish.formats import FORMATS, render_all  # noqa: E402
from sedp_helpers.publish.manifest import place_output  # noqa: E402
from sedp_helpers.publish.plan import Notebook  # noqa: E402
from sedp_helpers.publish.slices import slice_inputs  # noqa: E402
from sedp_helpers.publish.task import Outcome, ReportTask, write_inputs  # noqa: E402

MADE = ".made.json"  # hashes of our own files, written before them: a broken off build is no edit


def make_report(task: ReportTask) -> Outcome:
    """The outcome of a task; whatever goes wrong is in it, nothing is raised."""
    outcome = Outcome(task.municipality, task.language, key=task.key, edition=task.edition)
    clear_drafts(task.folder)
    executed = []
    with told_to_notebooks(task):
        with timed(outcome, "inputs"):
            inputs = write_inputs(task)
            task = replace(task, inputs=inputs)
            slices = {**task.slices, **slice_inputs(inputs), "as_of": task.as_of}
        for one in task.notebooks:
            with timed(outcome, one.name):
                executed.append((one, execute_notebook(task, one, slices, outcome)))
    document = assemble_document(executed, task.meta, task.titles, task.words)
    publish_document(task, document, outcome)
    return outcome


@contextmanager
def told_to_notebooks(task: ReportTask) -> Iterator[None]:
    """What notebooks read from the environment, taken back afterwards: the process may go on."""
    before = dict(os.environ)
    os.environ |= {"SEDP_ROOT": task.root, "SEDP_REPORT": str(task.figures_folder),
                   "SEDP_AS_OF": task.as_of}
    try:
        yield
    finally:
        os.environ.clear()
        os.environ.update(before)


@contextmanager
def timed(outcome: Outcome, name: str) -> Iterator[None]:
    """Seconds of a step into the outcome."""
    start = time.monotonic()
    yield
    outcome.seconds[name] = round(time.monotonic() - start, 3)


def clear_drafts(folder: Path) -> None:
    """Unfinished files of a build that was broken off."""
    for place in (folder, folder / "notebooks"):
        for path in place.glob(".*.*.*") if place.is_dir() else ():
            path.unlink(missing_ok=True)


def execute_notebook(
    task: ReportTask, notebook: Notebook, slices: dict[str, str], outcome: Outcome
) -> NotebookNode:
    """The executed notebook: taken from the last build where nothing it looked at has changed."""
    target = task.folder / "notebooks" / f"{notebook.name}.ipynb"
    known = task.state.get("notebooks", {}).get(notebook.name, {})
    key = hash_data([task.code_key, hash_file(Path(notebook.path)), dict(task.parameters)])
    if (known.get("key") == key and not known["failed"] and known["hash"] == hash_file(target)
            and all(slices.get(name, "") == value for name, value in known["reads"].items())):
        outcome.notebooks[notebook.name] = dict(known)
        return read_notebook(target)
    node = run_notebook(Path(notebook.path), target, task.parameters,
                        engine=task.engine, timeout=task.timeout)
    outcome.executed.append(notebook.name)
    failed = has_failed(node)
    if failed:
        outcome.failed.append(notebook.name)
    reads = {name: slices.get(name, "") for name in list_reads(node)}
    outcome.notebooks[notebook.name] = {"key": key, "reads": reads, "failed": failed,
                                        "hash": hash_file(target)}
    return node


def publish_document(task: ReportTask, document: Any, outcome: Outcome) -> None:
    """Draw the formats and put them in place."""
    cache = Path(task.root) / "reports" / ".cache" / "figures"
    with reach_renderer(task.figures, cache) as renderer:
        if task.whole:
            steps = partial(timed, outcome)
            made = render_all(document, task.words, task.formats, renderer, steps=steps)
            rendered = {FORMATS.get(one).file: content for one, content in made.items()}
        else:
            rendered = dict(_render_sections(task, document, renderer))
    with timed(outcome, "files"):
        _place_outputs(task, rendered, outcome)
    outcome.said += [f"undrawn:{note}" for note in renderer.notes]


def _place_outputs(task: ReportTask, rendered: Mapping[str, bytes], outcome: Outcome) -> None:
    """The files in place and what is known of them in the outcome; what a person wrote is kept."""
    outcome.outputs |= {name: hash_bytes(content) for name, content in rendered.items()}
    record = task.folder / MADE
    made = json.loads(record.read_text(encoding="utf-8")) if record.is_file() else {}
    write_atomic(record, json.dumps({**made, **outcome.outputs}).encode("utf-8"))
    for name, content in rendered.items():
        known, there = task.state.get("outputs", {}).get(name, ""), hash_file(task.folder / name)
        known = there if there == made.get(name) else known
        outcome.said += place_output(task.folder, name, content, known, task.date)
    if task.whole:
        inputs = task.read_inputs()
        outcome.outputs |= {name: hash_bytes(content) for name, content in inputs.items()}
    for name in outcome.outputs:
        facts = (task.folder / name).stat()
        outcome.seen[name] = (facts.st_size, facts.st_mtime_ns)


def _render_sections(task: ReportTask, document: Any, renderer: Any) -> Iterator[tuple[str, bytes]]:
    for section in document.sections:
        alone = type(document)(document.meta, (section,))
        rendered = render_all(alone, task.words, ("html",), renderer)
        yield f"section-{section[0]}.html", rendered["html"]
