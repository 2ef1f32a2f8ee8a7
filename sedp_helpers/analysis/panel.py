"""A tidy panel as a unit × year matrix, and the scale its growth is measured on.

Every forecasting method here works on whole panels at once; this module is the only place that
knows how a table becomes a matrix. It must not forecast and must not drop or invent values: a
gap inside a series is bridged only in the *working* copy that growth is read from.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

KINDS = ("count", "money", "share", "real")
_LOWER_SHARE_OF_LAST = 0.05


@dataclass(frozen=True)
class Panel:
    """Units in order of first appearance, consecutive years, values with NaN where missing."""

    units: list[object]
    years: np.ndarray
    values: np.ndarray

    def last_years(self) -> np.ndarray:
        """Year of the last observation of each unit."""
        seen = ~np.isnan(self.values)
        return self.years[-1] - np.argmax(seen[:, ::-1], axis=1)

    def align_ends(self) -> np.ndarray:
        """The matrix shifted so that the last observation of every unit is in the last column."""
        shifted = np.full_like(self.values, np.nan)
        for row, shift in enumerate(self.years[-1] - self.last_years()):
            width = self.values.shape[1] - shift
            shifted[row, shift:] = self.values[row, :width]
        return shifted


@dataclass(frozen=True)
class History:
    """What is known at one origin: the last column is the origin and is observed for every row.

    ``work`` is the scale growth is additive on: logarithms where every observed value is positive
    (count, money), else the value over ``scale``. Gaps inside a series are bridged by a straight
    line on that scale; years before the first observation stay NaN.
    """

    raw: np.ndarray
    work: np.ndarray
    is_log: np.ndarray
    scale: np.ndarray
    kind: str

    @property
    def last(self) -> np.ndarray:
        return self.raw[:, -1]

    def to_work(self, values: np.ndarray) -> np.ndarray:
        """Observed values (rows × horizons) on the working scale; a zero has no logarithm: NaN."""
        logs = np.log(np.where(values > 0, values, np.nan))
        return np.where(self.is_log[:, None], logs, values / self.scale[:, None])

    def forecast_to_work(self, values: np.ndarray) -> np.ndarray:
        """Forecasts on the working scale; near-zero ones are held at a twentieth of the last."""
        floor = np.where(self.is_log, _LOWER_SHARE_OF_LAST * self.last, -np.inf)
        return self.to_work(np.maximum(values, floor[:, None]))

    def from_work(self, work: np.ndarray) -> np.ndarray:
        """Working scale → values inside the range the kind allows."""
        with np.errstate(over="ignore"):
            logs = np.exp(np.where(self.is_log[:, None], work, 0.0))
            plain = work * self.scale[:, None]
        return limit_to_kind(np.where(self.is_log[:, None], logs, plain), self.kind)


def limit_to_kind(values: np.ndarray, kind: str) -> np.ndarray:
    """Counts and money are never negative, shares stay within 0–100, real numbers are free.

    >>> limit_to_kind(np.array([-2.0, 104.0]), "share")
    array([  0., 100.])
    """
    if kind == "real":
        return values
    return np.clip(values, 0.0, 100.0 if kind == "share" else np.inf)


def read_panel(table: pd.DataFrame) -> Panel:
    """Check ``unit, year, value`` and lay it out as a matrix; units without any value drop out.

    Raises ``ValueError`` naming the offending column, unit or year.

    >>> read_panel(pd.DataFrame({"unit": ["b", "a"], "year": [2020, 2021], "value": [1, 2]})).units
    ['b', 'a']
    """
    absent = [name for name in ("unit", "year", "value") if name not in table.columns]
    if absent:
        raise ValueError(f"panel: column {absent[0]!r} is missing")
    years, values = _read_years(table["year"]), _read_values(table)
    known = table.assign(year=years, value=values)[["unit", "year", "value"]]
    twice = known[known.duplicated(["unit", "year"])]
    if len(twice):
        raise ValueError(f"panel: unit {twice.iloc[0, 0]!r}, year {twice.iloc[0, 1]} stands twice")
    order = known["unit"].drop_duplicates().tolist()
    known = known[known["value"].notna()]
    observed = set(known["unit"])
    units = [unit for unit in order if unit in observed]
    if not units:
        return Panel([], np.arange(0), np.empty((0, 0)))
    span = np.arange(known["year"].min(), known["year"].max() + 1)
    matrix = np.full((len(units), len(span)), np.nan)
    rows = pd.Index(units, dtype=object).get_indexer(known["unit"].astype(object))
    matrix[rows, known["year"].to_numpy() - span[0]] = known["value"].to_numpy()
    return Panel(units, span, matrix)


def take_history(matrix: np.ndarray, kind: str) -> History:
    """The working scale of a unit × year matrix whose last column is observed throughout."""
    raw = np.asarray(matrix, dtype=float)
    positive = np.all(np.isnan(raw) | (raw > 0), axis=1)
    is_log = positive & (kind in ("count", "money"))
    if kind == "share":
        scale = np.full(len(raw), 100.0)
    else:
        scale = np.nanmean(np.abs(raw), axis=1) if raw.size else np.empty(0)
        scale = np.where(scale > 0, scale, 1.0)
    base = History(raw, raw, is_log, scale, kind)
    return History(raw, bridge_gaps(base.to_work(raw)), is_log, scale, kind)


def bridge_gaps(matrix: np.ndarray) -> np.ndarray:
    """Straight lines across gaps inside each row; nothing is put before the first observation.

    >>> bridge_gaps(np.array([[np.nan, 1.0, np.nan, 3.0]]))
    array([[nan,  1.,  2.,  3.]])
    """
    filled = matrix.copy()
    positions = np.arange(matrix.shape[1])
    for row in np.flatnonzero(np.isnan(matrix).any(axis=1)):
        seen = ~np.isnan(matrix[row])
        if not seen.any():
            continue
        first = int(np.argmax(seen))
        filled[row, first:] = np.interp(positions[first:], positions[seen], matrix[row, seen])
    return filled


def mean_rows(values: np.ndarray, axis: int = 1) -> np.ndarray:
    """Mean over what is present along an axis; NaN, without a warning, where nothing is."""
    present = ~np.isnan(values)
    count = present.sum(axis=axis)
    total = np.where(present, values, 0.0).sum(axis=axis)
    return np.where(count > 0, total / np.maximum(count, 1), np.nan)


def _read_years(column: pd.Series) -> pd.Series:
    numbers = pd.to_numeric(column, errors="coerce")
    wrong = column[numbers.isna() | (numbers % 1 != 0)]
    if len(wrong):
        raise ValueError(f"panel: year {wrong.iloc[0]!r} is not a whole number")
    return numbers.astype(int)


def _read_values(table: pd.DataFrame) -> pd.Series:
    numbers = pd.to_numeric(table["value"], errors="coerce").astype(float)
    wrong = table[(numbers.isna() & table["value"].notna()) | np.isinf(numbers)]
    if len(wrong):
        unit, year, value = wrong.iloc[0][["unit", "year", "value"]]
        raise ValueError(f"panel: value {value!r} of unit {unit!r}, year {year} is not a number")
    if table["unit"].isna().any():
        raise ValueError("panel: a row has no unit")
    return numbers
