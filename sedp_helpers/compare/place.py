"""A municipality against its peers, as rows for its own report.

The index of all places is made once for a panel and asked for each place; the figures of other
places enter a municipal report only as medians and quartiles of groups, never by name or value.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import pandas as pd

from sedp_helpers.catalog.load import Catalog
from sedp_helpers.compare.data import read_directions
from sedp_helpers.compare.figures import (
    LOOK_BACK,
    Measure,
    calc_figures,
    tabulate_level,
    take_level,
)
from sedp_helpers.compare.peer_rows import find_functions, write_standings, write_verdicts
from sedp_helpers.compare.peers import list_groups, tabulate_traits
from sedp_helpers.compare.rows import write_row
from sedp_helpers.compare.standing import judge, list_standings
from sedp_helpers.compute.rows import Row

METHOD = "peers"


@dataclass(frozen=True)
class PeerIndex:
    """All places of a panel, ready to be compared in one base year."""

    catalog: Catalog
    base_year: int
    table: pd.DataFrame  # units × compared measures
    years: Mapping[str, int]
    traits: pd.DataFrame
    functions: pd.Series
    likeness: pd.DataFrame
    weights: Mapping[str, float]
    count: int
    directions: Mapping[str, int]


def make_index(
    panel: pd.DataFrame, catalog: Catalog, settings: Mapping[str, Any], base_year: int,
    weights: Mapping[str, float] | None = None,
) -> PeerIndex:
    """The index of a panel of one kind (real or sample); ``weights`` of likeness as the user
    wants them, else those of catalog/district.yml."""
    measures = [Measure.read(text) for texts in settings["compared"].values() for text in texts]
    chosen = dict(weights or settings["peers"]["weights"])
    shares = [Measure("economy.share_pct", sector) for sector in catalog.codes["sectors"]]
    recent = panel[panel["year"].between(base_year - LOOK_BACK - 1, base_year)]
    wanted = dict.fromkeys([*measures, *map(Measure.read, chosen), *shares])
    figures = calc_figures(recent, catalog, wanted)
    level = take_level(figures, base_year)
    traits = tabulate_traits(recent)
    names = {m.name for m in measures}
    mine = level[level["measure"].isin(names)]
    years = mine.drop_duplicates("measure").set_index("measure")["year"].astype(int).to_dict()
    return PeerIndex(
        catalog, base_year, tabulate_level(mine, traits.index), years, traits,
        find_functions(recent, figures, settings["functions"], base_year),
        tabulate_level(level[level["measure"].isin(chosen)], traits.index), chosen,
        settings["peers"]["count"], read_directions(catalog, measures))


def list_place_rows(index: PeerIndex, unit: str) -> Iterator[Row]:
    """Medians and quartiles of the peers by model, and what holds under all of them.

    Nothing for a place that is not in the panel.
    """
    if unit not in index.traits.index:
        return
    groups = list_groups(index.traits, index.functions, index.likeness, unit,
                         weights=index.weights, count=index.count)
    standings = list_standings(index.table, unit, groups)
    yield from write_standings(index.catalog, standings, index.years)
    verdicts = judge(standings, index.directions)
    yield from write_verdicts(index.catalog, verdicts, index.years, METHOD)
    for name, kind in (("strengths", "strength"), ("weaknesses", "weakness"),
                       ("differs", "differs")):
        yield write_row(index.catalog, f"compare.{name}", index.base_year,
                        float(sum(one.kind == kind for one in verdicts)), method=METHOD)
