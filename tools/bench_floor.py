"""The floor: the same code, exporters and renderer with no notebook at all, one process a core.

The cells of the notebooks run as plain Python; what they answer becomes the document directly.
Usage: python tools/bench_floor.py ROOT LANGUAGE ID…
"""

from __future__ import annotations

import ast
import json
import multiprocessing
import os
import sys
from pathlib import Path
from typing import Any

from sedp_helpers.blocks import Document
from sedp_helpers.catalog.load import load_catalog
from sedp_helpers.commands.build import BuildOptions, list_notebooks, make_tasks
from sedp_helpers.commands.warm import warm_up
from sedp_helpers.console import Console
from sedp_helpers.paths import Workspace
from sedp_helpers.prepare import prepare
from sedp_helpers.publish.assemble import join_sentences, say_missing_once
from sedp_helpers.publish.figure_service import FigureService, reach_renderer
from sedp_helpers.publish.formats import FORMATS, render_all
from sedp_helpers.publish.task import write_inputs

SKIPPED = {"guide", "parameters"}


def read_cells(path: str) -> list[Any]:
    """The cells of a notebook as code: statements, and what the last one answers."""
    found = []
    for cell in json.loads(Path(path).read_text(encoding="utf-8"))["cells"]:
        if cell["cell_type"] != "code" or SKIPPED & set(cell["metadata"].get("tags", ())):
            continue
        tree = ast.parse("".join(cell["source"]))
        last = tree.body.pop() if tree.body and isinstance(tree.body[-1], ast.Expr) else None
        value = compile(ast.Expression(last.value), path, "eval") if last else None
        found.append((compile(tree, path, "exec"), value))
    return found


def tell(path: str, parameters: dict[str, Any]) -> list[Any]:
    """The blocks of a notebook."""
    names: dict[str, Any] = dict(parameters)
    blocks: list[Any] = []
    for statements, value in read_cells(path):
        exec(statements, names)  # noqa: S102 - our own notebooks
        answer = eval(value, names) if value else None  # noqa: S307
        blocks += getattr(answer, "blocks", ())
    return blocks


def make_report(work: tuple[str, str, str, Any]) -> str:
    """The four files of one report."""
    root, language, ident, address = work
    workspace = Workspace(Path(root))
    options = BuildOptions(languages=(language,), force=True)
    (task,) = make_tasks(workspace, prepare(workspace, ident), options, Console(language))
    os.environ.update(SEDP_ROOT=root, SEDP_REPORT=str(task.figures_folder), SEDP_AS_OF=task.as_of)
    write_inputs(task)
    sections = []
    for notebook in list_notebooks():
        blocks = join_sentences(say_missing_once(tell(notebook.path, dict(task.parameters))))
        if blocks:
            title = task.titles.get(notebook.part, notebook.part)
            sections.append((notebook.part, title, tuple(blocks)))
    cache = workspace.reports / ".cache" / "figures"
    with reach_renderer(address, cache) as renderer:
        made = render_all(Document(dict(task.meta), tuple(sections)), task.words, task.formats,
                          renderer)
    for name, content in made.items():
        (task.folder / FORMATS.get(name).file).write_bytes(content)
    return ident


def main(root: str, language: str, ids: list[str]) -> None:
    os.environ["SEDP_ROOT"] = root
    load_catalog()
    warm_up((language,))
    cache = Path(root) / "reports" / ".cache" / "figures"
    with (FigureService(cache) as service,
          multiprocessing.get_context("fork").Pool(os.cpu_count()) as pool):
        work = [(root, language, ident, service.address) for ident in ids]
        for ident in pool.imap_unordered(make_report, work, chunksize=1):
            print(ident, flush=True)


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2], sys.argv[3:])
