"""Observed numbers of one municipality, ready to be asked for: given, or added up by rule.

A total that is given is used as given, even where its parts contradict it. A total that is not
given is the sum over one additive dimension whose parts are complete (CONTRACT section 4:
sex, age, village, item, in that order). Nothing is ever filled in from a total or split.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Mapping
from functools import lru_cache
from math import isnan, nan
from typing import NamedTuple

import pandas as pd

from sedp_helpers.compute.cells import Cells, Key, pick_dims
from sedp_helpers.models import DIMS, MISSING_STATUSES, STATUS_ORDER, Indicator

TOTAL: Key = ("", "", "", "")
_PLAIN = {"A", ""}
DIM_INDEX = {dim: index for index, dim in enumerate(DIMS)}


class Fact(NamedTuple):
    """A number with where it comes from; ``value`` NaN = known to be missing."""

    value: float
    status: str
    refs: tuple[str, ...]
    method: str = "observed"

    @property
    def known(self) -> bool:
        return not isnan(self.value)


class Facts:
    """The observations of one municipality as a table of keys."""

    def __init__(
        self, observations: pd.DataFrame, indicators: Mapping[str, Indicator],
        villages: Iterable[str] = (),
    ) -> None:
        self.indicators = indicators
        self.villages = tuple(villages)
        self._cells = Cells(observations)
        self._memo: dict[tuple[str, int, Key], Fact | None] = {}
        self._ages: dict[tuple[str, int, Key, int, int | None], Fact | None] = {}
        self._years: dict[str, list[int]] = {}
        self._values: dict[tuple[str, int], list[str]] = {}
        self._series: dict[tuple[str, Key], dict[int, Fact]] = {}
        self._met: dict[tuple, dict[object, set[str]]] = {}

    # ---- what exists ---------------------------------------------------------------------
    @property
    def is_empty(self) -> bool:
        """Whether there is no row at all."""
        return not len(self._cells)

    def years(self, indicator: str) -> list[int]:
        """Every year with any row of the indicator."""
        if indicator not in self._years:
            self._years[indicator] = sorted(self._cells[indicator])
        return self._years[indicator][:]

    def has(self, indicator: str) -> bool:
        return indicator in self._cells

    def keys(self, indicator: str, year: int) -> Iterable[Key]:
        return self._cells[indicator].get(year, {}).keys()

    def items(self, indicator: str) -> list[str]:
        """Items met in any year, in order of first appearance."""
        return self.values_of(indicator, "item")

    def values_of(self, indicator: str, dim: str) -> list[str]:
        """Non-empty values of a dimension met in any year, in order of first appearance."""
        index = DIM_INDEX[dim]
        known = (indicator, index)
        if known not in self._values:
            self._values[known] = list(dict.fromkeys(
                key[index] for year in self.years(indicator)
                for key in self._cells[indicator][year] if key[index]))
        return self._values[known][:]

    # ---- asking --------------------------------------------------------------------------
    def get(self, indicator: str, year: int, **dims: str) -> Fact | None:
        """The number of a year: given or derived; None where there is nothing at all."""
        return self.at(indicator, year, make_key(dims) if dims else TOTAL)

    def at(self, indicator: str, year: int, key: Key) -> Fact | None:
        """The same for a key of four values."""
        memo = (indicator, year, key)
        try:
            return self._memo[memo]
        except KeyError:
            fact = self._memo[memo] = self._find(indicator, year, key)
            return fact

    def static(self, indicator: str, year: int) -> Fact | None:
        """A static figure: the latest year not after ``year``, else the earliest."""
        years = [y for y in self.years(indicator) if self._known(indicator, y)]
        if not years:
            return None
        return self.get(indicator, max((y for y in years if y <= year), default=years[0]))

    def series(self, indicator: str, **dims: str) -> dict[int, Fact]:
        """Year -> fact, for all years in which the figure is given or can be added up."""
        key = make_key(dims)
        memo = (indicator, key)
        if memo not in self._series:
            found = {year: self.at(indicator, year, key) for year in self.years(indicator)}
            self._series[memo] = {year: fact for year, fact in found.items() if fact is not None}
        return self._series[memo].copy()

    def _known(self, indicator: str, year: int) -> bool:
        fact = self.get(indicator, year)
        return fact is not None and fact.known

    def _find(self, indicator: str, year: int, key: Key) -> Fact | None:
        cells = self._cells[indicator].get(year)
        if not cells:
            return None
        given = cells.get(key)
        if given and given[1] not in MISSING_STATUSES:
            return Fact(given[0], given[1], (write_ref(indicator, key, year),))
        derived = self._derive(indicator, year, key)
        if derived is not None:
            return derived
        if given:
            return Fact(nan, given[1], (write_ref(indicator, key, year),))
        return None

    def _derive(self, indicator: str, year: int, key: Key) -> Fact | None:
        spec = self.indicators.get(indicator)
        if spec is None:
            return None
        for dim in DIMS:
            if key[DIM_INDEX[dim]] or dim not in spec.adds_over:
                continue
            if dim == "item" and spec.item_required:
                continue
            parts = self._parts(spec, year, key, dim)
            if parts and all(part is not None and part.known for part in parts):
                return add_facts([part for part in parts if part is not None], method=dim)
        return None

    def _present(self, indicator: str, year: int, key: Key, index: int) -> set[str]:
        """Values of a dimension among the rows that can be part of ``key``: those with the same
        values where the key has them."""
        fixed = tuple(at for at, mine in enumerate(key) if mine and at != index)
        memo, pick = (indicator, year, index, fixed), pick_dims(fixed)
        if memo not in self._met:
            found: dict[object, set[str]] = {}
            for other in self.keys(indicator, year):
                if other[index]:
                    found.setdefault(pick(other), set()).add(other[index])
            self._met[memo] = found
        return self._met[memo].get(pick(key), set())

    def _parts(self, spec: Indicator, year: int, key: Key, dim: str) -> list:
        index = DIM_INDEX[dim]
        present = self._present(spec.id, year, key, index)
        if not present:
            return []
        names: list[str] | None
        if dim == "sex":
            names = ["f", "m"]
        elif dim == "age":
            names = chain_ages(self._known_bands(spec.id, year, key, present), 0, None)
        elif dim == "village":
            names = list(self.villages)
        else:
            names = sorted(present - set(spec.of_which))
        return [self._part(spec.id, year, key, index, name) for name in names or []]

    def _part(self, indicator: str, year: int, key: Key, index: int, name: str) -> Fact | None:
        return self.at(indicator, year, (*key[:index], name, *key[index + 1:]))  # type: ignore

    def ages(
        self, indicator: str, year: int, low: int, high: int | None, **dims: str
    ) -> Fact | None:
        """The sum of age bands from ``low`` to ``high`` (None = open); None where a limit cuts
        through a band: bands are never split."""
        key = (dims.get("sex", ""), "", dims.get("village", ""), dims.get("item", ""))
        memo = (indicator, year, key, low, high)
        if memo not in self._ages:
            self._ages[memo] = self._add_ages(*memo)
        return self._ages[memo]

    def _add_ages(
        self, indicator: str, year: int, key: Key, low: int, high: int | None
    ) -> Fact | None:
        present = self._present(indicator, year, key, 1)
        chain = chain_ages(self._known_bands(indicator, year, key, present), low, high)
        if not chain:
            return None
        parts = [self._part(indicator, year, key, 1, band) for band in chain]
        return add_facts([part for part in parts if part], method="age")

    def _known_bands(self, indicator: str, year: int, key: Key, bands: Iterable[str]) -> list[str]:
        """Bands with a figure for a key: fine ones of one village are none of the total."""
        found = {band: self._part(indicator, year, key, 1, band) for band in bands}
        return [band for band, part in found.items() if part is not None and part.known]


def make_key(dims: Mapping[str, str]) -> Key:
    """The key of named dimensions.

    >>> make_key({"item": "rent"})
    ('', '', '', 'rent')
    """
    return (dims.get("sex", ""), dims.get("age", ""), dims.get("village", ""),
            dims.get("item", ""))


def add_facts(parts: list[Fact], *, method: str) -> Fact:
    """The sum of known facts with the most doubtful status among them."""
    return Fact(
        sum(part.value for part in parts),
        join_statuses(part.status for part in parts),
        tuple(itertools.chain.from_iterable(part.refs for part in parts)),
        method,
    )


def join_statuses(statuses: Iterable[str]) -> str:
    """A if all are A, else the first met in the order F U I E V P B N (CONTRACT section 5).

    >>> join_statuses(["A", "E", "P"])
    'E'
    """
    met = set(statuses)
    if met <= _PLAIN:
        return "A"
    return next((status for status in STATUS_ORDER if status in met), "A")


def write_ref(indicator: str, key: Key, year: int) -> str:
    """``indicator[dims]@year``.

    >>> write_ref("population.births", ("f", "", "", ""), 2024)
    'population.births[sex=f]@2024'
    """
    return f"{indicator}{_write_dims(key)}@{year}"


@lru_cache(maxsize=16384)
def _write_dims(key: Key) -> str:
    dims = ",".join(f"{dim}={value}" for dim, value in zip(DIMS, key) if value)
    return f"[{dims}]" if dims else ""


@lru_cache(maxsize=4096)
def read_band(age: str) -> tuple[int, int | None]:
    """First and last completed year of an age band.

    >>> read_band("0-4"), read_band("63+"), read_band("17")
    ((0, 4), (63, None), (17, 17))
    """
    if age.endswith("+"):
        return int(age[:-1]), None
    low, _, high = age.partition("-")
    return int(low), int(high or low)


def chain_ages(bands: Iterable[str], low: int, high: int | None) -> list[str] | None:
    """Bands that cover ``low`` … ``high`` without gap or overlap, finest first; None if none do.

    >>> chain_ages(["0-4", "5-9", "10+"], 0, None)
    ['0-4', '5-9', '10+']
    >>> chain_ages(["0-14", "15-19", "20+"], 0, 15) is None
    True
    """
    chain = _chain(tuple(sorted(bands)), low, high)
    return None if chain is None else list(chain)


@lru_cache(maxsize=4096)
def _chain(bands: tuple[str, ...], low: int, high: int | None) -> list[str] | None:
    limits = {band: read_band(band) for band in bands}
    starts: dict[int, list[str]] = {}
    for band in sorted(limits, key=lambda name: (limits[name][1] is None, limits[name][1] or 0)):
        starts.setdefault(limits[band][0], []).append(band)

    def walk(age: int) -> list[str] | None:
        for band in starts.get(age, ()):
            last = limits[band][1]
            if last == high:
                return [band]
            if last is None or (high is not None and last > high):
                continue
            rest = walk(last + 1)
            if rest is not None:
                return [band, *rest]
        return None

    return walk(low)
