"""Which branches is a territory strong in, and why did its total change: LQ and shift-share.

Both compare a territory with a larger one, sector by sector. Nothing is estimated: a sector that is
absent or zero in the larger territory gives NaN and is never dropped from a total.
"""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from math import nan
from typing import TypeVar

import numpy as np
import pandas as pd

from .checks_input import check_same_labels, check_unique, read_series

TOTAL = "total"
Label = TypeVar("Label", bound=Hashable)


def location_quotient(local: pd.Series, reference: pd.Series) -> pd.Series:
    """How much larger is a sector's share here than in the reference territory (1 = the same)?

    Shares are of the sectors given in each series. NaN where the reference is 0 or lacks the
    sector, or a total is zero; a missing value makes the total, hence all shares of that territory,
    unknown. Source: (x_i/x)/(X_i/X).

    >>> local = pd.Series({"farming": 60, "trade": 40})
    >>> location_quotient(local, pd.Series({"farming": 30, "trade": 70})).round(3).to_dict()
    {'farming': 2.0, 'trade': 0.571}
    """
    here, there = read_series(local, "local"), read_series(reference, "reference")
    check_unique(here.index, "local")
    check_unique(there.index, "reference")
    found = divide_shares(here.to_dict(), there.to_dict())
    return pd.Series([*found.values()], index=here.index, name=here.name, dtype=float)


def divide_shares(
    local: Mapping[Label, float], reference: Mapping[Label, float]
) -> dict[Label, float]:
    """The plain form of ``location_quotient`` for a few sectors.

    >>> divide_shares({"farming": 60.0}, {"farming": 30.0, "trade": 90.0})
    {'farming': 4.0}
    """
    here, there = _take_shares(local), _take_shares(reference)
    return {sector: share / (there.get(sector) or nan) for sector, share in here.items()}


def shift_share(
    local_0: pd.Series, local_1: pd.Series, reference_0: pd.Series, reference_1: pd.Series
) -> pd.DataFrame:
    """How much of each sector's change came with the reference, its branch, and from the place?

    Classical components: ``national`` = x₀·(X₁/X₀ − 1), ``mix`` = x₀·(Xᵢ₁/Xᵢ₀ − X₁/X₀), ``local`` =
    x₁ − x₀·Xᵢ₁/Xᵢ₀; the three add up to ``change``. The last row is ``total``. A sector that the
    reference had none of at the start has NaN in ``mix`` and ``local``, and so has the total.
    Source: Dunn (1960); Farhauer & Kröll (2013).

    >>> start, end = pd.Series({"farming": 10.0}), pd.Series({"farming": 15.0})
    >>> shift_share(start, end, start * 10, end * 10).loc["total"].to_dict()
    {'change': 5.0, 'national': 5.0, 'mix': 0.0, 'local': 0.0}
    """
    sectors = local_0.index if isinstance(local_0, pd.Series) else pd.Index([])
    given = {"local_0": local_0, "local_1": local_1}
    given |= {"reference_0": reference_0, "reference_1": reference_1}
    start, end, there_start, there_end = (
        _read_sectors(series, sectors, name) for name, series in given.items()
    )
    growth = _divide(there_end, there_start)
    growth_all = there_end.sum(skipna=False) / (there_start.sum(skipna=False) or np.nan)
    parts = pd.DataFrame(
        {
            "change": end - start,
            "national": start * (growth_all - 1),
            "mix": start * (growth - growth_all),
            "local": end - start * growth,
        }
    )
    total = parts.sum(skipna=False).to_frame(TOTAL).T
    return pd.concat([parts, total]).rename_axis(sectors.name)


def _read_sectors(series: pd.Series, sectors: pd.Index, what: str) -> pd.Series:
    numbers = read_series(series, what)
    if TOTAL in numbers.index:
        raise ValueError(f"{what}: the sector name {TOTAL!r} is kept for the sum of the sectors")
    check_same_labels(numbers.index, sectors, what)
    return numbers.reindex(sectors)


def _take_shares(amounts: Mapping[Label, float]) -> dict[Label, float]:
    total = float(np.array([*amounts.values()]).sum()) or nan
    return {sector: amount / total for sector, amount in amounts.items()}


def _divide(numerator: pd.Series, denominator: pd.Series) -> pd.Series:
    return numerator / denominator.replace(0.0, np.nan)
