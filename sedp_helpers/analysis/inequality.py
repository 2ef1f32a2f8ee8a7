"""How concentrated or unequal are amounts: Herfindahl–Hirschman, Gini, Theil.

Unweighted measures of one list of amounts. They refuse negative and missing amounts instead of
leaving them out, because a share of an unknown total is not a share.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd

from .checks_input import list_labels, read_series


def hhi(x: pd.Series | Sequence[float]) -> float:
    """How far is the total in few hands? Σ share², from 1/n (equal) to 1 (one holds all).

    NaN where the amounts are all zero. Source: Herfindahl–Hirschman; Dörsam (2004).

    >>> round(hhi([20, 50, 20, 10]), 4)
    0.34
    """
    amounts = _read_amounts(x)
    if not amounts.any():
        return float("nan")
    shares = amounts / amounts.sum()
    return float(np.square(shares).sum())


def gini(x: pd.Series | Sequence[float], corrected: bool = False) -> float:
    """How unequal are the amounts? Mean difference of all pairs, 0 (equal) to 1 − 1/n.

    ``corrected`` multiplies by n/(n−1), so that one holder of all gives 1; NaN for a single amount.
    NaN where the amounts are all zero. Source: Gini; Dörsam (2004).

    >>> round(gini([20, 50, 20, 10]), 4), round(gini([20, 50, 20, 10], corrected=True), 4)
    (0.3, 0.4)
    """
    amounts = np.sort(_read_amounts(x))
    count = len(amounts)
    if not amounts.any() or (corrected and count == 1):
        return float("nan")
    # ΣΣ|xᵢ−xⱼ| by the gaps between neighbours: exactly 0 for equal amounts, never negative.
    below = np.arange(1, count)
    differences = 2.0 * np.sum(np.diff(amounts) * below * (count - below))
    index = differences / (2.0 * count * amounts.sum())
    return float(index * count / (count - 1)) if corrected else float(index)


def theil(x: pd.Series | Sequence[float]) -> float:
    """How unequal are the amounts by Theil's T, from 0 (equal) to ln n (one holds all)?

    Natural logarithm; 0·ln 0 = 0; NaN where the amounts are all zero. Source: Theil (1967).

    >>> round(theil([1, 0]), 6)
    0.693147
    """
    amounts = _read_amounts(x)
    if not amounts.any():
        return float("nan")
    ratios = amounts / amounts.mean()
    positive = ratios[ratios > 0]
    return float(np.sum(positive * np.log(positive)) / len(ratios))


def _read_amounts(x: pd.Series | Sequence[float]) -> np.ndarray:
    if not isinstance(x, pd.Series):
        array = np.asarray(x, dtype=object)
        if array.ndim != 1:
            raise ValueError(f"amounts: one dimension is needed, not {array.ndim}")
        x = pd.Series(array, dtype=object)
    amounts = read_series(x, "amounts")
    wrong = amounts.index[(amounts.isna() | (amounts < 0)).to_numpy()]
    if len(wrong):
        raise ValueError(f"amounts: negative or missing at {list_labels(wrong)}")
    largest = amounts.max()
    # Scaled to the largest first, so that the sum of very large amounts stays finite.
    return (amounts / largest if largest > 0 else amounts).to_numpy()
