"""Peers by four models with reasons, and findings that say under which model they hold."""

from __future__ import annotations

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sedp_helpers.catalog.load import load_catalog
from sedp_helpers.compare.figures import calc_figures, list_wanted
from sedp_helpers.compare.peers import (
    TRAITS,
    classify_function,
    find_group,
    find_nearest,
    list_groups,
    tabulate_traits,
)
from sedp_helpers.compare.place import (
    NO_PANEL,
    PeerIndex,
    list_place_rows,
    list_unplaced_rows,
    make_index,
)
from sedp_helpers.compare.standing import Standing, judge, place_among
from sedp_helpers.errors import SedpError
from tests.compare.district_case import NAMES, make_panel

BOUNDS = load_catalog().read("district.yml")["functions"]
TABLE = pd.DataFrame({"people": [10.0, 11.0, 40.0, 12.0], "output": [5.0, 50.0, 6.0, None]},
                     index=list("abcd"))


def stand(side: int, model: str, measure: str = "m") -> Standing:
    return Standing(measure, model, 1.0, 1.0, 1.0, 1.0, 5, side)


def test_the_functional_type_follows_the_shares_and_unknown_stays_unknown() -> None:
    assert classify_function({"agriculture": 60.0, "trade": 40.0}, "aimak", BOUNDS) == "agrarian"
    assert classify_function({"industry": 30.0, "construction": 20.0}, "aimak",
                             BOUNDS) == "industrial"
    assert classify_function({"agriculture": 60.0}, "city", BOUNDS) == "town"
    assert classify_function({}, "aimak", BOUNDS) == ""


def test_an_official_group_needs_every_trait_and_never_holds_the_unit_itself() -> None:
    traits = tabulate_traits(make_panel())
    group = find_group(traits, "a", ["type", "mountain", "border"], "official")
    assert group.peers == NAMES[1:]
    assert group.reasons["b"] == ("type:aimak", "mountain:true", "border:false")
    unknown = traits.assign(border="")
    assert find_group(unknown, "a", ["type", "mountain", "border"], "official").peers == ()


def test_a_place_outside_the_panel_is_an_error_and_not_an_empty_group() -> None:
    with pytest.raises(SedpError):
        find_group(tabulate_traits(make_panel()), "nowhere", ["district"], "district")


def test_the_user_s_weights_decide_who_is_nearest_and_the_reason_is_said() -> None:
    by_people = find_nearest(TABLE, "a", {"people": 1.0}, 1)
    by_output = find_nearest(TABLE, "a", {"output": 1.0}, 1)
    assert (by_people.peers, by_output.peers) == (("b",), ("c",))
    assert by_output.reasons["c"] == ("output",)
    assert by_people.distances["b"] > 0


def test_a_neighbour_that_lacks_half_of_the_figures_is_none() -> None:
    thin = TABLE.assign(x=[1.0, 1.0, 1.0, None], y=[1.0, 2.0, 3.0, None])
    assert "d" not in find_nearest(thin, "a", None, 9).peers


def test_all_four_models_answer_and_each_unit_has_its_own() -> None:
    traits = tabulate_traits(make_panel())
    functions = pd.Series("mixed", index=traits.index)
    models = [g.model for g in list_groups(traits, functions, TABLE, "a", count=2)]
    assert models == ["district", "official", "functional", "nearest"]


@given(st.lists(st.floats(1, 1e6), min_size=4, max_size=30), st.floats(1, 1e6))
def test_a_value_is_never_above_and_below_and_the_median_is_always_in_the_middle(
    others: list[float], value: float
) -> None:
    placed = place_among(value, others)
    assert placed is not None
    median, low, high, side = placed
    assert low <= median <= high
    assert side == 0 or (side == 1 and value > high) or (side == -1 and value < low)
    again = place_among(median, others)
    assert again is not None and again[3] == 0


def test_too_few_peers_or_a_missing_value_give_no_place() -> None:
    assert place_among(5.0, [1.0, 2.0, 3.0]) is None
    assert place_among(float("nan"), [1.0, 2.0, 3.0, 4.0]) is None


def test_a_strength_holds_under_every_model_else_the_change_is_the_finding() -> None:
    strong = judge([stand(1, "district"), stand(1, "nearest")], {"m": 1})
    assert [(v.kind, v.holds, v.changes) for v in strong] == [
        ("strength", ("district", "nearest"), ())]
    mixed = judge([stand(1, "district"), stand(1, "official"), stand(0, "nearest")], {"m": 1})
    assert [(v.kind, v.holds, v.changes) for v in mixed] == [
        ("differs", ("district", "official"), ("nearest",))]


def test_less_is_better_turns_a_high_value_into_a_weakness() -> None:
    assert judge([stand(1, "a"), stand(1, "b")], {"m": -1})[0].kind == "weakness"


def test_one_model_alone_and_neutral_measures_give_no_verdict() -> None:
    assert judge([stand(1, "district")], {"m": 1}) == []
    assert judge([stand(1, "a"), stand(1, "b")], {}) == []


def index_of(panel: pd.DataFrame) -> tuple[PeerIndex, pd.DataFrame]:
    """The index of a panel, and its figures with the traits that the index needs."""
    catalog, settings = load_catalog(), load_catalog().read("district.yml")
    figures = calc_figures(panel, catalog, list_wanted(catalog, settings, ()))
    figures = figures.merge(panel.drop_duplicates("unit")[["unit", *TRAITS]], on="unit")
    return make_index(figures, catalog, settings, 2024), figures


def test_a_municipal_report_gets_medians_of_groups_and_no_neighbour_s_value() -> None:
    index, figures = index_of(make_panel())
    rows = list(list_place_rows(index, "a", figures[figures["unit"] == "a"]))
    medians = [r for r in rows if r.result.endswith(".peer_median")]
    assert medians and {r.method for r in medians} <= {"district", "official", "functional",
                                                       "nearest"}
    assert not [r for r in rows if r.method.startswith("member:")]
    assert list(list_place_rows(index, "nowhere", figures.head(0))) == []


def test_a_place_is_compared_by_the_figures_it_has_now_not_by_those_of_the_panel() -> None:
    index, figures = index_of(make_panel())
    own = figures[figures["unit"] == "a"]
    best = own.assign(value=own["value"].where(own["indicator"] != "services.collection_pct", 1e6))

    def side(frame: pd.DataFrame) -> set[float]:
        return {r.value for r in list_place_rows(index, "a", frame)
                if r.result == "services.cost_recovery_pct.peer_side" and r.item == "water"}

    high = own.assign(value=own["value"].where(own["indicator"] != "services.cost_recovery_pct",
                                               999.0))
    assert side(best) == side(own) != {1.0} and side(high) == {1.0}
    newcomer = list(list_place_rows(index, "new", high.assign(unit="new")))
    assert any(r.result.endswith(".peer_median") and r.value == r.value for r in newcomer)


def test_with_fewer_than_four_peers_or_without_a_panel_a_comparison_says_what_is_missing() -> None:
    index, figures = index_of(make_panel(("a", "b", "c")))
    own = figures[figures["unit"] == "a"]
    rows = list(list_place_rows(index, "a", own))
    medians = [r for r in rows if r.result.endswith(".peer_median")]
    assert medians and all(r.value != r.value and r.missing == "peers" for r in medians)
    alone = list_unplaced_rows(load_catalog(), load_catalog().read("district.yml"), own, 2024,
                               NO_PANEL)
    assert {(r.result, r.item) for r in alone} == {(r.result, r.item) for r in medians}
    assert {(r.status, r.missing) for r in alone} == {("O", "comparison_data")}
