"""Money of the plan by year, and what people think of the budget beside what it is."""

from __future__ import annotations

from sedp_helpers.blocks import Cell, Column, Table
from sedp_helpers.present.book import Entry
from sedp_helpers.present.charts.dots import DotRow, DotsData
from sedp_helpers.present.charts.stacked import Part, StackedData
from sedp_helpers.present.pictures.base import Picture, Viewer

MOST_SOURCES = 7


def view_funding(viewer: Viewer, ident: str) -> Picture:
    """Money by year, stacked by source, the smallest sources together; years of the plan."""
    entries = [e for e in viewer.book.entries(ident, item=None) if e.item and e.year is not None]
    years = sorted({e.year for e in entries if e.year is not None})
    sums: dict[str, float] = {}
    for entry in entries:
        sums[entry.item] = sums.get(entry.item, 0.0) + (entry.value if entry.known else 0.0)
    ranked = sorted(sums, key=lambda item: -sums[item])
    by_key = {(e.item, e.year): e for e in entries}
    cut = MOST_SOURCES if len(ranked) > MOST_SOURCES + 1 else len(ranked)
    parts: list[Part] = []
    rows = []
    for item in ranked:
        found = [by_key.get((item, year)) for year in years]
        name = viewer.wording.item_name(ident, item)
        rows.append((Cell(name), *(viewer.cell(e) for e in found)))
        if len(parts) < cut:
            parts.append(Part(name, _zeros(found), _millions(viewer, ident, _zeros(found))))
    if ranked[cut:]:
        rest = [[_amount(by_key.get((item, year))) for item in ranked[cut:]] for year in years]
        added = tuple(None if None in values else sum(v or 0.0 for v in values) for values in rest)
        parts.append(Part(viewer.head("other_parts"), added, _millions(viewer, ident, added)))
    unit = viewer.unit_of(ident)
    columns = (Column(viewer.head("item")), *(Column(str(y), unit, True) for y in years))
    data = StackedData(tuple(map(str, years)), tuple(parts), percent=False)
    return Picture("stacked", data, Table("", columns, tuple(rows)), empty=not rows, unit=unit)


def _amount(entry: Entry | None) -> float | None:
    """A source without any row in a year gives nothing; a row without an amount is unknown."""
    if entry is None:
        return 0.0
    return entry.value if entry.known else None


def _zeros(entries: list[Entry | None]) -> tuple[float | None, ...]:
    return tuple(_amount(entry) for entry in entries)


def _millions(viewer: Viewer, ident: str, values: tuple[float | None, ...]) -> tuple[str, ...]:
    return tuple("" if not value else viewer.number(ident, value) for value in values)


def view_guesses(viewer: Viewer, ident: str, *, real: str) -> Picture:
    """What people think the parts of the budget are (open dot) beside what they are (filled)."""
    guesses = {e.item: e for e in viewer.book.entries(ident, item=None) if e.item and e.known}
    rows, lines = [], []
    for item, guess in sorted(guesses.items(), key=lambda pair: -pair[1].value):
        found = [e for e in viewer.book.entries(real, item=item)
                 if e.year == guess.year and e.known]
        fact = found[0] if found else None
        name = viewer.wording.item_name(real, item)
        label = viewer.wording.number(fact) if fact else ""
        rows.append(DotRow(name, guess.value, fact.value if fact else None,
                           viewer.wording.number(guess), label))
        lines.append((Cell(name), viewer.cell(guess), viewer.cell(fact)))
    columns = (Column(viewer.head("item")), Column(viewer.wording.name(ident), "%", True),
               Column(viewer.wording.name(real), "%", True))
    return Picture("dots", DotsData(tuple(rows)), Table("", columns, tuple(lines)),
                   empty=not rows, unit=viewer.unit_of(ident),
                   words={"first": viewer.wording.name(ident), "second": viewer.wording.name(real)})
