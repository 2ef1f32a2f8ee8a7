"""Two pages for the head of a district: where the members are, what has to be decided.

Every number is one of the district book; nothing is added up over programmes.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sedp_helpers.blocks import Block, Document, Heading, PageBreak, Paragraph, Table
from sedp_helpers.commands.district_cover import make_meta
from sedp_helpers.commands.district_record import PaperFolder
from sedp_helpers.district.book import DistrictBook
from sedp_helpers.district.tables import TABLES
from sedp_helpers.language import format_date

HEAD_PAPER = "akim.pdf"
MOST = {"rows": 6, "status": 30, "passed": 5}
SHORT_LIST = 12  # members whose status and ranks share a page
PAGE_ROWS = 34  # of the two tables on the first page for the head; all so that a page stays a page


class HeadPaper:
    """Two pages for the head of a district in one language."""

    def __init__(self, book: DistrictBook, kept: PaperFolder) -> None:
        self.book, self.kept = book, kept
        self.sight, self.language = book.sight, book.language
        self.words: dict[str, Any] = book.words["papers"]

    def _document(self, title: str, subtitle: str, blocks: Sequence[Block]) -> Document:
        meta = {**make_meta(self.book.data, self.language), "title": title, "subtitle": subtitle}
        return Document(meta, (("paper", title, (Heading(1, title), *blocks)),))

    def make_head(self) -> Document:
        """Two pages: where the members are, and what the district decides about."""
        first = [
            *self._open("members"),
            *self._open("gaps"),
            *self._table("status", (0, -4, -3, -2, -1)),
        ]
        ranks = [*self._open("ranks"), *self._table("section_ranks")]
        turn: list[Block] = [PageBreak()]
        short = len(self.sight.units) <= SHORT_LIST
        checked = [*self._say_topic("outliers"), *self._table("outliers")]
        middle = [*ranks, *checked, *turn] if short else [*turn, *ranks]
        second = [
            *self._open("money"),
            *self._table("fund"),
            *self._table("state", (0, 2, 3, 4)),
            *self._open("joint"),
            *self._table("joint", (0, 1, 2, 3, 4)),
            *self._table("passed"),
        ]
        day = format_date(self.book.data.as_of, self.language)
        name = self.book.furniture["generic"]["district"].format(
            name=self.book.data.name.get(self.language)
        )
        return self._document(
            name, str(self.words["head_subtitle"]).format(day=day), [*first, *middle, *second]
        )

    def _say_topic(self, topic: str) -> list[Block]:
        return [
            Paragraph(block.spans)
            for block in self.book.say(topic).blocks
            if isinstance(block, Paragraph)
        ]

    def _open(self, part: str) -> list[Block]:
        return [
            Paragraph(block.spans)
            for block in self.book.opening(part).blocks
            if isinstance(block, Paragraph)
        ]

    def _table(self, name: str, columns: Sequence[int] = ()) -> list[Block]:
        """The first rows and some columns of a table of the book, which has them all."""
        table = TABLES.get(name)(self.sight)
        if table is None:
            return []
        left = max(PAGE_ROWS - 1 - len(self.sight.units), 3)
        most = left if name == "section_ranks" else MOST.get(name, MOST["rows"])
        rows = table.rows[:most]
        chosen = [place % len(table.columns) for place in columns or range(len(table.columns))]
        return [
            Table(
                table.caption,
                tuple(table.columns[place] for place in chosen),
                tuple(tuple(row[place] for place in chosen) for row in rows),
                notes=table.notes if name == "section_ranks" else (),
            )
        ]
