"""A causal chain run forward over the years: nodes, links and parameters with their standing.

The handbook gives chains and single examples, never the model itself; so a chain is data, every
coefficient is the user's, and the examples are labelled as examples. Nothing is run while a
parameter has no value: what nobody has measured is never guessed.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from math import isfinite, nan
from typing import NamedTuple

import pandas as pd

from sedp_helpers.errors import SedpError

RULES = ("times", "sum", "ramp", "growth", "yearly")


class ParameterNotSet(SedpError, ValueError):
    """A chain was asked for while parameters without a source have no value (AC-79)."""


class Range(NamedTuple):
    """A number with the limits between which it may lie."""

    low: float
    value: float
    high: float


@dataclass(frozen=True)
class Parameter:
    """A coefficient; ``status``: example (not a norm) · printed · user; None = must be set.

    ``low``, ``high``: the printed range, where the source prints one.
    """

    id: str
    unit: str = ""
    value: float | None = None
    low: float | None = None
    high: float | None = None
    source: str = ""
    status: str = "example"
    decimals: int = 0
    code: str = ""  # of the handbook's list, P-01 …

    @property
    def label(self) -> str:
        return f"{self.code} {self.id}".strip()


@dataclass(frozen=True)
class Link:
    """How a node comes about.

    ``rule``: ``times`` Π sources · Π factors · scale; ``sum`` Σ ± sources · scale; ``ramp`` as
    ``times``, from nothing in the year ``first`` to all in ``last`` (parameter ids); ``growth``
    start · (1 + rate/100)^t; ``yearly`` the same every year from the start on, added up over the
    years. A factor is a parameter id; ``id%`` takes it as per cent, ``1+id`` adds it to one,
    ``/id`` divides by it. A source with «-» before it is taken off.
    """

    to: str
    rule: str
    sources: tuple[str, ...]
    factors: tuple[str, ...] = ()
    scale: float = 1.0
    first: str = ""
    last: str = ""


@dataclass(frozen=True)
class Chain:
    """``inputs``: nodes that the user gives; ``links`` in the order of causes."""

    id: str
    inputs: tuple[str, ...]
    links: tuple[Link, ...]
    parameters: Mapping[str, Parameter]
    units: Mapping[str, str] = field(default_factory=dict)
    source: str = ""

    @property
    def nodes(self) -> tuple[str, ...]:
        return (*self.inputs, *(link.to for link in self.links))

    @property
    def results(self) -> tuple[str, ...]:
        """Nodes that no other node is made of."""
        used = {source.lstrip("-") for link in self.links for source in link.sources}
        return tuple(link.to for link in self.links if link.to not in used)


def check_chain(chain: Chain) -> None:
    """Refuse a chain whose links name what does not exist or stand before their causes.

    >>> check_chain(Chain("c", ("a",), (Link("b", "times", ("x",)),), {}))
    Traceback (most recent call last):
    ValueError: chain c: b is made of unknown x
    """
    known = set(chain.inputs)
    for link in chain.links:
        if link.rule not in RULES:
            raise ValueError(f"chain {chain.id}: {link.to} has unknown rule {link.rule}")
        for source in link.sources:
            if source.lstrip("-") not in known:
                raise ValueError(f"chain {chain.id}: {link.to} is made of unknown {source}")
        for name in name_parameters(link):
            if name not in chain.parameters:
                raise ValueError(f"chain {chain.id}: {link.to} has unknown parameter {name}")
        known.add(link.to)


def name_parameters(link: Link) -> list[str]:
    """Ids of the parameters a link uses.

    >>> name_parameters(Link("b", "ramp", ("a",), ("1+gain%", "price"), first="t0", last="t1"))
    ['gain', 'price', 't0', 't1']
    """
    factors = [factor.lstrip("/").removeprefix("1+").removesuffix("%") for factor in link.factors]
    return factors + [name for name in (link.first, link.last) if name]


def list_unset(chain: Chain, values: Mapping[str, float] | None = None) -> list[str]:
    """Parameters that the chain needs and nobody has set, in the order of the links."""
    given = values or {}
    needed = dict.fromkeys(name for link in chain.links for name in name_parameters(link))
    return [name for name in needed if given.get(name, chain.parameters[name].value) is None]


def run_chain(
    chain: Chain,
    inputs: Mapping[str, float],
    years: Sequence[int],
    *,
    values: Mapping[str, float] | None = None,
    spread_pct: float = 0,
) -> pd.DataFrame:
    """What follows from the inputs, year by year: ``node, unit, year, value, low, high``.

    ``years``: years since the start (0 = now). ``values`` take the place of defaults.
    ``spread_pct`` widens every example coefficient that has no printed range, to show what the
    result rests on. Limits are those of interval arithmetic: all coefficients at their worst or
    best at once. A missing input leaves the nodes after it missing. ``ParameterNotSet`` where a
    parameter has no value. Source: handbook Q2, Q24, Q32, Q65, Q76; DOMAIN 4.3.
    """
    check_chain(chain)
    unset = list_unset(chain, values)
    if unset:
        labels = ", ".join(chain.parameters[name].label for name in unset)
        raise ParameterNotSet(f"parameter must be set by the user: {labels}",
                              key="parameter_not_set", names=labels, ids=tuple(unset))
    unknown = sorted(set(inputs) - set(chain.inputs))
    if unknown:
        raise ValueError(f"chain {chain.id} has no input {', '.join(unknown)}")
    known = {name: _read_range(parameter, values, spread_pct)
             for name, parameter in chain.parameters.items()}
    rows = [row for year in years for row in _run_year(chain, inputs, known, year)]
    return pd.DataFrame(rows, columns=["node", "unit", "year", "value", "low", "high"])


def compare_scenarios(
    chain: Chain,
    scenarios: Mapping[str, tuple[Mapping[str, float], Mapping[str, float]]],
    years: Sequence[int],
    *,
    spread_pct: float = 0,
) -> pd.DataFrame:
    """Scenarios side by side (Q76): name -> (inputs, values); adds the column ``scenario``."""
    parts = [run_chain(chain, inputs, years, values=values, spread_pct=spread_pct)
             .assign(scenario=name) for name, (inputs, values) in scenarios.items()]
    return pd.concat(parts, ignore_index=True)


def _read_range(
    parameter: Parameter, values: Mapping[str, float] | None, spread_pct: float
) -> Range:
    """A coefficient with its limits; a value of the user has none but the chosen spread."""
    own = (values or {}).get(parameter.id)
    value = parameter.value if own is None else own
    if value is None:
        return Range(nan, nan, nan)
    low = parameter.low if own is None else None
    high = parameter.high if own is None else None
    wide = spread_pct / 100 * abs(value) if parameter.status == "example" else 0.0
    return Range(value - wide if low is None else low, value,
                 value + wide if high is None else high)


def _run_year(
    chain: Chain, inputs: Mapping[str, float], known: Mapping[str, Range], year: int
) -> Iterator[tuple]:
    found: dict[str, Range] = {}
    for name in chain.inputs:
        value = float(inputs.get(name, nan))
        found[name] = Range(value, value, value)
    for link in chain.links:
        found[link.to] = _follow(link, found, known, year)
    for name, one in found.items():
        yield name, chain.units.get(name, ""), year, one.value, one.low, one.high


def _follow(
    link: Link, found: Mapping[str, Range], known: Mapping[str, Range], year: int
) -> Range:
    """The node of a link in a year."""
    sources = [_take(found, source) for source in link.sources]
    if link.rule == "sum":
        total = Range(*(sum(column) for column in zip(*sources, strict=True)))
        return _multiply(total, _exactly(link.scale))
    factors = [_read_factor(factor, known) for factor in link.factors]
    if link.rule == "growth":
        factors = [Range(*(limit**year for limit in factor)) for factor in factors]
    made = _exactly(link.scale * (year if link.rule == "yearly" else 1))
    for one in (*sources, *factors):
        made = _multiply(made, one)
    if link.rule != "ramp":
        return made
    return _multiply(made, _ramp(known[link.first], known[link.last], year))


def _take(found: Mapping[str, Range], source: str) -> Range:
    one = found[source.lstrip("-")]
    return Range(-one.high, -one.value, -one.low) if source.startswith("-") else one


def _read_factor(factor: str, known: Mapping[str, Range]) -> Range:
    name = factor.lstrip("/").removeprefix("1+")
    one = known[name.removesuffix("%")]
    if name.endswith("%"):
        one = Range(*(limit / 100 for limit in one))
    if factor.startswith("/"):
        return Range(1 / one.high, 1 / one.value, 1 / one.low)
    return Range(*(1 + limit for limit in one)) if factor.startswith("1+") else one


def _ramp(first: Range, last: Range, year: int) -> Range:
    """0 before ``first``, 1 from ``last`` on, a straight line between (DOMAIN 4.3, inferred).

    Nobody knows when within the lag it happens: at the latest all in ``last``, at the earliest all
    in ``first``.
    """
    start, end = first.value, last.value
    middle = 1.0 if year >= end else max(0.0, (year - start) / max(end - start, 1e-9))
    return Range(float(year >= end), middle, float(year >= start))


def _multiply(one: Range, other: Range) -> Range:
    value = one.value * other.value
    ends = [a * b for a in (one.low, one.high) for b in (other.low, other.high)]
    if not all(map(isfinite, ends)):
        return Range(nan, value, nan)
    return Range(min(ends), value, max(ends))


def _exactly(value: float) -> Range:
    return Range(value, value, value)
