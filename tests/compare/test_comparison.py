"""Figures of the panel, the year they are compared in, their order and what is not shown."""

from __future__ import annotations

import pandas as pd

from sedp_helpers.catalog.load import load_catalog
from sedp_helpers.compare.figures import (
    Measure,
    calc_figures,
    choose_years,
    tabulate_level,
    take_level,
)
from sedp_helpers.compare.level_rows import hide_outliers
from sedp_helpers.compare.ranks import rank_members, share_group
from sedp_helpers.compare.results import compute_district
from tests.compare.district_case import NAMES, make_data, make_panel, pick

CATALOG = load_catalog()
COVERAGE = Measure("services.coverage_pct", "water")


def test_a_share_is_computed_as_in_the_municipality_s_own_report() -> None:
    panel = make_panel(("a",))
    row = calc_figures(panel, CATALOG, [COVERAGE]).query("year == 2024").iloc[0]
    served = panel.query("indicator == 'services.residents_served' and item == 'water'"
                         " and year == 2024")["value"].iloc[0]
    assert row["value"] == 100 * served / 1000


def test_a_missing_input_gives_no_figure_and_never_a_zero() -> None:
    panel = make_panel(("a", "b"))
    panel = panel[~((panel["unit"] == "b") & (panel["indicator"] == "population.total"))]
    figures = calc_figures(panel, CATALOG, [COVERAGE])
    assert set(figures["unit"]) == {"a"} and (figures["value"] > 0).all()


def test_a_rate_of_fewer_than_five_people_of_a_category_is_not_shown() -> None:
    panel = make_panel(("a", "b"))
    few = panel[panel["indicator"] == "population.poor"].assign(
        indicator="inclusion.vulnerable", item="disability")
    few["value"] = few["unit"].map({"a": 3.0, "b": 50.0})
    measure = Measure("inclusion.vulnerable_pct", "disability")
    figures = calc_figures(pd.concat([panel, few]), CATALOG, [measure])
    assert set(figures["unit"]) == {"b"}


def test_members_are_compared_in_one_year_that_most_of_them_have() -> None:
    frame = pd.DataFrame({"unit": list("abc"), "indicator": "m", "item": "",
                          "year": [2023, 2023, 2024], "value": [1.0, 2.0, 3.0], "status": "A"})
    assert choose_years(frame, 2024)["m", ""] == 2023
    level = take_level(frame, 2024)
    assert sorted(level["unit"]) == ["a", "b"]
    assert tabulate_level(level, "abc").loc["c"].isna().all()


def test_figures_older_than_three_years_are_not_compared() -> None:
    old = pd.DataFrame({"year": [2019, 2020], "indicator": "m", "item": ""})
    assert choose_years(old, 2024).empty and take_level(old, 2024).empty


def test_a_member_with_few_figures_has_no_rank_and_two_members_no_order() -> None:
    table = pd.DataFrame({"m": [1.0, 2, 3, None], "n": [1.0, 2, 3, None], "o": [1.0, 2, 3, 9]},
                         index=list("abcd"))
    ranks = rank_members(table, {"m": 1, "n": 1, "o": 1}, draws=50)
    assert list(ranks.index) == ["a", "b", "c"] and ranks.loc["c", "rank"] == 1
    assert rank_members(table.head(2), {"m": 1}).empty
    assert rank_members(table, {}).empty


def test_less_is_better_turns_the_order() -> None:
    table = pd.DataFrame({"m": [1.0, 2.0, 3.0]}, index=list("abc"))
    assert rank_members(table, {"m": -1}, draws=50).loc["a", "rank"] == 1


def test_groups_hold_every_ranked_member_once() -> None:
    ranks = rank_members(pd.DataFrame({"m": [1.0, 5, 9, 20], "n": [1.0, 5, 9, 20]},
                                      index=list("abcd")), {"m": 1, "n": 1}, draws=50)
    grouped = [unit for units in share_group(ranks).values() for unit in units]
    assert grouped == ["d", "c", "b", "a"]


def test_a_figure_to_be_confirmed_orders_nobody() -> None:
    table = pd.DataFrame({"m": [10.0, 11, 12, 10, 900]}, index=list("abcde"))
    assert hide_outliers(table)["m"].isna().tolist() == [False] * 4 + [True]
    assert table.loc["e", "m"] == 900


def test_the_same_data_give_the_same_rows() -> None:
    first, second = compute_district(make_data()), compute_district(make_data())
    pd.testing.assert_frame_equal(first, second)
    key = ["result", "year", "sex", "age", "village", "item", "method"]
    assert not first.duplicated(key).any()


def test_the_median_of_some_names_who_is_missing() -> None:
    rows = pick(compute_district(make_data(present=NAMES[:5])), "services.coverage_pct.median",
                item="water")
    assert rows["missing"].tolist() == ["f;g;h"]


def test_without_a_panel_nothing_is_compared_and_nothing_fails() -> None:
    frame = compute_district(make_data(panel=False))
    assert not frame["result"].str.endswith(".median").any()
    assert pick(frame, "population.total", method="sum")["value"].isna().all()
    assert pick(frame, "district.present")["value"].tolist() == [0.0]
