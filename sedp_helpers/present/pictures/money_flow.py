"""Where the money of a year came from and what it went to."""

from __future__ import annotations

from collections.abc import Sequence

from sedp_helpers.blocks import Cell, Column, Table
from sedp_helpers.present.book import Entry
from sedp_helpers.present.charts.flow import FlowData, Link, Node
from sedp_helpers.present.pictures.base import Picture, Viewer

MOST_NODES = 6  # more are a tangle of ribbons


def view_money_flow(viewer: Viewer, idents: Sequence[str]) -> Picture:
    """Sources (first id) and uses (second id) of the last year that has both.

    One pot: every use is paid from every source in proportion, as no money is earmarked here.
    What the two sides differ by is left to the balance; the ribbons carry the smaller side.
    """
    income, spending = idents
    year = max(_years(viewer, income) & _years(viewer, spending), default=0)
    sides = [_largest(viewer, ident, year) for ident in (income, spending)]
    sums = [sum(amount for _, amount, _ in side) for side in sides]
    scale = min(sums)
    links = [
        Link(i, j, scale * (source[1] / sums[0]) * (use[1] / sums[1]))
        for i, source in enumerate(sides[0]) for j, use in enumerate(sides[1])
    ] if scale > 0 else []
    nodes = [tuple(Node(name, label) for name, _, label in side) for side in sides]
    rows = [row for ident in (income, spending) for row in _rows(viewer, ident, year)]
    unit = viewer.unit_of(income)
    columns = (Column(viewer.head("indicator")), Column(viewer.head("item")),
               Column(str(year), unit, True))
    return Picture("flow", FlowData(nodes[0], nodes[1], tuple(links)),
                   Table("", columns, tuple(rows)), empty=not links, unit=unit)


def _parts(viewer: Viewer, ident: str, year: int | None = None) -> list[Entry]:
    last = viewer.book.base_year
    found = [e for e in viewer.book.entries(ident, item=None)
             if e.item and e.known and e.year is not None and e.year <= last]
    return sorted((e for e in found if year in (None, e.year)), key=lambda e: -e.value)


def _years(viewer: Viewer, ident: str) -> set[int]:
    return {e.year for e in _parts(viewer, ident) if e.year is not None}


def _largest(viewer: Viewer, ident: str, year: int) -> list[tuple[str, float, str]]:
    """Name, amount and printed amount of the largest parts; the rest as one."""
    parts = [e for e in _parts(viewer, ident, year) if e.value > 0]
    kept = parts if len(parts) <= MOST_NODES else parts[: MOST_NODES - 1]
    nodes = [(viewer.wording.item_name(ident, e.item), e.value, viewer.wording.amount(e))
             for e in kept]
    rest = sum(e.value for e in parts[len(kept):])
    if rest:
        label = viewer.wording.amount(parts[-1]._replace(value=rest))
        nodes.append((viewer.head("other_parts"), rest, label))
    return nodes


def _rows(viewer: Viewer, ident: str, year: int) -> list[tuple[Cell, ...]]:
    return [(Cell(viewer.wording.name(ident)), Cell(viewer.wording.item_name(ident, e.item)),
             viewer.cell(e)) for e in _parts(viewer, ident, year)]
