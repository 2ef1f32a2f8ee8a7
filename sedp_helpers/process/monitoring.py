"""Monitoring: the joint group, the cycle, publication, decisions (Q94–Q100: R-30 … R-35).

Deviations: a measure is behind where its progress is below the share of its time that has passed.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sedp_helpers.process.case import Case, judges, say_day
from sedp_helpers.process.cells import (
    Record,
    day_of,
    list_of,
    number_of,
    span_of,
    text_of,
)
from sedp_helpers.process.verdict import Told, Verdict, failed, passed, unknown, warned

GROUP = "working_group"
ALLOWANCE = 10.0  # points behind that still count as on time
DISCUSSED = ("monitoring_visit", "gathering", "council_session", "planning_meeting", "other")


# ---- the joint monitoring group ----------------------------------------------------------
@judges("monitoring_group_size", "participation")
def judge_size(case: Case) -> Verdict:
    """R-30: five of the community (more where there are more villages), one of the executive, one
    of the council (O-34, AC-49, AC-50)."""
    members = case.members("monitoring")
    if not members:
        return unknown("NC-MONITORING-GROUP", note="O-34")
    bodies = [text_of(one, "body") for one in members]
    if not all(bodies):
        return case.no_column(GROUP, "body", note="O-34")
    executive, council = bodies.count("executive"), bodies.count("council")
    community = len(bodies) - executive - council
    least = case.limits["community"]
    most = max(least, len(case.records("villages")) or community)
    told: Told = {"total": len(bodies), "community": community, "executive": executive,
            "council": council, "note": "O-34", "value": float(len(bodies))}
    right = executive == case.limits["executive"] and council == case.limits["council"]
    if right and least <= community <= most:
        return passed("R-30-OK", **told)
    return failed("R-30-SIZE", table=GROUP, **told)


@judges("monitoring_group_members", "participation")
def judge_members(case: Case) -> Verdict:
    """R-31: both sexes and every village are represented; the rest of the checklist is not data."""
    members = case.members("monitoring")
    if not members:
        return unknown("NC-MONITORING-GROUP")
    for column in ("sex", "village"):
        if not all(text_of(one, column) for one in members):
            return case.no_column(GROUP, column)
    sexes = [text_of(one, "sex") for one in members]
    share = 100 * min(sexes.count("f"), sexes.count("m")) / len(sexes)
    villages = {text_of(one, "id") for one in case.records("villages")}
    absent = villages - {text_of(one, "village") for one in members}
    if absent:
        return warned("R-31-VILLAGE", table=GROUP, count=len(absent), total=len(villages))
    if share < case.context.catalog.rules["R-15"]["threshold"]["min_share_pct"]:
        return warned("R-31-SEX", table=GROUP, value=share)
    return passed("R-31-OK", total=len(members), value=share)


@judges("monitoring_group_approved", "participation")
def judge_group_approval(case: Case) -> Verdict:
    """R-32: the council approved the composition; the schedule itself is not in the data."""
    found = case.documents(case.limits["document_kind"])
    if found and text_of(found[-1], "body") in ("council", ""):
        day = day_of(found[-1], "date")
        return passed("OK-DOCUMENT", number=text_of(found[-1], "number"),
                      document=case.code("document_kinds", text_of(found[-1], "kind")),
                      date=say_day(day) if day else "…")
    if found:
        return failed("R-32-BODY", [case.place("documents", found[-1], "body")], table="documents",
                      body=case.code("document_bodies", text_of(found[-1], "body")))
    if not case.members("monitoring"):
        return unknown("NC-MONITORING-GROUP")
    if not case.records("documents"):
        return case.no_register("documents")
    return failed("R-32-NONE", table="documents")


# ---- progress ----------------------------------------------------------------------------
@dataclass(frozen=True)
class Progress:
    """A measure at its latest monitoring.

    ``expected`` is the share of its time that has passed, in per cent; ``state`` is done, on_time,
    behind, or unknown where progress or dates are not given.
    """

    measure: Record
    record: Record
    progress: float | None
    expected: float | None
    state: str

    @property
    def decided(self) -> bool:
        return bool(text_of(self.record, "decision"))


def expect_progress(span: tuple[date, date], day: date) -> float:
    """Share of a period that has passed by the end of a day, in per cent, both ends counted.

    >>> expect_progress((date(2026, 1, 1), date(2026, 1, 10)), date(2026, 1, 5))
    50.0
    """
    whole = (span[1] - span[0]).days + 1
    return 100.0 * min(max((day - span[0]).days + 1, 0), whole) / whole


def state_progress(progress: float | None, expected: float | None) -> str:
    """done · on_time · behind · unknown.

    >>> state_progress(100, 50), state_progress(45, 50), state_progress(30, 50)
    ('done', 'on_time', 'behind')
    >>> state_progress(None, 50)
    'unknown'
    """
    if progress is None:
        return "unknown"
    if progress >= 100:
        return "done"
    if expected is None:
        return "unknown"
    return "behind" if progress < expected - ALLOWANCE else "on_time"


def list_progress(case: Case) -> list[Progress]:
    """Each monitored measure at its latest record not after the as-of day."""
    latest: dict[str, Record] = {}
    for one in sorted(case.records("monitoring"), key=lambda r: day_of(r, "date") or date.min):
        if (day_of(one, "date") or date.min) <= case.as_of:
            latest[text_of(one, "measure")] = one
    found = []
    for measure in case.records("plan"):
        record = latest.get(text_of(measure, "id"))
        if record is None:
            continue
        span, day = span_of(measure, "start", "end"), day_of(record, "date")
        expected = expect_progress(span, day) if span and day else None
        progress = number_of(record, "progress_pct")
        found.append(Progress(measure, record, progress, expected,
                              state_progress(progress, expected)))
    return found


def list_due(case: Case) -> list[Record]:
    """Measures whose last day is over without a record of completion."""
    done = {text_of(one.measure, "id") for one in list_progress(case) if one.state == "done"}
    return [one for one in case.records("plan") if text_of(one, "id") not in done
            and (span := span_of(one, "start", "end")) and span[1] < case.as_of]


# ---- the cycle ---------------------------------------------------------------------------
def _no_monitoring(case: Case) -> Verdict:
    start = date(case.municipality.plan_years.start, 12, 31)
    return case.not_due(start) if case.as_of <= start else case.no_register("monitoring")


@judges("monitoring_cycle", "plan")
def judge_cycle(case: Case) -> Verdict:
    """R-33: collected, analysed, discussed, decided, published; how many of the five are seen."""
    records = case.records("monitoring")
    if not records:
        return _no_monitoring(case)
    first = min((day for one in records if (day := day_of(one, "date"))), default=case.as_of)
    discussed = [one for one in case.events(*DISCUSSED)
                 if (day_of(one, "date") or date.min).year >= first.year]
    stages = [True, any(number_of(one, "progress_pct") is not None for one in records),
              bool(discussed), any(text_of(one, "decision") for one in records), is_published(case)]
    told: Told = {"count": sum(stages), "total": case.limits["stages"], "value": float(sum(stages))}
    return passed("R-33-OK", **told) if all(stages) else warned("R-33-PART", table="monitoring",
                                                               **told)


def is_published(case: Case) -> bool:
    """Whether a monitoring report has a channel, or a publication follows the first record."""
    if any(list_of(one, "published_where") for one in case.documents("monitoring_report")):
        return True
    first = min((day for one in case.records("monitoring") if (day := day_of(one, "date"))),
                default=date.max)
    return any((day_of(one, "date") or date.min) >= first for one in case.events("publication"))


@judges("monitoring_published", "plan")
def judge_publication(case: Case) -> Verdict:
    """R-34: what monitoring found is published (AC-51)."""
    reports = case.documents("monitoring_report")
    if not case.records("monitoring") and not reports:
        return _no_monitoring(case)
    channels = sorted({where for one in reports for where in list_of(one, "published_where")})
    if len(channels) >= case.limits["channels_min"]:
        return passed("R-34-OK", channels=case.codes("published_where", channels),
                      count=len(channels))
    if is_published(case):
        return passed("R-34-EVENT")
    return failed("R-34-NONE", [case.place("documents", one, "published_where")
                                for one in reports[-1:]], table="documents")


@judges("monitoring_used", "plan")
def judge_use(case: Case) -> Verdict:
    """R-35: where a measure is behind, a decision is on record."""
    found = list_progress(case)
    if not found:
        return _no_monitoring(case)
    behind = [one for one in found if one.state == "behind"]
    mute = [one for one in behind if not one.decided]
    if mute:
        places = [case.place("monitoring", one.record, "decision",
                             text_of(one.measure, "id")) for one in mute]
        return failed("R-35-MUTE", places, table="monitoring", count=len(places),
                      total=len(found), names=[place.name for place in places])
    if not behind and not any(one.state in ("done", "on_time") for one in found):
        return case.no_column("monitoring", "progress_pct")
    if not behind:
        return passed("R-35-NONE", total=len(found))
    return passed("R-35-OK", count=len(behind), total=len(found))
