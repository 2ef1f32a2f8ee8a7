"""Yearly growth and the forecasting rule of the handbook (Q30).

The rule is kept exactly as the handbook prints it, in its two readings (rounded as on paper, and at
full precision). Better methods live in ``forecast``; nothing here chooses, smooths or fills gaps.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import ROUND_HALF_UP, Decimal, localcontext
from math import inf, log
from typing import NamedTuple

import numpy as np
import pandas as pd

from .checks_input import check_unique, list_labels, read_series, read_whole_number

RATES_AVERAGED = 3
LARGEST = Decimal("1e300")  # beyond it a figure is «infinite»: the rate was no growth rate
_DIGITS = 700  # enough for the quotient of any two doubles, with its decimals


def growth_rates(series: pd.Series | Sequence[float]) -> pd.Series:
    """By how many per cent did each calendar year change against the year before?

    A list is taken as consecutive years 0, 1, 2, …. NaN where the value of the year or of the year
    before is missing, or the base is zero or negative; a gap is never bridged. Fewer than two years
    give an empty series. Source: handbook Q30, steps 1–3.

    >>> growth_rates(pd.Series({2021: 9800, 2022: 10500, 2023: 11000})).to_dict()
    {2022: 7.142857142857142, 2023: 4.761904761904762}
    """
    values = _read_years(series)
    rates = rate_years(values.to_dict())
    return pd.Series([rates.get(year, np.nan) for year in values.index[1:]],
                     index=values.index[1:], name=values.name, dtype=float)


def rate_years(values: Mapping[int, float]) -> dict[int, float]:
    """Growth in per cent of every year that has the year before it and a positive base.

    The plain form of ``growth_rates`` for one short series; NaN and absent years give no rate.

    >>> rate_years({2021: 9800.0, 2022: 10500.0, 2024: 11500.0})
    {2022: 7.142857142857142}
    """
    rates = {}
    for year, value in values.items():
        base = values.get(year - 1, np.nan)
        if base > 0 and value == value:
            rates[year] = (value - base) / base * 100
    return dict(sorted(rates.items()))


def handbook_forecast(
    series: pd.Series | Sequence[float],
    horizon: int = 1,
    rounded: bool = True,
    decimals: int = 0,
) -> pd.Series:
    """What do the coming years bring if the mean of the last three growth rates goes on?

    The mean is taken once, over the last three defined rates (two or one where there are no more),
    and kept for all years after the last observed one. ``rounded``: as on paper, each rate and
    their mean to two decimals and each year's value to ``decimals``, half-up; otherwise at full
    precision. ``ValueError`` where no rate is defined. Source: handbook Q30, steps 4–5, DQ-04.

    >>> handbook_forecast([9800, 10500, 11000, 11500], horizon=3).to_list()
    [12130.0, 12795.0, 13496.0]
    >>> handbook_forecast([9800, 10500, 11000, 11500], rounded=False).to_list()
    [12130.59163059163]
    """
    values = _read_years(series)
    horizon = read_whole_number(horizon, "horizon", least=1)
    known = values.dropna().to_dict()
    if not rate_years(known):
        raise ValueError(f"no growth rate is defined for the years {list_labels(values.index)}")
    ahead = carry_handbook(known, horizon, rounded=rounded, decimals=int(decimals))
    index = pd.Index(np.asarray(list(ahead), dtype="int64"), name=values.index.name)
    return pd.Series(list(ahead.values()), index=index, name=values.name, dtype=float)


def carry_handbook(
    values: Mapping[int, float], horizon: int, *, rounded: bool, decimals: int = 0
) -> dict[int, float]:
    """The plain form of ``handbook_forecast``: known years → coming years; empty without a rate.

    A value that no double can hold (a typing slip taken for a growth rate) is infinite.

    >>> carry_handbook({2023: 100.0, 2024: 110.0}, 2, rounded=False)
    {2025: 121.00000000000001, 2026: 133.10000000000002}
    """
    years = list(rate_years(values))[-RATES_AVERAGED:]
    if not years:
        return {}
    last = max(values)
    if rounded:
        with localcontext(prec=_DIGITS):
            rates = [_measure_rate(values[year - 1], values[year]) for year in years]
            carried = _carry_rounded(_to_decimal(values[last]), rates, horizon, decimals)
        return {last + step: float(value) for step, value in enumerate(carried, start=1)}
    all_rates = rate_years(values)
    factor = 1 + sum(all_rates[year] for year in years) / len(years) / 100
    return {last + step: values[last] * _raise_power(factor, step)
            for step in range(1, horizon + 1)}


def _raise_power(factor: float, step: int) -> float:
    try:
        return factor**step
    except OverflowError:
        return inf


class MeanGrowth(NamedTuple):
    """Mean yearly growth between two figures, in per cent, by three rules none of which is the
    handbook's (the mean of the yearly rates)."""

    compound: float
    linear: float
    logarithmic: float


def average_growth(first: float, last: float, years: float) -> MeanGrowth:
    """By how many per cent a year did a figure grow, if only its two ends are known?

    Both figures and the years between them must be above 0 (``ValueError``). For comparison only:
    the handbook's rule is the arithmetic mean of the yearly rates (Q30). Source: Q24, DQ-05.

    >>> average_growth(9367, 11132, 6).compound
    2.9189735648142534
    """
    for what, number in (("first", first), ("last", last), ("years", years)):
        if not number > 0:
            raise ValueError(f"{what}: a number above 0 is needed, not {number!r}")
    ratio = last / first
    return MeanGrowth(100 * (ratio ** (1 / years) - 1), 100 * (ratio - 1) / years,
                      100 * log(ratio) / years)


def round_half_up(value: Decimal, decimals: int) -> Decimal:
    """The value rounded as people round on paper: a half goes away from zero.

    >>> round_half_up(Decimal("2.345"), 2)
    Decimal('2.35')
    """
    return value.quantize(Decimal(1).scaleb(-decimals), rounding=ROUND_HALF_UP)


def _carry_rounded(
    last: Decimal, rates: list[Decimal], horizon: int, decimals: int
) -> list[Decimal]:
    printed = [round_half_up(rate, 2) for rate in rates]
    factor = 1 + round_half_up(sum(printed, Decimal(0)) / len(printed), 2) / 100
    carried: list[Decimal] = []
    for _ in range(horizon):
        last = last * factor
        if abs(last) < LARGEST:
            last = round_half_up(last, decimals)
        carried.append(last)
    return carried


def _measure_rate(base: float, current: float) -> Decimal:
    # Decimals of the printed numbers, because a binary fraction may fall on the wrong side of ,005.
    base_exact, current_exact = _to_decimal(base), _to_decimal(current)
    return (current_exact - base_exact) * 100 / base_exact


def _to_decimal(number: float) -> Decimal:
    return Decimal(repr(float(number)))


def _read_years(series: pd.Series | Sequence[float]) -> pd.Series:
    """The series on every calendar year from the first to the last, NaN where a year is absent."""
    if not isinstance(series, pd.Series):
        series = pd.Series(_read_list(series), dtype=object)
    values = read_series(series, "series")
    years = pd.to_numeric(pd.Series(values.index, dtype=object), errors="coerce").astype("float64")
    wrong = values.index[(years.isna() | (years != years.round())).to_numpy()]
    if len(wrong):
        raise ValueError(f"series: {list_labels(wrong)} is not a year")
    values.index = pd.Index(years.astype("int64"), name=series.index.name)
    check_unique(values.index, "series")
    if values.empty:
        return values
    calendar = np.arange(values.index.min(), values.index.max() + 1)
    return values.reindex(pd.Index(calendar, name=series.index.name))


def _read_list(values: Sequence[float]) -> list[float]:
    array = np.asarray(values, dtype=object)
    if array.ndim != 1:
        raise ValueError(f"series: one dimension is needed, not {array.ndim}")
    return list(array)
