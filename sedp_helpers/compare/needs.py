"""What the members need in which year, beside each other; and what they pass up to the district.

Money of several programmes is never added up (R-40): the district sees where and when needs meet.
A measure without cost or years is counted as such, not as nothing.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

import pandas as pd

UNFUNDED = "unfunded"
PASSED = ("help", "no")  # causes.solvable_by that lie beyond the municipality


class Need(NamedTuple):
    """Som of one year: cost falling to it in equal parts of the measure's years, money found."""

    year: int
    cost: float
    found: float

    @property
    def open(self) -> float:
        """What is still to be found; money beyond the cost of a year does not lessen others."""
        return max(0.0, self.cost - self.found)


def list_needs(plan: pd.DataFrame, funding: pd.DataFrame) -> tuple[list[Need], int]:
    """Needs by year of one programme, and how many measures have no cost or no years.

    >>> plan = pd.DataFrame([{"id": "m", "start": "2026", "end": "2027", "cost": 100.0}])
    >>> list_needs(plan, pd.DataFrame())[0]
    [Need(year=2026, cost=50.0, found=0.0), Need(year=2027, cost=50.0, found=0.0)]
    """
    costs: dict[int, float] = {}
    unclear = 0
    for row in plan.to_dict("records"):
        years = _list_years(row.get("start"), row.get("end"))
        cost = float(row.get("cost", float("nan")))
        if not years or cost != cost:
            unclear += 1
            continue
        for year in years:
            costs[year] = costs.get(year, 0.0) + cost / len(years)
    found = _sum_found(funding)
    return [Need(year, costs[year], found.get(year, 0.0)) for year in sorted(costs)], unclear


def _list_years(start: object, end: object) -> list[int]:
    first, last = str(start)[:4], str(end)[:4]
    if not (first.isdigit() and last.isdigit() and int(first) <= int(last)):
        return []
    return list(range(int(first), int(last) + 1))


def _sum_found(funding: pd.DataFrame) -> dict[int, float]:
    if funding.empty or "source" not in funding:
        return {}
    mine = funding[(funding["source"] != UNFUNDED)].dropna(subset=["year", "amount"])
    return {int(year): float(total) for year, total in mine.groupby("year")["amount"].sum().items()}


def list_passed_up(problems: pd.DataFrame, causes: pd.DataFrame) -> pd.DataFrame:
    """The problems of a member that it cannot solve alone: id, problem, section, votes, kind.

    ``kind`` ``no`` = beyond its powers, ``help`` = with help; the heavier of several causes counts.
    """
    if problems.empty or causes.empty or "solvable_by" not in causes:
        return pd.DataFrame(columns=[*problems.columns, "kind"])
    beyond = causes[causes["solvable_by"].isin(PASSED)]
    kinds = beyond.groupby("problem")["solvable_by"].agg(lambda met: max(met, key=PASSED.index))
    return problems[problems["id"].isin(kinds.index)].assign(
        kind=lambda frame: frame["id"].map(kinds)).reset_index(drop=True)


def count_answered(exchanges: pd.DataFrame) -> int:
    """Requests with the day of an answer."""
    return sum(bool(day) and day == day for day in exchanges["answer_date"])


def find_request(problem: Mapping[str, Any], exchanges: pd.DataFrame) -> dict[str, Any]:
    """The request upward about a problem: its topic is the problem's id or its very words.

    >>> sent = pd.DataFrame([{"direction": "up", "topic": "P1", "answer": "yes"}])
    >>> find_request({"id": "p1", "problem": "no road"}, sent)["answer"]
    'yes'
    """
    if exchanges.empty or not {"direction", "topic"} <= set(exchanges):
        return {}
    named = {str(problem.get(name, "")).strip().casefold() for name in ("id", "problem")} - {""}
    same = exchanges[(exchanges["direction"] == "up") & exchanges["topic"].map(
        lambda topic: str(topic).strip().casefold() in named)]
    return dict(same.iloc[-1]) if len(same) else {}
