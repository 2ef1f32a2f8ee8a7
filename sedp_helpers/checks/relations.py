"""Two figures side by side: a typed one, and the one it stands in relation to.

Rows are compared as arrays first; only those that may break the relation are handed on, to be
judged one by one.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import cache

import numpy as np

from sedp_helpers.checks.grid import Row
from sedp_helpers.checks.inspection import Inspection
from sedp_helpers.compute.facts import Fact, Key
from sedp_helpers.compute.inputs import Term, fetch_input, fill_key, followed_dims, parse_inputs
from sedp_helpers.models import DIMS

Suspect = Callable[[np.ndarray, np.ndarray], np.ndarray]


def list_figures(
    inspection: Inspection, text: str, other: str, suspect: Suspect, *, exact: bool = False
) -> Iterator[tuple[Row, float]]:
    """The typed figures an input means that may break a relation with the other input, each with
    its value; a sum stands at its first term.

    ``exact``: only breakdowns that the input names; without it a finer part is a part as well.
    """
    terms = parse_inputs(text)
    if len(terms) > 1:
        yield from _list_sums(inspection, text)
        return
    figures = inspection.grid.figures
    lines = _list_lines(inspection, terms[0], exact=exact)
    if not lines or not _may_be_known(inspection, other):
        return
    values = figures.values[lines]
    others = np.array([_other_years(inspection, other, figures.keys[line]) for line in lines])
    known = ~np.isnan(values) & ~np.isnan(others)
    for place, column in sorted(zip(*(axis.tolist() for axis in np.nonzero(
            known & suspect(values, others)))), key=lambda one: (
                one[1], figures.rows[lines[one[0]], one[1]])):
        row = inspection.grid.row(int(figures.rows[lines[place], column]))
        yield row, row.value


def fetch(inspection: Inspection, text: str, row: Row) -> Fact | None:
    """The other figure for the breakdown of a row; None where it is not known."""
    return _fetch(inspection, text, row.year, row.key)


def _list_lines(inspection: Inspection, term: Term, *, exact: bool) -> list[int]:
    fixed = [(DIMS.index(name), value) for name, value in term.dims if value]
    named = {DIMS.index(name) for name, _ in term.dims}
    other = [index for index in range(len(DIMS)) if index not in named] if exact else []
    return [line for key, line in inspection.grid.figures.places(term.id).items()
            if not any(key[index] for index in other)
            and all(key[index] == value for index, value in fixed)]


def _list_sums(inspection: Inspection, text: str) -> Iterator[tuple[Row, float]]:
    first = parse_inputs(text)[0]
    key = fill_key(first, {})
    for year in inspection.grid.years(first.id):
        fact = fetch_input(inspection.context.facts, text, year, {})
        row = inspection.grid.place_of(first.id, year, key)
        if fact is not None and fact.refs and row is not None:
            yield row, fact.value


def _may_be_known(inspection: Inspection, text: str) -> bool:
    return any(term.id in inspection.grid.figures.lines for term in parse_inputs(text))


def _other_years(inspection: Inspection, text: str, key: Key) -> np.ndarray:
    """The other figure in every year for a breakdown; NaN where it is not known."""
    asked = ("years", text, *[key[index] for index in _list_followed(text)])
    if asked not in inspection.memory:
        figures = inspection.grid.figures
        line = _find_line(inspection, text, key)
        values = figures.values[line].copy() if line is not None else (
            np.full(len(figures.years), np.nan))
        for column in np.flatnonzero(np.isnan(values)).tolist():
            fact = _fetch(inspection, text, figures.years[column], key)
            values[column] = np.nan if fact is None else fact.value
        inspection.memory[asked] = values
    return inspection.memory[asked]


def _find_line(inspection: Inspection, text: str, key: Key) -> int | None:
    """The line whose typed figures are the input; None where it must be worked out."""
    terms = parse_inputs(text)
    spec = inspection.catalog.indicators.get(terms[0].id)
    if len(terms) > 1 or terms[0].optional or spec is None or spec.time == "static":
        return None
    meant = fill_key(terms[0], dict(zip(DIMS, key)))
    if meant[DIMS.index("age")]:  # a band is the sum of the finest ones
        return None
    return inspection.grid.figures.places(terms[0].id).get(meant)


def _fetch(inspection: Inspection, text: str, year: int, key: Key) -> Fact | None:
    """Breakdowns that differ only in what the input does not follow have one figure."""
    asked = (text, year, *[key[index] for index in _list_followed(text)])
    if asked not in inspection.memory:
        fact = fetch_input(inspection.context.facts, text, year, dict(zip(DIMS, key)))
        good = fact is not None and fact.known and fact.refs
        inspection.memory[asked] = fact if good else None
    return inspection.memory[asked]


@cache
def _list_followed(text: str) -> tuple[int, ...]:
    return tuple(DIMS.index(name) for name in sorted(followed_dims(text)))
