"""Independent pieces of work on all cores, results in the order of the work."""

from __future__ import annotations

import gc
import multiprocessing
import os
import signal
import sys
import threading
from collections.abc import Callable, Iterator, Sequence
from typing import Any

WARM = ["sedp_helpers.facade", "sedp_helpers.publish.report"]  # what a report needs
_NEW_OBJECTS = 500_000  # between two searches for cycles; rows by the thousand hold none


def find_context() -> Any:
    """How to start a process here: forked where that is safe, from a clean server where threads
    run (a worker of a cluster), else anew."""
    if not hasattr(os, "fork") or sys.platform == "darwin":
        return multiprocessing.get_context("spawn")
    if threading.active_count() == 1:
        return multiprocessing.get_context("fork")
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(WARM)
    return context


def run_parallel(
    function: Callable[[Any], Any], work: Sequence[Any], *, jobs: int = 0
) -> Iterator[Any]:
    """``map`` over processes; in this process where there is only one piece or one core.

    What the parent has loaded before (the catalogue) is there in the children where processes can
    be forked.
    """
    jobs = min(jobs or os.cpu_count() or 1, len(work))
    if jobs <= 1:
        yield from map(function, work)
        return
    method = "fork" if hasattr(os, "fork") and sys.platform != "darwin" else "spawn"
    with multiprocessing.get_context(method).Pool(jobs, _begin_worker) as pool:
        yield from pool.imap(function, work)


def _begin_worker() -> None:
    """Ctrl-C is for the parent, which ends its workers."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    search_rarely()


def search_rarely() -> None:
    """For a process that lives shortly and makes many small rows: what is there already is not
    searched for cycles, and stays shared with the process it was forked from."""
    gc.freeze()
    gc.set_threshold(_NEW_OBJECTS, 20, 20)
