"""What a plan needs year by year against what has a source, and what a reserve can carry.

Money that is only hoped for is never counted as found, and an unknown cost is never zero.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
import pandas as pd

from .checks_input import list_labels

PLAN_COLUMNS = ("cost", "start", "end")


def plan_affordability(
    plan: pd.DataFrame, funding: pd.DataFrame, years: Sequence[int]
) -> pd.DataFrame:
    """How much of the plan is paid for in each year, by certain and by hoped-for money, in som?

    ``plan``: index = measure; ``cost`` in som, spread evenly over the years ``start`` … ``end``;
    ``funding``: ``measure, year, amount, confirmed`` (True/False). → index year: ``cost``,
    ``confirmed``, ``hoped``, ``gap`` = cost − confirmed − hoped, not below 0 (money of one year
    does not pay for another), ``uncertain`` = cost − confirmed, not below 0. A measure without
    cost or years makes the years it may touch NaN. Source: handbook Q35–Q37.

    >>> plan = pd.DataFrame({"cost": [90.0], "start": [2026], "end": [2027]}, index=["road"])
    >>> money = pd.DataFrame({"measure": ["road"], "year": [2026], "amount": [30.0],
    ...                       "confirmed": [True]})
    >>> plan_affordability(plan, money, [2026, 2027])["gap"].to_list()
    [15.0, 45.0]
    """
    absent = [name for name in PLAN_COLUMNS if name not in plan.columns]
    if absent:
        raise ValueError(f"plan: column {list_labels(absent)} is absent")
    index = pd.Index(list(years), name="year")
    cost = sum((_spread_cost(row, index) for _, row in plan.iterrows()),
               start=np.zeros(len(index)))
    sure = funding["confirmed"].map(lambda flag: flag is True or flag is np.True_).astype(bool)
    confirmed, hoped = (_sum_years(funding[flags], index) for flags in (sure, ~sure))
    table = pd.DataFrame({"cost": cost, "confirmed": confirmed, "hoped": hoped}, index=index)
    table["gap"] = (table["cost"] - table["confirmed"] - table["hoped"]).clip(lower=0)
    table["uncertain"] = (table["cost"] - table["confirmed"]).clip(lower=0)
    return table


def cover_losses(losses: Mapping[str, float], reserve: float) -> pd.DataFrame:
    """Which losses a reserve fund carries alone, and what is left of it, in som.

    ``losses``: name → loss of a year. → ``loss, covered, uncovered``; the last row ``all`` is all
    of them in one year. NaN stays NaN. Source: handbook Q32 (AC-59).

    >>> cover_losses({"drought": 400.0, "energy": 150.0}, 500)["uncovered"].to_dict()
    {'drought': 0.0, 'energy': 0.0, 'all': 50.0}
    """
    loss = pd.Series(dict(losses), dtype=float)
    loss["all"] = loss.sum(skipna=False)
    uncovered = (loss - reserve).clip(lower=0)
    return pd.DataFrame({"loss": loss, "covered": loss - uncovered, "uncovered": uncovered})


def _spread_cost(measure: pd.Series, years: pd.Index) -> np.ndarray:
    cost, start, end = (pd.to_numeric(measure[name], errors="coerce") for name in PLAN_COLUMNS)
    if np.isnan(start) or np.isnan(end) or end < start:
        return np.full(len(years), np.nan)
    active = (years >= start) & (years <= end)
    return np.where(active, cost / (end - start + 1), 0.0)


def _sum_years(funding: pd.DataFrame, years: pd.Index) -> np.ndarray:
    amounts = pd.to_numeric(funding["amount"], errors="coerce")
    given = pd.to_numeric(funding["year"], errors="coerce")
    return np.array([amounts[given == year].sum(skipna=False) for year in years], dtype=float)
