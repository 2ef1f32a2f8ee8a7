"""Pictures of the district itself: the fund by direction, food, needs by year."""

from __future__ import annotations

from sedp_helpers.blocks import Cell, Column, Table
from sedp_helpers.district.pictures.base import DistrictPicture
from sedp_helpers.district.sight import GAP, Sight
from sedp_helpers.district.tables.food import product_name
from sedp_helpers.district.tables.joint import tabulate_needs
from sedp_helpers.present.book import Entry
from sedp_helpers.present.charts.bars import BarsData, BarSeries
from sedp_helpers.present.charts.heat import HeatData
from sedp_helpers.present.charts.stacked import Part, StackedData


def view_fund(sight: Sight) -> DistrictPicture:
    """What the development fund was spent on, in per cent of each year."""
    directions = sight.book.items("fund.share_pct")
    series = {
        one: {e.year: e for e in sight.book.series("fund.share_pct", item=one)}
        for one in directions
    }
    years = sorted({year for mine in series.values() for year in mine if year})
    parts = tuple(
        Part(
            sight.code("fund_directions", one),
            _values(series[one], years),
            _labels(sight, series[one], years),
        )
        for one in directions
        if series[one]
    )
    rows = tuple(
        (
            Cell(sight.code("fund_directions", one)),
            *(sight.cell(series[one].get(year)) for year in years),
        )
        for one in directions
    )
    columns = (sight.column("direction"), *(Column(str(year), "%", True) for year in years))
    data = StackedData(tuple(map(str, years)), parts)
    last = {one: mine[years[-1]] for one, mine in series.items() if years and years[-1] in mine}
    most = max(last, key=lambda one: last[one].value, default="")
    return DistrictPicture(
        "stacked",
        data,
        Table("", columns, rows),
        empty=not years,
        unit="%",
        figures={"high": last[most]} if most else {},
        names={"most": sight.code("fund_directions", most)},
    )


def _values(series: dict, years: list[int]) -> tuple[float | None, ...]:
    return tuple(series[year].value if year in series else None for year in years)


def _labels(sight: Sight, series: dict, years: list[int]) -> tuple[str, ...]:
    return tuple(sight.wording.number(series[year]) if year in series else GAP for year in years)


def view_food(sight: Sight) -> DistrictPicture:
    """What share of its need the district grows, product by product."""
    found: list[tuple[str, Entry]] = []
    for product in sight.book.items("food.self_pct"):
        entry = sight.one("food.self_pct", item=product)
        if entry is not None and entry.known:
            found.append((product, entry))
    names = tuple(product_name(sight, product) for product, _ in found)
    bars = BarSeries(
        "", tuple(e.value for _, e in found), tuple(sight.wording.number(e) for _, e in found)
    )
    rows = tuple((Cell(name), sight.cell(entry)) for name, (_, entry) in zip(names, found))
    columns = (sight.column("product"), sight.column("food_self_pct", "%", numeric=True))
    return DistrictPicture(
        "bars",
        BarsData(names, (bars,), horizontal=True),
        Table("", columns, rows),
        empty=not found,
        unit="%",
    )


def view_needs(sight: Sight) -> DistrictPicture:
    """Where and when money is still to be found: members × years on one scale."""
    entries = {(e.method.partition(":")[2], e.year): e for e in sight.book.entries("need.open")}
    units = [unit for unit in sight.units if any(unit == one for one, _ in entries)]
    years = sorted({year for _, year in entries if year})
    values = tuple(
        tuple(_known_value(entries.get((unit, year))) for year in years) for unit in units
    )
    labels = tuple(
        tuple(
            sight.wording.amount(entries[unit, year]) if (unit, year) in entries else GAP
            for year in years
        )
        for unit in units
    )
    heat = HeatData(
        tuple(sight.name(unit) for unit in units),
        tuple(map(str, years)),
        values,
        labels,
        by_row=False,
    )
    table = tabulate_needs(sight) or Table("", (), ())
    unit, year = max(entries, key=lambda key: _known_value(entries[key]) or 0.0, default=("", None))
    return DistrictPicture(
        "heat",
        heat,
        table,
        tuple(units),
        empty=not units,
        figures={"high": entries[unit, year]} if unit else {},
        names={"high_name": sight.name(unit)} if unit else {},
    )


def _known_value(entry: Entry | None) -> float | None:
    return entry.value if entry is not None and entry.known else None
