"""Hamilton–Perry projection."""

import doctest

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sedp_helpers.analysis import hamilton_perry, hamiltonperry

COUNT_0 = pd.DataFrame(
    {"female": [100.0, 110, 120, 90, 80, 60, 50], "male": [105.0, 112, 118, 85, 70, 50, 30]},
    index=[0, 10, 20, 30, 40, 50, 60],
)
COUNT_1 = pd.DataFrame(
    {"female": [90.0, 99, 105, 118, 92, 77, 100], "male": [95.0, 103, 100, 110, 80, 66, 72]},
    index=COUNT_0.index,
)
WOMEN = (20, 49)


def test_hamilton_perry_follows_the_ratios_by_hand():
    later = hamilton_perry(COUNT_0, COUNT_1, women=WOMEN).loc[1]
    assert later.loc[10, "male"] == pytest.approx(95 * 103 / 105)
    assert later.loc[60, "female"] == pytest.approx((77 + 100) * 100 / (60 + 50))
    women = later["female"].loc[20:40].sum()
    assert later.loc[0, "male"] == pytest.approx(women * 95 / (105 + 118 + 92))


def test_two_groups_of_children_shift_the_ages_of_the_women():
    later = hamilton_perry(COUNT_0, COUNT_1, interval=20, women=(20, 39)).loc[1]
    assert later.loc[20, "female"] == pytest.approx(90 * 105 / 100)
    assert later.loc[60, "female"] == pytest.approx((92 + 77 + 100) * 100 / (80 + 60 + 50))
    older_women = later["female"].loc[30:40].sum()
    assert later.loc[10, "female"] == pytest.approx(older_women * 99 / (118 + 92))
    young_women = later["female"].loc[20:30].sum()
    assert later.loc[0, "female"] == pytest.approx(young_women * 90 / (105 + 118))


@given(
    st.lists(st.floats(1, 1e5), min_size=28, max_size=28),
    st.sampled_from([(1, (20, 49)), (2, (20, 39)), (2, (10, 39)), (3, (10, 29))]),
)
def test_ratios_applied_to_the_first_count_give_the_second(values, case):
    shift, women = case
    first, second = (
        pd.DataFrame(np.reshape(part, (7, 2)), COUNT_0.index, COUNT_0.columns)
        for part in (values[:14], values[14:])
    )
    ratios = hamiltonperry.measure_ratios(first, second, shift, women)
    again = hamiltonperry.apply_ratios(ratios, first, shift, women)
    assert np.allclose(again, second)


@given(st.lists(st.floats(1, 1e5), min_size=28, max_size=28))
def test_projecting_from_the_projection_goes_on_the_same_way(values):
    first, second = (
        pd.DataFrame(np.reshape(part, (7, 2)), COUNT_0.index, COUNT_0.columns)
        for part in (values[:14], values[14:])
    )
    two = hamilton_perry(first, second, steps=2, women=WOMEN)
    then = hamilton_perry(second, two.loc[1], women=WOMEN)
    assert np.allclose(then.loc[1], two.loc[2])


def test_unchanging_population_stays():
    stable = COUNT_1.copy()
    stable.iloc[:] = 50.0
    # All groups equal and the open one fed by two: the ratios are 1 and 1/2.
    assert np.allclose(hamilton_perry(stable, stable, steps=5, women=WOMEN), 50)


def test_control_total_scales_each_step_before_the_next():
    controls = pd.Series({1: 1000.0, 2: 1100.0})
    later = hamilton_perry(COUNT_0, COUNT_1, steps=3, controls=controls, women=WOMEN)
    totals = later.groupby("step").sum().sum(axis=1)
    assert totals[[1, 2]].to_list() == pytest.approx([1000, 1100])
    free = hamilton_perry(COUNT_0, COUNT_1, women=WOMEN).loc[1]
    assert np.allclose(later.loc[1], free * 1000 / free.to_numpy().sum())
    ratio = COUNT_1.loc[20, "male"] / COUNT_0.loc[10, "male"]
    assert later.loc[(3, 20), "male"] == pytest.approx(later.loc[(2, 10), "male"] * ratio)


def test_control_by_sex_scales_each_sex_and_a_missing_one_scales_nothing():
    controls = pd.DataFrame({"female": [700.0, np.nan], "male": [500.0, 600.0]}, index=[1, 2])
    later = hamilton_perry(COUNT_0, COUNT_1, steps=2, controls=controls, women=WOMEN)
    totals = later.groupby("step").sum()
    assert totals.loc[1].to_list() == pytest.approx([700, 500])
    assert totals.loc[2, "male"] == pytest.approx(600)
    free = hamilton_perry(COUNT_0, COUNT_1, 2, controls.loc[[1]], women=WOMEN)
    assert totals.loc[2, "female"] == pytest.approx(free.loc[2, "female"].sum())


def test_single_sex_and_the_shape_of_the_other_projection():
    later = hamilton_perry(COUNT_0[["female"]], COUNT_1[["female"]], steps=2, women=WOMEN)
    assert later.index.names == ["step", "age"]
    assert later.columns.to_list() == ["female"]
    assert later.loc[0, "female"].to_list() == COUNT_1["female"].to_list()


def test_empty_base_group_is_unknown_and_not_zero():
    first = COUNT_0.copy()
    first.loc[20, "male"] = 0
    later = hamilton_perry(first, COUNT_1, women=WOMEN).loc[1]
    assert later["male"].isna().sum() == 1
    assert np.isnan(later.loc[30, "male"])


@pytest.mark.parametrize(
    ("change", "label"),
    [
        ({"population_0": COUNT_0.drop(60)}, "60"),
        ({"population_0": COUNT_0[["female"]]}, "male"),
        ({"women": (15, 49)}, "15"),
        ({"women": (20, 44)}, "45"),
        ({"women": (20, 69)}, "70"),
        ({"women": (0, 49)}, "women"),
        ({"interval": 15}, "15"),
        ({"interval": 0}, "interval"),
        ({"controls": pd.Series({2: 100.0})}, "2"),
        ({"controls": pd.DataFrame({"female": [1.0]}, index=[1])}, "male"),
        ({"controls": pd.Series({1: -100.0})}, "1"),
    ],
)
def test_wrong_request_is_refused_with_its_label(change, label):
    arguments = {"population_0": COUNT_0, "population_1": COUNT_1, "women": WOMEN}
    with pytest.raises(ValueError, match=label):
        hamilton_perry(**(arguments | change))


def test_examples_in_the_docstrings_hold():
    assert doctest.testmod(hamiltonperry).failed == 0
