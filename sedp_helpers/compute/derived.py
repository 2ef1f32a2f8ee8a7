"""Catalogue formulas over facts: every result that is plain arithmetic on indicators.

A row exists for every year in which at least one input exists, for the total and for each value
of the dimensions the result is computed ``by``; inputs that are missing are named.
"""

from __future__ import annotations

from collections.abc import Iterator

from sedp_helpers.compute.context import Context
from sedp_helpers.compute.facts import Fact, Facts, Key
from sedp_helpers.compute.formulas import FORMULAS
from sedp_helpers.compute.inputs import (
    Term,
    fetch_input,
    fetch_term,
    fill_key,
    followed_dims,
    input_ids,
    parse_inputs,
)
from sedp_helpers.compute.rows import Row, make_row
from sedp_helpers.models import ResultSpec

NO_ARGUMENTS = ("total", "surplus")  # parameters of the row and of its words, not of the formula

def compute_derived(context: Context) -> Iterator[Row]:
    """Rows of all catalogue results with a plain formula."""
    for spec in context.catalog.results.values():
        if not spec.formula.startswith("custom:"):
            yield from compute_result(context.facts, spec)


def compute_result(facts: Facts, spec: ResultSpec) -> Iterator[Row]:
    """Rows of one result."""
    terms = [term for text in spec.inputs.values() for term in parse_inputs(text)]
    years = list_years(facts, [term.id for term in terms])
    for dims in list_groups(facts, spec) if years else ():
        asked = [(term.id, _drop_age(fill_key(term, dims))) for term in terms]
        for year in years:
            if any(facts.at(ident, year, key) is not None for ident, key in asked):
                yield compute_row(facts, spec, year, dims)


def list_groups(facts: Facts, spec: ResultSpec) -> list[dict[str, str]]:
    """The total (unless it has no meaning) and each value of the ``by`` dimensions."""
    whole = spec.params.get("total", True) and not _needs_item(facts, spec)
    groups: list[dict[str, str]] = [{}] if whole else []
    for dim in spec.by:
        values: dict[str, None] = {}
        for text in spec.inputs.values():
            if dim not in followed_dims(text):
                continue
            for ident in input_ids(text):
                values.update(dict.fromkeys(facts.values_of(ident, dim)))
        groups += [{dim: value} for value in values]
    return groups


def _needs_item(facts: Facts, spec: ResultSpec) -> bool:
    for text in spec.inputs.values():
        for term in parse_inputs(text):
            indicator = facts.indicators.get(term.id)
            fixed = any(name == "item" and value for name, value in term.dims)
            if indicator is not None and indicator.item_required and not fixed:
                return True
    return False


def list_years(facts: Facts, ids: list[str]) -> list[int]:
    """Every year in which one of the indicators has a row; static figures make no year."""
    years: set[int] = set()
    for ident in ids:
        spec = facts.indicators.get(ident)
        if spec is None or spec.time != "static":
            years.update(facts.years(ident))
    return sorted(years)


def _drop_age(key: Key) -> Key:
    """The key over all ages: a band may be made of others."""
    return key[0], "", key[2], key[3]


def compute_row(facts: Facts, spec: ResultSpec, year: int, dims: dict[str, str]) -> Row:
    """One row: the formula on the facts of a year, or what is missing for it."""
    found: dict[str, Fact | None] = {
        role: fetch_input(facts, text, year, dims) for role, text in spec.inputs.items()
    }
    known = {role: fact for role, fact in found.items() if fact is not None}
    missing: list[str] = []
    value = None
    if len(known) == len(found):
        params = {name: value for name, value in spec.params.items() if name not in NO_ARGUMENTS}
        value = FORMULAS.get(spec.formula)(
            **{role: fact.value for role, fact in known.items()}, **params)
    if value is None:
        missing = [ident for role, fact in found.items() if fact is None
                   for ident in list_missing(facts, spec.inputs[role], year, dims)]
        missing = missing or _all_ids(spec)
    return make_row(spec.section, spec.id, year, value, known.values(),
                    missing=missing, unit=spec.unit, rule=spec.rule, **dims)


def list_missing(facts: Facts, text: str, year: int, dims: dict[str, str]) -> list[str]:
    """The indicators of an input that have no number for the year."""
    absent = []
    for term in parse_inputs(text):
        if not term.optional and _lacks(facts, term, year, dims):
            absent.append(term.id)
    return absent or [parse_inputs(text)[0].id]


def _lacks(facts: Facts, term: Term, year: int, dims: dict[str, str]) -> bool:
    fact = fetch_term(facts, term, year, dims)
    return fact is None or not fact.known


def _all_ids(spec: ResultSpec) -> list[str]:
    return [ident for text in spec.inputs.values() for ident in input_ids(text)]
