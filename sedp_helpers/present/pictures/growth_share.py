"""Share against growth: which sectors carry the economy and which of them grow."""

from __future__ import annotations

from sedp_helpers.blocks import Cell, Column, Table
from sedp_helpers.present.book import Entry
from sedp_helpers.present.charts.scatter_change import ChangeData, Unit
from sedp_helpers.present.pictures.base import Picture, Viewer


def view_growth_share(viewer: Viewer, ident: str, *, growth: str) -> Picture:
    """Items by share and growth of the last common year, parted by an even share and by the
    growth of the whole."""
    book, wording = viewer.book, viewer.wording
    series = {name: book.series(ident, until=book.base_year, item=name)
              for name in book.items(ident)}
    shares = {name: entries[-1] for name, entries in series.items() if entries}
    year = max((entry.year or 0 for entry in shares.values()), default=0)
    units, rows = [], []
    for name, share in shares.items():
        change = _at(viewer, growth, name, year)
        printed = wording.item_name(ident, name)
        label = f"{wording.amount(share)} · {wording.amount(change) if change else '…'}"
        units.append(Unit(printed, share.value if share.year == year else None,
                          change.value if change else None, label))
        rows.append((Cell(printed), viewer.cell(share), viewer.cell(change)))
    whole = _at(viewer, growth, "", year)
    data = ChangeData(tuple(units), 100 / max(len(units), 1), whole.value if whole else 0.0)
    columns = (Column(viewer.head("item")), *(
        Column(f"{wording.name(i)}, {year}", viewer.unit_of(i), True) for i in (ident, growth)))
    words = {"level": f"{wording.name(ident)}, {viewer.unit_of(ident)}",
             "change": f"{wording.name(growth)}, {viewer.unit_of(growth)}"}
    return Picture("scatter_change", data, Table("", columns, tuple(rows)),
                   empty=all(u.level is None or u.change is None for u in units),
                   unit=viewer.unit_of(ident), words=words)


def _at(viewer: Viewer, ident: str, item: str, year: int) -> Entry | None:
    return next((e for e in viewer.book.series(ident, item=item) if e.year == year), None)
