"""The sheets that are plain tables: registers and ``observations``.

Row 1 is hidden and holds the column ids; then the title, the hint or the unit of money, the
translated headings, and the rows to fill in.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

import pandas as pd

from sedp_helpers.fillin.book import Book, to_thousands
from sedp_helpers.fillin.styles import TABS
from sedp_helpers.intake.dates import split_list
from sedp_helpers.intake.registers import list_columns
from sedp_helpers.intake.workbook_labels import INDICATOR, STATUS, column_list
from sedp_helpers.intake.workbook_sheets import (
    MONEY,
    OBSERVATION_COLUMNS,
    OBSERVATIONS,
    UNITS,
)
from sedp_helpers.models import LANGUAGES, Column, Register

FIRST = 4  # first data row, from 0
EMPTY_ROWS = 27  # what a page holds at full size
CHECKED_ROWS = 2000
WIDEST_PAGE = 230  # signs; a wider register is printed on two pages side by side
_WIDTHS = {"id": 11, "code": 22, "int": 11, "number": 12, "money": 14, "pct": 11, "date": 12,
           "year": 8, "bool": 10, "time": 9, "list": 24, "any": 14}
_CELLS = {"int": "input_whole", "number": "input_number", "money": "input_number",
          "pct": "input_general", "date": "input_date", "year": "input_year", "bool": "input",
          "code": "input", "time": "input_text"}
_OPEN = {"date": "open_date", **dict.fromkeys(("int", "number", "money", "pct", "year", "bool",
                                               "code"), "open")}
_ASKED = {"int": "whole", "number": "number", "money": "money", "pct": "share", "date": "date",
          "year": "year", "bool": "bool", "id": "id", "code": "list", "list": "entries"}
_LONG = ("text", "reason", "note", "measure", "task", "goal", "problem", "cause", "effect",
         "solution", "answer", "topic", "place", "name", "title")


def write_register(
    book: Book, register: Register, frame: pd.DataFrame | None, *, color: str = TABS["other"]
) -> int:
    """A register sheet with its records; returns their number."""
    columns = _choose_columns(register, frame)
    sheet = book.add_sheet(register.id, color)
    money = any(column.type == "money" for column in columns)
    titles = [_title(book, column, starred=column.required or column.id == register.key)
              for column in columns]
    widths = [widen(_width(column), title) for column, title in zip(columns, titles)]
    if money:  # its label stands in the first column, the unit in the second
        widths[:2] = [max(widths[0], 1.3 * len(book.words["money_unit"])), max(widths[1], 14)]
    _write_head(book, sheet, register.name.get(book.language), [c.id for c in columns],
                titles, widths, money=money)
    records = [] if frame is None else frame.to_dict("records")
    for place, column in enumerate(columns):
        sheet.set_column(place, place, widths[place],
                         book.styles[_OPEN.get(column.type, "open_text")])
        style = _CELLS.get(column.type, "input_text")
        for row in range(len(records) + EMPTY_ROWS):
            value = records[row].get(column.id) if row < len(records) else None
            book.value(sheet, FIRST + row, place, _to_cell(book, column, value), style)
        _ask(book, sheet, place, column)
    short = len(book.words["hint_register"]) - sum(widths[2 if money else 0:])
    beside = math.ceil(max(short, 0) / 8)  # columns that the hint above runs over
    sheet.print_area(0, 0, FIRST + len(records) + EMPTY_ROWS - 1, len(columns) - 1 + beside)
    if sum(widths) > WIDEST_PAGE:
        sheet.fit_to_pages(2, 0)
        sheet.repeat_columns(0)
    return len(records)


def _choose_columns(register: Register, frame: pd.DataFrame | None) -> list[Column]:
    """The columns of the model, then the filled language twins and the user's own columns."""
    columns = list(register.columns)
    if frame is None:
        return columns
    known = {column.id: column for column in list_columns(register)}
    own = {column.id for column in columns} | {"origin"}
    extra = [str(name) for name in frame.columns if name not in own]
    return columns + [known.get(name, Column(id=name)) for name in extra
                      if any(str(value).strip() not in ("", "nan") for value in frame[name])]


def _title(book: Book, column: Column, *, starred: bool) -> str:
    """The heading of a column; that of a language twin names its language, a star asks for it."""
    title = column.name.get(book.language) or column.id
    twin = column.id.rpartition("_")[2]
    marked = twin in LANGUAGES and column.type == "text" and not column.id.startswith("name_")
    title = f"{title} ({book.words['languages'][twin]})" if marked else title
    return f"{title} *" if starred else title


def _width(column: Column) -> float:
    if column.type in _WIDTHS:
        return _WIDTHS[column.type]
    return 34 if column.id in _LONG else 20


def widen(width: float, title: str) -> float:
    """The width at which no word of a heading is broken."""
    return max(width, 1.25 * max(len(word) for word in title.split()) + 3)


def _write_head(
    book: Book, sheet: Any, title: str, ids: Sequence[str], titles: Sequence[str],
    widths: Sequence[float], *, money: bool = False, hint: str = "hint_register",
) -> None:
    for place, (ident, heading) in enumerate(zip(ids, titles)):
        book.text(sheet, 0, place, ident, "key")
        book.text(sheet, FIRST - 1, place, heading, "head_left")
    sheet.set_row(0, 8, None, {"hidden": True})
    book.text(sheet, 1, 0, title, "title")
    sheet.set_row(1, 26)
    if money:
        book.money_cell(sheet, 2, 0)
    book.text(sheet, 2, 2 if money else 0, book.words[hint], "hint_in" if money else "hint")
    sheet.set_row(2, 20)
    lines = max(math.ceil(1.25 * len(heading) / (width - 3))
                for heading, width in zip(titles, widths))
    sheet.set_row(FIRST - 1, max(32, 15 * lines))
    sheet.freeze_panes(FIRST, 1)
    sheet.repeat_rows(FIRST - 1)


def _to_cell(book: Book, column: Column, value: Any) -> Any:
    """A typed value of a register as it is shown: labels for codes, days as days."""
    if value is None or (isinstance(value, float) and math.isnan(value)):
        return None
    if isinstance(value, str) and not value.strip():
        return None
    if column.refers == "villages.id":
        ids = split_list(str(value)) if column.type == "list" else [str(value)]
        return "; ".join(book.villages.get(ident, ident) for ident in ids)
    listed = column_list(column)
    if listed and not isinstance(value, bool):
        codes = split_list(str(value)) if column.type == "list" else [str(value)]
        return "; ".join(book.labels.label(listed, code, book.language) for code in codes)
    if column.type == "money" and isinstance(value, (int, float)):
        return to_thousands(value)
    if column.type == "date" and isinstance(value, str):
        return _to_day(value)
    return value


def _to_day(text: str) -> Any:
    """A day that a spreadsheet knows; an earlier or unreadable one stays text."""
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return text
    return day if day.year > 1900 else text


def _ask(book: Book, sheet: Any, place: int, column: Column) -> None:
    """The prompt of a column, and the list it is chosen from."""
    words = book.words["prompt"]
    area = (FIRST, place, FIRST + CHECKED_ROWS, place)
    title = column.name.get(book.language) or column.id
    listed = column_list(column)
    if listed in book.labels.lists and column.type != "list":
        rule = {"validate": "list", "source": book.list_range(listed), "error_type": "stop"}
        book.prompt(sheet, area, rule, title, words["list"])
    elif column.refers and column.type != "list":
        source = _refer(column.refers, book)
        book.prompt(sheet, area, {"validate": "list", "source": source}, title, words["refers"])
    elif column.type in _ASKED:
        book.prompt(sheet, area, {"validate": "any"}, title, words[_ASKED[column.type]])


def _refer(refers: str, book: Book) -> str:
    """The cells of another register that a reference is chosen from."""
    register = refers.partition(".")[0]
    letter = book.village_column if register == "villages" else "A"
    return f"={register}!${letter}${FIRST + 1}:${letter}${FIRST + 200}"


# ---- observations ------------------------------------------------------------------------
_OBSERVATION_WIDTHS = (40, 8, 14, 12, 9, 18, 20, 16, 24, 30, 14, 10)


def write_observations(book: Book, rows: Sequence[Mapping[str, Any]]) -> int:
    """The sheet of the figures that fit no wide cell, with their statuses, sources and notes."""
    sheet = book.add_sheet(OBSERVATIONS, TABS["data"])
    titles = book.words["observations_columns"]
    heads = [titles[name] + (" *" if name in ("indicator", "year", "value") else "")
             for name in OBSERVATION_COLUMNS]
    widths = [widen(width, head) for width, head in zip(_OBSERVATION_WIDTHS, heads)]
    _write_head(book, sheet, book.words[OBSERVATIONS], OBSERVATION_COLUMNS, heads, widths,
                hint="hint_observations")
    styles = {"year": "input_year", "value": "input_number"}
    for place, (name, width) in enumerate(zip(OBSERVATION_COLUMNS, widths)):
        default = "open" if name in styles else "open_text"
        sheet.set_column(place, place, width, book.styles[default])
        for row in range(len(rows) + EMPTY_ROWS):
            value = _show(book, name, rows[row]) if row < len(rows) else None
            book.value(sheet, FIRST + row, place, value or None if name != "value" else value,
                       styles.get(name, "input_text"))
    _ask_observations(book, sheet)
    sheet.print_area(0, 0, FIRST + len(rows) + EMPTY_ROWS - 1, len(OBSERVATION_COLUMNS) - 1)
    return len(rows)


def _show(book: Book, name: str, row: Mapping[str, Any]) -> Any:
    """A field of an observation as it is shown; sums keep their unit, som, in the unit column."""
    value = row.get(name, "")
    model = book.labels.catalog.indicators[row["indicator"]]
    if name == "unit":
        money = model.unit == MONEY and not math.isnan(row["value"])
        return book.labels.label(UNITS, MONEY, book.language) if money else ""
    if name == "status":
        plain = value == "A" and not math.isnan(row["value"])
        return "" if plain else book.labels.label(STATUS, value, book.language)
    if name == "basis":
        return "" if value == "current" else value
    if name == "village":
        return book.villages.get(value, value)
    lists = {"indicator": INDICATOR, "sex": "sexes", "item": model.items}
    return book.labels.label(lists[name], value, book.language) if name in lists else value


def _ask_observations(book: Book, sheet: Any) -> None:
    words, titles = book.words["prompt"], book.words["observations_columns"]
    lists = {"indicator": INDICATOR, "sex": "sexes", "status": STATUS, "unit": UNITS}
    for place, name in enumerate(OBSERVATION_COLUMNS):
        area = (FIRST, place, FIRST + CHECKED_ROWS, place)
        if name in lists:
            rule = {"validate": "list", "source": book.list_range(lists[name])}
            book.prompt(sheet, area, rule, titles[name], words["list"])
        elif name == "village":
            rule = {"validate": "list", "source": _refer("villages.id", book)}
            book.prompt(sheet, area, rule, titles[name], words["refers"])
        elif name in ("age", "year"):
            book.prompt(sheet, area, {"validate": "any"}, titles[name], words[name])
