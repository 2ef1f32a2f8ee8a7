"""From last year to this year, step by step."""

from __future__ import annotations

from collections.abc import Sequence

from sedp_helpers.blocks import Cell, Column, Table
from sedp_helpers.present.charts.waterfall import Step, WaterfallData
from sedp_helpers.present.pictures.base import Picture, Viewer


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
        short = wording.furniture["steps"].get(ident, name)  # a column is too narrow for a long one
        steps.append(Step(name if total else short, value, label, total=total))
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
