"""What each item consists of: used and unused, supported and not."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from sedp_helpers.blocks import Cell, Column, Table
from sedp_helpers.present.book import Entry
from sedp_helpers.present.charts.stacked import Part, StackedData
from sedp_helpers.present.pictures.base import Picture, Viewer
from sedp_helpers.present.pictures.groups import find_latest


def view_parts(viewer: Viewer, idents: Sequence[str]) -> Picture:
    """Items as wholes of 100, one part a figure (see ``list_complete``)."""
    found = {ident: find_latest(viewer, ident) for ident in idents}
    complete = list_complete(viewer, found)
    printed = [viewer.wording.item_name(idents[0], name) for name in complete]
    parts, columns = [], [Column(viewer.head("item"))]
    for ident, latest in found.items():
        entries = [latest[name] for name in complete]
        title = viewer.wording.name(ident)
        parts.append(Part(title, viewer.values(entries), viewer.labels(entries)))
        columns.append(Column(title, viewer.unit_of(ident), True))
    rows = tuple((Cell(text), *(viewer.cell(latest[name]) for latest in found.values()))
                 for name, text in zip(complete, printed, strict=True))
    data = StackedData(tuple(printed), tuple(parts), percent=True, horizontal=True)
    return Picture("stacked", data, Table("", tuple(columns), rows), empty=not complete,
                   unit=viewer.unit_of(idents[0]))


def list_complete(viewer: Viewer, found: Mapping[str, Mapping[str, Entry]]) -> list[str]:
    """Items for which every part is known and none negative, and that are part of no other."""
    first = next(iter(found))
    spec = viewer.wording.catalog.indicators.get(first)
    inside = set(spec.of_which) if spec else set()
    complete = []
    for name in found[first]:
        parts = [latest[name].value for latest in found.values() if name in latest]
        if name not in inside and len(parts) == len(found) and min(parts) >= 0 < sum(parts):
            complete.append(name)
    return complete
