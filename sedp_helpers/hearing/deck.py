"""A slide deck as PowerPoint that prints on A4 in grey: large letters, black on white.

Titles are real title placeholders (outline and screen readers find them), tables are real tables,
pictures carry their text alternative. What a slide says is decided in ``slides``.
"""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from pptx import Presentation
from pptx.dml.color import RGBColor
from pptx.enum.text import MSO_ANCHOR
from pptx.oxml.ns import qn
from pptx.util import Mm, Pt

from sedp_helpers.blocks import Figure, Table
from sedp_helpers.hearing.grey import Picture
from sedp_helpers.hearing.hall import Spans, join_text
from sedp_helpers.publish.docx_parts import LOCALES, clean_text, fix_dates
from sedp_helpers.publish.numbering import read_stamp, title_column

FONT = "Arial"
INK, SOFT, TINT = RGBColor(0, 0, 0), RGBColor(0x44, 0x44, 0x44), RGBColor(0xEE, 0xEE, 0xEE)
WIDTH, HEIGHT, EDGE = 297, 210, 16  # mm, A4 turned
TITLE_ONLY = 5  # of the layouts of the empty presentation
SIZES = (28, 25, 22, 20, 18, 16, 14)  # points; the largest at which the text has room
BESIDE = 20  # above a table or picture
MM_PER_POINT, LETTER, LINE, GAP = 25.4 / 72, 0.56, 1.2, 0.45  # of the size; Arial, measured
MOST_ROWS = 9


@dataclass(frozen=True)
class Slide:
    """One slide: points, then a table or a picture; ``note`` goes to the speaker's notes."""

    title: str
    points: tuple[Spans, ...] = ()
    table: Table | None = None
    figure: Figure | None = None
    note: str = ""
    role: str = field(default="")  # "cover" for the first one


def render_deck(slides: Sequence[Slide], meta: Mapping[str, Any],
                pictures: Mapping[str, Picture]) -> bytes:
    """The file of a deck; ``pictures`` maps anchors of figures to grey pictures.

    A figure that could not be drawn is shown as its table.
    """
    deck = Presentation()
    deck.slide_width, deck.slide_height = Mm(WIDTH), Mm(HEIGHT)
    _set_properties(deck, slides, meta)
    language = LOCALES.get(str(meta["language"]), str(meta["language"]))
    foot = " · ".join(str(meta[key]) for key in ("municipality", "sample") if meta.get(key))
    for number, slide in enumerate(slides, 1):
        _draw_slide(deck, slide, pictures, f"{foot} · {number}")
    for page in deck.slides:
        for run in page._element.iter(qn("a:rPr")):
            run.set("lang", language)
    target = io.BytesIO()
    deck.save(target)
    return fix_dates(target.getvalue())


def _set_properties(deck: Any, slides: Sequence[Slide], meta: Mapping[str, Any]) -> None:
    facts = deck.core_properties
    facts.title, facts.author = clean_text(slides[0].title)[:255], str(meta["municipality"])[:255]
    facts.language = str(meta["language"])
    facts.created = facts.modified = read_stamp(dict(meta)).replace(tzinfo=None)
    facts.last_modified_by, facts.revision = "", 1


def _draw_slide(deck: Any, slide: Slide, pictures: Mapping[str, Picture], foot: str) -> None:
    page = deck.slides.add_slide(deck.slide_layouts[TITLE_ONLY])
    cover = slide.role == "cover"
    top = 62 if cover else 11
    _put_title(page.shapes.title, slide.title, top, 36 if cover else 30)
    below = top + (46 if cover else 24)
    if not cover:
        _put_rule(page, below - 1)
    picture = pictures.get(slide.figure.anchor) if slide.figure else None
    table = slide.table or (slide.figure.data if slide.figure and picture is None else None)
    if slide.points:
        alone = table is None and picture is None
        size = fit_points(slide.points, HEIGHT - below - 20) if alone else BESIDE
        room = measure_points(slide.points, size)
        _put_points(page, slide.points, below + 3, room, size, bullets=not cover)
        below += room + 3
    if picture is not None and slide.figure is not None:
        _put_picture(page, picture, slide.figure, below + 2)
    elif table is not None and table.columns:
        _put_table(page, table, below + 3)
    _put_text(page, foot, EDGE, HEIGHT - 12, WIDTH - 2 * EDGE, 8, size=11)
    if slide.note:
        page.notes_slide.notes_text_frame.text = clean_text(slide.note)


def fit_points(points: Sequence[Spans], room: float) -> int:
    """The largest size at which the points stand within so many millimetres."""
    return next((size for size in SIZES if measure_points(points, size) <= room), SIZES[-1])


def measure_points(points: Sequence[Spans], size: int) -> int:
    """Millimetres that points take at a size, reckoned from the mean width of a letter.

    >>> measure_points((), 20)
    0
    """
    letters = (WIDTH - 2 * EDGE - 6) / (size * MM_PER_POINT * LETTER)
    lines = sum(1 + int((len(join_text(spans)) + 2) / letters) for spans in points)
    return round(size * MM_PER_POINT * (LINE * lines + GAP * len(points))) + (4 if points else 0)


def _put_title(shape: Any, text: str, top: int, size: int) -> None:
    shape.left, shape.top, shape.width, shape.height = (
        Mm(EDGE), Mm(top), Mm(WIDTH - 2 * EDGE), Mm(44 if size > 30 else 22))
    frame = shape.text_frame
    frame.word_wrap, frame.vertical_anchor = True, MSO_ANCHOR.MIDDLE
    frame.text = clean_text(text)
    _style(frame.paragraphs[0], size if len(text) < 60 else size - 6, bold=True)


def _put_rule(page: Any, top: int) -> None:
    line = page.shapes.add_connector(1, Mm(EDGE), Mm(top), Mm(WIDTH - EDGE), Mm(top))
    line.line.color.rgb, line.line.width = INK, Pt(1.5)
    line._element.nvCxnSpPr.cNvPr.set("descr", "")


def _put_points(page: Any, points: Sequence[Spans], top: int, height: int, size: int, *,
                bullets: bool) -> None:
    box = page.shapes.add_textbox(Mm(EDGE), Mm(top), Mm(WIDTH - 2 * EDGE), Mm(height))
    frame = box.text_frame
    frame.word_wrap = True
    for place, spans in enumerate(points):
        paragraph = frame.paragraphs[0] if place == 0 else frame.add_paragraph()
        paragraph.space_after = Pt(size * 0.45)
        text = clean_text(join_text(spans))
        paragraph.text = f"• {text}" if bullets else text
        _style(paragraph, size)


def _put_text(page: Any, text: str, left: int, top: int, width: int, height: int, *,
              size: int) -> None:
    box = page.shapes.add_textbox(Mm(left), Mm(top), Mm(width), Mm(height))
    box.text_frame.text = clean_text(text)
    _style(box.text_frame.paragraphs[0], size, color=SOFT)


def _put_picture(page: Any, picture: Picture, figure: Figure, top: int) -> None:
    """The picture as large as the room below allows, in the middle."""
    room = HEIGHT - top - 15
    width = min(WIDTH - 2 * EDGE, room * figure.width / figure.height)
    shape = page.shapes.add_picture(io.BytesIO(picture.png), Mm((WIDTH - width) / 2), Mm(top),
                                    width=Mm(width))
    facts = shape._element.nvPicPr.cNvPr
    facts.set("descr", clean_text(figure.alt or figure.caption))
    facts.set("name", figure.anchor)


def _put_table(page: Any, table: Table, top: int) -> None:
    rows = table.rows[:MOST_ROWS]
    room = Mm(WIDTH - 2 * EDGE)
    frame = page.shapes.add_table(len(rows) + 1, len(table.columns), Mm(EDGE), Mm(top), room,
                                  Mm(9 * (len(rows) + 1)))
    grid = frame.table
    shares = [3 if column.wide else 1.35 for column in table.columns]
    for place, share in enumerate(shares):
        grid.columns[place].width = int(room * share / sum(shares))
    heads = [title_column(column.title, column.unit) for column in table.columns]
    _put_row(grid, 0, heads, table, bold=True)
    for number, row in enumerate(rows, 1):
        _put_row(grid, number, [cell.text for cell in row], table, bold=False)


def _put_row(grid: Any, number: int, texts: Sequence[str], table: Table, *, bold: bool) -> None:
    for place, text in enumerate(texts):
        cell = grid.cell(number, place)
        cell.text = clean_text(text)
        cell.fill.solid()
        cell.fill.fore_color.rgb = TINT if bold else RGBColor(255, 255, 255)
        cell.margin_top = cell.margin_bottom = Mm(1)
        paragraph = cell.text_frame.paragraphs[0]
        _style(paragraph, 15, bold=bold)
        if table.columns[place].numeric:
            paragraph.alignment = 3  # right


def _style(paragraph: Any, size: int, *, bold: bool = False, color: RGBColor = INK) -> None:
    for run in paragraph.runs:
        run.font.size, run.font.bold, run.font.name = Pt(size), bold, FONT
        run.font.color.rgb = color
