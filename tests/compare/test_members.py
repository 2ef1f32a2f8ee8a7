"""Gaps, oddities, lateness, needs, neighbours, fund and food: nothing missing becomes a number."""

from __future__ import annotations

from datetime import date
from math import isnan, nan

import pandas as pd
import pytest

from sedp_helpers.compare.food import calc_balance
from sedp_helpers.compare.fund import calc_fund, calc_trend
from sedp_helpers.compare.gaps import calc_village_rates, find_gap, find_outliers
from sedp_helpers.compare.joint_services import find_centre, find_pairs, measure_distance
from sedp_helpers.compare.lateness import count_overdue, judge_day, list_steps
from sedp_helpers.compare.needs import list_needs, list_passed_up

TODAY = date(2025, 9, 1)


def observe(*rows: tuple[str, str, float, str]) -> pd.DataFrame:
    return pd.DataFrame([{"indicator": name, "village": village, "value": value, "item": item,
                          "year": 2024, "sex": "", "age": ""}
                         for name, village, value, item in rows])


def test_a_gap_is_told_between_the_lowest_and_highest_village() -> None:
    frame = observe(("population.total", "v1", 100, ""), ("population.total", "v2", 200, ""),
                    ("population.total", "v3", 4, ""),
                    ("services.residents_served", "v1", 40, "water"),
                    ("services.residents_served", "v2", 180, "water"),
                    ("services.residents_served", "v3", 0, "water"))
    rates = calc_village_rates(frame, "services.residents_served", "population.total",
                               item="water")
    assert "v3" not in set(rates["village"]), "fewer than five people have no rate"
    gap = find_gap("a", "m", rates, ["v1", "v2", "v3"], 2024)
    assert gap is not None
    assert (gap.low_village, gap.high_village, gap.gap, gap.have, gap.of) == ("v1", "v2", 50, 2, 3)


def test_one_village_or_none_has_no_gap() -> None:
    rates = pd.DataFrame({"village": ["v1"], "year": [2024], "value": [5.0]})
    assert find_gap("a", "m", rates, ["v1"], 2024) is None


def test_a_figure_far_from_the_rest_is_found_and_an_alike_one_is_not() -> None:
    odd = pd.DataFrame({"m": [10.0, 11, 12, 10, 900], "n": [10.0, 10.1, 10, 10.1, 10.4]},
                       index=list("abcde"))
    assert [(unit, measure) for unit, measure, _ in find_outliers(odd)] == [("e", "m")]
    assert list(find_outliers(odd.head(4))) == []


def test_late_is_measured_in_days_and_nothing_unknown_is_late() -> None:
    due = date(2025, 5, 20)
    assert judge_day("a", "s", date(2025, 5, 25), due, TODAY, known=True).days == 5
    assert judge_day("a", "s", date(2025, 5, 14), due, TODAY, known=True).state == "done"
    assert judge_day("a", "s", None, due, date(2025, 5, 1), known=True).state == "open"
    assert judge_day("a", "s", None, due, TODAY, known=False).state == "unknown"
    states = {s.step: s.state for s in list_steps("a", {}, drafting=2025, as_of=TODAY)}
    assert set(states.values()) == {"unknown"} and len(states) == 5


def test_a_request_is_late_only_after_its_own_day() -> None:
    asked = pd.DataFrame([{"due": "2025-08-22", "answered": ""},
                          {"due": "2025-12-01", "answered": ""},
                          {"due": "2025-01-01", "answered": "2025-02-01"}])
    step = count_overdue("a", "requests", asked, "due", "answered", TODAY)
    assert (step.state, step.days, step.number) == ("late", 10.0, 1)
    early = count_overdue("a", "requests", asked.iloc[[1]], "due", "answered", TODAY)
    assert early.state == "open"


def test_a_measure_is_late_when_its_year_is_over_and_work_was_seen_unfinished() -> None:
    plan = pd.DataFrame([{"id": "m1", "end": "2024"}, {"id": "m2", "end": "2024"},
                         {"id": "m3", "end": "2027"}])
    seen = pd.DataFrame([{"measure": "m1", "date": "2024-12-01", "progress_pct": 60.0},
                         {"measure": "m3", "date": "2024-12-01", "progress_pct": 10.0}])
    step = list(list_steps("a", {"plan": plan, "monitoring": seen}, drafting=2025,
                           as_of=TODAY))[-1]
    assert (step.state, step.number) == ("late", 1)


def test_needs_fall_in_equal_parts_on_the_years_and_unclear_ones_are_counted() -> None:
    plan = pd.DataFrame([{"id": "m1", "start": "2026", "end": "2027", "cost": 100.0},
                         {"id": "m2", "start": "2026", "end": "2026", "cost": nan},
                         {"id": "m3", "start": "", "end": "", "cost": 10.0}])
    funding = pd.DataFrame([{"measure": "m1", "year": 2026, "source": "local_budget",
                             "amount": 80.0},
                            {"measure": "m1", "year": 2027, "source": "unfunded",
                             "amount": 50.0}])
    needs, unclear = list_needs(plan, funding)
    assert unclear == 2
    assert [(n.year, n.cost, n.open) for n in needs] == [(2026, 50.0, 0.0), (2027, 50.0, 50.0)]


def test_problems_beyond_the_municipality_are_passed_up_and_its_own_are_not() -> None:
    problems = pd.DataFrame([{"id": p, "problem": p, "votes": 1} for p in ("p1", "p2", "p3")])
    causes = pd.DataFrame([{"problem": "p1", "solvable_by": "own"},
                           {"problem": "p2", "solvable_by": "help"},
                           {"problem": "p2", "solvable_by": "no"}])
    passed = list_passed_up(problems, causes)
    assert passed[["id", "kind"]].values.tolist() == [["p2", "no"]]
    assert list_passed_up(problems, pd.DataFrame()).empty


LIMITS = {"within_km": 20, "coverage_below_pct": 60, "recovery_below_pct": 60}


def level(**values: float) -> pd.DataFrame:
    return pd.DataFrame([{"unit": unit, "indicator": "services.coverage_pct", "item": "waste",
                          "value": value} for unit, value in values.items()])


def test_neighbours_short_of_the_same_service_are_a_pair_and_distant_ones_are_not() -> None:
    centres = {"a": (42.0, 74.0), "b": (42.1, 74.0), "c": (43.0, 74.0)}
    found = find_pairs(level(a=40, b=50, c=30), centres, {"a": 1000.0, "b": 500.0}, LIMITS)
    assert [(p.first, p.second, p.service, p.residents) for p in found] == [
        ("a", "b", "waste", 1500.0)]
    assert 11 < found[0].distance_km < 11.3


def test_a_neighbour_without_the_figure_is_not_short_of_the_service() -> None:
    centres = {"a": (42.0, 74.0), "b": (42.1, 74.0)}
    assert find_pairs(level(a=40), centres, {}, LIMITS) == []
    assert find_pairs(level(a=40, b=90), centres, {}, LIMITS) == []


def test_a_distance_has_no_direction_and_a_village_without_place_no_centre() -> None:
    there, here = (42.0, 74.0), (41.0, 75.0)
    assert measure_distance(there, here) == pytest.approx(measure_distance(here, there))
    assert find_centre(pd.DataFrame({"lat": [nan], "lon": [nan]})) is None
    assert find_centre(None) is None


def test_the_fund_holds_its_own_source_only_and_a_missing_sum_stays_missing() -> None:
    register = pd.DataFrame([
        {"year": 2023.0, "source": "district_fund", "direction": "social", "planned": 10.0,
         "spent": 8.0},
        {"year": 2024.0, "source": "district_fund", "direction": "social", "planned": 10.0,
         "spent": 10.0},
        {"year": 2024.0, "source": "republican", "direction": "social", "planned": 99.0,
         "spent": 99.0},
        {"year": 2025.0, "source": "district_fund", "direction": "social", "planned": 20.0,
         "spent": nan}])
    trend = calc_trend(calc_fund(register)).set_index("year")
    assert trend.loc[2024, "spent"] == 10 and trend.loc[2024, "change_pct"] == 25
    assert isnan(trend.loc[2025, "spent"]) and isnan(trend.loc[2025, "execution_pct"])
    assert isnan(trend.loc[2023, "change_pct"])
    assert calc_fund(pd.DataFrame()).empty


def test_a_gap_of_years_gives_no_change() -> None:
    register = pd.DataFrame([{"year": year, "source": "district_fund", "direction": "social",
                              "planned": 1.0, "spent": 1.0} for year in (2020.0, 2024.0)])
    assert calc_trend(calc_fund(register))["change_pct"].isna().all()


def test_a_food_with_an_unknown_side_has_no_balance() -> None:
    register = pd.DataFrame([{"product": "wheat", "year": 2024, "produced_t": nan, "needed_t": 5,
                              "imported_t": 1},
                             {"product": "sugar", "year": 2024, "produced_t": 0, "needed_t": 0,
                              "imported_t": 0}])
    balance = calc_balance(register)
    assert balance.loc[0, ["balance_t", "self_pct", "covered_pct"]].isna().all()
    assert balance.loc[1, "balance_t"] == 0 and isnan(balance.loc[1, "self_pct"])
