"""Bringing indicators of different units onto one scale, missing cells left missing.

Works on arrays whose last axis is the units (any axes before it are repetitions), so that thousands
of draws are standardised at once. Direction (more is better or worse) is the caller's business.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pandas as pd

MAD_TO_SD = 1.4826


def robust_z(values: np.ndarray) -> np.ndarray:
    """How many robust standard deviations from the median? 0 everywhere for a constant column.

    Median and 1.4826·MAD; the sample standard deviation where the MAD is 0.

    >>> robust_z(np.array([1.0, 2.0, 3.0])).round(4).tolist()
    [-0.6745, 0.0, 0.6745]
    """
    offset = values - np.median(values, axis=-1, keepdims=True)
    spread = MAD_TO_SD * np.median(np.abs(offset), axis=-1, keepdims=True)
    if not spread.all() and values.shape[-1] > 1:
        spread = np.where(spread == 0, np.std(values, axis=-1, ddof=1, keepdims=True), spread)
    return np.divide(offset, spread, out=np.zeros_like(offset), where=spread > 0)


def min_max(values: np.ndarray) -> np.ndarray:
    """Where between the smallest (0) and the largest (1)? One half for a constant column.

    >>> min_max(np.array([1.0, 2.0, 5.0])).tolist()
    [0.0, 0.25, 1.0]
    """
    low = values.min(axis=-1, keepdims=True)
    reach = values.max(axis=-1, keepdims=True) - low
    return np.divide(values - low, reach, out=np.full_like(values, 0.5), where=reach > 0)


def rank_share(values: np.ndarray) -> np.ndarray:
    """Which place from the lowest (0) to the highest (1)? Ties share the mean place.

    >>> rank_share(np.array([10.0, 30.0, 20.0, 20.0])).tolist()
    [0.0, 1.0, 0.5, 0.5]
    """
    count = values.shape[-1]
    if count == 1:
        return np.full_like(values, 0.5)
    places = pd.DataFrame(values.reshape(-1, count).T).rank(method="average").to_numpy().T
    return ((places - 1) / (count - 1)).reshape(values.shape)


def normalise_columns(
    values: np.ndarray, method: Callable[[np.ndarray], np.ndarray]
) -> np.ndarray:
    """Each column of (draws ×) units × columns normalised over the units that have a value;
    missing cells stay missing.

    >>> normalise_columns(np.array([[1.0], [np.nan], [3.0]]), min_max).ravel().tolist()
    [0.0, nan, 1.0]
    """
    normal = np.full(values.shape, np.nan)
    for column in range(values.shape[-1]):
        present = ~np.isnan(values[(0,) * (values.ndim - 2)][:, column])
        if present.any():
            normal[..., present, column] = method(values[..., present, column])
    return normal


NORMALISATIONS = (robust_z, min_max, rank_share)
