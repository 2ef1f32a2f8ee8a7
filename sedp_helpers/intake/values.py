"""The value column of the observations: text cells to numbers, array by array.

Why: a plain number takes the fast way; only an odd cell is read one by one and reported. A value
in doubt is never used. Nothing here repairs a unit or a magnitude.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from sedp_helpers.intake.amounts import NumberReading, parse_number_cell, scale_exactly
from sedp_helpers.intake.clean import near_key
from sedp_helpers.intake.dialect import MONEY_EXPONENTS, unit_kind
from sedp_helpers.intake.levels import Levels
from sedp_helpers.models import Indicator

COUNTED = frozenset({"person", "household", "family", "unit", "place", "head"})
POSITIVE_KINDS = frozenset({"count", "money", "area", "mass"})
_KINDS = {"ha": "area", "km2": "area", "t": "mass", "kg": "mass", "pct": "share",
          **dict.fromkeys(COUNTED, "count")}
_SIGNED_WORDS = ("balance", "change", "growth", "net", "surplus", "deficit", "loss")
NOTE_RULES = {"form": "IN-FORM", "text": "IN-TEXTNUMBER", "missing": "IN-MISSING",
              "dash": "IN-DASH"}
ERROR_RULES = {"unit": "IN-UNIT", "marks": "IN-MARKS", "ambiguous": "IN-AMBIGUOUS",
               "mark": "DQ-32", "number": "IN-NUM"}

_PLAIN = re.compile(r"-?[0-9]{1,300}(?:\.[0-9]+)?")
_ALL_PLAIN = re.compile(rf"(?:(?:{_PLAIN.pattern})?\n)*+")
_GROUPED = re.compile(r"-?[0-9]+\.[0-9]{3}")  # 1.234 people may be 1,234 people

Report = Callable[..., None]


@dataclass(frozen=True)
class UnitRules:
    """What a unit says about its numbers, one entry per indicator of the table."""

    unit: tuple[str, ...]
    whole: tuple[bool, ...]
    money: tuple[bool, ...]
    positive: tuple[bool, ...]
    share: tuple[bool, ...]


def list_unit_rules(
    indicators: list[Indicator | None], units: Mapping[str, Mapping[str, Any]] | None
) -> UnitRules:
    """The rules of each indicator's unit; an unknown indicator (None) has none.

    ``units`` is units.yml of the catalogue (whole, kind); without it the core units are assumed.
    """
    codes = [indicator.unit if indicator else "" for indicator in indicators]
    facts = [(units or {}).get(code, {}) for code in codes]
    kinds = [str(fact.get("kind") or _guess_kind(code)) for fact, code in zip(facts, codes)]
    money = [unit_kind(code) == "som" for code in codes]
    return UnitRules(
        unit=tuple(codes),
        whole=tuple(bool(fact.get("whole", code in COUNTED)) and not is_money
                    for fact, code, is_money in zip(facts, codes, money)),
        money=tuple(money),
        positive=tuple(kind in POSITIVE_KINDS and not _may_be_negative(indicator)
                       for kind, indicator in zip(kinds, indicators)),
        share=tuple(code == "pct" and indicator is not None and "index" not in indicator.id
                    for code, indicator in zip(codes, indicators)),
    )


def _guess_kind(unit: str) -> str:
    return "money" if unit_kind(unit) == "som" else _KINDS.get(unit, "")


def _may_be_negative(indicator: Indicator | None) -> bool:
    words = indicator.id.rpartition(".")[2].split("_") if indicator else ()
    return any(word in words for word in _SIGNED_WORDS)


def read_values(
    cells: pd.Series,
    indicator: Levels,
    rules: UnitRules,
    exponents: np.ndarray,
    *,
    skip: np.ndarray,
    note: Report,
    fail: Report,
) -> np.ndarray:
    """The number of every row, NaN where the cell is empty, missing or in error.

    ``exponents`` is the power of ten of the unit column for money; ``skip`` masks rows that are
    already out. ``note(rule, row, **params)`` and ``fail(rule, row, **params)`` report.
    """
    whole = indicator.take(rules.whole, bool)
    texts = cells.to_numpy(dtype=object)
    plain = _find_plain(texts)
    for row in np.flatnonzero(plain & whole) if "." in "".join(texts[plain & whole]) else ():
        plain[row] = not _GROUPED.fullmatch(texts[row])
    values = np.full(len(texts), np.nan)
    values[plain] = texts[plain].astype(float) + 0.0
    scaled = plain & (exponents > 0)
    if scaled.any():
        values[scaled] = (texts[scaled] + "e" + exponents[scaled].astype(str).astype(object)
                          ).astype(float)
    odd = ~plain & (texts != "") & ~skip
    for row in np.flatnonzero(odd):
        level = indicator.codes[row]
        reading = parse_number_cell(texts[row], rules.unit[level], rules.whole[level])
        values[row] = _report_odd(reading, int(row), int(exponents[row]), note, fail)
    return values


def _find_plain(texts: np.ndarray) -> np.ndarray:
    """A mask of the plain numbers. A column of nothing else is seen as a whole."""
    lines = "\n".join([*texts, ""])
    if lines.count("\n") == len(texts) and _ALL_PLAIN.fullmatch(lines):
        return texts != ""
    return np.array([_PLAIN.fullmatch(text) is not None for text in texts], dtype=bool)


def _report_odd(
    reading: NumberReading, row: int, exponent: int, note: Report, fail: Report
) -> float:
    if reading.error:
        params = {"proposal": reading.proposal if reading.proposal is not None else ""}
        rule = ERROR_RULES[reading.error]
        fail(rule, row, text=near_key(rule, params), **params)
        return np.nan
    value = np.nan if reading.value is None else reading.value
    if reading.value is not None and exponent and not reading.worded:
        value = scale_exactly(reading.value, exponent)
    if reading.note:
        note(NOTE_RULES[reading.note], row, proposal="" if np.isnan(value) else value)
    return value


def find_exponents(
    unit: Levels, indicator: Levels, rules: UnitRules, *, default: str, fail: Report
) -> np.ndarray:
    """The power of ten a money cell is typed in, by the unit column or the table's default.

    A unit that is not the indicator's own is reported and its row is out.
    """
    pairs = indicator.codes * len(unit.texts) + unit.codes
    distinct, inverse = np.unique(pairs, return_inverse=True)
    exponents = np.zeros(len(distinct), dtype=np.int64)
    for place, pair in enumerate(distinct):
        level, typed = divmod(int(pair), len(unit.texts))
        text = unit.texts[typed]
        if rules.money[level] and (text or default) in MONEY_EXPONENTS:
            exponents[place] = MONEY_EXPONENTS[text or default]
        elif text and text != rules.unit[level] and rules.unit[level]:
            for row in np.flatnonzero(inverse == place):
                fail("IN-UNITCOLUMN", int(row), "unit")
    return exponents[inverse]


def check_ranges(
    values: np.ndarray, indicator: Levels, rules: UnitRules, *, warn: Report, fail: Report
) -> None:
    """Negative counts are errors; shares outside 0–100 and parts of a person are warnings."""
    negative = (values < 0) & indicator.take(rules.positive, bool)
    for row in np.flatnonzero(negative):
        fail("IN-NEGATIVE", int(row), proposal=-float(values[row]))
    outside = ((values < 0) | (values > 100)) & indicator.take(rules.share, bool)
    for row in np.flatnonzero(outside):
        warn("IN-RANGE", int(row))
    parts = indicator.take(rules.whole, bool) & np.isfinite(values) & (values % 1 != 0)
    for row in np.flatnonzero(parts & ~negative):
        warn("IN-FRACTION", int(row))
