"""Parts of one year side by side."""

from __future__ import annotations

from sedp_helpers.blocks import Cell, Column, Table
from sedp_helpers.present.book import Entry
from sedp_helpers.present.charts.bars import BarsData, BarSeries
from sedp_helpers.present.pictures.base import Picture, Viewer


def view_bars(viewer: Viewer, ident: str, *, dim: str = "item", when: str = "last") -> Picture:
    """The parts of one year side by side, largest first."""
    book = viewer.book
    latest: dict[str, Entry] = {}
    for entry in book.entries(
        ident, method="", **{"item": "", "village": "", "age": "", dim: None}
    ):
        if getattr(entry, dim) and entry.known and (entry.year or 0) <= book.base_year:
            latest[getattr(entry, dim)] = entry
    ranked = sorted(latest.values(), key=lambda e: -e.value)
    names = tuple(viewer.wording.item_name(ident, getattr(e, dim)) for e in ranked)
    unit = viewer.unit_of(ident)
    series = BarSeries(viewer.wording.name(ident), viewer.values(ranked), viewer.labels(ranked))
    columns = (
        Column(viewer.head(dim)),
        Column(viewer.head("year")),
        Column(viewer.head("value"), unit, True),
    )
    rows = tuple((Cell(n), Cell(str(e.year)), viewer.cell(e)) for n, e in zip(names, ranked))
    return Picture(
        "bars",
        BarsData(names, (series,), horizontal=True),
        Table("", columns, rows),
        empty=not ranked,
        unit=unit,
    )
