"""The district's own rules R-40 … R-48: verdicts and findings (AC-93)."""

from __future__ import annotations

import pandas as pd
import pytest

from sedp_helpers.catalog.load import load_catalog
from sedp_helpers.compare.rules import Folder, check_district, judge_district
from sedp_helpers.intake.findings import findings_frame
from sedp_helpers.models import LANGUAGES
from tests.compare.district_case import OBSERVED

PROTECTED = load_catalog().rules["R-41"]["threshold"]["indicators"]
EXCHANGES = pd.DataFrame([
    {"id": "x1", "direction": "down", "request_date": "2025-01-15", "answer_date": "2025-01-20"},
    {"id": "x2", "direction": "up", "request_date": "2025-06-03", "answer_date": "2025-06-10"}])
COUNCIL = pd.DataFrame([{"role": "chair", "body": "district"}])
FOOD = pd.DataFrame([{"product": "wheat", "year": 2024, "produced_t": 5.0, "needed_t": 9.0}])
AREA = pd.DataFrame([{"name": "Reserve", "effect": "No grazing", "origin": "protected_areas!A2"}])
PLAN = pd.DataFrame({"measure": ["road", "reservoir"]})
NONE = pd.DataFrame()


def observe(*rows: tuple[str, str, float]) -> pd.DataFrame:
    return pd.DataFrame([[name, 2024, value, "", "", "", item, "A", "observations!A2"]
                         for name, item, value in rows], columns=OBSERVED)


GOOD = observe(("economy.output", "agriculture", 5.0))


def approve(body: str) -> pd.DataFrame:
    return pd.DataFrame([{"kind": "sedp_approval", "body": body, "origin": "documents!A2"}])


def find(observations: pd.DataFrame = GOOD, programmes: dict | None = None,
         **registers: pd.DataFrame) -> list:
    kept = {"exchanges": EXCHANGES, "coordination_council": COUNCIL,
            "documents": approve("collegium"), "food_balance": FOOD, "protected_areas": AREA,
            **registers}
    return check_district(Folder(observations, kept, programmes or {}), PROTECTED)


def test_a_district_that_keeps_its_rules_has_no_finding() -> None:
    assert find() == []


def test_ac93_a_local_council_does_not_approve_the_district_programme() -> None:
    (finding,) = find(documents=approve("council"))
    assert (finding.rule, finding.severity) == ("R-48", "warning")
    assert finding.value == "council" and finding.cell == "A2"


def test_no_approval_record_is_no_wrong_approval() -> None:
    assert find(documents=pd.DataFrame()) == []


def test_revenue_among_the_district_figures_is_an_error_at_its_cell() -> None:
    (finding,) = find(observe(("economy.output", "agriculture", 5.0),
                              ("budget.revenue", "", 100.0)))
    assert (finding.rule, finding.severity, finding.row) == ("R-41", "error", 2)


def test_a_plan_taken_over_from_the_members_is_an_error() -> None:
    plan = pd.DataFrame({"measure": ["road", "water"]})
    (finding,) = find(plan=plan, programmes={"a": ["road"], "b": ["water"]})
    assert (finding.rule, finding.severity) == ("R-40", "error")
    assert find(plan=plan, programmes={"a": ["road"]}) == []


@pytest.mark.parametrize(("rows", "texts"), [
    ([0], ["R-42-up"]), ([1], ["R-42-down"]), ([], ["R-42-down", "R-42-up"])])
def test_each_missing_phase_is_said(rows: list[int], texts: list[str]) -> None:
    found = find(exchanges=EXCHANGES.iloc[rows])
    assert [one.text for one in found] == texts


def test_phases_in_the_wrong_order_are_said() -> None:
    turned = EXCHANGES.assign(request_date=["2025-07-01", "2025-06-03"])
    assert [one.text for one in find(exchanges=turned)] == ["R-42-order"]


def test_an_exchange_without_an_answer_is_said() -> None:
    mute = EXCHANGES.assign(answer_date=["2025-01-20", ""])
    assert [one.rule for one in find(exchanges=mute)] == ["R-46"]


def test_missing_output_and_council_are_notes() -> None:
    found = find(observe(), coordination_council=pd.DataFrame())
    assert [(one.rule, one.severity) for one in found] == [("R-45", "note"), ("R-47", "note")]


# rule: (what breaks it, what does not show it); the good folder below keeps them all
FIXTURES: dict[str, tuple[dict, dict]] = {
    "R-40": ({"plan": pd.DataFrame({"measure": ["m", "n"]})}, {"plan": NONE}),
    "R-41": ({"observations": observe(("budget.revenue", "", 1.0))}, {"observations": observe()}),
    "R-42": ({"exchanges": EXCHANGES.iloc[:1]}, {}),
    "R-43": ({"food_balance": NONE}, {}),
    "R-44": ({"protected_areas": AREA.assign(effect="")}, {"protected_areas": NONE}),
    "R-45": ({"observations": observe()}, {}),
    "R-46": ({"exchanges": EXCHANGES.assign(answer_date="")}, {"exchanges": NONE}),
    "R-47": ({"coordination_council": NONE}, {}),
    "R-48": ({"documents": approve("council")}, {"documents": NONE}),
}
MEMBERS = {"a": ["m"], "b": ["n"]}


def judge(rule: str, observations: pd.DataFrame = GOOD, **registers: pd.DataFrame) -> str:
    kept = {"exchanges": EXCHANGES, "coordination_council": COUNCIL, "food_balance": FOOD,
            "documents": approve("collegium"), "protected_areas": AREA, "plan": PLAN, **registers}
    verdicts = judge_district(Folder(observations, kept, MEMBERS), PROTECTED)
    assert [one.rule for one in verdicts] == list(FIXTURES)
    return next(one.verdict for one in verdicts if one.rule == rule)


@pytest.mark.parametrize("rule", FIXTURES)
def test_each_rule_is_kept_broken_or_not_checkable(rule: str) -> None:
    broken, unseen = FIXTURES[rule]
    assert judge(rule) == "passed"
    severity = load_catalog().rules[rule]["severity"]
    assert judge(rule, **broken) == ("warning" if severity == "warning" else "failed")
    if unseen:
        assert judge(rule, **unseen) == "not_checkable"


def test_an_empty_folder_breaks_no_rule_and_shows_none() -> None:
    empty = Folder(observe(), {"documents": NONE})
    verdicts = judge_district(empty, PROTECTED)
    assert {one.verdict for one in verdicts} == {"not_checkable"}
    assert check_district(empty, PROTECTED) == []


def test_every_finding_has_its_sentence_in_three_languages() -> None:
    catalog = load_catalog()
    texts = {lang: catalog.words("district_findings", lang) for lang in LANGUAGES}
    assert len({tuple(sorted(words)) for words in texts.values()}) == 1
    found = [*find(observe(("budget.revenue", "", 1.0)), {"a": ["m"], "b": ["n"]},
                   plan=pd.DataFrame({"measure": ["m", "n"]}), documents=approve("council"),
                   exchanges=EXCHANGES.assign(answer_date=""),
                   coordination_council=NONE, food_balance=NONE,
                   protected_areas=AREA.assign(effect="")),
             *find(exchanges=EXCHANGES.iloc[:0]),
             *find(exchanges=EXCHANGES.assign(request_date=["2025-07-01", "2025-06-03"]))]
    frame = findings_frame(found, texts)
    assert set(frame["rule"]) == set(FIXTURES)
    assert {"KEPT", "NC-TABLE", "NC-FOLDER"} <= set(texts["ky"])
    assert (frame[[f"message_{lang}" for lang in LANGUAGES]] != "").all().all()
