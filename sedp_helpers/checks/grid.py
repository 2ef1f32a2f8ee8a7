"""The observations of one municipality arranged for checking: each number with its place.

Why: ``compute.facts`` answers with numbers and knows no cell; a finding must name the cell. The
two stand side by side: facts for what is derived, the grid for what was typed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

import numpy as np
import pandas as pd

from sedp_helpers.checks.figures import Figures
from sedp_helpers.compute.facts import TOTAL, Key
from sedp_helpers.models import DIMS, MISSING_STATUSES

_COLUMNS = ("indicator", "year", "value", *DIMS, "status", "origin", "note", "basis")
_ROW_NUMBER = re.compile(r"\d+$")


class Row(NamedTuple):
    """One observation as typed."""

    indicator: str
    year: int
    value: float
    key: Key
    status: str
    origin: str
    note: str
    basis: str
    known: bool


class Place(NamedTuple):
    """Where a number stands, as a spreadsheet shows it."""

    table: str
    cell: str
    row: int | None


def read_origin(origin: str) -> Place:
    """The place behind ``table!cell``.

    >>> read_origin("observations!C7")
    Place(table='observations', cell='C7', row=7)
    """
    table, _, cell = origin.rpartition("!")
    number = _ROW_NUMBER.search(cell)
    return Place(table, cell, int(number[0]) if number else None)


def strip_dim(key: Key, index: int) -> Key:
    """The key of the total over one dimension.

    >>> strip_dim(("f", "", "", "study"), 3)
    ('f', '', '', '')
    """
    return (*key[:index], "", *key[index + 1:])  # type: ignore[return-value]


class Grid:
    """Rows by indicator, year and key; of two rows with one key the last stands. What all checks
    share are the ``figures``; rows are made of what is asked for."""

    def __init__(self, observations: pd.DataFrame) -> None:
        self.figures = Figures(observations)
        self._columns = [observations[name].to_numpy() if name in observations
                         else np.full(len(observations), "", dtype=object) for name in _COLUMNS]
        self._rows: dict[int, Row] = {}
        self._cells: dict[str, dict[int, dict[Key, Row]]] = {}
        self._series: dict[str, dict[Key, list[Row]]] = {}

    def indicators(self) -> list[str]:
        return list(self.figures.lines)

    def years(self, indicator: str) -> list[int]:
        return self.figures.years_of(indicator)

    def cells(self, indicator: str, year: int) -> dict[Key, Row]:
        return self._years(indicator).get(year, {})

    def rows(self, indicator: str) -> Iterator[Row]:
        """Every row of an indicator, years in order."""
        for cells in self._years(indicator).values():
            yield from cells.values()

    def row(self, number: int) -> Row:
        """One row by its number in the observations."""
        if number not in self._rows:
            cells = [column[number] for column in self._columns]
            indicator, year, value, sex, age, village, item, status, origin, note, basis = cells
            self._rows[number] = Row(
                indicator, int(year), float(value), (sex, age, village, item), status or "A",
                origin, note, basis, value == value and status not in MISSING_STATUSES)
        return self._rows[number]

    def at(self, indicator: str, year: int, key: Key) -> Row | None:
        """The row of a key."""
        number = self.figures.row_at(indicator, year, key)
        return self.row(number) if number >= 0 else None

    def line(self, indicator: str, key: Key) -> list[Row]:
        """The rows of one series, missing ones included."""
        place = self.figures.places(indicator).get(key)
        numbers = [] if place is None else self.figures.rows[place].tolist()
        return [self.row(number) for number in numbers if number >= 0]

    def series(self, indicator: str) -> dict[Key, list[Row]]:
        """Key -> its rows in the order of the years, missing ones included."""
        if indicator not in self._series:
            found: dict[Key, list[Row]] = {}
            for row in self.rows(indicator):
                found.setdefault(row.key, []).append(row)
            self._series[indicator] = found
        return self._series[indicator]

    def place_of(self, indicator: str, year: int, key: Key = TOTAL) -> Row | None:
        """The row of a key; for a derived figure the first row that goes into it."""
        return self.at(indicator, year, key) or next(
            (row for row in self.cells(indicator, year).values() if _belongs(row.key, key)), None)

    def _years(self, indicator: str) -> dict[int, dict[Key, Row]]:
        if indicator not in self._cells:
            found: dict[int, dict[Key, Row]] = {}
            for number in self.figures.rows_of(indicator):
                row = self.row(number)
                found.setdefault(row.year, {})[row.key] = row
            self._cells[indicator] = found
        return self._cells[indicator]


def _belongs(part: Key, whole: Key) -> bool:
    return all(not mine or mine == other for mine, other in zip(whole, part))


def count_dims(key: Key) -> int:
    """How many dimensions a row is broken down by.

    >>> count_dims(("f", "", "", "study"))
    2
    """
    return len(DIMS) - key.count("")
