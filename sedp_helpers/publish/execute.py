"""One notebook through papermill: parameters in, executed notebook out, written once.

The steps are papermill's own (load, parameterise, engine); only the last writing is ours, because
papermill writes with an indenting encoder that takes longer than the cells. Whatever goes wrong in
a notebook ends up in it as an error output and is never raised.
"""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from dataclasses import dataclass
from importlib.metadata import EntryPoint
from pathlib import Path
from typing import Any

from jupyter_client.provisioning import KernelProvisionerFactory
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

FORK = "sedp-fork"
_PROVISIONER = EntryPoint(FORK, "sedp_helpers.publish.provisioner:ForkProvisioner",
                          KernelProvisionerFactory.GROUP_NAME)
_KERNEL = {"kernel_name": "python3",
           "config": Config({"KernelManager": {"transport_encryption": "auto"}})}


@dataclass(frozen=True)
class Engine:
    """An engine of papermill by name, what it is started with, and where its kernels come from."""

    name: str | None
    options: Mapping[str, Any]
    provisioner: str = ""


ENGINES = {
    "inprocess": Engine("sedp-inprocess", {}),
    "fork": Engine(None, _KERNEL, FORK),
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
    with chdir(str(target.parent)), _kernels_from(engine.provisioner):
        return papermill_engines.execute_notebook_with_engine(
            engine.name, node, input_path=str(source), output_path=None, progress_bar=False,
            execution_timeout=max(1, int(timeout)), autosave_cell_every=0,
            **{"kernel_name": "python3", **engine.options},
        )


class _kernels_from:
    """Kernels started inside come from the provisioner of that name."""

    VARIABLE = "JUPYTER_DEFAULT_PROVISIONER_NAME"

    def __init__(self, name: str) -> None:
        self.name = name

    def __enter__(self) -> None:
        if self.name:
            # also known where the installed entry points are older than this file
            KernelProvisionerFactory.instance().provisioners.setdefault(self.name, _PROVISIONER)
            os.environ[self.VARIABLE] = self.name

    def __exit__(self, *error: object) -> None:
        os.environ.pop(self.VARIABLE, None)


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
