"""Period life tables from age-specific death rates.

Only the arithmetic of one table: rates are neither smoothed nor graduated nor borrowed from a model
table. A missing rate makes everything that depends on it unknown.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd

from .checks_input import check_unique, list_labels, read_series

# Preston, Heuveline & Guillot (2001), table 3.3, from the West tables of Coale & Demeny (1983):
# value at m₀ ≥ 0.107, then intercept and slope in m₀ below it.
INFANT_LIMIT = 0.107
WEST_INFANT = {"m": (0.330, 0.045, 2.684), "f": (0.350, 0.053, 2.800)}
WEST_CHILD = {"m": (1.352, 1.651, -2.816), "f": (1.361, 1.522, -1.518)}
COLUMNS = ("n", "mx", "ax", "qx", "lx", "dx", "Lx", "Tx", "ex")


def life_table(
    ages: Sequence[float],
    mx: Sequence[float],
    sex: str,
    ax: Sequence[float] | None = None,
    radix: float = 100000,
) -> pd.DataFrame:
    """How long do people live at the death rates ``mx`` (deaths per person-year)?

    ``ages``: lower ages, single or 0, 1, 5, 10, …, the last group open. ``sex``: ``f``, ``m`` or
    ``b`` (both: the mean of the female and male coefficients). a(x) is the given one; where none is
    given, Coale–Demeny West for the groups 0 and 1–4, half the width elsewhere, 1/m in the open
    group. Columns ``n mx ax qx lx dx Lx Tx ex``; n of the open group is NaN (it has no width).
    q(x) is at most 1. A missing rate gives NaN from its age on and in every T(x) and e(x) over it;
    an open group without deaths has no computable expectation (NaN).
    Source: Preston, Heuveline & Guillot (2001), box 3.1 and table 3.3.

    >>> table = life_table([0, 1, 2], [0.02, 0.01, 0.5], "f")
    >>> table["ex"].round(3).to_list()
    [3.899, 2.975, 2.0]
    """
    lower = _read_ages(ages)
    rates = _read_column(mx, lower, "mx")
    if sex not in ("f", "m", "b"):
        raise ValueError(f"sex: 'f', 'm' or 'b' is needed, not {sex!r}")
    if not radix > 0:
        raise ValueError(f"radix: a number above 0 is needed, not {radix!r}")
    width = np.append(np.diff(lower), np.nan)
    mean_years = _fill_mean_years(width, rates, sex, lower)
    if ax is not None:
        given = _read_column(ax, lower, "ax")
        beyond = lower[:-1][given[:-1] > width[:-1]]
        if len(beyond):
            raise ValueError(f"ax: longer than the age group at {list_labels(beyond)}")
        mean_years = np.where(np.isnan(given), mean_years, given)
    table = _build_columns(width, rates, mean_years, radix)
    return table.set_index(pd.Index(list(ages), name="age"))


def _fill_mean_years(
    width: np.ndarray, rates: np.ndarray, sex: str, lower: np.ndarray
) -> np.ndarray:
    mean_years = width / 2
    if len(lower) > 1 and lower[0] == 0 and width[0] == 1:
        mean_years[0] = _apply_west(WEST_INFANT, rates[0], sex)
        if width[1] == 4:
            mean_years[1] = _apply_west(WEST_CHILD, rates[0], sex)
    mean_years[-1] = 1 / rates[-1] if rates[-1] > 0 else np.nan
    return mean_years


def _apply_west(
    coefficients: dict[str, tuple[float, float, float]], infant: float, sex: str
) -> float:
    if np.isnan(infant):
        return np.nan
    if sex == "b":
        return sum(_apply_west(coefficients, infant, one) for one in ("f", "m")) / 2
    high, intercept, slope = coefficients[sex]
    return high if infant >= INFANT_LIMIT else intercept + slope * infant


def _build_columns(
    width: np.ndarray, rates: np.ndarray, mean_years: np.ndarray, radix: float
) -> pd.DataFrame:
    dying = width * rates / (1 + (width - mean_years) * rates)
    # A rate above 1/a(x) would kill more people than there are.
    dying = np.minimum(dying, 1.0)
    dying[-1] = np.nan if np.isnan(rates[-1]) else 1.0
    alive = radix * np.append(1.0, np.cumprod(1 - dying[:-1]))
    deaths = alive * dying
    lived = (alive - deaths) * width + mean_years * deaths
    lived[-1] = alive[-1] * mean_years[-1]
    ahead = np.cumsum(lived[::-1])[::-1]
    expected = np.divide(ahead, alive, out=np.full(len(alive), np.nan), where=alive > 0)
    columns = [width, rates, mean_years, dying, alive, deaths, lived, ahead, expected]
    return pd.DataFrame(dict(zip(COLUMNS, columns, strict=True)))


def _read_ages(ages: Sequence[float]) -> np.ndarray:
    labels = pd.Index(list(ages))
    check_unique(labels, "ages")
    lower = read_series(pd.Series(list(ages), index=labels, dtype=object), "ages")
    if lower.empty or lower.isna().any():
        raise ValueError(f"ages: a number is needed for every group, not {list_labels(labels)}")
    falling = labels[1:][np.diff(lower) <= 0]
    if len(falling):
        raise ValueError(f"ages: {list_labels(falling)} does not follow a younger group")
    return lower.to_numpy()


def _read_column(values: Sequence[float], lower: np.ndarray, what: str) -> np.ndarray:
    if isinstance(values, pd.Series) and set(values.index) == set(lower):
        values = values.reindex(lower)
    array = np.asarray(values, dtype=object)
    if array.shape != lower.shape:
        edge = lower[min(array.size, len(lower) - 1)]
        raise ValueError(f"{what}: {array.size} values for {len(lower)} ages (see age {edge:g})")
    numbers = read_series(pd.Series(array, index=lower, dtype=object), f"{what} by age")
    if (numbers < 0).any():
        raise ValueError(f"{what}: negative at age {list_labels(numbers.index[numbers < 0])}")
    return numbers.to_numpy()
