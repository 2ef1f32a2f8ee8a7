"""Several figures of one unit over the years."""

from __future__ import annotations

from collections.abc import Sequence

from sedp_helpers.blocks import Cell, Column, Table
from sedp_helpers.present.charts.trend import TrendData
from sedp_helpers.present.charts.trend_lines import Line
from sedp_helpers.present.pictures.base import Picture, Viewer
from sedp_helpers.present.pictures.trend import name_million


def view_lines(viewer: Viewer, idents: Sequence[str], **dims: str) -> Picture:
    """One line a figure, up to the base year; figures without any year are left out."""
    book, wording = viewer.book, viewer.wording
    found = {ident: book.series(ident, until=book.base_year, **dims) for ident in idents}
    found = {ident: entries for ident, entries in found.items() if entries}
    lines = tuple(
        Line(wording.name(ident), tuple(e.year or 0 for e in entries), viewer.values(entries),
             viewer.labels(entries), tuple(e.status for e in entries))
        for ident, entries in found.items()
    )
    years = sorted({e.year or 0 for entries in found.values() for e in entries})
    by_year = {ident: {e.year: e for e in entries} for ident, entries in found.items()}
    columns = (Column(viewer.head("year")),
               *(Column(wording.name(ident), viewer.unit_of(ident), True) for ident in found))
    rows = tuple((Cell(str(year)), *(viewer.cell(by_year[ident].get(year)) for ident in found))
                 for year in years)
    return Picture("trend", TrendData(lines, from_zero=True), Table("", columns, rows),
                   empty=not found, unit=viewer.unit_of(idents[0]),
                   words=name_million(viewer, idents[0]))
