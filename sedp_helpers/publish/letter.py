"""A letter of an office as a Word file: addressee, text, signature, and the table on its own page.

Why: a data request is signed and sent on paper. No word is chosen here: all texts are given.
"""

from __future__ import annotations

import io
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

import docx
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.shared import Mm, Pt

from sedp_helpers.blocks import Cell, Column, Table
from sedp_helpers.publish.docx_parts import clean_text, fix_dates, put_paragraph, set_language
from sedp_helpers.publish.docx_styles import WIDTH, prepare_styles
from sedp_helpers.publish.docx_tables import add_cells

ADDRESSEE_INDENT = Mm(85)
TEXT_INDENT = Mm(12.5)


@dataclass(frozen=True)
class Letter:
    """The texts of a letter; ``rows`` are those of the table in the annex."""

    language: str
    office: str  # who writes
    dated: str
    addressee: str
    body: tuple[str, ...]
    attached: str
    signer: str
    signature: str
    annex: str
    caption: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


def render_letter(letter: Letter, words: Mapping[str, str], made: datetime) -> bytes:
    """The Word file; ``words`` are those of publish.yml."""
    word = docx.Document()
    prepare_styles(word)
    set_language(word, letter.language)
    _set_page(word)
    properties = word.core_properties
    properties.title, properties.author = clean_text(letter.caption)[:255], letter.office[:255]
    properties.created = properties.modified = made.replace(tzinfo=None)
    properties.comments = properties.last_modified_by = ""
    _write_face(word, letter)
    _write_annex(word, letter, words)
    target = io.BytesIO()
    word.save(target)
    return fix_dates(target.getvalue())


def _set_page(word: docx.document.Document) -> None:
    section = word.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.left_margin, section.right_margin = Mm(30), Mm(15)
    section.top_margin = section.bottom_margin = Mm(20)


def _write_face(word: docx.document.Document, letter: Letter) -> None:
    office = put_paragraph(word, "Normal", letter.office)
    office.alignment = WD_ALIGN_PARAGRAPH.CENTER
    office.runs[0].bold = True
    dated = put_paragraph(word, "Normal", letter.dated)
    dated.paragraph_format.space_after = Pt(24)
    addressee = put_paragraph(word, "Normal", letter.addressee)
    addressee.paragraph_format.left_indent = ADDRESSEE_INDENT
    addressee.paragraph_format.space_after = Pt(36)
    for text in letter.body:
        paragraph = put_paragraph(word, "Normal", text)
        paragraph.alignment = WD_ALIGN_PARAGRAPH.JUSTIFY
        paragraph.paragraph_format.first_line_indent = TEXT_INDENT
    attached = put_paragraph(word, "Normal", letter.attached)
    attached.paragraph_format.space_before = Pt(12)
    signed = put_paragraph(word, "Normal", f"{letter.signer}\t{letter.signature}")
    signed.paragraph_format.space_before = Pt(42)
    signed.paragraph_format.tab_stops.add_tab_stop(int(WIDTH * 0.5))


def _write_annex(word: docx.document.Document, letter: Letter, words: Mapping[str, str]) -> None:
    annex = put_paragraph(word, "Normal", letter.annex)
    annex.alignment = WD_ALIGN_PARAGRAPH.RIGHT
    annex.paragraph_format.page_break_before = True
    columns = tuple(Column(title, wide=place in (1, len(letter.columns) - 1))
                    for place, title in enumerate(letter.columns))
    rows = tuple(tuple(Cell(text) for text in row) for row in letter.rows)
    add_cells(word, Table(letter.caption, columns, rows), words)
