"""The results of one municipality as a book to look things up in: by id, dims, year, method.

Reads a frame once; what has been asked for is remembered, so that a report can be rebuilt only
where the figures it reads have changed.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from math import isnan
from typing import NamedTuple

import pandas as pd

from sedp_helpers.blocks import result_key
from sedp_helpers.models import DIMS


class Entry(NamedTuple):
    """One result as a reader needs it."""

    result: str
    year: int | None
    value: float
    unit: str
    sex: str
    age: str
    village: str
    item: str
    status: str
    method: str
    missing: str
    lower_80: float
    upper_80: float
    lower_95: float
    upper_95: float

    @property
    def known(self) -> bool:
        return not isnan(self.value)

    @property
    def key(self) -> str:
        return result_key(
            self.result,
            self.year if self.year is not None else "",
            self.sex,
            self.age,
            self.village,
            self.item,
            self.method,
        )


@dataclass(frozen=True)
class Wanted:
    """A reference of a text or chart: ``id[dim=value]#method@when``."""

    id: str
    dims: tuple[tuple[str, str], ...] = ()
    method: str = ""
    when: str = "base"


class ResultBook:
    """results.csv, ready to be asked."""

    def __init__(self, frame: pd.DataFrame, base_year: int, last_year: int,
                 read: set[str] | None = None) -> None:
        self.base_year = base_year
        self.last_year = last_year
        self.frame = frame
        self.read: set[str] = set() if read is None else read
        self._columns = [frame[name].tolist() for name in Entry._fields]
        self._places: dict[str, list[int]] = {}
        for place, ident in enumerate(self._columns[0]):
            self._places.setdefault(ident, []).append(place)
        self._known: dict[str, list[Entry]] = {}
        self._totals: dict[str, list[Entry]] = {}

    def ids(self) -> list[str]:
        return list(self._places)

    def _of(self, ident: str) -> list[Entry]:
        """The entries of an id in order of year; made when first asked for."""
        if ident not in self._known:
            columns = self._columns
            years = {place: int(columns[1][place]) if columns[1][place] not in ("", None) else None
                     for place in self._places.get(ident, ())}
            found = [Entry(ident, year, *(column[place] for column in columns[2:]))
                     for place, year in years.items()]
            found.sort(key=lambda entry: entry.year if entry.year is not None else -1)
            self._known[ident] = found
        return self._known[ident]

    def _plain_of(self, ident: str) -> list[Entry]:
        """Those without sex, age and village: nearly all that is asked for, few of all."""
        if ident not in self._totals:
            self._totals[ident] = [e for e in self._of(ident) if not (e.sex or e.age or e.village)]
        return self._totals[ident]

    def entries(self, ident: str, *, method: str = "", **dims: str | None) -> list[Entry]:
        """Entries of an id in order of year; a dim given as None may have any value, a dim not
        given must be empty; ``method`` may be a beginning («recommended»)."""
        self.read.add(ident)
        sex, age, village, item = (dims.get(name, "") for name in DIMS)
        plain = sex == age == village == ""
        found = [
            entry for entry in (self._plain_of(ident) if plain else self._of(ident))
            if (item is None or entry.item == item)
            and (sex is None or entry.sex == sex)
            and (age is None or entry.age == age)
            and (village is None or entry.village == village)
        ]
        if method:
            start = method.split(":")[0]
            found = [entry for entry in found if entry.method.split(":")[0] == start]
        return found

    def series(
        self, ident: str, *, method: str = "", until: int | None = None, **dims: str
    ) -> list[Entry]:
        """One entry a year with a known value; totals given win over totals derived."""
        chosen: dict[int, Entry] = {}
        for entry in self.entries(ident, method=method, **dims):
            if not entry.known or entry.year is None or (until is not None and entry.year > until):
                continue
            if entry.year not in chosen or entry.method == "observed":
                chosen[entry.year] = entry
        return [chosen[year] for year in sorted(chosen)]

    def find(self, wanted: Wanted) -> Entry | None:
        """The entry a reference means; None where there is no row."""
        dims = dict(wanted.dims)
        entries = self.entries(wanted.id, method=wanted.method, **dims)
        if wanted.when == "plan":
            return next((entry for entry in entries if entry.year is None), None)
        year = self._year(wanted.when, entries)
        same = [entry for entry in entries if entry.year == year]
        return next((entry for entry in same if entry.known), same[0] if same else None)

    def _year(self, when: str, entries: Iterable[Entry]) -> int | None:
        known = [e.year for e in entries if e.known and e.year is not None]
        past = [year for year in known if year <= self.base_year]
        if when == "base":
            return self.base_year
        if when == "prev":
            return self.base_year - 1
        if when == "end":
            return self.last_year
        if when == "next":
            return self.base_year + 1
        if when == "last":
            return max(past, default=None)
        if when == "first":
            return min(past, default=None)
        if when == "latest":  # also after the base year, as meetings on the draft are
            return max(known, default=None)
        return int(when)

    def items(self, ident: str, dim: str = "item", method: str = "") -> list[str]:
        """Values of a dimension, largest latest figure first, those without a figure last; a row
        of the whole plan (no year) counts as the latest."""
        latest: dict[str, tuple[int | None, float]] = {}
        for entry in self.entries(
            ident,
            method=method,
            item=None,
            sex="" if dim != "sex" else None,
            age="" if dim != "age" else None,
            village="" if dim != "village" else None,
        ):
            name = getattr(entry, dim)
            if name and (name not in latest or latest[name][0] is not None):
                latest[name] = (entry.year, entry.value if entry.known else float("-inf"))
        return sorted(latest, key=lambda name: (-latest[name][1], name))

    def status_of(self, key: str) -> str:
        """The status of the row that a printed figure is marked with."""
        ident = key.partition("|")[0]
        return next((entry.status for entry in self._of(ident) if entry.key == key), "")
