"""A notebook run inside this process: cells in, outputs out, nothing left behind.

One shell a process; each notebook gets a fresh module as its namespace, and what notebooks can
change for others is put back afterwards (publish.restore).
"""

from __future__ import annotations

import io
import signal
import sys
import threading
import types
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from IPython.core.displayhook import CapturingDisplayHook
from IPython.core.displaypub import CapturingDisplayPublisher
from IPython.core.interactiveshell import InteractiveShell
from nbformat import NotebookNode
from nbformat.v4 import new_output
from traitlets.config import Config

from sedp_helpers.publish.restore import restore_state

STREAM_LIMIT = 1_000_000  # characters of one stream that are kept


class CellFailed(Exception):
    """A cell raised; ``output`` is the error as a notebook records it."""

    def __init__(self, output: NotebookNode) -> None:
        super().__init__(f"{output['ename']}: {output['evalue']}")
        self.output = output


class Stream(io.StringIO):
    """Standard output of a cell, cut where a cell prints without end."""

    def write(self, text: str) -> int:
        room = STREAM_LIMIT - self.tell()
        return super().write(text[:room]) if room > 0 else 0


class Hook(CapturingDisplayHook):
    """Keeps what cells answer; the shell asks a hook whether it is printing just now."""

    is_active = False
    exec_result: Any = None


class ReportShell:
    """The one interactive shell of a process."""

    def __init__(self) -> None:
        config = Config()
        config.HistoryManager.enabled = False
        self.shell = InteractiveShell.instance(config=config)

    @contextmanager
    def namespace(self) -> Iterator[None]:
        """A fresh ``__main__`` for one notebook."""
        main = sys.modules["__main__"]
        kept = (self.shell.user_module, self.shell.user_ns)
        module = types.ModuleType("__main__")
        self.shell.user_module, self.shell.user_ns = module, module.__dict__
        self.shell.init_user_ns()
        sys.modules["__main__"] = module
        with restore_state():
            try:
                yield
            finally:
                self.shell.user_module, self.shell.user_ns = kept
                sys.modules["__main__"] = main

    def run_cell(self, source: str, seconds: float = 0) -> list[NotebookNode]:
        """The outputs of a cell; ``CellFailed`` where it raises or takes over ``seconds``."""
        outputs: list[dict[str, Any]] = []
        hook = Hook(shell=self.shell, outputs=outputs)
        publisher = CapturingDisplayPublisher()
        publisher.outputs = outputs
        out, err = Stream(), Stream()
        with self._redirected(hook, publisher, out, err), limit_time(seconds):
            result = self.shell.run_cell(source, store_history=False)
        nodes = _streams(out, err) + [_display(output) for output in outputs]
        error = result.error_before_exec or result.error_in_exec
        if error is not None:
            raise CellFailed(_error(error))
        return nodes

    @contextmanager
    def _redirected(self, hook: Any, publisher: Any, out: Stream, err: Stream) -> Iterator[None]:
        shell: Any = self.shell  # its methods are replaced for the time of a cell
        kept = (shell.displayhook, shell.display_trap.hook, shell.display_pub, sys.stdout,
                sys.stderr, shell.showtraceback)
        shell.displayhook = shell.display_trap.hook = hook
        shell.display_pub = publisher
        shell.showtraceback = lambda *args, **kwargs: None
        sys.stdout, sys.stderr = out, err
        try:
            yield
        finally:
            (shell.displayhook, shell.display_trap.hook, shell.display_pub, sys.stdout,
             sys.stderr, shell.showtraceback) = kept


@contextmanager
def limit_time(seconds: float) -> Iterator[None]:
    """Raise ``TimeoutError`` in what takes longer. What does not come back to Python for it, and
    systems without alarms, are left to who watches the process."""
    if not (seconds and hasattr(signal, "setitimer")
            and threading.current_thread() is threading.main_thread()):
        yield
        return

    def ring(number: int, frame: Any) -> None:
        raise TimeoutError(f"the cell ran longer than {seconds:g} seconds")

    before = signal.signal(signal.SIGALRM, ring)
    signal.setitimer(signal.ITIMER_REAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)


def _streams(out: Stream, err: Stream) -> list[NotebookNode]:
    named = (("stdout", out.getvalue()), ("stderr", err.getvalue()))
    return [new_output("stream", name=name, text=text) for name, text in named if text]


def _display(output: dict[str, Any]) -> NotebookNode:
    """What ``display`` published carries ``transient``; the rest is the value of the cell."""
    node = NotebookNode(output_type="execute_result", metadata=output.get("metadata", {}))
    dict.update(node, data=output["data"])  # as it is: thousands of nodes take long
    if "transient" in output:
        node.output_type = "display_data"
    return node


def _error(error: BaseException) -> NotebookNode:
    return new_output("error", ename=type(error).__name__, evalue=str(error),
                      traceback=[f"{type(error).__name__}: {error}"])
