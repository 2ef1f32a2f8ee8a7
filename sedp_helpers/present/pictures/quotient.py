"""How much more a sector weighs here than in the wider territory, at first and now."""

from __future__ import annotations

from sedp_helpers.blocks import Cell, Column, Table
from sedp_helpers.present.charts.dots import DotRow, DotsData
from sedp_helpers.present.pictures.base import Picture, Viewer


def view_quotient(viewer: Viewer, ident: str, *, method: str = "output") -> Picture:
    """The quotient of each sector in the first and the last year, strongest first."""
    book = viewer.book
    found = [(name, book.series(ident, method=method, until=book.base_year, item=name))
             for name in book.items(ident)]
    ranked = sorted((pair for pair in found if pair[1]), key=lambda pair: -pair[1][-1].value)
    years = {e.year or 0 for _, series in ranked for e in (series[0], series[-1])}
    first, last = min(years, default=0), max(years, default=0)
    dots, rows = [], []
    for name, series in ranked:
        by_year = {e.year: e for e in series}
        ends = [by_year.get(first) if first != last else None, by_year.get(last)]
        printed = viewer.wording.item_name(ident, name)
        values, labels = viewer.values(ends), viewer.labels(ends)
        dots.append(DotRow(printed, values[0], values[1], labels[0], labels[1]))
        rows.append((Cell(printed), *(viewer.cell(entry) for entry in ends)))
    unit = viewer.unit_of(ident)
    columns = (Column(viewer.head("item")), Column(str(first), unit, True),
               Column(str(last), unit, True))
    return Picture("dots", DotsData(tuple(dots)), Table("", columns, tuple(rows)),
                   empty=not rows, unit=unit, words={"first": str(first), "second": str(last)})
