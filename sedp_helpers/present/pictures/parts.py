"""What each item consists of: used and unused, supported and not."""

from __future__ import annotations

from typing import Sequence

from sedp_helpers.blocks import Cell, Column, Table
from sedp_helpers.present.charts.stacked import Part, StackedData
from sedp_helpers.present.pictures.base import Picture, Viewer
from sedp_helpers.present.pictures.groups import find_latest


def view_parts(viewer: Viewer, idents: Sequence[str]) -> Picture:
    """Items as wholes of 100, one part a figure; only items for which every part is known and
    none is negative, and none that is part of another item."""
    found = {ident: find_latest(viewer, ident) for ident in idents}
    spec = viewer.wording.catalog.indicators.get(idents[0])
    inside = set(spec.of_which) if spec else set()
    complete = [name for name in found[idents[0]]
                if name not in inside and all(name in latest and latest[name].value >= 0 for latest in found.values())
                and sum(latest[name].value for latest in found.values()) > 0]
    printed = [viewer.wording.item_name(idents[0], name) for name in complete]
    parts, columns = [], [Column(viewer.head("item"))]
    for ident, latest in found.items():
        entries = [latest[name] for name in complete]
        parts.append(Part(viewer.wording.name(ident), viewer.values(entries),
                          viewer.labels(entries)))
        columns.append(Column(viewer.wording.name(ident), viewer.unit_of(ident), True))
    rows = tuple((Cell(text), *(viewer.cell(latest[name]) for latest in found.values()))
                 for name, text in zip(complete, printed))
    data = StackedData(tuple(printed), tuple(parts), percent=True, horizontal=True)
    return Picture("stacked", data, Table("", tuple(columns), rows), empty=not complete,
                   unit=viewer.unit_of(idents[0]))
