"""The workbook being written: sheets, lists to choose from, cells, prompts.

Why: every text is written as text (never a formula or a link), every number so that it comes back
the same; that is decided here once.
"""

from __future__ import annotations

import io
import math
import re
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Any

import xlsxwriter

from sedp_helpers.errors import OutputError
from sedp_helpers.fillin.styles import Styles
from sedp_helpers.intake.dialect import MONEY_EXPONENTS
from sedp_helpers.intake.workbook_labels import Labels
from sedp_helpers.intake.workbook_sheets import LISTS, UNITS

LONGEST_TEXT = 32_000
_TITLE_LIMIT, _MESSAGE_LIMIT = 32, 255
_OPTIONS = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False,
            "strings_to_numbers": False, "nan_inf_to_errors": False}
_FREE = dict.fromkeys(("insert_rows", "delete_rows", "format_rows", "format_columns",
                       "format_cells", "sort", "autofilter", "insert_hyperlinks"), True)


class Book:
    """An xlsxwriter workbook with the words of one language.

    ``villages`` are the names shown for village ids; they stand in ``village_column`` of their
    sheet.
    """

    def __init__(self, labels: Labels, language: str, footer: str = "", *,
                 villages: Mapping[str, str] | None = None, village_column: str = "B") -> None:
        self.target = io.BytesIO()
        self.book = xlsxwriter.Workbook(self.target, _OPTIONS)
        self.book.set_properties({"created": datetime(2000, 1, 1)})
        self.styles = Styles(self.book)
        self.labels, self.language, self.footer = labels, language, footer
        self.words: Mapping[str, Any] = labels.words[language]
        self.villages, self.village_column = dict(villages or {}), village_column
        self._ranges: dict[str, str] = {}
        self._columns: list[tuple[str, Sequence[str]]] = []

    def add_sheet(self, name: str, color: str, *, landscape: bool = True) -> Any:
        """A sheet for A4 paper, fitted to its width, with locked headings and open input cells."""
        sheet = self.book.add_worksheet(name)
        sheet.set_tab_color(color)
        sheet.hide_gridlines(2)
        sheet.set_paper(9)
        if landscape:
            sheet.set_landscape()
        sheet.set_margins(left=0.5, right=0.4, top=0.5, bottom=0.6)
        sheet.fit_to_pages(1, 0)
        page = self.words["page"].format(n="&P")
        sheet.set_footer(f"&L&8{self.footer.replace('&', '&&')[:150]}&C&8{name}&R&8{page}")
        sheet.protect("", _FREE)
        return sheet

    # ---- cells ---------------------------------------------------------------------------
    def text(self, sheet: Any, row: int, column: int, text: str, style: str = "plain") -> None:
        """A text, or an empty cell of that style."""
        if not text:
            sheet.write_blank(row, column, None, self.styles[style])
        elif len(text) > LONGEST_TEXT:
            raise OutputError(f"a text of {len(text)} signs does not fit a cell",
                              key="text_too_long", count=len(text))
        else:
            sheet.write_string(row, column, text, self.styles[style])

    def value(self, sheet: Any, row: int, column: int, value: Any, style: str) -> None:
        """A number, text, date or yes/no as a cell; missing is an empty cell."""
        if value is None or (isinstance(value, float) and math.isnan(value)):
            sheet.write_blank(row, column, None, self.styles[style])
        elif isinstance(value, bool):
            self.text(sheet, row, column, self.words["true" if value else "false"], style)
        elif isinstance(value, (int, float)):
            self._number(sheet, row, column, value, style)
        elif isinstance(value, date):
            sheet.write_datetime(row, column, value, self.styles[style])
        else:
            self.text(sheet, row, column, str(value), style)

    def _number(self, sheet: Any, row: int, column: int, value: float, style: str) -> None:
        """A number; as text where sixteen digits would not bring it back the same."""
        if float(f"{value:.16G}") == value:
            sheet.write_number(row, column, value, self.styles[style])
        else:
            self.text(sheet, row, column, format(Decimal(repr(value)), "f"), style)

    # ---- lists and prompts ---------------------------------------------------------------
    def list_range(self, name: str) -> str:
        """The named range of a list of labels, written to the hidden sheet in the end."""
        if name not in self._ranges:
            self._ranges[name] = f"list_{re.sub(r'[^a-z_]', '', name).strip('_')}"
            self._columns.append((name, self.labels.labels(name, self.language)))
        return f"={self._ranges[name]}"

    def write_lists(self) -> None:
        """The hidden sheet of all lists that were asked for."""
        sheet = self.book.add_worksheet(LISTS)
        for place, (name, labels) in enumerate(self._columns):
            sheet.write_string(0, place, name)
            for row, label in enumerate(labels, 1):
                sheet.write_string(row, place, label)
            letters = xlsxwriter.utility.xl_col_to_name(place)
            self.book.define_name(self._ranges[name],
                                  f"='{LISTS}'!${letters}$2:${letters}${len(labels) + 1}")
        sheet.hide()

    def prompt(self, sheet: Any, area: tuple[int, int, int, int], rule: Mapping[str, Any],
               title: str, message: str) -> None:
        """A validation with the words that appear when the cell is chosen."""
        words = self.words["prompt"]
        error = words["bad_list" if rule.get("validate") == "list" else "bad_number"]
        sheet.data_validation(*area, {
            "error_message": error, "error_type": "warning", **rule, "ignore_blank": True,
            "input_title": shorten(title, _TITLE_LIMIT),
            "input_message": shorten(message, _MESSAGE_LIMIT),
        })

    def money_cell(self, sheet: Any, row: int, column: int) -> None:
        """The label of the unit of money and, right of it, the cell where it is chosen."""
        self.text(sheet, row, column, self.words["money_unit"], "label")
        unit = self.labels.label(UNITS, "thousand_som", self.language)
        self.text(sheet, row, column + 1, unit, "input_bold")
        rule = {"validate": "list", "source": self.list_range(UNITS), "error_type": "stop"}
        self.prompt(sheet, (row, column + 1, row, column + 1), rule, self.words["money_unit"],
                    self.words["prompt"]["money_unit"])

    def finish(self) -> bytes:
        """The file."""
        self.write_lists()
        self.book.close()
        return self.target.getvalue()


def shorten(text: str, limit: int) -> str:
    """A text of at most so many signs, cut between words.

    >>> shorten("Туруктуу калктын саны", 12)
    'Туруктуу…'
    """
    if len(text) <= limit:
        return text
    return text[: limit - 1].rpartition(" ")[0].rstrip(" ,;:") + "…"


def to_thousands(value: float) -> float:
    """A sum in som as it is typed in the default unit, without an error in the last digit.

    >>> to_thousands(1234567.891)
    1234.567891
    """
    return float(Decimal(repr(float(value))).scaleb(-MONEY_EXPONENTS["thousand_som"]))
