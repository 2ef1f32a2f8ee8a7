"""Pictures of the comparison: map, small multiples, level and change, ranks, gaps."""

from __future__ import annotations

from statistics import median

from sedp_helpers.blocks import Cell, Column, Table
from sedp_helpers.compare.figures import Measure
from sedp_helpers.compare.joint_services import find_centre
from sedp_helpers.compare.level_rows import ALL
from sedp_helpers.district.pictures.base import DistrictPicture
from sedp_helpers.district.pictures.ends import (
    find_ends,
    list_strange,
    name_fallen,
    name_groups,
    note_strange,
    take_value,
)
from sedp_helpers.district.sight import Sight
from sedp_helpers.district.tables.comparison import (
    tabulate_ranks,
)
from sedp_helpers.present.book import Entry
from sedp_helpers.present.charts.dots import DotRow, DotsData
from sedp_helpers.present.charts.map import MapData, Spot
from sedp_helpers.present.charts.multiples import MultiplesData, Panel
from sedp_helpers.present.charts.ranks import RankRow, RanksData
from sedp_helpers.present.charts.scatter_change import ChangeData, Unit

MAP_HEIGHT, CHANGE_HEIGHT = 250.0, 250.0  # px of the plot: a figure shares its page with its text


def view_map(sight: Sight, text: str = "population.total") -> DistrictPicture:
    """Where the members lie and how they stand; members without coordinates are named beside."""
    measure = Measure.read(text)
    values = sight.by_member(measure.id, item=measure.item)
    spots, rows = [], []
    for unit in sight.units:
        member = sight.data.members.get(unit)
        centre = find_centre(member.registers.get("villages")) if member else None
        lat, lon = centre or (None, None)
        entry = values.get(unit)
        label = sight.wording.number(entry) if entry else str(sight.words["no_data"])
        spots.append(Spot(sight.name(unit), lon, lat, entry.value if entry else None, label))
        rows.append((Cell(sight.name(unit)), sight.cell(entry)))
    breaks = _cut_classes([e.value for e in values.values()])
    table = Table(
        "",
        (
            sight.column("member"),
            Column(sight.wording.measure(measure), sight.unit_of(measure.id), True),
        ),
        tuple(rows),
    )
    data = MapData(
        spots=tuple(spots),
        breaks=breaks,
        class_labels=_name_classes(sight, measure, breaks),
        height=MAP_HEIGHT,
    )
    figures, names = find_ends(sight, values, without=list_strange(sight, measure))
    return DistrictPicture(
        "map",
        data,
        table,
        tuple(values),
        empty=not any(s.lat for s in spots),
        figures=figures,
        names=names,
    )


def _cut_classes(values: list[float]) -> tuple[float, ...]:
    """One cut at the middle: the upper and the lower half of the members."""
    return (float(median(values)),) if len(set(values)) > 1 else ()


def _name_classes(sight: Sight, measure: Measure, breaks: tuple[float, ...]) -> tuple[str, ...]:
    if not breaks:
        return (sight.wording.measure(measure),)
    cut = sight.viewer.number(measure.id, breaks[0])
    return tuple(str(sight.words[name]).format(n=cut) for name in ("class_low", "class_high"))


def view_multiples(sight: Sight, text: str) -> DistrictPicture:
    """Every member's course on one scale beside the middle of all."""
    measure = Measure.read(text)
    series = {unit: _series(sight, measure, unit) for unit in sight.units}
    years = tuple(
        range(
            min((min(s) for s in series.values() if s), default=0),
            max((max(s) for s in series.values() if s), default=-1) + 1,
        )
    )
    panels = tuple(
        Panel(
            sight.name(unit),
            tuple(take_value(mine.get(year)) for year in years),
            _last_label(sight, mine),
        )
        for unit, mine in series.items()
    )
    middle = tuple(
        _middle([mine[year].value for mine in series.values() if year in mine]) for year in years
    )
    columns = (sight.column("member"), *(Column(str(year), numeric=True) for year in years))
    rows = tuple(
        (Cell(sight.name(unit)), *(sight.cell(mine.get(year)) for year in years))
        for unit, mine in series.items()
    )
    have = [unit for unit, mine in series.items() if mine]
    strange = list_strange(sight, measure)
    year = sight.year_of(measure) or (years[-1] if years else 0)
    figures, names = find_ends(
        sight, {u: series[u][year] for u in have if year in series[u]}, without=strange
    )
    strange = [unit for unit in strange if unit in have]
    beyond = frozenset(map(sight.name, strange))
    return DistrictPicture(
        "multiples",
        MultiplesData(years, panels, middle, beyond),
        Table("", columns, rows),
        tuple(have),
        empty=not have,
        unit=sight.unit_of(measure.id),
        subject=sight.wording.measure(measure),
        note=note_strange(sight, strange),
        figures=figures,
        names=names,
    )


def _series(sight: Sight, measure: Measure, unit: str) -> dict[int, Entry]:
    return {
        e.year: e
        for e in sight.book.entries(measure.id, item=measure.item)
        if e.method == f"member:{unit}" and e.known and e.year
    }


def _last_label(sight: Sight, series: dict[int, Entry]) -> str:
    return sight.wording.number(series[max(series)]) if series else str(sight.words["no_data"])


def _middle(values: list[float]) -> float | None:
    return float(median(values)) if len(values) > 1 else None


def view_change(sight: Sight, text: str) -> DistrictPicture:
    """Level and change of the members: who is high and growing, who is low and falling."""
    measure = Measure.read(text)
    units, rows, levels = [], [], []
    changes: dict[str, float] = {}
    years: list[int] = []
    for unit in sight.units:
        series = _series(sight, measure, unit)
        last = series[max(series)] if series else None
        first = series[min(series)] if len(series) > 1 else None
        change = last.value - first.value if last and first else None
        changes |= {unit: change} if change is not None else {}
        years += series
        label = sight.wording.number(last) if last else str(sight.words["no_data"])
        units.append(Unit(sight.name(unit), take_value(last), change, label))
        levels += [last.value] if last else []
        rows.append((Cell(sight.name(unit)), sight.cell(first), sight.cell(last)))
    columns = (
        sight.column("member"),
        sight.column("first", numeric=True),
        sight.column("last", numeric=True),
    )
    data = ChangeData(tuple(units), float(median(levels)) if levels else 0.0, height=CHANGE_HEIGHT)
    have = tuple(unit for unit in sight.units if _series(sight, measure, unit))
    words = {
        "level": f"{sight.wording.measure(measure)}, {sight.unit_of(measure.id)}",
        "change": str(sight.words["change_axis"]).format(
            first=min(years, default=""),
            last=max(years, default=""),
            unit=sight.unit_of(measure.id),
        ),
        **{f"{a}_{b}": "" for a in ("high", "low") for b in ("up", "down")},
    }
    return DistrictPicture(
        "scatter_change",
        data,
        Table("", columns, tuple(rows)),
        have,
        empty=not levels,
        words=words,
        subject=sight.wording.measure(measure),
        names=name_fallen(sight, changes),
    )


def view_ranks(sight: Sight, item: str = ALL) -> DistrictPicture:
    """The order with the range that each rank could have."""
    ranks, lows, highs = (
        sight.by_member(f"compare.{name}", item=item) for name in ("rank", "rank_low", "rank_high")
    )
    rows = tuple(
        RankRow(
            sight.name(unit),
            ranks[unit].value,
            _range(sight, lows, highs, unit),
            lows[unit].value,
            highs[unit].value,
        )
        for unit in sorted(ranks, key=lambda unit: (ranks[unit].value, unit))
    )
    table = tabulate_ranks(sight, item) or Table("", (), ())
    return DistrictPicture(
        "ranks",
        RanksData(rows, whole=True),
        table,
        tuple(ranks),
        empty=not rows,
        names=name_groups(sight, item),
    )


def _range(sight: Sight, lows: dict[str, Entry], highs: dict[str, Entry], unit: str) -> str:
    low, high = (sight.wording.number(part[unit]) for part in (lows, highs))
    return low if low == high else f"{low}–{high}"


def view_gaps(sight: Sight, text: str) -> DistrictPicture:
    """The lowest and the highest village of every member, joined."""
    measure = Measure.read(text)
    lows, highs = (
        sight.by_member(f"{measure.id}.{name}", item=measure.item, village=None)
        for name in ("village_low", "village_high")
    )
    units = sorted(lows, key=lambda unit: lows[unit].value - highs[unit].value)
    rows = tuple(
        DotRow(
            sight.name(unit),
            lows[unit].value,
            highs[unit].value,
            sight.wording.number(lows[unit]),
            sight.wording.number(highs[unit]),
        )
        for unit in units
    )
    columns = (
        sight.column("member"),
        sight.column("low_village", numeric=True),
        sight.column("high_village", numeric=True),
    )
    cells = tuple((Cell(sight.name(u)), sight.cell(lows[u]), sight.cell(highs[u])) for u in units)
    words = {"first": sight.head("low_village"), "second": sight.head("high_village")}
    figures, names = find_ends(
        sight, sight.by_member(f"{measure.id}.village_gap", item=measure.item)
    )
    return DistrictPicture(
        "dots",
        DotsData(rows),
        Table("", columns, cells),
        tuple(units),
        empty=not rows,
        unit=sight.unit_of(measure.id),
        words=words,
        subject=sight.wording.measure(measure),
        figures=figures,
        names=names,
    )
