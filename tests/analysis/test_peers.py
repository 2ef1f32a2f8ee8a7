"""Nearest neighbours among places."""

import doctest

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sedp_helpers.analysis import find_peers
from sedp_helpers.analysis import peers as module

TABLE = pd.DataFrame(
    {"people": [10, 11, 12, 40, np.nan], "altitude": [900, 2000, 950, 900, 900]},
    index=["at-bashy", "jalal", "kochkor", "osh", "talas"],
)


def test_nearest_places_come_first_and_the_place_itself_never():
    found = find_peers(TABLE, "at-bashy", count=10)
    assert "at-bashy" not in found.index
    assert found["distance"].is_monotonic_increasing
    assert found.index.to_list().index("kochkor") < found.index.to_list().index("osh")


def test_reasons_are_the_differences_by_column():
    found = find_peers(TABLE, "at-bashy")
    parts = found.loc["kochkor", ["people", "altitude"]].astype(float)
    assert found.loc["kochkor", "distance"] == pytest.approx(np.sqrt((parts**2).mean()))


def test_missing_value_is_left_out_and_shown_as_missing():
    found = find_peers(TABLE, "at-bashy")
    assert found.loc["talas", "compared"] == 1
    assert np.isnan(found.loc["talas", "people"])
    assert found.loc["talas", "distance"] == 0


def test_distance_over_fewer_columns_is_not_made_smaller_by_the_missing_ones():
    found = find_peers(TABLE.assign(altitude=[900, 2000, 950, 900, 1500]), "at-bashy")
    assert found.loc["talas", "distance"] == pytest.approx(found.loc["talas", "altitude"])
    assert found.loc["talas", "distance"] > 0


def test_place_with_nothing_in_common_is_no_peer():
    table = TABLE.assign(altitude=[900, 2000, 950, 900, np.nan])
    assert "talas" not in find_peers(table, "at-bashy", count=10).index


def test_weight_decides_what_counts():
    by_people = find_peers(TABLE, "at-bashy", weights={"people": 1, "altitude": 0}, count=1)
    by_altitude = find_peers(TABLE, "at-bashy", weights={"people": 0, "altitude": 1}, count=1)
    assert by_people.index.to_list() == ["jalal"]
    assert by_altitude.index.to_list() == ["osh"]


def test_count_limits_the_rows():
    assert len(find_peers(TABLE, "osh", count=2)) == 2


@given(st.lists(st.tuples(st.integers(-99, 99), st.integers(-99, 99)), min_size=2, max_size=12))
def test_distance_is_the_same_from_either_side(rows):
    table = pd.DataFrame(rows, columns=["a", "b"], dtype=float)
    there = find_peers(table, 0, count=20).loc[1, "distance"]
    assert find_peers(table, 1, count=20).loc[0, "distance"] == pytest.approx(there)


@pytest.mark.parametrize(
    ("arguments", "label"),
    [
        ({"unit": "naryn"}, "naryn"),
        ({"unit": "osh", "weights": {"people": 1}}, "altitude"),
        ({"unit": "osh", "weights": {"people": 1, "altitude": -1}}, "altitude"),
        ({"unit": "osh", "count": 0}, "count"),
    ],
)
def test_wrong_request_is_refused_with_its_label(arguments, label):
    with pytest.raises(ValueError, match=label):
        find_peers(TABLE, **arguments)


def test_examples_in_the_docstrings_hold():
    assert doctest.testmod(module).failed == 0
