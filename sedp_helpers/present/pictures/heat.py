"""Items against villages as a table of tones."""

from __future__ import annotations

from sedp_helpers.blocks import Cell, Column, Table
from sedp_helpers.present.book import Entry
from sedp_helpers.present.charts.heat import HeatData
from sedp_helpers.present.pictures.base import Picture, Viewer


def view_heat(viewer: Viewer, ident: str) -> Picture:
    """The latest year of an indicator that is known by item and village, on one scale."""
    cells = _latest_cells(viewer, ident)
    items = sorted({item for item, _ in cells}, key=lambda item: -_sum(cells, item))
    villages = sorted({village for _, village in cells}, key=viewer.wording.name)
    rows = [[cells.get((item, village)) for village in villages] for item in items]
    names = tuple(viewer.wording.item_name(ident, item) for item in items)
    heads = tuple(viewer.wording.name(village) for village in villages)
    unit = viewer.unit_of(ident)
    data = HeatData(names, heads, tuple(viewer.values(row) for row in rows),
                    tuple(viewer.labels(row) for row in rows), by_row=False)
    table = Table(
        "",
        (Column(viewer.head("item")), *(Column(head, unit, True) for head in heads)),
        tuple((Cell(name), *(viewer.cell(entry) for entry in row))
              for name, row in zip(names, rows)),
    )
    return Picture("heat", data, table, empty=not rows, unit=unit)


def _latest_cells(viewer: Viewer, ident: str) -> dict[tuple[str, str], Entry]:
    book = viewer.book
    entries = [e for e in book.entries(ident, item=None, village=None)
               if e.item and e.village and e.known and (e.year or 0) <= book.base_year]
    last = max((e.year or 0 for e in entries), default=0)
    return {(e.item, e.village): e for e in entries if e.year == last}


def _sum(cells: dict[tuple[str, str], Entry], item: str) -> float:
    return sum(entry.value for (name, _), entry in cells.items() if name == item)
