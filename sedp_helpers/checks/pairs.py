"""CK-PAIR, CK-EQUAL, CK-RANGE: relations between figures that are listed in catalog/checks.yml.

``part ≤ factor · whole``; two names of one thing that must agree; a ratio that must lie inside
limits. Breakdowns follow: a part by village is compared with the whole of that village.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from sedp_helpers.checks.grid import Row
from sedp_helpers.checks.inspection import CHECKS, Inspection, tidy
from sedp_helpers.checks.words import name_figure
from sedp_helpers.compute.facts import Fact
from sedp_helpers.compute.inputs import fetch_input, parse_inputs
from sedp_helpers.models import DIMS, LANGUAGES, Finding, Text


@CHECKS.register("pairs")
def check_pairs(inspection: Inspection) -> Iterator[Finding]:
    """Parts that are larger than the whole they belong to."""
    for pair in inspection.settings["pairs"]:
        factor = pair.get("factor", 1)
        for row, part in _list_figures(inspection, pair["part"]):
            whole = _fetch(inspection, pair["whole"], row)
            if whole is None or part <= factor * whole.value * (1 + 1e-9):
                continue
            named = {"figure": _name(inspection, pair["part"], row)} if "+" in pair["part"] else {}
            yield inspection.at_row(
                "CK-PAIR", row, text="CK-PAIR" if factor == 1 else "CK-PAIR-FACTOR",
                severity=pair.get("severity", ""), part=tidy(part), whole=tidy(whole.value),
                factor=factor, whole_figure=_name(inspection, pair["whole"], row), **named)


@CHECKS.register("equals")
def check_equals(inspection: Inspection) -> Iterator[Finding]:
    """Two figures that mean the same and differ by more than the tolerance."""
    for pair in inspection.settings["equals"]:
        for row, value in _list_figures(inspection, pair["one"], exact=True):
            other = _fetch(inspection, pair["other"], row)
            if other is None or not max(value, other.value):
                continue
            gap = 100 * abs(value - other.value) / max(abs(value), abs(other.value))
            if gap > pair["tolerance_pct"]:
                yield inspection.at_row(
                    "CK-EQUAL", row, severity=pair.get("severity", ""), number=tidy(value),
                    other=tidy(other.value), difference=tidy(abs(value - other.value)),
                    other_figure=_name(inspection, pair["other"], row))


@CHECKS.register("ranges")
def check_ranges(inspection: Inspection) -> Iterator[Finding]:
    """Ratios of two figures that lie outside what is plausible anywhere."""
    for one in inspection.settings["ranges"]:
        for row, top in _list_figures(inspection, one["top"], exact=True):
            bottom = _fetch(inspection, one["bottom"], row)
            if bottom is None or bottom.value < one.get("bottom_min", 1):
                continue
            ratio = one.get("times", 1) * top / bottom.value
            if not one["low"] <= ratio <= one["high"]:
                yield inspection.at_row(
                    "CK-RANGE", row, number=tidy(top), other=tidy(bottom.value),
                    other_figure=_name(inspection, one["bottom"], row), ratio=round(ratio, 2),
                    times=one.get("times", 1), low=one["low"], high=one["high"])


def _list_figures(
    inspection: Inspection, text: str, *, exact: bool = False
) -> Iterator[tuple[Row, float]]:
    """The typed figures an input means, each with its value; a sum stands at its first term.

    ``exact``: only breakdowns that the input names; without it a finer part is a part as well.
    """
    terms = parse_inputs(text)
    grid = inspection.grid
    if len(terms) == 1:
        fixed = [(DIMS.index(name), value) for name, value in terms[0].dims if value]
        named = {DIMS.index(name) for name, _ in terms[0].dims}
        other = [index for index in range(len(DIMS)) if index not in named] if exact else []
        for row in grid.rows(terms[0].id):
            if not row.known or (other and any(row.key[index] for index in other)):
                continue
            if not fixed or all(row.key[index] == value for index, value in fixed):
                yield row, row.value
        return
    for year in grid.years(terms[0].id):
        fact = fetch_input(inspection.context.facts, text, year, {})
        first = {name: value or "" for name, value in terms[0].dims}
        row = grid.place_of(terms[0].id, year, tuple(first.get(d, "") for d in DIMS))  # type: ignore
        if fact is not None and fact.refs and row is not None:
            yield row, fact.value


def _fetch(inspection: Inspection, text: str, row: Row) -> Fact | None:
    """The other figure for the breakdown of a row; None where it is not known."""
    dims = _dims(row)
    fact = fetch_input(inspection.context.facts, text, row.year, dims)
    return fact if fact is not None and fact.known and fact.refs else None


def _dims(row: Row) -> dict[str, str]:
    return dict(zip(DIMS, row.key))


def _name(inspection: Inspection, text: str, row: Row) -> Text:
    """The names of the figures an input means for a row, joined by a plus."""
    names = []
    for term in parse_inputs(text):
        dims: dict[str, Any] = {name: _dims(row)[name] if value is None else value
                                for name, value in term.dims}
        key = tuple(dims.get(dim, "") for dim in DIMS)
        names.append(name_figure(inspection.context, term.id, key))
    return Text(**{lang: " + ".join(name.get(lang) for name in names) for lang in LANGUAGES})
