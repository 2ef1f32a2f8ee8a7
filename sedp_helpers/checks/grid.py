"""The observations of one municipality arranged for checking: each number with its place.

Why: ``compute.facts`` answers with numbers and knows no cell; a finding must name the cell. The
two stand side by side: facts for what is derived, the grid for what was typed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

import pandas as pd

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
    """Rows by indicator, year and key; of two rows with one key the last stands."""

    def __init__(self, observations: pd.DataFrame) -> None:
        self._cells: dict[str, dict[int, dict[Key, Row]]] = {}
        self._series: dict[str, dict[Key, list[Row]]] = {}
        before, cells = None, {}  # rows of one indicator and year stand together
        for row in _list_rows(observations):
            indicator, year, _, key, *_ = row
            if (indicator, year) != before:
                before = (indicator, year)
                cells = self._cells.setdefault(indicator, {}).setdefault(year, {})
            cells[key] = row

    def indicators(self) -> list[str]:
        return list(self._cells)

    def years(self, indicator: str) -> list[int]:
        return sorted(self._cells.get(indicator, ()))

    def cells(self, indicator: str, year: int) -> dict[Key, Row]:
        return self._cells.get(indicator, {}).get(year, {})

    def rows(self, indicator: str) -> Iterator[Row]:
        """Every row of an indicator, years in order."""
        for year in self.years(indicator):
            yield from self._cells[indicator][year].values()

    def series(self, indicator: str) -> dict[Key, list[Row]]:
        """Key -> its rows in the order of the years, missing ones included."""
        if indicator not in self._series:
            found: dict[Key, list[Row]] = {}
            for year in self.years(indicator):
                for key, row in self._cells[indicator][year].items():
                    if key in found:
                        found[key].append(row)
                    else:
                        found[key] = [row]
            self._series[indicator] = found
        return self._series[indicator]

    def place_of(self, indicator: str, year: int, key: Key = TOTAL) -> Row | None:
        """The row of a key; for a derived figure the first row that goes into it."""
        cells = self.cells(indicator, year)
        if key in cells:
            return cells[key]
        return next((row for row in cells.values() if _belongs(row.key, key)), None)


def _list_rows(observations: pd.DataFrame) -> Iterator[Row]:
    lists = {name: observations[name].tolist() if name in observations
             else [""] * len(observations) for name in _COLUMNS}
    known = [value == value and status not in MISSING_STATUSES
             for value, status in zip(lists["value"], lists["status"])]
    return map(Row._make, zip(
        lists["indicator"], map(int, lists["year"]), lists["value"],
        zip(*(lists[dim] for dim in DIMS)), [status or "A" for status in lists["status"]],
        lists["origin"], lists["note"], lists["basis"], known))


def _belongs(part: Key, whole: Key) -> bool:
    return all(not mine or mine == other for mine, other in zip(whole, part))


def count_dims(key: Key) -> int:
    """How many dimensions a row is broken down by.

    >>> count_dims(("f", "", "", "study"))
    2
    """
    return len(DIMS) - key.count("")
