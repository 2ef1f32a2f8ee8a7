"""Participation in numbers: events, proposals, groups, from their registers."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import pandas as pd

from sedp_helpers.compute.context import Context
from sedp_helpers.compute.custom import CUSTOM
from sedp_helpers.compute.custom_plan import (
    group_records,
    read_number,
    read_numbers,
    year_of,
)
from sedp_helpers.compute.facts import Fact
from sedp_helpers.compute.rows import Row, make_row
from sedp_helpers.models import ResultSpec

Group = tuple[int, str, list[Mapping[str, Any]]]


def list_events(context: Context) -> list[Group]:
    """Events by year and kind, then by year."""
    return context.once("events", _group_events)


def _group_events(context: Context) -> list[Group]:
    found: dict[tuple[int, str], list[Mapping[str, Any]]] = {}
    for record in context.records("events"):
        year = year_of(record.get("date"))
        if year == year:
            for kind in dict.fromkeys((str(record["kind"]), "")):
                found.setdefault((int(year), kind), []).append(record)
    order = sorted(found, key=lambda key: (not key[1], key))
    return [(year, kind, found[year, kind]) for year, kind in order]


def _event_row(spec: ResultSpec, group: Group, value: float | None, missing: list[str]) -> Row:
    year, kind, records = group
    return make_row(spec.section, spec.id, year, value, missing=missing,
                    inputs=[f"events[id={record['id']}]" for record in records], unit=spec.unit,
                    item=kind, rule=spec.rule)


@CUSTOM.register("event_count")
def event_count(context: Context, spec: ResultSpec) -> Iterator[Row]:
    """Number of events of a year."""
    for group in list_events(context):
        yield _event_row(spec, group, float(len(group[2])), [])


@CUSTOM.register("event_sum")
def event_sum(context: Context, spec: ResultSpec) -> Iterator[Row]:
    """Sum of a column over the events of a year; unknown while one event says nothing."""
    for group in list_events(context):
        value = sum(read_numbers(group[2], spec.params["column"]))
        yield _event_row(spec, group, value, [f"events.{spec.params['column']}"])


def _count_meetings(record: Mapping[str, Any], column: str) -> float:
    """A record is one meeting unless it says how many it stands for."""
    stated = read_number(record.get(column))
    return stated if stated > 0 else 1.0


@CUSTOM.register("meeting_count")
def meeting_count(context: Context, spec: ResultSpec) -> Iterator[Row]:
    """Meetings of a year, where one record may stand for several (003)."""
    column = spec.params["column"]
    for group in list_events(context):
        value = sum(_count_meetings(record, column) for record in group[2])
        yield _event_row(spec, group, value, [])


@CUSTOM.register("meeting_mean")
def meeting_mean(context: Context, spec: ResultSpec) -> Iterator[Row]:
    """Participants / meetings of a year, over the events that give participants (AC-83)."""
    people, meetings = spec.params["column"], spec.params["meetings"]
    for group in list_events(context):
        known = [(number, _count_meetings(record, meetings)) for number, record in
                 zip(read_numbers(group[2], people), group[2]) if number == number]
        value = (sum(number for number, _ in known) / sum(count for _, count in known)
                 if known else None)
        yield _event_row(spec, group, value, [f"events.{people}"])


@CUSTOM.register("event_share")
def event_share(context: Context, spec: ResultSpec) -> Iterator[Row]:
    """Women in per cent of participants, over the events that give both numbers (R-27)."""
    part, whole = spec.params["part"], spec.params["whole"]
    for group in list_events(context):
        pairs = zip(read_numbers(group[2], part), read_numbers(group[2], whole))
        both = [(some, people) for some, people in pairs if some + people == some + people]
        total = sum(people for _, people in both)
        value = 100 * sum(some for some, _ in both) / total if total > 0 else None
        yield _event_row(spec, group, value, [f"events.{whole}", f"events.{part}"])


@CUSTOM.register("event_reach")
def event_reach(context: Context, spec: ResultSpec) -> Iterator[Row]:
    """Participations of a year in per cent of residents (one person may take part twice)."""
    for group in list_events(context):
        year, kind, records = group
        if kind:
            continue
        people = sum(read_numbers(records, spec.params["column"]))
        residents: Fact | None = context.facts.get(spec.inputs["population"], year)
        known = residents is not None and residents.known and residents.value > 0
        value = 100 * people / residents.value if known else None  # type: ignore[union-attr]
        yield _event_row(spec, group, value, [spec.inputs["population"], "events.participants"])


@CUSTOM.register("record_count")
def record_count(context: Context, spec: ResultSpec) -> Iterator[Row]:
    """Records of a register by the code in a column (a proposal by its fate, a cause by who can
    solve it), and all of them; with ``stated`` all that have a code."""
    name, column = spec.params["register"], spec.params["column"]
    codes = group_records(context.records(name), lambda one: _read_code(one.get(column)))
    blank = codes.pop("", [])
    for code, rows in sorted(codes.items()):
        yield make_row(spec.section, spec.id, "", float(len(rows)), inputs=[name], unit=spec.unit,
                       item=code)
    total = sum(map(len, codes.values())) + (0 if spec.params.get("stated") else len(blank))
    if total:
        yield make_row(spec.section, spec.id, "", float(total), inputs=[name], unit=spec.unit)


def _read_code(value: Any) -> str:
    return "" if value is None or value != value else str(value).strip()


@CUSTOM.register("answered_share")
def answered_share(context: Context, spec: ResultSpec) -> Iterator[Row]:
    """Proposals with a known fate, and a reason where rejected, in per cent of all (R-26)."""
    proposals = context.register("proposals")
    if not len(proposals):
        return
    reason = proposals["reason"].map(lambda text: bool(str(text or "").strip()))
    rejected = (proposals["status"] == "rejected") & reason
    answered = proposals["status"].isin(["accepted", "partly"]) | rejected
    years = proposal_years(context, proposals)
    asked: list[int | str] = [*sorted({int(y) for y in years.dropna()}), ""]
    for year in asked:
        mine = years == year if year != "" else pd.Series(True, index=proposals.index)
        value = 100 * float(answered[mine].sum()) / float(mine.sum())
        yield make_row(spec.section, spec.id, year, value, inputs=["proposals"], unit=spec.unit,
                       rule=spec.rule)


def proposal_years(context: Context, proposals: pd.DataFrame) -> pd.Series:
    """The year of the event at which a proposal was made, else of its own date."""
    events = context.register("events")
    by_event = dict(zip(events["id"], events["date"].map(year_of))) if len(events) else {}
    years = proposals["event"].map(by_event).astype(float)
    if "date" in proposals:
        years = years.fillna(proposals["date"].map(year_of))
    return years


@CUSTOM.register("group_count")
def group_count(context: Context, spec: ResultSpec) -> Iterator[Row]:
    """Members of the working group and the monitoring group."""
    for name, rows in _groups(context):
        yield make_row(spec.section, spec.id, "", float(len(rows)), inputs=["working_group"],
                       unit=spec.unit, item=name, rule=spec.rule)


@CUSTOM.register("group_share")
def group_share(context: Context, spec: ResultSpec) -> Iterator[Row]:
    """Members with one of some values in a column, in per cent; unknown while one is blank."""
    column, values = spec.params["column"], spec.params["values"]
    for name, rows in _groups(context):
        given = [one.get(column) for one in rows]
        blank = any(not str(text or "").strip() for text in given)
        value = None if blank else 100 * float(sum(text in values for text in given)) / len(rows)
        yield make_row(spec.section, spec.id, "", value, missing=[f"working_group.{column}"],
                       inputs=["working_group"], unit=spec.unit, item=name, rule=spec.rule)


def _groups(context: Context) -> list[tuple[str, list[Mapping[str, Any]]]]:
    members = context.records("working_group")
    return sorted(group_records(members, lambda one: str(one["group"] or "working")).items())
