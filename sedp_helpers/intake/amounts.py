"""Numbers as people type them: digits, grouped digits, and numbers with words.

Why: an accountant writes «524,0 миң сом» and means 524 000. Reading is strict: what is not surely
one number is refused with the reading we would propose. This module never decides about a row.
"""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from decimal import Decimal

from sedp_helpers.intake.dates import DayMonth, parse_day_month
from sedp_helpers.intake.dialect import (
    GROUP_SPACES,
    KIND_OF_WORD,
    LONE_DASHES,
    MINUS,
    MISSING_WORDS,
    MONEY_EXPONENTS,
    MULTIPLIERS,
    SERVICE_MARKS,
    fold_word,
    unit_kind,
)

_GROUPS = rf"[0-9]{{1,3}}(?:[{GROUP_SPACES}][0-9]{{3}})+(?![0-9])"
_BODY = rf"(?:{_GROUPS}|[0-9]+)(?:[.,][0-9]*)?|[.,][0-9]+"
_NUMBER = re.compile(rf"[-{MINUS}]?(?:{_BODY})")
_PART = re.compile(rf"\s*({_NUMBER.pattern})\s*([^\W\d_]+\.?)?")
_PLAIN = re.compile(r"-?[0-9]+(?:\.[0-9]+)?")
_LONG = 300  # digits that a float may not hold
_AMBIGUOUS = re.compile(rf"[-{MINUS}]?[0-9{GROUP_SPACES}]+[.,][0-9]{{3}}")
_MARKS = re.compile(r"[.,]")
_GROUPED = re.compile(r"[-+]?(?:[0-9]+|[0-9]{1,3}(?:\.[0-9]{3})+|[0-9]{1,3}(?:,[0-9]{3})+)")
_GROUPED_DECIMAL = re.compile(
    r"[-+]?[0-9]{1,3}(?:\.[0-9]{3})*,[0-9]*|[-+]?[0-9]{1,3}(?:,[0-9]{3})*\.[0-9]*|[-+]?[0-9]+[.,][0-9]*"
)
_SCIENTIFIC = re.compile(r"-?[0-9]+(?:[.,][0-9]+)?[eE][+-]?[0-9]{1,2}")


@dataclass(frozen=True, slots=True)
class NumberReading:
    """What a cell says: a value, or why there is none.

    ``note``: form (groups, comma), text (number with words), missing (a word for "none"), dash.
    ``error``: unit, marks, ambiguous, mark (of a spreadsheet, in place of a value), number.
    ``proposal`` is the reading to ask about. ``worded`` is true when the cell names its own scale,
    so that no unit column applies to it.
    """

    value: float | None = None
    note: str = ""
    error: str = ""
    proposal: float | None = None
    worded: bool = False


@dataclass(frozen=True, slots=True)
class _Amount:
    value: Decimal
    kind: str
    scaled: bool


def parse_amount(text: str) -> float | DayMonth:
    """The number that a text states, in its base unit; a day with a month gives ``DayMonth``.

    Reads the forms of acceptance cases AC-25 and AC-26; anything else is a ``ValueError``.

    >>> parse_amount("6 млн 970 миң сом"), parse_amount("2 млн. 945,0 миӊ сом")
    (6970000.0, 2945000.0)
    >>> parse_amount("5,48%"), parse_amount("17 539")
    (5.48, 17539.0)
    >>> str(parse_amount("20- мая"))
    '20 May'
    """
    amount = _read_amount(str(text))
    if amount is not None:
        return float(amount.value)
    return parse_day_month(text)


def parse_number_cell(text: str, unit: str = "", whole: bool = False) -> NumberReading:
    """What a number cell says for an indicator of that unit (dialect of the raw tables).

    ``whole`` marks units counted in whole numbers, where "12,130" could be twelve thousand or
    twelve and is therefore refused.

    >>> parse_number_cell("12 130", "person", True).value
    12130.0
    >>> parse_number_cell("524,0 миң сом", "person", True).error
    'unit'
    >>> parse_number_cell("12,130", "person", True).proposal
    12130.0
    >>> parse_number_cell("–").note
    'dash'
    """
    text = text.strip()
    if not text:
        return NumberReading()
    if text in LONE_DASHES:
        return NumberReading(note="dash")
    if text.lower() in MISSING_WORDS:
        return NumberReading(note="missing")
    if len(text) < _LONG and _PLAIN.fullmatch(text) and not (whole and _AMBIGUOUS.fullmatch(text)):
        return NumberReading(float(text) + 0.0)
    amount = _read_amount(text)
    if amount is None:
        return _refuse(text)
    value = float(amount.value) + 0.0  # never minus zero
    if not math.isfinite(value):
        return NumberReading(error="number")
    if not _fits(amount, unit):
        return NumberReading(error="unit", proposal=value)
    if whole and not amount.scaled and _AMBIGUOUS.fullmatch(_digits_of(text)):
        return NumberReading(error="ambiguous", proposal=_guess(_digits_of(text), grouped=True))
    worded = bool(amount.kind or amount.scaled)
    if worded:
        return NumberReading(value, note="text", worded=True)
    return NumberReading(value, note="" if _PLAIN.fullmatch(text) else "form")


def _read_amount(text: str) -> _Amount | None:
    """The parts «6 млн», «970 миң» and the unit word, added up; None where it is no amount."""
    text = text.strip()
    total, last, position, negative = Decimal(0), 99, 0, False
    exponent: int | None = None
    while (part := _PART.match(text, position)) and last > 0:
        number = _to_decimal(part[1])
        if position and part[1][0] in "-" + MINUS:
            return None
        negative = negative or part[1][0] in "-" + MINUS
        exponent = MULTIPLIERS.get(fold_word(part[2] or ""))
        if (exponent or 0) >= last:
            return None
        total += abs(number).scaleb(exponent or 0)
        last = exponent or 0
        position = part.end() if exponent else part.end(1)
    if position == 0:
        return None
    rest = fold_word(text[position:])
    if rest and rest not in KIND_OF_WORD:
        return None
    kind = KIND_OF_WORD.get(rest, "")
    scaled = any(fold_word(word) in MULTIPLIERS for word in re.findall(r"[^\W\d_]+", text))
    return _Amount(-total if negative else total, kind, scaled)


def _to_decimal(number: str) -> Decimal:
    for space in GROUP_SPACES:
        number = number.replace(space, "")
    return Decimal(number.replace(MINUS, "-").replace(",", "."))


def _fits(amount: _Amount, unit: str) -> bool:
    kind = unit_kind(unit)
    if amount.kind:
        return amount.kind == kind
    return not (amount.scaled and kind == "pct")


def _digits_of(text: str) -> str:
    """The number at the start of a cell, without the words behind it."""
    found = _NUMBER.match(text)
    return found[0] if found else ""


def _refuse(text: str) -> NumberReading:
    """The error of a cell that is no number, with the reading we would propose."""
    if text.upper().startswith(SERVICE_MARKS):
        return NumberReading(error="mark")
    if _SCIENTIFIC.fullmatch(text):
        return NumberReading(error="number", proposal=float(text.replace(",", ".")))
    body = re.sub(r"[^\d.,]+$", "", text)
    error = "marks" if len(_MARKS.findall(body)) > 1 else "number"
    return NumberReading(error=error, proposal=_guess(body))


def _guess(text: str, *, grouped: bool = False) -> float | None:
    """The likeliest number of a doubtful text: the last mark is decimal unless it groups."""
    compact = re.sub(rf"[\s{GROUP_SPACES}'’_]", "", text).replace(MINUS, "-")
    if grouped or _GROUPED.fullmatch(compact):
        return float(re.sub(r"[.,]", "", compact))
    if not _GROUPED_DECIMAL.fullmatch(compact):
        return None
    head, tail = re.split(r"[.,](?=[0-9]*$)", compact)
    return float(f"{re.sub(r'[.,]', '', head)}.{tail or 0}")


def parse_money_unit(text: str) -> str:
    """The unit code of a money unit cell («миң сом», "million_som"); ``ValueError`` otherwise.

    >>> parse_money_unit("миң сом"), parse_money_unit("млн. сом"), parse_money_unit("som")
    ('thousand_som', 'million_som', 'som')
    """
    word = text.strip().lower()
    if word in MONEY_EXPONENTS:
        return word
    scale, _, unit = word.rpartition(" ")
    exponent = MULTIPLIERS.get(fold_word(scale), 0) if scale else 0
    if KIND_OF_WORD.get(fold_word(unit)) != "som" or bool(scale) != bool(exponent):
        raise ValueError(f"not a unit of money: {text!r}")
    codes = {power: code for code, power in MONEY_EXPONENTS.items()}
    if exponent not in codes:
        raise ValueError(f"not a unit of money: {text!r}")
    return codes[exponent]


def scale_exactly(value: float, exponent: int) -> float:
    """A value times a power of ten without the last-digit error of a float product.

    >>> scale_exactly(1.001, 3)
    1001.0
    """
    return float(Decimal(repr(value)).scaleb(exponent))
