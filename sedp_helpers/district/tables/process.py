"""Tables on how the district programme is made: who does what, in which order, by what exchange."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import pandas as pd

from sedp_helpers.blocks import Cell, Column, Table
from sedp_helpers.district.sight import GAP, Sight

LEVELS = ("municipality", "district", "state")
SAME = ("request_date", "answer_date", "with", "topic", "answer")  # of requests that are alike
RECORDS = {
    "discussion": "hearing_protocol",
    "adoption": "sedp_approval",
    "monitoring": "monitoring_report",
}  # step -> kind of the document that shows it


def tabulate_powers(sight: Sight) -> Table:
    """What each level does, by two examples of the handbook (Q18, R-40)."""
    words = sight.words["powers"]
    rows = tuple(
        (Cell(str(one["field"])), *(Cell(str(one.get(level) or GAP)) for level in LEVELS))
        for one in words["examples"]
    )
    columns = (
        Column(str(words["heads"]["field"])),
        *(Column(str(words["heads"][level]), wide=True) for level in LEVELS),
    )
    return Table(sight.words["tables"]["powers"], columns, rows, notes=(str(words["note"]),))


def tabulate_order(sight: Sight) -> Table:
    """The order of the district programme (Q14, R-42) with the day on record of each step."""
    words = sight.words["order"]
    rows = tuple(
        (
            Cell(str(number)),
            Cell(str(words["steps"][step])),
            Cell(shown),
            Cell(str(words["records"][step])),
        )
        for number, (step, shown) in enumerate(_list_days(sight), 1)
    )
    columns = (
        Column("№"),
        Column(str(words["heads"]["step"]), wide=True),
        Column(str(words["heads"]["day"]), wide=True),
        Column(str(words["heads"]["record"]), wide=True),
    )
    return Table(sight.words["tables"]["order"], columns, rows, notes=(str(words["note"]),))


def _list_days(sight: Sight) -> list[tuple[str, str]]:
    """Step -> the day that the district's folder gives for it; a gap where it gives none."""
    exchanges, data = sight.data.register("exchanges"), sight.data
    down, up = (_pick(exchanges, "direction", way) for way in ("down", "up"))
    present = sight.of_total(len(data.roll.present), str(sight.words["n_of"]))
    days = {
        name: _last_day(sight, _pick(data.register("documents"), "kind", kind), "date")
        for name, kind in RECORDS.items()
    }
    fund = [entry.year for entry in sight.book.entries("fund.planned") if entry.year]
    return [
        ("group", _last_day(sight, data.register("coordination_council"), "order_date")),
        ("down", _last_day(sight, down, "answer_date", "request_date")),
        ("sections", present),
        ("up", _last_day(sight, up, "answer_date", "request_date")),
        ("resources", str(max(fund)) if fund else GAP),
        *((name, days[name]) for name in RECORDS),
    ]


def _pick(register: pd.DataFrame, column: str, value: str) -> pd.DataFrame:
    return register[register[column] == value] if column in register else register.head(0)


def _last_day(sight: Sight, register: pd.DataFrame, *columns: str) -> str:
    """The latest day of the first of the columns that gives one."""
    for column in columns:
        days = (
            sorted(str(day) for day in register[column] if isinstance(day, str) and day)
            if column in register
            else []
        )
        if days:
            return sight.day(days[-1])
    return GAP


def tabulate_member_exchanges(sight: Sight) -> Table | None:
    """Every request that members sent to other levels, with its answer and their days (R-46), in
    order of the day; one that several members sent alike is one row."""
    alike: dict[tuple[str, ...], list[tuple[str, dict[str, Any]]]] = {}
    for unit, member in sight.data.members.items():
        register = _pick(member.register("exchanges"), "direction", "up")
        for row in _name_problems(register, member.register("problems")):
            alike.setdefault(tuple(str(row.get(name) or "") for name in SAME), []).append(
                (unit, row)
            )
    rows = tuple(_write_exchange(sight, alike[said]) for said in sorted(alike, key=lambda k: k[0]))
    columns = tuple(
        sight.column(name, wide=name not in ("asked", "answered"))
        for name in ("with", "topic", "asked", "answered", "answer", "members")
    )
    return Table(sight.words["tables"]["member_exchanges"], columns, rows) if rows else None


def _name_problems(register: pd.DataFrame, problems: pd.DataFrame) -> Iterable[dict[str, Any]]:
    """The requests of a member; a topic that names a problem is told in the words of the problem,
    in every language that has them."""
    known: dict[str, Any] = (
        {str(row["id"]): row for row in problems.to_dict("records")} if "id" in problems else {}
    )
    for row in register.to_dict("records"):
        meant = known.get(str(row.get("topic") or ""), {})
        told = {
            f"topic{name.removeprefix('problem')}": text
            for name, text in meant.items()
            if name.startswith("problem")
        }
        yield {**row, **told}


def _write_exchange(sight: Sight, sent: list[tuple[str, dict[str, Any]]]) -> tuple[Cell, ...]:
    """One request with those who sent it."""
    rows = [row for _, row in sent]
    asked, answered = (sight.day(rows[0].get(name)) for name in ("request_date", "answer_date"))
    return (
        Cell(sight.best_text(rows, "with")),
        Cell(sight.best_text(rows, "topic") or GAP),
        Cell(asked),
        Cell(answered),
        Cell(sight.best_text(rows, "answer") or GAP),
        Cell(sight.names(dict.fromkeys(unit for unit, _ in sent))),
    )
