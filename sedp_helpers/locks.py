"""One writer for a municipality at a time: others wait, and then find most of the work done.

The lock is a hidden file that the operating system holds for a process; it is gone with the
process, however that ends. Where the system has no such locks, nothing is held.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from contextlib import suppress
from importlib.util import find_spec
from pathlib import Path

NAME = ".lock"


class Lock:
    """Held from ``take`` to ``release``; both may be called more than once."""

    def __init__(self, folder: Path) -> None:
        self.path = folder / NAME
        self._handle = -1

    def take(self, wait: Callable[[], None] = lambda: None) -> Lock:
        """Hold the lock; ``wait`` is called once where another process has it."""
        if self._handle >= 0 or find_spec("fcntl") is None:
            return self
        import fcntl

        self.path.parent.mkdir(parents=True, exist_ok=True)
        handle = os.open(self.path, os.O_CREAT | os.O_RDWR, 0o644)
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            wait()
            fcntl.flock(handle, fcntl.LOCK_EX)
        except OSError:  # a shared folder that knows no locks
            os.close(handle)
            return self
        self._handle = handle
        return self

    def release(self) -> None:
        """Give it up, also for processes that were forked meanwhile."""
        if self._handle < 0:
            return
        import fcntl

        with suppress(OSError):
            fcntl.flock(self._handle, fcntl.LOCK_UN)
        os.close(self._handle)
        self._handle = -1

    def __enter__(self) -> Lock:
        return self.take()

    def __exit__(self, *error: object) -> None:
        self.release()
