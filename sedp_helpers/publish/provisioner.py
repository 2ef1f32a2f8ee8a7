"""Kernels forked from a warm process instead of started anew (jupyter_client's plug-in point).

Python's own fork server imports the package once, before there are threads or sockets; every
kernel is a fork of it with a process, a session and a namespace of its own. Where processes cannot
be forked, kernels are started as usual.
"""

from __future__ import annotations

import multiprocessing
import os
import signal
import sys
from collections.abc import Mapping, Sequence
from importlib.metadata import EntryPoint
from typing import Any

from jupyter_client.provisioning import KernelProvisionerFactory, LocalProvisioner

FORK = "sedp-fork"
VARIABLE = "JUPYTER_DEFAULT_PROVISIONER_NAME"
KERNEL = ("ipykernel.kernelapp", "ipykernel.debugger", "IPython.core.completerlib",
          "IPython.extensions.storemagic", "sqlite3", "tornado.platform.asyncio")


def can_fork() -> bool:
    """Forking is safe on Linux; macOS libraries do not stand it, Windows has none."""
    return hasattr(os, "fork") and sys.platform != "darwin"


def use_forks() -> None:
    """Kernels of this process are forks from now on, also where the installed entry points are
    older than this file."""
    point = EntryPoint(FORK, f"{__name__}:ForkProvisioner", KernelProvisionerFactory.GROUP_NAME)
    KernelProvisionerFactory.instance().provisioners.setdefault(FORK, point)
    os.environ[VARIABLE] = FORK


def start_forks(module: str = "sedp_helpers.facade") -> None:
    """Start the process that kernels are forked from, once; it imports first what every kernel
    needs, and then the module."""
    from multiprocessing import forkserver

    os.environ.setdefault("PYDEVD_DISABLE_FILE_VALIDATION", "1")  # no warning in every log
    multiprocessing.get_context("forkserver").set_forkserver_preload([*KERNEL, module])
    forkserver.ensure_running()


class ForkProvisioner(LocalProvisioner):
    """Starts kernels as forks of a process that has imported what they need."""

    async def launch_kernel(self, cmd: list[str], **kwargs: Any) -> Any:
        if not can_fork():
            return await super().launch_kernel(cmd, **kwargs)
        place = cmd.index("-f") if "-f" in cmd else -1
        if place < 0:  # not the kernel we know how to start
            return await super().launch_kernel(cmd, **kwargs)
        start_forks()
        # Names and values of a class of their own would make the fork import its module.
        environment = {str.__str__(name): str.__str__(value)
                       for name, value in (kwargs.get("env") or {}).items()}
        process = multiprocessing.get_context("forkserver").Process(
            target=run_kernel, args=(cmd[place:], kwargs.get("cwd"), environment)
        )
        process.start()
        self.process: Any = ForkedProcess(process)
        self.pid, self.pgid = process.pid, process.pid
        return self.connection_info


class ForkedProcess:
    """A forked kernel with the methods that a subprocess has."""

    stdin = stdout = stderr = None

    def __init__(self, process: Any) -> None:
        self._process = process

    def poll(self) -> int | None:
        return self._process.exitcode

    def wait(self, timeout: float | None = None) -> int | None:
        self._process.join(timeout)
        return self._process.exitcode

    def send_signal(self, number: int) -> None:
        if self._process.is_alive():
            os.kill(self._process.pid, number)

    def terminate(self) -> None:
        self._process.terminate()

    def kill(self) -> None:
        self._process.kill()


def run_kernel(
    arguments: Sequence[str], folder: str | None, environment: Mapping[str, str]
) -> None:
    """In the fork: its own session, folder and environment, then the kernel until it is told to
    end. It watches its parent, so that it never outlives a report that was killed."""
    from ipykernel.kernelapp import IPKernelApp

    os.setsid()
    _let_go()
    signal.signal(signal.SIGINT, signal.default_int_handler)
    if environment:
        os.environ.clear()
        os.environ.update(environment)
    if folder:
        os.chdir(folder)
    IPKernelApp.launch_instance([*arguments, f"--IPKernelApp.parent_handle={os.getppid()}"])


def _let_go() -> None:
    """Close what a fork is given to start forks of its own: held open, it would keep the process
    it was forked from alive after everybody who asks for kernels is gone."""
    from multiprocessing import forkserver

    held = getattr(getattr(forkserver, "_forkserver", None), "_forkserver_alive_fd", None)
    if held is not None:
        os.close(held)
