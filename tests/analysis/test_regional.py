"""Location quotient and shift-share against printed figures and their identities."""

import doctest

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sedp_helpers.analysis import location_quotient, shift_share
from sedp_helpers.analysis import regional as module

SECTORS = ["a", "b", "c", "d"]
# Farhauer & Kröll (2013), region A.
REGION_0, REGION_1 = pd.Series([90, 20, 10, 60], SECTORS), pd.Series([100, 40, 10, 55], SECTORS)
NATION_0 = pd.Series([400, 150, 150, 400], SECTORS)
NATION_1 = pd.Series([440, 210, 135, 480], SECTORS)

numbers = st.integers(0, 10**6)
positive = st.integers(1, 10**6)
columns = st.integers(1, 8).flatmap(
    lambda n: st.tuples(
        *(st.lists(s, min_size=n, max_size=n) for s in (numbers, numbers, positive, numbers))
    )
)


def test_farhauer_kroell_2013_components_are_reproduced():
    total = shift_share(REGION_0, REGION_1, NATION_0, NATION_1).loc["total"]
    assert total.to_dict() == pytest.approx({"change": 25, "national": 27, "mix": 1, "local": -3})


def test_shift_share_keeps_the_sectors_and_adds_the_total_row():
    parts = shift_share(REGION_0, REGION_1, NATION_0, NATION_1)
    assert parts.index.to_list() == [*SECTORS, "total"]
    assert parts.columns.to_list() == ["change", "national", "mix", "local"]


def test_series_are_matched_by_sector_and_not_by_place():
    turned = shift_share(REGION_0, REGION_1.iloc[::-1], NATION_0.iloc[[2, 0, 1, 3]], NATION_1)
    pd.testing.assert_frame_equal(turned, shift_share(REGION_0, REGION_1, NATION_0, NATION_1))


@given(columns)
def test_components_add_up_to_the_change_in_every_row(values):
    index = [f"s{i}" for i in range(len(values[0]))]
    parts = shift_share(*(pd.Series(column, index) for column in values))
    sums = parts[["national", "mix", "local"]].sum(axis=1)
    scale = 1 + parts.abs().sum(axis=1)
    assert (np.abs(sums - parts["change"]) <= 1e-9 * scale).all()


@given(columns)
def test_total_is_the_sum_of_the_sectors(values):
    index = [f"s{i}" for i in range(len(values[0]))]
    parts = shift_share(*(pd.Series(column, index) for column in values))
    sums, total = parts.drop("total").sum(), parts.loc["total"]
    assert np.allclose(sums, total, rtol=1e-9, atol=1e-6 * (1 + parts.abs().to_numpy().max()))


def test_place_that_grows_like_the_reference_has_no_local_part():
    parts = shift_share(NATION_0 / 10, NATION_1 / 10, NATION_0, NATION_1)
    assert parts["local"].to_list() == pytest.approx([0] * 5, abs=1e-12)


def test_new_sector_of_the_place_is_all_local():
    start = REGION_0.copy()
    start["b"] = 0
    row = shift_share(start, REGION_1, NATION_0, NATION_1).loc["b"]
    assert row.to_dict() == {"change": 40, "national": 0, "mix": 0, "local": 40}


def test_sector_new_in_the_reference_is_unknown_and_never_dropped():
    start = NATION_0.copy()
    start["b"] = 0
    parts = shift_share(REGION_0, REGION_1, start, NATION_1)
    assert parts.loc[["b", "total"], ["mix", "local"]].isna().all(axis=None)
    assert parts[["change", "national"]].notna().all(axis=None)
    assert parts.loc[["a", "c", "d"]].notna().all(axis=None)


def test_missing_value_makes_the_total_missing_and_not_smaller():
    end = REGION_1.astype(float)
    end["a"] = np.nan
    parts = shift_share(REGION_0, end, NATION_0, NATION_1)
    assert parts.loc[["a", "total"], ["change", "local"]].isna().all(axis=None)
    assert parts.loc["d", "change"] == -5


@pytest.mark.parametrize("position", range(4))
def test_sectors_that_differ_are_refused_by_name(position):
    given_series = [REGION_0, REGION_1, NATION_0, NATION_1]
    given_series[position] = given_series[position].rename({"d": "mining"})
    with pytest.raises(ValueError, match=r"'d'|'mining'"):
        shift_share(*given_series)


def test_sector_named_total_is_refused():
    series = pd.Series({"total": 1})
    with pytest.raises(ValueError, match="total"):
        shift_share(series, series, series, series)


def test_printed_location_quotient_is_reproduced():
    # Farhauer & Kröll (2013): 1714 of 79006 here, 879213 of 15593224 in the country.
    local = pd.Series({"one": 1714, "rest": 79006 - 1714})
    country = pd.Series({"one": 879213, "rest": 15593224 - 879213})
    assert location_quotient(local, country)["one"] == pytest.approx(0.3847623, abs=5e-8)


def test_quotient_is_missing_where_the_reference_is_zero_or_lacks_the_sector():
    quotient = location_quotient(
        pd.Series({"a": 5, "b": 5, "c": 0}), pd.Series({"c": 4, "a": 4, "x": 2, "b": 0})
    )
    assert quotient.index.to_list() == ["a", "b", "c"]
    assert quotient["a"] == pytest.approx(0.5 / 0.4)
    assert np.isnan(quotient["b"])
    assert quotient["c"] == 0
    assert np.isnan(location_quotient(REGION_0, NATION_0.drop("d"))["d"])


def test_missing_amount_is_not_a_share_of_zero():
    local = pd.Series({"a": 5.0, "b": np.nan})
    assert location_quotient(local, pd.Series({"a": 1, "b": 1})).isna().all()


def test_repeated_sector_is_refused_by_name():
    with pytest.raises(ValueError, match="'a'"):
        location_quotient(pd.Series([1, 2], ["a", "a"]), NATION_0)


@given(
    st.lists(st.tuples(numbers, positive), min_size=1, max_size=10).filter(
        lambda rows: sum(row[0] for row in rows) > 0
    )
)
def test_quotients_weighted_by_reference_shares_average_to_one(rows):
    local, reference = (pd.Series(list(column)) for column in zip(*rows, strict=True))
    quotient = location_quotient(local, reference)
    assert (quotient * reference / reference.sum()).sum() == pytest.approx(1)


def test_inputs_stay_as_they_were():
    before = [series.copy() for series in (REGION_0, NATION_0)]
    location_quotient(REGION_0, NATION_0)
    shift_share(REGION_0, REGION_1, NATION_0, NATION_1)
    for series, copy in zip((REGION_0, NATION_0), before, strict=True):
        pd.testing.assert_series_equal(series, copy)


def test_examples_in_the_docstrings_hold():
    assert doctest.testmod(module).failed == 0
