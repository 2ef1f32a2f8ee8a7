"""Tables of what members can do together: shared services, problems passed up, needs by year."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sedp_helpers.blocks import Cell, Column, Table
from sedp_helpers.compare.member_rows import find_joint_pairs
from sedp_helpers.compare.needs import find_request, list_passed_up
from sedp_helpers.district.sight import GAP, Sight

KINDS = {"help": "help", "no": "beyond"}  # causes.solvable_by -> its word
MOST_PROBLEMS = 3  # of one member


def tabulate_joint(sight: Sight) -> Table | None:
    """Neighbours that both fall short in a service, nearest first."""
    rows = []
    for pair in find_joint_pairs(sight.data):
        method = f"pair:{pair.first}+{pair.second}"
        distance, people, gain = (sight.one(f"joint.{name}", item=pair.service, method=method)
                                  for name in ("distance_km", "residents", "gain"))
        rows.append((Cell(sight.code("services", pair.service)),
                     Cell(sight.names((pair.first, pair.second))), sight.cell(distance),
                     sight.cell(people), sight.cell(gain),
                     Cell(sight.words["joint_reasons"][pair.reason])))
    columns = (sight.column("service"), sight.column("neighbours", wide=True),
               sight.column("distance", sight.words["km"], numeric=True),
               sight.column("together", sight.unit_of("population.total"), numeric=True),
               sight.column("gain", sight.wording.unit("som"), numeric=True),
               sight.column("reason", wide=True))
    notes = (str(sight.words["example"]), str(sight.words["gain_note"]))
    return Table(sight.words["tables"]["joint"], columns, tuple(rows), notes=notes) \
        if rows else None


def tabulate_passed(sight: Sight) -> Table | None:
    """The problems that members cannot solve alone, those with most votes first."""
    rows, total = [], 0
    for unit, member in sight.data.members.items():
        passed = list_passed_up(member.register("problems"), member.register("causes"))
        total += len(passed)
        if "votes" in passed:
            passed = passed.sort_values("votes", ascending=False, kind="stable")
        for row in passed.head(MOST_PROBLEMS).to_dict("records"):
            votes = sight.by_member("passed.votes", item=str(row["id"])).get(unit)
            rows.append((Cell(sight.name(unit)), Cell(sight.text(row, "problem") or GAP),
                         sight.cell(votes),
                         Cell(sight.words["passed"][KINDS[row["kind"]]]),
                         *_write_request(sight, find_request(row, member.register("exchanges")))))
    columns = (sight.column("member"), sight.column("problem", wide=True),
               sight.column("votes", numeric=True), sight.column("passed"), sight.column("asked"),
               sight.column("answered", wide=True))
    note = str(sight.words["passed_most"]).format(most=MOST_PROBLEMS, total=total)
    return Table(sight.words["tables"]["passed"], columns, tuple(rows),
                 notes=(note,) if total > len(rows) else ()) if rows else None


def _write_request(sight: Sight, request: Mapping[str, Any]) -> tuple[Cell, ...]:
    """When it was asked, and when and how it was answered; gaps where nobody has asked."""
    answered = [text for text in (sight.day(request.get("answer_date")),
                                  sight.text(request, "answer")) if text not in ("", GAP)]
    return (Cell(sight.day(request.get("request_date"))), Cell(": ".join(answered) or GAP))


def tabulate_needs(sight: Sight) -> Table | None:
    """Members × years: money still to be found. No sum over members (R-40)."""
    entries = sight.book.entries("need.open")
    years = sorted({entry.year for entry in entries if entry.year})
    values = {(e.method, e.year): e for e in entries}
    units = [unit for unit in sight.units if any(f"member:{unit}" == m for m, _ in values)]
    rows = tuple((Cell(sight.name(unit)), *(sight.cell(values.get((f"member:{unit}", year)))
                                            for year in years)) for unit in units)
    columns = (sight.column("member"),
               *(Column(str(year), sight.wording.unit("som"), numeric=True) for year in years))
    notes = tuple(filter(None, (str(sight.words["no_sum"]), sight.coverage(units))))
    return Table(sight.words["tables"]["needs"], columns, rows, notes=notes) if rows else None
