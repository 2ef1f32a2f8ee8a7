"""A small municipality that tests can build, changed as each of them needs."""

from __future__ import annotations

import csv
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

# A busy machine is slow, not wrong; `make fuzz` has loaded a profile of its own before.
settings.register_profile("suite", deadline=None, suppress_health_check=[HealthCheck.too_slow])
if settings.get_current_profile_name() != "fuzz":
    settings.load_profile("suite")

PASSPORT = """format: 1
id: ak-suu
name: {ky: Ак-Суу, ru: Ак-Суу, en: Ak-Suu}
district: {id: d-ak-talaa, name: {ky: Ак-Талаа, ru: Ак-Талаа, en: Ak-Talaa}}
base_year: 2024
"""
HEAD = ["indicator", "year", "value", "sex", "age", "village", "item", "status", "source", "note"]
LEVELS = {
    "population.total": [9800, 10500, 11000, 11500],
    "population.households": [1800, 1850, 1900, 1950],
    "population.births": [210, 205, 214, 214],
    "population.deaths": [60, 66, 58, 61],
    "population.arrivals": [20, 25, 22, 24],
    "population.departures": [60, 58, 61, 62],
}


def write_place(root: Path, ident: str = "ak-suu", rows: list[list[str]] | None = None,
                passport: str = PASSPORT) -> Path:
    """A raw folder with observations for 2021–2024."""
    folder = root / "data" / "raw" / ident
    folder.mkdir(parents=True)
    (folder / "municipality.yaml").write_text(passport.replace("ak-suu", ident), encoding="utf-8")
    if rows is None:
        rows = [[name, str(2021 + place), str(value), "", "", "", "", "", "", ""]
                for name, values in LEVELS.items() for place, value in enumerate(values)]
    with (folder / "observations.csv").open("w", encoding="utf-8", newline="") as handle:
        csv.writer(handle).writerows([HEAD, *rows])
    return folder


@contextmanager
def kept_settings() -> Iterator[None]:
    """What a command called inside leaves in the environment is gone afterwards."""
    before = {name: value for name, value in os.environ.items() if name.startswith("SEDP_")}
    yield
    for name in [name for name in os.environ if name.startswith("SEDP_") and name not in before]:
        del os.environ[name]
    os.environ.update(before)


@pytest.fixture(autouse=True, scope="module")
def settings_of_a_file() -> Iterator[None]:
    with kept_settings():
        yield


@pytest.fixture(autouse=True)
def settings_of_a_test() -> Iterator[None]:
    with kept_settings():
        yield


@pytest.fixture
def sedp(tmp_path: Path) -> Callable[..., subprocess.CompletedProcess[str]]:
    """Run the command in a workspace of its own."""

    def run(*words: str, root: Path = tmp_path, **env: str) -> subprocess.CompletedProcess[str]:
        command = [sys.executable, "-m", "sedp_helpers", "--root", str(root), *words]
        clean = {name: value for name, value in os.environ.items() if not name.startswith("SEDP_")}
        return subprocess.run(command, capture_output=True, text=True, encoding="utf-8",
                              errors="replace",
                              env={**clean, **env}, timeout=280)

    return run
