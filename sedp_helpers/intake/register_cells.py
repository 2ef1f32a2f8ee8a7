"""One text of a register, read by the type of its column.

Why: a register holds money, days, yes/no, codes and references beside plain text. Each type has
one reader that gives a value, or the rule that the text breaks; none of them guesses.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from sedp_helpers.intake.amounts import parse_number_cell, scale_exactly
from sedp_helpers.intake.clean import has_markup, is_record_id, match_code, name_params
from sedp_helpers.intake.dates import (
    parse_bool,
    parse_date,
    parse_time,
    parse_year,
    propose_year,
    split_list,
)
from sedp_helpers.intake.dialect import MONEY_EXPONENTS
from sedp_helpers.intake.values import ERROR_RULES, NOTE_RULES
from sedp_helpers.language.letters import repair_letters
from sedp_helpers.models import Column

NUMBER_UNITS = {"money": "som", "pct": "pct", "int": "", "number": ""}


@dataclass(frozen=True)
class CellReading:
    """The value of a text; ``note`` and ``warning`` let it be used, ``error`` does not."""

    value: Any = None
    note: str = ""
    warning: str = ""
    error: str = ""
    params: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Lists:
    """What cells may refer to: code lists, ids of other registers, the unit money is typed in."""

    codes: Mapping[str, Any] = field(default_factory=dict)
    ids: Mapping[str, Any] = field(default_factory=dict)
    money_unit: str = "som"


def read_cell(text: str, column: Column, lists: Lists) -> CellReading:
    """What a register cell says; an empty cell has no value and breaks no rule.

    >>> read_cell("1,5 млн сом", Column(id="cost", type="money"), Lists()).value
    1500000.0
    """
    if not text:
        return CellReading(None if column.type in _VALUED else "")
    if column.refers and column.type != "list":
        return _read_reference(text, column, lists)
    if column.codes and column.type != "list":
        return _read_listed(text, lists.codes.get(column.codes, ()), "IN-CODE")
    return _READERS.get(column.type, _read_text)(text, column, lists)


def _read_text(text: str, column: Column, lists: Lists) -> CellReading:
    repaired = repair_letters(text)[0] if not text.isascii() else text
    if has_markup(text):
        return CellReading(repaired, warning="IN-MARKUP")
    note = "" if repaired == text else "IN-LETTERS"
    return CellReading(repaired, note=note, params={"proposal": repaired})


def _read_any(text: str, column: Column, lists: Lists) -> CellReading:
    return CellReading(text)


def _read_record_id(text: str, column: Column, lists: Lists) -> CellReading:
    return CellReading(text) if is_record_id(text) else CellReading("", error="IN-ID")


def _read_reference(text: str, column: Column, lists: Lists) -> CellReading:
    known = lists.ids.get(column.refers)
    if known is None:
        return _read_record_id(text, column, lists)
    rule = "IN-VILLAGE" if column.refers == "villages.id" else "IN-REFERENCE"
    return _read_listed(text, known, rule)


def _read_listed(text: str, known: Any, rule: str) -> CellReading:
    match = match_code(text, known)
    if not match:
        return CellReading("", error=rule, params=name_params(text, known))
    return CellReading(match, note="" if match == text else "IN-LETTERS",
                       params={"proposal": match})


def _read_number(text: str, column: Column, lists: Lists) -> CellReading:
    reading = parse_number_cell(text, NUMBER_UNITS[column.type], column.type == "int")
    if reading.error:
        proposal = "" if reading.proposal is None else reading.proposal
        return CellReading(error=ERROR_RULES[reading.error], params={"proposal": proposal})
    value = reading.value
    if value is not None and column.type == "money" and not reading.worded:
        value = scale_exactly(value, MONEY_EXPONENTS[lists.money_unit])
    if value is not None and column.type == "int" and value % 1:
        return CellReading(value, warning="IN-FRACTION")
    if value is not None and column.type == "pct" and not 0 <= value <= 100:
        return CellReading(value, warning="IN-RANGE")
    return CellReading(value, note=NOTE_RULES.get(reading.note, ""),
                       params={"proposal": "" if value is None else value})


def _try(
    parse: Callable[[str], Any], rule: str
) -> Callable[[str, Column, Lists], CellReading]:
    def read(text: str, column: Column, lists: Lists) -> CellReading:
        try:
            return CellReading(parse(text))
        except ValueError:
            return CellReading(error=rule)

    return read


def _read_year(text: str, column: Column, lists: Lists) -> CellReading:
    try:
        year = float(parse_year(text))
    except ValueError:
        return CellReading(error="IN-YEAR", params={"proposal": str(propose_year(text) or "")})
    return CellReading(year, note="" if len(text) == 4 else "IN-FORM")


def _read_list(text: str, column: Column, lists: Lists) -> CellReading:
    entries = split_list(text)
    known = lists.ids.get(column.refers) if column.refers else lists.codes.get(column.codes)
    if known is None:
        return CellReading(";".join(entries))
    rule = "IN-REFERENCE" if column.refers else "IN-CODE"
    readings = [_read_listed(entry, known, rule) for entry in entries]
    wrong = next((reading for reading in readings if reading.error), None)
    return wrong or CellReading(";".join(reading.value for reading in readings))


_READERS: dict[str, Callable[[str, Column, Lists], CellReading]] = {
    "text": _read_text, "any": _read_any, "id": _read_record_id, "code": _read_any,
    "int": _read_number, "number": _read_number, "money": _read_number, "pct": _read_number,
    "year": _read_year, "list": _read_list,
    "date": _try(parse_date, "IN-DATE"),
    "time": _try(parse_time, "IN-TIME"),
    "bool": _try(parse_bool, "IN-BOOL"),
}
_VALUED = frozenset({"int", "number", "money", "pct", "year", "bool"})
