"""The server behind `sedp serve`: Voilà, narrowed to three pages, with seats for eight visitors.

Every visitor has a kernel of his own, so states never mix. The browser may move controls, but not
send code; there is no list of files; only this computer is answered, and only with the token.
Kernels are forks of a process that has read what every page needs, so that a visit is cheap.
Started by ``serve`` as a process; nothing imports it.
"""

from __future__ import annotations

import os
import re
from html import escape
from typing import Any
from uuid import uuid4

from jupyter_server.services.kernels.kernelmanager import AsyncMappingKernelManager
from tornado.web import HTTPError, StaticFileHandler
from voila.app import Voila
from voila.shutdown_kernel_handler import VoilaShutdownKernelHandler
from voila.static_file_handler import AllowListFileHandler
from voila.tornado.contentshandler import VoilaContentsHandler
from voila.tornado.handler import TornadoVoilaHandler
from voila.tornado.treehandler import TornadoVoilaTreeHandler

from sedp_helpers.catalog.load import load_catalog
from sedp_helpers.commands.serve import HOST, PAGES
from sedp_helpers.models import LANGUAGES
from sedp_helpers.paths import NOTEBOOKS
from sedp_helpers.publish.provisioner import can_fork, start_forks, use_forks
from sedp_helpers.vendored import PLOTLY_BUNDLE

SEATS = 8
WAIT_SECONDS = 10
OUTPUT_SECONDS = 120  # after the four of the library, eight visitors at once lose a page
IDLE_SECONDS = 120  # a kernel whose page is closed ends after this
WARM = "sedp_helpers.widgets.warm"  # what the kernel of a visitor begins with
UNUSED = ("jupyterlab-plotly", "jupyterlab_pygments")  # extensions that no page needs
CLOSED = (TornadoVoilaTreeHandler, VoilaContentsHandler, AllowListFileHandler, TornadoVoilaHandler)


class SeatedKernels(AsyncMappingKernelManager):
    """Kernels for as many visitors as there are seats; the next one is told to wait."""

    def __init__(self, **options: Any) -> None:
        super().__init__(**options)
        self.arriving: set[str] = set()

    # The library declares a plain function under this name and puts a coroutine in its place.
    async def start_kernel(self, **options: Any) -> str:  # type: ignore[override]
        if len(self.arriving | set(self.list_kernel_ids())) >= SEATS:
            raise HTTPError(503)
        ident = str(uuid4())
        self.arriving.add(ident)
        try:
            return await super().start_kernel(**{**options, "kernel_id": ident})
        finally:
            self.arriving.discard(ident)


class PageHandler(TornadoVoilaHandler):
    """One of the three pages; a full house is a page that reloads itself."""

    async def get(self, path: str = "") -> None:
        await super().get(f"{path or PAGES[0]}.ipynb")

    def write_error(self, status_code: int, **options: Any) -> None:
        asked = self.get_query_argument("language", os.environ.get("SEDP_LANGUAGE", "ky"))
        words = load_catalog().words("dashboards", asked if asked in LANGUAGES else "ky")
        full = status_code == 503
        title = words["wait_title"] if full else str(status_code)
        text = words["wait"].format(seats=SEATS) if full else words["failed"]
        again = f"<meta http-equiv='refresh' content='{WAIT_SECONDS}'>" if full else ""
        if full:
            self.set_header("Retry-After", str(WAIT_SECONDS))
        self.set_header("Content-Type", "text/html; charset=utf-8")
        self.finish(f"<!doctype html><html lang='{escape(asked)}'><head><meta charset='utf-8'>"
                    f"{again}<title>{escape(title)}</title></head><body>"
                    f"<h1>{escape(title)}</h1><p>{escape(text)}</p></body></html>")


class LeaveHandler(VoilaShutdownKernelHandler):
    """A page that is closed frees its seat; its last word cannot carry a form token."""

    def check_xsrf_cookie(self) -> None:
        """The cookie of the login and the kernel's unguessable name are proof enough."""


class DashboardServer(Voila):
    """Voilà with three pages instead of a folder."""

    def init_settings(self) -> dict[str, Any]:
        return {**super().init_settings(), "allow_remote_access": False}

    def init_handlers(self) -> list:
        kept = [one for one in super().init_handlers() if one[1] not in CLOSED]
        options = {"template_paths": self.template_paths, "config": self.config,
                   "voila_configuration": self.voila_configuration}
        kept = [(one[0], LeaveHandler) if one[1] is VoilaShutdownKernelHandler else one
                for one in kept]
        return [*kept, (rf"/({'|'.join(PAGES)})?", PageHandler, options),
                (rf"/figures/({re.escape(PLOTLY_BUNDLE.name)})", StaticFileHandler,
                 {"path": str(PLOTLY_BUNDLE.parent)})]


def say_wait() -> dict[str, str]:
    """What a page says until it is there; it does not know yet which language is asked for."""
    titles = (load_catalog().words("dashboards", language)["wait_title"] for language in LANGUAGES)
    return {"waiting": " · ".join(titles)}


def main(port: int) -> None:
    """Serve the dashboards of the project on a port of this computer."""
    os.chdir(NOTEBOOKS / "dashboards")
    if can_fork():
        start_forks(WARM)
        use_forks()
    manager = f"{SeatedKernels.__module__}.{SeatedKernels.__qualname__}"
    words = [f"--port={port}", f"--Voila.ip={HOST}", "--Voila.port_retries=0", "--no-browser",
             "--template=sedp",
             "--VoilaConfiguration.strip_sources=True", "--show_tracebacks=False",
             f"--VoilaConfiguration.multi_kernel_manager_class={manager}",
             f"--VoilaConfiguration.resources={say_wait()!r}",
             *(f"--VoilaConfiguration.extension_denylist={name}" for name in UNUSED),
             f"--VoilaExecutor.iopub_timeout={OUTPUT_SECONDS}",
             f"--MappingKernelManager.cull_idle_timeout={IDLE_SECONDS}",
             "--MappingKernelManager.cull_interval=30", "."]
    DashboardServer.token = os.environ.pop("SEDP_TOKEN")
    DashboardServer.launch_instance(words)
