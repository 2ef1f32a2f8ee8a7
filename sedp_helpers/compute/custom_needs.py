"""Who was heard and what they named: participants against residents, votes by sex and age, and
the resources drawn on the map (the needs methods of 002)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from sedp_helpers.compute.context import Context
from sedp_helpers.compute.custom import CUSTOM
from sedp_helpers.compute.custom_participation import list_events
from sedp_helpers.compute.custom_plan import add_amounts, group_records, read_numbers
from sedp_helpers.compute.facts import Fact
from sedp_helpers.compute.rows import Row, make_row
from sedp_helpers.models import ResultSpec

LEAST_PEOPLE = 5  # a share that would give fewer people away is not made
POPULATION = "population.total"
VULNERABLE = "inclusion.vulnerable"


@CUSTOM.register("heard_share")
def heard_share(context: Context, spec: ResultSpec) -> Iterator[Row]:
    """Each group in per cent of those who came to the needs meetings of the latest year (R-28).

    Only meetings that give both numbers count; a person may have come twice.
    """
    meetings = _latest_meetings(context, spec.params["kinds"])
    if meetings is None:
        return
    year, records = meetings
    people = read_numbers(records, "participants")
    for group in spec.params["groups"]:
        both = [(some, all_in) for some, all_in in zip(read_numbers(records, group), people)
                if some + all_in == some + all_in]
        part, whole = sum(some for some, _ in both), sum(all_in for _, all_in in both)
        if not whole:
            continue
        small = 0 < part < LEAST_PEOPLE
        yield make_row(spec.section, spec.id, year, None if small else 100 * part / whole,
                       missing=["hidden_small"], inputs=["events.participants", f"events.{group}"],
                       unit=spec.unit, item=group, rule=spec.rule)


def _latest_meetings(
    context: Context, kinds: list[str]
) -> tuple[int, list[Mapping[str, Any]]] | None:
    found = [(year, records) for year, kind, records in list_events(context) if kind in kinds]
    if not found:
        return None
    last = max(year for year, _ in found)
    return last, [one for year, records in found if year == last for one in records]


@CUSTOM.register("group_among_residents")
def group_among_residents(context: Context, spec: ResultSpec) -> Iterator[Row]:
    """The same groups in per cent of residents, in the latest year not after the meetings.

    Young people are counted only where the bands of age allow it: bands are never split.
    """
    meetings = _latest_meetings(context, spec.params["kinds"])
    if meetings is None:
        return
    year = max((year for year in context.facts.years(POPULATION)
                if year <= meetings[0] and _known(context.facts.get(POPULATION, year))),
               default=None)
    if year is None:
        return
    low, high = spec.params["youth"]
    parts = {"women": context.facts.get(POPULATION, year, sex="f"),
             "youth": context.facts.ages(POPULATION, year, low, high),
             "vulnerable": context.facts.get(VULNERABLE, year)}
    whole = context.facts.get(POPULATION, year)
    for group, part in parts.items():
        if whole is not None and whole.value and _known(part) and part is not None:
            yield make_row(spec.section, spec.id, meetings[0], 100 * part.value / whole.value,
                           inputs=[*part.refs, *whole.refs], unit=spec.unit, item=group)


def _known(fact: Fact | None) -> bool:
    return fact is not None and fact.known


@CUSTOM.register("group_votes")
def group_votes(context: Context, spec: ResultSpec) -> Iterator[Row]:
    """Votes for the problems that a group of one sex or age named; unknown while one is blank."""
    problems = context.records("problems")
    if all(vote != vote for vote in read_numbers(problems, "votes")):
        return
    groups = group_records(problems, lambda one: (one.get("sex") or "", one.get("age") or ""))
    groups.pop(("", ""), None)
    for (sex, age), rows in sorted(groups.items()):
        value = add_amounts(read_numbers(rows, "votes"))
        yield make_row(spec.section, spec.id, "", value, missing=["problems.votes"],
                       inputs=["problems"], unit=spec.unit, sex=str(sex), age=str(age))


@CUSTOM.register("resource_count")
def resource_count(context: Context, spec: ResultSpec) -> Iterator[Row]:
    """Resources on the map by kind: how many entries, or their area where every entry has one."""
    column = spec.params.get("column")
    kinds = group_records(context.records("resources"), lambda one: one["kind"])
    for kind, rows in sorted(kinds.items()):
        value = add_amounts(read_numbers(rows, column)) if column else float(len(rows))
        if value is None:
            continue
        yield make_row(spec.section, spec.id, "", value, inputs=["resources"], unit=spec.unit,
                       item=str(kind))
