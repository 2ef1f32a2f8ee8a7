"""The action plan: cost and source, upkeep, gap, contracts, the nine parts (R-09 … R-76)."""

from __future__ import annotations

from datetime import date
from typing import Any

from sedp_helpers.process.case import Case, judges, say_day
from sedp_helpers.process.cells import (
    Record,
    day_of,
    flag_of,
    list_of,
    number_of,
    quote_title,
    text_of,
)
from sedp_helpers.process.verdict import Place, Told, Verdict, failed, passed, unknown, warned

BY_CONTRACT = ("social_order", "partnership", "outsourcing")
NOT_A_SOURCE = ("", "unfunded")
MOST_NAMES = 3  # measures named in one sentence; each has a finding of its own


def list_sources(case: Case) -> dict[str, list[str]]:
    """Measure -> its funding sources; «unfunded» is none."""
    found: dict[str, list[str]] = {}
    for one in case.records("funding"):
        if text_of(one, "source") not in NOT_A_SOURCE:
            found.setdefault(text_of(one, "measure"), []).append(text_of(one, "source"))
    return found


def _place(case: Case, measure: Record, column: str, **params: Any) -> Place:
    """Where a measure stands, under its own name: a reader does not know its code."""
    return case.place("plan", measure, column, quote_title(measure, "measure"), **params)


def _broken(reason: str, places: list[Place], table: str = "plan", *, total: int,
            advice: bool = False) -> Verdict:
    verdict = warned if advice else failed
    names = [place.name for place in places[:MOST_NAMES]]
    names += ["…"] * (len(places) > MOST_NAMES)
    return verdict(reason, places, table=table, count=len(places), total=total,
                   names=names, **dict(places[0].params))


@judges("measure_funded", "plan")
def judge_funding(case: Case) -> Verdict:
    """R-09: every measure has a cost and a source (Budget form 2, AC-64)."""
    plan, sources = case.records("plan"), list_sources(case)
    if not plan:
        return case.no_register("plan")
    places = []
    for one in plan:
        cost = number_of(one, "cost")
        if cost is None or cost < case.limits["cost_min"]:
            places.append(_place(case, one, "cost", lacking=case.column_name("plan", "cost")))
        elif text_of(one, "id") not in sources:
            places.append(_place(case, one, "id", lacking=case.column_name("funding", "source")))
    if places:
        return _broken("R-09-LACKING", places, total=len(plan))
    return passed("R-09-OK", total=len(plan))


@judges("upkeep_present", "plan")
def judge_upkeep(case: Case) -> Verdict:
    """R-51: each new object has its yearly upkeep after commissioning (AC-61)."""
    plan = case.records("plan")
    if not plan:
        return case.no_register("plan")
    if all(flag_of(one, "capital") is None for one in plan):
        return case.no_column("plan", "capital")
    objects = [one for one in plan if flag_of(one, "capital")]
    if not objects:
        return unknown("R-51-NONE")
    bare = [_place(case, one, "upkeep_per_year") for one in objects
            if number_of(one, "upkeep_per_year") is None]
    if bare:
        return _broken("R-51-LACKING", bare, total=len(objects))
    return passed("R-51-OK", total=len(objects))


@judges("gap_sources", "plan")
def judge_gap(case: Case) -> Verdict:
    """R-55: where the local budget is not enough, other sources are looked for."""
    plan = case.records("plan")
    if not plan:
        return case.no_register("plan")
    costs = [number_of(one, "cost") for one in plan]
    if None in costs:
        return case.no_column("plan", "cost")
    own = sum(number_of(one, "amount") or 0 for one in case.records("funding")
              if text_of(one, "source") == "local_budget")
    if sum(cost or 0 for cost in costs) <= own:
        return passed("R-55-COVERED")
    others = {source for found in list_sources(case).values() for source in found}
    others -= {"local_budget"}
    if not others:
        return failed("R-55-NONE", table="funding")
    return passed("R-55-OK", count=len(others),
                  sources=case.codes("funding_sources", sorted(others)))


@judges("delivery_contract", "plan")
def judge_contracts(case: Case) -> Verdict:
    """R-62: a measure handed to business or an NGO has a contract."""
    plan = case.records("plan")
    if not plan:
        return case.no_register("plan")
    handed = [one for one in plan if text_of(one, "delivery") in BY_CONTRACT]
    if not handed:
        return unknown("R-62-NONE")
    bare = [_place(case, one, "contract") for one in handed if not text_of(one, "contract")]
    if bare:
        return _broken("R-62-LACKING", bare, total=len(handed))
    return passed("R-62-OK", total=len(handed))


# ---- joint action plan -------------------------------------------------------------------
@judges("planning_after_focus", "plan")
def judge_planning_date(case: Case) -> Verdict:
    """R-70: the planning meeting follows the focus groups within a week."""
    meetings = case.events("planning_meeting")
    if not meetings:
        return unknown("NC-PLANNING")
    day = day_of(meetings[-1], "date") or date.max
    before = [one for e in case.events("focus_group") if (one := day_of(e, "date")) and one <= day]
    if not before:
        return unknown("NC-FOCUS")
    days = (day - max(before)).days
    if days <= case.limits["days"]:
        return passed("R-70-OK", days=days, value=float(days))
    return failed("R-70-LATE", [case.place("events", meetings[-1], "date")], table="events",
                  days=days, limit=case.limits["days"], value=float(days))


@judges("planning_size", "plan")
def judge_planning_size(case: Case) -> Verdict:
    """R-71: up to 40–45 people plan together."""
    meetings = case.events("planning_meeting")
    known = [one for one in meetings if number_of(one, "participants") is not None]
    if not meetings:
        return unknown("NC-PLANNING")
    if not known:
        return case.no_column("events", "participants")
    limit = case.limits["max_participants"]
    large = [case.place("events", one, "participants") for one in known
             if (number_of(one, "participants") or 0) > limit]
    most = max(number_of(one, "participants") or 0 for one in known)
    if large:
        return failed("R-71-MANY", large, table="events", count=int(most), limit=limit, value=most)
    return passed("R-71-OK", count=int(most), limit=limit, value=most)


@judges("action_plan_duration", "plan")
def judge_duration(case: Case) -> Verdict:
    """R-72: from the planning meeting to the agreed plan two to four weeks."""
    meetings = case.events("planning_meeting")
    if not meetings:
        return unknown("NC-PLANNING")
    begin = day_of(meetings[-1], "date") or date.max
    ends = [day for one in [*case.events("gathering"), *case.documents("bap_approval")]
            if (day := day_of(one, "date")) and day > begin]
    if not ends:
        return unknown("NC-PLAN-END")
    days = (min(ends) - begin).days
    low, high = 7 * case.limits["weeks_min"], 7 * case.limits["weeks_max"]
    told: Told = {"days": days, "low": low, "high": high, "value": float(days)}
    if low <= days <= high:
        return passed("R-72-OK", **told)
    return failed("R-72-OUTSIDE", table="events", **told)


def list_lacking(case: Case, measure: Record, sources: dict[str, list[str]]) -> list[str]:
    """The parts of R-73 that a measure does not have."""
    there = {
        "beneficiaries": any(number_of(measure, name) is not None
                             for name in ("direct_beneficiaries", "indirect_beneficiaries")),
        "funding": bool(sources.get(text_of(measure, "id"))),
    }
    return [part for part in case.limits["fields"]
            if not there.get(part, bool(text_of(measure, part)))]


@judges("action_plan_complete", "plan")
def judge_parts(case: Case) -> Verdict:
    """R-73: each row has all nine parts (AC-90)."""
    plan, sources = case.records("plan"), list_sources(case)
    if not plan:
        return case.no_register("plan")
    columns = {"beneficiaries": ("plan", "direct_beneficiaries"), "funding": ("funding", "source")}
    places = []
    for one in plan:
        lacking = list_lacking(case, one, sources)
        if lacking:
            titles = tuple(case.column_name(*columns.get(part, ("plan", part))) for part in lacking)
            places.append(_place(case, one, lacking[0], fields=titles))
    if places:
        return _broken("R-73-LACKING", places, total=len(plan))
    return passed("R-73-OK", total=len(plan), parts=len(case.limits["fields"]))


@judges("action_plan_approved", "plan")
def judge_plan_approval(case: Case) -> Verdict:
    """R-74: the council approved the action plan."""
    found = case.documents(case.limits["document_kind"])
    if found and text_of(found[-1], "body") in ("council", ""):
        return passed("OK-DOCUMENT", document=case.code("document_kinds", "bap_approval"),
                      number=text_of(found[-1], "number"), date=_say(found[-1]))
    if found:
        return failed("R-74-BODY", [case.place("documents", found[-1], "body")], table="documents",
                      body=case.code("document_bodies", text_of(found[-1], "body")))
    if not case.records("plan"):
        return case.no_register("plan")
    if not case.records("documents"):
        return case.no_register("documents")
    if case.as_of <= case.steps["approval"].last:
        return case.not_due(case.steps["approval"].last)
    return failed("R-74-NONE", table="documents")


def _say(document: Record) -> object:
    day = day_of(document, "date")
    return say_day(day) if day else "…"


@judges("boards_show", "plan")
def judge_boards(case: Case) -> Verdict:
    """R-75: after approval the boards show the decision; the lists beside it are not in data."""
    found = case.documents("bap_approval")
    if not found:
        return unknown("NC-BAP")
    if any("board" in list_of(one, "published_where") for one in found):
        return passed("R-75-OK")
    return failed("R-75-NONE", [case.place("documents", found[-1], "published_where")],
                  table="documents")


@judges("budget_reflection", "plan")
def judge_reflection(case: Case) -> Verdict:
    """R-76: costs estimated, sources named, people told at a hearing: three steps."""
    plan = case.records("plan")
    if not plan:
        return case.no_register("plan")
    steps = [all(number_of(one, "cost") is not None for one in plan), bool(list_sources(case)),
             any((day_of(one, "date") or date.min).year >= case.year for one in case.hearings)]
    told: Told = {"count": sum(steps), "total": case.limits["steps"], "value": float(sum(steps))}
    if all(steps):
        return passed("R-76-OK", **told)
    return warned("R-76-PART", table="plan", **told)
