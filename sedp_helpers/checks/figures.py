"""All numbers of a municipality as one table: a line for each series, a column for each year.

Why: nearly every figure is in order, and arrays find out for all of them at once which are not;
only those are looked at one by one. Nothing is judged here.
"""

from __future__ import annotations

import itertools
from collections.abc import Collection
from functools import cached_property

import numpy as np
import pandas as pd

from sedp_helpers.compute.facts import Key
from sedp_helpers.models import DIMS, MISSING_STATUSES


class Figures:
    """The lines of an indicator stand together, those that its earliest year has first.

    ``keys[line]`` says what a line is broken down by, ``years[column]`` its year; ``rows`` are the
    numbers of the observations (-1 where there is none), ``values`` what is known (else NaN). Of
    two rows with one key and year the last stands.
    """

    def __init__(self, observations: pd.DataFrame) -> None:
        codes, names = pd.factorize(_texts(observations, "indicator"))
        times, years = pd.factorize(np.asarray(observations["year"], dtype=np.int64), sort=True)
        order = np.lexsort((times, codes))
        lines = _count_lines(observations, codes)[order]
        lines = pd.factorize(lines)[0]
        count = int(lines.max(initial=-1)) + 1
        self.years: list[int] = years.tolist()
        self.rows = np.full((count, len(self.years)), -1, dtype=np.int64)
        self.rows[lines, times[order]] = order
        self._observations = observations
        self._places: dict[str, dict[Key, int]] = {}
        self._line_rows = np.zeros(count, dtype=np.int64)
        self._line_rows[lines] = order
        starts = np.searchsorted(codes[self._line_rows], np.arange(len(names) + 1)).tolist()
        self.lines = {str(name): slice(*limits)
                      for name, limits in zip(names, itertools.pairwise(starts))}

    @cached_property
    def keys(self) -> list[Key]:
        return [*zip(*(_texts(self._observations, dim)[self._line_rows].tolist()
                       for dim in DIMS))]

    @cached_property
    def there(self) -> np.ndarray:
        """A mask of the years with a row."""
        return self.rows >= 0

    @cached_property
    def values(self) -> np.ndarray:
        values = np.asarray(self._observations["value"], dtype=float)
        codes, statuses = pd.factorize(_texts(self._observations, "status"))
        missing = np.array([status in MISSING_STATUSES for status in statuses], dtype=bool)
        known = np.where(missing[codes], np.nan, values) + 0.0  # never minus zero
        return np.where(self.there, known[self.rows], np.nan) if len(known) else known[self.rows]

    @cached_property
    def dims(self) -> np.ndarray:
        """How many dimensions each line is broken down by."""
        return np.array([len(DIMS) - key.count("") for key in self.keys], dtype=np.int64)

    def places(self, indicator: str) -> dict[Key, int]:
        """Key -> line of an indicator."""
        if indicator not in self._places:
            lines = self.lines.get(indicator, slice(0, 0))
            self._places[indicator] = {
                key: place for place, key in enumerate(self.keys[lines], lines.start)}
        return self._places[indicator]

    def row_at(self, indicator: str, year: int, key: Key) -> int:
        """The number of a row; -1 where there is none."""
        place = self.places(indicator).get(key)
        if place is None or year not in self.years:
            return -1
        return int(self.rows[place, self.years.index(year)])

    def years_of(self, indicator: str) -> list[int]:
        """The years in which an indicator has a row."""
        lines = self.lines.get(indicator, slice(0, 0))
        columns = np.flatnonzero(self.there[lines].any(axis=0)).tolist()
        return [self.years[column] for column in columns]

    def is_known(self, indicator: str, years: Collection[int]) -> bool:
        """Whether any figure of an indicator is known in some years."""
        lines = self.lines.get(indicator)
        columns = [column for column, year in enumerate(self.years) if year in years]
        return lines is not None and not np.isnan(self.values[lines][:, columns]).all()

    def rows_of(self, indicator: str) -> list[int]:
        """The numbers of the rows of an indicator, years in order."""
        lines = self.lines.get(indicator)
        if lines is None:
            return []
        return [row for column in self.rows[lines].T.tolist() for row in sorted(column) if row >= 0]


def _texts(observations: pd.DataFrame, name: str) -> np.ndarray:
    return observations[name].to_numpy(dtype=object)


def _count_lines(observations: pd.DataFrame, codes: np.ndarray) -> np.ndarray:
    """A number for each row, the same for all years of a series."""
    lines = codes.astype(np.int64)
    for dim in DIMS:
        places, texts = pd.factorize(_texts(observations, dim))
        lines = lines * max(len(texts), 1) + places
    return lines
