"""How far off a forecast may be, read from how far off the same method was before.

Past misses are divided by the volatility the place had then, pooled over places and origins by
size class, and their quantiles multiplied by the volatility the place has now. Misses made with
more years of knowledge count for more. No distribution is assumed where there is experience; where
there is little, a wide default stands in for it.
"""

from __future__ import annotations

from statistics import NormalDist

import numpy as np

from .panel import History
from .rolling import Rolling

_DEFAULT_SCALE = 1.2
_DEFAULT_POWER = 0.7
_DOUBT = 5.0
_PLACES_THAT_COUNT = 10
_PLACES_FOR_CLASSES = 40
_MISSES_OF_DOUBT = 30.0
_YEARS_TO_LEARN = 10.0
"""A miss made with fewer years behind it counts for less: later forecasts know more than that."""


def widen_forecast(
    rolling: Rolling, method_misses: np.ndarray, origin: int, levels: tuple[float, ...], *,
    alone: bool = False,
) -> np.ndarray:
    """Half-widths on the working scale at an origin: units × horizons × levels.

    ``method_misses`` are origins × units × horizons of the method in question. Widths never shrink
    with the horizon and a higher level is never narrower than a lower one. ``alone``: every unit
    learns from its own misses only.
    """
    scaled = np.abs(method_misses) / rolling.volatility[:, :, None]
    classes = rolling.size_class[origin]
    normal = np.array([NormalDist().inv_cdf(0.5 + level / 200) for level in levels])
    ratio = np.ones((len(classes), len(levels)))
    widths = np.full((len(classes), rolling.horizon, len(levels)), np.nan)
    shares = np.array(levels) / 100
    for step in range(1, rolling.horizon + 1):
        default = _DEFAULT_SCALE * step**_DEFAULT_POWER * normal
        past = rolling.past(origin, step)
        errors, weight, then = _list_misses(rolling, scaled, past, step)
        evidence = (_count_each(weight, step) if alone
                    else np.full((1, 1), _count_evidence(errors, weight, step)))
        if (evidence > 0).any():
            found = (_take_own_quantiles(errors, weight, shares) if alone
                     else _take_quantiles(errors, weight, then, classes, shares)) / default
            learnt = (evidence * found + _DOUBT * ratio) / (evidence + _DOUBT)
            ratio = np.where(evidence > 0, learnt, ratio)
        widths[:, step - 1] = ratio * default
    widths = np.maximum.accumulate(widths, axis=1)
    return widths * rolling.volatility[origin][:, None, None]


def bound_forecast(
    history: History, values: np.ndarray, widths: np.ndarray
) -> tuple[np.ndarray, np.ndarray]:
    """Lower and upper bounds (units × horizons × levels) that always hold the forecast itself."""
    center = history.forecast_to_work(values)[:, :, None]
    flat = (len(values), widths.shape[1] * widths.shape[2])
    low = history.from_work((center - widths).reshape(flat)).reshape(widths.shape)
    high = history.from_work((center + widths).reshape(flat)).reshape(widths.shape)
    held = values[:, :, None]
    return np.minimum(low, held), np.maximum(high, held)


def _list_misses(
    rolling: Rolling, scaled: np.ndarray, past: slice, step: int
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Misses that had come due, how much each counts (0 where there is none), size class then."""
    errors = scaled[past, :, step - 1]
    learnt = np.clip((rolling.known[past] - 1) / _YEARS_TO_LEARN, 1 / _YEARS_TO_LEARN, 1.0)
    return errors, np.where(np.isnan(errors), 0.0, learnt), rolling.size_class[past]


def _count_evidence(errors: np.ndarray, weight: np.ndarray, step: int) -> float:
    """Roughly how many independent misses there are: origins overlap, places share shocks."""
    places = (~np.isnan(errors)).sum(axis=1)
    typical = weight.sum(axis=1) / np.maximum(places, 1)
    return float((np.minimum(places, _PLACES_THAT_COUNT) * typical).sum() / step)


def _count_each(weight: np.ndarray, step: int) -> np.ndarray:
    """The same for every unit by itself."""
    return np.ascontiguousarray(weight.T).sum(axis=1, keepdims=True) / step


def _take_own_quantiles(
    errors: np.ndarray, weight: np.ndarray, shares: np.ndarray
) -> np.ndarray:
    """Quantiles of the past misses of each unit; NaN for one without any."""
    counts = (~np.isnan(errors)).sum(axis=0)
    order = np.argsort(np.ascontiguousarray(errors.T), axis=1)
    errors, weight = (np.take_along_axis(table.T, order, axis=1) for table in (errors, weight))
    found = np.full((len(counts), len(shares)), np.nan)
    for unit, count in enumerate(counts.tolist()):
        if count:
            found[unit] = _weigh_quantiles(errors[unit, :count], weight[unit, :count], shares)
    return found


def _take_quantiles(
    errors: np.ndarray, weight: np.ndarray, then: np.ndarray, now: np.ndarray, shares: np.ndarray
) -> np.ndarray:
    """Quantiles of past misses for each unit: of its size class, drawn towards those of all."""
    order = np.argsort(errors, axis=None)[: int((~np.isnan(errors)).sum())]
    errors, weight, then = (table.ravel()[order] for table in (errors, weight, then))
    overall = _weigh_quantiles(errors, weight, shares)
    result = np.tile(overall, (len(now), 1))
    if len(now) < _PLACES_FOR_CLASSES:
        return result
    for size in range(4):
        chosen = then == size
        count = int(chosen.sum())
        if count == 0:
            continue
        own = _weigh_quantiles(errors[chosen], weight[chosen], shares)
        trust = count / (count + _MISSES_OF_DOUBT)
        result[now == size] = trust * own + (1 - trust) * overall
    return result


def _weigh_quantiles(ordered: np.ndarray, weight: np.ndarray, shares: np.ndarray) -> np.ndarray:
    """Quantiles of ordered values that do not all count the same.

    >>> _weigh_quantiles(np.array([1.0, 2.0, 9.0]), np.array([1.0, 1.0, 2.0]), np.array([0.5]))
    array([4.33333333])
    """
    reached = np.cumsum(weight) - weight / 2
    return np.interp(shares, reached / weight.sum(), ordered)
