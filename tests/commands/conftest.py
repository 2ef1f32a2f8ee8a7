"""Workspaces and consoles for commands that are called as functions."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from sedp_helpers.catalog.load import load_catalog
from sedp_helpers.console import Console
from sedp_helpers.intake.collect import Collected, collect_folder
from sedp_helpers.paths import Workspace


class Listener(Console):
    """A console that keeps what it would say."""

    def __init__(self, language: str = "en") -> None:
        super().__init__(language)
        self.lines: list[str] = []

    def write(self, text: str, *, error: bool = False) -> None:
        self.lines.append(text)

    @property
    def said(self) -> str:
        return "\n".join(self.lines)


@pytest.fixture
def console() -> Listener:
    return Listener()


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    place = Workspace(tmp_path)
    place.raw.mkdir(parents=True)
    return place


def collect(workspace: Workspace, ident: str) -> Collected:
    return collect_folder(workspace.raw / ident, load_catalog())


def find_value(found: Collected, indicator: str, year: int, **dims: str) -> Any:
    """The value of an observation, None where there is none."""
    frame = found.observations
    rows = frame[(frame["indicator"] == indicator) & (frame["year"] == year)]
    for name in ("sex", "age", "village", "item"):
        rows = rows[rows[name] == dims.get(name, "")]
    return rows["value"].item() if len(rows) else None
