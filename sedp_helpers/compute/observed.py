"""Observed figures as results: every typed number, and every total that can be added up."""

from __future__ import annotations

from collections.abc import Iterator
from math import nan

import pandas as pd

from sedp_helpers.compute.context import Context
from sedp_helpers.compute.facts import write_ref
from sedp_helpers.compute.rows import Row, fill_row
from sedp_helpers.models import MISSING_STATUSES


def compute_observed(context: Context, observations: pd.DataFrame) -> Iterator[Row]:
    """The observations as they are, then the totals that were not given."""
    indicators = context.catalog.indicators
    names = ["indicator", "year", "value", "sex", "age", "village", "item", "status"]
    for indicator, year, value, sex, age, village, item, status in zip(
        *(observations[name].tolist() for name in names)
    ):
        spec = indicators.get(indicator)
        if spec is None:
            continue
        absent = status in MISSING_STATUSES
        yield fill_row((
            spec.section, indicator, int(year), value, nan, nan, nan, nan, spec.unit, sex, age,
            village, item, status or "A", "observed",
            write_ref(indicator, (sex, age, village, item), int(year)),
            indicator if absent else "", "",
        ))
    yield from compute_totals(context)


def compute_totals(context: Context) -> Iterator[Row]:
    """Totals, and totals of single items, that follow from complete parts."""
    facts = context.facts
    for ident, spec in context.catalog.indicators.items():
        if not spec.adds_over or not facts.has(ident):
            continue
        keys = [{"item": item} for item in facts.items(ident)]
        keys += [{"sex": sex} for sex in facts.values_of(ident, "sex")]
        for dims in [{}, *keys]:
            for year in facts.years(ident):
                fact = facts.get(ident, year, **dims)
                if fact is not None and fact.known and fact.method != "observed":
                    yield Row(spec.section, ident, year, fact.value, nan, nan, nan, nan,
                              unit=spec.unit, status=fact.status, method=fact.method,
                              inputs=";".join(fact.refs), **dims)
