"""Concentration and inequality against printed figures and their identities."""

import doctest

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sedp_helpers.analysis import gini, hhi, theil
from sedp_helpers.analysis import inequality as module

amounts = st.lists(st.floats(0, 1e6), min_size=2, max_size=25).filter(lambda x: max(x) > 1e-3)
DOERSAM = [20, 50, 20, 10]
# The ten incomes of the examples of the R package «ineq» (Zeileis).
INCOMES = [541, 1463, 2445, 3438, 4437, 5401, 6392, 8304, 11904, 22261]


def test_doersam_2004_figures_are_reproduced():
    assert hhi(DOERSAM) == pytest.approx(0.34)
    assert gini(DOERSAM) == pytest.approx(0.3)
    assert gini(DOERSAM, corrected=True) == pytest.approx(0.4)


def test_gini_of_the_ten_incomes_is_the_printed_one():
    assert gini(INCOMES) == pytest.approx(0.4620911, abs=5e-8)


def test_gini_is_the_mean_difference_of_all_pairs():
    values = np.array(INCOMES, dtype=float)
    pairs = np.abs(values[:, None] - values[None]).sum()
    assert gini(values) == pytest.approx(pairs / (2 * len(values) ** 2 * values.mean()))


def test_theil_is_the_mean_of_ratio_times_log():
    ratios = np.array([1, 2, 5]) / np.mean([1, 2, 5])
    assert theil([1, 2, 5]) == pytest.approx(np.mean(ratios * np.log(ratios)))


@pytest.mark.parametrize("measure", [hhi, gini, theil])
def test_all_zero_amounts_are_not_computable(measure):
    assert np.isnan(measure([0, 0, 0]))


@pytest.mark.parametrize("measure", [hhi, gini, theil])
@pytest.mark.parametrize("wrong", [-1, np.nan, None, np.inf, "x"])
def test_negative_missing_or_textual_amount_is_refused_with_its_label(measure, wrong):
    with pytest.raises(ValueError, match="roads"):
        measure(pd.Series({"water": 5, "roads": wrong}, dtype=object))


@pytest.mark.parametrize("measure", [hhi, gini, theil])
def test_table_instead_of_a_list_is_refused(measure):
    with pytest.raises(ValueError, match="one dimension"):
        measure([[1, 2], [3, 4]])


def test_one_holder_of_all_is_the_upper_end():
    x = [0, 0, 0, 7]
    assert (hhi(x), gini(x), gini(x, corrected=True)) == (1, 0.75, 1)
    assert theil(x) == pytest.approx(np.log(4))


def test_single_amount_has_no_corrected_gini():
    assert gini([5]) == 0
    assert np.isnan(gini([5], corrected=True))


@given(amounts)
def test_measures_stay_inside_their_limits(x):
    assert 1 / len(x) - 1e-9 <= hhi(x) <= 1 + 1e-9
    assert 0 <= gini(x) < 1
    assert 0 <= gini(x, corrected=True) <= 1 + 1e-9
    assert -1e-9 <= theil(x) <= np.log(len(x)) + 1e-9


@given(amounts, st.randoms())
def test_measures_do_not_depend_on_the_order(x, random):
    shuffled = random.sample(x, len(x))
    for measure in (hhi, gini, theil):
        assert measure(shuffled) == pytest.approx(measure(x), abs=1e-9)


@given(amounts)
def test_doubling_everyone_changes_gini_and_theil_not_and_halves_hhi(x):
    assert gini(x + x) == pytest.approx(gini(x), abs=1e-9)
    assert theil(x + x) == pytest.approx(theil(x), abs=1e-9)
    assert hhi(x + x) == pytest.approx(hhi(x) / 2)


@given(amounts, st.floats(1e-3, 1e3))
def test_measures_do_not_depend_on_the_unit_of_measure(x, factor):
    for measure in (hhi, gini, theil):
        assert measure([value * factor for value in x]) == pytest.approx(measure(x), abs=1e-9)


@given(st.floats(1e-3, 1e6), st.integers(2, 30))
def test_equal_amounts_show_no_inequality(amount, count):
    x = [amount] * count
    assert gini(x) == 0
    assert theil(x) == pytest.approx(0, abs=1e-12)
    assert hhi(x) == pytest.approx(1 / count)


def test_very_large_amounts_do_not_overflow():
    assert hhi([1e308, 1e308]) == pytest.approx(0.5)


def test_examples_in_the_docstrings_hold():
    assert doctest.testmod(module).failed == 0
