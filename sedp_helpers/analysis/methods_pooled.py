"""Forecasts that let a unit borrow strength from the rest of its panel (empirical Bayes).

Yearly growth of a unit = growth common to the panel + a lasting difference + momentum that fades
+ noise of the year (+ errors of counting, which reverse in the next year). How much of each there
is, is read from how growth of all units together repeats itself over the years; the forecast of a
unit is then the best linear prediction from its own past. Strictly the past; no tuning per panel.
"""

from __future__ import annotations

from itertools import product

import numpy as np

from .nonnegative import TIE, fit_nonnegative
from .panel import History, mean_rows

_FADES = (0.5, 0.6, 0.7, 0.8, 0.85, 0.9, 0.95)
_PRIOR_PARTS = np.array([0.05, 0.15, 0.8, 0.0])
_PRIOR_FADE = 0.85
_PRIOR_UNITS = 4.0
_COMMON_FADES = (0.2, 0.4, 0.6, 0.8, 0.9, 0.97)
_COMMON_NOISE = (0.0, 0.3)
_COMMON_MEAN = 2.0
_PERSISTENCE = 2.0
_CLIP = 6.0
_SPREAD_YEARS = 50.0
_RECENT = 0.9
_VOLATILITY_YEARS = 15.0
_UNITS_FOR_SIZE = 20
_UNITS_FOR_USUAL = 10


def forecast_pooled(history: History, horizon: int) -> np.ndarray:
    """Best linear prediction of each unit's growth from its own and the panel's past.

    Empirical Bayes in the sense of Efron & Morris 1975 with a variance-components model of growth.
    """
    growth = np.diff(history.work, axis=1)
    if growth.shape[1] == 0:
        return np.full((len(history.work), horizon), np.nan)
    spread = _measure_spread(growth)
    common = _measure_common(growth, spread)
    deviation = (growth - common) / spread[:, None]
    lasting = _fit_size_effect(history, mean_rows(deviation))
    deviation = _tame_leaps(deviation - lasting[:, None])
    steps = np.arange(1, horizon + 1)
    own = (_predict_deviation(deviation, horizon) + lasting[:, None] * steps) * spread[:, None]
    path = np.cumsum(_predict_common(common, horizon))
    return history.from_work(history.work[:, -1:] + own + path)


def measure_volatility(history: History, *, alone: bool = False) -> np.ndarray:
    """Typical size of a unit's unforeseeable yearly change, on the working scale.

    Mean absolute change of growth, recent years counting more, drawn towards what units of that
    size usually have, so that a short quiet series is not taken for a certain one. Where there are
    too few units to know what is usual, never less than mean growth over the number of
    observations: three points on a line prove little. ``alone``: every unit as if it were the only
    one, with nothing that is usual but its own.
    """
    change = np.abs(np.diff(history.work, n=2, axis=1)) / 1.6
    if change.shape[1] == 0:
        change = np.abs(np.diff(history.work, axis=1)) / 1.13
    weight = ~np.isnan(change) * _RECENT ** np.arange(change.shape[1])[::-1]
    years = weight.sum(axis=1)
    own = (np.nan_to_num(change) * weight).sum(axis=1) / np.where(years > 0, years, 1.0)
    if alone or len(own) < _UNITS_FOR_USUAL:
        speed = np.nan_to_num(mean_rows(np.abs(np.diff(history.work, axis=1))))
        own = np.maximum(own, speed / (~np.isnan(history.raw)).sum(axis=1))
    usual = own if alone else _usual_volatility(history.last, own, years)
    evidence = years + _VOLATILITY_YEARS
    return np.sqrt((own**2 * years + usual**2 * _VOLATILITY_YEARS) / evidence) + 1e-6


def _usual_volatility(last: np.ndarray, own: np.ndarray, years: np.ndarray) -> np.ndarray:
    """Volatility as a power of size, fitted to the panel; the median where that cannot be done."""
    fit = (own > 0) & (years >= 1.5) & (last > 0)
    if fit.sum() < _UNITS_FOR_USUAL or np.ptp(np.log(last[fit])) < 1e-9:
        usual = float(np.median(own[own > 0])) if (own > 0).any() else 0.0
        return np.full(len(own), usual)
    size = np.log(np.maximum(last, last[fit].min()))
    slope, level = np.polyfit(size[fit], np.log(own[fit]), 1)
    return np.exp(level + slope * np.minimum(size, size[fit].max()))


def _measure_spread(growth: np.ndarray) -> np.ndarray:
    """Scale on which units are compared: close to the panel's median, a little the unit's own.

    Scaling each unit by itself alone lets a few very steady units set the common growth.
    """
    change = np.abs(np.diff(growth, axis=1)) if growth.shape[1] > 1 else np.abs(growth)
    years = (~np.isnan(change)).sum(axis=1)
    own = np.zeros(len(growth))
    own[years > 0] = np.nanmedian(change[years > 0], axis=1)
    usual = float(np.median(own[years > 0])) if (years > 0).any() else 0.0
    return np.sqrt((own**2 * years + usual**2 * _SPREAD_YEARS) / (years + _SPREAD_YEARS)) + 1e-6


def _measure_common(growth: np.ndarray, spread: np.ndarray) -> np.ndarray:
    """Growth common to the units in each year: the mean weighted by how steady a unit is."""
    weight = np.where(np.isnan(growth), 0.0, 1.0 / spread[:, None])
    total = (np.nan_to_num(growth) * weight).sum(axis=0)
    common = total / np.where(weight.sum(axis=0) > 0, weight.sum(axis=0), np.nan)
    return np.where(np.isnan(common), np.nanmean(common), common)


def _tame_leaps(deviation: np.ndarray) -> np.ndarray:
    """A year far from what the unit usually does is held at its edge, its usual growth never is.

    A register cleaned or a border moved is no growth; a place that always grows faster is.
    """
    years = (~np.isnan(deviation)).sum(axis=1)
    usual = np.zeros((len(deviation), 1))
    usual[years > 0, 0] = np.nanmedian(deviation[years > 0], axis=1)
    return usual + np.clip(deviation - usual, -_CLIP, _CLIP)


def _fit_size_effect(history: History, mean: np.ndarray) -> np.ndarray:
    """Lasting difference of growth that goes with size: a line in log size, zero at the middle.

    Size is the mean of the whole series: a high last value would by chance go with high growth.
    """
    fit = history.is_log & ~np.isnan(mean)
    size = mean_rows(history.work)
    if fit.sum() < _UNITS_FOR_SIZE or np.ptp(size[fit]) < 1e-9:
        return np.zeros(len(size))
    size = np.where(fit, size - size[fit].mean(), 0.0)
    slope = (size[fit] @ (mean[fit] - mean[fit].mean())) / (size[fit] @ size[fit])
    return slope * size


def _predict_common(common: np.ndarray, horizon: int) -> np.ndarray:
    """Expected common growth of each year ahead, averaged over how persistent it may be.

    One short series cannot tell a lasting turn from a passing shock, so no single answer is
    picked: a mean plus a fading part (and noise) is predicted for every persistence on a grid and
    weighted by the marginal likelihood (Bayesian model averaging, Hoeting et al. 1999).
    """
    years = len(common)
    unit = max(float(np.std(common)), 1e-4)
    time = np.arange(years)
    between = np.abs(time[:, None] - time)
    ahead = np.arange(years, years + horizon)[:, None] - time
    scores, paths = [], []
    for fade, noise in product(_COMMON_FADES, _COMMON_NOISE):
        covariance = (1 - noise) * fade**between + noise * np.eye(years) + _COMMON_MEAN
        solved = np.linalg.solve(covariance, common / unit)
        spread = np.linalg.slogdet(covariance)[1]
        misfit = np.log(common @ solved / unit + 1)
        scores.append(_PERSISTENCE * np.log(fade) - (spread + (years + 2) * misfit) / 2)
        paths.append(((1 - noise) * fade**ahead + _COMMON_MEAN) @ solved)
    weight = np.exp(np.array(scores) - max(scores))
    return unit * (weight @ np.array(paths)) / weight.sum()


def _predict_deviation(deviation: np.ndarray, horizon: int) -> np.ndarray:
    """Expected sum of the next 1 … horizon deviations of each unit, given its past ones."""
    units, years = deviation.shape
    parts, fade = _fit_parts(deviation)
    covariance = _covary(np.abs(np.subtract.outer(np.arange(years), np.arange(years))), parts, fade)
    ahead = np.arange(years, years + horizon)[:, None] - np.arange(years)
    future = np.cumsum(_covary(ahead, parts, fade), axis=0)
    known = (~np.isnan(deviation)).sum(axis=1)
    result = np.zeros((units, horizon))
    for length in np.unique(known[known > 0]):
        rows = known == length
        # in proportion: lasting differences alone make a large covariance of rank one
        ridge = 1e-9 * max(1.0, float(covariance[0, 0])) * np.eye(length)
        weight = np.linalg.solve(covariance[-length:, -length:] + ridge, future[:, -length:].T)
        result[rows] = deviation[rows, -length:] @ weight
    return result


def _fit_parts(deviation: np.ndarray) -> tuple[np.ndarray, float]:
    """Variances of the four parts and the fade of momentum that fit the pooled autocovariances."""
    lags = np.arange(deviation.shape[1])
    sums, pairs = _sum_products(deviation, lags)
    prior = _covary(lags, _PRIOR_PARTS, _PRIOR_FADE)
    evidence = _PRIOR_UNITS * np.maximum(len(lags) - lags, 1)
    target = (sums + evidence * prior) / (pairs + evidence)
    weight = np.sqrt(pairs + evidence)
    best: tuple[float, np.ndarray, float] = (np.inf, _PRIOR_PARTS, _PRIOR_FADE)
    tie = TIE * float(np.square(target * weight).sum())
    columns = np.stack([np.stack([_covary(lags, part, fade) for part in np.eye(4)], axis=1)
                        for fade in _FADES])
    fits = fit_nonnegative(columns * weight[:, None], target * weight)
    for fade, (miss, parts) in zip(_FADES, fits):
        if miss < best[0] - tie:
            best = (miss, parts, fade)
    return best[1], best[2]


def _sum_products(deviation: np.ndarray, lags: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    present = ~np.isnan(deviation)
    filled = np.where(present, deviation, 0.0)
    width = deviation.shape[1]
    sums = [(filled[:, lag:] * filled[:, : width - lag]).sum() for lag in lags]
    pairs = [(present[:, lag:] & present[:, : width - lag]).sum() for lag in lags]
    return np.array(sums), np.array(pairs, dtype=float)


def _covary(lag: np.ndarray, parts: np.ndarray, fade: float) -> np.ndarray:
    """Autocovariance at a lag: lasting + momentum·fade^lag + noise + counting error (reverses)."""
    lasting, momentum, noise, counting = parts
    here, next_to = lag == 0, lag == 1
    return lasting + momentum * fade**lag + (noise + 2 * counting) * here - counting * next_to
