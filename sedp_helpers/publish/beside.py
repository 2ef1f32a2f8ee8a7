"""Small figures find their place: beside the text that speaks of them, or beside each other.

Only the page decides this; the document model, numbers and the reading order stay as they are.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from math import ceil, inf

from sedp_helpers.blocks import Block, Figure, Paragraph

HALF_WIDTH = 500  # px; a narrower figure takes half the measure of the page
BEFORE, AFTER = ("text", "missing", "note"), ("note",)  # roles of the texts that go to the side
LINE = 15.5  # pt of a line of running text; a line of a caption takes as much
PER_PX = 0.56  # pt of the paper for a px of a small figure
LETTERS = 38  # on a line of half the measure
SPARE = 2  # lines by which the text may be longer than its figure


@dataclass(frozen=True)
class Row:
    """Two columns; an empty left one leaves its place to the caption of the figure."""

    left: tuple[Block, ...]
    right: tuple[Figure, ...]
    kind: str = field(default="row", init=False)


@dataclass(frozen=True)
class Afloat:
    """Figures for the head of the next page, the text running on: a wide one, or small ones side
    by side."""

    figures: tuple[Figure, ...]
    kind: str = field(default="afloat", init=False)


def place_beside(blocks: Sequence[Block]) -> list[Block | Row]:
    """The blocks with small figures in rows.

    Two that follow each other share a row; one alone takes the text before it and the notes after
    it to its side, as much as is about as high as the figure.

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
            placed.append(_surround(block, placed, rest))  # type: ignore[arg-type]
    return placed


def is_small(block: object) -> bool:
    return isinstance(block, Figure) and block.width < HALF_WIDTH


def _surround(figure: Figure, before: list[Block | Row], after: list[Block]) -> Row:
    """The figure with the paragraphs that stand beside it; they leave their lists."""
    room = _measure_figure(figure) + SPARE
    taken: list[Block] = []
    while before and _measure(before[-1], BEFORE) <= room:
        room -= _measure(before[-1], BEFORE)
        taken.insert(0, before.pop())  # type: ignore[arg-type]
    while after and _measure(after[0], AFTER) <= room:
        room -= _measure(after[0], AFTER)
        taken.append(after.pop(0))
    return Row(tuple(taken), (figure,))


def _measure(block: Block | Row, roles: tuple[str, ...]) -> float:
    """Lines of a paragraph in half the measure, with the gap after it; other blocks never fit."""
    if not isinstance(block, Paragraph) or block.role not in roles:
        return inf
    return _count_lines(block) + 0.3


def _count_lines(paragraph: Paragraph) -> int:
    return ceil(sum(len(span.text) for span in paragraph.spans) / LETTERS)


def _measure_figure(figure: Figure) -> float:
    """Lines of running text that are as high as a small figure with its caption and source."""
    words = ceil(len(figure.caption) / LETTERS) + ceil(len(figure.source) / LETTERS)
    return figure.height * PER_PX / LINE + words
