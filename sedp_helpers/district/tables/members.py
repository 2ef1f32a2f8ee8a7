"""Tables about the members: who they are, how full their data are, who is late with what."""

from __future__ import annotations

from sedp_helpers.blocks import Cell, Column, Table
from sedp_helpers.compare.lateness import STEPS, Step, list_steps
from sedp_helpers.compare.status import day_due, find_due
from sedp_helpers.district.sight import GAP, Sight, bind_words
from sedp_helpers.present.book import Entry

ASSEMBLY = "planning_meeting"  # kind of the events at which all sections are put together


def tabulate_members(sight: Sight) -> Table | None:
    """Every member by name, present or not, with residents, state and fullness of data."""
    people = sight.by_member("population.total")
    filled = sight.by_member("quality.filled_pct")
    rows = []
    for unit in sight.units:
        member = sight.data.members.get(unit)
        there = unit in sight.data.roll.present
        rows.append(
            (
                Cell(sight.name(unit)),
                Cell(bind_words(sight.words["kinds"][member.place.type]) if member else GAP),
                sight.cell(people.get(unit)),
                Cell(str(people[unit].year) if unit in people else GAP),
                Cell(sight.words["states"][member.place.document.status] if member else GAP),
                sight.cell(filled.get(unit)),
                Cell(sight.words["there" if there else "not_there"]),
            )
        )
    columns = (
        sight.column("member"),
        sight.column("kind"),
        sight.column("people", sight.unit_of("population.total"), numeric=True),
        sight.column("year"),
        sight.column("state"),
        sight.column("filled", "%", numeric=True),
        sight.column("data"),
    )
    return Table(sight.words["tables"]["members"], columns, tuple(rows)) if rows else None


def tabulate_status(sight: Sight) -> Table | None:
    """The status board: members × sections, must-have figures, findings, what is due and late."""
    sections = sight.data.catalog.sections
    full = {one.id: sight.by_member("quality.filled_pct", item=one.id) for one in sections}
    parts = [sight.by_member(f"quality.{name}") for name in ("must_pct", "errors")]
    rows = []
    for unit in sight.units:
        member = sight.data.members.get(unit)
        due = find_due(_list_steps(sight, unit)) if member else None
        days = sight.by_member("late.days", item=due.step).get(unit) if due else None
        rows.append(
            (
                Cell(sight.name(unit)),
                *(sight.cell(full[one.id].get(unit)) for one in sections),
                *(sight.cell(part.get(unit)) for part in parts),
                Cell(_name_due(sight, due)),
                sight.cell(days),
            )
        )
    columns = (
        sight.column("member"),
        *(Column(str(one.number), numeric=True) for one in sections),
        sight.column("must", "%", numeric=True),
        sight.column("errors", numeric=True),
        sight.column("due", wide=True),
        sight.column("days_late", numeric=True),
    )
    day = str(sight.words["as_of"]).format(day=sight.day(sight.data.as_of.isoformat()))
    note = f"{sight.words['status_note']} {day}"
    return (
        Table(sight.words["tables"]["status"], columns, tuple(rows), notes=(note,))
        if any(parts)
        else None
    )


def _list_steps(sight: Sight, unit: str) -> list[Step]:
    member = sight.data.members[unit]
    return [
        *list_steps(unit, member.registers, drafting=member.place.drafting, as_of=sight.data.as_of)
    ]


def _name_due(sight: Sight, due: Step | None) -> str:
    """«Public hearing (20.05.2025)»; a dash where nothing is due."""
    if due is None:
        return GAP
    day = day_due(due.step, sight.data.members[due.unit].place.drafting)
    name = sight.head(f"step_{due.step}")
    return f"{name} ({sight.day(day.isoformat())})" if day else name


def tabulate_lateness(sight: Sight) -> Table | None:
    """Members × steps: done, open, or late with the days and how many."""
    days, counts = (
        {step: sight.by_member(f"late.{name}", item=step) for step in STEPS}
        for name in ("days", "count")
    )
    rows = []
    for unit in sight.data.members:
        steps = {step.step: step for step in _list_steps(sight, unit)}
        cells = [
            write_unrecorded(sight, steps[name])
            or _write_step(sight, steps[name], days[name].get(unit), counts[name].get(unit))
            for name in STEPS
        ]
        rows.append((Cell(sight.name(unit)), *cells))
    columns = (sight.column("member"), *(sight.column(f"step_{step}", wide=True) for step in STEPS))
    title = str(sight.words["tables"]["lateness"]).format(
        day=sight.day(sight.data.as_of.isoformat())
    )
    return Table(title, columns, tuple(rows)) if rows else None


def write_unrecorded(sight: Sight, step: Step) -> Cell | None:
    """A step whose day has passed without any record: not said to be late, but the day is named."""
    day = day_due(step.step, sight.data.members[step.unit].place.drafting)
    if step.state != "unknown" or day is None or day >= sight.data.as_of:
        return None
    told = str(sight.words["unrecorded"]).format(day=sight.day(day.isoformat()))
    return Cell(told, style="muted")


def _write_step(sight: Sight, step: Step, days: Entry | None, count: Entry | None) -> Cell:
    """One cell: the days late carry the key, the rest is a word."""
    if step.state != "late":
        day = f" ({sight.day(step.done)})" if step.done else ""
        style = "" if step.state == "done" else "muted"
        return Cell(f"{sight.words['steps'][step.state]}{day}", style=style)
    entry = days or count
    if entry is None:
        return Cell(str(sight.words["steps"]["late"]))
    text = str(sight.words["late_days" if days else "late_count"]).format(
        n=sight.wording.number(entry)
    )
    return Cell(text, entry.value, entry.key, entry.status)


def tabulate_exchanges(sight: Sight) -> Table | None:
    """The two phases of the district: down before the programmes, up after them (R-42, R-46)."""
    rows = []
    for row in sight.data.register("exchanges").to_dict("records"):
        rows.append(
            (
                Cell(sight.code("directions", row.get("direction"))),
                Cell(sight.text(row, "with")),
                Cell(sight.text(row, "topic")),
                Cell(sight.day(row.get("request_date"))),
                Cell(sight.day(row.get("answer_date"))),
                Cell(sight.text(row, "answer") or GAP),
            )
        )
    columns = tuple(
        sight.column(name, wide=name in ("topic", "answer"))
        for name in ("direction", "with", "topic", "asked", "answered", "answer")
    )
    return Table(sight.words["tables"]["exchanges"], columns, tuple(rows)) if rows else None


def tabulate_council(sight: Sight) -> Table | None:
    """The coordination council by body, without names (R-47)."""
    council = sight.data.register("coordination_council")
    rows = [
        (
            Cell(sight.text(row, "role") or GAP),
            Cell(sight.code("bodies", row.get("body"))),
            Cell(sight.name(str(row.get("municipality") or "")) or GAP),
            Cell(sight.day(row.get("order_date"))),
        )
        for row in council.to_dict("records")
    ]
    columns = tuple(
        sight.column(name, wide=name == "role") for name in ("role", "body", "member", "order")
    )
    return Table(sight.words["tables"]["council"], columns, tuple(rows)) if rows else None


def tabulate_nodes(sight: Sight) -> Table | None:
    """Both kinds of connection nodes by member: the meetings that put the sections together, and
    the requests to other levels with their answers (Q18, Q19)."""
    sent, answered = (sight.by_member(f"exchange.{name}") for name in ("sent", "answered"))
    rows = []
    for unit, member in sight.data.members.items():
        events = member.register("events")
        days = (
            sorted(str(day) for day in events.loc[events["kind"] == ASSEMBLY, "date"] if day)
            if {"kind", "date"} <= set(events)
            else []
        )
        rows.append(
            (
                Cell(sight.name(unit)),
                Cell(sight.day(days[-1]) if days else GAP),
                sight.cell(sent.get(unit)),
                sight.cell(answered.get(unit)),
            )
        )
    columns = (
        sight.column("member"),
        sight.column("assembly"),
        sight.column("sent", numeric=True),
        sight.column("answers", numeric=True),
    )
    return Table(sight.words["tables"]["nodes"], columns, tuple(rows)) if rows else None
