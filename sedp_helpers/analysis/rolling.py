"""All methods at every past origin of a panel, computed once and shared by all who need it.

The choice of a method, its interval and the back-test all rest on the same question: what would
have been forecast then, with what was known then? Nothing here may use a value later than its
origin except as the ``actual`` the forecast is compared with.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from .methods_pooled import forecast_pooled, measure_volatility
from .methods_single import SINGLE_METHODS
from .panel import History, take_history

CANDIDATES = (*SINGLE_METHODS, "pooled")
FIRST_ORIGIN = 2
"""Two earlier years are the least that any growth can be told from."""

_ABSURD = 1e30
"""Times the usual size of a unit: a growth rate from next to nothing is no answer."""


@dataclass(frozen=True)
class Rolling:
    """Forecasts and facts by origin (column of the matrix), unit and horizon (1 … H at 0 … H−1).

    ``values`` method → origins × units × horizons in the panel's unit; ``works`` the same on the
    working scale of the origin; ``actual`` and ``actual_work`` what happened, NaN where unknown;
    ``last``, ``volatility``, ``size_class`` (0–3) and ``known`` (observations up to and with the
    origin) are origins × units. A unit not observed at an origin is NaN (class −1) there.
    """

    kind: str
    first: int
    values: dict[str, np.ndarray]
    works: dict[str, np.ndarray]
    actual: np.ndarray
    actual_work: np.ndarray
    last: np.ndarray
    volatility: np.ndarray
    size_class: np.ndarray
    known: np.ndarray

    @property
    def horizon(self) -> int:
        return self.actual.shape[2]

    def misses(self, method: str) -> np.ndarray:
        """Forecast minus actual on the working scale: origins × units × horizons."""
        return self.works[method] - self.actual_work

    def take(self, places: np.ndarray, begin: int) -> Rolling:
        """The same for some units that have their first observation in one year, from it on."""
        cut = (slice(begin, None), places)
        return Rolling(
            self.kind, min(FIRST_ORIGIN, len(self.actual) - begin - 1),
            {name: cube[cut] for name, cube in self.values.items()},
            {name: cube[cut] for name, cube in self.works.items()},
            self.actual[cut], self.actual_work[cut], self.last[cut],
            self.volatility[cut], self.size_class[cut], self.known[cut],
        )

    def past(self, origin: int, step: int) -> slice:
        """Origins whose ``step``-year forecasts had come due by ``origin``."""
        return slice(self.first, max(self.first, origin - step + 1))


def roll_origins(
    matrix: np.ndarray,
    horizon: int,
    kind: str,
    *,
    methods: tuple[str, ...] = CANDIDATES,
    first: int = FIRST_ORIGIN,
    alone: bool = False,
) -> Rolling:
    """Forecast from every column from ``first`` on, each time with the columns up to it only.

    ``alone``: no unit is measured by the others (volatility and size class of its own), so that
    unrelated series can be rolled in one call.
    """
    units, width = matrix.shape
    first = min(first, width - 1)
    cube = (width, units, horizon)
    rolling = Rolling(
        kind=kind,
        first=first,
        values={name: np.full(cube, np.nan) for name in methods},
        works={name: np.full(cube, np.nan) for name in methods},
        actual=np.full(cube, np.nan),
        actual_work=np.full(cube, np.nan),
        last=matrix.T.copy(),
        volatility=np.full((width, units), np.nan),
        size_class=np.full((width, units), -1),
        known=np.cumsum(~np.isnan(matrix), axis=1).T,
    )
    for origin in range(first, width):
        rows = np.flatnonzero(~np.isnan(matrix[:, origin]) & (rolling.known[origin] >= 2))
        if len(rows):
            _fill_origin(rolling, matrix, origin, rows, alone=alone)
    return rolling


def _fill_origin(
    rolling: Rolling, matrix: np.ndarray, origin: int, rows: np.ndarray, *, alone: bool
) -> None:
    horizon = rolling.horizon
    history = take_history(matrix[rows, : origin + 1], rolling.kind)
    future = np.full((len(rows), horizon), np.nan)
    ahead = matrix[rows, origin + 1 : origin + 1 + horizon]
    future[:, : ahead.shape[1]] = ahead
    rolling.actual[origin, rows] = future
    rolling.actual_work[origin, rows] = history.to_work(future)
    rolling.volatility[origin, rows] = (
        _measure_each(history) if alone else measure_volatility(history)
    )
    rolling.size_class[origin, rows] = 0 if alone else class_sizes(history.last)
    for name in rolling.values:
        rule = SINGLE_METHODS.get(name, forecast_pooled)
        values = rule(history, horizon)
        values = np.where(np.abs(values) < _ABSURD * history.scale[:, None], values, np.nan)
        rolling.values[name][origin, rows] = values
        rolling.works[name][origin, rows] = history.forecast_to_work(values)


def _measure_each(history: History) -> np.ndarray:
    """Volatility of every row as if it were the only one, from its first observation on."""
    begins = np.argmax(~np.isnan(history.raw), axis=1)
    found = np.empty(len(begins))
    for begin in np.unique(begins):
        rows = begins == begin
        raw, work = (np.ascontiguousarray(table[rows, begin:])
                     for table in (history.raw, history.work))
        found[rows] = measure_volatility(History(raw, work, history.is_log[rows],
                                                 history.scale[rows], history.kind), alone=True)
    return found


def class_sizes(last: np.ndarray) -> np.ndarray:
    """Quartile of each value among the others: 0 the smallest … 3 the largest.

    >>> class_sizes(np.array([10.0, 40.0, 20.0, 30.0]))
    array([0, 3, 1, 2])
    """
    return np.searchsorted(np.quantile(last, [0.25, 0.5, 0.75]), last, side="left")
