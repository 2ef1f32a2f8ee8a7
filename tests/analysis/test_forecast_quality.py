"""``auto`` is at least as good as the best simple rule, whatever rule the world follows."""

from __future__ import annotations

import time
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from sedp_helpers.analysis.backtest import backtest
from sedp_helpers.analysis.forecast import forecast
from sedp_helpers.analysis.intervals import widen_forecast
from sedp_helpers.analysis.methods_single import SINGLE_METHODS
from sedp_helpers.analysis.rolling import roll_origins

REAL_PANEL = Path(__file__).parents[3] / "shared" / "reference" / "panel_finland.csv"
SIMPLE = list(SINGLE_METHODS)


def make_world(
    *, lasting: float, momentum: float, noise: float, common: float, turn: float = 0.0, seed: int
) -> pd.DataFrame:
    """150 places, 23 years; standard deviations of the parts of yearly growth; a steady turn."""
    draw = np.random.default_rng(seed)
    units, years = 150, 23
    size = np.exp(draw.normal(8.5, 1.2, (units, 1)))
    wave = draw.normal(0, momentum, (units, years))
    for year in range(1, years):
        wave[:, year] = 0.9 * wave[:, year - 1] + np.sqrt(1 - 0.81) * wave[:, year]
    growth = draw.normal(0.002, lasting, (units, 1)) + wave
    growth += noise * (size / 5000) ** -0.25 * draw.normal(size=(units, years))
    growth += draw.normal(0, common, years) + turn * (np.arange(years) / years - 0.5)
    values = np.round(size * np.exp(np.cumsum(growth, axis=1)))
    return tidy(values)


def tidy(values: np.ndarray) -> pd.DataFrame:
    units, years = values.shape
    return pd.DataFrame(
        {
            "unit": np.repeat([f"u{row}" for row in range(units)], years),
            "year": np.tile(np.arange(2000, 2000 + years), units),
            "value": values.ravel(),
        }
    )


WORLDS = {
    "steady": {"lasting": 0.009, "momentum": 0.002, "noise": 0.01, "common": 0.002, "seed": 1},
    "noisy": {"lasting": 0.004, "momentum": 0.0, "noise": 0.02, "common": 0.003, "seed": 2},
    "momentum": {"lasting": 0.004, "momentum": 0.01, "noise": 0.005, "common": 0.003, "seed": 3},
    "turning": {
        "lasting": 0.006,
        "momentum": 0.004,
        "noise": 0.008,
        "common": 0.001,
        "turn": -0.03,
        "seed": 4,
    },
    "aimless": {"lasting": 0.0, "momentum": 0.0, "noise": 0.012, "common": 0.002, "seed": 5},
}


@pytest.mark.parametrize("world", WORLDS)
def test_auto_beats_the_handbook_and_stays_with_the_best_simple_rule(world: str) -> None:
    result = backtest(make_world(**WORLDS[world]), min_history=10)
    whole = result[result["size_class"] == "all"].set_index(["method", "horizon"])["mape"].unstack()
    assert (whole.loc["auto"] <= 1.02 * whole.loc[SIMPLE].min()).all()
    assert (whole.loc["auto"] / whole.loc["handbook"]).le(0.98).all()


@pytest.mark.parametrize("world", ["steady", "noisy", "momentum"])
def test_intervals_cover_what_they_promise_in_every_size_class(world: str) -> None:
    result = backtest(make_world(**WORLDS[world]), methods=["auto"], min_history=10)
    whole = result[result["size_class"] == "all"].set_index("horizon")
    assert whole.loc[1, "cover_80"] == pytest.approx(80, abs=6)
    assert 68 <= whole.loc[5, "cover_80"] <= 92
    assert whole["cover_95"].between(90, 99.5).all()
    assert result["cover_80"].min() >= 62
    assert result["cover_95"].min() >= 85


def test_handbook_rule_loses_clearly_to_the_last_value_on_budgets_and_auto_does_not() -> None:
    draw = np.random.default_rng(0)
    level = np.cumsum(draw.normal(0.05, 0.03, (80, 15)), axis=1)
    grant = np.where(draw.random((80, 15)) < 0.15, draw.gamma(1.5, 0.3, (80, 15)), 0)
    size = np.exp(draw.normal(16, 0.7, (80, 1)))
    table = tidy(size * np.exp(level + draw.normal(0, 0.1, (80, 15))) * (1 + grant))
    result = backtest(table, (3,), ["auto", "handbook", "last"], kind="money")
    mape = result[result["size_class"] == "all"].set_index("method")["mape"]
    assert mape["handbook"] > 1.5 * mape["last"]
    assert mape["auto"] < mape["last"]


def test_a_miss_made_with_little_knowledge_widens_an_interval_less_than_a_later_one() -> None:
    growth = np.random.default_rng(1).normal(0, 0.01, (60, 14))
    rolling = roll_origins(np.exp(8 + np.cumsum(growth, axis=1)), 1, "count", methods=("last",))
    young, grown = np.zeros((2, *rolling.actual.shape))
    young[2:5], grown[-4:-1] = 1.0, 1.0
    early, late = (widen_forecast(rolling, misses, 13, (80,)).mean() for misses in (young, grown))
    assert early < 0.9 * late


BARS = {"real": (0.96, 0.95, 1.02), "made-up": (0.97, 0.95, 1.04)}
"""Ratio to the handbook at one and five years, and to the best single method at any. The bar was
set for real panels; the made-up one is noisier from year to year and turns steadily, which one rule
happens to follow best."""


def test_real_panel_where_present_meets_the_bar_else_a_made_up_one_of_its_shape() -> None:
    kind = "real" if REAL_PANEL.exists() else "made-up"
    table = (
        pd.read_csv(REAL_PANEL, dtype={"unit": str})
        if kind == "real"
        else make_world(
            lasting=0.007, momentum=0.006, noise=0.005, common=0.003, turn=-0.01, seed=6
        )
    )
    result = backtest(table, min_history=10)
    whole = result[result["size_class"] == "all"].set_index(["method", "horizon"])
    mape = whole["mape"].unstack()
    assert mape.loc["auto", 1] / mape.loc["handbook", 1] <= BARS[kind][0]
    assert mape.loc["auto", 5] / mape.loc["handbook", 5] <= BARS[kind][1]
    assert (mape.loc["auto"] <= BARS[kind][2] * mape.loc[SIMPLE].min()).all()
    assert 75 <= whole.loc[("auto", 1), "cover_80"] <= 85
    assert 68 <= whole.loc[("auto", 5), "cover_80"] <= 90


def test_two_thousand_places_are_forecast_and_back_tested_in_seconds() -> None:
    draw = np.random.default_rng(0)
    growth = draw.normal(0.003, 0.01, (2000, 1)) + draw.normal(0, 0.01, (2000, 18))
    table = tidy(np.exp(draw.normal(8.5, 1.2, (2000, 1)) + np.cumsum(growth, axis=1)))
    start = time.process_time()  # of this process alone: a busy machine must not fail it
    assert len(forecast(table, horizon=5)) == 10_000
    assert not backtest(table).empty
    assert time.process_time() - start < 20
