"""The same tasks on a dask.distributed cluster (extra «cluster»).

The workspace lies on storage that all workers see. Each task still runs in a process of its own on
its worker; a worker that dies costs only its tasks, which are given to another.
"""

from __future__ import annotations

import multiprocessing
from collections.abc import Iterable, Iterator
from importlib import import_module
from importlib.util import find_spec
from typing import Any

from sedp_helpers.errors import UsageError
from sedp_helpers.publish.run import run_tasks
from sedp_helpers.publish.task import Outcome, ReportTask

RETRIES = 2


def run_on_cluster(
    tasks: Iterable[ReportTask], address: str, distributed: Any = None
) -> Iterator[Outcome]:
    """Outcomes as workers deliver them. ``distributed`` is the library (given in tests)."""
    if distributed is None:
        if find_spec("distributed") is None:
            raise UsageError("--scheduler needs the extra cluster", key="needs_extra",
                             name="--scheduler", extra="cluster")
        distributed = import_module("distributed")
    with distributed.Client(address) as client:
        futures = [client.submit(run_alone, task, pure=False, retries=RETRIES) for task in tasks]
        for future in distributed.as_completed(futures):
            yield future.result()


def run_alone(task: ReportTask) -> Outcome:
    """One task on a worker. Workers are daemons, which may start no process; this one waits for
    its report and ends it, so nothing is left behind."""
    multiprocessing.current_process()._config["daemon"] = False  # type: ignore[attr-defined]
    return next(iter(run_tasks([task])))
