"""The forms of the column ``basis``: each recomputes one kind of claim (see ``stated``)."""

from __future__ import annotations

import itertools
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from decimal import ROUND_HALF_UP, Decimal
from typing import TYPE_CHECKING, Any

from sedp_helpers.analysis.growth import average_growth
from sedp_helpers.checks.sums import count_decimals
from sedp_helpers.compute.derived import compute_row
from sedp_helpers.compute.inputs import fetch_input
from sedp_helpers.errors import CatalogueError
from sedp_helpers.language import format_number
from sedp_helpers.models import LANGUAGES, Text
from sedp_helpers.registry import Registry

if TYPE_CHECKING:
    from sedp_helpers.checks.inspection import Inspection


@dataclass(frozen=True)
class Claim:
    """A figure that a text states: of which result, for what, how much, and how it came about."""

    result: str
    year: int
    dims: dict[str, str]
    value: float | None
    basis: str
    said: str = ""


@dataclass(frozen=True)
class Failure:
    """A claim that does not hold: rule, text and what the sentence needs."""

    rule: str
    text: str
    params: dict[str, Any] = field(default_factory=dict)


class NotCheckable(Exception):
    """The figures that a claim needs are not there; the message ends the key of the text."""


Basis = Callable[["Inspection", Claim, str], "Failure | None"]
BASES: Registry[Basis] = Registry("basis")


def holds(claimed: float, computed: float) -> bool:
    """Whether a figure rounds to a claim at the claim's decimals.

    >>> holds(2.87, 2.9189735648142534), holds(2.92, 2.9189735648142534)
    (False, True)
    """
    step = Decimal(1).scaleb(-count_decimals(claimed))
    return Decimal(repr(float(computed))).quantize(step, ROUND_HALF_UP) == Decimal(repr(claimed))


def _claimed(claim: Claim) -> float:
    if claim.value is None:
        raise NotCheckable("VALUE")
    return claim.value


def _number(text: str) -> float:
    try:
        return float(text)
    except ValueError:
        raise NotCheckable("BASIS") from None


def _compare(
    claim: Claim, computed: float, rule: str, text: str = "", **params: Any
) -> Failure | None:
    """A failure where the recomputed figure does not round to the claim."""
    if holds(_claimed(claim), computed):
        return None
    shown = round(computed, max(2, count_decimals(_claimed(claim))))
    return Failure(rule, text or rule, {"computed": shown, **params})


def _figure(inspection: Inspection, claim: Claim, year: int) -> float:
    """The figure of the claim's result in a year."""
    fact = inspection.context.facts.get(
        claim.result.removesuffix(".growth_pct"), year, **claim.dims
    )
    if fact is None or not fact.known:
        raise NotCheckable("DATA")
    return fact.value


def _ends(inspection: Inspection, claim: Claim, text: str) -> tuple[float, float, int]:
    """First and last figure and the years between, from ``Y1-Y2`` or ``A:B[:N]``."""
    parts = text.split(":")
    if len(parts) == 1:
        years = text.split("-")
        if len(years) != 2 or not all(year.isdigit() for year in years):
            raise NotCheckable("BASIS")
        first, last = (int(year) for year in years)
        return (_figure(inspection, claim, first), _figure(inspection, claim, last), last - first)
    return _number(parts[0]), _number(parts[1]), int(_number(parts[2])) if len(parts) > 2 else 1


@BASES.register("")
def check_figure(inspection: Inspection, claim: Claim, text: str) -> Failure | None:
    """The figure as observed, derived, grown or computed by a plain formula of the catalogue."""
    catalog, facts = inspection.catalog, inspection.context.facts
    if claim.result in catalog.indicators:
        return _compare(claim, _figure(inspection, claim, claim.year), "DQ-07")
    if claim.result.endswith(".growth_pct"):
        before = _figure(inspection, claim, claim.year - 1)
        if before <= 0:
            raise NotCheckable("DATA")
        now = _figure(inspection, claim, claim.year)
        return _compare(claim, 100 * (now - before) / before, "DQ-07")
    spec = catalog.results.get(claim.result)
    if spec is None or spec.formula.startswith("custom:"):
        raise NotCheckable("RESULT")
    row = compute_row(facts, spec, claim.year, {k: v for k, v in claim.dims.items() if v})
    if row.missing:
        raise NotCheckable("DATA")
    return _compare(claim, row.value, "DQ-07")


@BASES.register("mean_growth")
def check_mean_growth(inspection: Inspection, claim: Claim, text: str) -> Failure | None:
    """The mean yearly growth by any accepted way: compound, linear, logarithmic, or the mean of
    the yearly rates where every year is known (Q24, Q30)."""
    first, last, years = _ends(inspection, claim, text)
    if first <= 0 or last <= 0 or years < 1:
        raise NotCheckable("DATA")
    means = average_growth(first, last, years)
    ways = [*means]
    if ":" not in text:
        ways += _mean_of_rates(inspection, claim, int(text[:4]), years)
    if any(holds(_claimed(claim), way) for way in ways):
        return None
    return _compare(claim, means.compound, "DQ-05", first=first, last=last, years=years)


def _mean_of_rates(inspection: Inspection, claim: Claim, start: int, years: int) -> list[float]:
    try:
        figures = [_figure(inspection, claim, start + step) for step in range(years + 1)]
    except NotCheckable:
        return []
    rates = [
        100 * (later / earlier - 1) for earlier, later in itertools.pairwise(figures) if earlier > 0
    ]
    return [sum(rates) / years] if len(rates) == years else []


@BASES.register("change")
def check_change(inspection: Inspection, claim: Claim, text: str) -> Failure | None:
    """The change over the whole period in per cent."""
    first, last, _ = _ends(inspection, claim, text)
    if first <= 0:
        raise NotCheckable("DATA")
    return _compare(
        claim, 100 * (last / first - 1), "DQ-05", "DQ-05-CHANGE", first=first, last=last
    )


@BASES.register("pct_of")
def check_percentage(inspection: Inspection, claim: Claim, text: str) -> Failure | None:
    """A percentage of a base: an increase (DQ-09), a cut (DQ-13), or a base not given (DQ-10)."""
    base_text, _, rate_text = text.rpartition(":")
    rate = _number(rate_text)
    if base_text in ("", "?"):
        if not rate:
            raise NotCheckable("BASIS")
        implied = 100 * _claimed(claim) / abs(rate)
        return Failure("DQ-10", "DQ-10", {"rate": abs(rate), "implied": round(implied)})
    base = _read_base(inspection, claim, base_text)
    rule = "DQ-13" if rate < 0 else "DQ-09"
    return _compare(claim, base * abs(rate) / 100, rule, base=base, rate=abs(rate))


def _read_base(inspection: Inspection, claim: Claim, text: str) -> float:
    if text.replace(".", "", 1).isdigit():
        return float(text)
    try:
        fact = fetch_input(inspection.context.facts, text, claim.year, claim.dims)
    except CatalogueError:
        raise NotCheckable("BASIS") from None
    if fact is None or not fact.known or not fact.refs:
        raise NotCheckable("DATA")
    return fact.value


@BASES.register("balance")
def check_balance(inspection: Inspection, claim: Claim, text: str) -> Failure | None:
    """A sum of signed amounts, written without spaces."""
    terms = text.replace("-", "+-").split("+")
    computed = sum(_number(term) for term in terms if term)
    return _compare(claim, computed, "DQ-11", sum_text=_write_sum(text))


def _write_sum(text: str) -> Text:
    """The sum as a reader writes it in each language.

    >>> _write_sum("1000000-200000").en
    '1,000,000 − 200,000'
    """
    signs = {"-": " − ", "+": " + "}
    parts = [part for part in re.split(r"([+-])", text) if part]
    return Text(
        **{
            lang: "".join(
                signs.get(part) or format_number(_number(part), lang, 0) for part in parts
            ).strip()
            for lang in LANGUAGES
        }
    )


@BASES.register("stable_share")
def check_stable_share(inspection: Inspection, claim: Claim, text: str) -> Failure | None:
    """A share that is said to stay: it may move by the points of the rule (Q24)."""
    if "/" in text:
        shares = [_divide(*map(_number, part.split("/"))) for part in text.split(":")]
    else:
        sex, _, years = text.partition(":")
        part = Claim(claim.result, claim.year, {**claim.dims, "sex": sex}, claim.value, claim.basis)
        parts, wholes = _ends(inspection, part, years), _ends(inspection, claim, years)
        shares = [_divide(one, whole) for one, whole in zip(parts[:2], wholes[:2])]
    if len(shares) != 2:
        raise NotCheckable("BASIS")
    points = abs(shares[1] - shares[0])
    if points <= inspection.limit("DQ-07", "points"):
        return None
    return Failure(
        "DQ-07",
        "DQ-07-SHARE",
        {"first": round(shares[0], 2), "last": round(shares[1], 2), "points": round(points, 2)},
    )


def _divide(part: float, whole: float) -> float:
    if whole <= 0:
        raise NotCheckable("DATA")
    return 100 * part / whole


@BASES.register("trend")
def check_trend(inspection: Inspection, claim: Claim, text: str) -> Failure | None:
    """A claimed change without a cause in the past: the past moved by less than a third of it."""
    first, last, _ = _ends(inspection, claim, text)
    if first <= 0:
        raise NotCheckable("DATA")
    past, claimed = 100 * (last / first - 1), _claimed(claim)
    small = abs(claimed) < inspection.limit("DQ-23", "change_min_pct")
    if small or (
        past * claimed > 0 and abs(past) * inspection.limit("DQ-23", "times") >= abs(claimed)
    ):
        return None
    return Failure("DQ-23", "DQ-23", {"past": round(past, 2)})
