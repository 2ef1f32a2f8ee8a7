"""The look of the Word report: named styles a clerk can change once for the whole file."""

from __future__ import annotations

from docx.document import Document as WordDocument
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_TAB_ALIGNMENT
from docx.shared import Mm, Pt, RGBColor
from docx.styles.style import ParagraphStyle

from sedp_helpers.publish.docx_parts import frame_style, set_font

ACCENT = "14506B"
BLACK = RGBColor(0, 0, 0)
SOFT = RGBColor(0x44, 0x53, 0x5E)
SIZE = Pt(14)
WIDTH = Mm(165)
HALF = Mm(100)  # of a small figure
ROLES = {  # role of a paragraph -> name of its style
    "finding": "Sedp Finding",
    "question": "Sedp Question",
    "missing": "Sedp Missing",
    "warning": "Sedp Warning",
    "source": "Sedp Source",
    "note": "Sedp Note",
    "caveat": "Sedp Note",
}


def prepare_styles(document: WordDocument) -> None:
    """Sets the usual styles and adds ours."""
    _set_base(document)
    _set_headings(document)
    _set_small(document)
    _set_framed(document)
    for level, indent in ((1, 0), (2, 8)):
        style = _make(document, f"toc {level}", 12 if level == 2 else 13)
        style.paragraph_format.left_indent = Mm(indent)
        # no dots: an office that does not compute the numbers would show them leading to nothing
        style.paragraph_format.tab_stops.add_tab_stop(WIDTH, WD_TAB_ALIGNMENT.RIGHT)


def _set_base(document: WordDocument) -> None:
    for name in ("Normal", "List Bullet", "List Number", "Title", "Subtitle", "Caption"):
        style = document.styles[name]
        set_font(style)
        style.font.color.rgb = BLACK
        style.font.size = SIZE
        style.font.bold = style.font.italic = False
        style.paragraph_format.space_after = Pt(6)
        style.paragraph_format.line_spacing = 1.15
    document.styles["Caption"].font.bold = True
    document.styles["Caption"].font.size = Pt(12)
    _space(document.styles["Caption"], before=12, after=4)
    document.styles["Caption"].paragraph_format.keep_with_next = True
    title = document.styles["Title"]
    title.font.size, title.font.bold = Pt(22), True
    title.paragraph_format.alignment = WD_ALIGN_PARAGRAPH.CENTER
    document.styles["Subtitle"].paragraph_format.alignment = WD_ALIGN_PARAGRAPH.CENTER
    for border in title.element.xpath("./w:pPr/w:pBdr"):
        border.getparent().remove(border)
    for name in ("Title", "Subtitle"):  # the letters of the library's styles stand apart
        for apart in document.styles[name].element.xpath("./w:rPr/w:spacing"):
            apart.getparent().remove(apart)


def _set_headings(document: WordDocument) -> None:
    for level, size in ((1, 17), (2, 15), (3, 14)):
        style = document.styles[f"Heading {level}"]
        set_font(style)
        style.font.color.rgb = BLACK
        style.font.size = Pt(size)
        style.font.bold, style.font.italic = True, level == 3
        style.paragraph_format.keep_with_next = True
        _space(style, before=0 if level == 1 else 14, after=12 if level == 1 else 6)
    document.styles["Heading 1"].paragraph_format.page_break_before = True
    heading = _make(document, "Sedp Contents", 17)
    heading.font.bold = True
    heading.paragraph_format.page_break_before = True
    _space(heading, before=0, after=12)


def _set_small(document: WordDocument) -> None:
    for name in ("Sedp Source", "Sedp Note"):
        style = _make(document, name, 11)
        style.font.color.rgb = SOFT
        _space(style, before=2, after=8 if name == "Sedp Source" else 6)
    question = _make(document, "Sedp Question", 14)
    question.font.bold = True
    question.paragraph_format.keep_with_next = True
    _space(question, before=12, after=4)
    cell = _make(document, "Sedp Cell", 11)
    cell.paragraph_format.line_spacing = 1.0
    _space(cell, before=1, after=1)
    _space(_make(document, "Sedp Margin", 10), before=0, after=0)
    picture = _make(document, "Sedp Picture", 11)
    picture.paragraph_format.keep_with_next = True
    _space(picture, before=0, after=2)


def _set_framed(document: WordDocument) -> None:
    for name, colour, fill in (
        ("Sedp Finding", ACCENT, ""),
        ("Sedp Missing", "767676", ""),
        ("Sedp Warning", "000000", "F4F4F4"),
    ):
        style = _make(document, name, 14)
        style.paragraph_format.left_indent = Mm(4)
        frame_style(style, side="left", colour=colour, fill=fill)
    document.styles["Sedp Missing"].font.color.rgb = SOFT
    title = _make(document, "Sedp Box Title", 14)
    title.font.bold = True
    title.paragraph_format.keep_with_next = True
    _space(title, before=12, after=4)
    frame_style(title, side="top", colour=ACCENT)
    end = _make(document, "Sedp Box End", 1)
    _space(end, before=0, after=8)
    frame_style(end, side="bottom", colour=ACCENT)


def _make(document: WordDocument, name: str, size: int) -> ParagraphStyle:
    style = document.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
    style.base_style = document.styles["Normal"]
    style.font.size = Pt(size)
    set_font(style)
    return style


def _space(style: ParagraphStyle, *, before: int, after: int) -> None:
    style.paragraph_format.space_before = Pt(before)
    style.paragraph_format.space_after = Pt(after)
