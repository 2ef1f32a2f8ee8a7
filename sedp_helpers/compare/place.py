"""A municipality against its peers, as rows for its own report.

The index of all places is made once for a panel and asked for each place; the figures of other
places enter a municipal report only as medians and quartiles of groups, never by name or value.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from math import nan
from typing import Any

import pandas as pd

from sedp_helpers.catalog.load import Catalog
from sedp_helpers.compare.data import read_directions
from sedp_helpers.compare.figures import (
    Measure,
    list_compared,
    tabulate_level,
    take_level,
)
from sedp_helpers.compare.peer_rows import write_standings, write_verdicts
from sedp_helpers.compare.peers import (
    SHARE,
    TRAITS,
    classify_function,
    find_functions,
    list_groups,
    tabulate_traits,
)
from sedp_helpers.compare.rows import write_row
from sedp_helpers.compare.standing import Verdict, judge, list_standings
from sedp_helpers.compute.rows import Row

METHOD = "peers"
NO_PANEL, NO_PEERS = "comparison_data", "peers"  # what is missing where nothing is compared
COUNTED = (("strengths", "strength"), ("weaknesses", "weakness"), ("differs", "differs"),
           ("middles", "middle"))


@dataclass(frozen=True)
class PeerIndex:
    """All places of a panel, ready to be compared in one base year."""

    catalog: Catalog
    base_year: int
    table: pd.DataFrame  # units × compared measures
    years: Mapping[str, int]  # the one year in which everybody is compared by a measure
    traits: pd.DataFrame
    functions: pd.Series
    likeness: pd.DataFrame
    weights: Mapping[str, float]
    count: int
    directions: Mapping[str, int]
    bounds: Mapping[str, Any]


def make_index(
    figures: pd.DataFrame, catalog: Catalog, settings: Mapping[str, Any], base_year: int,
    weights: Mapping[str, float] | None = None,
) -> PeerIndex:
    """The index of comparable figures of one kind (real or sample), traits beside them.

    ``weights`` of likeness as the user wants them, else those of catalog/district.yml.
    """
    measures = list_compared(settings)
    chosen = dict(weights or settings["peers"]["weights"])
    level = take_level(figures, base_year)
    traits = tabulate_traits(figures)
    names = {m.name for m in measures}
    mine = level[level["measure"].isin(names)]
    years = level.drop_duplicates("measure").set_index("measure")["year"].astype(int).to_dict()
    return PeerIndex(
        catalog, base_year, tabulate_level(mine, traits.index), years, traits,
        find_functions(traits, figures, settings["functions"], base_year),
        tabulate_level(level[level["measure"].isin(chosen)], traits.index), chosen,
        settings["peers"]["count"], read_directions(catalog, measures), settings["functions"])


def list_place_rows(index: PeerIndex, unit: str, own: pd.DataFrame) -> Iterator[Row]:
    """Medians and quartiles of the peers by model, and what holds under all of them.

    ``own``: the figures of the place itself as they are now; nothing for a place without any. A
    figure that no group of peers can be set beside is «not computable».
    """
    if own.empty:
        return
    seen = put_in(index, unit, own)
    groups = list_groups(seen.traits, seen.functions, seen.likeness, unit,
                         weights=seen.weights, count=seen.count)
    standings = list_standings(seen.table, unit, groups)
    yield from write_standings(index.catalog, standings, index.years)
    verdicts = judge(standings, index.directions)
    yield from write_verdicts(index.catalog, verdicts, index.years, METHOD)
    yield from _count(index, verdicts)
    placed = {one.measure for one in standings}
    mine = seen.table.loc[unit].dropna()
    yield from _list_unplaced(index.catalog, {name: index.years[name] for name in mine.index
                                              if name not in placed}, NO_PEERS)


def put_in(index: PeerIndex, unit: str, own: pd.DataFrame) -> PeerIndex:
    """The index with the place's own figures and traits as they are now."""
    mine = {Measure(row.indicator, row.item).name: row.value for row in own.itertuples()
            if index.years.get(Measure(row.indicator, row.item).name) == row.year}
    traits = pd.concat([index.traits.drop(index=unit, errors="ignore"), tabulate_traits(own)])
    shares = {Measure.read(name).item: value for name, value in mine.items()
              if Measure.read(name).id == SHARE}
    functions = index.functions.drop(index=unit, errors="ignore")
    functions[unit] = classify_function(shares, traits.at[unit, "type"], index.bounds)
    return PeerIndex(
        index.catalog, index.base_year, _put_row(index.table, unit, mine), index.years,
        traits[list(TRAITS)], functions, _put_row(index.likeness, unit, mine), index.weights,
        index.count, index.directions, index.bounds)


def _put_row(table: pd.DataFrame, unit: str, mine: Mapping[str, float]) -> pd.DataFrame:
    changed = table.copy()
    changed.loc[unit] = [mine.get(name, nan) for name in table.columns]
    return changed


def _count(index: PeerIndex, verdicts: Iterable[Verdict]) -> Iterator[Row]:
    """How many findings of each kind, by section and in all."""
    told = list(verdicts)
    sections: dict[str, list[Verdict]] = {}
    for one in told:
        row = write_row(index.catalog, Measure.read(one.measure).id, index.base_year, 0.0)
        sections.setdefault(row.section, []).append(one)
    for section, mine in {"": told, **sections}.items():
        for name, kind in COUNTED:
            yield write_row(index.catalog, f"compare.{name}", index.base_year,
                            float(sum(one.kind == kind for one in mine)), item=section,
                            method=METHOD)


def list_unplaced_rows(
    catalog: Catalog, settings: Mapping[str, Any], own: pd.DataFrame, base_year: int, why: str
) -> list[Row]:
    """«Not computable» for every compared figure that the place itself has."""
    names = {m.name for m in list_compared(settings)}
    level = take_level(own, base_year)
    mine = level[level["measure"].isin(names)]
    return list(_list_unplaced(catalog, dict(zip(mine["measure"], mine["year"])), why))


def _list_unplaced(catalog: Catalog, years: Mapping[str, int], why: str) -> Iterator[Row]:
    for name, year in years.items():
        measure = Measure.read(name)
        yield write_row(catalog, f"{measure.id}.peer_median", int(year), nan, item=measure.item,
                        method=METHOD, missing=why)
