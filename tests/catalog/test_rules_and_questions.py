"""Rules, thresholds, questions, measures, norms and the handbook's contradictions."""

from __future__ import annotations

from typing import Any

import pytest


def test_all_sixty_two_rules_and_thirty_seven_findings_are_there(knowledge: Any) -> None:
    numbers = [
        *range(1, 29),
        *range(30, 36),
        *range(40, 49),
        *range(50, 58),
        *range(60, 64),
        *range(70, 77),
    ]
    assert {f"R-{n:02d}" for n in numbers} == {i for i in knowledge.rules if i.startswith("R-")}
    assert len(numbers) == 62
    assert {f"DQ-{n:02d}" for n in range(1, 38)} == {
        i for i in knowledge.rules if i.startswith("DQ-")
    }


def test_rule_fields_are_from_closed_lists_and_thresholds_are_the_methodology(
    knowledge: Any,
) -> None:
    for ident, rule in knowledge.rules.items():
        assert rule["kind"] in {"process", "data", "budget", "district"}, ident
        assert rule["severity"] in {"error", "warning", "note"}, ident
        assert rule["check"] and rule["title"] and rule["source"], ident
        if ident.startswith("DQ-"):
            assert rule["basis"] in {"check", "stated", "documentary"}, ident
    assert knowledge.rules["R-50"]["threshold"]["max_share_pct"] == 2
    assert knowledge.rules["R-15"]["threshold"]["min_share_pct"] == 30
    assert knowledge.rules["R-16"]["threshold"]["max_share_pct"] == 50
    assert knowledge.rules["R-20"]["threshold"] == {"from": "05-10", "to": "05-20"}
    assert knowledge.rules["R-03"]["threshold"] == {"from": "05-20", "to": "06-01"}
    assert knowledge.rules["R-02"]["severity"] == "error"
    assert knowledge.rules["R-14"]["severity"] == knowledge.rules["R-27"]["severity"] == "warning"


def test_contradictions_recompute_the_handbook(knowledge: Any) -> None:
    found = knowledge.read("contradictions.yml")
    assert set(found) <= set(knowledge.rules)
    assert found["DQ-09"]["computed"] == 0.05 * 1_200_000
    assert found["DQ-25"]["computed"] == 3_545 + 3_475
    assert found["DQ-14"]["computed"] == 200_000 + 150_000 + 400_000
    assert found["DQ-27"]["computed"] == pytest.approx(100 * 8 / 13)
    assert found["DQ-28"]["computed"] == pytest.approx((52_067_000 / 225) / (17_252_000 / 240))


def test_questions_are_answered_by_known_figures(knowledge: Any) -> None:
    known = set(knowledge.indicators) | set(knowledge.results)
    least = {
        "general": 4,
        "population": 5,
        "services": 8,
        "economy": 5,
        "inclusion": 5,
        "space": 6,
        "environment": 6,
        "budget": 9,
    }
    questions = knowledge.read("questions.yml")
    assert set(questions) == set(least)
    for section, entries in questions.items():
        assert len(entries) >= least[section]
        for entry in entries:
            assert entry["needs"] and set(entry["needs"]) <= known, entry["id"]


def test_food_security_is_asked_of_the_district_only(knowledge: Any) -> None:
    levels = {
        entry["topic"]: entry["level"] for entry in knowledge.read("questions.yml")["economy"]
    }
    assert levels.pop("food_security") == "district"
    assert set(levels.values()) == {"both"}


def test_measures_are_called_for_by_topics_that_are_asked_about(knowledge: Any) -> None:
    questions = knowledge.read("questions.yml")
    for section, entries in knowledge.read("measures.yml").items():
        topics = {question["topic"] for question in questions[section]}
        for entry in entries:
            assert entry["when"] and set(entry["when"]) <= topics, entry["id"]
            needs = {
                ident
                for question in questions[section]
                for ident in question["needs"]
                if question["topic"] in entry["when"]
            }
            assert set(entry.get("fits", ())) <= needs, entry["id"]


def test_norms_say_whether_they_are_a_norm_or_only_an_example(knowledge: Any) -> None:
    norms, units = knowledge.read("norms.yml"), knowledge.read("units.yml")
    assert {norm["status"] for norm in norms.values()} == {"norm", "example"}
    assert all(norm["unit"] in units for norm in norms.values())
    assert norms["upkeep_school_pct"]["status"] == "example"
