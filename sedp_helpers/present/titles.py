"""The title of a figure: what it shows and what it finds, hedged by the status of its figures.

The rules stand in ``catalog/narrative`` under ``caption_…``; a figure without a rule has its name.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sedp_helpers.blocks import Span, Table
from sedp_helpers.present.narrative import Narrator

DOUBTED = ("U", "V", "E", "I", "P")  # a title that rests on such a figure says so


def tell_title(
    narrator: Narrator,
    statuses: Mapping[str, Mapping[str, Any]],
    topic: str,
    *,
    plain: str = "",
    **bound: str,
) -> tuple[Span, ...]:
    """The first rule that holds, with the doubt about the figures that it names; where none holds,
    ``plain`` or the name of the result."""
    paragraphs = narrator.tell(topic, **bound) if topic in narrator.topics else []
    told = [span for paragraph in paragraphs for span in paragraph.spans]
    if not told:
        return (Span(plain or narrator.names(bound["id"])),)
    met = [narrator.book.status_of(span.key) for span in told if span.key]
    doubt = next((status for status in DOUBTED if status in met), "")
    hedge = statuses[doubt]["sentence"].get(narrator.language) if doubt else ""
    return (*told, Span(f" ({hedge})")) if hedge else tuple(told)


def describe(table: Table, caption: str, label: str) -> str:
    """The text alternative: the finding and the first and last row of the data."""
    if not table.rows:
        return caption
    rows = [table.rows[0], table.rows[-1]] if len(table.rows) > 1 else [table.rows[0]]
    told = "; ".join(": ".join(filter(None, (cell.text for cell in row))) for row in rows)
    return f"{caption} {label}: {told}."
