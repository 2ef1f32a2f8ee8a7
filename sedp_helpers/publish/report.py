"""One report, inside its own process: execute what changed, assemble, draw, write."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

sys.modules.setdefault("rfc3987_syntax", None)  # type: ignore[arg-type]  # a grammar of 1 s at import that nothing here needs

from nbformat import NotebookNode  # noqa: E402

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
from sedp_helpers.publish.run import Outcome, ReportTask, write_inputs  # noqa: E402
from sedp_helpers.publish.slices import slice_inputs  # noqa: E402


def make_report(task: ReportTask) -> Outcome:
    """The outcome of a task; whatever goes wrong is in it, nothing is raised."""
    outcome = Outcome(task.municipality, task.language, key=task.key, edition=task.edition)
    os.environ["SEDP_ROOT"] = task.root
    os.environ["SEDP_REPORT"] = str(task.figures_folder)
    os.environ["SEDP_AS_OF"] = task.as_of
    write_inputs(task)
    with _timed(outcome, "notebooks"):
        slices = {**task.slices, **slice_inputs(task.inputs), "as_of": task.as_of}
        executed = [(one, execute_notebook(task, one, slices, outcome))
                    for one in task.notebooks]
    document = assemble_document(executed, task.meta, task.titles, task.words)
    with _timed(outcome, "export"):
        publish_document(task, document, outcome)
    return outcome


@contextmanager
def _timed(outcome: Outcome, name: str) -> Iterator[None]:
    start = time.monotonic()
    yield
    outcome.seconds[name] = round(time.monotonic() - start, 3)


def execute_notebook(
    task: ReportTask, notebook: Notebook, slices: dict[str, str], outcome: Outcome
) -> NotebookNode:
    """The executed notebook: taken from the last build where nothing it looked at has changed."""
    target = task.folder / "notebooks" / f"{notebook.name}.ipynb"
    known = task.state.get("notebooks", {}).get(notebook.name, {})
    key = hash_data([task.code_key, hash_file(Path(notebook.path)), dict(task.parameters)])
    if known.get("key") == key and not known["failed"] and known["hash"] == hash_file(target):
        if all(slices.get(name, "") == value for name, value in known["reads"].items()):
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
        if not task.whole:
            rendered = {f"section-{name}.html": content
                        for name, content in _render_sections(task, document, renderer)}
        else:
            made = render_all(document, task.words, task.formats, renderer)
            rendered = {FORMATS.get(one).file: content for one, content in made.items()}
    known = task.state.get("outputs", {})
    for name, content in rendered.items():
        outcome.said += place_output(task.folder, name, content, known.get(name, ""), task.date)
        outcome.outputs[name] = hash_bytes(content)
    if task.whole:
        outcome.outputs |= {name: hash_bytes(content) for name, content in task.inputs.items()}
    outcome.said += [f"undrawn:{note}" for note in renderer.notes]


def _render_sections(task: ReportTask, document: Any, renderer: Any) -> Iterator[tuple[str, bytes]]:
    for section in document.sections:
        alone = type(document)(document.meta, (section,))
        yield section[0], render_all(alone, task.words, ("html",), renderer)["html"]
