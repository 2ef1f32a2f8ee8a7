"""A district's total of its members' figures: whole or not at all.

Stocks and flows are added only when every member has its figure in that year; the revenue of local
budgets and the figures of programmes never are (R-41, R-40). Rates have no sum.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from math import nan
from typing import Any, NamedTuple

import pandas as pd

from sedp_helpers.compare.refusal import RefusedByRule, find_refusal
from sedp_helpers.compare.roll import Roll
from sedp_helpers.compute.facts import join_statuses
from sedp_helpers.models import Indicator, ResultSpec

SUMMED_TIMES = ("stock", "flow")
SUMMED_KINDS = ("count", "money", "area", "mass")


class Total(NamedTuple):
    """``value`` is NaN where a member is missing; ``missing`` names who."""

    year: int
    value: float
    status: str
    have: int
    of: int
    missing: tuple[str, ...]


def refuse_sum(
    indicator: str,
    rules: Mapping[str, Mapping[str, Any]],
    results: Mapping[str, ResultSpec] | None = None,
) -> None:
    """Raise the rule where an indicator must not be added over municipalities.

    >>> refuse_sum("budget.revenue", {"R-41": {"threshold": {"indicators": ["budget.revenue"]}}})
    Traceback (most recent call last):
    sedp_helpers.compare.refusal.RefusedByRule: R-41 refuses it: budget.revenue
    """
    rule = find_refusal(indicator, rules, results or {})
    if rule:
        raise RefusedByRule(rule, indicator)


def can_add(spec: Indicator, kind: str) -> bool:
    """Whether figures of different places add up: counts, money, areas and masses, not rates."""
    return spec.time in SUMMED_TIMES and kind in SUMMED_KINDS


def sum_members(
    panel: pd.DataFrame,
    indicator: str,
    roll: Roll,
    rules: Mapping[str, Mapping[str, Any]],
    *,
    item: str = "",
) -> Iterator[Total]:
    """The total of every year with any figure; NaN unless all members of the roll have one.

    Raises ``RefusedByRule`` for what R-41 and R-40 protect (Q34, Q18).
    """
    refuse_sum(indicator, rules)
    mine = panel[(panel["indicator"] == indicator) & (panel["item"] == item)
                 & panel["unit"].isin(roll.known)].dropna(subset="value")
    for year, part in mine.groupby("year"):
        units = part["unit"].tolist()
        whole = roll.is_whole(units)
        yield Total(int(str(year)), float(part["value"].sum()) if whole else nan,
                    join_statuses(part["status"]) if whole else "O",
                    len(units), roll.total, roll.absent(units))


def compare_with_statistics(summed: float, stated: float) -> tuple[float, float | None]:
    """How far the sum of the registers is from the district's own figure: in its unit and in %.

    >>> compare_with_statistics(102.0, 100.0)
    (2.0, 2.0)
    """
    gap = summed - stated
    return gap, 100 * gap / stated if stated > 0 else None
