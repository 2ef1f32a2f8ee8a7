"""The forecast of a panel with its method and its intervals (CONTRACT 6.3).

One call answers for one place or for thousands. Nothing is rounded, nothing is read from files,
and no value after a unit's last observation takes part.
"""

from __future__ import annotations

import numpy as np
import pandas as pd

from .combine import UNITS_FOR_POOLING, add_auto, method_of_blend
from .intervals import bound_forecast, widen_forecast
from .methods_single import SINGLE_METHODS
from .panel import KINDS, Panel, limit_to_kind, read_panel, take_history
from .rolling import CANDIDATES, Rolling, roll_origins

METHODS = ("auto", *CANDIDATES)


def forecast(
    panel: pd.DataFrame,
    horizon: int = 5,
    method: str = "auto",
    levels: tuple[float, ...] = (80, 95),
    kind: str = "count",
) -> pd.DataFrame:
    """What is each unit's value in the years after its last observation, and how sure is that?

    ``panel``: columns ``unit, year, value``; rows in any order, gaps and NaN allowed, a repeated
    (unit, year) is a ``ValueError``. Returns ``unit, year, value``, ``lower_L, upper_L`` for each
    of ``levels`` and ``method``, the one really used: where the one asked for needs more years
    than a unit has, ``last``; for ``auto``, ``pooled`` or the single method that was chosen.
    ``kind``: ``count`` and ``money`` stay ≥ 0, ``share`` within 0–100, ``real`` is free. A unit
    with one observation has NaN intervals, a unit with none no rows.

    >>> table = pd.DataFrame({"unit": "a", "year": [2020, 2021, 2022], "value": [100, 110, 121]})
    >>> forecast(table, horizon=2, method="handbook").value.round(6).tolist()
    [133.1, 146.41]
    """
    check_arguments(horizon, method, levels, kind)
    known = read_panel(panel)
    if not known.units:
        nothing = np.empty((0, horizon, len(levels)))
        return _lay_out(panel, known, np.empty((0, horizon)), (nothing, nothing), [], levels)
    matrix = known.align_ends()
    asked = _candidates(matrix) if method == "auto" else (method,)
    rolling = roll_origins(matrix, horizon, kind, methods=asked)
    history = take_history(matrix, kind)
    values, misses, used = _predict_units(rolling, method, matrix)
    widths = widen_forecast(rolling, misses, len(rolling.actual) - 1, tuple(levels))
    return _lay_out(panel, known, values, bound_forecast(history, values, widths), used, levels)


def forecast_alone(
    panel: pd.DataFrame,
    horizon: int = 5,
    levels: tuple[float, ...] = (80, 95),
    kind: str = "count",
) -> pd.DataFrame:
    """The same as ``forecast`` called for each unit by itself, in one pass.

    For series that have nothing to do with each other (indicators of one place): no unit is
    chosen for, measured by or drawn towards another.
    """
    check_arguments(horizon, "auto", levels, kind)
    known = read_panel(panel)
    if not known.units:
        nothing = np.empty((0, horizon, len(levels)))
        return _lay_out(panel, known, np.empty((0, horizon)), (nothing, nothing), [], levels)
    matrix = known.align_ends()
    rolling = roll_origins(matrix, horizon, kind, methods=tuple(SINGLE_METHODS), alone=True)
    history = take_history(matrix, kind)
    found = [_predict_units(rolling.take(place), "auto", matrix[[place]])
             for place in range(len(matrix))]
    widths = [widen_forecast(rolling.take(place), misses, len(misses) - 1, tuple(levels))
              for place, (_, misses, _) in enumerate(found)]
    values = np.concatenate([one[0] for one in found])
    bounds = bound_forecast(history, values, np.concatenate(widths))
    return _lay_out(panel, known, values, bounds, [one[2][0] for one in found], levels)


def _candidates(matrix: np.ndarray) -> tuple[str, ...]:
    """With too few places to pool, the pooled forecast is not even tried."""
    return CANDIDATES if len(matrix) >= UNITS_FOR_POOLING else tuple(SINGLE_METHODS)


def _predict_units(
    rolling: Rolling, method: str, matrix: np.ndarray
) -> tuple[np.ndarray, np.ndarray, list[str]]:
    """Values at the last origin, past misses of the method, and the method used for each unit."""
    origin = len(rolling.actual) - 1
    used = method
    if method == "auto":
        used = method_of_blend(rolling, origin)
        method = "auto" if used == "pooled" else used
    if method == "auto":
        rolling = add_auto(rolling, matrix)
    values = rolling.values[method][origin]
    unanswered = np.isnan(values).any(axis=1)
    values = np.where(unanswered[:, None], matrix[:, -1:], values)
    names = np.where(unanswered, "last", used).tolist()
    return limit_to_kind(values, rolling.kind), rolling.misses(method), names


def check_arguments(horizon: int, method: str, levels: tuple[float, ...], kind: str) -> None:
    """Raise ``ValueError`` naming the argument that no forecast can be made with."""
    if method not in METHODS:
        raise ValueError(f"method {method!r} is not one of {', '.join(METHODS)}")
    if kind not in KINDS:
        raise ValueError(f"kind {kind!r} is not one of {', '.join(KINDS)}")
    if isinstance(horizon, bool) or int(horizon) != horizon or horizon < 1:
        raise ValueError(f"horizon {horizon!r} is not a whole number of years ≥ 1")
    for level in levels:
        if not 0 < level < 100:
            raise ValueError(f"level {level!r} is not between 0 and 100")


def _lay_out(
    panel: pd.DataFrame,
    known: Panel,
    values: np.ndarray,
    bounds: tuple[np.ndarray, np.ndarray],
    used: list[str],
    levels: tuple[float, ...],
) -> pd.DataFrame:
    horizon = values.shape[1]
    last = known.last_years() if known.units else np.empty(0, dtype=int)
    units = [unit for unit in known.units for _ in range(horizon)]
    table = {
        "unit": pd.Series(units, dtype=panel["unit"].dtype),
        "year": (last[:, None] + np.arange(1, horizon + 1)).ravel().astype(int),
        "value": values.ravel(),
    }
    for position, level in enumerate(levels):
        table[f"lower_{level:g}"] = bounds[0][:, :, position].ravel()
        table[f"upper_{level:g}"] = bounds[1][:, :, position].ravel()
    table["method"] = pd.Series([name for name in used for _ in range(horizon)], dtype=object)
    return pd.DataFrame(table)
