"""Ranking places by many indicators, with how sure each rank is.

A rank alone looks more exact than it is; the draws show what remains of it under other weights,
other normalisations and noisy data. Missing cells are left out, never scored as zero.
"""

from __future__ import annotations

from collections.abc import Hashable, Mapping

import numpy as np
import pandas as pd

from .checks_input import (
    check_known,
    list_labels,
    read_series,
    read_table,
    read_weights,
    read_whole_number,
)
from .standardise import NORMALISATIONS, normalise_columns, robust_z

CONCENTRATION_PER_COLUMN = 10
LOW, HIGH = 10, 90
FEW_UNITS = 40
# Scores of equal units may differ in the last bits by the order of the sums.
SCORE_DECIMALS = 10


def rank_with_uncertainty(
    table: pd.DataFrame,
    weights: Mapping[Hashable, float] | pd.Series | None = None,
    draws: int = 1000,
    seed: int = 0,
    directions: Mapping[Hashable, int] | None = None,
    noise: float | Mapping[Hashable, float] | None = None,
) -> pd.DataFrame:
    """Which unit is ahead of which, and which differences of rank are only apparent?

    ``table``: units × indicators, NaN = missing (left out, the other weights rescaled).
    ``directions``: +1 higher is better (default), −1 lower is better. ``score`` = weighted mean of
    robust z; ``rank`` 1 = best, ties share the smaller. Each draw takes Dirichlet weights around
    the given ones (concentration 10 × columns), one normalisation of three at random and, where
    ``noise`` (relative sd, one number or by column) is given, normal errors of the data.
    ``rank_low`` and ``rank_high`` = 10th and 90th percentile of the drawn ranks. ``group``: from 1
    down the ranking; a unit whose interval no longer overlaps that of the group's first opens the
    next. A unit without any value has NaN throughout. Source: OECD/JRC Handbook on Constructing
    Composite Indicators (2008), steps 5–7.

    >>> table = pd.DataFrame({"water": [90, 50, 10], "roads": [80, 60, 20]}, index=list("abc"))
    >>> rank_with_uncertainty(table)["rank"].to_dict()
    {'a': 1.0, 'b': 2.0, 'c': 3.0}
    """
    numbers = read_table(table, "table")
    if numbers.columns.empty:
        raise ValueError("table: it has no columns")
    draws = read_whole_number(draws, "draws", least=1)
    mean_weights = read_weights(weights, numbers.columns)
    signs = _read_directions(directions, numbers.columns)
    spreads = _read_noise(noise, numbers.columns)
    values = numbers.to_numpy()
    score = _score(normalise_columns(values, robust_z) * signs, mean_weights[None])[0]
    drawn = _draw_ranks(values, mean_weights, signs, spreads, draws, seed)
    known = ~np.isnan(score)
    limits = np.full((2, len(score)), np.nan)
    if known.any():
        limits[:, known] = np.percentile(drawn[:, known], [LOW, HIGH], axis=0)
    ranks = _rank(score[None])[0]
    groups = _group(ranks, *limits)
    names = ("score", "rank", "rank_low", "rank_high", "group")
    columns = (score, ranks, *limits, groups)
    return pd.DataFrame(dict(zip(names, columns, strict=True)), index=table.index)


def rank_without_each(
    table: pd.DataFrame,
    weights: Mapping[Hashable, float] | pd.Series | None = None,
    directions: Mapping[Hashable, int] | None = None,
) -> pd.DataFrame:
    """The ``rank`` of ``rank_with_uncertainty`` without each column in turn: units × columns left
    out. A column that nothing is left without, or nothing that counts, is not there.

    >>> table = pd.DataFrame({"water": [90, 50], "roads": [10, 20]}, index=list("ab"))
    >>> rank_without_each(table)["roads"].to_dict()
    {'a': 1.0, 'b': 2.0}
    """
    numbers = read_table(table, "table")
    signs = _read_directions(directions, numbers.columns)
    shares = read_weights(weights, numbers.columns)
    normal = normalise_columns(numbers.to_numpy(), robust_z) * signs
    found = {}
    for place, name in enumerate(numbers.columns):
        rest = np.arange(len(shares)) != place
        if shares[rest].sum() > 0:
            found[name] = _rank(_score(normal[:, rest], shares[None, rest]))[0]
    return pd.DataFrame(found, index=table.index)


def _draw_ranks(
    values: np.ndarray,
    weights: np.ndarray,
    signs: np.ndarray,
    spreads: np.ndarray,
    draws: int,
    seed: int,
) -> np.ndarray:
    """Ranks of all units (columns) in all draws (rows)."""
    rng = np.random.default_rng(seed)
    drawn_weights = _draw_weights(weights, draws, rng)
    methods = rng.integers(len(NORMALISATIONS), size=draws)
    scores = np.empty((draws, len(values)))
    for number, normalise in enumerate(NORMALISATIONS):
        chosen = methods == number
        data = _disturb(values, spreads, int(chosen.sum()), rng)
        scores[chosen] = _score(normalise_columns(data, normalise) * signs, drawn_weights[chosen])
    return _rank(scores)


def _draw_weights(weights: np.ndarray, draws: int, rng: np.random.Generator) -> np.ndarray:
    """Dirichlet weights by gamma draws, which unlike ``rng.dirichlet`` let a weight be 0."""
    alpha = CONCENTRATION_PER_COLUMN * len(weights) * weights
    drawn = rng.gamma(alpha, size=(draws, len(weights)))
    return drawn / drawn.sum(axis=1, keepdims=True)


def _disturb(
    values: np.ndarray, spreads: np.ndarray, draws: int, rng: np.random.Generator
) -> np.ndarray:
    """The data with normal errors, one copy a draw; the plain table where there is no noise."""
    if not spreads.any():
        return values
    errors = rng.standard_normal((draws, *values.shape))
    return values * (1 + spreads * errors)


def _score(normal: np.ndarray, weights: np.ndarray) -> np.ndarray:
    """Weighted means of the present cells: draws × units, from (draws ×) units × columns."""
    present = ~np.isnan(normal)
    filled = np.where(present, normal, 0.0)
    sums = _combine(filled, weights)
    shares = _combine(present.astype(float), weights)
    return np.divide(sums, shares, out=np.full(sums.shape, np.nan), where=shares > 0)


def _combine(cells: np.ndarray, weights: np.ndarray) -> np.ndarray:
    if cells.ndim == 2:
        return weights @ cells.T
    return np.matmul(cells, weights[:, :, None])[..., 0]


def _rank(scores: np.ndarray) -> np.ndarray:
    scores = np.round(scores, SCORE_DECIMALS)
    if scores.shape[1] <= FEW_UNITS:  # each with each, faster than a table
        ahead = (scores[:, None, :] > scores[:, :, None]).sum(axis=2) + 1.0
        return np.where(np.isnan(scores), np.nan, ahead)
    table = pd.DataFrame(scores.T)
    return table.rank(method="min", ascending=False).to_numpy().T


def _group(ranks: np.ndarray, low: np.ndarray, high: np.ndarray) -> np.ndarray:
    groups, group, first = np.full(len(ranks), np.nan), 0, -1
    for unit in np.lexsort((high, low, ranks)):
        if np.isnan(ranks[unit]):
            continue
        if first < 0 or low[unit] > high[first] or high[unit] < low[first]:
            group, first = group + 1, unit
        groups[unit] = group
    return groups


def _read_directions(directions: Mapping[Hashable, int] | None, columns: pd.Index) -> np.ndarray:
    given = dict(directions or {})
    check_known(given, columns, "directions")
    wrong = [name for name, sign in given.items() if sign not in (1, -1)]
    if wrong:
        raise ValueError(f"directions: +1 or -1 is needed for {list_labels(wrong)}")
    return np.array([given.get(name, 1) for name in columns], dtype=float)


def _read_noise(noise: float | Mapping[Hashable, float] | None, columns: pd.Index) -> np.ndarray:
    if noise is None or np.isscalar(noise):
        given = pd.Series(noise or 0.0, index=columns, dtype="float64")
    else:
        given = read_series(pd.Series(noise, dtype=object), "noise")
        check_known(given.index, columns, "noise")
        given = given.reindex(columns, fill_value=0.0)
    wrong = given.index[given.isna() | (given < 0)]
    if len(wrong):
        raise ValueError(f"noise: a number of at least 0 is needed for {list_labels(wrong)}")
    return given.to_numpy()
