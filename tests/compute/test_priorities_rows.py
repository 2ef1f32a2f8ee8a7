"""The order of problems and the choice of measures as results, and what is never guessed."""

from __future__ import annotations

import pandas as pd
import pytest

from sedp_helpers.catalog.load import load_catalog
from sedp_helpers.compute.context import Context
from sedp_helpers.compute.facts import Facts
from sedp_helpers.compute.results import compute_results
from sedp_helpers.models import Municipality, Period, Text

COLUMNS = ["indicator", "year", "value", "sex", "age", "village", "item", "status"]
PROBLEMS = pd.DataFrame({"id": ["roads", "water", "hall"], "problem": ["R", "W", "H"],
                         "votes": [90.0, 60.0, 10.0], "matter": ["roads", "water", ""],
                         "village": ["v1", "v2", "v2"]})
PLAN = pd.DataFrame({
    "id": ["m1", "m2", "m3", "m4"], "problem": ["roads", "water", "hall", "hall"],
    "baseline": [4.0, 78.0, 0.0, 0.0], "target": [8.0, 97.5, 1.0, 1.0],
    "village": ["v1", "v2", "v2", ""],
    "direct_beneficiaries": [500.0, 400.0, 50.0, None], "cost": [5e6, 3e6, 1e6, 2e6],
})
FUNDING = pd.DataFrame({"measure": ["m1", "m2"], "year": [2026, 2026], "amount": [5e6, 1e6],
                        "source": ["local_budget", "donor"], "confirmed": [True, True]})
CAUSES = pd.DataFrame({"problem": ["roads", "roads", "water"], "cause": ["a", "b", "c"]})


def compute(**registers: pd.DataFrame) -> pd.DataFrame:
    catalog = load_catalog()
    frame = pd.DataFrame([], columns=COLUMNS)
    place = Municipality(id="x", name=Text(ky="Х"), base_year=2024, horizon=2)
    context = Context(catalog, place, Facts(frame, catalog.indicators), registers)
    return compute_results(context, frame)


def values(results: pd.DataFrame, ident: str, by: str = "item") -> dict[str, float]:
    found = results[(results["result"] == ident) & (results["missing"] == "")]
    return dict(zip(found[by], found["value"].astype(float)))


@pytest.fixture(scope="module")
def results() -> pd.DataFrame:
    return compute(problems=PROBLEMS, plan=PLAN, funding=FUNDING, causes=CAUSES)


def test_the_peoples_votes_lead_and_every_reason_is_a_result(results) -> None:
    assert values(results, "plan.priority_rank") == {"roads": 1, "water": 2, "hall": 3}
    assert values(results, "plan.problem_causes") == {"roads": 2, "water": 1}
    assert values(results, "plan.problem_gap_pct") == {"roads": 50, "water": 20, "hall": 100}
    assert values(results, "plan.problem_cost") == {"roads": 5e6, "water": 3e6, "hall": 3e6}
    low, high = values(results, "plan.priority_low"), values(results, "plan.priority_high")
    assert all(low[one] <= rank <= high[one]
               for one, rank in values(results, "plan.priority_rank").items())


def test_confirmed_money_goes_to_the_most_use_and_to_every_village_that_it_reaches(results) -> None:
    stays = results[results["result"] == "plan.stays_pct"].set_index("item")["method"].to_dict()
    assert stays == {"m1": "chosen", "m2": "left", "m3": "chosen"}  # m4: use unknown, not judged
    assert values(results, "plan.selection_money") == {"": 6e6}
    assert values(results, "plan.selection_cost") == {"": 6e6}
    shares = values(results, "plan.village_share_pct", "village")
    assert shares == pytest.approx({"v1": 500 / 6, "v2": 100 / 6})


def test_without_votes_there_is_no_order_and_the_votes_are_named_as_missing() -> None:
    results = compute(problems=PROBLEMS.drop(columns="votes"), plan=PLAN, funding=FUNDING)
    for ident in ("plan.priority_rank", "plan.selection_cost"):
        (found,) = results[results["result"] == ident].to_dict("records")
        assert found["missing"] == "problems.votes"


def test_nothing_is_said_where_there_are_no_problems() -> None:
    results = compute(plan=PLAN, funding=FUNDING)
    assert not results["result"].str.startswith(("plan.priority", "plan.selection")).any()


def test_records_are_counted_by_their_code_and_those_without_one_are_left_out() -> None:
    causes = CAUSES.assign(solvable_by=["own", "help", None])
    found = compute(causes=causes, institutions=pd.DataFrame({"relation": ["strong", "strong"]}),
                    resources=pd.DataFrame({"kind": ["water", "water"], "condition": ["", "poor"]}))
    assert values(found, "participation.causes") == {"own": 1, "help": 1, "": 2}
    assert values(found, "participation.institutions") == {"strong": 2, "": 2}
    assert values(found, "participation.resource_states") == {"poor": 1, "": 1}
    assert values(compute(causes=CAUSES), "participation.causes") == {}
    proposals = pd.DataFrame({"id": ["a", "b"], "event": "", "text": "t",
                              "status": ["accepted", ""], "reason": ""})
    assert values(compute(proposals=proposals), "participation.proposals") == {"accepted": 1, "": 2}


def test_the_land_that_housing_needs_is_of_the_last_year_of_the_programme() -> None:
    rows = [(name, year, value, "", "", "", "", "A")
            for year, households in ((2022, 100.0), (2023, 110.0), (2024, 121.0))
            for name, value in (("population.households", households),
                                ("space.housing_queue", 10.0), ("space.plot_ha", 0.1))]
    catalog, frame = load_catalog(), pd.DataFrame(rows, columns=COLUMNS)
    place = Municipality(id="x", name=Text(ky="Х"), base_year=2024,
                         programme=Period(start=2026, end=2028))
    context = Context(catalog, place, Facts(frame, catalog.indicators), {})
    found = compute_results(context, frame)
    years = found.loc[found["result"] == "space.housing_land_need_ha", "year"].astype(str)
    assert years.tolist() == ["2028"]
