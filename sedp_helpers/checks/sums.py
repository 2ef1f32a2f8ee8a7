"""DQ-25: the parts of a figure must add up to its total, over each dimension that is complete.

Completeness is CONTRACT section 4: both sexes; ages from 0 to an open band without gap; every
village; the items present where none is missing. Nothing is repaired: both figures are kept.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from sedp_helpers.checks.grid import Row, strip_dim
from sedp_helpers.checks.inspection import CHECKS, Inspection, tidy
from sedp_helpers.compute.facts import TOTAL, Key, chain_ages
from sedp_helpers.models import DIMS, Finding, Indicator

Sum = tuple[str, Key, tuple[Key, ...]]  # a dimension, a total, the parts that must make it


@CHECKS.register("sums")
def check_sums(inspection: Inspection) -> Iterator[Finding]:
    """Each typed total against each complete set of its typed parts; one finding a total."""
    grid = inspection.grid
    for ident, measured in measure_sums(inspection).items():
        spec = inspection.catalog.indicators[ident]
        whole = inspection.catalog.units.get(spec.unit, {}).get("whole", True)
        for year in list_years(measured, lambda totals, found: ~np.isclose(
                totals, found, rtol=1e-10, atol=1e-10)):
            yield from _check_year(inspection, spec, grid.cells(ident, year), whole)


@dataclass(frozen=True)
class Measured:
    """Totals of an indicator beside the sums of their parts, a line each, NaN where either is not
    known; a column for each of the ``years``. ``overall``: the lines of the total of all."""

    years: list[int]
    totals: np.ndarray
    sums: np.ndarray
    overall: np.ndarray


def list_years(
    measured: list[Measured], suspect: Callable[[np.ndarray, np.ndarray], np.ndarray],
    *, overall: bool = False,
) -> list[int]:
    """The years in which any total and its sum are suspect: those are looked at one by one."""
    found: list[int] = []
    for one in measured:
        lines = one.overall if overall else slice(None)
        totals, sums = one.totals[lines], one.sums[lines]
        odd = (suspect(totals, sums) & np.isfinite(totals) & np.isfinite(sums)).any(axis=0)
        found += [year for year, is_odd in zip(one.years, odd.tolist()) if is_odd]
    return sorted(found)


def measure_sums(inspection: Inspection) -> dict[str, list[Measured]]:
    """Indicator -> its totals and sums; years with the same keys together."""
    known = inspection.memory.get("sums")
    if known is None:
        known = inspection.memory["sums"] = {
            ident: _measure_one(inspection, spec, ident)
            for ident in inspection.grid.indicators()
            if (spec := inspection.catalog.indicators.get(ident)) and spec.adds_over}
    return known


def _measure_one(inspection: Inspection, spec: Indicator, ident: str) -> list[Measured]:
    figures = inspection.grid.figures
    lines = figures.lines[ident]
    values, there = figures.values[lines], figures.there[lines]
    keys, villages = figures.keys[lines], inspection.context.facts.villages
    alike: dict[bytes, list[int]] = {}
    for column in np.flatnonzero(there.any(axis=0)).tolist():
        alike.setdefault(there[:, column].tobytes(), []).append(column)
    found = []
    for columns in alike.values():
        places = np.flatnonzero(there[:, columns[0]])
        sums = list_sums(tuple(keys[place] for place in places.tolist()), spec, villages)
        if not sums.totals.size:
            continue
        part = values[places][:, columns]
        found.append(Measured([figures.years[column] for column in columns], part[sums.totals],
                              np.add.reduceat(part[sums.parts], sums.starts, axis=0),
                              sums.overall))
    return found


def _check_year(
    inspection: Inspection, spec: Indicator, cells: Mapping[Key, Row], whole: bool
) -> Iterator[Finding]:
    if len(cells) < 2:
        return
    said: set[Key] = set()
    for dim, key, names in list_sums(tuple(cells), spec, inspection.context.facts.villages).named:
        total = cells[key]
        if not total.known or key in said:
            continue
        parts = [cells[name] for name in names]
        values = [part.value for part in parts if part.known]
        if len(values) < len(parts):
            continue
        found = sum(values)
        if total.value != found and differs(total.value, found, values, whole=whole):
            said.add(key)
            yield _report(inspection, total, dim, parts, found)


def _report(
    inspection: Inspection, total: Row, dim: str, parts: list[Row], found: float
) -> Finding:
    by_sex = {part.key[0]: part.value for part in parts} if dim == "sex" else {}
    return inspection.at_row(
        "DQ-25", total, text=f"DQ-25-{dim.upper()}", total=tidy(total.value), sum=tidy(found),
        difference=tidy(abs(total.value - found)), count=len(parts),
        women=tidy(by_sex.get("f", 0)), men=tidy(by_sex.get("m", 0)),
    )


class Sums:
    """What must be added up among some keys: by name, and as places among the keys."""

    def __init__(self, keys: tuple[Key, ...], named: list[Sum]) -> None:
        places = {key: place for place, key in enumerate(keys)}
        self.named = named
        self.totals = np.array([places[total] for _, total, _ in named], dtype=np.int64)
        self.parts = np.array([places[part] for _, _, parts in named for part in parts],
                              dtype=np.int64)
        self.starts = np.cumsum([0, *(len(parts) for _, _, parts in named)])[:-1]
        self.overall = np.array([total == TOTAL for _, total, _ in named], dtype=bool)


def list_sums(keys: tuple[Key, ...], spec: Indicator, villages: tuple[str, ...]) -> Sums:
    """Each typed total with the typed parts that must make it, over one dimension at a time."""
    return _list_sums(keys, tuple(dim for dim in DIMS if dim in spec.adds_over),
                      frozenset(spec.of_which), villages)


@lru_cache(maxsize=1024)
def _list_sums(
    keys: tuple[Key, ...], dims: tuple[str, ...], of_which: frozenset[str],
    villages: tuple[str, ...],
) -> Sums:
    """Years and municipalities mostly have the same keys: found once for all of them."""
    found: list[Sum] = []
    typed = set(keys)
    for dim in dims:
        for total, parts in _gather_parts(keys, typed, DIMS.index(dim)).items():
            names = _list_complete(dim, parts, of_which, villages)
            if names and all(name in parts for name in names):
                found.append((dim, total, tuple(parts[name] for name in names)))
    return Sums(keys, found)


def _gather_parts(
    keys: tuple[Key, ...], typed: set[Key], index: int
) -> dict[Key, dict[str, Key]]:
    """Typed totals with their typed parts over one dimension, all other dimensions equal."""
    found: dict[Key, dict[str, Key]] = {}
    for key in keys:
        if key[index]:
            total = strip_dim(key, index)
            if total in typed:
                found.setdefault(total, {})[key[index]] = key
    return found


def _list_complete(
    dim: str, parts: Mapping[str, Key], of_which: frozenset[str], villages: tuple[str, ...]
) -> list[str]:
    """The parts that must make the total, whether they are there or not; empty where none do."""
    if dim == "sex":
        return ["f", "m"]
    if dim == "age":
        return chain_ages(parts, 0, None) or []
    if dim == "village":
        return list(villages)
    items = sorted(set(parts) - of_which)
    return items if len(items) > 1 else []


def differs(total: float, found: float, parts: list[float], *, whole: bool) -> bool:
    """Whether a sum is not its total; a total typed with fewer decimals than its parts may differ
    by its rounding, where the unit is not counted in whole things.

    >>> differs(7037, 7020, [3545, 3475], whole=True)
    True
    >>> differs(17620, 17620.1, [12000.4, 5619.7], whole=False)
    False
    """
    if total == found:
        return False
    allowed = 1e-9 * max(abs(total), abs(found), 1.0)
    decimals = count_decimals(total)
    if not whole and max(map(count_decimals, parts)) > decimals:
        allowed += 0.5 * 10.0**-decimals
    return abs(total - found) > allowed


def count_decimals(value: float) -> int:
    """Decimals as typed.

    >>> count_decimals(17620.0), count_decimals(2.87)
    (0, 2)
    """
    text = repr(float(value))
    return 0 if text.endswith(".0") or "e" in text else len(text.partition(".")[2])
