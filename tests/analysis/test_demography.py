"""Cohort-component projection."""

import doctest
from itertools import pairwise

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sedp_helpers.analysis import cohort_component, demography

AGES = list(range(0, 90, 5))
# Preston, Heuveline & Guillot (2001), box 6.1: Swedish females, 1993, closed population.
SWEDEN = [
    293395, 248369, 240012, 261346, 285209, 314388, 281290, 286923, 304108, 324946, 247613, 211351,
    215140, 221764, 223506, 183654, 141990, 112424,
]  # fmt: skip
SWEDEN_L = [
    497487, 497138, 496901, 496531, 495902, 495168, 494213, 492760, 490447, 486613, 480665, 471786,
    457852, 436153, 402775, 350358, 271512, 291707,
]  # fmt: skip
SWEDEN_F = [0, 0, 0, 0.012, 0.0908, 0.1499, 0.1125, 0.0441, 0.0074, 0.0003, *[0] * 8]

SHORT = [0, 15, 30, 45]
sizes = st.lists(st.floats(1, 1e5), min_size=4, max_size=4)
shares = st.lists(st.floats(0.05, 1), min_size=5, max_size=5)


def make_survival(person_years, ages, sexes=("female",)):
    width = ages[1]
    ratios = [later / now for now, later in pairwise(person_years[:-1])]
    last = person_years[-1] / (person_years[-2] + person_years[-1])
    column = [person_years[0] / (width * 100000), *ratios, last, last]
    return pd.DataFrame(dict.fromkeys(sexes, column), index=["birth", *ages])


def project_sweden(steps):
    population = pd.DataFrame({"female": SWEDEN}, index=AGES)
    survival = make_survival(SWEDEN_L, AGES)
    return cohort_component(population, survival, pd.Series(SWEDEN_F, AGES), steps=steps)


def make_people(female, male=None, ages=SHORT):
    columns = {"female": female} | ({} if male is None else {"male": male})
    return pd.DataFrame(columns, index=ages, dtype=float)


def make_alive(value=1.0, sexes=("female", "male")):
    return pd.DataFrame({sex: float(value) for sex in sexes}, index=["birth", *SHORT])


FERTILE = pd.Series({15: 0.1, 30: 0.05})


def test_preston_box_6_1_totals_are_reproduced():
    totals = project_sweden(2)["female"].groupby("step").sum()
    assert totals.round().to_list() == [4397428, 4449570, 4478712]


def test_result_is_step_by_age_with_births_of_each_step():
    projected = project_sweden(2)
    assert projected.index.names == ["step", "age"]
    assert projected.index.to_list() == [(step, age) for step in range(3) for age in AGES]
    assert len(projected.attrs["births"]) == 2
    assert projected.loc[(1, 0), "female"] == pytest.approx(
        projected.attrs["births"][0] / 2.05 * SWEDEN_L[0] / 500000
    )


def test_open_group_takes_the_last_two_rows_of_survival():
    survival = make_alive(0.5, ["female"])
    survival.loc[30], survival.loc[45] = 0.4, 0.1
    projected = cohort_component(make_people([10, 20, 30, 40]), survival, FERTILE)
    assert projected.loc[1, "female"].to_list()[1:] == [5, 10, 30 * 0.4 + 40 * 0.1]


def test_men_follow_the_ratio_at_birth_and_women_are_as_without_them():
    women, men = [10, 20, 30, 40], [11, 19, 28, 35]
    both = cohort_component(make_people(women, men), make_alive(0.9), FERTILE, srb=1.2, steps=2)
    alone = cohort_component(
        make_people(women), make_alive(0.9, ["female"]), FERTILE, srb=1.2, steps=2
    )
    assert both["female"].to_list() == pytest.approx(alone["female"].to_list())
    assert both.loc[(1, 0), "male"] == pytest.approx(1.2 * both.loc[(1, 0), "female"])


def test_births_use_women_at_both_ends_of_the_step_times_its_years():
    projected = cohort_component(make_people([10, 20, 30, 40]), make_alive(1, ["female"]), FERTILE)
    expected = 15 * (0.1 * (20 + 10) / 2 + 0.05 * (30 + 20) / 2)
    assert projected.attrs["births"] == pytest.approx([expected])


def test_fertility_of_the_first_group_counts_the_girls_born_in_the_step():
    fertility = pd.Series({0: 0.01, 15: 0.1})
    projected = cohort_component(
        make_people([10, 20, 30, 40]), make_alive(0.9, ["female"]), fertility, srb=1.0
    )
    women = projected["female"]
    expected = 15 * (0.01 * (10 + women[1, 0]) / 2 + 0.1 * (20 + women[1, 15]) / 2)
    assert projected.attrs["births"] == pytest.approx([expected])


def test_migrants_come_at_the_end_and_bear_or_lose_nobody_in_that_step():
    people, alive = make_people([10, 20, 30, 40]), make_alive(0.5, ["female"])
    moves = make_people([1, -2, 3, 0])
    closed = cohort_component(people, alive, FERTILE)
    opened = cohort_component(people, alive, FERTILE, moves)
    assert opened.attrs["births"] == closed.attrs["births"]
    assert (opened.loc[1] - closed.loc[1])["female"].to_list() == pytest.approx([1, -2, 3, 0])


def test_lists_give_each_step_its_own_rates():
    people, alive = make_people([10, 20, 30, 40]), make_alive(0.9, ["female"])
    lower = FERTILE / 2
    listed = cohort_component(
        people, [alive, alive / 2], [FERTILE, lower], [None, people], [1.05, 1.1], steps=2
    )
    first = cohort_component(people, alive, FERTILE, srb=1.05)
    second = cohort_component(first.loc[1], alive / 2, lower, people, 1.1)
    assert listed.loc[2, "female"].to_list() == pytest.approx(second.loc[1, "female"].to_list())


@given(sizes, sizes, st.integers(0, 4))
def test_without_deaths_and_births_nobody_is_lost(female, male, steps):
    people = make_people(female, male)
    projected = cohort_component(people, make_alive(), FERTILE * 0, steps=steps)
    totals = projected.groupby("step").sum()
    for sex in people:
        assert totals[sex].to_list() == pytest.approx([people[sex].sum()] * (steps + 1))


@given(sizes, sizes, shares)
def test_without_deaths_the_population_grows_by_its_births(female, male, rates):
    fertility = pd.Series(rates[1:3], index=[15, 30])
    projected = cohort_component(make_people(female, male), make_alive(), fertility, steps=2)
    totals = projected.groupby("step").sum().sum(axis=1)
    assert totals.diff().iloc[1:].to_list() == pytest.approx(projected.attrs["births"])


@given(sizes, shares, st.floats(0.1, 10))
def test_projection_of_a_multiple_is_the_multiple(female, alive, factor):
    survival = pd.DataFrame({"female": alive}, index=["birth", *SHORT])
    once = cohort_component(make_people(female), survival, FERTILE, steps=2)
    more = cohort_component(make_people(female) * factor, survival, FERTILE, steps=2)
    assert more["female"].to_list() == pytest.approx((once["female"] * factor).to_list())


def test_missing_group_stays_missing_along_its_cohort_and_is_never_zero():
    people = make_people([10, 20, np.nan, 40])
    projected = cohort_component(people, make_alive(0.9, ["female"]), pd.Series({15: 0.1}), steps=1)
    assert projected.loc[1, "female"].isna().to_list() == [False, False, False, True]


def test_missing_fertility_makes_the_births_missing():
    fertility = pd.Series({15: 0.1, 30: np.nan})
    projected = cohort_component(
        make_people([10, 20, 30, 40]), make_alive(0.9, ["female"]), fertility
    )
    assert np.isnan(projected.attrs["births"][0])
    assert projected.loc[1, "female"].isna().to_list() == [True, False, False, False]


def test_inputs_stay_as_they_were_and_row_order_of_survival_is_free():
    people, alive = make_people([10, 20, 30, 40]), make_alive(0.9, ["female"])
    copies = people.copy(), alive.copy()
    plain = cohort_component(people, alive, FERTILE)
    turned = cohort_component(people, alive.iloc[::-1], FERTILE)
    pd.testing.assert_frame_equal(plain, turned)
    pd.testing.assert_frame_equal(people, copies[0])
    pd.testing.assert_frame_equal(alive, copies[1])


@pytest.mark.parametrize(
    ("change", "label"),
    [
        ({"population": make_people([1, 2, 3, 4], ages=[0, 15, 30, 50])}, "50"),
        ({"population": make_people([1, 2, 3, 4], ages=[15, 30, 45, 60])}, "15"),
        ({"population": make_people([1, 2, 3, 4]).rename(columns={"female": "women"})}, "female"),
        ({"population": make_people([1, 2, 3, 4]).assign(total=5)}, "total"),
        ({"population": make_people([1, 2, 3, 4], ages=[0, 15, 15, 30])}, "15"),
        ({"survival": make_alive(1, ["female"]).drop("birth")}, "birth"),
        ({"survival": make_alive(1, ["female"]).drop(30)}, "30"),
        ({"survival": make_alive()}, "male"),
        ({"survival": -make_alive(1, ["female"])}, "birth"),
        ({"survival": [make_alive(1, ["female"])] * 2}, "survival"),
        ({"fertility": pd.Series({20: 0.1})}, "20"),
        ({"fertility": pd.Series({15: 0.1, 45: 0.1})}, "30"),
        ({"fertility": pd.Series({15: -0.1})}, "15"),
        ({"migration": make_people([1, 2, 3, 4]).drop(45)}, "45"),
        ({"migration": make_people([1, 2, 3, 4], [1, 2, 3, 4])}, "male"),
        ({"srb": -1}, "srb"),
        ({"steps": -1}, "steps"),
    ],
)
def test_wrong_shape_is_refused_with_its_label(change, label):
    arguments = {
        "population": make_people([10, 20, 30, 40]),
        "survival": make_alive(1, ["female"]),
        "fertility": FERTILE,
    }
    with pytest.raises(ValueError, match=label):
        cohort_component(**(arguments | change))


def test_examples_in_the_docstrings_hold():
    assert doctest.testmod(demography).failed == 0
