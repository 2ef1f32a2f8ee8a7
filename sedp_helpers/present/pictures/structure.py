"""Parts of a total over the years."""

from __future__ import annotations

from sedp_helpers.blocks import Cell, Column, Table
from sedp_helpers.present.book import Entry
from sedp_helpers.present.charts.stacked import Part, StackedData
from sedp_helpers.present.pictures.base import Picture, Viewer

MOST_PARTS = 7


def view_structure(
    viewer: Viewer, ident: str, *, dim: str = "item", percent: bool = True
) -> Picture:
    """Parts of a total over the years: the largest named, the rest as «other»."""
    book = viewer.book
    entries = [
        e
        for e in book.entries(ident, method="", **{"item": "", "sex": "", "age": "", dim: None})
        if getattr(e, dim) and e.year is not None and e.year <= book.base_year
    ]
    years = sorted({e.year for e in entries if e.known and e.year is not None})[-8:]
    names = _largest([e for e in entries if e.year == (years[-1] if years else 0)], dim)
    by_key = {(getattr(e, dim), e.year): e for e in entries}
    parts: list[Part] = []
    rows: list[tuple[Cell, ...]] = []
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
    labels = tuple("" if v is None else viewer.number(ident, v) for v in sums)
    return Part(viewer.head("other_parts"), tuple(sums), labels)
