"""Days, months, years, clock times and yes/no as people type them.

Why: dates decide whether an order is valid, so a doubtful one is refused and never guessed.
"""

from __future__ import annotations

import re
from datetime import date
from typing import NamedTuple

from sedp_helpers.intake.dialect import FALSE_WORDS, MONTHS, RANGE_DASHES, TRUE_WORDS, fold_word

FIRST_YEAR, LAST_YEAR = 1990, 2100
_ISO = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})(?:[T ]00:00(?::00(?:\.0+)?)?)?")
_DOTTED = re.compile(r"(\d{1,2})[./](\d{1,2})[./](\d{4})(?: 0?0:00(?::00)?)?")
_DAY_MONTH = re.compile(r"(\d{1,2})\s*-?\s*([^\W\d_]+)\.?")
_YEAR = re.compile(r"(\d{4,})(?:\.0+)?\s*(?:-?\s*(?:ж|жыл|жылы|г|год|года)\.?)?")
_TIME = re.compile(r"([01]?\d|2[0-3])[:.]([0-5]\d)(?::00)?")
_MONTH_LABELS = ("January", "February", "March", "April", "May", "June", "July", "August",
                 "September", "October", "November", "December")


class DayMonth(NamedTuple):
    """A day of a month without a year, as the approval calendar states it."""

    day: int
    month: int

    def __str__(self) -> str:
        return f"{self.day} {_MONTH_LABELS[self.month - 1]}"


def parse_day_month(text: str) -> DayMonth:
    """The day and month of «20- мая» or «10- март»; ``ValueError`` otherwise (AC-26).

    >>> parse_day_month("1- июня")
    DayMonth(day=1, month=6)
    """
    found = _DAY_MONTH.fullmatch(text.strip().translate(RANGE_DASHES))
    month = MONTHS.get(fold_word(found[2])) if found else None
    if not found or not month:
        raise ValueError(f"not an amount and not a day of a month: {text!r}")
    date(2024, month, int(found[1]))  # refuses the 31st of a short month
    return DayMonth(int(found[1]), month)


def parse_date(text: str) -> str:
    """The ISO text of a date cell: ISO, day.month.year or what a spreadsheet writes.

    >>> parse_date("05.03.2024"), parse_date("2024-03-05 00:00:00")
    ('2024-03-05', '2024-03-05')
    """
    text = text.strip()
    if found := _ISO.fullmatch(text):
        return date(int(found[1]), int(found[2]), int(found[3])).isoformat()
    if found := _DOTTED.fullmatch(text):
        return date(int(found[3]), int(found[2]), int(found[1])).isoformat()
    raise ValueError(f"not a date: {text!r}")


def parse_year(text: str) -> int:
    """The year of «2024», «2024-ж.», «2024 г.» or «2024.0»; outside 1990–2100 a ``ValueError``.

    >>> parse_year("2024-ж."), parse_year("2024.0")
    (2024, 2024)
    """
    found = _YEAR.fullmatch(text.strip().lower().translate(RANGE_DASHES))
    if not found or not FIRST_YEAR <= int(found[1]) <= LAST_YEAR:
        raise ValueError(f"not a year from {FIRST_YEAR} to {LAST_YEAR}: {text!r}")
    return int(found[1])


def propose_year(text: str) -> int | None:
    """The year that is meant by a slip such as 20244, where four of its digits make one."""
    digits = re.sub(r"\D", "", text)
    for start in range(max(len(digits) - 3, 0)):
        year = int(digits[start : start + 4])
        if FIRST_YEAR <= year <= LAST_YEAR:
            return year
    return None


def parse_time(text: str) -> str:
    """A clock time as HH:MM; ``ValueError`` otherwise.

    >>> parse_time("9.30")
    '09:30'
    """
    found = _TIME.fullmatch(text.strip())
    if not found:
        raise ValueError(f"not a time of day: {text!r}")
    return f"{int(found[1]):02d}:{found[2]}"


def parse_bool(text: str) -> bool:
    """Yes or no in the words of the three languages; ``ValueError`` otherwise.

    >>> parse_bool("ооба"), parse_bool("0")
    (True, False)
    """
    word = text.strip().lower()
    if word in TRUE_WORDS:
        return True
    if word in FALSE_WORDS:
        return False
    raise ValueError(f"neither yes nor no: {text!r}")


def split_list(text: str) -> tuple[str, ...]:
    """The entries of a list cell, separated by semicolons.

    >>> split_list("f1; f2 ;")
    ('f1', 'f2')
    """
    return tuple(part.strip() for part in text.split(";") if part.strip())
