"""Catalogue × facts (× panel) → the rows of results.csv."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from math import isnan

import pandas as pd

from sedp_helpers.compute import (  # noqa: F401  (registers the computations)
    custom_budget,
    custom_community,
    custom_economy,
    custom_measures,
    custom_monitoring,
    custom_needs,
    custom_participation,
    custom_plan,
    custom_points,
    custom_population,
    custom_priorities,
    custom_services,
    custom_space,
    custom_stress,
    custom_upkeep,
    custom_working_age,
    needs,
    quality,
)
from sedp_helpers.compute.changes import compute_changes
from sedp_helpers.compute.context import Context
from sedp_helpers.compute.custom import compute_custom
from sedp_helpers.compute.derived import compute_derived
from sedp_helpers.compute.growth import compute_growth
from sedp_helpers.compute.observed import compute_observed
from sedp_helpers.compute.outlook import compute_outlook
from sedp_helpers.compute.rows import Row, frame_rows


def compute_results(context: Context, observations: pd.DataFrame) -> pd.DataFrame:
    """All results of a municipality, one row a key."""
    context.forecasts = list(compute_outlook(context))
    rows = [
        *compute_observed(context, observations),
        *compute_growth(context),
        *compute_changes(context),
        *compute_derived(context),
        *compute_custom(context),
        *context.forecasts,
    ]
    return frame_rows(_keep_first(_drop_empty(rows)))


def _drop_empty(rows: Iterable[Row]) -> Iterator[Row]:
    """Rows without a value must say what is missing; the rest is kept as it is."""
    return (row for row in rows if row.missing or not isnan(row.value))


def _keep_first(rows: Iterable[Row]) -> list[Row]:
    """One row a key, the first that came."""
    found: dict[tuple[str, ...], Row] = {}
    for row in rows:
        key = (row.result, str(row.year), row.sex, row.age, row.village, row.item, row.method)
        found.setdefault(key, row)
    return list(found.values())
