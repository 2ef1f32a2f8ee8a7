"""The hall of the sample municipality, of an empty one, and a way to change single records."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from sedp_helpers.hearing.deck import Slide
from sedp_helpers.hearing.hall import Hall, open_hall
from sedp_helpers.hearing.papers import make_deck
from sedp_helpers.hearing.slides import plan_slides
from sedp_helpers.paths import PROJECT, Workspace

EMPTY = """format: 1
id: bosh
name: {ky: Бош, ru: Бош, en: Bosh}
base_year: 2024
"""


@pytest.fixture(scope="session")
def workspace(tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    root = tmp_path_factory.mktemp("hearing")
    shutil.copytree(PROJECT / "data" / "raw" / "demo", root / "data" / "raw" / "demo")
    (root / "data" / "raw" / "bosh").mkdir()
    (root / "data" / "raw" / "bosh" / "municipality.yaml").write_text(EMPTY, encoding="utf-8")
    return Workspace(Path(root))


@pytest.fixture(scope="session")
def demo(workspace: Workspace) -> Hall:
    return open_hall(workspace, "demo", "ky")


@pytest.fixture(scope="session")
def empty(workspace: Workspace) -> Hall:
    return open_hall(workspace, "bosh", "ky")


@pytest.fixture(scope="session")
def words(demo: Hall) -> dict[str, str]:
    return demo.desk.catalog.words("publish", "ky")


@pytest.fixture(scope="session")
def slides(demo: Hall) -> list[Slide]:
    return plan_slides(demo)


@pytest.fixture(scope="session")
def deck(demo: Hall, no_browser: Any) -> bytes:
    return make_deck(demo, no_browser)


@pytest.fixture
def with_rows(demo: Hall) -> Callable[..., Hall]:
    """The sample with the rows of some registers replaced."""

    def change(**registers: list[dict[str, Any]]) -> Hall:
        frames = {name: pd.DataFrame(rows) for name, rows in registers.items()}
        desk = replace(demo.desk, registers={**demo.desk.registers, **frames})
        return Hall(desk, demo.meta)

    return change


class NoBrowser:
    """A renderer that draws nothing, as on a computer without a browser."""

    def render(self, specs: list[Any], language: str = "ky") -> list[None]:
        return [None] * len(specs)


@pytest.fixture(scope="session")
def no_browser() -> Any:
    return NoBrowser()
