"""Papers as plain Word files: no cover, no contents, blanks to be filled in by hand.

Uses the styles of the report's Word file, so that an office changes them once.
"""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from typing import Any

from docx.enum.table import WD_ROW_HEIGHT_RULE
from docx.shared import Mm

from sedp_helpers.blocks import Block, Document, Heading, Paragraph, Span
from sedp_helpers.hearing.sheet import Blank, Page
from sedp_helpers.publish.docx import DocxWriter
from sedp_helpers.publish.docx_parts import clean_text, fix_dates, set_language
from sedp_helpers.publish.docx_styles import WIDTH, prepare_styles


class LetterWriter(DocxWriter):
    """Writes a document from its first heading on."""

    def write(self) -> bytes:
        prepare_styles(self.word)
        set_language(self.word, str(self.meta.get("language", "ky")))
        self._set_page()
        self._set_properties()
        for _, _, blocks in self.document.sections:
            self._add_blocks(blocks)
        target = io.BytesIO()
        self.word.save(target)
        return fix_dates(target.getvalue())

    def _add_block(self, block: Block | Blank) -> None:
        if isinstance(block, Blank):
            self._add_blank(block)
        else:
            super()._add_block(block)

    def _add_blank(self, blank: Blank) -> None:
        grid = self.word.add_table(len(blank.rows) + 1, len(blank.heads), style="Table Grid")
        shares = [3.0 if place == blank.wide else _share(texts)
                  for place, texts in enumerate(zip(blank.heads, *blank.rows))]
        for place, share in enumerate(shares):
            grid.columns[place].width = int(WIDTH * share / sum(shares))
        for line, texts in zip(grid.rows, (blank.heads, *blank.rows)):
            line.height, line.height_rule = Mm(blank.height), WD_ROW_HEIGHT_RULE.AT_LEAST
            for place, text in enumerate(texts):
                line.cells[place].text = clean_text(text)
                line.cells[place].paragraphs[0].style = "Sedp Cell"
                line.cells[place].width = int(WIDTH * shares[place] / sum(shares))
        self._add_text("")


def _share(texts: Sequence[str]) -> float:
    """How much of the width a narrow column takes: room for its longest word."""
    longest = max(len(word) for text in texts for word in str(text).split(" "))
    return max(1.3, 0.11 * longest)


def render_letter(pages: Sequence[Page], words: Mapping[str, str], meta: Mapping[str, Any]
                  ) -> bytes:
    """The Word file of some pages; each begins on a new sheet."""
    facts = {**meta, "title": pages[0].title, "subtitle": pages[0].subtitle}
    sections = tuple((f"page-{number}", page.title, _list_blocks(page))
                     for number, page in enumerate(pages, 1))
    return LetterWriter(Document(facts, sections), words, {}).write()


def _list_blocks(page: Page) -> tuple[Any, ...]:
    under = (Paragraph((Span(page.subtitle),), "note"),) if page.subtitle else ()
    return (Heading(1, page.title), *under, *page.blocks)
