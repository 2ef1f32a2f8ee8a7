"""How often would a budget fall short if the known risks struck: a simulation by shocks.

It multiplies the planner's own probabilities out and forecasts nothing; revenue and expenditure are
the plan, and the reserve is set against a shortfall but never spent.
"""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from typing import Any, NamedTuple

import numpy as np
import pandas as pd

from .checks_input import check_unique, list_labels, read_series, read_table, read_whole_number

SIDES = {"revenue": 1.0, "expenditure": -1.0}
NEEDED_COLUMNS = ("side", "probability")
PERCENTILES = (10, 50, 90)


class Shock(NamedTuple):
    """One risk: what it does to the balance of each year when it strikes, and how surely."""

    effect: np.ndarray
    probability: float
    spread: float


def budget_simulation(
    revenue: pd.DataFrame | pd.Series,
    expenditure: pd.DataFrame | pd.Series,
    shocks: pd.DataFrame | None,
    years: Sequence[Hashable],
    draws: int = 10000,
    seed: int = 0,
    reserve: float = 0,
) -> pd.DataFrame:
    """Between what limits does the balance of each year move, and how often is there a gap?

    ``revenue``, ``expenditure``: som by source / programme (index) and year (columns); a Series is
    the same every year. ``shocks``: ``name, side, item`` (empty = the whole side), ``change_pct``
    of the planned item or ``amount`` in som (signed as it moves that side), ``probability`` per
    year, ``first_year, last_year`` (empty = the first or last of ``years``), ``sd_pct``: the spread
    of the effect in per cent of its size. Shocks strike independently in every year and add up.
    ``p10, p50, p90`` of the balance in som, the reserve not used; ``gap_probability_pct`` = share
    of draws with balance + reserve < 0. A missing plan number makes the year NaN.
    Source: handbook Q32 (risk list of the local budget); Monte Carlo on the planner's own figures.

    >>> plan = pd.Series({"land tax": 100.0}), pd.Series({"school": 90.0})
    >>> risk = pd.DataFrame([{"name": "drought", "side": "revenue", "item": "land tax",
    ...     "change_pct": -20, "probability": 1, "first_year": 2026, "last_year": 2026}])
    >>> budget_simulation(*plan, risk, [2025, 2026])["p50"].to_list()
    [10.0, -10.0]
    """
    years = _read_years(years)
    draws = read_whole_number(draws, "draws", least=1)
    if not np.isfinite(reserve):
        raise ValueError(f"reserve: a finite amount is needed, not {reserve!r}")
    plans = {
        "revenue": _read_plan(revenue, years, "revenue"),
        "expenditure": _read_plan(expenditure, years, "expenditure"),
    }
    risks = [_read_shock(row, plans, years) for row in _list_shocks(shocks)]
    plain = _sum_side(plans["revenue"]) - _sum_side(plans["expenditure"])
    balances = plain + _draw_effects(risks, draws, len(years), seed)
    gaps = np.where(np.isnan(plain), np.nan, (balances + reserve < 0).mean(axis=0) * 100)
    limits = np.percentile(balances, PERCENTILES, axis=0)
    columns = {f"p{level}": row for level, row in zip(PERCENTILES, limits, strict=True)}
    return pd.DataFrame(columns | {"gap_probability_pct": gaps}, index=years)


def _draw_effects(risks: Sequence[Shock], draws: int, count: int, seed: int) -> np.ndarray:
    """What the shocks do to the balance: draws × years."""
    rng = np.random.default_rng(seed)
    effects = np.zeros((draws, count))
    for risk in risks:
        # Both draws are always taken, so that another spread or size leaves the other risks alone.
        strikes = rng.random((draws, count)) < risk.probability
        sizes = rng.standard_normal((draws, count))
        effects += strikes * (1 + risk.spread * sizes) * risk.effect
    return effects


def _sum_side(plan: pd.DataFrame) -> np.ndarray:
    return plan.sum(skipna=False).to_numpy()


def _read_years(years: Sequence[Hashable]) -> pd.Index:
    index = pd.Index(list(years), name="year")
    if index.empty:
        raise ValueError("years: at least one year is needed")
    check_unique(index, "years")
    return index


def _read_plan(plan: pd.DataFrame | pd.Series, years: pd.Index, what: str) -> pd.DataFrame:
    if isinstance(plan, pd.Series):
        constant = read_series(plan, what)
        table = pd.DataFrame(dict.fromkeys(years, constant))
    else:
        table = read_table(plan, what)
    absent = [year for year in years if year not in table.columns]
    if absent:
        raise ValueError(f"{what}: year {list_labels(absent)} is absent")
    check_unique(table.index, what)
    return table[list(years)]


def _list_shocks(shocks: pd.DataFrame | None) -> list[dict[str, Any]]:
    if shocks is None or len(shocks) == 0:
        return []
    absent = [name for name in NEEDED_COLUMNS if name not in shocks.columns]
    if absent:
        raise ValueError(f"shocks: column {list_labels(absent)} is absent")
    rows = shocks.to_dict("records")
    return [
        {"name": label} | {name: value for name, value in row.items() if not _is_empty(value)}
        for label, row in zip(shocks.index, rows, strict=True)
    ]


def _read_shock(row: dict[str, Any], plans: dict[str, pd.DataFrame], years: pd.Index) -> Shock:
    """The shock with its effect on the balance, refused by its name where it is not complete."""
    name, side = row["name"], row.get("side")
    if side not in SIDES:
        raise ValueError(f"shock {name!r}: side is 'revenue' or 'expenditure', not {side!r}")
    probability = _read_number(row, "probability")
    spread = _read_number(row, "sd_pct") if "sd_pct" in row else 0.0
    if not 0 <= probability <= 1 or spread < 0:
        raise ValueError(f"shock {name!r}: probability {probability}, sd_pct {spread} out of range")
    first, last = row.get("first_year", min(years)), row.get("last_year", max(years))
    if first > last:
        raise ValueError(f"shock {name!r}: first_year {first} is after last_year {last}")
    active = (years >= first) & (years <= last)
    effect = np.where(active, _measure_effect(row, plans[side]), 0.0)
    return Shock(SIDES[side] * effect, probability, spread / 100)


def _measure_effect(row: dict[str, Any], plan: pd.DataFrame) -> np.ndarray:
    if ("change_pct" in row) == ("amount" in row):
        raise ValueError(f"shock {row['name']!r}: either change_pct or amount is needed")
    item = row.get("item")
    if item is not None and item not in plan.index:
        raise ValueError(f"shock {row['name']!r}: unknown item {item!r}")
    if "amount" in row:
        return np.full(plan.shape[1], _read_number(row, "amount"))
    base = _sum_side(plan) if item is None else plan.loc[item].to_numpy()
    return base * _read_number(row, "change_pct") / 100


def _read_number(row: dict[str, Any], column: str) -> float:
    number = pd.to_numeric(row.get(column), errors="coerce")
    if number is None or not np.isfinite(number):
        raise ValueError(f"shock {row['name']!r}: {column} is no number ({row.get(column)!r})")
    return float(number)


def _is_empty(value: Any) -> bool:
    return value is None or value == "" or bool(pd.isna(value))
