"""How far off a forecast may be, read from how far off the same method was before.

Past misses are divided by the volatility the place had then, pooled over places and origins by
size class, and their quantiles multiplied by the volatility the place has now. No distribution is
assumed where there is experience; where there is little, a wide default stands in for it.
"""

from __future__ import annotations

from statistics import NormalDist

import numpy as np

from .panel import History
from .rolling import Rolling

_DEFAULT_SCALE = 1.2
_DEFAULT_POWER = 0.8
_DOUBT = 5.0
_PLACES_THAT_COUNT = 10
_PLACES_FOR_CLASSES = 40
_MISSES_OF_DOUBT = 100.0


def widen_forecast(
    rolling: Rolling, method_misses: np.ndarray, origin: int, levels: tuple[float, ...]
) -> np.ndarray:
    """Half-widths on the working scale at an origin: units × horizons × levels.

    ``method_misses`` are origins × units × horizons of the method in question. Widths never shrink
    with the horizon and a higher level is never narrower than a lower one.
    """
    scaled = np.abs(method_misses) / rolling.volatility[:, :, None]
    classes = rolling.size_class[origin]
    normal = np.array([NormalDist().inv_cdf(0.5 + level / 200) for level in levels])
    ratio = np.ones((len(classes), len(levels)))
    widths = np.full((len(classes), rolling.horizon, len(levels)), np.nan)
    for step in range(1, rolling.horizon + 1):
        default = _DEFAULT_SCALE * step**_DEFAULT_POWER * normal
        past = rolling.past(origin, step)
        errors, then = scaled[past, :, step - 1], rolling.size_class[past]
        evidence = _count_evidence(errors, step)
        if evidence > 0:
            found = _take_quantiles(errors, then, classes, np.array(levels) / 100) / default
            ratio = (evidence * found + _DOUBT * ratio) / (evidence + _DOUBT)
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


def _count_evidence(errors: np.ndarray, step: int) -> float:
    """Roughly how many independent misses there are: origins overlap, places share shocks."""
    places = (~np.isnan(errors)).sum(axis=1)
    return float(np.minimum(places, _PLACES_THAT_COUNT).sum() / step)


def _take_quantiles(
    errors: np.ndarray, then: np.ndarray, now: np.ndarray, shares: np.ndarray
) -> np.ndarray:
    """Quantiles of past misses for each unit: of its size class, drawn towards those of all."""
    present = ~np.isnan(errors)
    overall = np.quantile(errors[present], shares)
    result = np.tile(overall, (len(now), 1))
    if len(now) < _PLACES_FOR_CLASSES:
        return result
    for size in range(4):
        chosen = errors[present & (then == size)]
        if len(chosen) == 0:
            continue
        own = np.quantile(chosen, shares)
        weight = len(chosen) / (len(chosen) + _MISSES_OF_DOUBT)
        result[now == size] = weight * own + (1 - weight) * overall
    return result
