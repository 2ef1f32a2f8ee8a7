"""A section sheet: a row per indicator and part, a column per year."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from sedp_helpers.fillin.book import Book, to_thousands
from sedp_helpers.fillin.filled import Cell, Filled
from sedp_helpers.fillin.styles import TABS
from sedp_helpers.intake.workbook_rows import name_row
from sedp_helpers.intake.workbook_sheets import (
    DEFAULT_UNIT,
    MONEY,
    UNITS,
    WideRow,
    list_wide_rows,
)
from sedp_helpers.models import Indicator, SectionSpec

HEAD = 3  # row of the headings, from 0
FIRST_YEAR_COLUMN = 3
UNIT_CELL = "=$C$3"
SIGNS_ON_LINE = 46  # of the name of a part
_NAME_STYLES = {"head": "name", "total": "name", "sex": "part", "age": "deep", "village": "part",
                "item": "part", "free": "input_part"}


@dataclass
class WideSheet:
    """Writes the indicators of a section; ``written`` collects the cells that have a place."""

    book: Book
    years: Sequence[int]
    filled: Filled
    items: Mapping[str, str] = field(default_factory=dict)
    written: set[Cell] = field(default_factory=set)

    def write(self, section: SectionSpec, indicators: Sequence[Indicator]) -> int:
        """The sheet of a section; returns how many rows are to be filled in."""
        sheet = self.book.add_sheet(section.id, TABS["sections"])
        self._write_head(sheet, section, indicators)
        row = HEAD + 1
        for indicator in indicators:
            row = self._write_indicator(sheet, row, indicator)
        last = FIRST_YEAR_COLUMN + len(self.years)
        sheet.print_area(0, 0, row - 1, last)
        return row - HEAD - 1

    def _write_head(
        self, sheet: Any, section: SectionSpec, indicators: Sequence[Indicator]
    ) -> None:
        book, words = self.book, self.book.words
        last = FIRST_YEAR_COLUMN + len(self.years)
        units = 1.1 * max((len(self._unit(indicator)) for indicator in indicators), default=0) + 3
        for first, final, width in (
            (0, 0, 1.6), (1, 1, 44), (2, 2, max(15, units)), (3, last - 1, 9.5),
            (last, last, 34), (last + 1, last + 1, 60),
        ):
            sheet.set_column(first, final, width, book.styles["plain"])
        book.text(sheet, 0, 1, f"{section.title.get(book.language)}", "title")
        book.text(sheet, 1, 1, words["hint_wide"], "hint")
        if any(indicator.unit == MONEY for indicator in indicators):
            book.money_cell(sheet, 2, 1)
            book.text(sheet, 2, FIRST_YEAR_COLUMN, words["hint_money"], "hint_in")
        titles = words["wide"]
        book.text(sheet, HEAD, 0, titles["key"], "key")
        for column, name in ((1, "name"), (2, "unit"), (last, "source"), (last + 1, "definition")):
            book.text(sheet, HEAD, column, titles[name], "head_left")
        for column, year in enumerate(self.years, FIRST_YEAR_COLUMN):
            sheet.write_number(HEAD, column, year, book.styles["head"])
        sheet.set_row(0, 26)
        sheet.set_row(2, 20)
        sheet.set_row(HEAD, 22)
        sheet.freeze_panes(HEAD + 1, FIRST_YEAR_COLUMN)
        sheet.repeat_rows(HEAD)

    def _write_indicator(self, sheet: Any, row: int, indicator: Indicator) -> int:
        first = row
        for wide in list_wide_rows(
            indicator, self.book.labels.catalog.codes, villages=list(self.book.villages),
            items=self.filled.list_items(indicator.id),
        ):
            self._write_row(sheet, row, wide, indicator)
            row += 1
        self._write_margin(sheet, first, indicator)
        self._ask(sheet, first + (indicator.item_required and row > first + 1), row - 1, indicator)
        return row

    def _write_row(self, sheet: Any, row: int, wide: WideRow, indicator: Indicator) -> None:
        book = self.book
        heading = wide.kind in ("head", "total")
        book.text(sheet, row, 0, wide.key, "key")
        name = name_row(wide, book.labels, book.language, villages=book.villages,
                        items=self.items)
        book.text(sheet, row, 1, name, _NAME_STYLES[wide.kind])
        if not heading and len(name) > SIGNS_ON_LINE:
            sheet.set_row(row, 13.5 * -(-len(name) // SIGNS_ON_LINE) + 2)
        self._write_unit(sheet, row, indicator, "unit_name" if heading else "unit")
        style = "blocked" if wide.kind == "head" else number_style(indicator, book)
        for column, year in enumerate(self.years, FIRST_YEAR_COLUMN):
            book.value(sheet, row, column, self._value(wide, year, indicator), style)

    def _value(self, wide: WideRow, year: int, indicator: Indicator) -> float | None:
        if wide.kind in ("head", "free"):
            return None
        self.written.add((wide.key, year))
        value = self.filled.values.get((wide.key, year))
        return to_thousands(value) if value is not None and indicator.unit == MONEY else value

    def _write_unit(self, sheet: Any, row: int, indicator: Indicator, style: str) -> None:
        """The unit of a row; that of a sum follows the unit cell of the sheet."""
        book = self.book
        if indicator.unit == MONEY:
            unit = book.labels.label(UNITS, DEFAULT_UNIT, book.language)
            sheet.write_formula(row, 2, UNIT_CELL, book.styles[style], unit)
            return
        book.text(sheet, row, 2, self._unit(indicator), style)

    def _unit(self, indicator: Indicator) -> str:
        known = self.book.labels.catalog.units.get(indicator.unit)
        return known["short"].get(self.book.language) if known else ""

    def _write_margin(self, sheet: Any, row: int, indicator: Indicator) -> None:
        """Whom to ask, and what is meant, beside the first row of an indicator."""
        column = FIRST_YEAR_COLUMN + len(self.years)
        sources = self.book.labels.catalog.sources
        names = [sources[ident]["name"].get(self.book.language) for ident in indicator.source
                 if ident in sources]
        self.book.text(sheet, row, column, "; ".join(names), "small")
        definition = indicator.definition.get(self.book.language)
        self.book.text(sheet, row, column + 1, definition, "small")
        lines = max(-(-len("; ".join(names)) // 38), -(-len(definition) // 70), 1)
        name_lines = -(-len(indicator.name.get(self.book.language)) // 42)
        sheet.set_row(row, max(15.5, 11.5 * lines + 3, 13.5 * name_lines + 2))

    def _ask(self, sheet: Any, first: int, last: int, indicator: Indicator) -> None:
        """One prompt and one check for all cells of an indicator."""
        words, final = self.book.words["prompt"], FIRST_YEAR_COLUMN + len(self.years) - 1
        unit = self.book.labels.catalog.units.get(indicator.unit, {})
        share = indicator.unit == "pct" and "index" not in indicator.id
        kind = "share" if share else "whole" if unit.get("whole") else "number"
        rule: dict[str, Any] = {"validate": "decimal", "criteria": ">=", "value": 0}
        if share:
            rule = {"validate": "decimal", "criteria": "between", "minimum": 0, "maximum": 100}
        message = " ".join((indicator.definition.get(self.book.language) + ".", words[kind],
                            words["missing"]))
        self.book.prompt(sheet, (first, FIRST_YEAR_COLUMN, last, final), rule,
                         indicator.name.get(self.book.language), message)


def number_style(indicator: Indicator, book: Book) -> str:
    """The format of a number cell; a percent cell is left general, so that «5,48 %» is seen."""
    if indicator.unit == "pct":
        return "input_general"
    whole = book.labels.catalog.units.get(indicator.unit, {}).get("whole")
    return "input_whole" if whole else "input_number"
