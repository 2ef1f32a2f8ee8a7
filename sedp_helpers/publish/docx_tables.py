"""Tables and captions of the Word report: repeated heads, whole rows, fitting widths."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from xml.sax.saxutils import escape

from docx.document import Document as WordDocument
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from sedp_helpers.blocks import Cell, Column, Figure, Table, is_band
from sedp_helpers.publish.columns import fit_table
from sedp_helpers.publish.docx_parts import (
    add_field,
    clean_text,
    find_style,
    put_paragraph,
    put_run,
)
from sedp_helpers.publish.docx_styles import ROLES
from sedp_helpers.publish.numbering import title_column

HEAD_FILL = "E8EEF2"
TWIPS = 20  # of a point
# 3.5 points at the sides of a cell, as the widths were reckoned
MARGINS = (
    '<w:tblCellMar><w:left w:w="50" w:type="dxa"/><w:right w:w="50" w:type="dxa"/></w:tblCellMar>'
)
LARGER = 0.5  # points; Times is narrower than the font the widths were measured with, bold less so


def add_caption(
    word: WordDocument, words: Mapping[str, str], kind: str, number: int, caption: str
) -> None:
    """«3-сүрөт. …» with the number as a field that keeps the number of the other formats.

    ``kind`` is "figure" or "table"; an unnumbered thing gets its caption alone.
    """
    paragraph = put_paragraph(word, "Caption")
    if number:
        before, _, after = words[kind].partition("{n}")
        name = kind.capitalize()
        put_run(paragraph._p, before)
        add_field(paragraph, f"SEQ {name} \\* ARABIC \\r {number}", str(number))
        put_run(paragraph._p, f"{after} ")
    put_run(paragraph._p, clean_text(caption))


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
        put_paragraph(word, ROLES["source"], line)


def _add_grid(word: WordDocument, table: Table, words: Mapping[str, str]) -> None:
    """The cells as one piece of XML: cell by cell through the library takes seconds a report."""
    layout = fit_table(table)
    heads = [Cell(title_column(column.title, column.unit), style="total")
             for column in table.columns]
    look = CellLook(find_style(word, "Sedp Cell"), round(2 * (layout.size + LARGER)))
    widths = [round(TWIPS * width) for width in layout.widths]
    rows = [_write_row(heads, table.columns, widths, look, head=True, keep=True)]
    kept = {0, len(table.rows) - 2}  # no row alone under the head or at the top of a page
    rows += [_write_band(row[0].text, widths, look) if is_band(row) else
             _write_row(row, table.columns, widths, look,
                        keep=number in kept and number + 1 < len(table.rows))
             for number, row in enumerate(table.rows)]
    if not table.rows:
        rows.append(_write_empty(words["empty_table"], widths, look))
    columns = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
    grid = (
        f'<w:tbl {nsdecls("w")}><w:tblPr>'
        f'<w:tblStyle w:val="{find_style(word, "Table Grid")}"/>'
        f'<w:tblW w:type="auto" w:w="0"/><w:jc w:val="left"/><w:tblLayout w:type="fixed"/>'
        f"{MARGINS}</w:tblPr><w:tblGrid>{columns}</w:tblGrid>{''.join(rows)}</w:tbl>"
    )
    word.element.body[-1].addprevious(parse_xml(grid))


@dataclass(frozen=True)
class CellLook:
    """Style id of the paragraph in a cell and the size of its letters in half points."""

    style: str
    size: int


def _write_row(
    row: Sequence[Cell], columns: Sequence[Column], widths: Sequence[int], look: CellLook,
    *, head: bool = False, keep: bool = False,
) -> str:
    """A row that is never split between pages; the head stands again on every page, and a row that
    is to ``keep`` stays with the next one."""
    cells = "".join(
        _write_cell(cell, width, look, right=column.numeric, head=head, keep=keep)
        for cell, column, width in zip(row, columns, widths)
    )
    repeat = "<w:tblHeader/>" if head else ""
    return f"<w:tr><w:trPr><w:cantSplit/>{repeat}</w:trPr>{cells}</w:tr>"


def _write_cell(
    cell: Cell, width: int, look: CellLook, *, right: bool, head: bool, keep: bool
) -> str:
    """One cell; the mark at the end of its paragraph has the size of its letters, because an empty
    cell is as high as the mark."""
    shade = f'<w:shd w:val="clear" w:color="auto" w:fill="{HEAD_FILL}"/>' if head else ""
    side = '<w:jc w:val="right"/>' if right else ""
    bold = "<w:b/>" if cell.style == "total" else ""
    size = f'<w:sz w:val="{look.size}"/><w:szCs w:val="{look.size}"/>'
    stay = "<w:keepNext/>" if keep else ""
    text = escape(clean_text(cell.text))
    return (
        f'<w:tc><w:tcPr><w:tcW w:type="dxa" w:w="{width}"/>{shade}</w:tcPr>'
        f'<w:p><w:pPr><w:pStyle w:val="{look.style}"/>{stay}{side}<w:rPr>{size}</w:rPr></w:pPr>'
        f'<w:r><w:rPr>{bold}{size}</w:rPr>'
        f'<w:t xml:space="preserve">{text}</w:t></w:r></w:p></w:tc>'
    )


def _write_empty(text: str, widths: Sequence[int], look: CellLook) -> str:
    """One cell over all columns that says that there is nothing."""
    return _write_over(text, widths, look)


def _write_band(text: str, widths: Sequence[int], look: CellLook) -> str:
    """A row that heads the rows below it and stays with the next one."""
    size = f'<w:sz w:val="{look.size}"/><w:szCs w:val="{look.size}"/>'
    shade = f'<w:shd w:val="clear" w:color="auto" w:fill="{HEAD_FILL}"/>'
    return _write_over(text, widths, look, shade, "<w:keepNext/>", f"<w:rPr><w:b/>{size}</w:rPr>")


def _write_over(text: str, widths: Sequence[int], look: CellLook, shade: str = "",
                keep: str = "", font: str = "") -> str:
    return (
        "<w:tr><w:trPr><w:cantSplit/></w:trPr><w:tc><w:tcPr>"
        f'<w:tcW w:type="dxa" w:w="{sum(widths)}"/>'
        f'<w:gridSpan w:val="{len(widths)}"/>{shade}</w:tcPr>'
        f'<w:p><w:pPr><w:pStyle w:val="{look.style}"/>{keep}</w:pPr>'
        f"<w:r>{font}<w:t>{escape(clean_text(text))}</w:t></w:r></w:p></w:tc></w:tr>"
    )
