"""Who was heard, votes by group, resources; monitoring by village, source and change."""

from __future__ import annotations

from datetime import date
from math import isnan

import pytest

from sedp_helpers.catalog.load import load_catalog
from sedp_helpers.compute.custom import compute_custom
from sedp_helpers.process.approval import find_state
from sedp_helpers.process.calendar import read_calendar

from .conftest import Judge, make_context


def results(judge: Judge, result: str) -> dict[tuple[str, ...], float]:
    """Values of a result by (village, sex, age, item), empty dims left out."""
    rows = compute_custom(make_context(judge.registers, judge.facts))
    return {tuple(filter(None, (row.village, row.sex, row.age, row.item))): row.value
            for row in rows if row.result == result}


def meeting(year: int, **cells: object) -> dict:
    return {"id": f"e{year}", "kind": "needs_session", "date": f"{year}-03-12", **cells}


def test_those_heard_are_held_against_the_residents_of_the_year(judge: Judge) -> None:
    judge.only(events=[meeting(2024, participants=10.0, women=9.0),
                       meeting(2025, participants=50.0, women=20.0, youth=12.0, vulnerable=3.0)])
    judge.facts = [("population.total", 2024, 1000.0, "")]
    heard = results(judge, "participation.heard_pct")
    assert (heard["women",], heard["youth",]) == (40.0, 24.0)
    assert isnan(heard["vulnerable",])  # three people are not given away
    assert not results(judge, "participation.residents_pct")  # no women, no ages known


def test_votes_are_added_by_sex_and_age_and_unknown_while_one_is_blank(judge: Judge) -> None:
    judge.only(problems=[
        {"id": "a", "votes": 30.0, "sex": "f", "age": "14-28"},
        {"id": "b", "votes": 12.0, "sex": "f", "age": "14-28"},
        {"id": "c", "votes": 7.0, "sex": "m", "age": "55+"},
        {"id": "d", "sex": "m", "age": "55+"}, {"id": "e", "votes": 99.0}])
    found = results(judge, "participation.group_votes")
    assert found["f", "14-28"] == 42.0
    assert isnan(found["m", "55+"])
    assert len(found) == 2


def test_resources_are_counted_by_kind_and_their_area_only_where_it_is_known(judge: Judge) -> None:
    judge.only(resources=[{"kind": "pasture", "area_ha": 640.0},
                          {"kind": "pasture", "area_ha": 60.0},
                          {"kind": "forest", "area_ha": 5.0}, {"kind": "forest"}])
    assert results(judge, "participation.resources") == {("pasture",): 2.0, ("forest",): 2.0}
    assert results(judge, "participation.resources_ha") == {("pasture",): 700.0}


@pytest.fixture
def plan(judge: Judge) -> Judge:
    judge.only(
        plan=[{"id": "m1", "village": "v1", "cost": 100.0}, {"id": "m2", "village": "v1",
              "cost": 300.0}, {"id": "m3", "village": "v2"}, {"id": "m4", "cost": 5.0}],
        funding=[{"measure": "m1", "source": "donor", "amount": 100.0, "confirmed": True},
                 {"measure": "m2", "source": "donor", "amount": 300.0, "confirmed": False},
                 {"measure": "m2", "source": "unfunded", "amount": 50.0}],
        monitoring=[
            {"measure": "m1", "date": "2026-03-31", "progress_pct": 30.0, "spent": 10.0},
            {"measure": "m1", "date": "2026-06-30", "progress_pct": 80.0, "spent": 45.0},
            {"measure": "m2", "date": "2026-06-30", "progress_pct": 20.0, "spent": 5.0}])
    return judge


def test_a_village_has_its_own_cost_money_and_progress(plan: Judge) -> None:
    cost = results(plan, "plan.village_cost")
    assert cost["v1",] == 400.0 and isnan(cost["v2",]) and len(cost) == 2
    assert results(plan, "plan.village_confirmed")["v1",] == 100.0
    assert results(plan, "plan.village_spent") == {("v1",): 50.0}
    assert results(plan, "plan.village_progress_pct") == {("v1",): 50.0}


def test_the_progress_of_a_source_is_weighted_by_its_money(plan: Judge) -> None:
    assert results(plan, "plan.source_progress_pct") == {("donor",): (80 * 100 + 20 * 300) / 400}


def test_a_change_needs_two_records(plan: Judge) -> None:
    assert results(plan, "plan.measure_progress_change") == {("m1",): 50.0}
    assert results(plan, "plan.measure_spent_change") == {("m1",): 35.0}


@pytest.mark.parametrize(("day", "done", "state", "step"), [
    (date(2025, 2, 1), (), "ahead", "group"), (date(2025, 6, 30), ("group", "hearing"), "late",
                                               "approval"),
    (date(2025, 6, 30), (), "late", "group"), (date(2025, 6, 30), ("approval",), "approved", ""),
])
def test_the_calendar_says_where_the_programme_stands(
    day: date, done: tuple[str, ...], state: str, step: str
) -> None:
    steps = read_calendar(load_catalog(), 2025)
    found, about = find_state(steps, dict.fromkeys(done, date(2025, 5, 1)), day)
    assert (found, about.id if about else "") == (state, step)
    running = steps[0].first
    assert find_state(steps, {}, running) == ("running", steps[0])
