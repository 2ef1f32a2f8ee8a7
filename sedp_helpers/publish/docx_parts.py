"""The pieces of a Word file for which python-docx has no call: fields, bookmarks, languages, marks.

Each function changes one element; none knows what a report is.
"""

from __future__ import annotations

import io
import re
import struct
import zipfile
from functools import lru_cache
from typing import Any

from docx.document import Document as WordDocument
from docx.image.image import Image
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.oxml.shape import CT_Inline
from docx.parts.image import ImagePart
from docx.shared import Length
from docx.styles.style import ParagraphStyle
from docx.text.paragraph import Paragraph as WordParagraph
from lxml import etree

FONT = "Times New Roman"
LOCALES = {"ky": "ky-KG", "ru": "ru-RU", "en": "en-GB"}
_FIRST_DATE = struct.pack("<2H", 0, 1 << 5 | 1)  # 1 January 1980 as the archive writes it
_ENTRY = b"PK\x01\x02"  # of the list of members
_RUN, _LOOK, _BOLD, _ITALIC, _TEXT = map(qn, ("w:r", "w:rPr", "w:b", "w:i", "w:t"))
_SET, _STYLE, _VALUE = map(qn, ("w:pPr", "w:pStyle", "w:val"))
_SPACE, _DESCRIBED = map(qn, ("xml:space", "wp:docPr"))
_ELEMENTS = {"\t": qn("w:tab"), "\n": qn("w:br")}
_BREAKS = re.compile("([\t\n])")
_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")


def clean_text(text: str) -> str:
    """The text without the signs that XML cannot hold.

    >>> clean_text("a\\x01b")
    'ab'
    """
    return _FORBIDDEN.sub("", text)


def make_element(name: str, /, **attributes: str) -> Any:
    """An element such as ``w:shd`` with its attributes in the same namespace."""
    element = OxmlElement(name)
    for key, value in attributes.items():
        element.set(qn(f"w:{key}"), value)
    return element


def set_font(style: ParagraphStyle) -> None:
    """The font of all scripts, theme fonts off."""
    fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
    fonts.attrib.clear()
    for script in ("ascii", "hAnsi", "cs", "eastAsia"):
        fonts.set(qn(f"w:{script}"), FONT)


def set_language(document: WordDocument, language: str) -> None:
    """The proofing language of the whole file."""
    code = LOCALES.get(language, language)
    for lang in document.styles.element.iter(qn("w:lang")):
        lang.set(qn("w:val"), code)
        lang.set(qn("w:eastAsia"), code)


def add_field(
    paragraph: WordParagraph, instruction: str, shown: str, *, stale: bool = False
) -> None:
    """A field with the text that is shown until Word computes it; a ``stale`` one is computed as
    soon as the file is opened."""
    begin_field(paragraph, instruction, stale=stale)
    put_run(paragraph._p, shown)
    end_field(paragraph)


def begin_field(paragraph: WordParagraph, instruction: str, *, stale: bool = False) -> None:
    marks = {"dirty": "true"} if stale else {}
    paragraph.add_run()._r.append(make_element("w:fldChar", fldCharType="begin", **marks))
    code = make_element("w:instrText")
    code.set(qn("xml:space"), "preserve")
    code.text = f" {instruction} "
    paragraph.add_run()._r.append(code)
    paragraph.add_run()._r.append(make_element("w:fldChar", fldCharType="separate"))


def end_field(paragraph: WordParagraph) -> None:
    paragraph.add_run()._r.append(make_element("w:fldChar", fldCharType="end"))


def add_bookmark(paragraph: WordParagraph, name: str, number: int) -> None:
    """A bookmark around the whole paragraph."""
    start = make_element("w:bookmarkStart", id=str(number), name=name)
    place = 1 if paragraph._p.pPr is not None else 0
    paragraph._p.insert(place, start)
    paragraph._p.append(make_element("w:bookmarkEnd", id=str(number)))


def add_link(paragraph: WordParagraph, bookmark: str, text: str) -> None:
    """A link to a bookmark of the same file."""
    link = make_element("w:hyperlink", anchor=bookmark, history="1")
    put_run(link, clean_text(text))
    paragraph._p.append(link)


@lru_cache(maxsize=1)
def _name_styles(part: Any) -> dict[str, str]:
    """Style name -> id of the document that is being written."""
    return {style.name: style.style_id for style in part.document.styles if style.name}


def find_style(word: WordDocument, name: str) -> str:
    """The id of a style by its name."""
    return _name_styles(word.part)[name]


def put_paragraph(word: WordDocument, style: str, text: str = "") -> WordParagraph:
    """A paragraph at the end. The library looks through all styles and all paragraphs for each new
    one; here the ids are read once a document, and the end is known: it is the last element."""
    line = OxmlElement("w:p")
    etree.SubElement(etree.SubElement(line, _SET), _STYLE).set(_VALUE, find_style(word, style))
    word.element.body[-1].addprevious(line)
    if text:
        put_run(line, clean_text(text))
    return WordParagraph(line, word._body)


def put_run(line: Any, text: str, *, strong: bool = False, em: bool = False) -> None:
    """A run at the end of a paragraph's element; tabs and line ends become their elements."""
    run = etree.SubElement(line, _RUN)
    if strong or em:
        look = etree.SubElement(run, _LOOK)
        for mark in (_BOLD,) * strong + (_ITALIC,) * em:
            etree.SubElement(look, mark)
    for piece in _BREAKS.split(text):
        if piece in _ELEMENTS:
            etree.SubElement(run, _ELEMENTS[piece])
        elif piece:
            written = etree.SubElement(run, _TEXT)
            written.text = piece
            if piece.strip() != piece:
                written.set(_SPACE, "preserve")


def put_picture(
    line: WordParagraph, png: bytes, width: Length, name: str, text: str, number: int
) -> None:
    """A picture with its alternative text at the end of a paragraph. The library compares each new
    picture with all others and looks through the whole file for an id; here the id is known."""
    picture = Image.from_blob(png)
    part = ImagePart.from_image(picture, PackURI(f"/word/media/figure{number}.png"))
    reference = line.part.relate_to(part, RELATIONSHIP_TYPE.IMAGE)
    inline = CT_Inline.new_pic_inline(
        number, reference, name, *picture.scaled_dimensions(width, None)
    )
    for properties in inline.iter(_DESCRIBED):
        properties.set("name", name)
        properties.set("descr", clean_text(text))
    line.add_run()._r.add_drawing(inline)


def frame_style(style: ParagraphStyle, *, side: str, colour: str, fill: str = "") -> None:
    """A line at one side of every paragraph of the style, and a fill; neighbours join."""
    after = ("w:tabs", "w:spacing", "w:ind", "w:jc")
    properties = style.element.get_or_add_pPr()
    borders = make_element("w:pBdr")
    width = "24" if side == "left" else "8"
    borders.append(make_element(f"w:{side}", val="single", sz=width, space="6", color=colour))
    properties.insert_element_before(borders, "w:shd", *after)
    if fill:
        shade = make_element("w:shd", val="clear", color="auto", fill=fill)
        properties.insert_element_before(shade, *after)


def restart_list(document: WordDocument, style: str) -> int:
    """A new numbering that begins at 1 with the look of a list style; its id."""
    definition = document.styles[style].element.pPr.numPr.numId.val
    numbering = document.part.numbering_part.numbering_definitions._numbering
    number = numbering.add_num(numbering.num_having_numId(definition).abstractNumId.val)
    number.add_lvlOverride(ilvl=0).add_startOverride(1)
    return number.numId


def use_list(paragraph: WordParagraph, number: int) -> None:
    properties = paragraph._p.get_or_add_pPr().get_or_add_numPr()
    properties.get_or_add_ilvl().val = 0
    properties.get_or_add_numId().val = number


def fix_dates(content: bytes) -> bytes:
    """The same archive with one fixed date on every member, so that equal files are equal bytes.

    Only the dates in the heads of the members are written over: nothing is packed again.
    """
    fixed = bytearray(content)
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        for member in archive.infolist():
            fixed[member.header_offset + 10:member.header_offset + 14] = _FIRST_DATE
        at = archive.start_dir
    while fixed[at:at + 4] == _ENTRY:
        fixed[at + 12:at + 16] = _FIRST_DATE
        lengths = struct.unpack_from("<3H", fixed, at + 28)  # of name, extra field, comment
        at += 46 + sum(lengths)
    return bytes(fixed)
