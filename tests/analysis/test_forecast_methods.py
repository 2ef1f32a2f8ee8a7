"""Each rule on series whose answer can be worked out by hand."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sedp_helpers.analysis.forecast import forecast
from sedp_helpers.analysis.growth import handbook_forecast
from sedp_helpers.analysis.methods_pooled import forecast_pooled, measure_volatility
from sedp_helpers.analysis.methods_single import SINGLE_METHODS
from sedp_helpers.analysis.panel import take_history


def predict(method: str, values: list[float], horizon: int = 3, kind: str = "count") -> list[float]:
    table = pd.DataFrame({"unit": "a", "year": range(2000, 2000 + len(values)), "value": values})
    return forecast(table, horizon, method, kind=kind)["value"].tolist()


@settings(max_examples=60, deadline=None)
@given(
    st.lists(st.one_of(st.none(), st.floats(1, 1e6)), min_size=2, max_size=12).filter(
        lambda cells: (
            cells[-1] is not None
            and any(a is not None and b is not None for a, b in pairwise(cells))
        )
    )
)
def test_whole_panel_form_of_the_handbook_rule_agrees_with_the_one_for_a_series(
    cells: list[float | None],
) -> None:
    values = [np.nan if cell is None else cell for cell in cells]
    expected = handbook_forecast(pd.Series(values), horizon=3, rounded=False)
    np.testing.assert_allclose(predict("handbook", values), expected.to_numpy(), rtol=1e-9)


def test_last_drift_and_growth_follow_their_definitions() -> None:
    values = [100.0, 110, 90, 130]
    assert predict("last", values) == [130, 130, 130]
    assert predict("drift", values) == pytest.approx([140, 150, 160])
    assert predict("growth_3", values, 1) == pytest.approx([130 * 1.3 ** (1 / 3)])
    long = [50.0, *[100 * 1.02**year for year in range(11)]]
    assert predict("growth_10", long, 1) == pytest.approx([100 * 1.02**11])
    assert predict("growth_5", long, 2)[1] == pytest.approx(100 * 1.02**12)


def test_damped_growth_fades_and_undamped_does_not() -> None:
    values = [100 * 1.1**year for year in range(8)]
    rates = np.diff(np.log([values[-1], *predict("damped", values)]))
    np.testing.assert_allclose(rates / np.log(1.1), [0.9, 0.81, 0.729])


@pytest.mark.parametrize("method", ["ets", "theta", "damped", "pooled", "auto", "drift"])
def test_a_constant_series_stays_what_it_is(method: str) -> None:
    assert predict(method, [40.0] * 8) == pytest.approx([40.0] * 3)


@pytest.mark.parametrize("method", ["ets", "growth_5", "drift", "pooled"])
def test_a_steady_line_of_real_numbers_is_carried_on(method: str) -> None:
    values = [float(year) for year in range(-6, 6)]
    assert predict(method, values, kind="real") == pytest.approx([6, 7, 8], abs=0.35)


def test_theta_goes_with_half_of_the_slope() -> None:
    values = [float(year) for year in range(40)]
    steps = np.diff(predict("theta", values, 4, kind="real"))
    np.testing.assert_allclose(steps, 0.5)


def test_pooled_draws_a_noisy_place_towards_the_others_and_leaves_lasting_differences() -> None:
    draw = np.random.default_rng(3)
    lasting = np.repeat([[-0.01], [0.02]], 40, axis=0)
    growth = lasting + draw.normal(0, 0.02, (80, 12))
    history = take_history(5000 * np.exp(np.cumsum(growth, axis=1)), "count")
    pooled = np.log(forecast_pooled(history, 5)[:, 4] / history.last) / 5
    handbook = np.log(SINGLE_METHODS["handbook"](history, 5)[:, 4] / history.last) / 5
    miss = np.abs(pooled - lasting[:, 0]).mean()
    assert miss < 0.6 * np.abs(handbook - lasting[:, 0]).mean()
    assert pooled[40:].mean() - pooled[:40].mean() > 0.02


def test_pooled_follows_a_turn_of_the_whole_panel() -> None:
    draw = np.random.default_rng(4)
    common = np.repeat([0.02, -0.02], [9, 6])
    growth = common + draw.normal(0, 0.004, (60, 15))
    history = take_history(5000 * np.exp(np.cumsum(growth, axis=1)), "count")
    rate = np.log(forecast_pooled(history, 1)[:, 0] / history.last)
    assert rate.mean() < -0.012


def test_volatility_tells_quiet_from_restless_places_of_one_size() -> None:
    draw = np.random.default_rng(5)
    noise = np.repeat([[0.002], [0.02]], 30, axis=0)
    values = 3000 * np.exp(np.cumsum(noise * draw.normal(size=(60, 20)), axis=1))
    volatility = measure_volatility(take_history(values, "count"))
    assert volatility[30:].mean() > 1.5 * volatility[:30].mean()


@pytest.mark.parametrize("method", ["handbook", "ets", "pooled", "auto"])
def test_scale_of_the_unit_of_measure_does_not_matter(method: str) -> None:
    values = [820.0, 835, 841, 820, 860, 871, 869, 890]
    thousand = [value / 1000 for value in values]
    expected = [value / 1000 for value in predict(method, values)]
    assert predict(method, thousand) == pytest.approx(expected, rel=1e-9)


def steady_world(units: int = 40, years: int = 16) -> np.ndarray:
    """Places that each keep a growth of their own, from −2 to +4 % a year, almost without noise."""
    growth = np.linspace(-0.02, 0.04, units)[:, None]
    noise = np.random.default_rng(3).normal(0, 0.0003, (units, years))
    return 5000 * np.exp(np.cumsum(growth + noise, axis=1))


def test_pooling_does_not_cut_a_lasting_difference_of_growth_like_an_outlier() -> None:
    matrix = steady_world()
    ahead = forecast_pooled(take_history(matrix[:, :-5], "count"), 5)
    assert np.abs(ahead[:, -1] / matrix[:, -1] - 1).max() < 0.01


def test_pooling_does_not_take_a_cleaned_register_for_growth_to_come() -> None:
    matrix = steady_world()
    leap = matrix.copy()
    leap[20, 8:] *= 0.7
    ahead = forecast_pooled(take_history(leap[:, :-5], "count"), 5)
    assert ahead[20, -1] / leap[20, -1] == pytest.approx(1, abs=0.03)


@pytest.mark.parametrize("apart", [0.05, 0.5, 3.0])
def test_places_that_grow_exactly_evenly_but_far_apart_are_forecast(apart: float) -> None:
    rows = [(f"m{place}", 2015 + year, 1000.0 * np.exp(apart * (place - 6) * year / 6))
            for place in range(12) for year in range(10)]
    panel = pd.DataFrame(rows, columns=["unit", "year", "value"])
    ahead = forecast(panel, horizon=3, method="pooled")
    assert np.isfinite(ahead["value"]).all() and len(ahead) == 36
