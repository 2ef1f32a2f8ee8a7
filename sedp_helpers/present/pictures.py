"""From results to chart data: which entries a picture shows and how they are printed.

One function a picture; each answers the chart's data and the table behind it. Drawing is the
business of ``present.charts``, words of ``present.narrative``.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Callable, Sequence

from sedp_helpers.blocks import Cell, Column, Table
from sedp_helpers.language import format_number
from sedp_helpers.present.book import Entry, ResultBook
from sedp_helpers.present.charts.bars import BarsData, BarSeries
from sedp_helpers.present.charts.pyramid import PyramidData, Side
from sedp_helpers.present.charts.stacked import Part, StackedData
from sedp_helpers.present.charts.trend import TrendData
from sedp_helpers.present.charts.trend_lines import Forecast, Line
from sedp_helpers.present.charts.waterfall import Step, WaterfallData
from sedp_helpers.present.wording import Wording
from sedp_helpers.registry import Registry

MOST_PARTS = 7


@dataclass(frozen=True)
class Picture:
    """What a chart needs: its kind, data, words to add, and the table behind it."""

    kind: str
    data: object
    table: Table
    empty: bool = False
    unit: str = ""


@dataclass(frozen=True)
class Viewer:
    """The book and the printed side of it, as every picture needs both."""

    book: ResultBook
    wording: Wording

    def cell(self, entry: Entry | None) -> Cell:
        """A table cell of an entry; a missing one is empty with its status."""
        if entry is None:
            return Cell("", status="O")
        if not entry.known:
            return Cell("", status=entry.status)
        return Cell(
            self.wording.number(entry),
            entry.value,
            entry.key,
            entry.status,
            self.wording.decimals(entry.result),
        )

    def values(self, entries: Sequence[Entry | None]) -> tuple[float | None, ...]:
        return tuple(e.value if e is not None and e.known else None for e in entries)

    def labels(self, entries: Sequence[Entry | None]) -> tuple[str, ...]:
        return tuple(self.wording.number(e) if e is not None else "" for e in entries)

    def head(self, text: str) -> str:
        return str(self.wording.furniture["heads"].get(text, text))

    def unit_of(self, ident: str) -> str:
        thing = self.wording.catalog.indicators.get(ident) or self.wording.catalog.results.get(
            ident
        )
        return self.wording.unit(thing.unit) if thing else ""


View = Callable[..., Picture]
PICTURES: Registry[View] = Registry("picture")


@PICTURES.register("trend")
def view_trend(viewer: Viewer, ident: str, *, forecast: bool = True, **dims: str) -> Picture:
    """Level over the years with the recommended forecast and the handbook's figure."""
    book, wording = viewer.book, viewer.wording
    past = book.series(ident, **dims)
    line = Line(
        wording.name(ident),
        tuple(e.year or 0 for e in past),
        viewer.values(past),
        viewer.labels(past),
        tuple(e.status for e in past),
    )
    ahead = book.series(f"{ident}.forecast", method="recommended", **dims) if forecast else []
    hand = book.series(f"{ident}.forecast", method="handbook", **dims) if forecast else []
    data = TrendData((line,), _forecast(viewer, ahead), _forecast(viewer, hand))
    rows = [(str(e.year), e, None, None) for e in past]
    by_year = {e.year: e for e in hand}
    rows += [(str(e.year), None, e, by_year.get(e.year)) for e in ahead]
    return Picture(
        "trend",
        data,
        _trend_table(viewer, ident, rows, with_forecast=bool(ahead)),
        empty=not past,
        unit=viewer.unit_of(ident),
    )


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


def _trend_table(viewer: Viewer, ident: str, rows: list, *, with_forecast: bool) -> Table:
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


@PICTURES.register("pyramid")
def view_pyramid(viewer: Viewer, ident: str, *, year: int | None = None) -> Picture:
    """Men and women by age in the latest year that has both."""
    book = viewer.book
    entries = [e for e in book.entries(ident, sex=None, age=None) if e.sex and e.age and e.known]
    years = {e.year for e in entries if e.year is not None and e.year <= book.base_year}
    chosen = year or max(years, default=0)
    bands = merge_bands({e.age for e in entries if e.year == chosen})
    by_key = {(e.sex, e.age): e for e in entries if e.year == chosen}
    sides, rows = [], []
    for sex in ("m", "f"):
        sums = [
            sum(by_key[(sex, age)].value for age in parts if (sex, age) in by_key)
            for _, parts in bands
        ]
        labels = tuple(_number(viewer, ident, value) for value in sums)
        sides.append(Side(viewer.head(f"sex_{sex}"), tuple(sums), labels))
    for (sex, age), entry in sorted(by_key.items(), key=lambda pair: _low(pair[0][1])):
        if sex == "f":
            rows.append((Cell(age), viewer.cell(by_key.get(("m", age))), viewer.cell(entry)))
    unit = viewer.unit_of(ident)
    table = Table(
        "",
        (
            Column(viewer.head("age")),
            Column(viewer.head("sex_m"), unit, True),
            Column(viewer.head("sex_f"), unit, True),
        ),
        tuple(rows),
    )
    ages = tuple(name for name, _ in bands)
    return Picture(
        "pyramid", PyramidData(ages, sides[0], sides[1]), table, empty=not rows, unit=unit
    )


def _number(viewer: Viewer, ident: str, value: float) -> str:
    return format_number(value, viewer.wording.language, viewer.wording.decimals(ident))


def _low(age: str) -> int:
    return int(age.rstrip("+").partition("-")[0])


def merge_bands(bands: set[str], width: int = 5) -> list[tuple[str, list[str]]]:
    """Bands of the data gathered into bars of ``width`` years as far as their limits allow.

    >>> merge_bands({"0-4", "5-5", "6-9", "10+"})
    [('0–4', ['0-4']), ('5–9', ['5-5', '6-9']), ('10+', ['10+'])]
    """
    ordered = sorted(bands, key=_low)
    merged: list[tuple[int, int | None, list[str]]] = []
    for band in ordered:
        low, high = _low(band), None if band.endswith("+") else int(band.rpartition("-")[2])
        if merged and merged[-1][0] // width == low // width and merged[-1][1] is not None:
            merged[-1] = (merged[-1][0], high, [*merged[-1][2], band])
        else:
            merged.append((low, high, [band]))
    return [
        (f"{low}+" if high is None else f"{low}–{high}" if high != low else str(low), parts)
        for low, high, parts in merged
    ]


@PICTURES.register("structure")
def view_structure(
    viewer: Viewer, ident: str, *, dim: str = "item", percent: bool = True
) -> Picture:
    """Parts of a total over the years: the largest named, the rest as «other»."""
    book = viewer.book
    entries = [
        e
        for e in book.entries(ident, **{"item": "", "sex": "", "age": "", dim: None})
        if getattr(e, dim) and e.year is not None and e.year <= book.base_year
    ]
    years = sorted({e.year for e in entries if e.known and e.year is not None})[-8:]
    names = _largest([e for e in entries if e.year == (years[-1] if years else 0)], dim)
    by_key = {(getattr(e, dim), e.year): e for e in entries}
    parts, rows = [], []
    for name in names:
        found = [by_key.get((name, year)) for year in years]
        printed = viewer.wording.item_name(ident, name)
        if len(parts) < MOST_PARTS - 1 or len(names) <= MOST_PARTS:
            parts.append(Part(printed, viewer.values(found), viewer.labels(found)))
        rows.append((Cell(printed), *(viewer.cell(e) for e in found)))
    if len(names) > MOST_PARTS:
        parts.append(_rest(viewer, ident, by_key, names[MOST_PARTS - 1 :], years))
    unit = viewer.unit_of(ident)
    columns = (Column(viewer.head("item")), *(Column(str(y), unit, True) for y in years))
    data = StackedData(tuple(map(str, years)), tuple(parts), percent=percent)
    return Picture("stacked", data, Table("", columns, tuple(rows)), empty=not rows, unit=unit)


def _largest(entries: list[Entry], dim: str) -> list[str]:
    ranked = sorted(entries, key=lambda e: -e.value if e.known else 1.0)
    return list(dict.fromkeys(getattr(e, dim) for e in ranked))


def _rest(viewer: Viewer, ident: str, by_key: dict, names: list[str], years: list[int]) -> Part:
    sums: list[float | None] = []
    for year in years:
        known = [
            by_key[(n, year)].value
            for n in names
            if (n, year) in by_key and by_key[(n, year)].known
        ]
        sums.append(sum(known) if known else None)
    labels = tuple("" if v is None else _number(viewer, ident, v) for v in sums)
    return Part(viewer.head("other_parts"), tuple(sums), labels)


@PICTURES.register("bars")
def view_bars(viewer: Viewer, ident: str, *, dim: str = "item", when: str = "last") -> Picture:
    """The parts of one year side by side, largest first."""
    book = viewer.book
    latest: dict[str, Entry] = {}
    for entry in book.entries(ident, **{"item": "", "village": "", "age": "", dim: None}):
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


@PICTURES.register("waterfall")
def view_waterfall(
    viewer: Viewer, idents: Sequence[str], *, signs: Sequence[int], start: str, end: str
) -> Picture:
    """From last year's level to this year's, step by step."""
    book, wording = viewer.book, viewer.wording
    steps, rows = [], []
    for ident, sign, total, offset in (
        (start, 1, True, -1),
        *((i, s, False, 0) for i, s in zip(idents, signs)),
        (end, 1, True, 0),
    ):
        year = book.base_year + offset
        entry = next((e for e in book.series(ident) if e.year == year), None)
        name = f"{wording.name(ident)}, {year}" if total else wording.name(ident)
        value = sign * entry.value if entry is not None else None
        label = wording.number(entry) if entry is not None else ""
        label = f"−{label}" if sign < 0 and label else label
        steps.append(Step(name, value, label, total=total))
        rows.append((Cell(name), viewer.cell(entry)))
    unit = viewer.unit_of(end)
    columns = (Column(viewer.head("item")), Column(viewer.head("value"), unit, True))
    return Picture(
        "waterfall",
        WaterfallData(tuple(steps)),
        Table("", columns, tuple(rows)),
        empty=any(step.value is None for step in steps),
        unit=unit,
    )
