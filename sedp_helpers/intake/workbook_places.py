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
from sedp_helpers.intake.observation_rows import TYPED, Context
from sedp_helpers.intake.observations import tidy_observations
from sedp_helpers.intake.read import RawTable, cell_name
from sedp_helpers.models import Finding

_CELL = re.compile(r"([A-Z]+)(\d+)")
_VALUE = TYPED.index("value")
_COLUMN_OF = {cell_name(1, place)[:-1]: name for place, name in enumerate(TYPED)}


@dataclass(frozen=True)
class Part:
    """Rows of one sheet: the columns of an observation as texts, and where each row stands.

    ``rows`` are row numbers as shown, ``values`` the column of the number (from 0); ``columns``
    says where the other fields stand, ``key`` where all the rest is found.
    """

    table: str
    frame: pd.DataFrame
    rows: np.ndarray
    values: np.ndarray
    columns: Mapping[str, int] = field(default_factory=dict)
    key: int = 0
    findings: tuple[Finding, ...] = ()

    def cell(self, row: int, column: str) -> str:
        """The address of a field of a row."""
        place = int(self.values[row]) if column == "value" else self.columns.get(column, self.key)
        return cell_name(int(self.rows[row]), place)


def place_table(
    raw: RawTable, headers: Mapping[str, str] | None = None, *, money_unit: str = "som"
) -> Part:
    """The rows of a table of observations (CSV file or sheet), ready to be joined with others."""
    if not raw.readable:
        return make_part(raw.name, {}, [], [], findings=raw.findings)
    found = find_columns(raw, TYPED, required=("indicator", "year", "value"), headers=headers,
                         silent=("origin",))
    findings = (*raw.findings, *found.findings)
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
    return make_part(raw.name, texts, rows, values, columns=found.places, findings=findings)


def make_part(
    table: str,
    texts: Mapping[str, Sequence[str]],
    rows: Sequence[int] | np.ndarray,
    values: Sequence[int] | np.ndarray,
    *,
    columns: Mapping[str, int] | None = None,
    key: int = 0,
    findings: Sequence[Finding] = (),
) -> Part:
    """A part from columns of texts; a column that is not given is empty."""
    count = len(rows)
    blank = [""] * count
    frame = pd.DataFrame({name: pd.Series(list(texts.get(name, blank)), dtype="str")
                          for name in TYPED})
    return Part(table, frame, np.asarray(rows, dtype=np.int64),
                np.asarray(values, dtype=np.int64), dict(columns or {}), key, tuple(findings))


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

    def find(self, row: int, column: str) -> tuple[str, str, int]:
        """Table, cell and row number of a field of the joined table (row 2 is the first)."""
        place = row - 2
        number = int(np.searchsorted(self.starts, place, side="right")) - 1
        part, inner = self.parts[number], place - int(self.starts[number])
        return part.table, part.cell(inner, column), int(part.rows[inner])

    def origin(self, text: str) -> str:
        """The place of a value: table!cell."""
        table, cell, _ = self.find(int(_CELL.search(text.rpartition("!")[2])[2]),  # type: ignore[index]
                                   "value")
        return f"{table}!{cell}"

    def move(self, finding: Finding) -> Finding:
        """The same finding at the place where a person sees the cell."""
        if finding.row is None or not self.parts:
            return finding
        table, cell, row = self.find(finding.row, finding.column)
        params = {key: self._move_cells(value, table) if key in ("first", "cells") else value
                  for key, value in finding.params.items()}
        return replace(finding, table=table, cell=cell, row=row, params=params)

    def _move_cells(self, cells: Any, table: str) -> str:
        return _CELL.sub(lambda found: self._name(found, table), str(cells))

    def _name(self, found: re.Match[str], table: str) -> str:
        """An address without the sheet where the sheet is that of the finding."""
        other, cell, _ = self.find(int(found[2]), _COLUMN_OF[found[1]])
        return cell if other == table else f"{other}!{cell}"
