"""The heat map of the comparison: the measures of a section against the members."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from sedp_helpers.blocks import Table
from sedp_helpers.compare.figures import Measure
from sedp_helpers.district.pictures.base import DistrictPicture
from sedp_helpers.district.pictures.ends import (
    find_ends,
    list_strange,
    name_groups,
    note_strange,
    take_value,
)
from sedp_helpers.district.sight import GAP, Sight
from sedp_helpers.district.tables.comparison import name_section, tabulate_level
from sedp_helpers.language import format_number, format_year
from sedp_helpers.present.book import Entry
from sedp_helpers.present.charts.heat import HeatData

WIDE = 10_000  # from here on a number is printed in thousands


def view_heat(sight: Sight, section: str) -> DistrictPicture:
    """Measures × members, each row on its own scale."""
    measures = sight.measures(section)
    values, labels, have = [], [], set()
    scales: list[float] = []
    strange: list[str] = []
    beyond = set()
    for place, measure in enumerate(measures):
        odd = list_strange(sight, measure)
        strange += odd
        beyond |= {(place, sight.units.index(unit)) for unit in odd if unit in sight.units}
        mine = sight.by_member(measure.id, item=measure.item, year=sight.year_of(measure))
        have |= set(mine)
        values.append(tuple(take_value(mine.get(unit)) for unit in sight.units))
        scale = _scale(mine.values())
        scales.append(scale)
        labels.append(
            tuple(_short(sight, mine[unit], scale) if unit in mine else GAP for unit in sight.units)
        )
    years = [sight.year_of(measure) for measure in measures]
    usual = max(set(years), key=years.count, default=None)
    heads = tuple(
        _name_row(sight, m, scale, "" if year == usual else f" ({year})")
        for m, scale, year in zip(measures, scales, years)
    )
    heat = HeatData(
        heads,
        tuple(sight.name(unit) for unit in sight.units),
        tuple(values),
        tuple(labels),
        beyond=frozenset(beyond),
        upright=True,
    )
    table = tabulate_level(sight, section) or Table("", (), ())
    picture = DistrictPicture(
        "heat",
        heat,
        table,
        tuple(sorted(have)),
        empty=not measures,
        subject=name_section(sight, section),
        note=note_strange(sight, strange),
        when=format_year(usual, sight.language) if usual else "",
    )
    picture = replace(picture, names={"item": section, **name_groups(sight, section)})
    return (
        picture
        if sight.one("compare.groups", item=section)
        else _tell_first(sight, picture, measures)
    )


def _tell_first(
    sight: Sight, picture: DistrictPicture, measures: Sequence[Measure]
) -> DistrictPicture:
    """A section without an order is titled by the ends of its first measure."""
    for measure in measures[:1]:
        values = sight.by_member(measure.id, item=measure.item, year=sight.year_of(measure))
        figures, names = find_ends(sight, values, without=list_strange(sight, measure))
        return replace(
            picture,
            figures=figures,
            names={**picture.names, **names, "measure": sight.wording.measure(measure)},
        )
    return picture


def _scale(entries: Iterable[Entry]) -> float:
    """1000 where the printed numbers would not fit a cell, else 1."""
    return 1000.0 if max((abs(e.value) for e in entries), default=0) >= WIDE else 1.0


def _short(sight: Sight, entry: Entry, scale: float) -> str:
    if scale > 1:
        return format_number(entry.value / scale, sight.language, 1)
    decimals = 0 if abs(entry.value) >= WIDE / 10 else sight.wording.decimals(entry.result)
    return format_number(entry.value, sight.language, decimals)


def _name_row(sight: Sight, measure: Measure, scale: float, year: str) -> str:
    unit = sight.unit_of(measure.id)
    if scale > 1:
        unit = str(sight.words["thousand"]).format(unit=unit)
    # a unit alone on a line is no name
    return f"{sight.wording.measure(measure)}{year},\u00a0{unit}"
