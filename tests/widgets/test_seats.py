"""Eight visitors sit, the ninth is told to wait; a place that gets free is given again."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest
from jupyter_server.services.kernels.kernelmanager import AsyncMappingKernelManager
from tornado.web import HTTPError

from sedp_helpers.commands.dashboard_server import SEATS, SeatedKernels


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
