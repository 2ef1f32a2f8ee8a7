"""The budget under shocks."""

import doctest
import time

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sedp_helpers.analysis import budget as module
from sedp_helpers.analysis import budget_simulation

YEARS = [2025, 2026, 2027]
REVENUE = pd.DataFrame(
    {2025: [100.0, 50], 2026: [110.0, 50], 2027: [120.0, 50]}, index=["land_tax", "transfer"]
)
EXPENDITURE = pd.Series({"schools": 90.0, "roads": 40.0})
PLAIN = [20, 30, 40]


def make_shocks(*rows):
    base = {"name": "s", "side": "revenue", "probability": 1.0}
    return pd.DataFrame([base | {"first_year": 2025, "last_year": 2027} | row for row in rows])


def simulate(*rows, **options):
    shocks = make_shocks(*rows) if rows else pd.DataFrame()
    return budget_simulation(REVENUE, EXPENDITURE, shocks, YEARS, **options)


@pytest.mark.parametrize("shocks", [None, pd.DataFrame(), make_shocks({"amount": -5}).iloc[:0]])
def test_without_shocks_all_percentiles_are_the_plain_balance(shocks):
    balance = budget_simulation(REVENUE, EXPENDITURE, shocks, YEARS)
    for column in ("p10", "p50", "p90"):
        assert balance[column].to_list() == PLAIN
    assert balance["gap_probability_pct"].to_list() == [0, 0, 0]


def test_result_is_year_by_four_columns():
    balance = simulate()
    assert balance.index.name == "year"
    assert balance.index.to_list() == YEARS
    assert balance.columns.to_list() == ["p10", "p50", "p90", "gap_probability_pct"]


def test_years_may_be_a_part_of_the_plan():
    assert budget_simulation(REVENUE, EXPENDITURE, None, [2027])["p50"].to_list() == [40]


def test_per_cent_of_one_item_of_the_whole_side_and_an_amount():
    assert simulate({"item": "land_tax", "change_pct": -10})["p50"].to_list() == [10, 19, 28]
    assert simulate({"item": "", "change_pct": -10})["p50"].to_list() == [5, 14, 23]
    assert simulate({"item": None, "amount": -7})["p50"].to_list() == [13, 23, 33]
    costs = {"side": "expenditure", "item": "roads"}
    assert simulate(costs | {"change_pct": 50})["p50"].to_list() == [0, 10, 20]
    assert simulate(costs | {"amount": 25})["p50"].to_list() == [-5, 5, 15]


def test_shock_strikes_only_in_its_years():
    row = {"amount": -7, "first_year": 2026, "last_year": 2026}
    assert simulate(row)["p50"].to_list() == [20, 23, 40]
    assert simulate(row | {"first_year": None})["p50"].to_list() == [13, 23, 40]
    assert simulate(row | {"last_year": None})["p50"].to_list() == [20, 23, 33]


def test_shocks_of_a_year_add_up():
    rows = {"item": "land_tax", "change_pct": -10}, {"amount": -5}
    assert simulate(*rows)["p50"].to_list() == [5, 14, 23]


def test_q32_risks_against_the_reserve():
    # AC-59: risks of 200000, 150000 and 400000 som, reserve 500000: uncovered 250000.
    plan = pd.Series({"all": 3_000_000.0})
    risks = make_shocks({"amount": -200000}, {"amount": -150000}, {"amount": -400000})
    balance = budget_simulation(plan, plan, risks, [2025], reserve=500000)
    assert balance["p50"].to_list() == [-750000]
    assert balance["gap_probability_pct"].to_list() == [100]
    covered = budget_simulation(plan, plan, risks, [2025], reserve=750000)
    assert covered["gap_probability_pct"].to_list() == [0]


def test_gap_probability_is_that_of_the_shock_and_years_are_independent():
    row = {"amount": -1000, "probability": 0.3}
    share = simulate(row)["gap_probability_pct"]
    assert share.to_list() == pytest.approx([30] * 3, abs=2)
    assert share.nunique() > 1


def test_two_shocks_strike_independently():
    rows = [{"amount": -25, "probability": 0.5}] * 2
    share = simulate(*rows)["gap_probability_pct"]
    assert share.to_list() == pytest.approx([75, 25, 25], abs=2)


def test_spread_is_relative_to_the_size_of_the_shock():
    balance = simulate({"amount": -100, "sd_pct": 10})
    assert (balance["p90"] - balance["p10"]).to_list() == pytest.approx([2 * 12.8155] * 3, rel=0.05)
    assert balance["p50"].to_list() == pytest.approx([-80, -70, -60], abs=0.5)


def test_same_seed_gives_the_same_and_another_seed_another_result():
    row = {"amount": -100, "probability": 0.5, "sd_pct": 20}
    once, again, other = (simulate(row, seed=seed) for seed in (3, 3, 4))
    pd.testing.assert_frame_equal(once, again)
    assert not once.equals(other)


def test_missing_plan_number_makes_the_year_missing_and_not_poorer():
    revenue = REVENUE.copy()
    revenue.loc["transfer", 2026] = np.nan
    balance = budget_simulation(revenue, EXPENDITURE, make_shocks({"amount": -5}), YEARS)
    assert balance.loc[2026].isna().all()
    assert balance.loc[[2025, 2027]].notna().all(axis=None)


@settings(max_examples=40, deadline=None)
@given(st.floats(-100, 100), st.floats(0, 1), st.floats(0, 50), st.floats(0, 100))
def test_percentiles_are_ordered_and_the_reserve_only_lowers_the_gap(pct, chance, spread, reserve):
    row = {"change_pct": pct, "probability": chance, "sd_pct": spread}
    bare, backed = (simulate(row, draws=200, reserve=value) for value in (0, reserve))
    assert (bare["p10"] <= bare["p50"]).all()
    assert (bare["p50"] <= bare["p90"]).all()
    assert bare[["p10", "p50", "p90"]].equals(backed[["p10", "p50", "p90"]])
    assert (backed["gap_probability_pct"] <= bare["gap_probability_pct"]).all()
    assert bare["gap_probability_pct"].between(0, 100).all()


@settings(max_examples=20, deadline=None)
@given(st.floats(0.01, 1000))
def test_currency_does_not_matter(factor):
    shocks = make_shocks({"change_pct": -30, "probability": 0.4, "sd_pct": 20})
    plain = budget_simulation(REVENUE, EXPENDITURE, shocks, YEARS, draws=100)
    other = budget_simulation(REVENUE * factor, EXPENDITURE * factor, shocks, YEARS, draws=100)
    assert np.allclose(plain["p10"] * factor, other["p10"])


@pytest.mark.parametrize(
    ("row", "label"),
    [
        ({"name": "flood", "side": "income", "amount": 1}, "flood.*income"),
        ({"name": "flood", "item": "gold", "amount": 1}, "flood.*gold"),
        ({"name": "flood"}, "flood.*amount"),
        ({"name": "flood", "amount": 1, "change_pct": 1}, "flood.*amount"),
        ({"name": "flood", "amount": 1, "probability": 1.5}, "flood.*1.5"),
        ({"name": "flood", "amount": 1, "probability": None}, "flood.*probability"),
        ({"name": "flood", "amount": "much"}, "flood.*much"),
        ({"name": "flood", "amount": 1, "sd_pct": -1}, "flood.*-1"),
        ({"name": "flood", "amount": 1, "first_year": 2027, "last_year": 2025}, "flood.*2027"),
    ],
)
def test_incomplete_shock_is_refused_by_its_name(row, label):
    with pytest.raises(ValueError, match=label):
        simulate(row)


@pytest.mark.parametrize(
    ("change", "label"),
    [
        ({"years": [2025, 2030]}, "2030"),
        ({"years": [2025, 2025]}, "2025"),
        ({"years": []}, "years"),
        ({"revenue": REVENUE.assign(**{"2025": "x"})}, "2025"),
        ({"expenditure": pd.Series([1, 2], index=["roads", "roads"])}, "roads"),
        ({"shocks": pd.DataFrame({"name": ["flood"]})}, "probability"),
        ({"draws": 0}, "draws"),
        ({"reserve": np.nan}, "reserve"),
    ],
)
def test_wrong_request_is_refused_with_its_label(change, label):
    arguments = {"revenue": REVENUE, "expenditure": EXPENDITURE, "shocks": None, "years": YEARS}
    with pytest.raises(ValueError, match=label):
        budget_simulation(**(arguments | change))


def test_inputs_stay_as_they_were():
    shocks = make_shocks({"amount": -5, "item": None})
    copies = REVENUE.copy(), EXPENDITURE.copy(), shocks.copy()
    budget_simulation(REVENUE, EXPENDITURE, shocks, YEARS)
    pd.testing.assert_frame_equal(REVENUE, copies[0])
    pd.testing.assert_series_equal(EXPENDITURE, copies[1])
    pd.testing.assert_frame_equal(shocks, copies[2])


def test_10000_draws_of_20_shocks_over_10_years_take_less_than_a_second():
    items = [f"i{number}" for number in range(20)]
    years = list(range(2025, 2035))
    plan = pd.DataFrame(100.0, index=items, columns=years)
    shocks = make_shocks(*({"item": item, "change_pct": -20, "sd_pct": 10} for item in items))
    start = time.process_time()
    budget_simulation(plan, plan, shocks, years)
    assert time.process_time() - start < 1


def test_examples_in_the_docstrings_hold():
    assert doctest.testmod(module).failed == 0
