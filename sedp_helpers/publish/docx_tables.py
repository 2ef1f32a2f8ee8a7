"""Tables and captions of the Word report: repeated heads, whole rows, fitting widths."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from docx.document import Document as WordDocument
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.shared import Pt

from sedp_helpers.blocks import Cell, Column, Figure, Table
from sedp_helpers.publish.columns import Layout, fit_table
from sedp_helpers.publish.docx_parts import (
    add_field,
    clean_text,
    make_element,
    repeat_head,
    shade_cell,
)
from sedp_helpers.publish.docx_styles import ROLES
from sedp_helpers.publish.numbering import title_column

HEAD_FILL = "E8EEF2"
LARGER = 1.5  # points; Times is narrower than the font the widths were measured with


def add_caption(
    word: WordDocument, words: Mapping[str, str], kind: str, number: int, caption: str
) -> None:
    """«3-сүрөт. …» with the number as a field that keeps the number of the other formats.

    ``kind`` is "figure" or "table"; an unnumbered thing gets its caption alone.
    """
    paragraph = word.add_paragraph(style="Caption")
    if number:
        before, _, after = words[kind].partition("{n}")
        name = kind.capitalize()
        paragraph.add_run(before)
        add_field(paragraph, f"SEQ {name} \\* ARABIC \\r {number}", str(number))
        paragraph.add_run(f"{after} ")
    paragraph.add_run(clean_text(caption))


def add_cells(
    word: WordDocument,
    table: Table,
    words: Mapping[str, str],
    *,
    figure: Figure | None = None,
    caption: str = "",
) -> None:
    """Caption, cells, source and notes; ``figure`` is the one that the table stands in for."""
    if figure:
        add_caption(word, words, "figure", figure.number, figure.caption)
    else:
        add_caption(word, words, "table", table.number, caption or table.caption)
    if table.columns:
        _add_grid(word, table, words)
    source = table.source or (figure.source if figure else "")
    lines = [words["source"].format(text=source)] if source else []
    lines += [words["note"].format(text=note) for note in table.notes]
    for line in lines or [""]:
        word.add_paragraph(clean_text(line), style=ROLES["source"])


def _add_grid(word: WordDocument, table: Table, words: Mapping[str, str]) -> None:
    layout = fit_table(table)
    grid = word.add_table(rows=1, cols=len(table.columns), style="Table Grid")
    grid.autofit = False
    grid.alignment = WD_TABLE_ALIGNMENT.LEFT
    heads = [Cell(title_column(column.title, column.unit)) for column in table.columns]
    _fill_row(grid.rows[0].cells, heads, table.columns, layout)
    for cell in grid.rows[0].cells:
        shade_cell(cell, HEAD_FILL)
        for run in cell.paragraphs[0].runs:
            run.bold = True
    for row in table.rows:
        _fill_row(grid.add_row().cells, row, table.columns, layout)
    if not table.rows:
        cells = grid.add_row().cells
        cells[0].merge(cells[-1]).paragraphs[0].add_run(words["empty_table"])
    for place, width in enumerate(layout.widths):
        grid.columns[place].width = Pt(width)
    _set_margins(grid)
    repeat_head(grid)


def _fill_row(
    places: Sequence[Any], row: Sequence[Cell], columns: Sequence[Column], layout: Layout
) -> None:
    for place, cell, column, width in zip(places, row, columns, layout.widths):
        place.width = Pt(width)
        paragraph = place.paragraphs[0]
        paragraph.style = "Sedp Cell"
        run = paragraph.add_run(clean_text(cell.text))
        run.font.size = Pt(layout.size + LARGER)
        run.bold = True if cell.style == "total" else None
        if column.numeric:
            paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT


def _set_margins(grid: Any) -> None:
    """3.5 points at the sides of a cell, as the widths were reckoned."""
    margins = make_element("w:tblCellMar")
    for side in ("left", "right"):
        margins.append(make_element(f"w:{side}", w="70", type="dxa"))
    grid._tbl.tblPr.append(margins)
