"""Parts of the land as areas of a rectangle."""

from __future__ import annotations

from sedp_helpers.blocks import Cell, Column, Table
from sedp_helpers.present.charts.areas import Area, AreasData
from sedp_helpers.present.pictures.base import Picture, Viewer
from sedp_helpers.present.pictures.groups import find_latest


def view_areas(viewer: Viewer, ident: str) -> Picture:
    """Items by their latest figure; items that are part of another stand in the table only."""
    latest = find_latest(viewer, ident)
    spec = viewer.wording.catalog.indicators.get(ident)
    inside = set(spec.of_which) if spec else set()
    areas, rows = [], []
    for name, entry in latest.items():
        printed = viewer.wording.item_name(ident, name)
        if name not in inside:
            areas.append(Area(printed, entry.value, viewer.wording.number(entry)))
        rows.append((Cell(printed), Cell(str(entry.year)), viewer.cell(entry)))
    unit = viewer.unit_of(ident)
    columns = (Column(viewer.head("item")), Column(viewer.head("year")),
               Column(viewer.head("value"), unit, True))
    return Picture("areas", AreasData(tuple(areas)), Table("", columns, tuple(rows)),
                   empty=not areas, unit=unit)
