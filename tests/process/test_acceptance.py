"""Acceptance cases of the process, by number."""

from __future__ import annotations

import csv
from datetime import date, timedelta
from math import isnan
from pathlib import Path

import pandas as pd
import pytest

from sedp_helpers.analysis import growth_rates
from sedp_helpers.catalog.load import load_catalog
from sedp_helpers.compute.custom import compute_custom
from sedp_helpers.compute.custom_community import weigh_scores
from sedp_helpers.process.calendar import find_steps, list_free_days, read_calendar
from sedp_helpers.process.case import Case
from sedp_helpers.process.monitoring import expect_progress, list_due, state_progress

from .conftest import Judge, group_of, make_context

ROOT = Path(__file__).parents[2]


def event(day: str, kind: str = "hearing", **cells: object) -> dict:
    return {"id": "e1", "kind": kind, "date": day, **cells}


@pytest.mark.parametrize(("year", "people", "women", "share"), [
    pytest.param(2018, 425, 167, 39.294117647058826, id="AC-17"),
    pytest.param(2019, 273, 157, 57.509157509157504, id="AC-18"),
])
def test_women_at_the_meetings_of_kara_suu(judge: Judge, year: int, people: int, women: int,
                                           share: float) -> None:
    judge.only(events=[event(f"{year}-12-31", "needs_session", participants=float(people),
                             women=float(women))])
    verdict = judge("R-27")
    assert (verdict.verdict, verdict.value) == ("passed", pytest.approx(share, rel=1e-15))
    found = judge.results()["participation.women_pct", "needs_session"]
    assert found == pytest.approx(share, rel=1e-15)


def test_ac_20_a_year_without_meetings_has_no_row(judge: Judge) -> None:
    judge.only(events=[event(f"{year}-12-31", "needs_session", participants=10.0)
                       for year in (2018, 2019, 2021)])
    rows = [row for row in compute_custom(make_context(judge.registers))
            if row.result == "participation.participants" and not row.item]
    assert [row.year for row in rows] == [2018, 2019, 2021]


PROJECTS = {  # cost by source: DOMAIN 6.9
    "m01": [("local_budget", 150000), ("donor", 1000000)],
    "m02": [("local_budget", 718000), ("donor", 1000000)],
    "m03": [("local_budget", 811076)],
    "m04": [("charity", 6970000), ("charity", 9758000), ("local_budget", 524000)],
    "m05": [("republican", 52067000)],
    "m06": [("donor", 1196000), ("local_budget", 115000)],
    "m07": [("donor", 700000), ("community", 900000)],
    "m08": [("local_budget", 101000)],
    "m09": [("local_budget", 551000), ("charity", 2945000)],
    "m10": [("local_budget", 380000)],
}


@pytest.fixture
def kara_suu(judge: Judge) -> dict[tuple[str, str], float]:
    targets = {"m04": 240.0, "m05": 225.0}
    judge.only(
        plan=[{"id": name, "section": "services", "cost": float(sum(a for _, a in parts)),
               "target": targets.get(name, float("nan"))} for name, parts in PROJECTS.items()],
        funding=[{"measure": name, "source": source, "amount": float(amount)}
                 for name, parts in PROJECTS.items() for source, amount in parts])
    return judge.results()


def test_ac_21_ten_projects_and_the_share_of_the_local_budget(kara_suu: dict) -> None:
    assert kara_suu["plan.cost", ""] == 79886076
    assert kara_suu["plan.funded", "local_budget"] == 3350076
    assert kara_suu["plan.source_share_pct", "local_budget"] == 4.193566848871135


def test_ac_22_totals_of_two_projects(kara_suu: dict) -> None:
    assert kara_suu["plan.measure_funded", "m01"] == 1150000
    assert kara_suu["plan.measure_funded", "m02"] == 1718000


def test_ac_23_and_24_cost_of_a_school_place(kara_suu: dict) -> None:
    assert kara_suu["plan.measure_cost", "m04"] == 17252000
    first, second = kara_suu["plan.unit_cost", "m04"], kara_suu["plan.unit_cost", "m05"]
    assert (first, second) == (71883.33333333333, 231408.88888888888)
    assert second / first == pytest.approx(3.219228688461241, rel=1e-15)


GROUPS = [
    pytest.param(group_of((4, "executive", "f"), (2, "executive", "m"), (4, "community", "m")),
                 "passed", "failed", id="AC-27"),
    pytest.param(group_of((3, "executive", "f"), (2, "executive", "m"), (5, "community", "m")),
                 "passed", "passed", id="AC-28"),
    pytest.param(group_of((2, "executive", "f"), (3, "executive", "m"), (5, "community", "m")),
                 "failed", "passed", id="AC-29"),
    pytest.param(group_of((4, "executive", "f"), (4, "community", "f"), (2, "community", "m")),
                 "failed", "passed", id="AC-30"),
    pytest.param(group_of((5, "executive", "f"), (1, "executive", "m"), (4, "community", "m")),
                 "passed", "failed", id="AC-31"),
]


@pytest.mark.parametrize(("members", "balance", "executive"), GROUPS)
def test_composition_of_the_working_group(judge: Judge, members: list, balance: str,
                                          executive: str) -> None:
    judge.only(working_group=members)
    assert judge("R-15").verdict == balance
    assert judge("R-16").verdict == executive


@pytest.mark.parametrize(("community", "share"), [
    pytest.param(3, 61.53846153846154, id="AC-32"),
    pytest.param(5, 53.333333333333336, id="AC-33"),
])
def test_older_groups_have_too_many_from_the_executive(judge: Judge, community: int,
                                                       share: float) -> None:
    judge.only(working_group=group_of((8, "executive", ""), (2, "council", ""),
                                      (community, "community", "")))
    assert (judge("R-16").verdict, judge("R-16").value) == ("failed", share)
    assert judge("R-15").verdict == "not_checkable"


def test_ac_34_a_group_without_a_deputy_is_rejected(judge: Judge) -> None:
    judge.registers["working_group"][5].update(role="expert", body="community")
    assert judge("R-12").verdict == "failed"


def test_ac_35_a_group_chaired_by_a_deputy_is_rejected(judge: Judge) -> None:
    judge.registers["working_group"][0].update(body="council")
    assert judge("R-11").verdict == "failed"


@pytest.mark.parametrize(("day", "verdict"), [(date(2026, 3, 4), "passed"),
                                              (date(2026, 3, 5), "failed")])
def test_ac_36_the_order_ends_on_its_second_anniversary(judge: Judge, day: date,
                                                        verdict: str) -> None:
    for one in judge.registers["working_group"]:
        one["order_date"] = "2024-03-05"
    judge.as_of = day
    assert judge("R-17").verdict == verdict


def test_ac_37_no_business_is_a_warning(judge: Judge) -> None:
    judge.only(working_group=group_of((5, "community", "f"), (5, "community", "m")))
    assert (judge("R-14").verdict, judge("R-14").note) == ("warning", "O-09")


@pytest.mark.parametrize(("day", "verdict"), [
    pytest.param("2025-05-25", "failed", id="AC-38"),
    pytest.param("2025-05-10", "passed", id="AC-39-first"),
    pytest.param("2025-05-20", "passed", id="AC-39-last"),
    pytest.param("2025-05-09", "failed", id="AC-39-early"),
])
def test_the_window_of_the_hearing(judge: Judge, day: str, verdict: str) -> None:
    judge.only(events=[event(day)])
    assert judge("R-20").verdict == verdict


@pytest.mark.parametrize(("day", "second", "third"), [
    pytest.param("2025-06-01", "passed", "passed", id="AC-40-last"),
    pytest.param("2025-06-02", "failed", "failed", id="AC-40-late"),
    pytest.param("2025-05-19", "passed", "failed", id="AC-41"),
])
def test_the_window_of_the_approval(judge: Judge, day: str, second: str, third: str) -> None:
    judge.only(documents=[{"kind": "sedp_approval", "date": day, "body": "council"}])
    assert (judge("R-02").verdict, judge("R-03").verdict) == (second, third)


def test_ac_42_days_of_the_steps_against_the_printed_ones() -> None:
    steps = read_calendar(load_catalog(), 2025)
    assert [s.days for s in steps] == [10, 11, 10, 13, 10, 5, 5, 50, 11, 13]
    assert [s.printed for s in steps] == [10, 10, 10, 12, 10, 5, 5, None, 10, 10]


def test_ac_43_days_without_a_section_step() -> None:
    free = list_free_days(read_calendar(load_catalog(), 2025))
    assert free == [date(2025, 3, 22) + timedelta(days=n) for n in range(12)]


def test_ac_44_days_that_belong_to_several_steps() -> None:
    steps = read_calendar(load_catalog(), 2025)
    assert [s.id for s in find_steps(steps, date(2025, 5, 10))] == [
        "space", "environment", "budget", "hearing"]
    assert [s.id for s in find_steps(steps, date(2025, 5, 20))] == ["hearing", "approval"]


def test_ac_45_a_notice_without_a_place_to_read_is_incomplete(judge: Judge) -> None:
    judge.only(events=[event("2025-05-14", time="14:00", place="club")])
    assert judge("R-22").verdict == "failed"
    assert judge("R-22").evidence[0].column == "draft_place"


def test_ac_46_rejected_proposals_without_a_reason_are_listed(judge: Judge) -> None:
    judge.only(proposals=[
        {"id": f"p{n}", "status": "accepted" if n < 7 else "rejected",
         "reason": "" if n > 9 else "money"} for n in range(12)])
    verdict = judge("R-26")
    assert verdict.verdict == "failed"
    assert [place.name for place in verdict.evidence] == ["p10", "p11"]


def test_ac_47_all_may_be_rejected_with_reasons(judge: Judge) -> None:
    judge.only(proposals=[{"id": f"p{n}", "status": "rejected", "reason": "law"}
                          for n in range(5)])
    assert judge("R-26").verdict == "passed"


def test_ac_48_few_women_at_the_hearing_is_a_warning(judge: Judge) -> None:
    judge.only(events=[event("2025-05-14", participants=40.0, women=11.0)])
    assert (judge("R-27").verdict, judge("R-27").value) == ("warning", 27.5)


@pytest.mark.parametrize(("community", "villages", "verdict"), [
    pytest.param(5, 3, "passed", id="AC-49"),
    pytest.param(6, 6, "passed", id="AC-50"),
    pytest.param(6, 3, "failed", id="more-than-villages"),
])
def test_size_of_the_monitoring_group(judge: Judge, community: int, villages: int,
                                      verdict: str) -> None:
    members = group_of((community, "community", "f"), (1, "executive", "m"), (1, "council", "m"))
    judge.only(villages=[{"id": f"v{n}"} for n in range(villages)],
               working_group=[{**one, "group": "monitoring"} for one in members])
    assert judge("R-30").verdict == verdict


def test_ac_51_monitoring_that_is_not_published_fails(judge: Judge) -> None:
    judge.only(monitoring=[{"measure": "m1", "date": "2026-06-30", "progress_pct": 40.0}])
    assert judge("R-34").verdict == "failed"


def test_ac_61_a_school_without_upkeep_fails(judge: Judge) -> None:
    judge.only(plan=[{"id": "m1", "cost": 12e6, "capital": True}])
    assert judge("R-51").verdict == "failed"
    judge.registers["plan"][0]["upkeep_per_year"] = 500000.0
    assert judge("R-51").verdict == "passed"
    share = 100 * judge.results()["plan.upkeep_all", ""] / 12e6
    assert share == pytest.approx(4.166666666666666, rel=1e-15)


def test_ac_62_a_grant_to_an_enterprise_is_rejected(judge: Judge) -> None:
    judge.only(subsidies=[{"recipient": "ME", "form": "grant", "amount": 300000.0}])
    assert judge("R-53").verdict == "failed"


def test_ac_63_a_subsidy_for_fuel_is_rejected(judge: Judge) -> None:
    judge.only(subsidies=[{"recipient": "ME", "form": "subsidy", "type": "fuel",
                           "contract": True}])
    assert judge("R-54").verdict == "failed"


def test_ac_64_a_measure_with_cost_but_no_source_fails(judge: Judge) -> None:
    judge.only(plan=[{"id": "m1", "cost": 1e6}])
    assert judge("R-09").verdict == "failed"


def test_ac_65_protected_items_only_call_for_the_five_steps(judge: Judge) -> None:
    judge.facts = [("budget.expenditure", 2024, 3e6, ""), ("budget.revenue", 2024, 2e6, ""),
                   ("budget.protected", 2024, 2e6, "")]
    assert (judge("R-56").verdict, judge("R-56").params["steps"]) == ("warning", 5)
    for lang in ("ky", "ru", "en"):
        assert len(load_catalog().words("programme", lang)["five_steps"]) == 5


CHART = [13, 13, 12, 10, 9, 7, 6, 5, 5, 5, 4, 4, 3, 3, 3, 3, 2, 1, 1, 1, 1, 1]


def test_ac_80_problems_of_13_municipalities_keep_their_votes(judge: Judge) -> None:
    judge.only(problems=[{"id": f"p{n:02d}", "votes": float(votes)}
                         for n, votes in enumerate(CHART, start=1)])
    found = judge.results()
    votes = [value for (result, item), value in found.items()
             if result == "participation.votes" and item]
    assert (len(votes), votes[0], votes[-1], max(votes)) == (22, 13, 1, 13)
    assert found["participation.votes", ""] == 112


WEIGHTS = load_catalog().results["participation.contest_score"].params["weights"]


def test_ac_81_the_nine_weights_add_up_to_a_hundred() -> None:
    assert (len(WEIGHTS), sum(WEIGHTS.values())) == (9, 100)
    assert set(WEIGHTS) == set(load_catalog().codes["hearing_criteria"])


def test_ac_82_equal_scores_give_the_same_weighted_score(judge: Judge) -> None:
    judge.only(contest_scores=[{"contest": "c", "entrant": "x", "criterion": name, "score": 80.0}
                               for name in WEIGHTS])
    assert judge.results()["participation.contest_score", "c"] == 80.0
    assert weigh_scores({**dict.fromkeys(WEIGHTS, 80.0), "effect": None}, WEIGHTS) is None


def test_ac_83_hearings_on_the_draft_budget() -> None:
    with (ROOT / "data/raw/handbook-hearings/events.csv").open(encoding="utf-8") as handle:
        rows = {int(row["date"][:4]): (float(row["meetings"]), float(row["participants"]))
                for row in csv.DictReader(handle)}
    means = [people / count for count, people in rows.values()]
    assert means == [66.26086956521739, 91.62962962962963, 118.23529411764706,
                     105.07692307692308, 80.29120879120879]
    assert 2015 not in rows and rows[2018][0] / rows[2017][0] == 14
    assert isnan(growth_rates(pd.Series({year: n for year, (n, _) in rows.items()}))[2016])


def test_ac_85_local_initiatives_and_their_local_share(judge: Judge) -> None:
    judge.only(initiatives=[
        {"id": "i1", "year": 2021.0, "cost": 37e3, "local_budget": 12e3, "partner": 25e3},
        {"id": "i2", "year": 2021.0, "cost": 36e3, "local_budget": 11e3, "partner": 25e3}])
    found = judge.results()
    assert found["participation.initiative_cost", "i1"] == 37000
    assert found["participation.initiative_cost", "i2"] == 36000
    assert found["participation.initiative_local_budget", ""] == 23000
    assert found["participation.initiative_local_pct", ""] == 31.506849315068493


def test_ac_86_cost_for_each_participant(judge: Judge) -> None:
    judge.only(initiatives=[{"id": "i1", "cost": 37e3, "participants": float(28 + 54 + 8 + 4)}])
    assert judge.results()["participation.initiative_cost_per_participant", "i1"] == (
        393.6170212765957)


def test_ac_87_shares_of_the_children(judge: Judge) -> None:
    judge.only(initiatives=[{"id": "i2", "participants": 290.0, "women": 114.0,
                             "disability": 19.0, "vulnerable": 89.0}])
    found = judge.results()
    assert found["participation.initiative_women_pct", "i2"] == pytest.approx(39.310344827586206)
    assert found["participation.initiative_disability_pct", "i2"] == pytest.approx(
        6.551724137931035)
    assert found["participation.initiative_vulnerable_pct", "i2"] == pytest.approx(
        30.689655172413794)


def test_a_share_of_fewer_than_five_people_is_not_made(judge: Judge) -> None:
    judge.only(initiatives=[{"id": "i1", "participants": 140.0, "disability": 4.0}])
    assert isnan(judge.results()["participation.initiative_disability_pct", "i1"])


@pytest.mark.parametrize("column", ["end", "responsible"])
def test_ac_90_a_row_without_deadline_or_responsible_is_incomplete(judge: Judge,
                                                                   column: str) -> None:
    judge.registers["plan"][1][column] = ""
    verdict = judge("R-73")
    assert verdict.verdict == "failed"
    assert [(place.row, place.name.get("ky")) for place in verdict.evidence] == [(3, "«courses»")]


def test_ac_94_seven_of_eight_sections(judge: Judge) -> None:
    judge.passport = {"hide_sections": ("environment",)}
    assert (judge("R-06").verdict, judge("R-06").value) == ("failed", 7.0)


# ---- monitoring --------------------------------------------------------------------------
def test_progress_is_held_against_the_time_that_has_passed() -> None:
    year = (date(2026, 1, 1), date(2026, 12, 31))
    assert expect_progress(year, date(2025, 12, 31)) == 0
    assert expect_progress(year, date(2027, 1, 1)) == 100
    assert state_progress(39.0, 50.0) == "behind"
    assert state_progress(41.0, 50.0) == "on_time"
    assert state_progress(41.0, None) == "unknown"


def test_a_measure_past_its_end_without_completion_is_due(judge: Judge) -> None:
    case = Case(make_context(judge.registers), date(2027, 1, 1))
    assert [one["id"] for one in list_due(case)] == ["m2"]
    assert not list_due(Case(make_context(judge.registers), date(2026, 12, 31)))
