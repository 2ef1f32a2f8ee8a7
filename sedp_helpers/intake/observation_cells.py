"""The checks of the observation columns that are not the value: ids, dimensions, years, keys.

Why: each distinct text is judged once, so a check costs nothing on a clean table. A row that
fails is out; near names are proposed, never chosen.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
from pandas.api.extensions import ExtensionArray

from sedp_helpers.intake.ages import AgeDate, parse_age
from sedp_helpers.intake.clean import has_markup, is_record_id, match_code, name_params, near_key
from sedp_helpers.intake.dates import parse_year, propose_year
from sedp_helpers.intake.dialect import fold_word
from sedp_helpers.intake.observation_rows import ObservationRows
from sedp_helpers.language.letters import repair_letters
from sedp_helpers.models import DIMS, MISSING_STATUSES, STATUSES

_FREE_CODE = re.compile(r"[a-z0-9_]+")
_SEX_WORDS = {
    **dict.fromkeys(("ж", "жен", "женщины", "женский", "аял", "аялдар", "кыз", "female", "w"), "f"),
    **dict.fromkeys(("м", "муж", "мужчины", "мужской", "эркек", "эркектер", "male", "э"), "m"),
}


@dataclass(frozen=True)
class Verdict:
    """What a text means: the text to go on with, and the rule of a note or an error about it."""

    text: str
    note: str = ""
    error: str = ""
    params: tuple[tuple[str, Any], ...] = ()


def judge_column(rows: ObservationRows, column: str, judge: Callable[[str], Verdict]) -> None:
    """Judge each distinct text of a column and report to its rows; rows that are out stay out."""
    levels = rows.levels[column]
    verdicts = [judge(text) for text in levels.texts]
    for level, verdict in enumerate(verdicts):
        params = dict(verdict.params)
        if verdict.error:
            for row in levels.rows(level):
                rows.fail(verdict.error, int(row), column,
                          text=near_key(verdict.error, params), **params)
        elif verdict.note:
            for row in levels.rows(level):
                rows.note(verdict.note, int(row), column, proposal=verdict.text)
    rows.levels[column] = levels.replace([verdict.text for verdict in verdicts])


def judge_listed(text: str, known: Any, rule: str) -> Verdict:
    """An id that must stand in a list; look-alike letters are repaired with a note."""
    match = match_code(text, known)
    if match:
        return Verdict(match, note="" if match == text else "IN-LETTERS")
    return Verdict(text, error=rule, params=tuple(name_params(text, known).items()))


def judge_year(text: str) -> Verdict:
    """A calendar year in any of its written forms."""
    try:
        year = str(parse_year(text))
    except ValueError:
        proposal = propose_year(text)
        return Verdict("0", error="IN-YEAR", params=(("proposal", str(proposal or "")),))
    return Verdict(year, note="" if year == text else "IN-FORM")


def judge_sex(text: str) -> Verdict:
    """Empty, f or m; a word for a sex is an error that proposes the code."""
    match = match_code(text, ("", "f", "m"))
    if match or not text:
        return Verdict(match, note="" if match == text else "IN-LETTERS")
    proposal = _SEX_WORDS.get(fold_word(text), "")
    return Verdict(text, error="IN-SEX", params=(("proposal", proposal),))


def judge_age(text: str) -> Verdict:
    """An age band; a date is the damage of a spreadsheet and is named as such."""
    try:
        band = parse_age(text)
    except AgeDate as damage:
        return Verdict(text, error="IN-AGE-DATE", params=(("proposal", damage.proposal),))
    except ValueError:
        return Verdict(text, error="IN-AGE")
    return Verdict(band, note="" if band == text else "IN-FORM")


def judge_status(text: str) -> Verdict:
    """A status code of the catalogue or nothing."""
    return judge_listed(text, STATUSES, "IN-STATUS") if text else Verdict("")


def check_indicators(rows: ObservationRows) -> None:
    """Every row names an indicator of the catalogue."""

    def judge(text: str) -> Verdict:
        if not text:
            return Verdict(text, error="IN-INDICATOR-EMPTY")
        return judge_listed(text, rows.context.indicators, "IN-INDICATOR")

    judge_column(rows, "indicator", judge)


def check_dimensions(rows: ObservationRows) -> None:
    """A dimension that the indicator does not have must be empty; a required item must be there."""
    indicator, models = rows.levels["indicator"], rows.models
    for dim in DIMS:
        barred = [model is not None and dim not in model.dims for model in models]
        filled = rows.levels[dim].where(bool)
        for row in np.flatnonzero(indicator.take(barred, bool) & filled):
            model = models[indicator.codes[row]]
            rows.fail("IN-DIM", int(row), dim,
                      known=", ".join(model.dims) if model and model.dims else "–")
    required = [model is not None and model.item_required for model in models]
    empty = ~rows.levels["item"].where(bool)
    for row in np.flatnonzero(indicator.take(required, bool) & empty & ~rows.out):
        model = models[indicator.codes[row]]
        known = rows.context.codes.get(model.items if model else "", {})
        rows.fail("IN-ITEM-EMPTY", int(row), "item", known=", ".join(known) or "–")


def check_items(rows: ObservationRows) -> None:
    """An item is a code of its indicator's list; codes of a free list are kept as typed."""
    lists = rows.context.codes
    every = {code for codes in lists.values() for code in codes}
    judge_column(rows, "item", lambda text: Verdict(
        match_code(text, every) or text,
        note="IN-LETTERS" if match_code(text, every) not in ("", text) else ""))
    indicator, item, models = rows.levels["indicator"], rows.levels["item"], rows.models
    pairs = indicator.codes * len(item.texts) + item.codes
    for pair in pd.unique(pairs):
        level, place = divmod(int(pair), len(item.texts))
        model, code = models[level], item.texts[place]
        if not code or model is None or "item" not in model.dims:
            continue
        known = lists.get(model.items)
        if (known is None and _FREE_CODE.fullmatch(code)) or (known is not None and code in known):
            continue
        for row in np.flatnonzero(pairs == pair):
            if known is None:
                rows.note("IN-CODE-FREE", int(row), "item")
            else:
                params = name_params(code, known)
                rows.fail("IN-ITEM", int(row), "item", text=near_key("IN-ITEM", params), **params)


def check_villages(rows: ObservationRows) -> None:
    """A village is an id of villages.csv, where that list is known."""
    known = rows.context.villages

    def judge(text: str) -> Verdict:
        if not text or (known is None and is_record_id(text)):
            return Verdict(text)
        if known is None:
            return Verdict(text, error="IN-ID")
        return judge_listed(text, known, "IN-VILLAGE")

    judge_column(rows, "village", judge)


def clean_texts(rows: ObservationRows) -> None:
    """Look-alike letters in sources and notes are repaired; tags and formulas are pointed at."""
    for column in ("source", "note"):
        levels = rows.levels[column]
        for level, text in enumerate(levels.texts):
            for row in levels.rows(level) if has_markup(text) else ():
                rows.warn("IN-MARKUP", int(row), column)
        judge_column(rows, column, _judge_text)


def _judge_text(text: str) -> Verdict:
    repaired = repair_letters(text)[0] if text and not text.isascii() else text
    return Verdict(repaired, note="" if repaired == text else "IN-LETTERS")


def find_years(rows: ObservationRows) -> np.ndarray:
    """The calendar year of each tidy row; stocks of a year's start belong to the year before."""
    levels = rows.levels["year"]
    years = levels.take([int(text) for text in levels.texts], np.int64)
    if rows.context.stock_date != "year_start":
        return years
    stock = [model is not None and model.time == "stock" for model in rows.models]
    return years - rows.levels["indicator"].take(stock, bool).astype(np.int64)


def find_statuses(rows: ObservationRows, values: np.ndarray) -> ExtensionArray:
    """The status of each row: as typed, else A with a value and O without one."""
    levels = rows.levels["status"]
    empty = np.isnan(values) & ~rows.out
    missing, given = levels.where(lambda text: text in MISSING_STATUSES), levels.where(bool)
    for row in np.flatnonzero(missing & ~empty & ~rows.out):
        rows.fail("IN-STATUS-VALUE", int(row), status=levels.texts[levels.codes[row]])
    for row in np.flatnonzero(empty & ~missing & given):
        rows.warn("IN-STATUS-EMPTY", int(row), "status")
    default = pd.array(["A", "O"], dtype="str").take(empty.astype(np.int64))
    keep = missing | (given & ~empty)
    if keep.any():
        default[keep] = levels.column()[keep]
    return default


def check_keys(rows: ObservationRows, years: np.ndarray, values: np.ndarray) -> None:
    """The same key twice: one value is a note and read once, two values are an error."""
    usable = np.flatnonzero(~rows.out)
    key = years[usable]
    for name in ("indicator", "sex", "age", "village", "item"):
        levels = rows.levels[name]
        key = pd.factorize(key * len(levels.texts) + levels.codes[usable])[0]
    doubled = pd.Series(key).duplicated(keep=False).to_numpy()
    groups = pd.Series(usable[doubled]).groupby(key[doubled], sort=False)
    for _, group in groups:
        _report_double(rows, group.to_numpy(), values)


def _report_double(rows: ObservationRows, group: np.ndarray, values: np.ndarray) -> None:
    first, *others = (int(row) for row in group)
    known = values[group]
    same = bool(np.isnan(known).all() or (known == known[0]).all())
    for row in others:
        if same:
            rows.note("IN-DUPLICATE", row, first=rows.cell(first, "value"))
            rows.out[row] = True
        else:
            rows.fail("IN-CONFLICT", row, first=rows.cell(first, "value"),
                      other=rows.typed(first, "value"))
    rows.out[first] |= not same
