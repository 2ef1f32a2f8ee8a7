"""`sedp serve`: the dashboards in a browser, on this computer only, behind a token.

Starts the server as a process of its own, prints the link, and waits for Ctrl-C.
"""

from __future__ import annotations

import os
import secrets
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager

from sedp_helpers.console import Console
from sedp_helpers.errors import OutputError, UsageError
from sedp_helpers.paths import PACKAGE, Workspace

HOST = "127.0.0.1"
PAGES = ("municipality", "district", "budget")
START_SECONDS = 60
SERVER = "sedp_helpers.commands.dashboard_server"
JUPYTER_HOME = PACKAGE / "widgets" / "jupyter"


def serve(workspace: Workspace, port: int, console: Console) -> int:
    """Serve until Ctrl-C; answers the exit code."""
    with start_server(workspace, port, console.language) as (process, token):
        console.say("serving")
        for page in PAGES:
            console.write(f"http://{HOST}:{port}/{page}?token={token}&language={console.language}")
        console.say("serving_stop")
        return process.wait()


@contextmanager
def start_server(
    workspace: Workspace, port: int, language: str
) -> Iterator[tuple[subprocess.Popen, str]]:
    """The running server and its token; it ends with the block."""
    if not _is_free(port):
        raise UsageError(f"port {port} is taken", key="port_taken", port=port)
    token = secrets.token_urlsafe(24)
    # The token goes by the environment: a command line can be read by every user of the computer.
    env = {**os.environ, "SEDP_ROOT": str(workspace.root), "SEDP_TOKEN": token,
           "SEDP_LANGUAGE": language, "PYTHONPATH": str(PACKAGE.parent),
           "JUPYTER_PATH": os.pathsep.join(filter(None, (str(JUPYTER_HOME),
                                                         os.environ.get("JUPYTER_PATH"))))}
    command = [sys.executable, "-c", f"from {SERVER} import main; main({port})"]
    with subprocess.Popen(command, env=env, stdout=subprocess.DEVNULL,  # noqa: S603 - our own module, by our own interpreter
                          stderr=subprocess.DEVNULL) as process:
        try:
            _wait_until_open(process, port)
            yield process, token
        finally:
            process.terminate()


def _is_free(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex((HOST, port)) != 0


def _wait_until_open(process: subprocess.Popen, port: int) -> None:
    end = time.monotonic() + START_SECONDS
    while time.monotonic() < end:
        if process.poll() is not None:
            break
        if not _is_free(port):
            return
        time.sleep(0.1)
    raise OutputError("the server of the dashboards did not start", key="serve_failed")
