"""Tasks on a cluster: the same work, a worker that dies costs only its own."""

from __future__ import annotations

from typing import Any

import pytest

from sedp_helpers.errors import UsageError
from sedp_helpers.publish import cluster
from sedp_helpers.publish.run import Outcome


class Future:
    def __init__(self, outcome: Outcome) -> None:
        self._outcome = outcome

    def result(self) -> Outcome:
        return self._outcome


class Client:
    """Stands for the library: remembers how tasks were submitted."""

    submitted: list[dict[str, Any]] = []

    def __init__(self, address: str) -> None:
        self.address = address

    def __enter__(self) -> Client:
        return self

    def __exit__(self, *error: object) -> None:
        return None

    def submit(self, function: Any, task: Any, **options: Any) -> Future:
        self.submitted.append(options)
        return Future(Outcome(task, self.address))


class Library:
    Client = Client

    @staticmethod
    def as_completed(futures: list[Future]) -> list[Future]:
        return futures[::-1]


def test_every_task_comes_back_once_and_may_be_tried_again() -> None:
    tasks: Any = ["a", "b"]
    outcomes = list(cluster.run_on_cluster(tasks, "tcp://x", Library))
    assert sorted(outcome.municipality for outcome in outcomes) == ["a", "b"]
    assert all(options == {"pure": False, "retries": 2} for options in Client.submitted)


def test_without_the_extra_the_user_is_told_what_to_install(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(cluster, "find_spec", lambda name: None)
    with pytest.raises(UsageError, match="cluster"):
        list(cluster.run_on_cluster([], "tcp://x"))
