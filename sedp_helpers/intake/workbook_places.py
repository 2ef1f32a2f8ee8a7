"""Rows of observations from several sheets and tables as one table, each with its own address.

Why: a number may stand on a section sheet and again on the sheet ``observations`` or in a CSV
file; only when all rows are judged together is the same key seen twice. What is found is then said
with the sheet and the cell that a person can go to.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np
import pandas as pd

from sedp_helpers.intake.clean import find_columns
from sedp_helpers.intake.findings import head_columns
from sedp_helpers.intake.observation_rows import TYPED, Context
from sedp_helpers.intake.observations import tidy_observations
from sedp_helpers.intake.read import RawTable, cell_name, split_cell
from sedp_helpers.models import Finding, Text

_CELL = re.compile(r"([A-Z]+)(\d+)")
_VALUE = TYPED.index("value")
_COLUMN_OF = {cell_name(1, place)[:-1]: name for place, name in enumerate(TYPED)}


@dataclass(frozen=True)
class Part:
    """Rows of one sheet: the columns of an observation as texts, and where each row stands.

    ``rows`` are row numbers as shown, ``values`` the column of the number (from 0); ``columns``
    says where the other fields stand, ``key`` where all the rest is found. ``headings`` are the
    columns as the reader sees them, ``years`` those over the columns of numbers of a wide sheet.
    """

    table: str
    frame: pd.DataFrame
    rows: np.ndarray
    values: np.ndarray
    columns: Mapping[str, int] = field(default_factory=dict)
    key: int = 0
    findings: tuple[Finding, ...] = ()
    headings: Mapping[str, str | Text] = field(default_factory=dict)
    years: Mapping[int, str] = field(default_factory=dict)

    def find_text(self, cell: str) -> str | None:
        """The number of a cell as typed; None where the part has none there."""
        row, column = split_cell(cell)
        found = np.flatnonzero((self.rows == row) & (self.values == column))
        return str(self.frame["value"].iloc[found[0]]) if len(found) else None

    def cell(self, row: int, column: str) -> str:
        """The address of a field of a row."""
        place = int(self.values[row]) if column == "value" else self.columns.get(column, self.key)
        return cell_name(int(self.rows[row]), place)


def place_table(
    raw: RawTable, headers: Mapping[str, str] | None = None, *, money_unit: str = "som",
    titles: Mapping[str, Text] | None = None,
) -> Part:
    """The rows of a table of observations (CSV file or sheet), ready to be joined with others.

    ``titles`` are the headings that the reader sees where those of the table are hidden.
    """
    if not raw.readable:
        return make_part(raw.name, {}, [], [], findings=raw.findings)
    found = find_columns(raw, TYPED, required=("indicator", "year", "value"), headers=headers,
                         silent=("origin",))
    headings: Mapping[str, Any] = titles or {
        name: raw.columns[place] for name, place in found.places.items()}
    findings = (*raw.findings, *head_columns(found.findings, headings))
    if any(finding.severity == "error" for finding in found.findings):
        return make_part(raw.name, {}, [], [], findings=findings)
    blank = raw.frame.apply(lambda column: column.str.strip() == "").all(axis=1) \
        if len(raw.frame) else pd.Series(dtype=bool)
    kept = raw.frame[~blank.astype(bool)]
    texts = {name: kept.iloc[:, place].tolist() for name, place in found.places.items()}
    units = texts.get("unit", [""] * len(kept))
    texts["unit"] = [unit if unit.strip() else money_unit if money_unit != "som" else ""
                     for unit in units]
    rows = kept.index.to_numpy() + raw.first_row
    values = [found.places["value"]] * len(kept)
    return make_part(raw.name, texts, rows, values, columns=found.places, findings=findings,
                     headings=headings)


def make_part(
    table: str,
    texts: Mapping[str, Sequence[str]],
    rows: Sequence[int] | np.ndarray,
    values: Sequence[int] | np.ndarray,
    *,
    columns: Mapping[str, int] | None = None,
    key: int = 0,
    findings: Sequence[Finding] = (),
    headings: Mapping[str, str | Text] | None = None,
    years: Mapping[int, str] | None = None,
) -> Part:
    """A part from columns of texts; a column that is not given is empty."""
    count = len(rows)
    blank = [""] * count
    frame = pd.DataFrame({name: pd.Series(list(texts.get(name, blank)), dtype="str")
                          for name in TYPED})
    return Part(table, frame, np.asarray(rows, dtype=np.int64),
                np.asarray(values, dtype=np.int64), dict(columns or {}), key, tuple(findings),
                dict(headings or {}), dict(years or {}))


def tidy_parts(
    parts: Sequence[Part], context: Context
) -> tuple[pd.DataFrame, list[Finding]]:
    """The tidy observations of all parts and the findings, each at its own sheet and cell.

    Of two rows with one key and one value the first is kept, so the part with statuses and
    sources should come first.
    """
    findings = [finding for part in parts for finding in part.findings]
    filled = [part for part in parts if len(part.rows)]
    frame = (pd.concat([part.frame for part in filled], ignore_index=True) if filled
             else pd.DataFrame({name: pd.Series(dtype="str") for name in TYPED}))
    frame.columns = range(len(TYPED))
    tidy, said = tidy_observations(RawTable("rows", TYPED, frame), replace(context, headers={}))
    places = _Places(filled)
    tidy["origin"] = pd.Series([places.origin(text) for text in tidy["origin"]], dtype="str",
                               index=tidy.index)
    return tidy, findings + [places.move(finding) for finding in said]


class _Places:
    """The way from a row of the joined table back to the part it came from."""

    def __init__(self, parts: Sequence[Part]) -> None:
        self.parts = parts
        self.starts = np.cumsum([0, *(len(part.rows) for part in parts)])

    def find(self, row: int, column: str) -> tuple[Part, str, int]:
        """Part, cell and row number of a field of the joined table (row 2 is the first)."""
        place = row - 2
        number = int(np.searchsorted(self.starts, place, side="right")) - 1
        part, inner = self.parts[number], place - int(self.starts[number])
        return part, part.cell(inner, column), int(part.rows[inner])

    def origin(self, text: str) -> str:
        """The place of a value: table!cell."""
        part, cell, _ = self.find(split_cell(text.rpartition("!")[2])[0], "value")
        return f"{part.table}!{cell}"

    def move(self, finding: Finding) -> Finding:
        """The same finding at the place where a person sees the cell."""
        if finding.row is None or not self.parts:
            return finding
        part, cell, row = self.find(finding.row, finding.column)
        params = {key: self._move_cells(value, part.table) if key in ("first", "cells") else value
                  for key, value in finding.params.items()}
        moved = replace(finding, table=part.table, cell=cell, row=row, params=params)
        years = {"value": _name_years(part, moved)} if part.years else {}
        return head_columns([moved], {**part.headings, **years})[0]

    def _move_cells(self, cells: Any, table: str) -> str:
        return _CELL.sub(lambda found: self._name(found, table), str(cells))

    def _name(self, found: re.Match[str], table: str) -> str:
        """An address without the sheet where the sheet is that of the finding."""
        other, cell, _ = self.find(int(found[2]), _COLUMN_OF[found[1]])
        return cell if other.table == table else f"{other.table}!{cell}"


def _name_years(part: Part, finding: Finding) -> str:
    """The headings over the cells that a finding names on its own sheet."""
    cells = str(finding.params.get("cells") or finding.cell).split(", ")
    columns = dict.fromkeys(split_cell(cell)[1] for cell in cells)
    names = [part.years[column] for column in columns if column in part.years]
    more = int(finding.params.get("count", 0)) > len(cells)
    return ", ".join([*names, *["…"] * more])
