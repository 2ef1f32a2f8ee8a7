"""Copies of the workbook that several people filled in, brought together into one.

Why: the accountant, the statistician and the land specialist fill in their own copies at the same
time. What a copy changed against the base is taken; where two copies changed the same cell to
different values, neither is taken and both are named. An empty cell never erases a value.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal, InvalidOperation
from pathlib import Path

import numpy as np
import pandas as pd

from sedp_helpers.catalog.load import Catalog
from sedp_helpers.intake.dialect import MONEY_EXPONENTS
from sedp_helpers.intake.observation_rows import TYPED
from sedp_helpers.intake.read import RawTable
from sedp_helpers.intake.workbook_places import Part
from sedp_helpers.intake.workbook_read import WorkbookContent, read_workbook
from sedp_helpers.models import Finding

_KEY = ("indicator", "year", "sex", "age", "village", "item")
_REST = ("status", "source", "note", "basis")

Said = tuple[str, str, str]  # who gave it, sheet!cell, the value as typed


@dataclass(frozen=True)
class Conflict:
    """One cell or record to which two copies gave different values."""

    what: str  # the key of the row and the year, or register and record
    values: tuple[Said, ...]


@dataclass(frozen=True)
class Merged:
    """The common content, what could not be joined, and how many changes each copy gave."""

    content: WorkbookContent
    conflicts: tuple[Conflict, ...]
    given: Mapping[str, int]


@dataclass(frozen=True)
class _Row:
    part: Part
    place: int
    who: str

    @property
    def said(self) -> Said:
        typed = str(self.part.frame["value"].iloc[self.place])
        unit = str(self.part.frame["unit"].iloc[self.place])
        cell = f"{self.part.table}!{self.part.cell(self.place, 'value')}"
        return self.who, cell, f"{typed} {unit}".strip()


def merge_workbooks(
    paths: Sequence[Path], catalog: Catalog, *, base: Path | None = None
) -> Merged:
    """One content of all copies over the base; copies are named by their file names."""
    copies = {path.stem: read_workbook(path, catalog) for path in paths}
    ground = read_workbook(base, catalog) if base else WorkbookContent()
    conflicts: list[Conflict] = []
    given = dict.fromkeys(copies, 0)
    parts = _merge_rows(ground, copies, conflicts, given)
    registers = _merge_registers(ground, copies, conflicts, given)
    units = {**ground.money_units, **{name: unit for copy in copies.values()
                                      for name, unit in copy.money_units.items()}}
    notes = dict(ground.notes)
    for copy in copies.values():
        notes.update(copy.notes)
    findings = [*ground.findings]
    for who, copy in copies.items():
        findings += [_name_file(finding, who) for finding in copy.findings]
    passport = ground.passport or next((copy.passport for copy in copies.values()
                                        if copy.passport), None)
    content = WorkbookContent(tuple(parts), registers, units, passport, notes, ground.meta,
                              tuple(findings))
    return Merged(content, tuple(conflicts), given)


def _name_file(finding: Finding, who: str) -> Finding:
    return replace(finding, table=f"{who}:{finding.table}")


# ---- observations ------------------------------------------------------------------------
def _index(content: WorkbookContent, who: str) -> dict[tuple[str, ...], _Row]:
    """The first row of every key; the sheet ``observations`` comes first."""
    rows: dict[tuple[str, ...], _Row] = {}
    for part in content.parts:
        for place, key in enumerate(zip(*(part.frame[name] for name in _KEY))):
            rows.setdefault(key, _Row(part, place, who))
    return rows


def _meaning(row: _Row) -> tuple[object, ...]:
    """What a row says, whatever unit of money it is typed in."""
    fields = row.part.frame.iloc[row.place]
    return _amount(str(fields["value"]), str(fields["unit"])), *(fields[name] for name in _REST)


def _amount(text: str, unit: str) -> Decimal | str:
    try:
        return Decimal(text.strip()).scaleb(MONEY_EXPONENTS.get(unit, 0)).normalize()
    except InvalidOperation:
        return f"{text.strip()} {unit}".strip()


def _merge_rows(
    ground: WorkbookContent, copies: Mapping[str, WorkbookContent], conflicts: list[Conflict],
    given: dict[str, int],
) -> list[Part]:
    """The rows of the base that nobody changed, then what each copy gave."""
    base = _index(ground, "")
    offers: dict[tuple[str, ...], list[_Row]] = {}
    for who, copy in copies.items():
        for key, row in _index(copy, who).items():
            if key not in base or _meaning(row) != _meaning(base[key]):
                offers.setdefault(key, []).append(row)
    chosen: dict[tuple[str, ...], _Row] = {}
    for key, rows in offers.items():
        if len({_meaning(row) for row in rows}) > 1:
            conflicts.append(Conflict("|".join(key), tuple(row.said for row in rows)))
            continue
        chosen[key] = rows[0]
        for row in rows:
            given[row.who] += 1
    kept = {key: row for key, row in base.items() if key not in chosen}
    return _collect([*kept.values(), *chosen.values()])


def _collect(rows: Sequence[_Row]) -> list[Part]:
    """Rows grouped into the parts they came from, the file named where it is a copy."""
    groups: dict[tuple[str, int], list[_Row]] = {}
    for row in rows:
        groups.setdefault((row.who, id(row.part)), []).append(row)
    parts = []
    for (who, _), members in groups.items():
        part, places = members[0].part, np.array([row.place for row in members])
        table = f"{who}:{part.table}" if who else part.table
        parts.append(Part(table, part.frame.iloc[places].reset_index(drop=True)[list(TYPED)],
                          part.rows[places], part.values[places], part.columns, part.key,
                          part.findings))
    return parts


# ---- registers ---------------------------------------------------------------------------
def _merge_registers(
    ground: WorkbookContent, copies: Mapping[str, WorkbookContent], conflicts: list[Conflict],
    given: dict[str, int],
) -> dict[str, RawTable]:
    merged = dict(ground.registers)
    for name in dict.fromkeys(name for copy in copies.values() for name in copy.registers):
        tables = {who: copy.registers[name] for who, copy in copies.items()
                  if name in copy.registers}
        merged[name] = _join_register(name, merged.get(name), tables, conflicts, given)
    return merged


def _records(table: RawTable) -> list[dict[str, str]]:
    """The filled cells of each record by column."""
    return [{column: text.strip() for column, text in zip(table.columns, row)
             if column and text.strip()}
            for row in table.frame.itertuples(index=False)]


def _join_register(
    name: str, base: RawTable | None, tables: Mapping[str, RawTable],
    conflicts: list[Conflict], given: dict[str, int],
) -> RawTable:
    """The records of the base and the new or changed ones; the first column is their key."""
    key = next(table.columns[0] for table in tables.values())
    known = {record.get(key, ""): record for record in (_records(base) if base else [])}
    old = _records(base) if base else []
    offers: dict[str, list[tuple[str, dict[str, str]]]] = {}
    fresh: list[dict[str, str]] = []
    for who, table in tables.items():
        for record in _records(table):
            if record in old or record in fresh:
                continue
            given[who] += 1
            if key in ("id", "name"):
                offers.setdefault(record.get(key, ""), []).append((who, record))
            else:
                fresh.append(record)
    for ident, said in offers.items():
        if any(record != said[0][1] for _, record in said):
            conflicts.append(Conflict(f"{name}|{ident}", tuple(
                (who, name, "; ".join(record.values())) for who, record in said)))
        else:
            known[ident] = said[0][1]
    records = list(known.values()) if key in ("id", "name") else old
    return _build_table(name, [*records, *fresh], [base, *tables.values()])


def _build_table(
    name: str, records: Sequence[Mapping[str, str]], tables: Sequence[RawTable | None]
) -> RawTable:
    columns = list(dict.fromkeys(column for table in tables if table is not None
                                 for column in table.columns if column))
    frame = pd.DataFrame([[record.get(column, "") for column in columns] for record in records],
                         columns=range(len(columns)), dtype="str")
    return RawTable(name, tuple(columns), frame)
