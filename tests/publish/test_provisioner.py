"""A forked kernel is given nothing that would make it import more than it needs."""

from __future__ import annotations

import asyncio
from enum import StrEnum
from typing import Any, ClassVar

import pytest

from sedp_helpers.publish import provisioner
from sedp_helpers.publish.provisioner import ForkProvisioner


class Name(StrEnum):
    """As a server of dashboards names what it tells its kernels."""

    QUERY = "QUERY_STRING"


class Process:
    """Stands for a process; remembers what it was to be started with."""

    pid = 1
    started: ClassVar[list[tuple[Any, ...]]] = []

    def __init__(self, target: Any, args: tuple[Any, ...]) -> None:
        self.started.append(args)

    def start(self) -> None:
        """Nothing is started."""


def test_the_environment_of_a_fork_is_plain_text(monkeypatch: pytest.MonkeyPatch) -> None:
    """Else the fork imports the server that made it: two seconds of every visit."""
    monkeypatch.setattr(provisioner, "can_fork", lambda: True)
    monkeypatch.setattr(provisioner, "start_forks", lambda: None)
    monkeypatch.setattr(provisioner.multiprocessing, "get_context", lambda name: provisioner)
    monkeypatch.setattr(provisioner, "Process", Process, raising=False)
    asyncio.run(ForkProvisioner().launch_kernel(["python", "-f", "connection.json"],
                                                env={Name.QUERY: Name.QUERY}))
    arguments, _, environment = Process.started[-1]
    assert arguments == ["-f", "connection.json"] and environment == {Name.QUERY: Name.QUERY}
    assert {type(text) for pair in environment.items() for text in pair} == {str}
