"""Rows of results.csv: a municipality against its peers, model by model.

The same rows stand in the district book (for every member) and in a municipality's own report
(for itself): ``method`` is the model, in the book followed by the member.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

import pandas as pd

from sedp_helpers.catalog.load import Catalog
from sedp_helpers.compare.data import DistrictData
from sedp_helpers.compare.figures import Measure, tabulate_level, take_level
from sedp_helpers.compare.gaps import find_outliers
from sedp_helpers.compare.peers import PeerGroup, list_groups
from sedp_helpers.compare.rows import member_method, write_row
from sedp_helpers.compare.standing import Standing, Verdict, judge, list_standings
from sedp_helpers.compute.rows import Row

KINDS = {"strength": 1.0, "middle": 0.0, "weakness": -1.0}


def find_all_groups(
    data: DistrictData, units: Sequence[str], weights: Mapping[str, float] | None = None
) -> dict[str, list[PeerGroup]]:
    """The peers of each unit by every model; empty without a panel. ``weights`` of likeness are
    laid over those of the district."""
    if data.panel is None or data.figures.empty:
        return {}
    count = data.settings["peers"]["count"]
    return {unit: list_groups(data.traits, data.functions, data.likeness_table, unit,
                              weights={**data.weights, **(weights or {})}, count=count)
            for unit in units if unit in data.traits.index}


def list_peer_rows(data: DistrictData) -> Iterator[Row]:
    """Medians of the peers, the verdicts, and how many of each there are, for every member."""
    groups = find_all_groups(data, data.roll.present)
    if not groups:
        return
    table, years = tabulate_all(data)
    table = hide_odd(data, table)
    counts = {"strength": 0, "weakness": 0, "differs": 0}
    for unit, mine in groups.items():
        if unit not in table.index:
            continue
        standings = list_standings(table, unit, mine)
        yield from write_standings(data.catalog, standings, years, suffix=f":{unit}")
        verdicts = judge(standings, data.directions)
        yield from write_verdicts(data.catalog, verdicts, years, member_method(unit))
        for verdict in verdicts:
            counts[verdict.kind] = counts.get(verdict.kind, 0) + 1
    for name, kind in (("strengths", "strength"), ("weaknesses", "weakness"),
                       ("differs", "differs")):
        yield write_row(data.catalog, f"compare.{name}", data.base_year, float(counts[kind]))


def tabulate_all(data: DistrictData) -> tuple[pd.DataFrame, dict[str, int]]:
    """All units of the panel × compared measures, and the year of each measure."""
    wanted = {m.name for m in data.measures}
    level = take_level(data.figures, data.base_year)
    level = level[level["measure"].isin(wanted)]
    years = level.drop_duplicates("measure").set_index("measure")["year"].astype(int).to_dict()
    return tabulate_level(level, sorted(level["unit"].unique())), years


def hide_odd(data: DistrictData, table: pd.DataFrame) -> pd.DataFrame:
    """The table without the members' figures that are still to be confirmed."""
    kept = table.copy()
    for unit, measure, _ in find_outliers(tabulate_level(data.level, data.roll.known)):
        if measure in kept.columns and unit in kept.index:
            kept.loc[unit, measure] = float("nan")
    return kept


def write_standings(
    catalog: Catalog, standings: Sequence[Standing], years: Mapping[str, int], *, suffix: str = ""
) -> Iterator[Row]:
    """The middle of the peers and on which side of it the unit stands, by model."""
    for one in standings:
        measure = Measure.read(one.measure)
        year, method = years[one.measure], f"{one.model}{suffix}"
        for name, value in (("peer_median", one.median), ("peer_low", one.low),
                            ("peer_high", one.high)):
            yield write_row(catalog, f"{measure.id}.{name}", year, value, item=measure.item,
                            method=method)
        yield write_row(catalog, f"{measure.id}.peers", year, float(one.peers),
                        item=measure.item, method=method, unit="unit")
        yield write_row(catalog, f"{measure.id}.peer_side", year, float(one.side),
                        item=measure.item, method=method, unit="index")


def write_verdicts(
    catalog: Catalog, verdicts: Sequence[Verdict], years: Mapping[str, int], method: str
) -> Iterator[Row]:
    """What holds under all models (1, 0, −1), and under how many a finding holds and changes."""
    for one in verdicts:
        measure = Measure.read(one.measure)
        fields = {"item": measure.item, "method": method}
        year = years[one.measure]
        if one.kind in KINDS:
            yield write_row(catalog, f"{measure.id}.verdict", year, KINDS[one.kind], unit="index",
                            **fields)
        yield write_row(catalog, f"{measure.id}.models_hold", year, float(len(one.holds)),
                        unit="unit", **fields)
        yield write_row(catalog, f"{measure.id}.models_change", year, float(len(one.changes)),
                        unit="unit", missing="", **fields)
