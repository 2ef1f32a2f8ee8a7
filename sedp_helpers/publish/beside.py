"""Small figures find their place: beside the text that speaks of them, or beside each other.

Only the page decides this; the document model, numbers and the reading order stay as they are.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from sedp_helpers.blocks import Block, Figure, Paragraph

HALF_WIDTH = 500  # px; a narrower figure takes half the measure of the page
MOST_LETTERS = 900  # of the text beside a figure; more would run on below it
LEAST_LETTERS = 150  # a shorter text stands above


@dataclass(frozen=True)
class Row:
    """Two columns; an empty left one leaves its place to the caption of the figure."""

    left: tuple[Block, ...]
    right: tuple[Figure, ...]
    kind: str = field(default="row", init=False)


def place_beside(blocks: Sequence[Block]) -> list[Block | Row]:
    """The blocks with small figures in rows.

    Two that follow each other share a row; one alone takes the text before it to its side.

    >>> from sedp_helpers.blocks import Span, Table
    >>> small = Figure("", "", {}, Table("", (), ()), width=400)
    >>> text = Paragraph((Span("a" * 200),))
    >>> [len(row.left) for row in place_beside([text, small])], len(place_beside([small, small]))
    ([1], 1)
    """
    placed: list[Block | Row] = []
    rest = list(blocks)
    while rest:
        block = rest.pop(0)
        if not is_small(block):
            placed.append(block)
        elif rest and is_small(rest[0]):
            placed.append(Row((block,), (rest.pop(0),)))  # type: ignore[arg-type]
        else:
            placed.append(Row(_take_text(placed), (block,)))  # type: ignore[arg-type]
    return placed


def is_small(block: object) -> bool:
    return isinstance(block, Figure) and block.width < HALF_WIDTH


def _take_text(placed: list[Block | Row]) -> tuple[Block, ...]:
    """The paragraphs just before a figure, as many as stand beside it; they leave the list."""
    length, taken = 0, 0
    for block in reversed(placed):
        if not isinstance(block, Paragraph) or block.role not in ("text", "missing"):
            break
        letters = sum(len(span.text) for span in block.spans)
        if length + letters > MOST_LETTERS:
            break
        length, taken = length + letters, taken + 1
    if length < LEAST_LETTERS:
        return ()
    text = tuple(placed[len(placed) - taken:])
    del placed[len(placed) - taken:]
    return text  # type: ignore[return-value]
