"""Results as tables: the figures of a section over the years, or what is missing and from whom."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace

from sedp_helpers.blocks import Cell, Column, Span, Table
from sedp_helpers.present.book import Entry
from sedp_helpers.present.gaps import tell_where
from sedp_helpers.present.hidden import mark_absent
from sedp_helpers.present.pictures import Viewer

MOST_YEARS = 5
INDENT = "\u00a0\u00a0\u00a0"  # before the name of a part


def tabulate_indicators(viewer: Viewer, ids: Iterable[str]) -> Table | None:
    """Totals over the last years; None where nothing is known."""
    known = {ident: series for ident in ids if (series := _by_year(viewer, ident, ""))}
    years = _last_years(known.values())
    rows = [_row(viewer, ident, viewer.wording.name(ident), series, years)
            for ident, series in known.items()]
    whence = tuple(tell_where(viewer, ident) for ident in known)
    return replace(_table(viewer, years, rows), whence=whence) if years else None


def tabulate_parts(viewer: Viewer, ids: Iterable[str]) -> Table | None:
    """The parts of every indicator under a row with its name and total; None where none is known.

    The name stands once and not before every part, so that a row is one line.
    """
    found: dict[str, dict[str, dict[int, Entry]]] = {}
    for ident in ids:
        items = {item: _by_year(viewer, ident, item) for item in _list_items(viewer, ident)}
        found[ident] = {item: series for item, series in items.items() if series}
    years = _last_years(series for items in found.values() for series in items.values())
    rows: list[tuple[Cell, ...]] = []
    for ident, items in found.items():
        if not items:
            continue
        total = _by_year(viewer, ident, "")
        sums = tuple(viewer.cell(total[year]) if year in total else Cell("") for year in years)
        name, unit = viewer.wording.name(ident), viewer.unit_of(ident)
        rows.append(tuple(replace(c, style="total") for c in (Cell(name), Cell(unit), *sums)))
        rows += [_row(viewer, ident, INDENT + viewer.wording.item_name(ident, item), series, years)
                 for item, series in items.items()]
    return _table(viewer, years, rows) if years else None


def _list_items(viewer: Viewer, ident: str) -> list[str]:
    """Largest first; where some are parts of others («of which …») in the order of their code list,
    so that each stands under the whole it belongs to."""
    items = viewer.book.items(ident)
    spec = viewer.wording.catalog.indicators.get(ident)
    if spec is None or not spec.of_which:
        return items
    order = list(viewer.wording.catalog.codes[spec.items])
    return sorted(items, key=lambda item: order.index(item) if item in order else len(order))


def _last_years(known: Iterable[Mapping[int, Entry]]) -> list[int]:
    return sorted({year for series in known for year in series})[-MOST_YEARS:]


def _row(viewer: Viewer, ident: str, name: str, series: Mapping[int, Entry],
         years: Iterable[int]) -> tuple[Cell, ...]:
    cells = (_flagged(viewer, series.get(year)) for year in years)
    return (Cell(name), Cell(viewer.unit_of(ident)), *cells)


def _table(viewer: Viewer, years: Iterable[int], rows: list[tuple[Cell, ...]]) -> Table:
    columns = (
        Column(viewer.head("indicator"), wide=True),
        Column(viewer.head("unit")),
        *(Column(str(year), numeric=True) for year in years),
    )
    return Table("", columns, tuple(rows))


def _by_year(viewer: Viewer, ident: str, item: str) -> dict[int, Entry]:
    """Known figures and hidden ones by year, up to the base year."""
    book = viewer.book
    hidden = [e for e in book.entries(ident, item=item) if e.status == "Q"]
    shown = book.series(ident, item=item, until=book.base_year)
    return {e.year: e for e in (*hidden, *shown)
            if e.year is not None and e.year <= book.base_year}


def _flagged(viewer: Viewer, entry: Entry | None) -> Cell:
    """The number; an absent one is a dash that the notes explain, never an empty cell."""
    if entry is None or not entry.known:
        return Cell(mark_absent(entry), status=entry.status if entry else "O", style="muted")
    return viewer.cell(entry)


def list_missing(viewer: Viewer, ids: Iterable[str]) -> list[tuple[Span, ...]]:
    """Indicators without a figure for the base year, each with where to get it."""
    catalog, wording = viewer.wording.catalog, viewer.wording
    lines: list[tuple[Span, ...]] = []
    for ident in ids:
        spec = catalog.indicators.get(ident)
        if spec is None:
            continue
        offices = [
            catalog.sources[s]["name"].get(wording.language)
            for s in spec.source
            if s in catalog.sources
        ]
        text = spec.name.get(wording.language)
        if offices:
            text = f"{text} — {', '.join(offices)}"
        lines.append((Span(text),))
    return lines
