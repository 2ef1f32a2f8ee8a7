"""Which projects fit a budget together, how surely each belongs to them, and who gets what.

A proposal for the group's talk, not a decision: the same data with other guesses of use and cost
give other choices, so each project says how often it stays in. A project without a cost or a
value is never chosen by silence: it is listed as not judged.
"""

from __future__ import annotations

from collections.abc import Sequence
from math import inf
from typing import NamedTuple

import numpy as np
import pandas as pd

from .checks_input import check_unique, list_labels, read_whole_number
from .knapsack import TooLarge, choose_best

DRAWS = 100
NEEDED = ("value", "cost")


def select_projects(
    projects: pd.DataFrame,
    budget: float,
    *,
    most_village_pct: float = 100,
    every_village: bool = False,
    required: Sequence[str] = (),
    noise_pct: float = 20,
    draws: int = DRAWS,
    seed: int = 0,
) -> pd.DataFrame:
    """Which projects give most together for the money, and which of them are sure?

    ``projects``: index = project; ``value`` (points, the more the better), ``cost`` in som,
    ``village`` ("" = the whole municipality). No village gets more than ``most_village_pct`` of the
    budget; ``every_village``: each village that has a project gets one; ``required`` are always in.
    In each draw all values and costs are off by up to ``noise_pct`` per cent (normal, sd half of
    it). → ``chosen``, ``stays_pct`` = share of the draws in which it is chosen, ``judged`` False
    where cost or value is missing. ``attrs``: ``spent``, ``left`` in som. ``ValueError`` where the
    conditions cannot be met together. Exact: branch and bound, for large cases
    scipy.optimize.milp (HiGHS).

    >>> table = pd.DataFrame({"value": [9, 6, 5], "cost": [8, 5, 4]}, index=list("abc"))
    >>> select_projects(table, 9, draws=1)["chosen"].to_list()
    [False, True, True]
    """
    numbers = _read_projects(projects, budget)
    judged = numbers.notna().all(axis=1)
    unknown = [name for name in required if name not in numbers.index or not judged[name]]
    if unknown:
        raise ValueError(f"required project is unknown or not judged: {', '.join(unknown)}")
    known = numbers[judged]
    villages = _read_villages(projects)[judged]
    rules = (most_village_pct, every_village, tuple(required))
    amounts = known.to_numpy()
    terms = _read_terms(known.index, villages, budget, *rules)
    best = _solve(amounts, terms)
    if best is None:
        raise ValueError("the conditions cannot be met together with this budget")
    stays = _count_stays(amounts, terms, noise_pct, read_whole_number(draws, "draws", least=1),
                         seed)
    table = projects.copy()
    table["chosen"] = pd.Series(best, known.index).reindex(table.index, fill_value=False)
    table["stays_pct"] = pd.Series(stays, known.index).reindex(table.index)
    table["judged"] = judged
    spent = float(known["cost"].to_numpy()[best].sum())
    table.attrs |= {"spent": spent, "left": budget - spent}
    return table


def share_villages(selected: pd.DataFrame) -> pd.DataFrame:
    """What each village gets: ``projects``, ``chosen``, their ``cost`` and its ``share_pct``.

    Projects of the whole municipality stand under "".

    >>> table = pd.DataFrame({"village": ["v1", "v2"], "cost": [3.0, 1.0],
    ...                       "chosen": [True, True]})
    >>> share_villages(table)["share_pct"].to_dict()
    {'v1': 75.0, 'v2': 25.0}
    """
    table = selected.assign(village=_read_villages(selected),
                            spent=selected["cost"].where(selected["chosen"], 0.0))
    grouped = table.groupby("village", sort=True)
    found = grouped.agg(projects=("cost", "size"), chosen=("chosen", "sum"), cost=("spent", "sum"))
    total = found["cost"].sum()
    return found.assign(share_pct=found["cost"] / total * 100 if total > 0 else np.nan)


def _read_projects(projects: pd.DataFrame, budget: float) -> pd.DataFrame:
    absent = [name for name in NEEDED if name not in projects.columns]
    if absent:
        raise ValueError(f"projects: column {', '.join(absent)} is absent")
    check_unique(projects.index, "projects")
    if not np.isfinite(budget) or budget < 0:
        raise ValueError(f"budget: an amount from 0 on is needed, not {budget!r}")
    numbers = projects[list(NEEDED)].apply(pd.to_numeric, errors="coerce").astype(float)
    negative = numbers.index[(numbers < 0).any(axis=1)]
    if len(negative):
        raise ValueError(f"projects: negative value or cost of {list_labels(negative)}")
    return numbers


def _read_villages(projects: pd.DataFrame) -> pd.Series:
    if "village" not in projects.columns:
        return pd.Series("", index=projects.index)
    return projects["village"].fillna("").astype(str)


class _Terms(NamedTuple):
    """What every choice keeps to: the money, the village of each project (-1: none), what each
    village may cost, whether each has at least one, and the projects that are always in."""

    budget: float
    groups: list[int]
    cap: float
    every_village: bool
    must: np.ndarray


def _read_terms(projects: pd.Index, villages: pd.Series, budget: float, most_village_pct: float,
                every_village: bool, required: tuple[str, ...]) -> _Terms:
    places = {name: place for place, name in enumerate(sorted(set(villages) - {""}))}
    cap = budget * most_village_pct / 100 if most_village_pct < 100 else inf
    return _Terms(budget, [places.get(village, -1) for village in villages], cap, every_village,
                  projects.isin(required))


def _count_stays(amounts: np.ndarray, terms: _Terms, noise_pct: float, draws: int, seed: int
                 ) -> np.ndarray:
    """Share of the draws with a solution in which each project is chosen, per cent."""
    rng = np.random.default_rng(seed)
    counts, solved = np.zeros(len(amounts)), 0
    for _ in range(draws):
        factors = 1 + noise_pct / 200 * rng.standard_normal(amounts.shape)
        found = _solve(amounts * factors.clip(0.05, None), terms)
        if found is not None:
            counts, solved = counts + found, solved + 1
    return counts / solved * 100 if solved else np.full(len(amounts), np.nan)


def _solve(amounts: np.ndarray, terms: _Terms) -> np.ndarray | None:
    """The best choice as True/False, from value and cost of each project; None where the
    conditions contradict each other."""
    value, cost = amounts[:, 0], amounts[:, 1]
    caps = [terms.cap] * (max(terms.groups, default=-1) + 1)
    try:
        return choose_best(value, cost, terms.budget, terms.groups, caps,
                           one_each=terms.every_village, required=terms.must)
    except TooLarge:
        return _ask_solver(value, cost, terms)


def _ask_solver(value: np.ndarray, cost: np.ndarray, terms: _Terms) -> np.ndarray | None:
    """The same by scipy.optimize.milp; without its first step, which prints to the screen."""
    from scipy.optimize import Bounds, LinearConstraint, milp

    groups = np.array(terms.groups)
    limits = [LinearConstraint(cost, ub=terms.budget)]
    for group in sorted(set(terms.groups) - {-1}):
        mine = groups == group
        if terms.cap < inf:
            limits.append(LinearConstraint(cost * mine, ub=terms.cap))
        if terms.every_village:
            limits.append(LinearConstraint(mine.astype(float), lb=1))
    done = milp(-value, integrality=np.ones(len(value)),
                bounds=Bounds(terms.must.astype(float), 1), constraints=limits,
                options={"presolve": False})
    return done.x > 0.5 if done.success else None
