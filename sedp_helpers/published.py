"""The tables of a prepared municipality as they may leave the house: small counts hidden in all.

Why: results, observations and findings tell the same numbers; whoever gives one of them away
(report, export, snapshot) takes it from here, so that all of them hide the same.
"""

from __future__ import annotations

import pandas as pd

from sedp_helpers.catalog.load import Catalog
from sedp_helpers.compute.protect import protect_small_counts
from sedp_helpers.compute.protect_tables import hide_findings, hide_observations
from sedp_helpers.examination import finding_texts
from sedp_helpers.intake.store import Store

TABLES = ("observations", "results", "findings")


def publish_tables(
    store: Store, ident: str, catalog: Catalog, results: pd.DataFrame | None = None
) -> dict[str, pd.DataFrame]:
    """``TABLES`` with small counts hidden. ``results``: those of other years or another level."""
    observations = store.read_observations(ident)
    whole = store.read(ident, "results") if results is None else results
    protected = protect_small_counts(whole, catalog)
    findings = hide_findings(store.read(ident, "findings"), observations, protected,
                             finding_texts(catalog))
    return {"observations": hide_observations(observations, protected), "results": protected,
            "findings": findings}


def read_tables(store: Store, ident: str) -> dict[str, pd.DataFrame]:
    """``TABLES`` as they are, for the office itself."""
    return {"observations": store.read_observations(ident), "results": store.read(ident, "results"),
            "findings": store.read(ident, "findings")}
