"""Tables of what members can do together: shared services, problems passed up, needs by year."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sedp_helpers.blocks import Cell, Column, Table
from sedp_helpers.compare.member_rows import find_joint_pairs
from sedp_helpers.compare.needs import find_request, list_passed_up
from sedp_helpers.compare.rows import pair_method
from sedp_helpers.district.sight import GAP, Sight, bind_words

KINDS = {"help": "help", "no": "beyond"}  # causes.solvable_by -> its word
MOST_PROBLEMS = 20  # rows


def tabulate_joint(sight: Sight) -> Table | None:
    """Neighbours that both fall short in a service, nearest first."""
    rows = []
    for pair in find_joint_pairs(sight.data):
        method = pair_method(pair.first, pair.second)
        distance, people, gain = (
            sight.one(f"joint.{name}", item=pair.service, method=method)
            for name in ("distance_km", "residents", "gain")
        )
        rows.append(
            (
                Cell(sight.code("services", pair.service)),
                Cell(sight.names((pair.first, pair.second))),
                sight.cell(distance),
                sight.cell(people),
                sight.cell(gain),
                Cell(bind_words(sight.words["joint_reasons"][pair.reason])),
            )
        )
    columns = (
        sight.column("service", wide=True),
        sight.column("neighbours", wide=True),
        sight.column("distance", sight.words["km"], numeric=True),
        sight.column("together", sight.unit_of("population.total"), numeric=True),
        sight.column("gain", sight.wording.unit("som"), numeric=True),
        sight.column("reason", wide=True),
    )
    note = f"{sight.words['example']} {sight.words['gain_note']}"
    return (
        Table(sight.words["tables"]["joint"], columns, tuple(rows), notes=(note,)) if rows else None
    )


def tabulate_passed(sight: Sight) -> Table | None:
    """The problems that members cannot solve alone, those of most members first; one that several
    members name in the same words is one row."""
    shared: dict[tuple[str, str], list[tuple[str, Mapping[str, Any]]]] = {}
    for unit, member in sight.data.members.items():
        passed = list_passed_up(member.register("problems"), member.register("causes"))
        for row in passed.to_dict("records"):
            said = str(row.get("problem") or "")
            shared.setdefault((said.casefold(), row["kind"]), []).append((unit, row))
    rows = [
        _write_problem(sight, kind, named)
        for (_, kind), named in sorted(
            shared.items(), key=lambda one: (-len(one[1]), -_most_votes(one[1]))
        )
    ]
    columns = (
        sight.column("problem", wide=True),
        sight.column("members", wide=True),
        sight.column("most_votes", numeric=True),
        sight.column("passed", wide=True),
        sight.column("asked_answered", wide=True),
    )
    notes = (
        [str(sight.words["passed_alike"])]
        if any(len(named) > 1 for named in shared.values())
        else []
    )
    if len(rows) > MOST_PROBLEMS:
        notes.append(str(sight.words["passed_most"]).format(most=MOST_PROBLEMS, total=len(rows)))
    return (
        Table(
            sight.words["tables"]["passed"],
            columns,
            tuple(rows[:MOST_PROBLEMS]),
            notes=(" ".join(notes),) if notes else (),
        )
        if rows
        else None
    )


def _most_votes(named: list[tuple[str, Mapping[str, Any]]]) -> float:
    votes = (float(row.get("votes") or 0) for _, row in named)
    return max((number for number in votes if number == number), default=0.0)


def _write_problem(
    sight: Sight, kind: str, named: list[tuple[str, Mapping[str, Any]]]
) -> tuple[Cell, ...]:
    """One problem: who names it, the most votes it got in one of them, what became of it."""
    votes = [
        entry
        for unit, row in named
        if (entry := sight.by_member("passed.votes", item=str(row["id"])).get(unit))
    ]
    requests = (
        (unit, find_request(row, sight.data.members[unit].register("exchanges")))
        for unit, row in named
    )
    told = [
        f"{sight.name(unit)}: {_write_request(sight, request)}"
        for unit, request in requests
        if request
    ]
    return (
        Cell(sight.best_text((row for _, row in named), "problem") or GAP),
        Cell(sight.names(unit for unit, _ in named)),
        sight.cell(max(votes, key=lambda entry: entry.value, default=None)),
        Cell(sight.words["passed"][KINDS[kind]]),
        Cell("; ".join(told) or GAP),
    )


def _write_request(sight: Sight, request: Mapping[str, Any]) -> str:
    """When it was asked, and when and how it was answered."""
    answered = [
        text
        for text in (sight.day(request.get("answer_date")), sight.text(request, "answer"))
        if text not in ("", GAP)
    ]
    return (
        f"{sight.head('asked').lower()} {sight.day(request.get('request_date'))}, "
        f"{sight.head('answered').lower()} {': '.join(answered) or GAP}"
    )


def tabulate_needs(sight: Sight) -> Table | None:
    """Members × years: money still to be found. No sum over members (R-40)."""
    entries = sight.book.entries("need.open")
    years = sorted({entry.year for entry in entries if entry.year})
    values = {(e.method, e.year): e for e in entries}
    units = [unit for unit in sight.units if any(f"member:{unit}" == m for m, _ in values)]
    rows = tuple(
        (
            Cell(sight.name(unit)),
            *(sight.cell(values.get((f"member:{unit}", year))) for year in years),
        )
        for unit in units
    )
    columns = (
        sight.column("member"),
        *(Column(str(year), sight.wording.unit("som"), numeric=True) for year in years),
    )
    notes = tuple(filter(None, (str(sight.words["no_sum"]), sight.coverage(units))))
    return Table(sight.words["tables"]["needs"], columns, rows, notes=notes) if rows else None
