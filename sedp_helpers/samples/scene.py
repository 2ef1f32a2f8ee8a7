"""One made-up municipality while its tables are being written.

Why: the sections share facts (residents, households, land, jobs), which must agree. This holds
them and nothing else; what a section looks like is written in the module of that section.
"""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np

from sedp_helpers.samples.names import Name
from sedp_helpers.samples.people import People, simulate
from sedp_helpers.samples.table import Sheet

YEARS = tuple(range(2017, 2025))
BASE_YEAR = YEARS[-1]
USUAL_SIZE = 7000


@dataclass(frozen=True)
class Setting:
    """What is decided about a municipality before anything is made.

    ``detail``: ages by village too. ``twins``: register texts in three languages.
    """

    id: str
    name: Name
    villages: tuple[Name, ...]
    size: int
    number: int = 0
    city: bool = False
    detail: bool = True
    twins: bool = False


@dataclass
class Scene:
    """A setting with its people, its random numbers and the facts that sections share."""

    setting: Setting
    rng: np.random.Generator
    sheet: Sheet
    people: People
    facts: dict[str, np.ndarray] = field(default_factory=dict)
    outputs: dict[str, np.ndarray] = field(default_factory=dict)
    jobs: dict[str, np.ndarray] = field(default_factory=dict)
    crops: dict[str, np.ndarray] = field(default_factory=dict)
    land: dict[str, np.ndarray] = field(default_factory=dict)

    @property
    def years(self) -> int:
        return len(self.sheet.years)

    @property
    def villages(self) -> tuple[str, ...]:
        """The ids of villages.csv."""
        return tuple(f"v{place}" for place in range(1, len(self.setting.villages) + 1))

    @property
    def total(self) -> np.ndarray:
        """Residents by year."""
        return self.facts["population"]

    @property
    def scale(self) -> float:
        """The size against the usual municipality, for amounts of the registers."""
        return float(self.total[-1]) / USUAL_SIZE


def open_scene(setting: Setting, rng: np.random.Generator) -> Scene:
    """The people of the setting, followed through all years."""
    shares = np.sort(rng.dirichlet(np.full(len(setting.villages), 6.0)))[::-1]
    people = simulate(rng, YEARS, np.maximum(60, shares * setting.size),
                      outflow=rng.uniform(0.010, 0.022), inflow=rng.uniform(0.003, 0.008))
    scene = Scene(setting, rng, Sheet(YEARS), people)
    scene.facts["population"] = people.total()
    return scene
