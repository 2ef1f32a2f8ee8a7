"""The tables of the report and the data behind its figures as a workbook of typed numbers.

Text from data is written as text, never as a formula or a link; a number keeps its full value.
"""

from __future__ import annotations

import io
import math
import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any

import xlsxwriter

from sedp_helpers.blocks import Block, Cell, Column, Document, Figure, Table, is_band
from sedp_helpers.publish.numbering import (
    find_marks,
    label_figure,
    label_table,
    number_document,
    title_column,
    walk,
)
from sedp_helpers.publish.xlsx_look import describe_format

NAME_LIMIT = 31
NEAR = 1e-9  # relative difference below which a printed total is the sum of its column
WIDEST_FIRST, WIDEST = 46.0, 26.0  # letters of the first column and of the others
NARROWEST = 13.0
LINE = 13.5  # points of a line
TITLE_ROW = 24.0
WHOLE = re.compile(r"[1-9]\d{0,3}|0")  # a year or an order told as text: Excel can sort it
NOTE_WIDTH = 110.0  # letters of a line under a table


def render_xlsx(document: Document, words: Mapping[str, str]) -> bytes:
    """The workbook: contents first, then one sheet per section that has tables or figures."""
    return _Workbook(number_document(document), words).write()


class _Workbook:
    def __init__(self, document: Document, words: Mapping[str, str]) -> None:
        self.document = document
        self.words = words
        self.target = io.BytesIO()
        self.book = xlsxwriter.Workbook(
            self.target,
            {
                "in_memory": True,
                "strings_to_formulas": False,
                "strings_to_urls": False,
                "strings_to_numbers": False,
                "nan_inf_to_errors": False,
            },
        )
        self.formats: dict[tuple[Any, ...], Any] = {}
        self.names: set[str] = set()
        self.widths: dict[int, float] = {}  # of the columns of the sheet being written
        self.entries: list[tuple[str, str, str, int]] = []  # section, title, sheet, row

    def write(self) -> bytes:
        meta = self.document.meta
        self.book.set_properties(
            {
                "title": meta.get("title", ""),
                "author": meta.get("municipality", ""),
                "created": datetime(2000, 1, 1),
            }
        )
        contents = self._add_sheet(self.words["contents"])
        for _, title, blocks in self.document.sections:
            tables = list(self._list_tables(blocks))
            if tables:
                self._write_section(title, tables)
        self._write_contents(contents)
        self.book.close()
        return self.target.getvalue()

    def _list_tables(self, blocks: Sequence[Block]) -> Iterator[tuple[str, Table]]:
        """Every table with its title; that of a figure carries the title of the figure."""
        for block in walk(blocks):
            if isinstance(block, Table):
                yield f"{label_table(block, self.words)} {block.caption}".strip(), block
            elif isinstance(block, Figure):
                table = block.data
                if block.source and not table.source:
                    table = Table(
                        table.caption,
                        table.columns,
                        table.rows,
                        table.anchor,
                        block.source,
                        table.notes,
                    )
                yield f"{label_figure(block, self.words)} {block.caption}".strip(), table

    # ---- sheets --------------------------------------------------------------------------
    def _add_sheet(self, title: str) -> Any:
        sheet = self.book.add_worksheet(self._name_sheet(title))
        sheet.hide_gridlines(2)
        sheet.set_paper(9)
        sheet.set_margins(left=0.8, right=0.5, top=0.7, bottom=0.7)
        sheet.fit_to_pages(1, 0)
        marks = " · ".join(text for _, text in find_marks(self.document.meta, self.words))
        sheet.set_footer("&L" + marks.replace("&", "&&")[:200] + "&R&P")
        return sheet

    def _name_sheet(self, title: str) -> str:
        """A name Excel accepts: at most 31 signs, none of []:*?/\\ and no two alike."""
        base = "".join(" " if sign in "[]:*?/\\" else sign for sign in title).strip(" '") or "1"
        name, again = base[:NAME_LIMIT], 2
        while name.lower() in self.names:
            tail = f" {again}"
            name, again = base[: NAME_LIMIT - len(tail)] + tail, again + 1
        self.names.add(name.lower())
        return name

    def _write_section(self, title: str, tables: Sequence[tuple[str, Table]]) -> None:
        sheet = self._add_sheet(title)
        sheet.write_url(
            0,
            0,
            f"internal:'{self.words['contents']}'!A1",
            self._format(kind="link"),
            self.words["sheet_back"],
        )
        sheet.write_string(1, 0, title, self._format(kind="title"))
        sheet.set_row(1, TITLE_ROW)
        sheet.freeze_panes(2, 1)
        sheet.repeat_rows(1)
        self._set_widths(sheet, [table for _, table in tables])
        row = 3
        for caption, table in tables:
            self.entries.append((title, caption, sheet.get_name(), row))
            row = self._write_table(sheet, row, caption, table) + 2
        if max(len(table.columns) for _, table in tables) > 6:
            sheet.set_landscape()

    def _write_contents(self, sheet: Any) -> None:
        meta = self.document.meta
        sheet.set_column(0, 0, 6)
        sheet.set_column(1, 1, 36)
        sheet.set_column(2, 2, 70)
        sheet.write_string(0, 0, meta.get("title", ""), self._format(kind="title"))
        marks = [text for _, text in find_marks(meta, self.words)]
        line = " · ".join(part for part in (meta.get("municipality", ""), *marks) if part)
        sheet.write_string(1, 0, line, self._format(kind="note"))
        for place, key in enumerate(("sheet_number", "sheet_section", "sheet_title")):
            sheet.write_string(3, place, self.words[key], self._format(kind="head"))
        sheet.freeze_panes(4, 0)
        sheet.repeat_rows(3)
        for number, (section, title, name, row) in enumerate(self.entries, start=1):
            at = 3 + number
            sheet.write_number(at, 0, number, self._format(kind="text"))
            sheet.write_string(at, 1, section, self._format(kind="text"))
            quoted = name.replace("'", "''")
            sheet.write_url(
                at,
                2,
                f"internal:'{quoted}'!A{row + 1}",
                self._format(kind="link"),
                title[:255] or name,
            )

    def _set_widths(self, sheet: Any, tables: Sequence[Table]) -> None:
        self.widths = {}
        for place in range(max((len(table.columns) for table in tables), default=0)):
            texts = [row[place].text for table in tables for row in table.rows
                     if place < len(row) and not is_band(row)]
            longest = max((len(text) for text in texts), default=0)
            widest = WIDEST if place else WIDEST_FIRST
            self.widths[place] = min(max(NARROWEST, longest * 1.15 + 2), widest)
            sheet.set_column(place, place, self.widths[place])

    def _count_lines(self, place: int, head: str) -> int:
        """Lines that a text takes in its column: a program that does not stretch the row by itself
        would print it over the row below."""
        letters, lines, used = max(1, int(self.widths[place] * 1.05)), 1, 0
        for word in head.split():
            if used and used + 1 + len(word) > letters:
                lines, used = lines + 1, 0
            used += len(word) + (1 if used else 0)
            lines, used = lines + (used - 1) // letters, (used - 1) % letters + 1
        return lines

    # ---- tables --------------------------------------------------------------------------
    def _write_table(self, sheet: Any, row: int, caption: str, table: Table) -> int:
        """Writes caption, head, rows, source and notes; the row after the last line."""
        sheet.write_string(row, 0, caption, self._format(kind="caption"))
        row += 1
        heads = [title_column(column.title, column.unit) for column in table.columns]
        sheet.set_row(row, LINE * max(map(self._count_lines, range(len(heads)), heads), default=1))
        for place, (column, head) in enumerate(zip(table.columns, heads)):
            form = self._format(kind="head", right=column.numeric,
                                apart=place > 0 and not column.numeric)
            sheet.write_string(row, place, head, form)
        first = row + 1
        for number, cells in enumerate(table.rows):
            if is_band(cells):
                sheet.merge_range(first + number, 0, first + number, len(cells) - 1,
                                  cells[0].text, self._format(kind="head"))
                continue
            lines = max((self._count_lines(place, cell.text) for place, cell in enumerate(cells)
                         if not table.columns[place].numeric), default=1)
            if lines > 1:
                sheet.set_row(first + number, LINE * lines)
            for place, cell in enumerate(cells):
                total = _find_sum(table, number, place)
                self._write_cell(sheet, first + number, place, cell, table.columns[place], total)
        row = first + len(table.rows)
        if not table.rows:
            sheet.write_string(row, 0, self.words["empty_table"], self._format(kind="note"))
            row += 1
        notes = [self.words["source"].format(text=table.source)] if table.source else []
        notes += [self.words["note"].format(text=note) for note in table.notes]
        for line in notes:
            self._write_note(sheet, row, line)
            row += 1
        return row

    def _write_note(self, sheet: Any, row: int, text: str) -> None:
        """A line under a table; a long one runs on within the columns of the sheet."""
        last, room = 0, self.widths[0]
        while last + 1 < len(self.widths) and room < NOTE_WIDTH:
            last += 1
            room += self.widths[last]
        lines = math.ceil(len(text) / room)
        if lines == 1 or not last:
            sheet.write_string(row, 0, text, self._format(kind="note"))
            return
        sheet.merge_range(row, 0, row, last, text, self._format(kind="note", wrap=True))
        sheet.set_row(row, LINE * lines)

    def _write_cell(
        self, sheet: Any, row: int, place: int, cell: Cell, column: Column, total: int
    ) -> None:
        style = {"bold": cell.style == "total", "soft": cell.style == "muted"}
        value = cell.value
        if value is None or not math.isfinite(value):
            whole = WHOLE.fullmatch(cell.text)
            form = self._format(kind="whole" if whole else "text", right=column.numeric,
                                apart=place > 0 and not column.numeric, **style)
            if whole:
                sheet.write_number(row, place, int(cell.text), form)
            else:
                sheet.write_string(row, place, cell.text, form)
            return
        form = self._format(kind="number", decimals=cell.decimals, **style)
        if total:
            letter = xlsxwriter.utility.xl_col_to_name(place)
            formula = f"=SUM({letter}{row + 1 - total}:{letter}{row})"
            sheet.write_formula(row, place, formula, form, value)
            return
        sheet.write_number(row, place, value, form)

    def _format(
        self,
        *,
        kind: str,
        decimals: int = 0,
        right: bool = False,
        bold: bool = False,
        soft: bool = False,
        wrap: bool = False,
        apart: bool = False,
    ) -> Any:
        key = (kind, decimals, right, bold, soft, wrap, apart)
        if key not in self.formats:
            self.formats[key] = self.book.add_format(describe_format(*key))
        return self.formats[key]


def _find_sum(table: Table, row: int, place: int) -> int:
    """How many rows above a total cell add up to it; 0 where it is no such sum.

    A total is a formula only when every cell above it is a number and the sum is the value itself:
    with a missing part, the formula would count missing as zero.
    """
    cell = table.rows[row][place]
    if cell.style != "total" or cell.value is None or not table.columns[place].numeric:
        return 0
    start = row
    while start and table.rows[start - 1][place].style != "total" \
            and not is_band(table.rows[start - 1]):
        start -= 1
    cells = [table.rows[at][place].value for at in range(start, row)]
    parts = [value for value in cells if value is not None and math.isfinite(value)]
    if len(parts) < 2 or len(parts) < len(cells):
        return 0
    near = math.isclose(math.fsum(parts), cell.value, rel_tol=NEAR, abs_tol=NEAR)
    return len(parts) if near else 0
