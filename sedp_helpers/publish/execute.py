"""One notebook through papermill: parameters in, executed notebook out, written once.

The steps are papermill's own (load, parameterise, engine); only the last writing is ours, because
papermill writes with an indenting encoder that takes longer than the cells. Whatever goes wrong in
a notebook ends up in it as an error output and is never raised.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from nbclient.exceptions import CellTimeoutError, DeadKernelError
from nbformat import NotebookNode
from nbformat.v4 import new_code_cell, new_output
from papermill.engines import papermill_engines
from papermill.execute import prepare_notebook_metadata
from papermill.iorw import load_notebook_node
from papermill.parameterize import parameterize_notebook
from papermill.utils import chdir
from traitlets.config import Config

from sedp_helpers.files import write_atomic
from sedp_helpers.publish.engine_entry import IN_PROCESS
from sedp_helpers.publish.provisioner import VARIABLE, use_forks

_KERNEL = {"kernel_name": "python3",
           "config": Config({"KernelManager": {"transport_encryption": "auto"}})}


@dataclass(frozen=True)
class Engine:
    """An engine of papermill by name, what it is started with, and whether kernels are forked."""

    name: str | None
    options: Mapping[str, Any]
    forks: bool = False


ENGINES = {
    "inprocess": Engine("sedp-inprocess", {}),
    "fork": Engine(None, _KERNEL, forks=True),
    "cold": Engine(None, _KERNEL),
}
papermill_engines.register("sedp-inprocess", IN_PROCESS)


def run_notebook(
    source: Path, target: Path, parameters: Mapping[str, Any], *, engine: str, timeout: float
) -> NotebookNode:
    """The executed notebook, also written to ``target``; a failure stands in its outputs."""
    target.parent.mkdir(parents=True, exist_ok=True)
    try:
        node = _execute(source, target, parameters, ENGINES[engine], timeout)
    except (DeadKernelError, CellTimeoutError) as error:
        node = record_failure(source, error)
    write_atomic(target, write_notebook(node))
    return node


def _execute(
    source: Path, target: Path, parameters: Mapping[str, Any], engine: Engine, timeout: float
) -> NotebookNode:
    node = parameterize_notebook(load_notebook_node(str(source)), dict(parameters),
                                 kernel_name="python3", engine_name=engine.name)
    node = prepare_notebook_metadata(node, str(source), str(target), False)
    with chdir(str(target.parent)), _kernels(forked=engine.forks):
        return papermill_engines.execute_notebook_with_engine(
            engine.name, node, input_path=str(source), output_path=None, progress_bar=False,
            execution_timeout=max(1, int(timeout)), autosave_cell_every=0,
            **{"kernel_name": "python3", **engine.options},
        )


@contextmanager
def _kernels(*, forked: bool) -> Iterator[None]:
    """Kernels started inside are forks, or started anew."""
    if forked:
        use_forks()
    try:
        yield
    finally:
        os.environ.pop(VARIABLE, None)


def record_failure(source: Path, error: Exception) -> NotebookNode:
    """The notebook with a cell that says how its kernel ended; what it had told is lost."""
    node = load_notebook_node(str(source))
    cell = new_code_cell("", metadata={"tags": ["narrative"]})
    cell.outputs = [new_output("error", ename=type(error).__name__, evalue=str(error)[:2000],
                               traceback=[type(error).__name__])]
    node.cells.append(cell)
    return node


def write_notebook(node: NotebookNode) -> bytes:
    """The notebook as JSON with one cell a line: as valid as the indented form, much faster."""
    cells = ",\n".join(_dump(cell) for cell in node.cells)
    rest = {name: value for name, value in node.items() if name != "cells"}
    return f'{{"cells": [\n{cells}\n],\n{_dump(rest)[1:]}\n'.encode()


def _dump(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, sort_keys=True)
