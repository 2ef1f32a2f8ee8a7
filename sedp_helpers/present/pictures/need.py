"""What will be needed against what there is now, year by year."""

from __future__ import annotations

from sedp_helpers.blocks import Cell, Column, Table
from sedp_helpers.present.charts.bars import BarsData, BarSeries
from sedp_helpers.present.pictures.base import Picture, Viewer


def view_need(viewer: Viewer, ident: str, *, supply: str) -> Picture:
    """The need of each year beside the last known supply, which is taken as unchanged."""
    book, wording = viewer.book, viewer.wording
    needs = book.series(ident)
    have = book.series(supply, until=book.base_year)[-1:]
    years = tuple(str(entry.year) for entry in needs)
    series = [BarSeries(wording.name(ident), viewer.values(needs), viewer.labels(needs))]
    if have:
        label = wording.number(have[0])
        name = f"{wording.name(supply)}, {have[0].year}"
        series.append(BarSeries(name, (have[0].value,) * len(needs), (label,) * len(needs)))
    unit = viewer.unit_of(ident)
    columns = (Column(viewer.head("year")), Column(wording.name(ident), unit, True),
               Column(wording.name(supply), unit, True))
    rows = [(Cell(year), viewer.cell(entry), viewer.cell(have[0] if have else None))
            for year, entry in zip(years, needs)]
    return Picture("bars", BarsData(years, tuple(series)),
                   Table("", columns, tuple(rows)), empty=not needs, unit=unit)
