"""Parts that are forecast one by one and a total that is forecast by itself must agree.

The parts are moved to the total in proportion to their size; the total is never changed here.
"""

from __future__ import annotations

import numpy as np
import pandas as pd


def reconcile_parts(parts: pd.DataFrame, total: pd.Series) -> pd.DataFrame:
    """Which parts add up to the given total in every year, with the shares they had?

    ``parts``: one column per part, index years; ``total``: Series on the same years (else
    ``ValueError`` naming the first year that does not fit). A year in which a part or the total is
    missing stays missing as a whole; a year whose parts add up to zero is shared equally.
    Proportional scaling as in Hyndman & Athanasopoulos 2021, section 11.2.

    >>> parts = pd.DataFrame({"a": [30.0], "b": [10.0]}, index=[2026])
    >>> reconcile_parts(parts, pd.Series([48.0], index=[2026])).loc[2026].tolist()
    [36.0, 12.0]
    """
    differing = parts.index.symmetric_difference(total.index)
    if len(differing):
        raise ValueError(f"parts and total differ in year {differing[0]}")
    if (parts < 0).any(axis=None):
        raise ValueError(f"part {parts.columns[(parts < 0).any()][0]!r} is negative")
    values = parts.to_numpy(dtype=float)
    goal = total.reindex(parts.index).to_numpy(dtype=float)[:, None]
    whole = values.sum(axis=1, keepdims=True)
    empty = whole == 0
    shares = np.where(empty, 1 / max(values.shape[1], 1), values / np.where(empty, 1.0, whole))
    return pd.DataFrame(shares * goal, index=parts.index, columns=parts.columns)
