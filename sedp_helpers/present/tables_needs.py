"""What the needs methods gave on paper: priorities by year, resources, who named what (002)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sedp_helpers.blocks import Cell, Column, Table
from sedp_helpers.present.records import DASH, Files
from sedp_helpers.process.cells import number_of, text_of

VOTES = "participation.group_votes"


def tabulate_priorities(files: Files) -> Table | None:
    """Problems by rank, a column a year; only where ranks are written."""
    ranked: dict[tuple[int, str], list[str]] = {}
    for one in files.rows("problems"):
        rank, year = number_of(one, "rank"), text_of(one, "date")[:4]
        if rank is not None and year:
            ranked.setdefault((int(rank), year), []).append(files.text(one, "problem"))
    if not ranked:
        return None
    years = sorted({year for _, year in ranked})
    rows = tuple(
        (Cell(str(rank)), *(Cell("; ".join(ranked.get((rank, year), ())) or DASH)
                            for year in years))
        for rank in sorted({rank for rank, _ in ranked}))
    columns = (Column(files.words["rank"]), *(Column(year, wide=True) for year in years))
    return Table(files.words["priorities"], columns, rows, "priorities")


def tabulate_resources(files: Files) -> Table | None:
    """The resources on the map: one row a kind."""
    kinds: dict[str, list[Mapping[str, Any]]] = {}
    for one in files.rows("resources"):
        kinds.setdefault(text_of(one, "kind"), []).append(one)
    if not kinds:
        return None
    words = files.words
    rows = tuple((
        Cell(files.code("resource_kinds", kind) or DASH),
        Cell("; ".join(_name_resource(files, one) for one in found)),
        files.figure("participation.resources", kind),
        files.figure("participation.resources_ha", kind),
        Cell("; ".join(filter(None, (files.text(one, name) for one in found
                                     for name in ("potential", "problem")))) or DASH),
    ) for kind, found in kinds.items())
    columns = (Column(words["resource_kind"], wide=True),
               Column(words["resource_names"], wide=True),
               Column(words["resource_count"], numeric=True),
               Column(words["resource_area"], numeric=True),
               Column(words["resource_use"], wide=True))
    return Table(words["resources"], columns, rows, "resources")


def _name_resource(files: Files, record: Mapping[str, Any]) -> str:
    name, village = files.text(record, "name") or DASH, files.village(record)
    return f"{name} ({village})" if village else name


def tabulate_voices(files: Files) -> Table | None:
    """Each group of a sex and age: its votes and the problem it puts first."""
    first: dict[tuple[str, str], Mapping[str, Any]] = {}
    for one in files.rows("problems"):
        key = (text_of(one, "sex"), text_of(one, "age"))
        if any(key) and (key not in first or _votes(one) > _votes(first[key])):
            first[key] = one
    if not first:
        return None
    entries = {(e.sex, e.age): e for e in files.viewer.book.entries(
        VOTES, sex=None, age=None) if e.sex or e.age}
    rows = tuple((Cell(_name_group(files, *key)), files.viewer.cell(entries.get(key)),
                  Cell(files.text(one, "problem"))) for key, one in sorted(first.items()))
    words = files.words
    columns = (Column(words["who_said"], wide=True), Column(words["votes"], numeric=True),
               Column(words["first_problem"], wide=True))
    return Table(words["voices"], columns, rows, "voices")


def _votes(problem: Mapping[str, Any]) -> float:
    return number_of(problem, "votes") or 0.0


def _name_group(files: Files, sex: str, age: str) -> str:
    told = files.words["age_of"].format(age=age.replace("-", "–")) if age else ""
    return ", ".join(part for part in (files.code("sexes", sex) if sex else "", told) if part)
