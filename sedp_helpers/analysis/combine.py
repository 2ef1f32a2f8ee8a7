"""Which method, or which mixture, the past of the panel itself speaks for.

``auto`` never sees what it is judged by: at every origin it weighs the candidates by errors that
had come due by then. With many places it is a mixture drawn towards the pooled forecast; with a
few it is one method for one series, drawn towards damped growth.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from .panel import mean_rows, take_history
from .rolling import Rolling

UNITS_FOR_POOLING = 8
"""Below this many places common growth cannot be told from a place's own."""

_POOLED_PRIOR = 4.0
_SHARPNESS = 5.0
_ORIGINS_OF_DOUBT = 3.0
_DEFAULT_SINGLE = "damped"
_MARGIN_OF_DEFAULT = 0.05
_REACH = 10.0
CHOSEN = "chosen"  # the name of no method


def add_auto(rolling: Rolling, matrix: np.ndarray) -> Rolling:
    """The same with ``auto`` among the methods, at every origin chosen from that origin's past."""
    works = np.full_like(rolling.actual, np.nan)
    values = np.full_like(rolling.actual, np.nan)
    for origin in range(rolling.first, len(works)):
        rows = np.flatnonzero(rolling.size_class[origin] >= 0)
        if len(rows) == 0:
            continue
        works[origin] = blend_methods(rolling, origin)
        history = take_history(matrix[rows, : origin + 1], rolling.kind)
        values[origin, rows] = history.from_work(works[origin, rows])
    return replace(
        rolling,
        values=rolling.values | {"auto": values},
        works=rolling.works | {"auto": works},
    )


def method_of_blend(rolling: Rolling, origin: int) -> str:
    """What ``auto`` uses at an origin: ``pooled`` (a mixture) or the name of one single method."""
    if (rolling.size_class[origin] >= 0).sum() >= UNITS_FOR_POOLING:
        return "pooled"
    return choose_single(rolling, origin)


def blend_methods(rolling: Rolling, origin: int) -> np.ndarray:
    """The ``auto`` forecast at an origin on the working scale: units × horizons."""
    chosen = method_of_blend(rolling, origin)
    if chosen != "pooled":
        return rolling.works[chosen][origin]
    weights = weigh_methods(rolling, origin)
    works = _tame_extremes(rolling, origin)
    present = ~np.isnan(works)
    share = weights[:, None, :] * present
    total = share.sum(axis=0)
    mixed = (np.where(present, works, 0.0) * share).sum(axis=0)
    return np.where(total > 0, mixed / np.where(total > 0, total, 1.0), np.nan)


def _tame_extremes(rolling: Rolling, origin: int) -> np.ndarray:
    """Candidates at an origin, none further from ``pooled`` than a place of that volatility goes.

    A growth rate from near zero can be thousands of per cent; even a small share of it in a
    mixture would be absurd.
    """
    works = np.stack([work[origin] for work in rolling.works.values()])
    center = rolling.works["pooled"][origin]
    steps = np.arange(1, rolling.horizon + 1)
    reach = _REACH * rolling.volatility[origin][:, None] * steps
    return np.clip(works, center - reach, center + reach)


def weigh_methods(rolling: Rolling, origin: int) -> np.ndarray:
    """Weights of the methods at each horizon (methods × horizons), each column adding up to one.

    A method loses weight with the power of its mean past error relative to the best; few past
    origins count for little, so that a young panel stays near the pooled forecast.
    """
    prior = np.array([0.0 if name == "pooled" else -_POOLED_PRIOR for name in rolling.works])
    weights = np.zeros((len(prior), rolling.horizon))
    for step in range(1, rolling.horizon + 1):
        errors, origins = _average_misses(rolling, origin, step)
        logs = prior.copy()
        if origins:
            trust = origins / (origins + _ORIGINS_OF_DOUBT)
            logs -= _SHARPNESS * trust * np.log(errors / errors.min())
        weights[:, step - 1] = np.exp(logs - logs.max())
    return weights / weights.sum(axis=0)


def choose_single(rolling: Rolling, origin: int) -> str:
    """The one-series method with the smallest past error, if it clearly beats damped growth."""
    names = [name for name in rolling.works if name != "pooled"]
    keep = [position for position, name in enumerate(rolling.works) if name != "pooled"]
    found = (_average_misses(rolling, origin, step) for step in range(1, rolling.horizon + 1))
    return _choose([(errors[None, keep], np.array([origins])) for errors, origins in found],
                   names)[0]


def add_chosen(rolling: Rolling) -> tuple[Rolling, list[str]]:
    """The same with ``chosen`` among the methods: for each unit that one which ``choose_single``
    takes at the last origin for the unit alone; and its name for each unit."""
    steps = range(1, rolling.horizon + 1)
    names = _choose([_list_misses(rolling, step) for step in steps], [*rolling.works])
    values, works = np.empty_like(rolling.actual), np.empty_like(rolling.actual)
    for name in set(names):
        mine = np.flatnonzero(np.array(names) == name)
        values[:, mine] = rolling.values[name][:, mine]
        works[:, mine] = rolling.works[name][:, mine]
    added = replace(rolling, values=rolling.values | {CHOSEN: values},
                    works=rolling.works | {CHOSEN: works})
    return added, names


def _choose(found: Sequence[tuple[np.ndarray, np.ndarray]], names: Sequence[str]) -> list[str]:
    """The name for each group, from its errors (groups × methods) and origins at each horizon."""
    margin = [0.0 if name == _DEFAULT_SINGLE else _MARGIN_OF_DEFAULT for name in names]
    score = np.tile(np.array(margin), (len(found[0][0]), 1))
    for errors, origins in found:
        trust = origins / (origins + _ORIGINS_OF_DOUBT) / len(found)
        score += trust[:, None] * np.log(errors / errors.min(axis=1, keepdims=True))
    return [names[place] for place in np.argmin(score, axis=1).tolist()]


def _list_misses(rolling: Rolling, step: int) -> tuple[np.ndarray, np.ndarray]:
    """What ``_average_misses`` tells of each unit alone: units × methods, and origins by unit."""
    past = rolling.past(len(rolling.actual) - 1, step)
    actual = rolling.actual_work[past, :, step - 1]
    misses = np.stack([np.abs(work[past, :, step - 1] - actual) for work in rolling.works.values()])
    misses = np.where(np.isnan(misses).any(axis=0), np.nan, misses)
    origins = (~np.isnan(misses[0])).sum(axis=0)
    means = mean_rows(np.ascontiguousarray(misses.transpose(2, 0, 1)), axis=2)
    return np.where(origins[:, None] > 0, np.maximum(means, 1e-9), 1.0), origins


def _average_misses(rolling: Rolling, origin: int, step: int) -> tuple[np.ndarray, int]:
    """Mean absolute past miss of each method at one horizon and the number of origins behind it.

    Only places and origins that every method could forecast are compared.
    """
    past = rolling.past(origin, step)
    actual = rolling.actual_work[past, :, step - 1]
    misses = np.stack([np.abs(work[past, :, step - 1] - actual) for work in rolling.works.values()])
    misses = np.where(np.isnan(misses).any(axis=0), np.nan, misses)
    by_origin = mean_rows(misses, axis=2)
    origins = int((~np.isnan(by_origin[0])).sum())
    if not origins:
        return np.ones(len(misses)), 0
    return np.maximum(mean_rows(by_origin), 1e-9), origins
