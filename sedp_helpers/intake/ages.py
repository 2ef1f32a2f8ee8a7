"""Age bands as typed, and the damage a spreadsheet does to them.

Why: Excel reads "5-9" as the ninth of May or the fifth of September without asking. Such a cell
is never repaired silently: it is refused with the band that was probably meant.
"""

from __future__ import annotations

import re
from datetime import date

from sedp_helpers.intake.dates import parse_date
from sedp_helpers.intake.dialect import MONTHS, RANGE_DASHES, fold_word

OLDEST = 130
_BAND = re.compile(r"(\d{1,3})\s*-\s*(\d{1,3})")
_OPEN = re.compile(r"(\d{1,3})\s*\+")
_SINGLE = re.compile(r"(\d{1,3})(?:\.0+)?")
_NAMED_DATE = re.compile(r"(\d{1,4})\s*[-. ]\s*([^\W\d_]+)\.?|([^\W\d_]+)\.?\s*[-. ]\s*(\d{1,4})")
_SERIAL = re.compile(r"[34]\d{4}(?:\.0+)?")
_DATE_START = re.compile(r"\d{4}-\d{1,2}-\d{1,2}|\d{1,2}[./]\d{1,2}[./]\d{4}")


class AgeDate(ValueError):
    """The cell holds a date where an age band was typed; ``proposal`` is the likely band."""

    def __init__(self, text: str, proposal: str) -> None:
        super().__init__(f"a date stands where an age was typed: {text!r}")
        self.proposal = proposal


def parse_age(text: str) -> str:
    """The age band in its one written form; ``AgeDate`` for a date, else ``ValueError``.

    >>> parse_age("0 – 4"), parse_age("63+"), parse_age("17.0")
    ('0-4', '63+', '17')
    """
    text = text.strip().translate(RANGE_DASHES)
    if not text:
        return ""
    if found := _BAND.fullmatch(text):
        low, high = int(found[1]), int(found[2])
        if low < high <= OLDEST:
            return f"{low}-{high}"
        if low == high <= OLDEST:
            return str(low)
    elif found := _OPEN.fullmatch(text):
        if int(found[1]) <= OLDEST:
            return f"{int(found[1])}+"
    elif (found := _SINGLE.fullmatch(text)) and int(found[1]) <= OLDEST:
        return str(int(found[1]))
    if looks_like_date(text):
        raise AgeDate(text, _band_behind(text))
    raise ValueError(f"not an age: {text!r}")


def age_bounds(text: str) -> tuple[int, int | None]:
    """The first and last completed year of a band; None as the last year of an open one.

    >>> age_bounds("0-4"), age_bounds("63+"), age_bounds("17")
    ((0, 4), (63, None), (17, 17))
    """
    band = parse_age(text)
    if not band:
        raise ValueError("an empty age has no bounds")
    if band.endswith("+"):
        return int(band[:-1]), None
    low, _, high = band.partition("-")
    return int(low), int(high or low)


def looks_like_date(text: str) -> bool:
    """Whether an age cell was turned into a date or a date's serial number by a spreadsheet.

    >>> looks_like_date("05.сен"), looks_like_date("1900-01-04"), looks_like_date("63+")
    (True, True, False)
    """
    if _SERIAL.fullmatch(text) or _DATE_START.match(text):
        return True
    found = _NAMED_DATE.fullmatch(text)
    return found is not None and fold_word(found[2] or found[3]) in MONTHS


def _band_behind(text: str) -> str:
    """The band a spreadsheet probably made the date from, or an empty text."""
    if found := _NAMED_DATE.fullmatch(text):
        return _join(int(found[1] or found[4]), MONTHS[fold_word(found[2] or found[3])])
    if _SERIAL.fullmatch(text):
        day = date.fromordinal(date(1899, 12, 30).toordinal() + int(float(text)))
    else:
        try:
            day = date.fromisoformat(parse_date(text.split()[0].replace("T", " ").split()[0]))
        except ValueError:
            return ""
    if day.year == 1900:  # the serial number of a single age, shown as a day
        return str(day.toordinal() - date(1899, 12, 31).toordinal())
    return _join(day.day, day.month)


def _join(one: int, other: int) -> str:
    low, high = sorted((one, other))
    return f"{low}-{high}"
