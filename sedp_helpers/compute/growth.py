"""Yearly growth of every indicator (handbook Q30): for totals and single items."""

from __future__ import annotations

from collections.abc import Iterator

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
        groups = [] if spec.item_required else [{}]
        groups += [{"item": item} for item in facts.items(ident)]
        for dims in groups:
            yield from grow_series(spec, facts.series(ident, **dims), dims)


def grow_series(spec: Indicator, series: dict[int, Fact], dims: dict[str, str]) -> Iterator[Row]:
    first = min((year for year, fact in series.items() if fact.known), default=None)
    if first is None:
        return
    for year in sorted(year for year in series if year > first):
        now, before = series[year], series.get(year - 1)
        value = _growth(now, before)
        used = [fact for fact in (now, before) if fact is not None]
        yield make_row(spec.section, f"{spec.id}.growth_pct", year, value, used,
                       missing=[spec.id], unit="pct", **dims)


def _growth(now: Fact, before: Fact | None) -> float | None:
    if before is None or not before.known or not now.known or before.value <= 0:
        return None
    return 100 * (now.value - before.value) / before.value
