"""Least squares with coefficients that may not be negative, exact for a few columns.

Every subset of the columns is a candidate. The normal equations of all subsets, solved at once,
tell which one is the best; it alone is then solved with full precision. Where they cannot tell,
all subsets are, so that the answer is the same either way.
"""

from __future__ import annotations

from functools import cache
from itertools import combinations

import numpy as np

TIE = 1e-9  # of the target's square: two fits that differ by less are equal
_INDEPENDENT = 1e-8  # determinant of the correlations; below it only full precision counts
_DOUBT = 1e-5  # of the largest coefficient: how far a quick solution may be off
_MISS_DOUBT = TIE / 10  # the same for a sum of squares, of the target's square

Fit = tuple[float, np.ndarray]


def fit_nonnegative(columns: np.ndarray, target: np.ndarray) -> list[Fit]:
    """The smallest sum of squares and its coefficients, all ≥ 0, for each table of columns.

    ``columns``: tables × rows × columns. Among equal fits the one with fewer columns: a short panel
    must not be decided by rounding.

    >>> [(miss, parts)] = fit_nonnegative(np.eye(2)[None], np.array([2.0, -1.0]))
    >>> round(miss, 9), parts.round(9).tolist()
    (1.0, [2.0, 0.0])
    """
    whole = float(target @ target)
    fits = []
    for table, misses, signs in zip(columns, *_solve_quickly(columns, target)):
        chosen = _choose_quickly(misses, signs, whole)
        fits.append(_try_all(table, target) if chosen is None
                    else _solve_fully(table, _list_subsets(table.shape[1])[chosen], target)
                    if chosen >= 0 else (whole, np.zeros(table.shape[1])))
    return fits


@cache
def _list_subsets(width: int) -> list[list[int]]:
    """All sets of columns but the empty one, small ones first."""
    return [list(chosen) for size in range(1, width + 1)
            for chosen in combinations(range(width), size)]


@cache
def _mark_subsets(width: int) -> np.ndarray:
    marks = np.zeros((len(_list_subsets(width)), width), dtype=bool)
    for place, chosen in enumerate(_list_subsets(width)):
        marks[place, chosen] = True
    return marks


def _solve_quickly(columns: np.ndarray, target: np.ndarray) -> tuple[list, list]:
    """Sum of squares of each table and subset, NaN where its columns are too much alike; and 1, −1
    or 0 where all coefficients are surely positive, one is surely negative, or neither."""
    marks = _mark_subsets(columns.shape[2])
    size = np.sqrt(np.square(columns).sum(axis=1))
    scaled = columns / np.where(size > 0, size, 1.0)[:, None, :]
    turned = scaled.transpose(0, 2, 1)
    both = marks[:, :, None] & marks[:, None, :]
    alike = np.where(both, (turned @ scaled)[:, None], np.eye(columns.shape[2]))
    clear = np.linalg.det(alike) > _INDEPENDENT
    alike[~clear] = np.eye(columns.shape[2])
    found = np.linalg.solve(alike, np.where(marks, (turned @ target)[:, None], 0.0)[..., None])
    found = found[..., 0]
    misses = np.square(target - found @ turned).sum(axis=2)
    doubt = _DOUBT * np.abs(found).max(axis=2)
    least = np.where(marks, found, np.inf).min(axis=2)
    signs = np.where(least > doubt, 1, np.where(least < -doubt, -1, 0))
    return np.where(clear, misses, np.nan).tolist(), signs.tolist()


def _choose_quickly(misses: list[float], signs: list[int], whole: float) -> int | None:
    """The subset that trying all would end with (−1: none); None where that cannot be told."""
    best, place, tie, doubt = whole, -1, TIE * whole, _MISS_DOUBT * whole
    for number, (miss, sign) in enumerate(zip(misses, signs)):
        if miss != miss:
            return None
        if sign < 0 or miss > best - tie + doubt:
            continue
        if sign == 0 or miss > best - tie - doubt:
            return None
        best, place = miss, number
    return place


def _try_all(columns: np.ndarray, target: np.ndarray) -> Fit:
    best = (float(target @ target), np.zeros(columns.shape[1]))
    tie = TIE * best[0]
    for chosen in _list_subsets(columns.shape[1]):
        miss, parts = _solve_fully(columns, chosen, target)
        if miss < best[0] - tie and not (parts < 0).any():
            best = (miss, parts)
    return best


def _solve_fully(columns: np.ndarray, chosen: list[int], target: np.ndarray) -> Fit:
    solution = np.linalg.lstsq(columns[:, chosen], target, rcond=None)[0]
    miss = float(np.square(target - columns[:, chosen] @ solution).sum())
    parts = np.zeros(columns.shape[1])
    parts[chosen] = solution
    return miss, parts
