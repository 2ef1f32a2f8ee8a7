"""One report, inside its own process: execute what changed, assemble, draw, write."""

from __future__ import annotations

import hashlib
import os
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

sys.modules.setdefault("rfc3987_syntax", None)  # type: ignore[arg-type]  # a grammar of 1 s at import that nothing here needs

import nbformat  # noqa: E402
import papermill  # noqa: E402
from nbclient.exceptions import CellTimeoutError, DeadKernelError  # noqa: E402
from nbformat import NotebookNode  # noqa: E402
from nbformat.v4 import new_code_cell, new_output  # noqa: E402
from traitlets.config import Config  # noqa: E402

from sedp_helpers.files import write_atomic  # noqa: E402
from sedp_helpers.fingerprint import hash_bytes, hash_data, hash_file  # noqa: E402
from sedp_helpers.publish.assemble import (  # noqa: E402
    assemble_document,
    has_failed,
    list_reads,
    read_notebook,
)
from sedp_helpers.publish.figure_service import reach_renderer  # noqa: E402
from sedp_helpers.publish.formats import FORMATS, render_all  # noqa: E402
from sedp_helpers.publish.manifest import place_output  # noqa: E402
from sedp_helpers.publish.plan import Notebook  # noqa: E402
from sedp_helpers.publish.run import Outcome, ReportTask, write_inputs  # noqa: E402

KERNEL_OPTIONS = {"cold": {"config": Config({"KernelManager": {"transport_encryption": "auto"}})}}
ENGINES = {"inprocess": "sedp-inprocess", "cold": None}


def make_report(task: ReportTask) -> Outcome:
    """The outcome of a task; whatever goes wrong is in it, nothing is raised."""
    outcome = Outcome(task.municipality, task.language, key=task.key, edition=task.edition)
    os.environ["SEDP_ROOT"] = task.root
    os.environ["SEDP_REPORT"] = str(task.figures_folder)
    os.environ["SEDP_AS_OF"] = task.as_of
    write_inputs(task)
    with _timed(outcome, "notebooks"):
        executed = [(one, execute_notebook(task, one, outcome)) for one in task.notebooks]
    document = assemble_document(executed, task.meta, task.titles, task.words)
    with _timed(outcome, "export"):
        publish_document(task, document, outcome)
    return outcome


@contextmanager
def _timed(outcome: Outcome, name: str) -> Iterator[None]:
    start = time.monotonic()
    yield
    outcome.seconds[name] = round(time.monotonic() - start, 3)


def execute_notebook(task: ReportTask, notebook: Notebook, outcome: Outcome) -> NotebookNode:
    """The executed notebook: taken from the last build where nothing it depends on changed."""
    target = task.folder / "notebooks" / f"{notebook.name}.ipynb"
    slices = hash_slices(task.inputs)
    known = task.state.get("notebooks", {}).get(notebook.name, {})
    key = hash_data([task.code_key, hash_file(Path(notebook.path)), dict(task.parameters)])
    if known.get("key") == key and hash_file(target) == known.get("hash") and not known["failed"]:
        if all(slices.get(name, "") == value for name, value in known["reads"].items()):
            outcome.notebooks[notebook.name] = dict(known)
            return read_notebook(target)
    node = run_notebook(task, notebook, target)
    outcome.executed += 1
    reads = {name: slices.get(name, "") for name in list_reads(node)}
    failed = has_failed(node)
    if failed:
        outcome.failed.append(notebook.name)
    outcome.notebooks[notebook.name] = {"key": key, "reads": reads, "failed": failed,
                                        "hash": hash_file(target)}
    return node


def run_notebook(task: ReportTask, notebook: Notebook, target: Path) -> NotebookNode:
    """Papermill on one notebook; a cell that raises leaves its error in the output."""
    target.parent.mkdir(parents=True, exist_ok=True)
    try:
        papermill.execute_notebook(
            notebook.path,
            str(target),
            parameters=dict(task.parameters),
            engine_name=ENGINES[task.engine],
            kernel_name="python3",
            progress_bar=False,
            autosave_cell_every=0,
            request_save_on_cell_execute=False,
            cwd=str(target.parent),
            execution_timeout=int(task.timeout),
            **KERNEL_OPTIONS.get(task.engine, {}),
        )
    except papermill.PapermillExecutionError:
        return read_notebook(target)  # the error stands in the notebook that was written
    except (DeadKernelError, CellTimeoutError) as error:
        return record_failure(Path(notebook.path), target, error)
    return read_notebook(target)


def record_failure(source: Path, target: Path, error: Exception) -> NotebookNode:
    """The notebook with a cell that says how its kernel ended; what it had told is lost."""
    node = read_notebook(source)
    cell = new_code_cell("", metadata={"tags": ["narrative"]})
    cell.outputs = [new_output("error", ename=type(error).__name__, evalue=str(error)[:2000],
                               traceback=[type(error).__name__])]
    node.cells.append(cell)
    write_atomic(target, nbformat.writes(node).encode("utf-8"))
    return node


def hash_slices(inputs: Any) -> dict[str, str]:
    """The hash of the rows of each result, and of the findings: what a notebook may have read."""
    hashes: dict[str, Any] = {}
    for line in inputs["results.csv"].split(b"\n"):
        cells = line.split(b",", 2)
        if len(cells) == 3:
            hashes.setdefault(cells[1].decode(), hashlib.sha256()).update(line)
    found = {name: digest.hexdigest() for name, digest in hashes.items()}
    found["findings"] = hash_bytes(inputs["findings.csv"])
    found.update({name: hash_bytes(content) for name, content in inputs.items()})
    return found


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
