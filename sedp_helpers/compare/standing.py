"""Where a municipality stands among its peers, and under which model of peers that holds.

A strength or weakness is told only where it is the same under every model that can be used; where
models disagree, that is the finding. A difference inside the middle half of the peers is none.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from sedp_helpers.compare.peers import PeerGroup

LEAST_PEERS = 4  # fewer have no middle half
LEAST_APART = 0.1  # of the median: a smaller difference is none
LEAST_MODELS = 2  # a finding of one model alone is not robust


@dataclass(frozen=True)
class Standing:
    """One measure of one unit against the peers of one model; ``side`` −1 low, 0 middle, 1 high."""

    measure: str
    model: str
    value: float
    median: float
    low: float
    high: float
    peers: int
    side: int


def place_among(
    value: float, others: Sequence[float] | np.ndarray
) -> tuple[float, float, float, int] | None:
    """Median and quartiles of the others and the side of the value; None with too few of them.

    >>> place_among(9.0, [1.0, 2.0, 3.0, 4.0])
    (2.5, 1.75, 3.25, 1)
    """
    known = np.asarray(others, dtype=float)
    known = known[~np.isnan(known)]
    if value != value or len(known) < LEAST_PEERS:
        return None
    low, median, high = np.percentile(known, (25, 50, 75)).tolist()
    if abs(value - median) < LEAST_APART * abs(median):
        return median, low, high, 0
    return median, low, high, int(value > high) - int(value < low)


def list_standings(
    table: pd.DataFrame, unit: str, groups: Sequence[PeerGroup]
) -> list[Standing]:
    """Every measure of the unit against the peers of every model that allows it."""
    numbers = table.to_numpy(dtype=float)
    place = {name: row for row, name in enumerate(table.index)}
    others = [(group.model, [place[peer] for peer in group.peers if peer in place])
              for group in groups]
    found = []
    for column, measure in enumerate(table.columns):
        value = float(numbers[place[unit], column])
        for model, rows in others:
            theirs = numbers[rows, column]
            placed = place_among(value, theirs)
            if placed:
                known = int(np.count_nonzero(~np.isnan(theirs)))
                median, low, high, side = placed
                found.append(Standing(measure, model, value, median, low, high, known, side))
    return found


@dataclass(frozen=True)
class Verdict:
    """``kind``: strength · weakness · differs · middle; ``holds``: models that say so."""

    measure: str
    kind: str
    holds: tuple[str, ...]
    changes: tuple[str, ...]


def judge(standings: Sequence[Standing], directions: Mapping[str, int]) -> list[Verdict]:
    """What can be said of each measure, and under which models it is otherwise.

    ``directions``: measure -> +1 more is better, −1 less is better; others are not judged.
    Fewer than two usable models give no verdict.
    """
    verdicts = []
    for measure in dict.fromkeys(one.measure for one in standings):
        mine = {one.model: one.side * directions.get(measure, 0)
                for one in standings if one.measure == measure}
        if measure not in directions or len(mine) < LEAST_MODELS:
            continue
        verdicts.append(_judge_one(measure, mine))
    return verdicts


def _judge_one(measure: str, sides: Mapping[str, int]) -> Verdict:
    names = {1: "strength", -1: "weakness", 0: "middle"}
    met = set(sides.values())
    if len(met) == 1:
        return Verdict(measure, names[met.pop()], tuple(sides), ())
    counts = {side: sum(value == side for value in sides.values()) for side in sorted(met)}
    most = max(counts, key=lambda side: (counts[side], -abs(side)))
    return Verdict(measure, "differs", tuple(m for m, s in sides.items() if s == most),
                   tuple(m for m, s in sides.items() if s != most))
