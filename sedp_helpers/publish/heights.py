"""How high blocks are on the printed page, reckoned from their texts and sizes.

Nothing is set for it: it is as near as the choice needs whether a figure fits what is left of a
page. Points; sizes are those of ``templates/look.json``, which the
typesetter reads too, heights of lines are measured.
"""

from __future__ import annotations

from collections.abc import Sequence

from sedp_helpers.blocks import (
    Block,
    Box,
    Figure,
    Heading,
    Listing,
    Paragraph,
    Span,
    Table,
    is_band,
)
from sedp_helpers.publish.beside import Row, is_small
from sedp_helpers.publish.columns import PADDING, Layout, fit_table
from sedp_helpers.publish.letters import count_lines
from sedp_helpers.publish.look import LOOK, measure_page
from sedp_helpers.publish.numbering import title_column, title_heading

MEASURE, PAGE = measure_page()
GUTTER = float(LOOK["gutter"])
HALF = (MEASURE - GUTTER) / 2
TEXT, NOTE = LOOK["text"], LOOK["roles"]["note"]
LINE = 12.0  # from one line of running text to the next
GAP = 7.4  # between paragraphs
CAPTION, CAPTION_LINE = LOOK["caption"], 13.0
SOURCE, SOURCE_LINE = LOOK["source"], 11.4
NUMBERED = "0" * 7 + ". "  # as wide as the word and number before a caption
LED = "0" * 5 + ": "  # as wide as the word before a source
ROLES = {
    "finding": (LOOK["roles"]["finding"], 13.5, 9.0),
    "question": (TEXT, LINE, -2.0),
    "answer": (LOOK["roles"]["answer"], 11.7, 2.0),
    "warning": (TEXT, LINE, 16.0),
    "note": (NOTE, 11.5, 2.0),
    "source": (NOTE, 11.5, 2.0),
    "caveat": (NOTE, 11.5, 2.0),
    "missing": (TEXT, LINE, 8.0),
}  # size, line, what is added
HEADINGS = dict(enumerate(zip(LOOK["headings"], (27.0, 21.0, 13.5)), 1))  # size, height of a line
FRAME = 42.0  # edges and distances of a framed group
ITEM_GAP, LIST_INDENT = 0.4, 15.0
ROW_GAPS = 5.0  # over and under figures in their places
FIGURE_GAPS = 8.0


def measure_block(block: Block | Row, width: float = MEASURE) -> float:
    """Points that a block takes with the distance to the next one."""
    if isinstance(block, Row):
        alone = not block.left  # the caption stands beside its figure
        sides = (
            [measure_drawing(figure, HALF) for figure in block.right]
            if alone
            else [_measure_side(block.left), _measure_side(block.right)]
        )
        return max(sides) + ROW_GAPS
    if isinstance(block, Heading):
        size, height = HEADINGS[block.level]
        lines = count_lines(title_heading(block), width, size, bold=True)
        return height + (lines - 1) * size * 1.25
    if isinstance(block, Paragraph):
        size, line, more = ROLES.get(block.role, (TEXT, LINE, 2.0))
        bold = block.role == "question"
        return line * count_lines(_join(block.spans), width, size, bold=bold) + more
    if isinstance(block, Listing):
        items = (count_lines(_join(item), width - LIST_INDENT, TEXT) for item in block.items)
        return sum(LINE * lines + ITEM_GAP for lines in items) + 2.0
    if isinstance(block, Figure):
        return measure_figure(block, width) + FIGURE_GAPS
    if isinstance(block, Table):
        return measure_table(block)
    if isinstance(block, Box):
        return _measure_all(block.blocks, width - 18.0) + FRAME
    return 0.0


def measure_figure(figure: Figure, width: float = MEASURE) -> float:
    """The drawing at the width it is printed with, its caption above and its source below."""
    width = min(width, HALF) if is_small(figure) else width
    caption = CAPTION_LINE * count_lines(NUMBERED + figure.caption, width, CAPTION, bold=True)
    source = SOURCE_LINE * count_lines(LED + figure.source, width, SOURCE) + 2.0
    return measure_drawing(figure, width) + caption + (source if figure.source else 0.0)


def measure_drawing(figure: Figure, width: float) -> float:
    return figure.height * width / figure.width + 5.0


def measure_table(table: Table) -> float:
    """All rows of a table under one head, its caption and what stands under it."""
    if not table.columns:
        return LINE + GAP
    layout = fit_table(table)
    heads = [title_column(column.title, column.unit) for column in table.columns]
    lines = _count_row(heads, layout, bold=True) + (not table.rows)
    lines += sum(
        1 if is_band(row) else _count_row([cell.text for cell in row], layout) for row in table.rows
    )
    rows = lines * layout.size * 1.15 + (len(table.rows) + 1) * (5.4 - 0.45 * layout.size)
    below = [table.source, *table.notes] if table.source else table.notes
    notes = sum(SOURCE_LINE * count_lines(LED + text, MEASURE, SOURCE) for text in below)
    caption = CAPTION_LINE * count_lines(NUMBERED + table.caption, MEASURE, CAPTION, bold=True)
    return caption + rows + notes + 16.0


def _count_row(texts: Sequence[str], layout: Layout, *, bold: bool = False) -> int:
    """Lines of the tallest cell of a row."""
    return max(
        count_lines(text, width - PADDING, layout.size, bold=bold)
        for text, width in zip(texts, layout.widths)
    )


def _measure_side(blocks: Sequence[Block]) -> float:
    """One side of a row."""
    return sum(
        measure_figure(block, HALF) if isinstance(block, Figure) else measure_block(block, HALF)
        for block in blocks
    )


def _measure_all(blocks: Sequence[Block], width: float) -> float:
    return sum(measure_block(block, width) for block in blocks)


def _join(spans: Sequence[Span]) -> str:
    return "".join(span.text for span in spans)
