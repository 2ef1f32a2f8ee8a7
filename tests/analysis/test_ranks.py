"""Ranks with their uncertainty."""

import doctest
import time

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sedp_helpers.analysis import rank_with_uncertainty, ranks, standardise

TABLE = pd.DataFrame(
    {"water": [90, 70, 50, 10], "roads": [60, 80, 30, 20], "waste": [5, 4, 9, 1]},
    index=["a", "b", "c", "d"],
    dtype=float,
)
cells = st.one_of(st.none(), st.integers(-50, 50))
tables = st.lists(st.tuples(cells, cells, cells), min_size=1, max_size=10).map(
    lambda rows: pd.DataFrame(rows, columns=list("xyz"), dtype=float)
)
few = settings(max_examples=40, deadline=None)


def test_score_is_the_weighted_mean_of_robust_z():
    column = TABLE["water"]
    mad = (column - column.median()).abs().median()
    expected = (column - column.median()) / (1.4826 * mad)
    scores = rank_with_uncertainty(TABLE[["water"]])["score"]
    assert scores.to_list() == pytest.approx(expected.to_list())
    weights = {"water": 3, "roads": 1, "waste": 0}
    parts = [rank_with_uncertainty(TABLE[[name]])["score"] for name in ("water", "roads")]
    mixed = rank_with_uncertainty(TABLE, weights)["score"]
    assert mixed.to_list() == pytest.approx((0.75 * parts[0] + 0.25 * parts[1]).to_list())


def test_standard_deviation_replaces_a_mad_of_zero():
    column = pd.DataFrame({"x": [1.0, 1, 1, 5]})
    scores = rank_with_uncertainty(column)["score"]
    assert scores.to_list() == pytest.approx([0, 0, 0, 4 / column["x"].std()])


def test_constant_column_says_nothing():
    ranked = rank_with_uncertainty(pd.DataFrame({"x": [3.0, 3, 3]}, index=list("abc")))
    assert ranked["score"].to_list() == [0, 0, 0]
    assert ranked["rank"].to_list() == [1, 1, 1]
    assert ranked["group"].to_list() == [1, 1, 1]


def test_missing_cell_is_left_out_and_the_other_weights_are_rescaled():
    holed = TABLE.copy()
    holed.loc["d", "waste"] = np.nan
    weights = {"water": 0.2, "roads": 0.3, "waste": 0.5}
    score = rank_with_uncertainty(holed, weights).loc["d", "score"]
    by_column = [
        rank_with_uncertainty(TABLE[[name]]).loc["d", "score"] for name in ("water", "roads")
    ]
    assert score == pytest.approx((0.2 * by_column[0] + 0.3 * by_column[1]) / 0.5)


def test_unit_without_any_value_gets_no_rank_and_takes_none():
    holed = TABLE.copy()
    holed.loc["b"] = np.nan
    ranked = rank_with_uncertainty(holed)
    assert ranked.loc["b"].isna().all()
    assert sorted(ranked["rank"].dropna()) == [1, 2, 3]


def test_direction_minus_one_turns_the_ranking_round():
    column = TABLE[["water"]]
    turned = rank_with_uncertainty(column, directions={"water": -1})
    assert turned["rank"].to_list() == [4, 3, 2, 1]
    assert turned["rank_low"].to_list() == [4, 3, 2, 1]


def test_ties_share_the_smaller_rank():
    ranked = rank_with_uncertainty(pd.DataFrame({"x": [5.0, 9, 5, 1]}))
    assert ranked["rank"].to_list() == [2, 1, 2, 4]


def test_unit_best_in_everything_is_first_in_every_draw():
    ranked = rank_with_uncertainty(TABLE.assign(roads=[85, 80, 30, 20], waste=[9.5, 4, 9, 1]))
    assert ranked.loc["a", ["rank", "rank_low", "rank_high", "group"]].to_list() == [1, 1, 1, 1]
    assert ranked.loc["d", ["rank_low", "rank_high"]].to_list() == [4, 4]


def test_groups_open_where_the_interval_leaves_that_of_the_first():
    ranks_given = np.array([1.0, 2, 3, 4, np.nan])
    low, high = np.array([1.0, 1, 3, 3, np.nan]), np.array([2.0, 3, 4, 4, np.nan])
    groups = ranks._group(ranks_given, low, high)
    assert groups[:4].tolist() == [1, 1, 2, 2]
    assert np.isnan(groups[4])
    # The third touches the second but not the first of the group, and that one decides.
    assert ranks._group(*np.array([[1.0, 2, 3], [1, 2, 3], [2, 3, 4]])).tolist() == [1, 1, 2]


def test_same_seed_gives_the_same_and_another_seed_another_result():
    wide = pd.DataFrame(np.random.default_rng(5).normal(size=(30, 6)))
    once, again, other = (rank_with_uncertainty(wide, seed=seed) for seed in (1, 1, 2))
    pd.testing.assert_frame_equal(once, again)
    assert not once.equals(other)
    assert once[["score", "rank"]].equals(other[["score", "rank"]])


def test_drawn_weights_have_the_given_mean_and_concentration():
    # A share of Dirichlet(10·k·w) has the standard deviation √(w(1−w)/(10k+1)).
    mean = np.array([0.25, 0.75, 0])
    drawn = ranks._draw_weights(mean, 20000, np.random.default_rng(0))
    assert drawn.sum(axis=1) == pytest.approx(1)
    assert drawn.mean(axis=0) == pytest.approx(mean, abs=0.005)
    assert drawn[:, 0].std() == pytest.approx(np.sqrt(0.25 * 0.75 / 31), rel=0.03)
    assert not drawn[:, 2].any()


def test_interval_is_the_10th_to_the_90th_percentile_of_the_drawn_ranks():
    wide = pd.DataFrame(np.random.default_rng(5).normal(size=(30, 4)))
    drawn = ranks._draw_ranks(wide.to_numpy(), np.full(4, 0.25), np.ones(4), np.zeros(4), 1000, 0)
    ranked = rank_with_uncertainty(wide)
    assert ranked["rank_low"].to_list() == np.percentile(drawn, 10, axis=0).tolist()
    assert ranked["rank_high"].to_list() == np.percentile(drawn, 90, axis=0).tolist()


def test_lead_that_rests_on_one_normalisation_is_shown_as_unsure():
    # By robust z the outlier of x outweighs everything, by ranks x and y cancel out.
    table = pd.DataFrame({"x": [0.0, 1, 2, 3, 100], "y": [4.0, 3, 2, 1, 0]})
    ranked = rank_with_uncertainty(table)
    assert ranked.loc[4, "rank"] == 1
    assert ranked.loc[4, "rank_high"] > 1


def test_noise_widens_the_intervals():
    wide = pd.DataFrame(np.random.default_rng(5).normal(100, 10, size=(30, 4)))
    widths = [
        (ranked["rank_high"] - ranked["rank_low"]).mean()
        for ranked in (rank_with_uncertainty(wide, noise=noise) for noise in (None, 0.1, 0.5))
    ]
    assert widths[0] < widths[1] < widths[2]


def test_noise_may_differ_by_column_and_leaves_a_zero_alone():
    zeros = pd.DataFrame({"x": [0.0, 0, 0], "y": [3.0, 2, 1]})
    assert rank_with_uncertainty(zeros, noise={"x": 0.9})["rank_high"].to_list() == [1, 2, 3]


@few
@given(tables, st.randoms())
def test_ranking_does_not_depend_on_the_order_of_the_units(table, random):
    order = random.sample(list(table.index), len(table))
    plain = rank_with_uncertainty(table, draws=50)
    turned = rank_with_uncertainty(table.loc[order], draws=50)
    pd.testing.assert_frame_equal(turned.loc[table.index], plain)


@few
@given(tables)
def test_units_of_measure_do_not_matter(table):
    scaled = table * [1000, 0.5, 7] + [5, 0, -3]
    plain, other = (rank_with_uncertainty(each, draws=50) for each in (table, scaled))
    assert plain["rank"].equals(other["rank"])
    assert np.allclose(plain["score"], other["score"], equal_nan=True)


@few
@given(tables, st.sampled_from([None, 0.2]))
def test_intervals_lie_inside_the_ranking_and_groups_go_down_it(table, noise):
    ranked = rank_with_uncertainty(table, draws=50, noise=noise).dropna()
    assert (ranked["rank_low"] <= ranked["rank_high"]).all()
    assert ranked["rank_low"].between(1, len(table)).all()
    assert ranked.sort_values(["rank", "rank_low", "rank_high"])["group"].is_monotonic_increasing
    assert ranked.empty or ranked["group"].min() == 1


def test_index_is_kept_and_the_input_stays_as_it_was():
    before = TABLE.copy()
    ranked = rank_with_uncertainty(TABLE, noise=0.1)
    assert ranked.index.equals(TABLE.index)
    assert ranked.columns.to_list() == ["score", "rank", "rank_low", "rank_high", "group"]
    pd.testing.assert_frame_equal(TABLE, before)


@pytest.mark.parametrize(
    ("arguments", "label"),
    [
        ({"weights": {"water": 1}}, "roads"),
        ({"weights": {"water": 1, "roads": 1, "waste": 1, "light": 1}}, "light"),
        ({"weights": {"water": 1, "roads": -1, "waste": 1}}, "roads"),
        ({"weights": {"water": 0, "roads": 0, "waste": 0}}, "weights"),
        ({"directions": {"light": 1}}, "light"),
        ({"directions": {"water": 2}}, "water"),
        ({"noise": {"light": 0.1}}, "light"),
        ({"noise": -0.1}, "water"),
        ({"draws": 0}, "draws"),
        ({"table": TABLE.assign(name="x")}, "name"),
        ({"table": TABLE[[]]}, "columns"),
    ],
)
def test_wrong_request_is_refused_with_its_label(arguments, label):
    with pytest.raises(ValueError, match=label):
        rank_with_uncertainty(**({"table": TABLE} | arguments))


def test_264_units_by_20_indicators_and_1000_draws_take_less_than_a_second():
    rng = np.random.default_rng(0)
    table = pd.DataFrame(rng.normal(50, 10, (264, 20))).mask(rng.random((264, 20)) < 0.1)
    start = time.process_time()
    rank_with_uncertainty(table)
    assert time.process_time() - start < 1


@pytest.mark.parametrize("module", [ranks, standardise])
def test_examples_in_the_docstrings_hold(module):
    assert doctest.testmod(module).failed == 0
