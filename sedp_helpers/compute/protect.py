"""Small counts of people are not shown, and cannot be won back from what is shown.

Works on the finished results: a count of 1–4 people by village, sex, age or category loses its
value (status Q), one more cell of the same sum is hidden with it, and so is every rate, growth or
forecast that would give the number away. What is stored stays whole; only what leaves the house
goes through here. Nothing is rounded, swapped or invented.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from math import nan

import pandas as pd

from sedp_helpers.catalog.load import Catalog
from sedp_helpers.compute.additive import Equation, Knowledge, list_equations
from sedp_helpers.compute.facts import Key, chain_ages
from sedp_helpers.compute.norms import WorkingAge, find_working_age
from sedp_helpers.compute.rows import NUMBERS
from sedp_helpers.models import DIMS, MISSING_STATUSES, Indicator

LIMIT = 5  # counts below this are hidden; 0 says nothing about anybody and stays
PEOPLE = ("person", "family")
DISTRICT_ONLY = "violence_survivor"  # never shown for a single municipality, whatever the count
PUBLIC = ("participation.group_members",)  # the members are named in a published order
MOST_UNKNOWN = 400  # finer tables are hidden below one dimension instead of being solved
HIDDEN, COMPLEMENT = "hidden_small", "hidden_other"
Group = tuple[str, str]  # indicator, year


@dataclass
class Cells:
    """The counts of one indicator and year: value (None = typed as missing) and what is hidden."""

    spec: Indicator
    values: dict[Key, float | None]
    hidden: set[Key]
    knowledge: Knowledge | None = None


def protect_small_counts(
    results: pd.DataFrame, catalog: Catalog, *, district: bool = False
) -> pd.DataFrame:
    """The results as they may leave the house: hidden rows have no value, status Q and the code
    ``hidden_small`` (fewer than five) or ``hidden_other`` in ``missing``.

    Grand totals are kept, unless a total has one part only and that part is small. ``district``
    keeps violence_survivor, which is shown from the district level up (CONTRACT section 7).
    """
    groups = collect_cells(results, catalog)
    for cells in groups.values():
        cells.hidden = find_small(cells.values, district=district)
        if cells.hidden:
            hide_complements(cells, age_group_sums(cells, catalog))
    marks = [
        mark_row(row, groups, district=district)
        for row in zip(*(results[name].tolist() for name in _READ))
    ]
    return hide_rows(results, marks)


_READ = ["result", "year", *DIMS, "value", "status", "unit", "inputs"]


def collect_cells(results: pd.DataFrame, catalog: Catalog) -> dict[Group, Cells]:
    """The counts of people among the rows, by indicator and year."""
    groups: dict[Group, Cells] = {}
    for name, year, *dims, value, status, _, _ in zip(*(results[n].tolist() for n in _READ)):
        spec = catalog.indicators.get(name)
        if spec is None or spec.unit not in PEOPLE:
            continue
        cells = groups.setdefault((name, str(year)), Cells(spec, {}, set()))
        known = status not in MISSING_STATUSES and value == value
        cells.values[tuple(dims)] = value if known else None
    return groups


def find_small(values: Mapping[Key, float | None], *, district: bool = False) -> set[Key]:
    """The cells that must not be shown for their own sake."""
    return {
        key
        for key, value in values.items()
        if value is not None
        and any(key)
        and (0 < value < LIMIT or (key[3] == DISTRICT_ONLY and not district))
    }


def age_group_sums(cells: Cells, catalog: Catalog) -> list[Equation]:
    """Children, people of working age and old people: sums that the results print of these counts
    (dependency ratios; deaths and moves at working age), where the printed ages give them."""
    found: list[Equation] = []
    working = find_working_age(catalog)
    for spec in catalog.results.values():
        if cells.spec.id not in spec.inputs.values():
            continue
        for name in _AGE_SUMS.get(spec.formula, ()):
            parts = [_age_cells(cells.values, sex, name, working) for sex in working.last]
            found.append(frozenset(key for part in parts for key in part))
    return [one for one in dict.fromkeys(found) if one]


_AGE_SUMS = {"custom:dependency": ("child", "old", "working"),
             "custom:working_age_part": ("working",)}


def _age_cells(values: Mapping[Key, float | None], sex: str, group: str, working: WorkingAge
               ) -> list[Key]:
    """Cells of children, of old people or of those of working age, where the bands give them."""
    last = working.last[sex]
    low, high = {"child": (0, working.first - 1), "old": (last + 1, None),
                 "working": (working.first, last)}[group]
    bands = {key[1] for key in values if key[0] == sex and key[1] and not (key[2] or key[3])}
    return [(sex, band, "", "") for band in chain_ages(bands, low, high) or ()]


def hide_complements(cells: Cells, known_sums: Iterable[Equation] = ()) -> None:
    """Hide more cells until no small one can be worked out from those that stay."""
    equations = [*list_equations(cells.spec, cells.values), *known_sums]
    equations = _coarsen(cells, equations)
    wanted = sorted(cells.hidden)
    while True:
        cells.knowledge = Knowledge(_unknown(cells, equations), equations)
        open_ones = [key for key in wanted if cells.knowledge.tells([key])]
        added = False
        for key in open_ones:
            added |= _hide_one_more(cells, equations, key)
        if not added:
            return


def _coarsen(cells: Cells, equations: list[Equation]) -> list[Equation]:
    """Very fine tables: cells of two and more dimensions are hidden, only margins are solved."""
    if len(_unknown(cells, equations)) <= MOST_UNKNOWN:
        return equations
    fine = {key for key in cells.values if sum(map(bool, key)) > 1}
    cells.hidden |= {key for key in fine if cells.values[key] is not None}
    return [one for one in equations if all(sum(map(bool, key)) <= 1 for key in one)]


def _unknown(cells: Cells, equations: Iterable[Equation]) -> set[Key]:
    named = {key for one in equations for key in one}
    return {k for k in named if k in cells.hidden or cells.values.get(k) is None} | cells.hidden


def _hide_one_more(cells: Cells, equations: Iterable[Equation], key: Key) -> bool:
    """Hide the smallest shown cell that stands in a sum with ``key``, else with any hidden cell.

    A cell is taken from the level of ``key`` before a total is, a count before a zero, and a
    grand total only last.
    """
    depth = sum(map(bool, key))

    def cost(other: Key) -> tuple[bool, bool, bool, float, Key]:
        value = cells.values[other] or 0.0
        return (not any(other), sum(map(bool, other)) < depth, value == 0, value, other)

    for near in ({key}, cells.hidden):
        shown = [other for one in equations if near & one for other in one
                 if other not in cells.hidden and cells.values.get(other) is not None]
        if shown:
            cells.hidden.add(min(shown, key=cost))
            return True
    return False


def mark_row(row: tuple, groups: Mapping[Group, Cells], *, district: bool) -> str:
    """Why a row is hidden; empty where it may be shown."""
    name, year, *dims, value, status, unit, inputs = row
    key: Key = tuple(dims)
    if status in MISSING_STATUSES or value != value:
        return ""
    if (name, str(year)) in groups:
        hidden = key in groups[name, str(year)].hidden
        return (HIDDEN if value < LIMIT else COMPLEMENT) if hidden else ""
    if key[3] == DISTRICT_ONLY and not district:
        return COMPLEMENT
    if any(key) and unit in PEOPLE and name not in PUBLIC and 0 < abs(value) < LIMIT:
        return HIDDEN
    return COMPLEMENT if gives_away(inputs, groups, key) else ""


def gives_away(inputs: str, groups: Mapping[Group, Cells], key: Key) -> bool:
    """Whether a number made of these inputs tells more about hidden cells than the totals do.

    A number about a hidden cell itself (its share in a sum of cells) always does.
    """
    used: dict[Group, set[Key]] = {}
    for text in inputs.split(";"):
        group, dims = split_reference(text)
        if group in groups and groups[group].hidden:
            used.setdefault(group, set()).add(read_dims(dims))
    for group, keys in used.items():
        cells = groups[group]
        if not keys & cells.hidden:
            continue
        if any(key) and key in keys & cells.hidden:
            return True
        if cells.knowledge is None or not cells.knowledge.tells(keys):
            return True
    return False


def split_reference(text: str) -> tuple[Group, str]:
    """Indicator and year of a reference of ``inputs``, and the cell as it is written.

    >>> split_reference("population.total[sex=f,village=ak-suu]@2025")
    (('population.total', '2025'), 'sex=f,village=ak-suu')
    """
    name, _, year = text.rpartition("@")
    ident, _, dims = name.partition("[")
    return (ident, year), dims.removesuffix("]")


def read_dims(text: str) -> Key:
    """The cell that a reference of ``inputs`` names.

    >>> read_dims("sex=f,village=ak-suu")
    ('f', '', 'ak-suu', '')
    """
    named = dict(piece.split("=", 1) for piece in text.split(",") if piece)
    return tuple(named.get(dim, "") for dim in DIMS)  # type: ignore[return-value]


def hide_rows(results: pd.DataFrame, marks: list[str]) -> pd.DataFrame:
    """The frame with the marked rows emptied: no value, no limits, status Q, why in ``missing``."""
    frame = results.copy()
    chosen = pd.Series([bool(mark) for mark in marks], index=frame.index, dtype=bool)
    frame.loc[chosen, [name for name in NUMBERS if name in frame]] = nan
    frame.loc[chosen, "status"] = "Q"
    frame.loc[chosen, "missing"] = [mark for mark in marks if mark]
    return frame


__all__ = ["COMPLEMENT", "HIDDEN", "LIMIT", "protect_small_counts"]
