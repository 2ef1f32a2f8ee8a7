"""Growth rates and the handbook's forecast (acceptance cases AC-01 … AC-08)."""

import doctest
from decimal import Decimal

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sedp_helpers.analysis import growth as module
from sedp_helpers.analysis import growth_rates, handbook_forecast

Q30 = pd.Series({2021: 9800, 2022: 10500, 2023: 11000, 2024: 11500})
counts = st.lists(st.integers(1, 10**6), min_size=2, max_size=12)


def test_ac_01_growth_rates_are_those_of_the_handbook():
    assert growth_rates(Q30).to_dict() == {
        2022: 7.142857142857142,
        2023: 4.761904761904762,
        2024: 4.545454545454546,
    }


def test_ac_02_mean_rate_is_that_of_the_handbook():
    assert growth_rates(Q30).mean() == pytest.approx(5.483405483405484, rel=1e-15)


def test_ac_03_rounded_forecast_is_the_printed_one_and_is_carried_on():
    forecast = handbook_forecast(Q30, horizon=3)
    assert forecast.to_dict() == {2025: 12130, 2026: 12795, 2027: 13496}


def test_ac_04_full_precision_forecast_keeps_the_mean_rate_for_all_years():
    forecast = handbook_forecast(Q30, horizon=3, rounded=False)
    expected = [12130.591630591631, 12795.761157233011, 13497.404626172203]
    assert forecast.to_list() == pytest.approx(expected, rel=1e-14)


def test_ac_05_mean_divides_by_the_number_of_rates_there_are():
    forecast = handbook_forecast(Q30.loc[2022:], rounded=False)
    assert forecast[2025] == pytest.approx(11500 * (1 + 4.653679653679654 / 100), rel=1e-14)


@pytest.mark.parametrize("values", [[9800], [], [np.nan, 5], [0, 5], [5, np.nan, 6]])
def test_ac_06_no_rate_gives_a_refusal_and_no_number(values):
    assert growth_rates(values).dropna().empty
    with pytest.raises(ValueError, match="no growth rate"):
        handbook_forecast(values)


@pytest.mark.parametrize("base", [0, -5, np.nan])
def test_ac_07_base_zero_negative_or_missing_is_not_computable(base):
    assert np.isnan(growth_rates([base, 10]).loc[1])


def test_ac_08_handbook_rate_is_not_the_compound_rate():
    compound = ((11500 / 9800) ** (1 / 3) - 1) * 100
    assert compound == pytest.approx(5.476875138059767)
    assert handbook_forecast(Q30, rounded=False)[2025] > 11500 * (1 + compound / 100)


def test_gap_year_is_in_the_index_and_never_bridged():
    rates = growth_rates(pd.Series({2018: 425, 2019: 273, 2021: 273, 2022: 546}))
    assert rates.index.to_list() == [2019, 2020, 2021, 2022]
    assert rates.isna().to_list() == [False, True, True, False]
    assert rates[2022] == 100


def test_order_of_the_years_does_not_matter_and_the_input_stays_as_it_was():
    shuffled = Q30.iloc[[2, 0, 3, 1]]
    before = shuffled.copy()
    pd.testing.assert_series_equal(growth_rates(shuffled), growth_rates(Q30))
    pd.testing.assert_series_equal(shuffled, before)


def test_missing_last_year_moves_the_forecast_behind_the_last_observed_one():
    series = pd.Series({2021: 100, 2022: 110, 2023: None})
    assert handbook_forecast(series).to_dict() == {2023: 121}


def test_only_the_last_three_defined_rates_count():
    early = pd.concat([pd.Series({2019: 1, 2020: 5000}), Q30.loc[2022:], pd.Series({2021: 10000})])
    expected = np.mean([5, 100 * 500 / 10500, 100 * 500 / 11000])
    assert handbook_forecast(early, rounded=False)[2025] == pytest.approx(
        11500 * (1 + expected / 100)
    )


def test_rates_mean_and_values_are_rounded_half_up():
    # 0.125 % → 0.13 %; 40050 · 1.0013 = 40102.065; then 0.5 goes up: 150 · 1.05 = 157.5.
    assert handbook_forecast([40000, 40050]).to_list() == [40102]
    assert handbook_forecast([142.857, 150], decimals=0).to_list() == [158]
    assert module.round_half_up(Decimal("0.125"), 2) == Decimal("0.13")


def test_each_rate_is_rounded_before_their_mean():
    # 1.0049, 1.0049, 1.0053 % → 1.00, 1.00, 1.01 → 1.00 %; their own mean would be 1.01 %.
    assert handbook_forecast([1000000, 1010049, 1020199, 1030455]).to_list() == [1040760]


def test_decimals_set_the_rounding_of_the_values():
    assert handbook_forecast(Q30, decimals=1).to_list() == [12130.2]
    assert handbook_forecast(Q30, decimals=-2).to_list() == [12100]


@pytest.mark.parametrize(
    ("series", "label"),
    [
        pytest.param(pd.Series([1, 2], index=[2020, 2020]), "2020", id="year twice"),
        pytest.param(pd.Series([1, 2], index=["a", 2020]), "'a'", id="no year"),
        pytest.param(pd.Series([1, 2], index=[2020, 2020.5]), "2020.5", id="half a year"),
        pytest.param(pd.Series([1, "x"], index=[2020, 2021]), "2021", id="text"),
        pytest.param([[1, 2], [3, 4]], "one dimension", id="table"),
    ],
)
def test_wrong_series_is_refused_with_its_label(series, label):
    with pytest.raises(ValueError, match=label):
        growth_rates(series)


@pytest.mark.parametrize("horizon", [0, -1, 1.5, None, "x"])
def test_horizon_must_be_a_whole_number_of_years(horizon):
    with pytest.raises(ValueError, match="horizon"):
        handbook_forecast(Q30, horizon=horizon)


@given(counts, st.integers(2, 50))
def test_growth_rates_do_not_depend_on_the_unit_of_measure(values, factor):
    scaled = growth_rates([value * factor for value in values])
    assert scaled.to_list() == pytest.approx(growth_rates(values).to_list(), rel=1e-12, abs=1e-12)


@given(counts)
def test_growth_rates_rebuild_the_series(values):
    rebuilt = values[0] * (1 + growth_rates(values) / 100).cumprod()
    assert rebuilt.to_list() == pytest.approx(values[1:], rel=1e-9)


@given(st.floats(1, 1e6), st.floats(-0.5, 1.0), st.integers(1, 10))
def test_steady_growth_simply_goes_on(start, rate, horizon):
    values = [start * (1 + rate) ** year for year in range(5)]
    forecast = handbook_forecast(values, horizon=horizon, rounded=False)
    expected = [values[-1] * (1 + rate) ** step for step in range(1, horizon + 1)]
    assert forecast.to_list() == pytest.approx(expected, rel=1e-9)


def test_examples_in_the_docstrings_hold():
    assert doctest.testmod(module).failed == 0
