"""The workbook given back with what was found in it: coloured cells, comments and a list.

Why: a person corrects a mistake fastest where it stands. The caller writes the result beside the
user's file, which is never changed; no value, formula or heading is touched here.
"""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from copy import copy
from pathlib import Path
from typing import Any

from openpyxl import load_workbook
from openpyxl.comments import Comment
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils.cell import coordinate_from_string
from openpyxl.utils.exceptions import CellCoordinatesException
from openpyxl.worksheet.hyperlink import Hyperlink

from sedp_helpers.fillin.styles import ACCENT, HEAD, INK, INPUT
from sedp_helpers.intake.findings import Texts, render_finding
from sedp_helpers.intake.workbook_sheets import FINDINGS, PASSPORT
from sedp_helpers.models import Finding

AUTHOR = "sedp"
COLORS = {"error": "FFF4B6B0", "warning": "FFFBD79A", "note": "FFCFE3F1"}
_ORDER = ("error", "warning", "note")
_WIDTHS = (16, 20, 10, 80, 70)
_BOX_WIDTH, _BOX_HEIGHT = 320, 130


def mark_workbook(
    path: Path, findings: Sequence[Finding], texts: Texts, lang: str, words: Mapping[str, Any]
) -> bytes:
    """The marked copy; ``texts`` are those of ``render_finding``, ``words`` of workbook.yml."""
    book = load_workbook(path)
    _clear(book)
    ordered = sorted(findings, key=lambda finding: _ORDER.index(finding.severity))
    said: dict[tuple[str, str], list[tuple[Finding, str]]] = {}
    rows = []
    for finding in ordered:
        message, action = render_finding(finding, texts, lang)
        rows.append((finding, message, action))
        if _has_cell(book, finding):
            said.setdefault((finding.table, finding.cell), []).append(
                (finding, f"{words['severities'][finding.severity]}. {message}\n→ {action}"))
    for (sheet, address), entries in said.items():
        _mark(book[sheet][address], entries)
    _list(book, rows, words)
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()


def _has_cell(book: Any, finding: Finding) -> bool:
    """Whether the finding points at a cell of a sheet of this file."""
    if finding.table not in book.sheetnames:
        return False
    try:
        coordinate_from_string(finding.cell)
    except (CellCoordinatesException, ValueError):
        return False
    return True


def _clear(book: Any) -> None:
    """Take away the marks of an earlier check; an open cell is yellow again, a heading pale."""
    if FINDINGS in book.sheetnames:
        del book[FINDINGS]
    for sheet in book.worksheets:
        for row in sheet.iter_rows():
            for cell in row:
                if cell.comment is not None and cell.comment.author == AUTHOR:
                    cell.comment = None
                    color = HEAD if cell.protection.locked else INPUT
                    cell.fill = PatternFill("solid", start_color=f"FF{color[1:]}")


def _mark(cell: Any, entries: Sequence[tuple[Finding, str]]) -> None:
    """The colour of the gravest finding, and all sentences as one comment."""
    cell.fill = PatternFill("solid", start_color=COLORS[entries[0][0].severity])
    font = copy(cell.font)
    font.color = f"FF{INK[1:]}"  # a heading is white on dark, which the mark would hide
    cell.font = font
    text = "\n\n".join(text for _, text in entries)
    if cell.comment is not None:
        text = f"{text}\n\n{cell.comment.text}"
    cell.comment = Comment(text, AUTHOR, width=_BOX_WIDTH, height=_BOX_HEIGHT * len(entries))


def _list(
    book: Any, rows: Sequence[tuple[Finding, str, str]], words: Mapping[str, Any]
) -> None:
    """A first sheet with every finding and a link to its cell; intake does not read it."""
    sheet = book.create_sheet(FINDINGS, 0)
    sheet.sheet_properties.tabColor = "B3261E"
    sheet.append(list(words["checked_columns"]))
    for letter, width in zip("ABCDE", _WIDTHS):
        sheet.column_dimensions[letter].width = width
    for cell in sheet[1]:
        cell.font = Font(name="Calibri", bold=True, color="FFFFFFFF")
        cell.fill = PatternFill("solid", start_color=f"FF{ACCENT[1:]}")
    for number, (finding, message, action) in enumerate(rows, 2):
        table = PASSPORT if finding.table.startswith("municipality") else finding.table
        texts = (words["severities"][finding.severity], table, finding.cell, message, action)
        for column, text in enumerate(texts, 1):
            cell = sheet.cell(number, column, text)
            cell.data_type = "s"
            cell.alignment = Alignment(wrap_text=column > 3, vertical="top")
        lines = max(-(-len(message) // _WIDTHS[3]), -(-len(action) // _WIDTHS[4]))
        sheet.row_dimensions[number].height = 15 * lines + 2
        sheet.cell(number, 1).fill = PatternFill("solid", start_color=COLORS[finding.severity])
        if _has_cell(book, finding):
            link = Hyperlink(f"C{number}", location=f"'{finding.table}'!{finding.cell}")
            sheet.cell(number, 3).hyperlink = link
            sheet.cell(number, 3).font = Font(name="Calibri", color="FF0B5C8A", underline="single")
    sheet.freeze_panes = "A2"
    sheet.page_setup.orientation, sheet.page_setup.paperSize = "landscape", 9
    sheet.page_setup.fitToHeight = 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    book.active = 0
