"""Two commands at once: one waits for the other, and a process that ends leaves no lock."""

from __future__ import annotations

import multiprocessing
import time
from pathlib import Path
from typing import Any

from sedp_helpers.locks import Lock


def _hold(folder: Path, ready: Any, seconds: float) -> None:
    with Lock(folder):
        ready.set()
        time.sleep(seconds)


def start(folder: Path, seconds: float) -> Any:
    context = multiprocessing.get_context("fork")
    ready = context.Event()
    process = context.Process(target=_hold, args=(folder, ready, seconds))
    process.start()
    assert ready.wait(10)
    return process


def test_the_second_says_that_it_waits_and_goes_on_when_the_first_is_through(
    tmp_path: Path,
) -> None:
    said: list[str] = []
    process = start(tmp_path, 0.5)
    lock = Lock(tmp_path).take(lambda: said.append("waiting"))
    assert said == ["waiting"] and not process.join(5)
    lock.release()


def test_a_process_that_is_killed_leaves_no_lock(tmp_path: Path) -> None:
    process = start(tmp_path, 60)
    process.kill()
    process.join()
    said: list[str] = []
    Lock(tmp_path).take(lambda: said.append("waiting")).release()
    assert not said


def test_a_free_lock_is_taken_again_and_again(tmp_path: Path) -> None:
    for _ in range(2):
        with Lock(tmp_path) as lock:
            assert lock.take() is lock
