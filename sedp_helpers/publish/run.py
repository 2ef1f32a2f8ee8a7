"""The plan carried out: one process per municipality and language, reports as files.

A process that dies costs only its own report, which runs again with cold kernels. Notebooks are
files here: nothing of the sections is imported, only executed.
"""

from __future__ import annotations

import multiprocessing.connection
import os
import time
import traceback
from collections.abc import Iterable, Iterator
from dataclasses import replace
from importlib.util import find_spec
from itertools import chain, islice
from pathlib import Path
from typing import Any

from sedp_helpers.errors import SedpError
from sedp_helpers.parallel import find_context, search_rarely
from sedp_helpers.publish.figure_service import FigureService
from sedp_helpers.publish.task import Outcome, ReportTask

GRACE = 30.0  # seconds for what is no cell: starting a kernel, writing the files


def run_tasks(
    tasks: Iterable[ReportTask], *, jobs: int = 1, alone: bool = True, draws: bool = False
) -> Iterator[Outcome]:
    """Outcomes as they come; leaving the loop early stops all processes.

    ``alone`` False runs every report in this very process: for debugging, and where no process
    may be started. ``draws``: start the browser while the first notebooks run.
    """
    queue = iter(tasks)
    first = next(queue, None)
    if first is None:
        return
    cache = Path(first.root) / "reports" / ".cache" / "figures"
    with FigureService(cache, warm=draws) as service:
        waiting = (replace(task, figures=service.address) for task in chain([first], queue))
        yield from _run_waiting(waiting, jobs) if alone else _run_here(waiting)


def _run_here(tasks: Iterator[ReportTask]) -> Iterator[Outcome]:
    from sedp_helpers.publish.report import make_report

    for task in tasks:
        yield _attempt(make_report, task)


def _run_waiting(waiting: Iterator[ReportTask], jobs: int) -> Iterator[Outcome]:
    from sedp_helpers.publish.report import make_report

    running: dict[Any, tuple[ReportTask, Any, float]] = {}
    try:
        while True:
            for task in islice(waiting, jobs - len(running)):
                process, entry = _start(make_report, task)
                running[process] = entry
            if not running:
                return
            multiprocessing.connection.wait([entry[1] for entry in running.values()], 0.5)
            for process in list(running):
                outcome, done = _look_at(process, *running[process])
                if not done:
                    continue
                task = running.pop(process)[0]
                if outcome is None and task.engine != "cold":
                    waiting = chain([replace(task, engine="cold")], waiting)
                else:
                    yield outcome or _lost(task)
    finally:
        for process in running:
            process.kill()


def _start(work: Any, task: ReportTask) -> tuple[Any, tuple[ReportTask, Any, float]]:
    context = find_context()
    receiver, sender = context.Pipe(duplex=False)
    process = context.Process(target=_work, args=(work, task, sender))
    process.start()
    sender.close()
    return process, (task, receiver, time.monotonic())


def _work(work: Any, task: ReportTask, sender: Any) -> None:
    """In the report's own process: it ends at once, whatever threads a notebook left behind."""
    limit_memory(task.memory_gb)
    search_rarely()
    try:
        sender.send(_attempt(work, task))
        sender.close()
    except KeyboardInterrupt:
        os._exit(130)
    os._exit(0)


def _attempt(work: Any, task: ReportTask) -> Outcome:
    """The outcome; what is raised outside of notebooks is told, and trying again would not help."""
    try:
        return work(task)
    except SedpError as error:
        outcome = _lost(task)
        outcome.trouble = (error.key, dict(error.params), str(error))
    except Exception as error:  # whatever it is, other reports must go on
        outcome = _lost(task)
        outcome.trouble = ("", {"what": f"{type(error).__name__}: {error}"[:200]},
                           traceback.format_exc())
    return outcome


def limit_memory(gigabytes: float) -> None:
    """Let a notebook that eats memory fail by itself instead of taking the machine along."""
    if find_spec("resource") is None:
        return
    import resource

    size = int(gigabytes * 2**30)
    hard = resource.getrlimit(resource.RLIMIT_AS)[1]
    resource.setrlimit(resource.RLIMIT_AS, (size, hard))


def _look_at(process: Any, task: ReportTask, receiver: Any, started: float) -> tuple[Any, bool]:
    """The outcome if there is one, and whether the process is through."""
    if receiver.poll():
        try:
            outcome = receiver.recv()
        except EOFError:
            outcome = None
        process.join()
        return outcome, True
    if time.monotonic() - started > find_patience(task):
        process.kill()
        process.join()
        return None, True
    return None, False


def find_patience(task: ReportTask) -> float:
    """Seconds for a whole report. Cells have a limit of their own; this one is for what does not
    come back from a cell at all, and for kernels that do not start."""
    if task.engine == "inprocess":
        return 2 * task.timeout + GRACE
    return (task.timeout + GRACE) * (len(task.notebooks) + 1)


def _lost(task: ReportTask) -> Outcome:
    outcome = Outcome(task.municipality, task.language, edition=task.edition)
    outcome.failed.append("process")
    return outcome
