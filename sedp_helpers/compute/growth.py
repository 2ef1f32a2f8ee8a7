"""Yearly growth of every indicator (handbook Q30): for totals and single items."""

from __future__ import annotations

from collections.abc import Iterator

from sedp_helpers.analysis.growth import rate_years
from sedp_helpers.compute.context import Context
from sedp_helpers.compute.facts import Fact
from sedp_helpers.compute.rows import Row, make_row
from sedp_helpers.models import Indicator


def compute_growth(context: Context) -> Iterator[Row]:
    """``<indicator>.growth_pct`` = 100·(x_t − x_{t−1})/x_{t−1} for each year after the first.

    A year without the year before it is not computable and never bridged; a base of zero or
    below is not computable; percentages and static figures have no growth.
    """
    facts = context.facts
    for ident, spec in context.catalog.indicators.items():
        if spec.unit == "pct" or spec.time == "static" or not facts.has(ident):
            continue
        groups: list[dict[str, str]] = [] if spec.item_required else [{}]
        groups += [{"item": item} for item in facts.items(ident)]
        for dims in groups:
            yield from grow_series(spec, facts.series(ident, **dims), dims)


def grow_series(spec: Indicator, series: dict[int, Fact], dims: dict[str, str]) -> Iterator[Row]:
    known = {year: fact.value for year, fact in series.items() if fact.known}
    rates = rate_years(known)
    years = sorted(series)
    for year in years[years.index(min(known)) + 1:] if known else ():
        used = [series[y] for y in (year, year - 1) if y in series]
        yield make_row(spec.section, f"{spec.id}.growth_pct", year, rates.get(year), used,
                       missing=[spec.id], unit="pct", **dims)
