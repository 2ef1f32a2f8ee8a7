"""Everything a district book looks at, gathered before anything is computed.

The edge that reads it stands in ``sedp_helpers.district``; here it is only a shape.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import Any

import pandas as pd

from sedp_helpers.catalog.load import Catalog
from sedp_helpers.compare.figures import (
    Measure,
    calc_figures,
    list_compared,
    list_wanted,
    tabulate_level,
    take_level,
)
from sedp_helpers.compare.peers import TRAITS, find_functions, tabulate_traits
from sedp_helpers.compare.roll import Roll
from sedp_helpers.models import Municipality, Text


@dataclass(frozen=True)
class Member:
    """One municipality of the district as it was prepared."""

    place: Municipality
    observations: pd.DataFrame
    registers: Mapping[str, pd.DataFrame]
    counts: Mapping[str, int] = field(default_factory=dict)  # findings by severity
    filled: float | None = None
    expected: float | None = None
    sections: Mapping[str, float] = field(default_factory=dict)  # how full each is, per cent

    def register(self, name: str) -> pd.DataFrame:
        return self.registers.get(name, pd.DataFrame())

    @cached_property
    def villages(self) -> list[str]:
        frame = self.register("villages")
        return frame["id"].tolist() if "id" in frame else []


@dataclass(frozen=True)
class DistrictData:
    """``panel``: rows of one kind (real or sample), None where there is no panel: those of the
    members, and of everybody else where their figures are not ``stored``."""

    id: str
    name: Text
    catalog: Catalog
    settings: Mapping[str, Any]
    roll: Roll
    members: Mapping[str, Member]
    base_year: int
    as_of: date
    panel: pd.DataFrame | None = None
    stored: pd.DataFrame | None = None  # figures made when the panel was written
    observations: pd.DataFrame = field(default_factory=pd.DataFrame)
    registers: Mapping[str, pd.DataFrame] = field(default_factory=dict)
    weights: Mapping[str, float] = field(default_factory=dict)
    sample: bool = False
    left_out: tuple[str, ...] = ()  # members of the other kind
    names: Mapping[str, Text] = field(default_factory=dict)  # of every place that may be named

    def register(self, name: str) -> pd.DataFrame:
        return self.registers.get(name, pd.DataFrame())

    @cached_property
    def measures(self) -> list[Measure]:
        """What is compared, in the order of the sections."""
        return list_compared(self.settings)

    @cached_property
    def likeness(self) -> list[Measure]:
        """What the nearest neighbours are found by."""
        return [Measure.read(text) for text in self.weights]

    @cached_property
    def figures(self) -> pd.DataFrame:
        """All comparable figures of all units of the panel."""
        if self.stored is not None:
            return self.stored
        panel = EMPTY_PANEL if self.panel is None else self.panel
        return calc_figures(panel, self.catalog,
                            list_wanted(self.catalog, self.settings, self.weights))

    @cached_property
    def traits(self) -> pd.DataFrame:
        """What makes places alike beside their figures (``peers.TRAITS``)."""
        seen = self.stored if self.stored is not None else self.panel
        return tabulate_traits(EMPTY_PANEL if seen is None else seen)

    @cached_property
    def functions(self) -> pd.Series:
        """Unit -> functional type of its economy."""
        return find_functions(self.traits, self.figures, self.settings["functions"],
                              self.base_year)

    @cached_property
    def likeness_table(self) -> pd.DataFrame:
        """Units × the figures that likeness is measured by."""
        level = take_level(self.figures, self.base_year)
        names = [m.name for m in self.likeness]
        return tabulate_level(level[level["measure"].isin(names)], self.traits.index)

    @cached_property
    def own(self) -> pd.DataFrame:
        """The figures of the members alone."""
        return self.figures[self.figures["unit"].isin(self.roll.known)]

    @cached_property
    def level(self) -> pd.DataFrame:
        """The members' figures, each measure in the one year that most of them have."""
        return take_level(self.own, self.base_year)

    @cached_property
    def directions(self) -> dict[str, int]:
        """Measure -> +1 more is better, −1 less is better; neutral ones are left out."""
        return read_directions(self.catalog, self.measures)


EMPTY_PANEL = pd.DataFrame(columns=["indicator", "unit", "item", "year", "value", "status",
                                    *TRAITS])


def read_directions(catalog: Catalog, measures: list[Measure]) -> dict[str, int]:
    """The direction of every measure that has one."""
    signs = {"up": 1, "down": -1}
    found = {}
    for measure in measures:
        spec = catalog.results.get(measure.id) or catalog.indicators.get(measure.id)
        if spec is not None and spec.direction in signs:
            found[measure.name] = signs[spec.direction]
    return found
