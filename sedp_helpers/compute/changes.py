"""Differences that sentences state: against the year before, over the whole period, on average."""

from __future__ import annotations

from collections.abc import Iterator

from sedp_helpers.analysis.growth import rate_years
from sedp_helpers.compute.context import Context
from sedp_helpers.compute.facts import Fact
from sedp_helpers.compute.rows import Row, make_row
from sedp_helpers.models import Indicator


def compute_changes(context: Context) -> Iterator[Row]:
    """``.change`` (unit of the indicator; points for per cents), ``.mean_growth_pct`` (mean of the
    last three yearly rates, Q30) and ``.period_change_pct`` (first to last year up to the base
    year), for totals and single items."""
    facts = context.facts
    for ident, spec in context.catalog.indicators.items():
        if spec.time == "static" or not facts.has(ident):
            continue
        groups: list[dict[str, str]] = [] if spec.item_required else [{}]
        groups += [{"item": item} for item in facts.items(ident)]
        for dims in groups:
            known = {y: f for y, f in facts.series(ident, **dims).items() if f.known}
            yield from _yearly(spec, known, dims)
            past = {y: f for y, f in known.items() if y <= context.base_year}
            if len(past) >= 2:
                yield from _overall(spec, past, dims)


def _yearly(spec: Indicator, known: dict[int, Fact], dims: dict[str, str]) -> Iterator[Row]:
    unit = "point" if spec.unit == "pct" else spec.unit
    for year in sorted(known):
        if year - 1 in known:
            value = known[year].value - known[year - 1].value
            yield make_row(spec.section, f"{spec.id}.change", year, value,
                           [known[year], known[year - 1]], unit=unit, **dims)


def _overall(spec: Indicator, past: dict[int, Fact], dims: dict[str, str]) -> Iterator[Row]:
    first, last = min(past), max(past)
    ends = [past[first], past[last]]
    if spec.unit == "pct":
        yield make_row(spec.section, f"{spec.id}.period_change", last,
                       ends[1].value - ends[0].value, ends, unit="point", **dims)
        return
    if ends[0].value > 0:
        value = 100 * (ends[1].value - ends[0].value) / ends[0].value
        yield make_row(spec.section, f"{spec.id}.period_change_pct", last, value, ends,
                       unit="pct", **dims)
    rates = list(rate_years({year: fact.value for year, fact in past.items()}).values())[-3:]
    if rates:
        used = [past[year] for year in sorted(past)[-4:]]
        yield make_row(spec.section, f"{spec.id}.mean_growth_pct", last, sum(rates) / len(rates),
                       used, unit="pct", **dims)
