"""The plan carried out: one process per municipality and language, reports as files.

A process that dies costs only its own report, which runs again with cold kernels. Notebooks are
files here: nothing of the sections is imported, only executed.
"""

from __future__ import annotations

import multiprocessing
import multiprocessing.connection
import os
import sys
import time
from dataclasses import dataclass, field, replace
from importlib.util import find_spec
from pathlib import Path
from typing import Any, Iterator, Mapping, Sequence

from sedp_helpers.files import write_atomic
from sedp_helpers.publish.figure_service import FigureService
from sedp_helpers.publish.plan import Notebook


@dataclass(frozen=True)
class ReportTask:
    """Everything a process needs to make one report."""

    root: str
    municipality: str
    language: str
    formats: tuple[str, ...]
    notebooks: tuple[Notebook, ...]
    parameters: Mapping[str, Any]
    inputs: Mapping[str, bytes]  # file name -> content of results.csv and findings.csv as used
    meta: Mapping[str, Any]
    titles: Mapping[str, str]
    words: Mapping[str, str]
    engine: str = "inprocess"
    whole: bool = True  # False: only single sections were asked for
    code_key: str = ""
    key: str = ""  # hash of everything the report depends on
    figures: tuple[str, bytes] | None = None  # where the drawing service is
    state: Mapping[str, Any] = field(default_factory=dict)  # of the last build
    date: str = ""
    timeout: float = 600.0  # seconds for a report; with cold kernels for each cell
    memory_gb: float = 6.0

    @property
    def folder(self) -> Path:
        return Path(self.root) / "reports" / self.municipality / self.language


@dataclass
class Outcome:
    """What came of a task."""

    municipality: str
    language: str
    outputs: dict[str, str] = field(default_factory=dict)  # file name -> hash
    notebooks: dict[str, Any] = field(default_factory=dict)  # name -> key, reads, failed
    seconds: dict[str, float] = field(default_factory=dict)
    said: list[str] = field(default_factory=list)  # codes of what to tell the user
    failed: list[str] = field(default_factory=list)  # notebooks or formats that could not be made
    executed: int = 0
    key: str = ""  # of the whole report


def run_tasks(
    tasks: Sequence[ReportTask], *, jobs: int = 1, alone: bool = True
) -> Iterator[Outcome]:
    """Outcomes as they come; leaving the loop early stops all processes.

    ``alone`` False runs every report in this very process: for debugging, and where no process
    may be started.
    """
    if not tasks:
        return
    drawn = any({"pdf", "docx"} & set(task.formats) and task.whole for task in tasks)
    cache = Path(tasks[0].root) / "reports" / ".cache" / "figures"
    with FigureService(cache, warm=drawn) as service:
        waiting = [replace(task, figures=service.address) for task in tasks]
        if alone:
            yield from _run_waiting(waiting, jobs)
        else:
            yield from _run_here(waiting)


def _run_here(tasks: list[ReportTask]) -> Iterator[Outcome]:
    from sedp_helpers.publish.report import make_report

    for task in tasks:
        yield make_report(task)


def _run_waiting(waiting: list[ReportTask], jobs: int) -> Iterator[Outcome]:
    from sedp_helpers.publish.report import make_report

    running: dict[Any, tuple[ReportTask, Any, float]] = {}
    try:
        while waiting or running:
            while waiting and len(running) < jobs:
                process, entry = _start(make_report, waiting.pop(0))
                running[process] = entry
            multiprocessing.connection.wait([entry[1] for entry in running.values()], 0.5)
            for process in list(running):
                outcome, done = _look_at(process, *running[process])
                if not done:
                    continue
                task = running.pop(process)[0]
                if outcome is None and task.engine != "cold":
                    waiting.insert(0, replace(task, engine="cold"))
                else:
                    yield outcome or _lost(task)
    finally:
        for process in running:
            process.kill()


def _start(work: Any, task: ReportTask) -> tuple[Any, tuple[ReportTask, Any, float]]:
    forks = hasattr(os, "fork") and sys.platform != "darwin"
    context: Any = multiprocessing.get_context("fork" if forks else "spawn")
    receiver, sender = context.Pipe(duplex=False)
    process = context.Process(target=_work, args=(work, task, sender))
    process.start()
    sender.close()
    return process, (task, receiver, time.monotonic())


def _work(work: Any, task: ReportTask, sender: Any) -> None:
    """In the report's own process: it ends at once, whatever threads a notebook left behind."""
    limit_memory(task.memory_gb)
    try:
        sender.send(work(task))
        sender.close()
    except KeyboardInterrupt:
        os._exit(130)
    os._exit(0)


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
    patience = task.timeout * (len(task.notebooks) + 1) if task.engine == "cold" else task.timeout
    if time.monotonic() - started > patience:
        process.kill()
        process.join()
        return None, True
    return None, False


def _lost(task: ReportTask) -> Outcome:
    outcome = Outcome(task.municipality, task.language)
    outcome.failed.append("process")
    return outcome


def write_inputs(task: ReportTask) -> None:
    """results.csv and findings.csv exactly as the report uses them."""
    for name, content in task.inputs.items():
        path = task.folder / name
        if not path.exists() or path.read_bytes() != content:
            write_atomic(path, content)
