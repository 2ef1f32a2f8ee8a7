"""Who was heard and what they named: participants against residents, votes by sex and age, and
the resources drawn on the map (the needs methods of 002)."""

from __future__ import annotations

from collections.abc import Iterator

import pandas as pd

from sedp_helpers.compute.context import Context
from sedp_helpers.compute.custom import CUSTOM
from sedp_helpers.compute.custom_participation import list_events
from sedp_helpers.compute.custom_plan import numbers
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
    year, rows = meetings
    for group in spec.params["groups"]:
        some, people = numbers(rows, group), numbers(rows, "participants")
        both = some.notna() & people.notna()
        part, whole = float(some[both].sum()), float(people[both].sum())
        if not both.any() or not whole:
            continue
        small = 0 < part < LEAST_PEOPLE
        yield make_row(spec.section, spec.id, year, None if small else 100 * part / whole,
                       missing=["hidden_small"], inputs=["events.participants", f"events.{group}"],
                       unit=spec.unit, item=group, rule=spec.rule)


def _latest_meetings(context: Context, kinds: list[str]) -> tuple[int, pd.DataFrame] | None:
    found = [(year, records) for year, kind, records in list_events(context) if kind in kinds]
    if not found:
        return None
    last = max(year for year, _ in found)
    return last, pd.DataFrame([one for year, records in found if year == last for one in records])


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
    problems = context.register("problems")
    if not len(problems) or not numbers(problems, "votes").notna().any():
        return
    if not {"sex", "age"} <= {*problems}:
        return
    table = problems.assign(votes=numbers(problems, "votes"))
    table = table[(table["sex"] != "") | (table["age"] != "")]
    for (sex, age), rows in table.groupby(["sex", "age"], sort=True):
        value = float(rows["votes"].sum()) if rows["votes"].notna().all() else None
        yield make_row(spec.section, spec.id, "", value, missing=["problems.votes"],
                       inputs=["problems"], unit=spec.unit, sex=str(sex), age=str(age))


@CUSTOM.register("resource_count")
def resource_count(context: Context, spec: ResultSpec) -> Iterator[Row]:
    """Resources on the map by kind: how many entries, or their area where every entry has one."""
    resources = context.register("resources")
    for kind, rows in resources.groupby("kind", sort=True) if len(resources) else ():
        column = spec.params.get("column")
        amounts = numbers(rows, column) if column else None
        if amounts is not None and not amounts.notna().all():
            continue
        value = float(len(rows)) if amounts is None else float(amounts.sum())
        yield make_row(spec.section, spec.id, "", value, inputs=["resources"], unit=spec.unit,
                       item=str(kind))
