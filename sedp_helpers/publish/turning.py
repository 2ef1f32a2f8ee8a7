"""Which blocks stand on turned pages: wide tables with the headings and short texts that lead to
them, so that nothing stands alone on a page and tables that follow each other share pages."""

from __future__ import annotations

from collections.abc import Sequence

from sedp_helpers.blocks import Block, Heading, Paragraph, Table
from sedp_helpers.publish.columns import fit_table

MOST_TEXTS = 2  # paragraphs between a heading and its table that turn with it


def part_pages(blocks: Sequence[Block]) -> list[tuple[bool, list[Block]]]:
    """Runs of blocks in order, each with whether its pages are turned."""
    runs: list[tuple[bool, list[Block]]] = []
    for place, block in enumerate(blocks):
        before = bool(runs) and runs[-1][0]
        turned = _is_turned(blocks[place:], before=before)
        if not runs or turned != before:
            runs.append((turned, []))
        runs[-1][1].append(block)
    return runs


def _is_turned(blocks: Sequence[Block], *, before: bool) -> bool:
    """Whether the first block is a wide table or leads to one; a text leads only after a turn."""
    if isinstance(blocks[0], Paragraph) and not before:
        return False
    texts = 0
    for block in blocks:
        if isinstance(block, Table):
            return bool(block.columns) and fit_table(block).landscape
        texts += isinstance(block, Paragraph)
        if not isinstance(block, (Heading, Paragraph)) or texts > MOST_TEXTS:
            return False
    return False
