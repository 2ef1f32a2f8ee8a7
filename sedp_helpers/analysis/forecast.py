"""The forecast of a panel with its method and its intervals (CONTRACT 6.3).

One call answers for one place or for thousands. Nothing is rounded, nothing is read from files,
and no value after a unit's last observation takes part.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import pandas as pd

from .combine import CHOSEN, UNITS_FOR_POOLING, add_auto, add_chosen, method_of_blend
from .intervals import bound_forecast, widen_forecast
from .methods_single import SINGLE_METHODS
from .panel import KINDS, Panel, limit_to_kind, read_panel, take_history
from .proof import PROOF, SIMPLE, prove_forecast
from .rolling import CANDIDATES, Rolling, roll_origins

METHODS = ("auto", *CANDIDATES)
POOLED = "pooled"  # the one method that borrows from other units


class Answer(NamedTuple):
    """A forecast of all units, with what its limits and its proof are read from."""

    rolling: Rolling
    values: np.ndarray  # units × horizons
    misses: np.ndarray  # origins × units × horizons
    names: list[str]  # the method used for each unit
    tested: str  # the name of the method among those of ``rolling``


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
    return _forecast_panel(panel, horizon, method, levels, kind).drop(columns=[*PROOF])


def forecast_tested(
    panel: pd.DataFrame, horizon: int = 5, kind: str = "count", *, alone: bool = False,
    method: str = "auto",
) -> pd.DataFrame:
    """The forecast with its 80 and 95 % limits, and beside it how it did in the past.

    Adds the columns of ``PROOF`` (see ``prove_forecast``) for the distance of each row. ``alone``:
    each unit is forecast as if called by itself, in one pass; for series that have nothing to do
    with each other (indicators of one place). No unit is then chosen for, measured by or drawn
    towards another, and none has peers.
    """
    check_arguments(horizon, method, (80, 95), kind)
    if alone and method == POOLED:
        raise ValueError(f"method {method!r} needs other units; alone there are none")
    make = _forecast_each if alone else _forecast_panel
    return make(panel, horizon, method, (80, 95), kind)


def _forecast_panel(
    panel: pd.DataFrame, horizon: int, method: str, levels: tuple[float, ...], kind: str
) -> pd.DataFrame:
    known = read_panel(panel)
    if not known.units:
        return _lay_out_nothing(panel, known, horizon, levels)
    matrix = known.align_ends()
    asked = _candidates(matrix) if method == "auto" else (method, *SIMPLE)
    rolling = roll_origins(matrix, horizon, kind, methods=tuple(dict.fromkeys(asked)))
    answer = _predict_units(rolling, method, matrix)
    widths = widen_forecast(answer.rolling, answer.misses, len(rolling.actual) - 1, levels)
    bounds = bound_forecast(take_history(matrix, kind), answer.values, widths)
    proof = prove_forecast(answer.rolling, answer.tested)
    return _lay_out(panel, known, answer.values, bounds, answer.names, levels, proof)


def _forecast_each(
    panel: pd.DataFrame, horizon: int, method: str, levels: tuple[float, ...], kind: str
) -> pd.DataFrame:
    known = read_panel(panel)
    if not known.units:
        return _lay_out_nothing(panel, known, horizon, levels)
    matrix = known.align_ends()
    rolling = roll_origins(matrix, horizon, kind, methods=tuple(SINGLE_METHODS), alone=True)
    begins = np.argmax(~np.isnan(matrix), axis=1)
    values = np.empty((len(matrix), horizon))
    widths = np.empty((*values.shape, len(levels)))
    proof = np.empty((*values.shape, len(PROOF)))
    names = np.empty(len(matrix), dtype=object)
    for begin in np.unique(begins).tolist():
        mine = np.flatnonzero(begins == begin)
        one = _predict_alone(rolling.take(mine, begin), method, matrix[mine])
        values[mine], names[mine] = one.values, one.names
        widths[mine] = widen_forecast(one.rolling, one.misses, len(one.misses) - 1, levels,
                                      alone=True)
        proof[mine] = prove_forecast(one.rolling, one.tested, alone=True)
    bounds = bound_forecast(take_history(matrix, kind), values, widths)
    return _lay_out(panel, known, values, bounds, names.tolist(), levels, proof)


def _candidates(matrix: np.ndarray) -> tuple[str, ...]:
    """With too few places to pool, the pooled forecast is not even tried."""
    return CANDIDATES if len(matrix) >= UNITS_FOR_POOLING else tuple(SINGLE_METHODS)


def _predict_units(rolling: Rolling, method: str, matrix: np.ndarray) -> Answer:
    """Values at the last origin, past misses of the method, and the method used for each unit."""
    origin = len(rolling.actual) - 1
    used = method
    if method == "auto":
        used = method_of_blend(rolling, origin)
        method = "auto" if used == "pooled" else used
    if method == "auto":
        rolling = add_auto(rolling, matrix)
    return _answer(rolling, method, [used] * len(matrix), matrix)


def _predict_alone(rolling: Rolling, method: str, matrix: np.ndarray) -> Answer:
    """The same for units that have nothing to do with each other."""
    if method != "auto":
        return _answer(rolling, method, [method] * len(matrix), matrix)
    rolling, names = add_chosen(rolling)
    return _answer(rolling, CHOSEN, names, matrix)


def _answer(rolling: Rolling, method: str, names: list[str], matrix: np.ndarray) -> Answer:
    """A method of ``rolling`` under the names it bears; the last value where it is silent."""
    values = rolling.values[method][-1]
    unanswered = np.isnan(values).any(axis=1)
    values = np.where(unanswered[:, None], matrix[:, -1:], values)
    said = ["last" if silent else name for silent, name in zip(unanswered.tolist(), names)]
    return Answer(rolling, limit_to_kind(values, rolling.kind), rolling.misses(method), said,
                  method)


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
    proof: np.ndarray,
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
    table |= {figure: proof[:, :, place].ravel() for place, figure in enumerate(PROOF)}
    return pd.DataFrame(table)


def _lay_out_nothing(
    panel: pd.DataFrame, known: Panel, horizon: int, levels: tuple[float, ...]
) -> pd.DataFrame:
    nothing = np.empty((0, horizon, len(levels)))
    proof = np.empty((0, horizon, len(PROOF)))
    return _lay_out(panel, known, np.empty((0, horizon)), (nothing, nothing), [], levels, proof)
