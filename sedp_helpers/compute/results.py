"""Catalogue × facts (× panel) → the rows of results.csv."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

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
from sedp_helpers.compute.rows import Row, frame_rows, keep_first


def compute_results(context: Context, observations: pd.DataFrame) -> pd.DataFrame:
    """All results of a municipality as a frame, one row a key."""
    return frame_rows(list_results(context, observations))


def list_results(context: Context, observations: pd.DataFrame) -> list[Row]:
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
    return keep_first(_drop_empty(rows))


def _drop_empty(rows: Iterable[Row]) -> Iterator[Row]:
    """Rows without a value must say what is missing; the rest is kept as it is."""
    return (row for row in rows if row.missing or row.value == row.value)
