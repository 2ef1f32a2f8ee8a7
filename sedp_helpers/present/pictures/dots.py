"""The first and the last year of every item, joined."""

from __future__ import annotations

from sedp_helpers.blocks import Cell, Column, Table
from sedp_helpers.present.book import Entry
from sedp_helpers.present.charts.dots import DotRow, DotsData
from sedp_helpers.present.pictures.base import Picture, Viewer


def view_dots(viewer: Viewer, ident: str, *, dim: str = "item") -> Picture:
    """How far each item has come from its first known year to its last, largest first."""
    ends = {
        name: (series[0], series[-1])
        for name in viewer.book.items(ident, dim)
        if (series := viewer.book.series(ident, until=viewer.book.base_year, **{dim: name}))
    }
    ranked = sorted(ends.items(), key=lambda pair: -pair[1][1].value)
    rows, lines = [], []
    for name, (first, last) in ranked:
        printed = viewer.wording.item_name(ident, name)
        rows.append(_join_ends(viewer, printed, first, last))
        lines.append((Cell(printed), Cell(str(first.year)), viewer.cell(first),
                      Cell(str(last.year)), viewer.cell(last)))
    unit = viewer.unit_of(ident)
    year, value = Column(viewer.head("year")), Column(viewer.head("value"), unit, True)
    columns = (Column(viewer.head("item")), year, value, year, value)
    return Picture("dots", DotsData(tuple(rows)), Table("", columns, tuple(lines)),
                   empty=not rows, unit=unit)


def _join_ends(viewer: Viewer, name: str, first: Entry, last: Entry) -> DotRow:
    """One row; an item known in one year only has a single dot."""
    single = first.year == last.year
    labels = ("" if single else viewer.wording.number(first), viewer.wording.number(last))
    return DotRow(name, None if single else first.value, last.value, *labels)
