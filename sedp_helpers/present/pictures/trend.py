"""Level over the years with its forecast."""

from __future__ import annotations

from sedp_helpers.blocks import Cell, Column, Table
from sedp_helpers.present.book import Entry
from sedp_helpers.present.charts.trend import TrendData
from sedp_helpers.present.charts.trend_lines import Forecast, Line
from sedp_helpers.present.pictures.base import Picture, Viewer

Row = tuple[str, Entry | None, Entry | None, Entry | None]  # year, past, ahead, handbook


def view_trend(viewer: Viewer, ident: str, *, forecast: bool = True, **dims: str) -> Picture:
    """Level over the years with the recommended forecast and the handbook's figure."""
    book, wording = viewer.book, viewer.wording
    past = book.series(ident, until=None, **dims)
    line = Line(
        wording.name(ident),
        tuple(e.year or 0 for e in past),
        viewer.values(past),
        viewer.labels(past),
        tuple(e.status for e in past),
    )
    ahead, hand = (
        book.series(f"{ident}.forecast", method=method, until=None, **dims) if forecast else []
        for method in ("recommended", "handbook")
    )
    data = TrendData((line,), _forecast(viewer, ahead), _forecast(viewer, hand))
    rows: list[Row] = [(str(e.year), e, None, None) for e in past]
    by_year = {e.year: e for e in hand}
    rows += [(str(e.year), None, e, by_year.get(e.year)) for e in ahead]
    return Picture(
        "trend",
        data,
        _trend_table(viewer, ident, rows, with_forecast=bool(ahead)),
        empty=not past,
        unit=viewer.unit_of(ident),
        words=name_million(viewer, ident),
    )


def name_million(viewer: Viewer, ident: str) -> dict[str, str]:
    """The word for a million som, where the figure is a sum of money."""
    catalog = viewer.wording.catalog
    spec = catalog.indicators.get(ident) or catalog.results.get(ident)
    if spec is None or spec.unit != "som":
        return {}
    return {"unit_million": str(viewer.wording.furniture["money"]["million"])}


def _forecast(viewer: Viewer, entries: list[Entry]) -> Forecast | None:
    if not entries:
        return None
    bounds = {
        name: tuple(
            getattr(e, name) if getattr(e, name) == getattr(e, name) else None for e in entries
        )
        for name in ("lower_80", "upper_80", "lower_95", "upper_95")
    }
    filled = bounds if all(v is not None for v in bounds["lower_80"]) else {}
    return Forecast(
        tuple(e.year or 0 for e in entries),
        viewer.values(entries),
        viewer.labels(entries),
        **filled,
    )


def _trend_table(viewer: Viewer, ident: str, rows: list[Row], *, with_forecast: bool) -> Table:
    unit = viewer.unit_of(ident)
    columns = [Column(viewer.head("year")), Column(viewer.head("value"), unit, numeric=True)]
    if with_forecast:
        columns += [
            Column(viewer.head("forecast"), unit, numeric=True),
            Column(viewer.head("handbook"), unit, numeric=True),
        ]
    cells = []
    for year, past, ahead, hand in rows:
        row = [Cell(year), viewer.cell(past) if past else Cell("")]
        if with_forecast:
            row += [viewer.cell(e) if e else Cell("") for e in (ahead, hand)]
        cells.append(tuple(row))
    return Table("", tuple(columns), tuple(cells))
