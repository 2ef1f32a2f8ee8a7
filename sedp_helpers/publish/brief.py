"""A few plain pages as PDF: no cover, no contents, the same tables and the same fonts.

For what is handed out on paper; a whole report is set by ``pdf``.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import typst

from sedp_helpers.blocks import Document
from sedp_helpers.errors import OutputError
from sedp_helpers.publish.fonts import FONTS
from sedp_helpers.publish.glyphs import list_characters
from sedp_helpers.publish.look import read_templates
from sedp_helpers.publish.numbering import find_marks, number_document, read_stamp
from sedp_helpers.publish.pdf import STANDARDS
from sedp_helpers.publish.typst_source import TypstSource, make_array


class BriefSource(TypstSource):
    """Writes a document in the frame of ``templates/brief.typ``."""

    few_pages = upright = True

    def _write_frame(self, document: Document) -> str:
        meta = document.meta
        marks = make_array(self.quote_all(mark) for mark in find_marks(meta, self.words))
        fields = [
            f"{name}: {self.quote(meta.get(name, ''))}"
            for name in ("title", "subtitle", "language")
        ]
        fields += [f"marks: {marks}", f"page-word: {self.quote(self.words['page'])}"]
        return f'#import "brief.typ": brief\n#show: brief.with({", ".join(fields)})'

    def write(self, document: Document) -> str:
        """The source; the title of the first section is the title of the paper itself."""
        lines = ['#import "report.typ": *', self._write_frame(document)]
        for _, _, blocks in document.sections:
            lines += [f"#{call}" for call in self._write_blocks(blocks[1:])]
        return "\n".join(lines) + "\n"


def render_brief(document: Document, words: Mapping[str, str], fonts: Path = FONTS) -> bytes:
    """The PDF of a document without figures; same document, same bytes."""
    source = BriefSource(words, {}, list_characters(fonts)).write(number_document(document))
    files: Any = {"main.typ": source.encode("utf-8"), **read_templates("brief.typ")}
    try:
        return typst.compile(
            files,
            font_paths=[str(fonts)],
            ignore_system_fonts=True,
            format="pdf",
            pdf_standards=STANDARDS,
            timestamp=int(read_stamp(document.meta).timestamp()),
        )
    except typst.TypstError as error:
        raise OutputError(f"the PDF could not be set: {error}", key="pdf_failed") from error
