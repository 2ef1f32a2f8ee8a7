"""Hearing, notice, proposals and needs (handbook Q48, Q96, Q97: R-20 … R-28)."""

from __future__ import annotations

from datetime import date, timedelta

from sedp_helpers.process.case import Case, judges, say_day, say_share
from sedp_helpers.process.cells import Record, day_of, flag_of, number_of, text_of
from sedp_helpers.process.verdict import Place, Told, Verdict, failed, passed, unknown, warned

OPEN = ("open", "pending", "")
METHODS = ("needs_session", "focus_group", "gathering")


@judges("hearing_window", "participation")
def judge_date(case: Case) -> Verdict:
    """R-20: hearings on the draft fall into 10 … 20 May; 10 May counts (O-21, AC-38, AC-39).

    Of the drafting year's hearings those between the first and the last day of the calendar are
    judged; others (on the budget in autumn) only where there is none of these.
    """
    first, last = case.day(case.limits["from"]), case.day(case.limits["to"])
    dated = list_hearing_days(case)
    if not dated:
        if case.as_of <= last:
            return case.not_due(last)
        if not case.records("events"):
            return case.no_register("events")
        return failed("R-20-NONE", table="events", first=say_day(first), last=say_day(last))
    outside = [(day, place) for day, place in dated if not first <= day <= last]
    told: Told = {"first": say_day(first), "last": say_day(last), "note": "O-21"}
    if not outside:
        return passed("R-20-OK", date=say_day(dated[0][0]), **told)
    verdict = failed if len(outside) == len(dated) else warned
    return verdict("R-20-OUTSIDE", [place for _, place in outside], table="events",
                   date=say_day(outside[0][0]), **told)


def list_hearing_days(case: Case) -> list[tuple[date, Place]]:
    """Days of the hearings on the draft with their places; without events, of its protocols."""
    found = [(day, "events", one) for one in case.events("hearing")
             if (day := day_of(one, "date")) and day.year == case.year]
    if not found:
        found = [(day, "documents", one) for one in case.documents("hearing_protocol")
                 if (day := day_of(one, "date")) and day.year == case.year]
    begin = min(step.first for step in case.steps.values())
    end = max(step.last for step in case.steps.values())
    near = [one for one in found if begin <= one[0] <= end] or found
    return [(day, case.place(table, one, "date", date=say_day(day)))
            for day, table, one in near]


def _no_hearing(case: Case) -> Verdict:
    return unknown("NC-HEARING") if case.records("events") else case.no_register("events")


@judges("notice_before", "participation")
def judge_notice(case: Case) -> Verdict:
    """R-21: the notice is given before the hearing; how long before is not printed (O-10)."""
    if not case.hearings:
        return _no_hearing(case)
    gap = timedelta(days=case.limits["min_days"])
    late = [one for one in case.hearings if not _is_early(one, gap)]
    if late:
        places = [case.place("events", one, "notice_date") for one in late]
        return failed("R-21-LATE", places, table="events", count=len(late),
                      names=[place.name for place in places], note="O-10")
    days = min((_lead(one) for one in case.hearings), default=0)
    return passed("R-21-OK", count=len(case.hearings), days=days, note="O-10", value=float(days))


def _lead(hearing: Record) -> int:
    notice, day = day_of(hearing, "notice_date"), day_of(hearing, "date")
    return (day - notice).days if notice and day else 0


def _is_early(hearing: Record, gap: timedelta) -> bool:
    notice, day = day_of(hearing, "notice_date"), day_of(hearing, "date")
    return bool(notice and day and notice + gap <= day)


@judges("notice_complete", "participation")
def judge_notice_fields(case: Case) -> Verdict:
    """R-22: day, time, place, and where the draft can be read (AC-45)."""
    if not case.hearings:
        return _no_hearing(case)
    places = []
    for one in case.hearings:
        lacking = [name for name in case.limits["fields"] if not text_of(one, name)]
        if lacking:
            titles = tuple(case.column_name("events", name) for name in lacking)
            places.append(case.place("events", one, lacking[0], fields=titles))
    if not places:
        return passed("R-22-OK", count=len(case.hearings))
    return failed("R-22-MISSING", places, table="events", count=len(places),
                  names=[place.name for place in places], fields=places[0].params["fields"])


@judges("hearing_held", "participation")
def judge_course(case: Case) -> Verdict:
    """R-23: people came and spoke; visible from participants and from proposals made there.

    A hearing to which nobody came was none; that nobody spoke where people came is not recorded.
    """
    if not case.hearings:
        return _no_hearing(case)
    empty = [case.place("events", one, "participants") for one in case.hearings
             if number_of(one, "participants") == 0]
    if empty:
        return failed("R-23-EMPTY", empty, table="events", count=len(empty),
                      names=[place.name for place in empty])
    held = {text_of(one, "id") for one in case.hearings}
    people = sum(number_of(one, "participants") or 0 for one in case.hearings)
    said = sum(text_of(one, "event") in held for one in case.records("proposals"))
    if people and said:
        return passed("R-23-OK", people=int(people), count=said)
    return unknown("R-23-UNSEEN")


@judges("protocol_kept", "participation")
def judge_protocol(case: Case) -> Verdict:
    """R-24: each hearing has a protocol, ticked in the register or filed as a document."""
    if not case.hearings:
        return _no_hearing(case)
    filed = {day.year for one in case.documents("hearing_protocol") if (day := day_of(one, "date"))}
    flags = {text_of(one, "id"): flag_of(one, "protocol") for one in case.hearings}
    lacking = [one for one in case.hearings if flags[text_of(one, "id")] is False
               and (day_of(one, "date") or date.min).year not in filed]
    if lacking:
        places = [case.place("events", one, "protocol") for one in lacking]
        return failed("R-24-NONE", places, table="events", count=len(places),
                      names=[place.name for place in places])
    if any(flags.values()) or filed & {(day_of(one, "date") or date.min).year
                                       for one in case.hearings}:
        return passed("R-24-OK", count=len(case.hearings))
    return case.no_column("events", "protocol")


@judges("proposals_analysed", "participation")
def judge_analysis(case: Case) -> Verdict:
    """R-25: proposals were looked at; taking all of them in is not asked for (AC-47)."""
    proposals = case.records("proposals")
    if not proposals:
        return case.no_register("proposals")
    looked = sum(text_of(one, "status") not in OPEN for one in proposals)
    if looked:
        return passed("R-25-OK", count=looked, total=len(proposals))
    return failed("R-25-NONE", table="proposals", total=len(proposals))


@judges("proposals_answered", "participation")
def judge_answers(case: Case) -> Verdict:
    """R-26: each proposal has a fate, each rejected one a reason (AC-46, AC-47)."""
    proposals = case.records("proposals")
    if not proposals:
        return case.no_register("proposals")
    mute = [one for one in proposals
            if text_of(one, "status") == "rejected" and not text_of(one, "reason")]
    lost = [one for one in proposals if not text_of(one, "status")]
    if mute or lost:
        places = [*(case.place("proposals", one, "reason") for one in mute),
                  *(case.place("proposals", one, "status") for one in lost)]
        return failed("R-26-MUTE", places, table="proposals", count=len(places),
                      total=len(proposals), names=[place.name for place in places])
    waiting = [one for one in proposals if text_of(one, "status") in OPEN]
    if waiting:
        places = [case.place("proposals", one, "status") for one in waiting]
        return warned("R-26-OPEN", places, table="proposals", count=len(waiting),
                      total=len(proposals), names=[place.name for place in places])
    return passed("R-26-OK", total=len(proposals))


def share_women(events: list[Record]) -> tuple[float, float] | None:
    """Women and participants over the events that give both; None where none does."""
    pairs = [(number_of(one, "women"), number_of(one, "participants")) for one in events]
    both = [(some, whole) for some, whole in pairs if some is not None and whole]
    if not both:
        return None
    return sum(some for some, _ in both), sum(whole for _, whole in both)


@judges("women_at_hearing", "participation")
def judge_women(case: Case) -> Verdict:
    """R-27: women are at least 30 % at the hearing, else at the meetings of the latest year.

    A criterion of a contest, not a rule of the methodology: a warning (O-33, AC-17, 18, 48).
    """
    events = case.hearings or _latest_meetings(case)
    if not events:
        return case.no_register("events", note="O-33")
    sums = share_women(events)
    if sums is None:
        return case.no_column("events", "women", note="O-33")
    women, people = sums
    share, limit = 100 * women / people, case.limits["min_share_pct"]
    told: Told = {"count": int(women), "total": int(people), "share": say_share(share),
                  "limit": limit, "note": "O-33", "value": share}
    if 100 * women >= limit * people:
        return passed("R-27-OK", **told)
    places = [case.place("events", one, "women") for one in events]
    return warned("R-27-LOW", places[:1], table="events", **told)


def _latest_meetings(case: Case) -> list[Record]:
    found = case.events(*METHODS)
    last = max((day.year for one in found if (day := day_of(one, "date"))), default=0)
    return [one for one in found if (day := day_of(one, "date")) and day.year == last]


@judges("needs_identified", "participation")
def judge_needs(case: Case) -> Verdict:
    """R-28: needs were asked for, of women, the young and vulnerable people too."""
    meetings = _latest_meetings(case)
    if not case.records("events"):
        return case.no_register("events")
    if not meetings and case.as_of <= case.steps["hearing"].last:
        return case.not_due(case.steps["hearing"].last)
    if not meetings:
        return failed("R-28-NONE", table="events")
    absent: list[str] = []
    silent: list[str] = []
    for group in case.limits["groups"]:
        counts = [number_of(one, group) for one in meetings]
        if not any(counts):
            (silent if None in counts else absent).append(group)
    if absent:
        titles = tuple(case.column_name("events", group) for group in absent)
        return failed("R-28-ABSENT", table="events", groups=titles, count=len(absent))
    if silent:
        return case.no_column("events", silent[0])
    return passed("R-28-OK", count=len(meetings))
