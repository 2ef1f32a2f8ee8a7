"""Eight visitors sit, the ninth is told to wait; a place that gets free is given again."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import Any

import pytest
from jupyter_server.services.kernels.kernelmanager import AsyncMappingKernelManager
from tornado.web import HTTPError
from voila.execute import VoilaExecutor

from sedp_helpers.catalog.load import load_catalog
from sedp_helpers.commands import dashboard_server
from sedp_helpers.commands.dashboard_server import (
    SEATS,
    DashboardServer,
    PageHandler,
    SeatedKernels,
)


@pytest.fixture
def kernels(monkeypatch: pytest.MonkeyPatch) -> SeatedKernels:
    async def start(self: SeatedKernels, *, kernel_id: str, **options: Any) -> str:
        self._kernels[kernel_id] = object()
        await asyncio.sleep(0.01)
        return kernel_id

    monkeypatch.setattr(AsyncMappingKernelManager, "start_kernel", start)
    return SeatedKernels()


def test_the_ninth_of_those_who_come_together_is_told_to_wait(kernels: SeatedKernels) -> None:
    async def come() -> list[Any]:
        visits = [kernels.start_kernel() for _ in range(SEATS + 1)]
        return await asyncio.gather(*visits, return_exceptions=True)

    found = asyncio.run(come())
    refused = [one for one in found if isinstance(one, HTTPError)]
    assert SEATS == 8 and len(refused) == 1 and refused[0].status_code == 503
    assert len(set(map(str, found))) == SEATS + 1, "everybody has a kernel of his own"


def test_a_place_that_gets_free_is_given_again(kernels: SeatedKernels) -> None:
    async def come_and_go() -> str:
        for _ in range(SEATS):
            last = await kernels.start_kernel()
        del kernels._kernels[last]
        return await kernels.start_kernel()

    assert asyncio.run(come_and_go()) in kernels.list_kernel_ids()


@pytest.mark.parametrize("language", ["ky", "ru", "en"])
def test_the_page_of_a_full_house_says_in_her_language_to_wait_and_comes_again(
    language: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    page, heads, sent = object.__new__(PageHandler), {}, []
    monkeypatch.setattr(page, "get_query_argument", lambda name, usual: language, raising=False)
    monkeypatch.setattr(page, "set_header", heads.__setitem__, raising=False)
    monkeypatch.setattr(page, "finish", sent.append, raising=False)
    page.write_error(503)
    words = load_catalog().words("dashboards", language)
    assert words["wait"].format(seats=SEATS) in sent[0] and "Traceback" not in sent[0]
    assert heads["Retry-After"] == "10" and "http-equiv='refresh' content='10'" in sent[0]


def test_a_page_waits_for_its_figures_as_long_as_eight_who_come_at_once_may_need(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """The library stops listening after four seconds and serves the page without them."""
    words: list[str] = []
    monkeypatch.setattr(DashboardServer, "launch_instance", words.extend)
    monkeypatch.setattr(DashboardServer, "token", "")
    monkeypatch.setattr(dashboard_server, "can_fork", lambda: False)
    monkeypatch.setenv("SEDP_TOKEN", "token")
    monkeypatch.chdir(tmp_path)
    dashboard_server.main(1)
    name, _, seconds = next(one for one in words if "iopub" in one).partition("=")
    assert name == f"--{VoilaExecutor.__name__}.iopub_timeout" and int(seconds) > 25
    assert VoilaExecutor.iopub_timeout.default_value < 25, "the setting can go"


def test_a_page_that_is_not_there_yet_says_so_in_all_languages() -> None:
    said = dashboard_server.say_wait()["waiting"]
    assert said.split(" · ") == ["Күтө туруңуз", "Подождите", "Please wait"]
