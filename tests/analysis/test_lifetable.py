"""Life tables against printed tables and their identities."""

import doctest

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sedp_helpers.analysis import life_table
from sedp_helpers.analysis import lifetable as module

ABRIDGED = [0, 1, *range(5, 90, 5)]
# Preston, Heuveline & Guillot (2001), box 3.1: Austria, males, 1992.
AUSTRIA_PEOPLE = np.array([
    47925, 189127, 234793, 238790, 254996, 326831, 355086, 324222, 269963, 261971, 238011, 261612,
    181385, 187962, 153832, 105169, 73694, 57512, 32248,
])  # fmt: skip
AUSTRIA_DEATHS = np.array([
    419, 70, 36, 46, 249, 420, 403, 441, 508, 769, 1154, 1866, 2043, 3496, 4366, 4337, 5279, 6460,
    6146,
])  # fmt: skip
AUSTRIA_AX = [
    0.068, 1.626, 2.5, 3.143, 2.724, 2.520, 2.481, 2.601, 2.701, 2.663, 2.698, 2.676, 2.645, 2.624,
    2.619, 2.593, 2.518, 2.423, 5.247,
]  # fmt: skip
AUSTRIA_LX = [
    100000, 99133, 98986, 98910, 98815, 98334, 97704, 97151, 96492, 95588, 94195, 91937, 88711,
    83845, 76377, 66225, 53803, 37441, 21134,
]  # fmt: skip
# UN (1982), Model Life Tables for Developing Countries, p. 34, male.
UN_MX = [
    0.23669, 0.04672, 0.00982, 0.00511, 0.00697, 0.01036, 0.01169, 0.01332, 0.01528, 0.01757,
    0.02092, 0.02517, 0.03225, 0.04241, 0.06056, 0.08574, 0.1184, 0.16226, 0.23745,
]  # fmt: skip

rates = st.lists(st.floats(1e-5, 1.5), min_size=19, max_size=19)


def test_preston_box_3_1_is_reproduced():
    table = life_table(ABRIDGED, AUSTRIA_DEATHS / AUSTRIA_PEOPLE, "m", ax=AUSTRIA_AX)
    assert table["lx"].round().to_list() == pytest.approx(AUSTRIA_LX, abs=1)
    assert table.ex.iloc[0] == pytest.approx(72.889, abs=0.001)
    assert table.ex.iloc[-1] == pytest.approx(5.247, abs=0.001)


def test_west_coefficients_give_the_printed_a_of_austria():
    table = life_table(ABRIDGED, AUSTRIA_DEATHS / AUSTRIA_PEOPLE, "m")
    assert table["ax"].iloc[:3].round(3).to_list() == [0.068, 1.626, 2.5]


def test_un_model_life_table_is_met_within_its_graduation():
    table = life_table(ABRIDGED, UN_MX, "m")
    assert table["ex"].iloc[:3].to_list() == pytest.approx([35.0, 42.901, 47.19], abs=0.02)


@pytest.mark.parametrize(
    ("sex", "infant", "expected"),
    [
        ("m", 0.2, (0.330, 1.352)),
        ("f", 0.2, (0.350, 1.361)),
        ("m", 0.01, (0.07184, 1.62284)),
        ("f", 0.01, (0.081, 1.50682)),
        ("b", 0.01, (0.07642, 1.56483)),
        ("b", 0.107, (0.340, 1.3565)),
    ],
)
def test_young_ages_follow_table_3_3(sex, infant, expected):
    table = life_table([0, 1, 5], [infant, 0.01, 0.02], sex)
    assert tuple(table["ax"].iloc[:2]) == pytest.approx(expected)


def test_single_years_use_west_for_infants_only():
    table = life_table([0, 1, 2, 3], [0.01, 0.005, 0.004, 0.1], "f")
    assert table["ax"].to_list() == pytest.approx([0.081, 0.5, 0.5, 10])


def test_equal_groups_of_five_use_half_the_width():
    assert life_table([0, 5, 10], [0.01, 0.01, 0.1], "m")["ax"].to_list() == [2.5, 2.5, 10]


def test_open_group_has_no_width_and_all_die_in_it():
    table = life_table(ABRIDGED, UN_MX, "m", radix=1)
    assert np.isnan(table["n"].iloc[-1])
    assert table["qx"].iloc[-1] == 1
    assert table["ax"].iloc[-1] == pytest.approx(1 / UN_MX[-1])
    assert table["Lx"].iloc[-1] == pytest.approx(table["lx"].iloc[-1] / UN_MX[-1])


def test_shape_is_age_by_nine_columns():
    table = life_table(ABRIDGED, UN_MX, "m")
    assert table.index.name == "age"
    assert table.index.to_list() == ABRIDGED
    assert table.columns.to_list() == ["n", "mx", "ax", "qx", "lx", "dx", "Lx", "Tx", "ex"]


def test_missing_given_a_falls_back_on_the_formula():
    table = life_table([0, 1, 5], [0.01, 0.01, 0.1], "m", ax=[0.2, np.nan, np.nan])
    assert table["ax"].to_list() == pytest.approx([0.2, 1.62284, 10])


@given(rates, st.sampled_from("fmb"))
def test_person_years_add_up_and_survivors_never_increase(mx, sex):
    table = life_table(ABRIDGED, mx, sex)
    assert table["Lx"].sum() == pytest.approx(table["Tx"].iloc[0])
    assert (np.diff(table["lx"]) <= 0).all()
    assert table["qx"].between(0, 1).all()
    assert table["dx"].sum() == pytest.approx(100000)


@given(st.lists(st.floats(1e-4, 0.3), min_size=19, max_size=19), st.sampled_from("fmb"))
def test_deaths_by_person_years_give_the_rates_back(mx, sex):
    table = life_table(ABRIDGED, mx, sex)
    assert (table["dx"] / table["Lx"]).to_list() == pytest.approx(mx)


@given(st.floats(0.01, 0.2), st.integers(1, 40))
def test_expectation_at_a_constant_rate_is_near_its_inverse(rate, count):
    table = life_table(range(5, 5 + count), [rate] * count, "b")
    assert table.ex.iloc[0] == pytest.approx(1 / rate, rel=0.01)


@given(rates, st.floats(1, 1e6))
def test_radix_scales_people_and_leaves_expectations(mx, radix):
    table, scaled = life_table(ABRIDGED, mx, "f"), life_table(ABRIDGED, mx, "f", radix=radix)
    assert scaled["ex"].to_list() == pytest.approx(table["ex"].to_list(), nan_ok=True)
    assert scaled["lx"].iloc[0] == radix


def test_missing_rate_makes_what_follows_unknown():
    mx = [0.01, 0.01, np.nan, 0.02, 0.1]
    table = life_table([0, 1, 5, 10, 15], mx, "m")
    assert table["lx"].isna().to_list() == [False, False, False, True, True]
    assert table["ex"].isna().all()


def test_missing_rate_of_the_open_group_leaves_its_deaths_unknown():
    last = life_table([0, 1, 5], [0.01, 0.01, np.nan], "m").iloc[-1]
    assert last[["ax", "qx", "dx", "Lx"]].isna().all()
    assert last["lx"] > 0


def test_no_deaths_in_the_open_group_is_not_computable():
    assert life_table([0, 1, 5], [0.01, 0.01, 0], "m")["ex"].isna().all()


@pytest.mark.parametrize(
    ("arguments", "label"),
    [
        (([0, 5, 5], [0.1] * 3, "f"), "5"),
        (([0, 5, 3], [0.1] * 3, "f"), "3"),
        (([0, 5, "10+"], [0.1] * 3, "f"), r"10\+"),
        (([0, 5, 10], [0.1] * 2, "f"), "age 10"),
        (([0, 5, 10], [0.1, -0.1, 0.1], "f"), "5"),
        (([0, 5, 10], [0.1] * 3, "x"), "'x'"),
        (([0, 5, 10], [0.1] * 3, "f", [1, 6, 1]), "ax.*5"),
        (([0, 5, 10], [0.1] * 3, "f", [1, 1]), "ax"),
        (([0, 5, 10], [0.1] * 3, "f", None, 0), "radix"),
    ],
)
def test_wrong_input_is_refused_with_its_label(arguments, label):
    with pytest.raises(ValueError, match=label):
        life_table(*arguments)


def test_series_by_age_is_matched_by_age():
    mx = pd.Series({5: 0.02, 0: 0.01, 10: 0.1})
    assert life_table([0, 5, 10], mx, "f")["mx"].to_list() == [0.01, 0.02, 0.1]


def test_examples_in_the_docstrings_hold():
    assert doctest.testmod(module).failed == 0
