"""Acceptance cases with figures, from raw tables through `sedp prepare` to results.csv."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from sedp_helpers.paths import Workspace
from sedp_helpers.prepare import prepare
from tests.process.test_acceptance import CHART, PROJECTS, WEIGHTS
from tests.process.test_check_command import Tables, write_case

HEARINGS = {2013: (23, 1524), 2014: (27, 2474), 2016: (17, 2010), 2017: (13, 1366),
            2018: (182, 14613)}
# year -> applications by oblast, as the slides print them; only 2018 is divided (6.8)
APPLICATIONS = {2015: {"": 12}, 2016: {"": 12}, 2017: {"": 21}, 2018: {"Ош": 5, "Нарын": 5}}
CASES: dict[str, Tables] = {
    "projects": {
        "plan": [{"id": name, "section": "services", "measure": name,
                  "cost": sum(amount for _, amount in parts),
                  "target": {"m04": 240, "m05": 225}.get(name, "")}
                 for name, parts in PROJECTS.items()],
        "funding": [{"measure": name, "source": source, "amount": amount}
                    for name, parts in PROJECTS.items() for source, amount in parts]},
    "chart": {"problems": [{"id": f"p{n:02d}", "problem": f"Көйгөй {n}", "votes": votes}
                           for n, votes in enumerate(CHART, start=1)]},
    "contest": {"contest_scores": [{"contest": "c", "entrant": "Айыл", "criterion": name,
                                    "score": 80} for name in WEIGHTS]},
    "hearings": {"events": [{"id": f"h{year}", "kind": "hearing", "date": f"{year}-12-31",
                             "meetings": count, "participants": people}
                            for year, (count, people) in HEARINGS.items()]},
    "applications": {"initiatives": [
        {"id": f"a{year}{oblast}{n}".replace("Ош", "o").replace("Нарын", "n"), "title": "Арыз",
         "group": oblast, "year": year}
        for year, parts in APPLICATIONS.items() for oblast, count in parts.items()
        for n in range(count)]},
    "initiatives": {"initiatives": [
        {"id": "i1", "title": "Атам", "year": 2021, "participants": 94, "cost": "37 миң сом",
         "local_budget": "12 миң сом", "partner": "25 миң сом"},
        {"id": "i2", "title": "Жомокко саякат", "year": 2021, "participants": 290, "women": 114,
         "disability": 19, "vulnerable": 89, "cost": "36 миң сом", "local_budget": "11 миң сом",
         "partner": "25 миң сом"}]},
}
Results = dict[str, dict[tuple[str, str, str], str]]


@pytest.fixture(scope="module")
def results(tmp_path_factory: pytest.TempPathFactory) -> Results:
    """Municipality -> (result, year, item) -> value as written in results.csv."""
    workspace = Workspace(Path(tmp_path_factory.mktemp("results")))
    found: Results = {}
    for ident, tables in CASES.items():
        write_case(workspace.raw, ident, tables)
        prepare(workspace, ident)
        path = workspace.processed / ident / "results.csv"
        with path.open(encoding="utf-8", newline="") as handle:
            found[ident] = {(row["result"], row["year"], row["item"]): row["value"]
                            for row in csv.DictReader(handle)}
    return found


def take(results: Results, ident: str, result: str, item: str = "", year: str = "") -> float:
    return float(results[ident][result, year, item])


def test_ac_21_to_24_projects_their_sources_and_the_price_of_a_place(results: Results) -> None:
    def of(result: str, item: str = "") -> float:
        return take(results, "projects", result, item)

    assert of("plan.cost") == 79886076
    assert of("plan.funded", "local_budget") == 3350076
    assert of("plan.source_share_pct", "local_budget") == 4.193566848871135
    assert (of("plan.measure_funded", "m01"), of("plan.measure_funded", "m02")) == (
        1150000, 1718000)
    parts = {item: of("plan.measure_contribution", item)
             for result, _, item in results["projects"] if result == "plan.measure_contribution"}
    assert parts["m01:local_budget"] == 150000 and sum(parts.values()) == 79886076
    assert (of("plan.unit_cost", "m04"), of("plan.unit_cost", "m05")) == (
        71883.33333333333, 231408.88888888888)


def test_ac_80_the_chart_of_thirteen_municipalities(results: Results) -> None:
    votes = [float(value) for (result, _, item), value in results["chart"].items()
             if result == "participation.votes" and item]
    assert sorted(votes, reverse=True) == sorted(CHART, reverse=True)
    assert take(results, "chart", "participation.votes") == 112


def test_ac_82_equal_scores_of_nine_criteria(results: Results) -> None:
    assert take(results, "contest", "participation.contest_score", "c") == 80.0


def test_ac_83_people_at_a_hearing_and_no_row_for_the_year_without_any(results: Results) -> None:
    means = {year: take(results, "hearings", "participation.participants_per_meeting", "hearing",
                        str(year)) for year in HEARINGS}
    assert means == {2013: 66.26086956521739, 2014: 91.62962962962963, 2016: 118.23529411764706,
                     2017: 105.07692307692308, 2018: 80.29120879120879}
    assert take(results, "hearings", "participation.meetings", "hearing", "2018") == 182
    assert not [key for key in results["hearings"] if key[1] == "2015"]


def test_ac_84_applications_of_a_year_are_those_of_its_oblasts(results: Results) -> None:
    for year, parts in APPLICATIONS.items():
        count = take(results, "applications", "participation.initiatives", "", str(year))
        assert count == sum(parts.values())
    rows = CASES["applications"]["initiatives"]
    by_oblast = {one: sum(row["group"] == one for row in rows) for one in ("Ош", "Нарын")}
    assert by_oblast == {"Ош": 5, "Нарын": 5}
    assert sum(by_oblast.values()) == take(results, "applications", "participation.initiatives",
                                           "", "2018") == 10


def test_ac_85_to_87_local_initiatives(results: Results) -> None:
    def of(result: str, item: str = "") -> float:
        found = {key[2]: value for key, value in results["initiatives"].items()
                 if key[0] == f"participation.initiative_{result}"}
        return float(found[item])

    assert (of("cost", "i1"), of("cost", "i2"), of("local_budget")) == (37000, 36000, 23000)
    assert of("local_pct") == 31.506849315068493
    assert of("cost_per_participant", "i1") == 393.6170212765957
    assert of("women_pct", "i2") == pytest.approx(39.310344827586206, rel=1e-14)
    assert of("disability_pct", "i2") == pytest.approx(6.551724137931035, rel=1e-14)
    assert of("vulnerable_pct", "i2") == pytest.approx(30.689655172413794, rel=1e-14)
