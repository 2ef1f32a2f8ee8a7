"""observations: the table as typed becomes tidy rows and findings.

Why: this is the only door for the numbers of a series. A row in error is left out and said; every
other row is kept as typed. Totals are neither made nor repaired here, and nothing is guessed.
"""

from __future__ import annotations

from functools import cache

import numpy as np
import pandas as pd
from pandas.api.extensions import ExtensionArray

from sedp_helpers.intake import observation_cells as checks
from sedp_helpers.intake.clean import find_columns
from sedp_helpers.intake.findings import head_columns
from sedp_helpers.intake.observation_rows import TYPED, Context, ObservationRows
from sedp_helpers.intake.read import RawTable, column_letters
from sedp_helpers.intake.values import check_ranges, find_exponents, list_unit_rules, read_values
from sedp_helpers.models import Finding

TIDY = ("indicator", "year", "value", "sex", "age", "village", "item", "status", "source", "note",
        "basis", "origin")
_TEXTS = ("indicator", "sex", "age", "village", "item", "source", "note")


def tidy_observations(raw: RawTable, context: Context) -> tuple[pd.DataFrame, list[Finding]]:
    """The usable rows in the order of the table, and what was found in it.

    Stock years typed for the beginning of the year (``stock_date`` year_start) come out one year
    earlier (CONTRACT section 3). Unknown columns stay in the raw table only.
    """
    if not raw.readable:
        return make_empty_tidy(), list(raw.findings)
    columns = find_columns(raw, TYPED, required=("indicator", "year", "value"),
                           headers=context.headers, silent=("origin",))
    found = [*raw.findings, *columns.findings]
    if any(finding.severity == "error" for finding in columns.findings):
        return make_empty_tidy(), found
    rows = ObservationRows(raw, columns.places, context)
    if not len(rows.numbers):
        return make_empty_tidy(), found
    frame = _judge_rows(rows)
    headings = {name: raw.columns[place] for name, place in columns.places.items()}
    return frame, found + head_columns(rows.findings(), headings)


def make_empty_tidy() -> pd.DataFrame:
    """A tidy table without rows, with the types of a full one."""
    return _make_empty().copy()


@cache
def _make_empty() -> pd.DataFrame:
    types = dict.fromkeys(TIDY, "str") | {"year": "int64", "value": "float64"}
    return pd.DataFrame({name: pd.Series(dtype=kind) for name, kind in types.items()})


def _judge_rows(rows: ObservationRows) -> pd.DataFrame:
    """Columns first, then what depends on the indicator, then values, then keys."""
    checks.check_indicators(rows)
    checks.judge_column(rows, "year", checks.judge_year)
    checks.judge_column(rows, "sex", checks.judge_sex)
    checks.judge_column(rows, "age", checks.judge_age)
    checks.judge_column(rows, "status", checks.judge_status)
    checks.check_villages(rows)
    checks.check_items(rows)
    checks.check_dimensions(rows)
    checks.clean_texts(rows)
    years, values = checks.find_years(rows), _find_values(rows)
    statuses = checks.find_statuses(rows, values)
    checks.check_keys(rows, years, values)
    return _build_frame(rows, years, values, statuses)


def _find_values(rows: ObservationRows) -> np.ndarray:
    indicator = rows.levels["indicator"]
    rules = list_unit_rules(rows.models, rows.context.units)
    exponents = find_exponents(rows.levels["unit"], indicator, rules,
                               default=rows.context.money_unit, fail=rows.fail)
    values = read_values(rows.raw.texts(rows.places["value"]), indicator, rules, exponents,
                         skip=rows.out, note=rows.note, fail=rows.fail)
    usable = np.where(rows.out, np.nan, values)
    check_ranges(usable, indicator, rules, warn=rows.warn, fail=rows.fail)
    return values


def _build_frame(
    rows: ObservationRows, years: np.ndarray, values: np.ndarray, statuses: ExtensionArray
) -> pd.DataFrame:
    good = np.flatnonzero(~rows.out)
    columns = {name: rows.levels[name].column()[good] for name in _TEXTS}
    basis = rows.levels["basis"].replace([text or "current" for text in rows.levels["basis"].texts])
    place = f"{rows.raw.name}!{column_letters(rows.places['value'])}"
    origins = pd.array([f"{place}{number}" for number in rows.numbers[good]], dtype="str")
    columns |= {"year": years[good], "value": values[good], "status": statuses[good],
                "basis": basis.column()[good], "origin": origins}
    return pd.DataFrame({name: columns[name] for name in TIDY})
