"""Papermill's engine that runs a notebook inside this process (entry point sedp-inprocess).

Isolation is one process per municipality and language (publish.run sees to that); notebooks of
one report share the process with a fresh namespace each. Stock papermill and cold kernels give
the same outputs.
"""

from __future__ import annotations

from typing import Any

from papermill.engines import Engine

from sedp_helpers.publish.shell import CellFailed, ReportShell

_SHELL: list[ReportShell] = []


def get_shell() -> ReportShell:
    """The shell of this process, made at first need."""
    if not _SHELL:
        _SHELL.append(ReportShell())
    return _SHELL[0]


class InProcessEngine(Engine):
    """Runs cells one after the other; a cell that raises ends the notebook."""

    @classmethod
    def execute_managed_notebook(
        cls, nb_man: Any, kernel_name: str, execution_timeout: float = 0, **kwargs: Any
    ) -> None:
        shell = get_shell()
        count = 0
        with shell.namespace():
            for index, cell in enumerate(nb_man.nb.cells):
                if cell.cell_type != "code" or not cell.source.strip():
                    continue
                count += 1
                nb_man.cell_start(cell, index)
                cell.execution_count = count
                try:
                    cell.outputs = shell.run_cell(cell.source, execution_timeout)
                except CellFailed as failure:
                    cell.outputs = [failure.output]
                    nb_man.cell_exception(cell, index)
                    return
                for output in cell.outputs:
                    if output.output_type == "execute_result":
                        output.execution_count = count
                nb_man.cell_complete(cell, index)
