"""Dependency ratios with the limits of any law."""

import doctest

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sedp_helpers.analysis import dependency as module
from sedp_helpers.analysis import dependency_ratios

FIVE = list(range(0, 90, 5))
people = st.lists(st.integers(1, 5000), min_size=18, max_size=18)


def make_people(values):
    return pd.DataFrame({"female": values, "male": values[::-1]}, index=FIVE)


def test_ratios_of_broad_groups_are_the_plain_quotients():
    ratios = dependency_ratios(pd.Series([300, 600, 120], index=[0, 15, 65]))
    assert ratios.to_dict() == {"child": 50, "old": 20, "total": 70}


def test_limits_of_each_sex_are_applied_to_that_sex():
    population = pd.DataFrame({"female": 10.0, "male": 10.0}, index=range(101))
    ratios = dependency_ratios(
        population, child_to=15, old_from={"female": 58, "male": 63}, per=1000
    )
    working = 10 * (42 + 47)
    assert ratios["child"] == pytest.approx(1000 * 320 / working)
    assert ratios["old"] == pytest.approx(1000 * 10 * (43 + 38) / working)


@given(people)
def test_total_is_child_plus_old(values):
    ratios = dependency_ratios(make_people(values))
    assert ratios["total"] == pytest.approx(ratios["child"] + ratios["old"])


@given(people, st.integers(2, 9))
def test_doubling_the_population_changes_nothing(values, factor):
    once, more = dependency_ratios(make_people(values)), make_people(values) * factor
    assert dependency_ratios(more).to_list() == pytest.approx(once.to_list())


@given(people)
def test_both_sexes_together_equal_their_sum(values):
    table = make_people(values)
    summed = dependency_ratios(table.sum(axis=1))
    assert dependency_ratios(table).to_list() == pytest.approx(summed.to_list())


@pytest.mark.parametrize(
    ("limits", "label"),
    [({"child_to": 15}, "16"), ({"old_from": 63}, "63"), ({"old_from": 200}, "200")],
)
def test_limit_inside_a_group_is_refused_with_the_age(limits, label):
    with pytest.raises(ValueError, match=label):
        dependency_ratios(make_people([1] * 18), **limits)


def test_limit_of_one_sex_must_be_given_for_the_other():
    with pytest.raises(ValueError, match="male"):
        dependency_ratios(make_people([1] * 18), old_from={"female": 60})


def test_limits_in_the_wrong_order_are_refused():
    with pytest.raises(ValueError, match="working age"):
        dependency_ratios(make_people([1] * 18), child_to=64, old_from=60)


@pytest.mark.parametrize("missing", [0, 20, 80])
def test_missing_group_makes_its_ratios_missing_and_not_smaller(missing):
    population = pd.Series(100.0, index=FIVE)
    population[missing] = np.nan
    ratios = dependency_ratios(population)
    assert np.isnan(ratios["total"])
    assert ratios.isna().sum() == (3 if missing == 20 else 2)


def test_nobody_of_working_age_is_not_computable():
    assert dependency_ratios(pd.Series([5, 0, 5], index=[0, 15, 65])).isna().all()


@pytest.mark.parametrize(
    ("population", "label"),
    [
        (pd.Series([1, 2], index=[15, 65]), "15"),
        (pd.Series([1, 2, 3], index=[0, 15, 15]), "15"),
        (pd.Series([1, 2], index=[0, "65+"]), r"65\+"),
        (pd.DataFrame({"women": [1, 2]}, index=[0, 15]), "women"),
    ],
)
def test_wrong_population_is_refused_with_its_label(population, label):
    with pytest.raises(ValueError, match=label):
        dependency_ratios(population)


def test_examples_in_the_docstrings_hold():
    assert doctest.testmod(module).failed == 0


def test_a_limit_inside_a_group_is_named_as_it_was_given():
    with pytest.raises(ValueError, match="child_to=15"):
        dependency_ratios(pd.Series([10.0, 20.0, 5.0], index=[0, 15, 65]), child_to=15)
