"""Records of registers on their way to a page: texts in the reader's language, codes, results.

Numbers of a record are printed from its results (item = id of the record), so that a table and
results.csv cannot differ.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

import pandas as pd

from sedp_helpers.blocks import Cell
from sedp_helpers.compute.rows import list_records
from sedp_helpers.language import format_date, format_number
from sedp_helpers.present.book import Entry
from sedp_helpers.present.pictures.base import Viewer
from sedp_helpers.present.questions import pick_text

Record = Mapping[str, Any]
DASH = "…"


@dataclass(frozen=True)
class Files:
    """The registers of a municipality with the words of the page."""

    viewer: Viewer
    registers: Mapping[str, pd.DataFrame]
    words: Mapping[str, Any]

    @property
    def language(self) -> str:
        return self.viewer.wording.language

    def rows(self, register: str) -> list[dict[str, Any]]:
        """The records of a register; an empty list where there is none."""
        frame = self.registers.get(register)
        return list_records(frame) if frame is not None else []

    def text(self, record: Record, column: str) -> str:
        """A text cell in the reader's language; empty where it is not given."""
        return clean_text(pick_text(blank_missing(record), column, self.language))

    def code(self, listed: str, code: object) -> str:
        """The name of a code of a list; the code itself where the list does not know it."""
        known = self.viewer.wording.catalog.codes.get(listed, {}).get(str(code or ""))
        return known.get(self.language) if known else clean_text(str(code or ""))

    def village(self, record: Record) -> str:
        ident = str(record.get("village") or "")
        return self.viewer.wording.villages.get(ident, ident)

    def day(self, value: object, form: str = "plain") -> str:
        """A date in words; a year or a text as it was entered."""
        text = clean_text(str(value if value is not None else "")).removesuffix(".0")
        try:
            return format_date(date.fromisoformat(text), self.language, form)
        except ValueError:
            return text

    def entry(self, ident: str, item: str = "", year: int | None = None) -> Entry | None:
        """A result of a record: of a year, else of the whole plan, else the latest there is."""
        found = self.viewer.book.entries(ident, item=item)
        if year is not None:
            found = [one for one in found if one.year == year]
        whole = [one for one in found if one.year is None]
        return next(iter(whole or found[-1:]), None)

    def figure(self, ident: str, item: str = "", year: int | None = None, *,
               style: str = "") -> Cell:
        """The result as a cell; a missing one is a mark, never an empty cell or a zero."""
        entry = self.entry(ident, item, year)
        if entry is None or not entry.known:
            return Cell(DASH, status=entry.status if entry else "O", style="muted")
        cell = self.viewer.cell(entry)
        return replace(cell, style=style or cell.style)

    def own_unit(self, ident: str, item: str) -> Cell:
        """A number in the measure's own unit: a digit after the comma only where it has one."""
        cell, entry = self.figure(ident, item), self.entry(ident, item)
        if entry is None or not entry.known:
            return cell
        decimals = 0 if entry.value % 1 == 0 else cell.decimals
        text = format_number(entry.value, self.language, decimals)
        return replace(cell, text=text, decimals=decimals)

    def printed(self, ident: str, item: str = "") -> str:
        """The number of a result as text; empty where it is missing."""
        entry = self.entry(ident, item)
        return self.viewer.wording.number(entry) if entry is not None and entry.known else ""


def clean_text(text: str) -> str:
    return "" if text in ("nan", "None") else text


def blank_missing(record: Record) -> dict[str, Any]:
    """The record with NaN cells as blanks."""
    return {key: "" if isinstance(value, float) and value != value else value
            for key, value in record.items()}
