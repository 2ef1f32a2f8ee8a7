"""The observations of a made-up municipality, collected series by series and written as CSV.

Why: two million rows are made in one go, so a row never becomes an object; a series of years is
the unit of work. This module knows the columns of the raw table and no indicator.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import ArrayLike

COLUMNS = ("indicator", "year", "value", "sex", "age", "village", "item", "status", "source",
           "note")
Record = Mapping[str, Any]


def sum_parts(parts: Mapping[str, np.ndarray]) -> np.ndarray:
    """The series that the parts add up to."""
    return np.sum(list(parts.values()), axis=0)


class Sheet:
    """Rows of ``observations.csv``: one call per series, in the order of the calls."""

    def __init__(self, years: Sequence[int]) -> None:
        self.years = tuple(years)
        self._lines: list[str] = []
        self.indicators: dict[str, None] = {}

    def add(
        self, indicator: str, values: Iterable[float], *, sex: str = "", age: str = "",
        village: str = "", item: str = "", status: str = "", source: str = "",
    ) -> None:
        """One series over all years; numbers are written in their shortest form."""
        tail = f",{sex},{age},{village},{item},{status},{source},\n"
        numbers = np.asarray(values).tolist()
        self._lines += [f"{indicator},{year},{_write(number)}{tail}"
                        for year, number in zip(self.years, numbers, strict=True)]
        self.indicators[indicator] = None

    def add_parts(
        self, indicator: str, parts: Mapping[str, np.ndarray], dim: str, **dims: str
    ) -> np.ndarray:
        """The parts of one dimension, and back their sum (which is not written)."""
        for code, values in parts.items():
            self.add(indicator, values, **{dim: code}, **dims)
        return sum_parts(parts)

    def add_sum(
        self, indicator: str, parts: Mapping[str, np.ndarray], dim: str, *, status: str = ""
    ) -> np.ndarray:
        """The total and below it the parts of one dimension."""
        total = sum_parts(parts)
        self.add(indicator, total, status=status)
        self.add_parts(indicator, parts, dim, status=status)
        return total

    def latest(self, indicator: str) -> float:
        """The total of the last year; where only villages are given, their sum."""
        start = f"{indicator},{self.years[-1]},"
        rows = [line.split(",") for line in self._lines if line.startswith(start)]
        whole = [row for row in rows if not any(row[3:7])]
        villages = [row for row in rows if row[5] and not row[3] + row[4] + row[6]]
        return sum(float(row[2]) for row in whole or villages)

    def lines(self) -> list[str]:
        """The rows without the header."""
        return list(self._lines)

    def dump(self) -> bytes:
        """The whole table."""
        return join_lines(self._lines)


def join_lines(lines: Iterable[str]) -> bytes:
    """The table of observation rows, header first."""
    return (",".join(COLUMNS) + "\n" + "".join(lines)).encode("utf-8")


def _write(number: float) -> str:
    return repr(int(number)) if number == int(number) else repr(round(number, 6))


def dump_records(columns: Sequence[str], records: Iterable[Record]) -> bytes:
    """Register rows as CSV: missing cells empty, truth values as true and false."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(columns)
    writer.writerows([_write_cell(record.get(name, "")) for name in columns] for record in records)
    return out.getvalue().encode("utf-8")


def _write_cell(value: Any) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, (float, np.floating, np.integer)):
        return _write(float(value))
    return str(value)


def split_whole(total: ArrayLike, shares: Mapping[str, Any]) -> dict[str, np.ndarray]:
    """Whole parts that add up to ``total`` exactly, by the largest remainders.

    A share is a number or a series over the years; shares need not add up to one.

    >>> {k: v.tolist() for k, v in split_whole([10, 7], {"a": 1, "b": 2}).items()}
    {'a': [3, 2], 'b': [7, 5]}
    """
    whole = np.asarray(total, dtype=np.int64)
    weights = np.array([np.broadcast_to(share, whole.shape) for share in shares.values()], float)
    exact = weights / weights.sum(axis=0) * whole
    parts = np.floor(exact).astype(np.int64)
    order = np.argsort(np.argsort(parts - exact, axis=0, kind="stable"), axis=0)
    parts += order < (whole - parts.sum(axis=0))
    return dict(zip(shares, parts))


def grow(
    rng: np.random.Generator, start: float, rate_pct: float, years: int, noise: float = 0.03
) -> np.ndarray:
    """A series that grows by a yearly rate with a random deviation of each year (a share)."""
    steps = (1 + rate_pct / 100) ** np.arange(years)
    return start * steps * np.exp(rng.normal(0, noise, years))
