"""Forecasts that read one series at a time, computed for all units of a panel in one step.

Each function answers: which value does this rule give for each unit (rows) and each of the years
1 … horizon after its last observation (columns)? NaN where the rule has no answer. No function
here may look at another unit; that is ``methods_pooled``.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from .panel import History, mean_rows

_DAMPING = 0.9
_DAMPED_WINDOW = 5


def forecast_handbook(history: History, horizon: int) -> np.ndarray:
    """Mean of the last three defined growth rates, kept for all years (handbook Q30, unrounded).

    A growth rate is defined where the year before is observed and positive (CONTRACT 6.1, 6.2).
    """
    raw = history.raw
    before = np.where(raw[:, :-1] > 0, raw[:, :-1], np.nan)
    with np.errstate(over="ignore", invalid="ignore"):
        mean = _mean_of_last(raw[:, 1:] / before - 1.0, 3)
        return history.last[:, None] * (1.0 + mean[:, None]) ** _steps(horizon)


def forecast_last(history: History, horizon: int) -> np.ndarray:
    """The last observation for every year (random walk)."""
    return np.repeat(history.last[:, None], horizon, axis=1)


def forecast_drift(history: History, horizon: int) -> np.ndarray:
    """The line through the first and the last observation (Hyndman & Athanasopoulos 2021, 5.2)."""
    raw = history.raw
    seen = ~np.isnan(raw)
    first = np.argmax(seen, axis=1)
    span = (raw.shape[1] - 1 - first).astype(float)
    start = raw[np.arange(len(raw)), first]
    slope = (history.last - start) / np.where(span > 0, span, np.nan)
    return history.last[:, None] + slope[:, None] * _steps(horizon)


def forecast_growth(history: History, horizon: int, *, window: int) -> np.ndarray:
    """Mean growth over the last ``window`` years (fewer where there are no more), kept.

    Geometric mean where values are positive, mean yearly change otherwise.
    """
    slope = _mean_of_last(np.diff(history.work, axis=1), window)
    return history.from_work(history.work[:, -1:] + slope[:, None] * _steps(horizon))


def forecast_damped(history: History, horizon: int) -> np.ndarray:
    """Five-year growth that fades by a tenth every year (Gardner & McKenzie 1985, φ = 0.9)."""
    slope = _mean_of_last(np.diff(history.work, axis=1), _DAMPED_WINDOW)
    path = np.cumsum(_DAMPING ** _steps(horizon))
    return history.from_work(history.work[:, -1:] + slope[:, None] * path)


def forecast_ets(history: History, horizon: int) -> np.ndarray:
    """Exponential smoothing: level, trend or damped trend, whichever fits the unit best.

    Parameters come from a grid; the form is chosen by AICc (Hyndman et al. 2008, ch. 2 and 7).
    """
    grid = _ets_grid()
    damping, alpha, beta, extra = (column[:, None] for column in grid.T)
    level, trend, squares, count = _run_smoothing(history.work, damping, alpha, beta)
    error = np.maximum(squares / np.maximum(count, 1), 1e-14)
    parameters = extra + 2
    room = count - parameters - 1
    penalty = 2 * parameters + 2 * parameters * (parameters + 1) / np.maximum(room, 1)
    score = count * np.log(error) + np.where((room >= 1) | (extra == 0), penalty, np.inf)
    best = np.argmin(score, axis=0)
    rows = np.arange(history.work.shape[0])
    path = np.cumsum(grid[best, 0][:, None] ** _steps(horizon), axis=1)
    work = level[best, rows][:, None] + trend[best, rows][:, None] * path
    return history.from_work(np.where(count[:, None] >= 2, work, np.nan))


def forecast_theta(history: History, horizon: int) -> np.ndarray:
    """Theta method: smoothed level plus half the slope of the line through the series.

    Assimakopoulos & Nikolopoulos 2000 in the form of Hyndman & Billah 2003.
    """
    alphas = np.array([0.2, 0.4, 0.6, 0.8, 0.95])
    zero = np.zeros((len(alphas), 1))
    level, _, squares, count = _run_smoothing(history.work, zero, alphas[:, None], zero)
    best = np.argmin(squares, axis=0)
    alpha = alphas[best][:, None]
    slope = _fit_slope(history.work)[:, None]
    start = (1 - (1 - alpha) ** (count[:, None] + 1)) / alpha
    work = level[best, np.arange(len(slope))][:, None] + slope / 2 * (_steps(horizon) - 1 + start)
    return history.from_work(work)


def _steps(horizon: int) -> np.ndarray:
    return np.arange(1, horizon + 1)


def _mean_of_last(values: np.ndarray, window: int) -> np.ndarray:
    """Mean of the last ``window`` present entries of each row."""
    present = ~np.isnan(values)
    from_end = np.cumsum(present[:, ::-1], axis=1)[:, ::-1]
    return mean_rows(np.where(present & (from_end <= window), values, np.nan))


def _ets_grid() -> np.ndarray:
    """Rows (damping, alpha, beta, number of extra parameters) of the forms that are tried."""
    alphas, betas = (0.3, 0.6, 0.9, 1.0), (0.1, 0.3, 0.6)
    rows = [(0.0, alpha, 0.0, 0) for alpha in alphas]
    for damping in (0.8, 0.9, 1.0):
        rows += [(damping, a, b, 2 if damping == 1 else 3) for a in alphas for b in betas]
    return np.array(rows)


def _run_smoothing(
    work: np.ndarray, damping: np.ndarray, alpha: np.ndarray, beta: np.ndarray
) -> tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray]:
    """Holt's recursion for every parameter set × unit: level, trend, squared errors, their count.

    A unit starts at its first observation with its mean early growth as the trend.
    """
    rows, width = work.shape
    early = _mean_of_last(np.diff(work, axis=1)[:, ::-1], 5)
    level = np.repeat(work[None, :, 0], len(alpha), axis=0)
    trend = np.where(damping > 0, np.nan_to_num(early)[None, :], 0.0)
    squares, count = np.zeros_like(level), np.zeros(rows)
    for column in range(1, width):
        ahead = level + damping * trend
        error = work[:, column] - ahead
        running = ~np.isnan(error)
        level = np.where(running, ahead + alpha * error, work[:, column])
        trend = np.where(running, damping * trend + alpha * beta * error, trend)
        squares += np.where(running, error, 0.0) ** 2
        count += running[0]
    return level, trend, squares, count


def _fit_slope(work: np.ndarray) -> np.ndarray:
    """Least-squares slope of each row over time; NaN with a single observation."""
    present = ~np.isnan(work)
    time = np.where(present, np.arange(work.shape[1]), np.nan)
    centred = time - mean_rows(time)[:, None]
    spread = np.where(present, centred**2, 0.0).sum(axis=1)
    product = np.where(present, centred * work, 0.0).sum(axis=1)
    return product / np.where(spread > 0, spread, np.nan)


SINGLE_METHODS: dict[str, Callable[[History, int], np.ndarray]] = {
    "handbook": forecast_handbook,
    "last": forecast_last,
    "drift": forecast_drift,
    "growth_3": lambda history, horizon: forecast_growth(history, horizon, window=3),
    "growth_5": lambda history, horizon: forecast_growth(history, horizon, window=5),
    "growth_10": lambda history, horizon: forecast_growth(history, horizon, window=10),
    "damped": forecast_damped,
    "ets": forecast_ets,
    "theta": forecast_theta,
}
