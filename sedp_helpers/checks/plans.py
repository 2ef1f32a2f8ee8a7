"""Records against records: composition (DQ-27), cost of like objects (DQ-28), beneficiaries
(DQ-34), parts of participants (CK-EVENT)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from sedp_helpers.checks.inspection import CHECKS, Inspection, Record, is_number, tidy
from sedp_helpers.models import Finding
from sedp_helpers.process.cells import title_of

_NUMBER = re.compile(r"\d{1,3}(?:[ \u00a0\u202f]\d{3})+(?!\d)|\d+")


@CHECKS.register("executive_share")
def check_executive_share(inspection: Inspection) -> Iterator[Finding]:
    """DQ-27: staff of the executive body above half of the working group (000, Q11)."""
    members = [one for one in inspection.records("working_group")
               if (one.get("group") or "working") == "working" and one.get("body")]
    executive = [one for one in members if one["body"] == "executive"]
    limit = inspection.limit("DQ-27", "max_share_pct")
    if members and 100 * len(executive) > limit * len(members):
        yield inspection.at_record(
            "DQ-27", "working_group", executive[0], "body", section="general",
            members=len(members), executive=len(executive), limit=limit,
            share=round(100 * len(executive) / len(members), 1))


@CHECKS.register("unit_costs")
def check_unit_costs(inspection: Inspection) -> Iterator[Finding]:
    """DQ-28: som per place of objects of one kind that differ more than three times. The kind is
    the indicator of the measure with its target, else the object that its text names with a size.
    """
    kinds: dict[str, list[tuple[float, Record]]] = {}
    for record in inspection.records("plan"):
        size, cost = _measure_size(record), record.get("cost")
        kind = str(record.get("indicator") or "").strip().lower()
        if not (kind and size):
            kind, size = _read_object(inspection, str(record.get("measure") or "").lower())
        if kind and size and is_number(cost) and cost > 0:
            kinds.setdefault(kind, []).append((cost / size, record))
    for objects in kinds.values():
        objects.sort(key=lambda one: one[0])
        (low, cheap), (high, dear) = objects[0], objects[-1]
        if low >= inspection.limit("DQ-28", "min_unit_som") and (
            high > inspection.limit("DQ-28", "ratio") * low
        ):
            yield inspection.at_record(
                "DQ-28", "plan", dear, "cost", section=str(dear.get("section") or ""),
                measure=title_of(dear, "measure"), other_measure=title_of(cheap, "measure"),
                number=round(high), other=round(low), ratio=round(high / low, 2))


def _read_object(inspection: Inspection, text: str) -> tuple[str, float]:
    """The object that a text names and its places: «240 орундуу мектеп»."""
    size = read_people(text, inspection.limit("DQ-28", "places"))
    names = next((names for names in inspection.limit("DQ-28", "objects")
                  if any(name in text for name in names)), [""])
    return names[0], size


def _measure_size(record: Record) -> float:
    """What a measure adds to its indicator: target less baseline, 0 where it is not said."""
    target, baseline = record.get("target"), record.get("baseline")
    if not is_number(target):
        return 0.0
    return max(0.0, target - (baseline if is_number(baseline) else 0.0))


@CHECKS.register("beneficiaries")
def check_beneficiaries(inspection: Inspection) -> Iterator[Finding]:
    """DQ-34: people of the goal against direct, or direct and indirect beneficiaries; and both
    against the residents (002, example 2)."""
    residents = inspection.context.facts.get("population.total", inspection.context.base_year)
    tolerance = inspection.limit("DQ-34", "tolerance_pct") / 100
    for record in inspection.records("plan"):
        given = [record.get(name) for name in ("direct_beneficiaries", "indirect_beneficiaries")]
        direct, indirect = (float(one) if is_number(one) else 0.0 for one in given)
        if not direct:
            continue
        params: dict[str, Any] = {"measure": title_of(record, "measure"), "direct": direct,
                                  "indirect": indirect}
        goal = read_people(str(record.get("goal") or ""), inspection.limit("DQ-34", "words"))
        close = any(abs(goal - one) <= tolerance * goal for one in (direct, direct + indirect))
        section = str(record.get("section") or "")
        if goal and not close:
            yield inspection.at_record("DQ-34", "plan", record, "direct_beneficiaries",
                                       text="DQ-34-GOAL", section=section, goal=goal, **params)
        elif residents and residents.known and direct + indirect > residents.value * (
            1 + tolerance
        ):
            yield inspection.at_record(
                "DQ-34", "plan", record, "direct_beneficiaries", text="DQ-34-RESIDENTS",
                section=section, residents=tidy(residents.value), **params)


def read_people(text: str, words: list[str]) -> float:
    """The people or places a text speaks of: the first number followed by such a word, else 0.

    >>> read_people("1 400 жаранга маалымат берүү", ["жаран"])
    1400.0
    >>> read_people("20 колонка куруу", ["жаран"])
    0.0
    """
    for found in _NUMBER.finditer(text):
        after = text[found.end():].lstrip().lower()
        if any(after.startswith(word) for word in words):
            return float(re.sub(r"\D", "", found[0]))
    return 0.0


@CHECKS.register("event_parts")
def check_event_parts(inspection: Inspection) -> Iterator[Finding]:
    """CK-EVENT: women, youth or vulnerable people above all participants of a meeting."""
    for register in ("events", "initiatives"):
        for record in inspection.records(register):
            people = record.get("participants")
            for column in ("women", "youth", "disability", "vulnerable"):
                part = record.get(column)
                if is_number(people) and is_number(part) and part > people:
                    yield inspection.at_record(
                        "CK-EVENT", register, record, column, section="general",
                        number=tidy(part), participants=tidy(people))
