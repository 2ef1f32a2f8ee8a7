"""Approval, steps and contents of the programme (handbook Q6–Q17: R-01 … R-08)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from sedp_helpers.models import SECTIONS
from sedp_helpers.process.calendar import Step, state_step
from sedp_helpers.process.case import Case, judges, say_day
from sedp_helpers.process.cells import Record, day_of, text_of
from sedp_helpers.process.group import find_order_date
from sedp_helpers.process.verdict import Told, Verdict, failed, passed, unknown, warned

APPROVALS = ("sedp_priorities", "sedp_approval")
DATED = ("group", "hearing", "approval")  # steps that leave a dated record


def list_approvals(case: Case, *kinds: str) -> list[Record]:
    """Approvals of this programme: dated in the drafting year, else later; never earlier ones."""
    dated = [(day, one) for one in case.documents(*kinds) if (day := day_of(one, "date"))]
    own = [one for day, one in dated if day.year == case.year]
    return own or [one for day, one in dated if day.year > case.year]


def _passport_date(case: Case) -> date | None:
    document = case.municipality.document
    if document.status != "approved":
        return None
    return day_of({"date": document.date}, "date")


def _no_approval(case: Case, last: date, reason: str) -> Verdict:
    if case.as_of <= last:
        return case.not_due(last)
    if not case.records("documents"):
        return case.no_register("documents")
    return failed(reason, table="documents", date=say_day(last))


@judges("approval_present", "participation")
def judge_approval(case: Case) -> Verdict:
    """R-01: without the council's decision the programme is not in force."""
    found = list_approvals(case, case.limits["document_kind"])
    last = case.steps["approval"].last
    if not found:
        day = _passport_date(case)
        return passed("R-01-PASSPORT", date=say_day(day)) if day else _no_approval(
            case, last, "R-01-NONE")
    right = [one for one in found if text_of(one, "body") in (case.limits["body"], "")]
    if not right:
        return failed("R-01-BODY", [case.place("documents", found[0], "body")], table="documents",
                      body=case.code("document_bodies", text_of(found[0], "body")))
    if not any(text_of(one, "body") for one in right):
        return case.no_column("documents", "body")
    day = day_of(right[0], "date")
    return passed("R-01-OK", number=text_of(right[0], "number"), date=say_day(day or last))


@judges("priorities_date", "participation")
def judge_priorities(case: Case) -> Verdict:
    """R-02: approved by 1 June before the budget year; both decisions count (O-26, AC-40)."""
    last = case.day(case.limits["latest"])
    firsts = [found[0] for kind in APPROVALS if (found := list_approvals(case, kind))]
    days = [day for one in firsts if (day := day_of(one, "date"))]
    passport = _passport_date(case)
    if not days and passport is None:
        return _no_approval(case, last, "R-02-NONE")
    latest = max(days) if days else passport or last
    if latest <= last:
        return passed("R-02-OK", date=say_day(latest), last=say_day(last), note="O-26")
    places = [case.place("documents", one, "date") for one in firsts
              if (day_of(one, "date") or last) > last]
    return failed("R-02-LATE", places, table="documents", date=say_day(latest),
                  last=say_day(last), note="O-26")


@judges("approval_window", "participation")
def judge_window(case: Case) -> Verdict:
    """R-03: the approval falls into its window (AC-40, AC-41)."""
    first, last = case.day(case.limits["from"]), case.day(case.limits["to"])
    found = list_approvals(case, "sedp_approval")
    day = day_of(found[0], "date") if found else _passport_date(case)
    if day is None:
        return _no_approval(case, last, "R-03-NONE")
    told: Told = {"date": say_day(day), "first": say_day(first), "last": say_day(last),
                  "note": "O-25"}
    if first <= day <= last:
        return passed("R-03-OK", **told)
    places = [case.place("documents", one, "date") for one in found[:1]]
    return failed("R-03-LATE" if day > last else "R-03-EARLY", places, table="documents", **told)


def date_steps(case: Case) -> dict[str, date]:
    """The days on which steps of this drafting year were really done, as far as records say."""
    hearing = [day for one in case.events("hearing")
               if (day := day_of(one, "date")) and day.year == case.year]
    approval = list_approvals(case, "sedp_approval")
    order = find_order_date(case)
    found = {
        "group": order if order and order.year == case.year else None,
        "hearing": min(hearing, default=None),
        "approval": day_of(approval[0], "date") if approval else _passport_date(case),
    }
    return {step: day for step, day in found.items() if day}


def find_state(steps: list[Step], done: Mapping[str, date], as_of: date
               ) -> tuple[str, Step | None]:
    """Where the programme stands: approved, or late, running or ahead with the step it is about.

    Only the steps that leave a dated record can be late.
    """
    if "approval" in done:
        return "approved", None
    late = [step for step in steps if step.id in DATED and step.id not in done
            and state_step(step, as_of) == "over"]
    for state, found in (("late", late), *((name, [one for one in steps
                                                   if state_step(one, as_of) == name])
                                           for name in ("running", "ahead"))):
        if found:
            return state, found[0]
    return "", None


@judges("step_dates", "participation")
def judge_steps(case: Case) -> Verdict:
    """R-04: dated steps lie in their windows and in order; never more than a warning (O-25)."""
    done = date_steps(case)
    if not done:
        return case.no_register("documents", note="O-19")
    outside = [step for step, day in done.items() if not case.steps[step].covers(day)]
    days = list(done.values())
    titles = tuple(case.steps[step].title for step in outside)
    if outside:
        return warned("R-04-OUTSIDE", steps=titles, count=len(outside), total=len(done),
                      note="O-25")
    if days != sorted(days):
        return warned("R-04-ORDER", note="O-25")
    return passed("R-04-OK", total=len(done), note="O-19")


@judges("questions_answered", "participation")
def judge_questions(case: Case) -> Verdict:
    """R-05: guiding questions answered in words, or by figures that are all there."""
    asked = [(section, one) for section, found in case.context.catalog.questions.items()
             for one in found if one.get("level", "both") != "district"]
    answered = {text_of(one, "question") for one in case.records("answers") if text_of(one, "text")}
    count = sum(one["id"] in answered or _is_answered(case, one) for _, one in asked)
    share = 100 * count / len(asked)
    if not count:
        return case.no_register("answers")
    if 2 * count >= len(asked):
        return passed("R-05-OK", count=count, total=len(asked), value=share)
    return warned("R-05-FEW", table="answers", count=count, total=len(asked), value=share)


def _is_answered(case: Case, question: dict) -> bool:
    """Whether every figure the question asks for is an indicator with a known number."""
    needs = question.get("needs") or []
    known = case.context.facts
    return bool(needs) and all(
        any((fact := known.get(ident, year)) is not None and fact.known
            for year in known.years(ident)) for ident in needs)


@judges("sections_present", "participation")
def judge_sections(case: Case) -> Verdict:
    """R-06: all eight sections are in the programme (AC-94)."""
    hidden = [section for section in SECTIONS if section in case.municipality.hide_sections]
    if not hidden and case.is_blank:
        return unknown("NC-BLANK")
    present, total = len(SECTIONS) - len(hidden), case.limits["sections"]
    if present >= total:
        return passed("R-06-OK", count=present, total=total, value=float(present))
    titles = tuple(one.title for one in case.context.catalog.sections if one.id in hidden)
    return failed("R-06-MISSING", table="municipality.yaml", count=present, total=total,
                  sections=titles, value=float(present))


@judges("higher_programmes_listed", "participation")
def judge_higher(case: Case) -> Verdict:
    """R-07: programmes of the higher levels are referred to."""
    count = len(case.records("higher_programmes")) + len(case.documents("higher_programme"))
    if count >= case.limits["min"]:
        return passed("R-07-OK", count=count)
    if not case.records("plan"):
        return case.no_register("higher_programmes")
    return failed("R-07-NONE", table="higher_programmes")


@judges("method_declared", "participation")
def judge_method(case: Case) -> Verdict:
    """R-08: the module is not obligatory, but the method used is named (AC-91)."""
    named = (*case.municipality.forecast_methods, case.municipality.planning_method)
    methods = [one for one in named if one]
    if len(methods) >= case.limits["min"]:
        return passed("R-08-OK", count=len(methods))
    if case.is_blank:
        return unknown("NC-BLANK")
    return failed("R-08-NONE", table="municipality.yaml")
