"""How good the methods have been: every past year is forecast again with what was known then.

Errors are compared with what really happened; nothing is chosen here, and no method sees a year
after its origin. ``past_errors`` gives the same for one place, for the sentence that tells the
reader how far off such a forecast has been.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np
import pandas as pd

from .combine import add_auto
from .forecast import METHODS, check_arguments
from .intervals import bound_forecast, widen_forecast
from .panel import Panel, limit_to_kind, read_panel, take_history
from .rolling import FIRST_ORIGIN, Rolling, roll_origins

COLUMNS = (
    *("method", "horizon", "size_class", "origins", "n"),
    *("mape", "mdape", "bias_pct", "cover_80", "cover_95"),
)
SIZE_CLASSES = ("q1", "q2", "q3", "q4", "all")
_LEVELS = (80, 95)
_BOUNDS = ("lower_80", "upper_80", "lower_95", "upper_95")


def backtest(
    panel: pd.DataFrame,
    horizons: Sequence[int] = (1, 3, 5),
    methods: Sequence[str] | None = None,
    min_history: int = 5,
    *,
    kind: str = "count",
) -> pd.DataFrame:
    """How far off was each method, by horizon and by size of the place?

    Origins are the years in which a unit is observed, has at least ``min_history`` earlier
    observations and is observed again ``horizon`` years later. Errors are in % of the actual:
    ``mape`` is the mean over origins of the mean over units of |forecast/actual − 1|, ``mdape`` the
    median of all ``n`` errors, ``bias_pct`` the mean signed error. ``cover_80`` and ``cover_95``
    are the % of actuals inside the intervals, which themselves know only errors due by the origin.
    ``size_class`` is the quartile of the unit's value at the origin (``q1`` smallest … ``all``).
    ``methods=None`` means all, ``auto`` included. No origin at all gives an empty table.
    """
    frame = collect_errors(panel, horizons, methods, min_history, kind=kind)
    rows = []
    for name in dict.fromkeys(methods or METHODS):
        for step in dict.fromkeys(horizons):
            chosen = frame[(frame["method"] == name) & (frame["horizon"] == step)]
            for label in SIZE_CLASSES if len(chosen) else ():
                part = chosen if label == "all" else chosen[chosen["size_class"] == label]
                rows.append((name, step, label, *_summarise(part)))
    return pd.DataFrame(rows, columns=list(COLUMNS))


def past_errors(
    panel: pd.DataFrame,
    unit: object,
    horizons: Sequence[int] = (1, 3, 5),
    methods: Sequence[str] | None = None,
    *,
    min_history: int = 5,
    kind: str = "count",
) -> pd.DataFrame:
    """How far off would the forecasts of one unit have been, year by year?

    Returns ``method, origin, horizon, year, forecast, actual, error_pct`` (forecast against actual,
    signed, in %), the other units of the panel taking part in pooled methods as they would have.
    Raises ``ValueError`` when the panel has no such unit.
    """
    if unit not in set(panel["unit"]):
        raise ValueError(f"panel: there is no unit {unit!r}")
    frame = collect_errors(panel, horizons, methods, min_history, kind=kind)
    own = frame[frame["unit"] == unit].rename(columns={"error": "error_pct"})
    columns = ["method", "origin", "horizon", "year", "forecast", "actual", "error_pct"]
    return own[columns].reset_index(drop=True)


def collect_errors(
    panel: pd.DataFrame,
    horizons: Sequence[int],
    methods: Sequence[str] | None,
    min_history: int,
    *,
    kind: str = "count",
) -> pd.DataFrame:
    """One row per method, horizon, origin and unit: forecast, bounds, actual, error in %."""
    names = tuple(dict.fromkeys(methods or METHODS))
    for name in names:
        check_arguments(max(horizons), name, _LEVELS, kind)
    if min(horizons) < 1:
        raise ValueError(f"horizon {min(horizons)!r} is not a whole number of years ≥ 1")
    known = read_panel(panel)
    parts = list(_walk_origins(known, names, horizons, min_history, kind)) if known.units else []
    if parts:
        return pd.concat(parts, ignore_index=True)
    head = ["method", "horizon", "origin", "year", "unit", "size_class"]
    return pd.DataFrame(columns=[*head, "forecast", "actual", "error", *_BOUNDS])


def _walk_origins(
    known: Panel, names: tuple[str, ...], horizons: Sequence[int], min_history: int, kind: str
) -> Iterator[pd.DataFrame]:
    first = min(FIRST_ORIGIN, max(min_history, 1))
    rolling = roll_origins(known.values, max(horizons), kind, first=first)
    if "auto" in names:
        rolling = add_auto(rolling, known.values)
    for origin in range(rolling.first, len(known.years) - min(horizons)):
        ready = (rolling.size_class[origin] >= 0) & (rolling.known[origin] > min_history)
        rows = np.flatnonzero(ready)
        for name in names if len(rows) else ():
            yield from _judge_origin(known, rolling, name, origin, rows, horizons)


def _judge_origin(
    known: Panel,
    rolling: Rolling,
    name: str,
    origin: int,
    rows: np.ndarray,
    horizons: Sequence[int],
) -> Iterator[pd.DataFrame]:
    """Errors of one method at one origin; where it has no answer, the last value stands in."""
    history = take_history(known.values[rows, : origin + 1], rolling.kind)
    values = rolling.values[name][origin, rows]
    values = np.where(np.isnan(values), history.last[:, None], values)
    values = limit_to_kind(values, rolling.kind)
    widths = widen_forecast(rolling, rolling.misses(name), origin, _LEVELS)[rows]
    bounds = np.stack(bound_forecast(history, values, widths), axis=-1).reshape(*values.shape, 4)
    year = int(known.years[origin])
    head = pd.DataFrame(
        {
            "method": name,
            "origin": year,
            "unit": [known.units[row] for row in rows],
            "size_class": np.array(SIZE_CLASSES)[rolling.size_class[origin, rows]],
        }
    )
    for step in dict.fromkeys(horizons):
        actual = rolling.actual[origin, rows, step - 1]
        frame = head.assign(
            horizon=step,
            year=year + step,
            forecast=values[:, step - 1],
            actual=actual,
            error=(values[:, step - 1] - actual) / np.where(actual == 0, np.nan, abs(actual)) * 100,
            **dict(zip(_BOUNDS, bounds[:, step - 1].T, strict=True)),
        )
        yield frame[frame["error"].notna()]


def _summarise(errors: pd.DataFrame) -> tuple[float, ...]:
    size = errors["error"].abs()
    by_origin = size.groupby(errors["origin"]).mean()
    inside = [
        errors["actual"].between(errors[f"lower_{level}"], errors[f"upper_{level}"])
        for level in _LEVELS
    ]
    return (
        len(by_origin),
        len(errors),
        by_origin.mean(),
        size.median(),
        errors["error"].mean(),
        *(part.mean() * 100 for part in inside),
    )
