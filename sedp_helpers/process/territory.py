"""Land, hazards and the district's own rules (Q9, Q14, Q18, Q80–Q84: R-40 … R-48, R-60 … R-63)."""

from __future__ import annotations

from sedp_helpers.process.case import Case, judges, say_day
from sedp_helpers.process.cells import day_of, text_of, title_of
from sedp_helpers.process.verdict import Verdict, failed, passed, unknown, warned

DISTRICT_ONLY = (
    "district_not_union", "district_revenue_sum", "protected_areas_level", "gross_output_level",
    "coordination_council", "district_approval_body",
)


def _leave_to_district(case: Case) -> Verdict:
    """A rule of the district's programme has nothing to judge in a municipality's; the district's
    own folder is judged by ``compare.rules``."""
    return unknown("NC-DISTRICT")


for _name in DISTRICT_ONLY:
    judges(_name, "general")(_leave_to_district)


@judges("food_security_level", "economy")
def judge_food(case: Case) -> Verdict:
    """R-43: a municipality does not answer the district's question on food (AC-68)."""
    answers = [one for one in case.records("answers") if text_of(one, "text")]
    if not answers:
        return case.no_register("answers")
    asked = {one["id"] for found in case.context.catalog.questions.values() for one in found
             if one.get("level") == case.limits["level"] and one["topic"] == case.limits["topic"]}
    places = [case.place("answers", one, "question", text_of(one, "question"))
              for one in answers if text_of(one, "question") in asked]
    if places:
        return failed("R-43-ANSWERED", places, table="answers", count=len(places),
                      names=[place.name for place in places])
    return passed("R-43-OK")


@judges("district_two_phases", "participation")
def judge_phases(case: Case) -> Verdict:
    """R-42: information comes down before drafting and goes up after it: two dated exchanges."""
    dated = [(text_of(one, "direction"), day) for one in case.records("exchanges")
             if (day := day_of(one, "request_date"))]
    if not dated:
        return case.no_register("exchanges")
    down = min((day for way, day in dated if way == "down"), default=None)
    up = max((day for way, day in dated if way == "up"), default=None)
    if down and up and down <= up:
        return passed("R-42-OK", down=say_day(down), up=say_day(up))
    return warned("R-42-PART", table="exchanges", count=len(dated))


@judges("exchange_answered", "participation")
def judge_exchange(case: Case) -> Verdict:
    """R-46: the log shows request and answer."""
    rows = case.records("exchanges")
    if not rows:
        return case.no_register("exchanges")
    mute = [case.place("exchanges", one, "answer_date",
                       title_of(one, "topic") if text_of(one, "topic") else "") for one in rows
            if not text_of(one, "answer_date") and not text_of(one, "answer")]
    if mute:
        return warned("R-46-MUTE", mute, table="exchanges", count=len(mute), total=len(rows),
                      names=[place.name for place in mute])
    return passed("R-46-OK", total=len(rows))


@judges("land_plan", "space")
@judges("hazard_plan", "environment")
def judge_document(case: Case) -> Verdict:
    """R-60, R-63: the management plan is on file; its stages are not in the data."""
    kind = case.limits["document_kind"]
    found = case.documents(kind)
    if found:
        day = day_of(found[-1], "date")
        return passed("OK-DOCUMENT", document=case.code("document_kinds", kind),
                      number=text_of(found[-1], "number"), date=say_day(day) if day else "…")
    if not case.records("documents"):
        return case.no_register("documents")
    return failed("NO-DOCUMENT", table="documents", document=case.code("document_kinds", kind))


@judges("land_transformation", "space")
def judge_transformation(case: Case) -> Verdict:
    """R-61: each transformation of land stands at one of its five stages."""
    rows = [one for one in case.records("land_cases") if text_of(one, "kind") == "transformation"]
    if not rows:
        return unknown("R-61-NONE")
    bare = [case.place("land_cases", one, "stage") for one in rows if not text_of(one, "stage")]
    if bare:
        return failed("R-61-BARE", bare, table="land_cases", count=len(bare), total=len(rows),
                      names=[place.name for place in bare])
    return passed("R-61-OK", total=len(rows))
