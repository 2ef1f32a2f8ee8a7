"""A register (villages, plan, events …) as typed becomes a typed table and findings.

Why: one row is one record with a key. A cell in error is left empty and said; a row without a
usable key or a required cell is not used; private and unlisted columns stay in the raw table.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
import pandas as pd

from sedp_helpers.intake.clean import find_columns, near_key
from sedp_helpers.intake.findings import Tolerances
from sedp_helpers.intake.levels import Levels, read_levels
from sedp_helpers.intake.read import RawTable, cell_name
from sedp_helpers.intake.register_cells import CellReading, Lists, read_cell
from sedp_helpers.models import LANGUAGES, Column, Finding, Register

_DTYPES = {"int": "float64", "number": "float64", "money": "float64", "pct": "float64",
           "year": "float64", "bool": "object"}


def tidy_register(
    raw: RawTable, register: Register, lists: Lists, headers: Mapping[str, str] | None = None
) -> tuple[pd.DataFrame, list[Finding]]:
    """The usable records and what was found.

    Columns: those of the model without the private ones, the language twins that are there, and
    ``origin`` (table!cell of the key). Numbers are floats with NaN for missing, days ISO texts,
    yes/no True, False or None, lists texts joined by ``;``.
    """
    columns = list_columns(register)
    if not raw.readable:
        return make_empty_register(register), list(raw.findings)
    required = [column.id for column in register.columns
                if column.id == register.key or column.required]
    found = find_columns(raw, [column.id for column in columns], required=required,
                         headers=headers, silent=("origin",))
    findings = [*raw.findings, *found.findings]
    if any(finding.severity == "error" for finding in found.findings):
        return make_empty_register(register), findings
    reader = _RegisterReader(raw, register, lists, found.places)
    frame = reader.read(columns)
    return frame, findings + reader.found + reader.tolerances.findings()


def list_columns(register: Register) -> list[Column]:
    """The columns of the model and the language twins of its text columns."""
    own = {column.id for column in register.columns}
    twins = [
        Column(id=f"{column.id}_{lang}", name=column.name, private=column.private)
        for column in register.columns for lang in LANGUAGES
        if column.type == "text" and not column.codes and not column.refers
        and not column.id.endswith(tuple(f"_{code}" for code in LANGUAGES))
    ]
    return [*register.columns, *(twin for twin in twins if twin.id not in own)]


def make_empty_register(register: Register) -> pd.DataFrame:
    """The register without records, with the types of a full one."""
    public = [column for column in register.columns if not column.private]
    types = {column.id: _DTYPES.get(column.type, "str") for column in public} | {"origin": "str"}
    return pd.DataFrame({name: pd.Series(dtype=kind) for name, kind in types.items()})


class _RegisterReader:
    def __init__(
        self, raw: RawTable, register: Register, lists: Lists, places: Mapping[str, int]
    ) -> None:
        filled = raw.frame.apply(lambda cells: cells.str.strip() != "").any(axis=1)
        self.frame = raw.frame[filled] if len(raw.frame) else raw.frame
        self.raw, self.register, self.lists, self.places = raw, register, lists, places
        self.numbers = [int(position) + raw.first_row for position in self.frame.index]
        self.out = [False] * len(self.numbers)
        self.tolerances = Tolerances(raw.name)
        self.found: list[Finding] = []

    def read(self, columns: list[Column]) -> pd.DataFrame:
        data: dict[str, pd.Series] = {}
        levels = {name: read_levels(self.frame.iloc[:, place])
                  for name, place in self.places.items()}
        for column in columns:
            if column.id in levels:
                data[column.id] = self._read_column(column, levels[column.id])
            elif column in self.register.columns:
                blank = read_cell("", column, self.lists).value
                data[column.id] = _make_series([blank] * len(self.out), column)
        self._check_key(data)
        self._note_private(columns, levels)
        key_place = self.places.get(self.register.key, 0)
        data = {column.id: data[column.id] for column in columns
                if column.id in data and not column.private}
        data["origin"] = pd.Series(
            [f"{self.raw.name}!{cell_name(number, key_place)}" for number in self.numbers],
            dtype="str")
        kept = ~np.array(self.out, dtype=bool)
        self.found.sort(key=lambda finding: finding.row or 0)
        return pd.DataFrame(data).loc[kept].reset_index(drop=True)

    def _read_column(self, column: Column, levels: Levels) -> pd.Series:
        readings = [CellReading(text) if column.private else read_cell(text, column, self.lists)
                    for text in levels.texts]
        needed = column.required or column.id == self.register.key
        for level, reading in enumerate(readings):
            empty = needed and not levels.texts[level]
            if not (empty or reading.error or reading.warning or reading.note):
                continue
            for row in levels.rows(level):
                self._report(column, int(row), reading, empty=empty)
                self.out[row] |= bool(empty or (needed and reading.error))
        return _make_series(list(levels.take(_as_objects(readings), object)), column)

    def _report(self, column: Column, row: int, reading: CellReading, *, empty: bool) -> None:
        if reading.note:
            place = self.places[column.id]
            self.tolerances.add(reading.note, column.id, self.numbers[row],
                                cell_name(self.numbers[row], place), self._typed(row, column.id),
                                **reading.params)
            return
        rule = "IN-REQUIRED" if empty else reading.error or reading.warning
        severity = "error" if empty or reading.error else "warning"
        params = {"title": column.name if column.name.ky else column.id, **reading.params}
        text = "IN-UNIT-CELL" if rule == "IN-UNIT" else near_key(rule, params)
        self._say(rule, severity, row, column.id, text, params)

    def _say(self, rule: str, severity: str, row: int, column: str, text: str,
             params: dict[str, Any]) -> None:
        params = {"indicator": params.get("title", column), "unit": "", **params}
        self.found.append(Finding(
            rule, severity, table=self.raw.name, row=self.numbers[row],  # type: ignore[arg-type]
            column=column, cell=cell_name(self.numbers[row], self.places[column]),
            value=self._typed(row, column), text=text, params=params,
        ))

    def _typed(self, row: int, column: str) -> str:
        return str(self.frame.iloc[row, self.places[column]])

    def _check_key(self, data: Mapping[str, pd.Series]) -> None:
        """The same key twice: an equal record is read once, different records are not used."""
        key = self.register.key
        if not key:
            return
        groups: dict[str, list[int]] = {}
        for row, ident in enumerate(data[key]):
            if not self.out[row]:
                groups.setdefault(ident, []).append(row)
        for first, *others in groups.values():
            for row in others:
                same = list(self.frame.iloc[row]) == list(self.frame.iloc[first])
                where = cell_name(self.numbers[first], self.places[key])
                if same:
                    self.tolerances.add("IN-DUPLICATE", key, self.numbers[row],
                                        cell_name(self.numbers[row], self.places[key]),
                                        self._typed(row, key), first=where)
                else:
                    self._say("IN-KEY", "error", row, key, "", {"first": where})
                self.out[row] = True
                self.out[first] |= not same

    def _note_private(self, columns: list[Column], levels: Mapping[str, Levels]) -> None:
        """Say how many cells of private columns stay in the raw data."""
        for column in columns:
            if column.private and column.id in levels:
                count = int(levels[column.id].where(bool).sum())
                self.found.append(Finding(
                    "IN-PRIVATE", "note", table=self.raw.name, row=1, column=column.id,
                    cell=cell_name(1, self.places[column.id]), params={"count": count},
                ))


def _as_objects(readings: list[CellReading]) -> Any:
    return [reading.value for reading in readings]


def _make_series(values: list[Any], column: Column) -> pd.Series:
    kind = _DTYPES.get(column.type, "str")
    if kind == "str":
        values = ["" if value is None else str(value) for value in values]
    return pd.Series(values, dtype=kind)
