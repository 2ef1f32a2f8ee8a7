"""Results as tables: the figures of a section over the years, or what is missing and from whom."""

from __future__ import annotations

from collections.abc import Iterable

from sedp_helpers.blocks import Cell, Column, Span, Table
from sedp_helpers.models import MISSING_STATUSES
from sedp_helpers.present.book import Entry
from sedp_helpers.present.hidden import mark_absent
from sedp_helpers.present.pictures import Viewer

MOST_YEARS = 6
STATUS_SIGNS = {"E", "F", "I", "P", "U", "V", "B", "N"}


def tabulate_indicators(
    viewer: Viewer, ids: Iterable[str], *, items: bool = False
) -> Table | None:
    """Totals, or single items, over the last years; None where nothing is known."""
    book = viewer.book
    found = [(ident, item) for ident in ids for item in (book.items(ident) if items else [""])]
    known = {key: _by_year(viewer, *key) for key in found}
    known = {key: years for key, years in known.items() if years}
    years = sorted({year for series in known.values() for year in series})[-MOST_YEARS:]
    if not years:
        return None
    rows = []
    for (ident, item), series in known.items():
        name = viewer.wording.name(ident)
        if item:
            name = f"{name}: {viewer.wording.item_name(ident, item)}"
        cells = [_flagged(viewer, series.get(year)) for year in years]
        rows.append((Cell(name), Cell(viewer.unit_of(ident)), *cells))
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
    lines = []
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


def list_statuses(viewer: Viewer, ids: Iterable[str]) -> dict[str, list[str]]:
    """Status letter -> names of the indicators that carry it, in the years up to the base year."""
    met: dict[str, dict[str, None]] = {}
    for ident in ids:
        for entry in viewer.book.entries(ident, sex=None, age=None, village=None, item=None):
            if entry.status in STATUS_SIGNS or entry.status in MISSING_STATUSES[1:]:
                met.setdefault(entry.status, {})[viewer.wording.name(ident)] = None
    return {status: list(names) for status, names in sorted(met.items())}
