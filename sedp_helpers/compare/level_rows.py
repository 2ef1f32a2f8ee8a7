"""Rows of results.csv: the members' figures, their middle, their order, what stands out."""

from __future__ import annotations

from collections.abc import Iterator

import pandas as pd

from sedp_helpers.compare.data import DistrictData
from sedp_helpers.compare.figures import Measure, tabulate_level
from sedp_helpers.compare.gaps import find_outliers
from sedp_helpers.compare.ranks import rank_members, share_group
from sedp_helpers.compare.rows import member_method, write_row
from sedp_helpers.compute.facts import join_statuses
from sedp_helpers.compute.rows import Row

ALL = "all"  # the order over every section


def list_level_rows(data: DistrictData) -> Iterator[Row]:
    """Everything that sets the members side by side."""
    yield from list_figures(data)
    yield from list_middles(data)
    yield from _list_orders(data)
    yield from _list_outliers(data)


def list_figures(data: DistrictData) -> Iterator[Row]:
    """Every figure of every member and year up to the base year."""
    for row in data.own[data.own["year"] <= data.base_year].itertuples():
        yield write_row(data.catalog, row.indicator, row.year, row.value, item=row.item,
                        status=row.status, method=member_method(row.unit))


def list_middles(data: DistrictData) -> Iterator[Row]:
    """Median, lowest and highest of a measure in the year compared; who is missing is named."""
    complete = 0
    wanted = {m.name for m in data.measures}
    groups = data.level[data.level["measure"].isin(wanted)].groupby(["indicator", "item"],
                                                                    sort=False)
    for (ident, item), part in groups:
        missing = data.roll.absent(part["unit"])
        complete += data.roll.is_whole(part["unit"])
        year, status = int(part["year"].iloc[0]), join_statuses(part["status"])
        numbers = {"median": part["value"].median(), "lowest": part["value"].min(),
                   "highest": part["value"].max()}
        for name, value in numbers.items():
            yield write_row(data.catalog, f"{ident}.{name}", year, float(value), item=str(item),
                            method="members", status=status, missing=";".join(missing))
        yield write_row(data.catalog, f"{ident}.have", year, float(len(part)), item=str(item),
                        method="members", missing=";".join(missing), unit="unit")
    yield write_row(data.catalog, "district.measures", data.base_year, float(len(groups)))
    yield write_row(data.catalog, "district.complete", data.base_year, float(complete))


def _list_orders(data: DistrictData) -> Iterator[Row]:
    """The order over all sections and within each, with the range of every rank."""
    sections = {name: [Measure.read(text).name for text in texts]
                for name, texts in data.settings["compared"].items()}
    table = hide_outliers(tabulate_level(data.level, data.roll.known))
    for item, names in {ALL: [m.name for m in data.measures], **sections}.items():
        ranks = rank_members(table[[name for name in names if name in table.columns]],
                             data.directions)
        yield from _list_order(data, item, ranks)


def hide_outliers(table: pd.DataFrame) -> pd.DataFrame:
    """The table without figures far from the rest: until they are confirmed they order nobody."""
    kept = table.copy()
    for unit, measure, _ in find_outliers(table):
        kept.loc[unit, measure] = float("nan")
    return kept


def _list_order(data: DistrictData, item: str, ranks: pd.DataFrame) -> Iterator[Row]:
    year = data.base_year
    for unit, place in ranks.iterrows():
        for name in ("score", "rank", "rank_low", "rank_high", "group"):
            yield write_row(data.catalog, f"compare.{name}", year, float(place[name]), item=item,
                            method=member_method(str(unit)))
    if len(ranks):
        missing = ";".join(data.roll.absent(ranks.index))
        yield write_row(data.catalog, "compare.groups", year, float(len(share_group(ranks))),
                        item=item, missing=missing)
        yield write_row(data.catalog, "compare.ranked", year, float(len(ranks)), item=item,
                        missing=missing)


def _list_outliers(data: DistrictData) -> Iterator[Row]:
    """How many robust standard deviations a figure is from the rest; only those far away."""
    wanted = {m.name for m in data.measures}
    level = data.level[data.level["measure"].isin(wanted)]
    years = level.drop_duplicates("measure").set_index("measure")["year"]
    count = 0
    for unit, measure, apart in find_outliers(tabulate_level(level, data.roll.known)):
        count += 1
        one = Measure.read(measure)
        yield write_row(data.catalog, f"{one.id}.deviation", int(years[measure]), apart,
                        item=one.item, method=member_method(unit), unit="index")
    yield write_row(data.catalog, "compare.outliers", data.base_year, float(count))
