"""Several figures of the same items side by side."""

from __future__ import annotations

from collections.abc import Sequence

from sedp_helpers.blocks import Cell, Column, Table
from sedp_helpers.present.book import Entry
from sedp_helpers.present.charts.bars import BarsData, BarSeries
from sedp_helpers.present.pictures.base import Picture, Viewer


def view_groups(viewer: Viewer, idents: Sequence[str], *, dim: str = "item") -> Picture:
    """Items by their latest known figures, one bar a figure; items with none are left out."""
    found = {ident: find_latest(viewer, ident, dim) for ident in idents}
    names = list(dict.fromkeys(name for latest in found.values() for name in latest))
    printed = tuple(viewer.wording.item_name(idents[0], name) for name in names)
    series, columns = [], [Column(viewer.head(dim))]
    for ident, latest in found.items():
        entries = [latest.get(name) for name in names]
        title = viewer.wording.name(ident)
        missing = str(viewer.wording.furniture["charts"]["missing"])
        labels = [viewer.wording.number(e) if e is not None else missing for e in entries]
        series.append(BarSeries(title, viewer.values(entries), tuple(labels)))
        columns.append(Column(title, viewer.unit_of(ident), True))
    rows = tuple(
        (Cell(text), *(viewer.cell(latest.get(name)) for latest in found.values()))
        for name, text in zip(names, printed)
    )
    data = BarsData(printed, tuple(series), horizontal=True)
    return Picture("bars", data, Table("", tuple(columns), rows), empty=not names,
                   unit=viewer.unit_of(idents[0]))


def find_latest(viewer: Viewer, ident: str, dim: str = "item") -> dict[str, Entry]:
    """The last known entry up to the base year of every item, largest first."""
    book = viewer.book
    series = {name: book.series(ident, until=book.base_year, **{dim: name})
              for name in book.items(ident, dim)}
    return {name: entries[-1] for name, entries in series.items() if entries}
