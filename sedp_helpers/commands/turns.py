"""Two builds in one workspace: for each municipality one after the other, never both at once."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from sedp_helpers.console import Console
from sedp_helpers.locks import Lock
from sedp_helpers.paths import Workspace
from sedp_helpers.publish.task import ReportTask


class Turns:
    """The municipalities whose reports are being made: each locked from its first task to its last
    outcome, so that two builds in one workspace never write the same report. Locks are taken in
    the order of ids, so that two builds never wait for each other."""

    def __init__(self, workspace: Workspace, console: Console) -> None:
        self.workspace, self.console = workspace, console
        self._locks: dict[str, Lock] = {}
        self._open: Counter[str] = Counter()

    def open(self, ident: str, tasks: Iterator[ReportTask]) -> Iterator[ReportTask]:
        """The tasks of a municipality, made once nobody else works on it."""
        lock = Lock(self.workspace.reports / ident)
        self._locks[ident] = lock.take(lambda: self.console.say("waiting", name=ident))
        self._open[ident] += 1
        for task in tasks:
            self._open[ident] += 1
            yield task
        self.close(ident)

    def close(self, ident: str) -> None:
        """One piece of work on a municipality is through."""
        self._open[ident] -= 1
        if not self._open[ident]:
            self._locks.pop(ident).release()

    def close_all(self) -> None:
        for lock in self._locks.values():
            lock.release()
