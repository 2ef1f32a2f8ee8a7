"""Each rule with a process that keeps it, one that breaks it, one that does not show it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from sedp_helpers.catalog.load import load_catalog
from sedp_helpers.compute.custom import compute_custom
from sedp_helpers.intake.findings import render_finding
from sedp_helpers.models import LANGUAGES, Finding
from sedp_helpers.process import count_verdicts, verdict_findings
from sedp_helpers.process.case import RULES
from tests.compare.test_rules import FIXTURES as DISTRICT_FIXTURES

from .conftest import Judge, make_context

DISTRICT = {"R-40", "R-41", "R-44", "R-45", "R-47", "R-48"}  # tests/compare/test_rules.py
NOT_HERE = DISTRICT | {"R-18"}
ALL_RULES = [ident for ident in load_catalog().rules if ident.startswith("R-")]


def change(register: str, place: int, **cells: Any) -> Callable[[Judge], None]:
    return lambda judge: judge.registers[register][place].update(cells)


def drop(*names: str) -> Callable[[Judge], None]:
    def take_out(judge: Judge) -> None:
        judge.drop(*names)
    return take_out


def keep_kinds(*kinds: str) -> Callable[[Judge], None]:
    def keep(judge: Judge) -> None:
        judge.registers["documents"] = [one for one in judge.registers["documents"]
                                        if one["kind"] not in kinds]
    return keep


def passport(**fields: Any) -> Callable[[Judge], None]:
    return lambda judge: judge.passport.update(fields)


def facts(*rows: tuple) -> Callable[[Judge], None]:
    def put(judge: Judge) -> None:
        judge.facts = list(rows)
    return put


def no_group(kind: str) -> Callable[[Judge], None]:
    def keep(judge: Judge) -> None:
        judge.registers["working_group"] = [
            one for one in judge.registers["working_group"] if one["group"] != kind]
    return keep


def no_event(*kinds: str) -> Callable[[Judge], None]:
    def keep(judge: Judge) -> None:
        judge.registers["events"] = [e for e in judge.registers["events"]
                                     if e["kind"] not in kinds]
    return keep


def every(register: str, **cells: Any) -> Callable[[Judge], None]:
    def put(judge: Judge) -> None:
        for one in judge.registers[register]:
            one.update(cells)
    return put


def business_out(judge: Judge) -> None:
    judge.registers["working_group"][6].update(role="expert", body="community")


def add_food_answer(judge: Judge) -> None:
    judge.registers["answers"].append({"section": "economy", "question": "eco-4", "text": "a"})


def make_blank(judge: Judge) -> None:
    """Nothing entered yet but the villages."""
    judge.registers = {"villages": judge.registers["villages"]}
    judge.facts = []
    judge.passport["forecast_methods"] = ()


def enlarge(judge: Judge) -> None:
    judge.passport["large"] = True
    judge.registers["working_group"][8].update(role="sector_department")


BROKEN = {  # rule: (change, verdict)
    "R-01": (change("documents", 3, body="executive"), "failed"),
    "R-02": (change("documents", 3, date="2025-06-02"), "failed"),
    "R-03": (change("documents", 3, date="2025-05-19"), "failed"),
    "R-04": (every("working_group", order_date="2025-04-01"), "warning"),
    "R-05": (lambda judge: judge.registers.update(answers=judge.registers["answers"][:3]),
             "warning"),
    "R-06": (passport(hide_sections=("environment",)), "failed"),
    "R-07": (drop("higher_programmes"), "failed"),
    "R-08": (passport(forecast_methods=()), "failed"),
    "R-09": (change("funding", 1, source="unfunded"), "failed"),
    "R-10": (lambda judge: (keep_kinds("working_group_order")(judge),
                            every("working_group", order_date="")(judge)), "failed"),
    "R-11": (change("working_group", 0, body="council"), "failed"),
    "R-12": (change("working_group", 3, role="expert"), "failed"),
    "R-14": (business_out, "warning"),
    "R-15": (every("working_group", sex="m"), "failed"),
    "R-16": (every("working_group", body="executive"), "failed"),
    "R-17": (every("working_group", order_date="2024-03-05"), "failed"),
    "R-18": (passport(large=True), "failed"),
    "R-19": (every("working_group", body="council"), "failed"),
    "R-20": (change("events", 3, date="2025-05-25"), "failed"),
    "R-21": (change("events", 3, notice_date="2025-05-14"), "failed"),
    "R-22": (change("events", 3, draft_place=""), "failed"),
    "R-23": (change("events", 3, participants=0.0), "failed"),
    "R-24": (lambda judge: (change("events", 3, protocol=False)(judge),
                            keep_kinds("hearing_protocol")(judge)), "failed"),
    "R-25": (every("proposals", status="open"), "failed"),
    "R-26": (change("proposals", 1, reason=""), "failed"),
    "R-27": (change("events", 3, women=11.0), "warning"),
    "R-28": (every("events", vulnerable=0.0), "failed"),
    "R-30": (change("working_group", -1, body="executive"), "failed"),
    "R-31": (every("working_group", village="v1"), "warning"),
    "R-32": (keep_kinds("monitoring_group_approval"), "failed"),
    "R-33": (every("monitoring", decision=""), "warning"),
    "R-34": (keep_kinds("monitoring_report"), "failed"),
    "R-35": (change("monitoring", 1, decision=""), "failed"),
    "R-42": (every("exchanges", direction="up"), "warning"),
    "R-43": (add_food_answer, "failed"),
    "R-46": (change("exchanges", 0, answer=""), "warning"),
    "R-50": (facts(("budget.reserve_fund", 2024, 5e5, ""), ("budget.expenditure", 2024, 3e6, "")),
             "failed"),
    "R-51": (change("plan", 0, upkeep_per_year=float("nan")), "failed"),
    "R-52": (change("unfunded_mandates", 0, documented=False), "failed"),
    "R-53": (change("subsidies", 0, form="grant"), "failed"),
    "R-54": (change("subsidies", 0, type="fuel"), "failed"),
    "R-55": (every("funding", source="unfunded"), "failed"),
    "R-56": (facts(("budget.expenditure", 2024, 3e6, ""), ("budget.revenue", 2024, 3e6, ""),
                   ("budget.protected", 2024, 3e6, "")), "warning"),
    "R-57": (change("state_projects", 0, source="local_budget"), "failed"),
    "R-60": (keep_kinds("land_plan"), "failed"),
    "R-61": (change("land_cases", 0, stage=""), "failed"),
    "R-62": (change("plan", 1, contract=""), "failed"),
    "R-63": (keep_kinds("hazard_plan"), "failed"),
    "R-70": (change("events", 0, date="2025-04-01"), "failed"),
    "R-71": (change("events", 1, participants=46.0), "failed"),
    "R-72": (change("events", 2, date="2025-04-20"), "failed"),
    "R-73": (change("plan", 1, responsible=""), "failed"),
    "R-74": (keep_kinds("bap_approval"), "failed"),
    "R-75": (change("documents", 4, published_where="site"), "failed"),
    "R-76": (change("plan", 0, cost=float("nan")), "warning"),
}
UNSEEN = {
    "R-01": drop("documents"), "R-02": drop("documents"), "R-03": drop("documents"),
    "R-04": lambda judge: (drop("documents", "events")(judge),
                           every("working_group", order_date="")(judge)),
    "R-05": drop("answers"), "R-06": make_blank, "R-07": drop("higher_programmes", "plan"),
    "R-08": make_blank, "R-09": drop("plan"),
    "R-10": drop("documents", "working_group"), "R-11": every("working_group", role=""),
    "R-12": every("working_group", role=""), "R-13": drop("working_group"),
    "R-14": drop("working_group"), "R-15": every("working_group", sex=""),
    "R-16": every("working_group", body=""), "R-17": drop("documents", "working_group"),
    "R-18": lambda judge: (passport(large=True)(judge), drop("working_group")(judge)),
    "R-19": every("working_group", body=""),
    "R-20": drop("events", "documents"), "R-21": no_event("hearing"), "R-22": no_event("hearing"),
    "R-23": every("events", participants=float("nan")),
    "R-24": lambda judge: (change("events", 3, protocol=None)(judge),
                           drop("documents")(judge)),
    "R-25": drop("proposals"), "R-26": drop("proposals"),
    "R-27": every("events", women=float("nan")), "R-28": every("events", youth=float("nan")),
    "R-30": no_group("monitoring"), "R-31": every("working_group", village=""),
    "R-32": lambda judge: (keep_kinds("monitoring_group_approval")(judge),
                           no_group("monitoring")(judge)),
    "R-33": drop("monitoring"), "R-34": drop("monitoring", "documents"), "R-35": drop("monitoring"),
    "R-42": drop("exchanges"), "R-43": drop("answers"), "R-46": drop("exchanges"), "R-50": facts(),
    "R-51": every("plan", capital=None), "R-52": drop("unfunded_mandates"),
    "R-53": drop("subsidies"), "R-54": drop("subsidies"), "R-55": every("plan", cost=float("nan")),
    "R-56": facts(), "R-57": drop("state_projects"), "R-60": drop("documents"),
    "R-61": drop("land_cases"), "R-62": every("plan", delivery=""), "R-63": drop("documents"),
    "R-70": no_event("focus_group"), "R-71": every("events", participants=float("nan")),
    "R-72": no_event("planning_meeting"), "R-73": drop("plan"), "R-74": drop("plan", "documents"),
    "R-75": keep_kinds("bap_approval"), "R-76": drop("plan"),
}


def test_there_is_one_verdict_for_each_of_the_62_rules(judge: Judge) -> None:
    found = judge.all()
    assert [one.rule for one in found] == ALL_RULES
    assert len(found) == 62 == sum(count_verdicts(found).values())


def test_every_check_that_a_rule_names_exists_and_none_is_idle() -> None:
    named = {spec["check"] for ident, spec in load_catalog().rules.items() if ident in ALL_RULES}
    assert named == set(RULES.names())


@pytest.mark.parametrize("rule", [one for one in ALL_RULES if one not in NOT_HERE])
def test_a_process_that_keeps_the_rule_passes(judge: Judge, rule: str) -> None:
    assert judge(rule).verdict == "passed", judge(rule)


def test_a_large_place_with_its_sector_departments_passes(judge: Judge) -> None:
    enlarge(judge)
    assert judge("R-18").verdict == "passed"


@pytest.mark.parametrize("rule", sorted(BROKEN))
def test_a_process_that_breaks_the_rule_does_not_pass(judge: Judge, rule: str) -> None:
    spoil, expected = BROKEN[rule]
    spoil(judge)
    assert judge(rule).verdict == expected


@pytest.mark.parametrize("rule", sorted(UNSEEN))
def test_a_rule_the_data_do_not_show_is_never_counted_as_kept(judge: Judge, rule: str) -> None:
    UNSEEN[rule](judge)
    assert judge(rule).verdict == "not_checkable", judge(rule)


def test_every_rule_has_its_three_fixtures_but_a_permission_cannot_be_broken() -> None:
    permissions = {ident for ident, spec in load_catalog().rules.items() if spec.get("permits")}
    assert permissions == {"R-13"}
    assert set(BROKEN) | permissions | DISTRICT == set(ALL_RULES)
    assert set(UNSEEN) | DISTRICT == set(ALL_RULES)
    assert not DISTRICT - set(DISTRICT_FIXTURES)


def test_a_record_is_called_as_each_language_calls_it(judge: Judge) -> None:
    judge.registers["unfunded_mandates"][0].update(documented=False, name="Иш", name_ru="Дело")
    (finding,) = [f for f in verdict_findings(judge.all()) if f.rule == "R-52"]
    texts = {lang: load_catalog().words("process", lang) for lang in LANGUAGES}
    told = {lang: render_finding(finding, texts, lang)[0] for lang in LANGUAGES}
    assert "(Иш)" in told["ky"] and "(Иш (ky))" in told["en"]


def test_a_state_project_without_money_is_no_resource(judge: Judge) -> None:
    judge.registers["state_projects"][0]["amount"] = float("nan")
    (place,) = judge("R-57").evidence
    assert (judge("R-57").verdict, place.column) == ("failed", "amount")


@pytest.mark.parametrize("rule", sorted(DISTRICT))
def test_rules_of_the_district_are_left_to_the_district(judge: Judge, rule: str) -> None:
    assert judge(rule).reason == "NC-DISTRICT"


@pytest.mark.parametrize("rule", sorted(BROKEN))
def test_a_broken_rule_is_a_finding_with_a_sentence_in_three_languages(
    judge: Judge, rule: str
) -> None:
    catalog = load_catalog()
    BROKEN[rule][0](judge)
    mine = [f for f in verdict_findings(judge.all()) if f.rule == rule]
    texts = {lang: catalog.words("process", lang) for lang in LANGUAGES}
    assert mine
    for finding in mine:
        assert finding.severity == catalog.rules[rule]["severity"]
        for lang in LANGUAGES:
            message, action = render_finding(finding, texts, lang)
            assert message and action and "{" not in message + action


@pytest.mark.parametrize("spoil", [*(pair[0] for pair in BROKEN.values()), *UNSEEN.values()])
def test_every_verdict_says_why_in_three_languages(judge: Judge, spoil: Callable) -> None:
    spoil(judge)
    texts = {lang: load_catalog().words("process", lang) for lang in LANGUAGES}
    for one in judge.all():
        finding = Finding(one.rule, "note", text=one.reason, params=dict(one.params))
        for lang in LANGUAGES:
            assert render_finding(finding, texts, lang)[0]
        if one.note:
            assert all(one.note in texts[lang] for lang in LANGUAGES)


def test_what_cannot_be_checked_is_no_finding(judge: Judge) -> None:
    judge.only()
    judge.facts = []
    assert {f.rule for f in verdict_findings(judge.all())} <= {"R-08"}
    assert count_verdicts(judge.all())["passed"] <= 2  # sections and the method declared


def test_nothing_is_overdue_before_its_day(judge: Judge) -> None:
    judge.drop("documents").registers["documents"] = [{"kind": "other", "date": "2025-01-10"}]
    judge.as_of = date(2025, 2, 1)
    assert judge("R-01").reason == judge("R-02").reason == "NC-DUE"
    judge.as_of = date(2025, 6, 2)
    assert judge("R-01").verdict == judge("R-02").verdict == "failed"


def test_texts_have_the_same_keys_in_three_languages() -> None:
    keys = [set(load_catalog().words("process", lang)) for lang in LANGUAGES]
    assert keys[0] == keys[1] == keys[2]


def test_rules_counted_by_verdict_are_results(judge: Judge) -> None:
    context = make_context(judge.registers, judge.facts)
    context.verdict_counts = count_verdicts(judge.all())
    found = {row.item: row.value for row in compute_custom(context)
             if row.result == "participation.rules"}
    assert found[""] == 62 == found["passed"] + found["not_checkable"]
    assert (found["failed"], found["not_checkable"]) == (0, len(NOT_HERE))
