"""The small grammar in which the catalogue names the inputs of a formula.

``population.births``            the figure of the row (total, or the row's own item, sex …)
``services.cost[item]``          the figure of the row's own item
``budget.revenue[item=land_tax]``one fixed item; ``[sex=f]`` and ``[age=0-15]`` alike
``a + b``                        a sum of such terms; ``a?`` counts as 0 where no row exists at all
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from sedp_helpers.compute.facts import DIM_INDEX, TOTAL, Fact, Facts, Key, add_facts, read_band
from sedp_helpers.errors import CatalogueError
from sedp_helpers.models import DIMS

_TERM = re.compile(r"^(?P<id>[a-z_.0-9]+)(\[(?P<dims>[^\]]*)\])?(?P<optional>\?)?$")


@dataclass(frozen=True)
class Term:
    """One indicator with the dimensions it follows (None) or fixes (a value)."""

    id: str
    dims: tuple[tuple[str, str | None], ...] = ()
    optional: bool = False


@cache
def parse_inputs(text: str) -> tuple[Term, ...]:
    """The terms of an input.

    >>> parse_inputs("budget.revenue[item=rent]? + population.births[sex]")[0]
    Term(id='budget.revenue', dims=(('item', 'rent'),), optional=True)
    """
    return tuple(_parse_term(part.strip(), text) for part in text.split("+"))


def _parse_term(part: str, text: str) -> Term:
    match = _TERM.match(part)
    if not match:
        raise CatalogueError(f"input {text!r} is not written as indicator[dim=value]")
    dims: list[tuple[str, str | None]] = []
    for piece in filter(None, (match["dims"] or "").split(",")):
        name, _, value = piece.strip().partition("=")
        if name not in DIMS:
            raise CatalogueError(f"input {text!r} names an unknown dimension {name!r}")
        dims.append((name, value or None))
    return Term(match["id"], tuple(dims), bool(match["optional"]))


def fetch_input(facts: Facts, text: str, year: int, row: dict[str, str]) -> Fact | None:
    """The fact an input means for a row; None where it cannot be had."""
    terms = parse_inputs(text)
    if len(terms) == 1 and not terms[0].optional:
        fact = fetch_term(facts, terms[0], year, row)
        return fact if fact is not None and fact.known else None
    found = [fetch_term(facts, term, year, row) for term in terms]
    kept = [
        fact
        for fact, term in zip(found, terms)
        if not (term.optional and fact is None)
    ]
    if not kept:
        return Fact(0.0, "A", (), "sum")
    if any(fact is None or not fact.known for fact in kept):
        return None
    if len(terms) == 1:
        return kept[0]
    return add_facts([fact for fact in kept if fact], method="sum")


def fetch_term(facts: Facts, term: Term, year: int, row: dict[str, str]) -> Fact | None:
    spec = facts.indicators.get(term.id)
    if spec is not None and spec.time == "static":
        return facts.static(term.id, year)
    if not term.dims:
        return facts.at(term.id, year, TOTAL)
    key = fill_key(term, row)
    if key[1]:
        low, high = read_band(key[1])
        return facts.ages(term.id, year, low, high, sex=key[0], village=key[2], item=key[3])
    return facts.at(term.id, year, key)


def fill_key(term: Term, row: Mapping[str, str]) -> Key:
    """The key that a term means for a row.

    >>> fill_key(parse_inputs("services.cost[item]")[0], {"item": "water"})
    ('', '', '', 'water')
    """
    key = ["", "", "", ""]
    for name, value in term.dims:
        key[DIM_INDEX[name]] = row.get(name, "") if value is None else value
    return key[0], key[1], key[2], key[3]


def followed_dims(text: str) -> set[str]:
    """The dimensions in which an input follows its row."""
    return {name for term in parse_inputs(text) for name, value in term.dims if value is None}


def input_ids(text: str) -> list[str]:
    return [term.id for term in parse_inputs(text)]
