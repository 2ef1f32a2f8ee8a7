"""Men and women by age."""

from __future__ import annotations

from sedp_helpers.blocks import Cell, Column, Table
from sedp_helpers.present.charts.pyramid import PyramidData, Side
from sedp_helpers.present.pictures.base import Picture, Viewer


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
        labels = tuple(viewer.number(ident, value) for value in sums)
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
