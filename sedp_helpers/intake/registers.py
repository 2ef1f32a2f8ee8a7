"""A register (villages, plan, events …) as typed becomes a typed table and findings.

Why: one row is one record with a key. A cell in error is left empty and said; a row without a
usable key or a required cell is not used; private and unlisted columns stay in the raw table.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import cache
from math import nan
from typing import Any

import pandas as pd

from sedp_helpers.intake.clean import find_columns, near_key
from sedp_helpers.intake.findings import Tolerances, head_columns
from sedp_helpers.intake.read import RawTable, cell_name, column_letters
from sedp_helpers.intake.register_cells import CellReading, Lists, read_cell
from sedp_helpers.intake.register_table import RegisterTable, wrap_frame
from sedp_helpers.models import LANGUAGES, Column, Finding, Register

_DTYPES = {"int": "float64", "number": "float64", "money": "float64", "pct": "float64",
           "year": "float64", "bool": "object"}
_WRITTEN: dict[str, Callable[[Any], Any]] = {  # a cell without a value, by the type of its column
    "str": lambda value: "" if value is None else str(value),
    "float64": lambda value: nan if value is None else float(value),
    "object": lambda value: value,
}


def tidy_register(
    raw: RawTable, register: Register, lists: Lists, headers: Mapping[str, str] | None = None
) -> tuple[pd.DataFrame, list[Finding]]:
    """The usable records as a frame, and what was found."""
    table, findings = read_register(raw, register, lists, headers)
    return table.frame, findings


def read_register(
    raw: RawTable, register: Register, lists: Lists, headers: Mapping[str, str] | None = None
) -> tuple[RegisterTable, list[Finding]]:
    """The usable records and what was found.

    Columns: those of the model without the private ones, the language twins that are there, and
    ``origin`` (table!cell of the key); ``places`` (of a frame: its ``attrs``) holds the letters
    under which each column was found, so that a check can name the cell. Numbers are floats with
    NaN for missing, days ISO texts, yes/no True, False or None, lists texts joined by ``;``.
    """
    columns = list_columns(register)
    if not raw.readable:
        return wrap_frame(make_empty_register(register)), list(raw.findings)
    required = [column.id for column in register.columns
                if column.id == register.key or column.required]
    found = find_columns(raw, [column.id for column in columns], required=required,
                         headers=headers, silent=("origin",))
    findings = [*raw.findings, *found.findings]
    if any(finding.severity == "error" for finding in found.findings):
        return wrap_frame(make_empty_register(register)), findings
    reader = _RegisterReader(raw, register, lists, found.places)
    table = reader.read(columns)
    headings = {name: raw.columns[place] for name, place in found.places.items()}
    return table, findings + head_columns([*reader.found, *reader.tolerances.findings()], headings)


@cache
def list_columns(register: Register) -> tuple[Column, ...]:
    """The columns of the model and the language twins of its text columns."""
    own = {column.id for column in register.columns}
    twins = [
        Column(id=f"{column.id}_{lang}", name=column.name, private=column.private)
        for column in register.columns for lang in LANGUAGES
        if column.type == "text" and not column.codes and not column.refers
        and not column.id.endswith(tuple(f"_{code}" for code in LANGUAGES))
    ]
    return (*register.columns, *(twin for twin in twins if twin.id not in own))


def make_empty_register(register: Register) -> pd.DataFrame:
    """The register without records, with the types of a full one."""
    public = [column for column in register.columns if not column.private]
    types = {column.id: _DTYPES.get(column.type, "str") for column in public} | {"origin": "str"}
    return pd.DataFrame({name: pd.Series(dtype=kind) for name, kind in types.items()})


class _RegisterReader:
    """The filled rows of a table, read column by column; each distinct text is judged once."""

    def __init__(
        self, raw: RawTable, register: Register, lists: Lists, places: Mapping[str, int]
    ) -> None:
        self.raw, self.register, self.lists, self.places = raw, register, lists, places
        self.numbers, self.rows = raw.filled_rows()
        self.out = [False] * len(self.numbers)
        self.tolerances = Tolerances(raw.name)
        self.found: list[Finding] = []

    def read(self, columns: Sequence[Column]) -> RegisterTable:
        data: dict[str, list[Any]] = {}
        own = {column.id for column in self.register.columns}
        for column in columns:
            if column.id in self.places:
                data[column.id] = self._read_column(column)
            elif column.id in own:
                data[column.id] = [read_cell("", column, self.lists).value] * len(self.out)
        self._check_key(data)
        self._note_private(columns)
        letters = column_letters(self.places.get(self.register.key, 0))
        data["origin"] = [f"{self.raw.name}!{letters}{number}" for number in self.numbers]
        kinds = {column.id: _DTYPES.get(column.type, "str")
                 for column in columns if column.id in data and not column.private}
        self.found.sort(key=lambda finding: finding.row or 0)
        kept = [row for row, out in enumerate(self.out) if not out]
        kinds["origin"] = "str"
        return RegisterTable(
            {name: [_WRITTEN[kind](data[name][row]) for row in kept]
             for name, kind in kinds.items()}, kinds,
            {name: column_letters(place) for name, place in self.places.items()})

    def _read_column(self, column: Column) -> list[Any]:
        values: list[Any] = [None] * len(self.rows)
        needed = column.required or column.id == self.register.key
        for text, rows in self._levels(column.id).items():
            reading = CellReading(text) if column.private else read_cell(text, column, self.lists)
            for row in rows:
                values[row] = reading.value
            empty = needed and not text
            if not (empty or reading.error or reading.warning or reading.note):
                continue
            for row in rows:
                self._report(column, row, reading, empty=empty)
                self.out[row] |= bool(empty or (needed and reading.error))
        return values

    def _levels(self, column: str) -> dict[str, list[int]]:
        """The distinct texts of a column without the spaces around them, each with its rows."""
        place = self.places[column]
        found: dict[str, list[int]] = {}
        for row, cells in enumerate(self.rows):
            found.setdefault(cells[place].strip(), []).append(row)
        return found

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
        return str(self.rows[row][self.places[column]])

    def _check_key(self, data: Mapping[str, list[Any]]) -> None:
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
                same = list(self.rows[row]) == list(self.rows[first])
                where = cell_name(self.numbers[first], self.places[key])
                if same:
                    self.tolerances.add("IN-DUPLICATE", key, self.numbers[row],
                                        cell_name(self.numbers[row], self.places[key]),
                                        self._typed(row, key), first=where)
                else:
                    self._say("IN-KEY", "error", row, key, "", {"first": where})
                self.out[row] = True
                self.out[first] |= not same

    def _note_private(self, columns: Sequence[Column]) -> None:
        """Say how many cells of private columns stay in the raw data."""
        for column in columns:
            if column.private and column.id in self.places:
                place = self.places[column.id]
                count = sum(1 for cells in self.rows if cells[place].strip())
                self.found.append(Finding(
                    "IN-PRIVATE", "note", table=self.raw.name, row=1, column=column.id,
                    cell=cell_name(1, place), params={"count": count},
                ))
