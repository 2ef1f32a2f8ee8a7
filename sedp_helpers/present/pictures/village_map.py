"""The villages as points with their names and a figure."""

from __future__ import annotations

from sedp_helpers.blocks import Cell, Column, Table
from sedp_helpers.present.charts.map import MapData, Spot
from sedp_helpers.present.pictures.base import Picture, Viewer


def view_village_map(viewer: Viewer, ident: str) -> Picture:
    """Every village by its last known figure; without a single place on the map it is empty."""
    spots, rows = [], []
    for village, (lat, lon) in viewer.places.items():
        series = viewer.book.series(ident, until=viewer.book.base_year, village=village)
        last = series[-1] if series else None
        name = viewer.wording.name(village)
        label = viewer.wording.amount(last) if last else ""
        spots.append(Spot(name, lon, lat, None, label))
        rows.append((Cell(name), Cell(str(last.year) if last else ""), viewer.cell(last)))
    columns = (Column(viewer.head("village")), Column(viewer.head("year")),
               Column(viewer.head("value"), viewer.unit_of(ident), True))
    empty = all(spot.lat is None or spot.lon is None for spot in spots)
    return Picture("map", MapData(spots=tuple(spots)), Table("", columns, tuple(rows)),
                   empty=empty, unit=viewer.unit_of(ident))
