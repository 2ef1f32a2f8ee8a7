"""Cells of register records as values: text, number, yes/no, day. A blank is None, never 0."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from math import isnan
from typing import Any

from sedp_helpers.models import LANGUAGES, Text

Record = Mapping[str, Any]


def text_of(record: Record, column: str) -> str:
    """The text of a cell; empty where the cell or the column is not there.

    >>> text_of({"a": " x "}, "a"), text_of({"a": None}, "a"), text_of({}, "a")
    ('x', '', '')
    """
    value = record.get(column)
    if value is None or (isinstance(value, float) and isnan(value)):
        return ""
    return str(value).strip()


def title_of(record: Record, column: str) -> Text:
    """What a record is called, in each language; without a twin as entered, marked as Kyrgyz.

    >>> title_of({"name": "Жол", "name_ru": "Дорога"}, "name").get("ru")
    'Дорога'
    >>> title_of({"name": "Жол"}, "name").get("en")
    'Жол (ky)'
    """
    entered = text_of(record, column)
    twins = {lang: text_of(record, f"{column}_{lang}") for lang in LANGUAGES}
    return Text(**{lang: twin or (entered if lang == "ky" or not entered else f"{entered} (ky)")
                   for lang, twin in twins.items()})


def quote_title(record: Record, column: str) -> Text | str:
    """The title in quotation marks, since a list of titles cannot be told apart by commas alone;
    without a title the id.

    >>> quote_title({"id": "m1", "measure": "Жол"}, "measure").get("ky")
    '«Жол»'
    >>> quote_title({"id": "m1"}, "measure")
    'm1'
    """
    title = title_of(record, column)
    if not title.ky:
        return text_of(record, "id")
    return Text(ky=f"«{title.ky}»", ru=f"«{title.ru}»", en=f"“{title.en}”")


def number_of(record: Record, column: str) -> float | None:
    """The number of a cell.

    >>> number_of({"a": 0.0}, "a"), number_of({"a": float("nan")}, "a"), number_of({"a": ""}, "a")
    (0.0, None, None)
    """
    value = record.get(column)
    if isinstance(value, bool) or not isinstance(value, (int, float)) or isnan(value):
        return None
    return float(value)


def flag_of(record: Record, column: str) -> bool | None:
    """Yes or no; None where the cell is blank.

    >>> flag_of({"a": False}, "a"), flag_of({"a": None}, "a")
    (False, None)
    """
    value = record.get(column)
    return value if isinstance(value, bool) else None


def day_of(record: Record, column: str) -> date | None:
    """The day of an ISO or a point-separated date; None for a year alone or a blank.

    >>> day_of({"a": "2025-05-14"}, "a"), day_of({"a": "2025"}, "a")
    (datetime.date(2025, 5, 14), None)
    >>> day_of({"a": "14.05.2025"}, "a")
    datetime.date(2025, 5, 14)
    """
    text = text_of(record, column)
    if text.count(".") == 2:
        text = "-".join(reversed(text.split(".")))
    try:
        return date.fromisoformat(text[:10])
    except ValueError:
        return None


def span_of(record: Record, start: str, end: str) -> tuple[date, date] | None:
    """First and last day of a measure; a year alone is its first or last day.

    >>> span_of({"a": "2026", "b": "2027"}, "a", "b")
    (datetime.date(2026, 1, 1), datetime.date(2027, 12, 31))
    """
    first, last = _edge(record, start, 1, 1), _edge(record, end, 12, 31)
    first = first or (date(last.year, 1, 1) if last else None)
    return (first, last) if first and last and first <= last else None


def _edge(record: Record, column: str, month: int, day: int) -> date | None:
    text = text_of(record, column).removesuffix(".0")
    if len(text) == 4 and text.isdigit() and int(text) > 0:
        return date(int(text), month, day)
    return day_of(record, column)


def list_of(record: Record, column: str) -> list[str]:
    """The entries of a list cell.

    >>> list_of({"a": "site;board"}, "a"), list_of({}, "a")
    (['site', 'board'], [])
    """
    return [part.strip() for part in text_of(record, column).split(";") if part.strip()]
