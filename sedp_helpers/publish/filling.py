"""Which figures stand where they are spoken of and which at the head of the next page, so that no
page stays half empty before a figure that does not fit it.

Only the page decides this, by heights that are reckoned; the order of the figures never changes.
"""

from __future__ import annotations

from collections.abc import Sequence

from sedp_helpers.blocks import Block, Box, Document, Figure, Heading, PageBreak, Paragraph, Table
from sedp_helpers.publish.beside import Afloat, Row, is_small
from sedp_helpers.publish.columns import count_unparted, fit_table
from sedp_helpers.publish.heights import PAGE, measure_block
from sedp_helpers.publish.look import LOOK

LEAST_GAP = 70.0  # at the foot of a page that is worth filling
DOUBT = 6.0  # by which the reckoning may be wrong
NEAR = 24.0  # left under a wide figure that may not fit after all
TABLE_OPENING = float(LOOK["table_opening"])  # caption, head and first rows
TITLE_SPACE = (
    LOOK["chapter_space"] - 6.0
)  # over the title of a chapter, beside what is under the block before it
LEAST_OPENING = 150.0  # a fifth of a page
SHORT_BOX = 150.0
LEAD = 24.0  # two lines of a text, which must stand together
CONTENTS_TITLE, CONTENTS_LINE = 27.0, 15.6


def measure_contents(document: Document) -> float:
    """Points that the contents take of the page on which the report begins."""
    return CONTENTS_TITLE + CONTENTS_LINE * len(document.sections)


def measure_opening(blocks: Sequence[Block | Row | Afloat]) -> float:
    """Points that a chapter needs to begin on a page: its title, its finding, and what follows up
    to the text of its first figure, or to its first table, of which a short one is there whole."""
    told = 0.0
    for block in blocks:
        if isinstance(block, Row) and not _part(block)[0]:
            return max(LEAST_OPENING, told + measure_block(block))
        if isinstance(block, Row):
            return max(LEAST_OPENING, told + sum(map(measure_block, _part(block)[0])))
        if isinstance(block, Table) and block.columns:
            return max(LEAST_OPENING, told + _measure_least(block))
        if isinstance(block, (Figure, Table, Afloat)):
            break
        told += measure_block(block)
    return LEAST_OPENING


class PageFiller:
    """Goes through the report in its order and keeps how much of the page is taken."""

    def __init__(self, used: float = 0.0) -> None:
        self.used = used
        self._afloat: list[float] = []  # heights of what waits for the next page
        self._small: Figure | None = None  # waits for one to stand beside it
        self._placed: list[Block | Row | Afloat] = []

    def fill(self, blocks: Sequence[Block | Row]) -> list[Block | Row | Afloat]:
        """The blocks of a part of the report in their order on paper."""
        self._placed = []
        for place, (block, before) in enumerate(zip(blocks, [None, *blocks])):
            if isinstance(block, Heading) and block.level == 1:
                self._open_chapter(blocks[place:])
            elif isinstance(block, (Row, Figure)):
                self._place_figure(block, headed=_is_headed(block, before))
                continue
            elif isinstance(block, (Heading, Box)) or _leads(blocks[place:]):
                if _is_headed(blocks[place + 1] if blocks[place + 1 :] else None, block):
                    self._float_small()  # the figure comes after those that wait
                    self._flush()
                self._make_room(_measure_lead(blocks[place:]))
            self._take(block)
        self._float_small()
        return self._placed

    def turn(self) -> None:
        """A new page; what waited for it stands at its head, as much as has room there."""
        self._float_small()
        self.used = 0.0
        while self._afloat and (not self.used or self.used + self._afloat[0] <= PAGE):
            self.used = min(self.used + self._afloat.pop(0), PAGE)

    def _flush(self) -> None:
        """Everything that waits has its place before what comes next."""
        while self._afloat:
            self.turn()

    def _take(self, block: Block | Row, *, loose: bool = False) -> None:
        """A block in its place; what does not fit goes on over the next page. ``loose``: a wide
        figure that fills its page to the end may still wait for the next one."""
        end = self.used + measure_block(block)
        if isinstance(block, PageBreak):
            end = PAGE + self.used
        while end > PAGE:
            left = min(end - PAGE, PAGE)
            self.turn()
            end = self.used + (0.0 if isinstance(block, PageBreak) else left)
        self.used = end
        if loose and isinstance(block, Figure) and PAGE - end < NEAR:
            self._placed.append(Afloat((block,)))
        else:
            self._placed.append(block)

    def _make_room(self, height: float) -> None:
        if self.used + height > PAGE:
            self.turn()

    def _open_chapter(self, blocks: Sequence[Block | Row]) -> None:
        """A chapter begins on the page where enough of it is free; figures before it come first."""
        self._float_small()
        self._flush()
        if self.used and self.used + TITLE_SPACE + measure_opening(blocks) > PAGE:
            self.turn()
        self.used += TITLE_SPACE if self.used else 0.0

    def _place_figure(self, block: Row | Figure, *, headed: bool) -> None:
        waits = bool(self._afloat) or self._small is not None
        fits = self.used + measure_block(block) + DOUBT <= PAGE
        texts, figures = _part(block)
        room = PAGE - self.used
        small_gap = room < LEAST_GAP and not 0 < sum(map(measure_block, texts)) <= room
        if headed or (not waits and (fits or small_gap)):
            self._make_room(measure_block(block))
            self._take(block, loose=not headed)
            return
        for text in texts:
            self._take(text)
        self._defer(figures)

    def _defer(self, figures: tuple[Figure, ...]) -> None:
        if len(figures) > 1 or not is_small(figures[0]):
            self._float_small()
            self._float(figures)
        elif self._small is None:
            self._small = figures[0]
        else:
            pair, self._small = (self._small, *figures), None
            self._float(pair)

    def _float_small(self) -> None:
        """A small figure that found none to stand beside it goes alone."""
        if self._small is not None:
            alone, self._small = (self._small,), None
            self._float(alone)

    def _float(self, figures: tuple[Figure, ...]) -> None:
        """Figures for the next page; side by side they may fit this one after all."""
        block = _join(figures)
        height = measure_block(block)
        fits = not self._afloat and self.used + height - DOUBT <= PAGE
        if fits:
            self.used += height
        else:
            self._afloat.append(height)
        surely = fits and self.used + DOUBT <= PAGE
        self._placed.append(block if surely else Afloat(figures))


def is_whole(box: Box) -> bool:
    """Whether a framed group is so short that it stands on one page."""
    return measure_block(box) <= SHORT_BOX


def _leads(blocks: Sequence[Block | Row]) -> bool:
    """Whether the first block is a table or a text that stays with the table after it."""
    block, *after = blocks[:2]
    if isinstance(block, Paragraph) and after:
        block = after[0]
    return isinstance(block, Table) and bool(block.columns)


def _measure_lead(blocks: Sequence[Block | Row]) -> float:
    """Points that a block needs on a page with what must stand under it."""
    block, after = blocks[0], blocks[1:]
    if isinstance(block, Heading) and after:
        return measure_block(block) + _measure_lead(after)
    if _leads(blocks):
        if isinstance(block, Table):
            return _measure_least(block)
        return measure_block(block) + _measure_lead(after)
    if isinstance(block, Box):
        return measure_block(block) if is_whole(block) else LEAD
    if isinstance(block, (Row, Figure)):
        texts = sum(map(measure_block, _part(block)[0]))
        return min(measure_block(block), texts, LEAST_GAP) if texts else measure_block(block)
    return min(measure_block(block), LEAD)


def _is_headed(block: Block | Row | None, before: Block | Row | None) -> bool:
    """Whether it is a figure right under a heading, which would be left alone without it."""
    return isinstance(before, Heading) and isinstance(block, (Row, Figure)) and not _part(block)[0]


def _measure_least(table: Table) -> float:
    """What of a table must stand on a page together."""
    whole = count_unparted(table, fit_table(table))
    return measure_block(table) if whole else TABLE_OPENING


def _join(figures: tuple[Figure, ...]) -> Row | Figure:
    """Figures as they stand in a place: a wide one, or small ones in a row."""
    if len(figures) == 1 and not is_small(figures[0]):
        return figures[0]
    return Row(figures[:-1], figures[-1:])


def _part(block: Row | Figure) -> tuple[list[Block], tuple[Figure, ...]]:
    """The texts and the figures of a row."""
    if isinstance(block, Figure):
        return [], (block,)
    pieces = [*block.left, *block.right]
    texts: list[Block] = [piece for piece in pieces if not isinstance(piece, Figure)]
    return texts, tuple(piece for piece in pieces if isinstance(piece, Figure))
