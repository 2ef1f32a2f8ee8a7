"""How far off a forecast like this one has been: the figures of the sentence beside it.

Every past year is forecast again with what was known then, by the method that is recommended and
by the two that anyone can do by hand; all three are judged on the same years. Nothing is chosen
here and no figure of a later year takes part.
"""

from __future__ import annotations

import numpy as np

from .panel import limit_to_kind, mean_rows
from .rolling import Rolling

SIMPLE = ("handbook", "last")
PROOF = (
    *("tests", "error", "error_handbook", "error_last"),
    *("peers", "peers_handbook", "peers_last"),
)


def prove_forecast(rolling: Rolling, method: str, *, alone: bool = False) -> np.ndarray:
    """Figures of ``PROOF`` for each unit and horizon: units × horizons × figures.

    ``tests``: past years with a forecast that has come due; ``error…``: mean of
    |forecast/actual − 1| over them in %, of ``method``, of the handbook's rule and of the last
    value; ``peers…``: the mean of the same over the other units, of which there are none where
    each stands ``alone``. NaN where nothing came due.
    """
    misses = np.stack([_measure_misses(rolling, name) for name in (method, *SIMPLE)])
    misses = np.where(np.isnan(misses).any(axis=0), np.nan, misses)
    tests = (~np.isnan(misses[0])).sum(axis=0).astype(float)
    own = np.stack([mean_rows(part, axis=0) for part in misses])
    others = np.full_like(own, np.nan) if alone else _average_others(own)
    return np.concatenate([tests[None], own, others]).transpose(1, 2, 0)


def _measure_misses(rolling: Rolling, method: str) -> np.ndarray:
    """Absolute errors in % of the actual; where a method is silent, the last value stands in."""
    values = limit_to_kind(rolling.values[method], rolling.kind)
    values = np.where(np.isnan(values), rolling.last[:, :, None], values)
    actual = np.where(rolling.actual == 0, np.nan, rolling.actual)
    return np.abs((values - actual) / actual) * 100


def _average_others(own: np.ndarray) -> np.ndarray:
    """Mean over the units other than each, of methods × units × horizons."""
    present = ~np.isnan(own)
    total = np.where(present, own, 0.0)
    count = present.sum(axis=1, keepdims=True) - present
    rest = total.sum(axis=1, keepdims=True) - total
    return np.where(count > 0, rest / np.maximum(count, 1), np.nan)
