"""Checks of what the data say, after each cell has been read: sums, identities, jumps, limits.

Pure: a context and its observations in, findings out; nothing is repaired and no file is opened.
The list of checks is ``CHECKS.names()``; what they go by is catalog/checks.yml.
"""

from __future__ import annotations

from collections.abc import Iterable

import pandas as pd

from sedp_helpers.checks import (
    balance,
    coverage,
    dates,
    jumps,
    money,
    pairs,
    people,
    places,
    plans,
    repeats,
    stated,
    sums,
    units,
)
from sedp_helpers.checks.explanations import accept_findings
from sedp_helpers.checks.grid import Grid
from sedp_helpers.checks.inspection import CHECKS, Inspection
from sedp_helpers.compute.context import Context
from sedp_helpers.models import Finding

MODULES = (sums, balance, units, jumps, pairs, people, money, repeats, coverage, plans, dates,
           places, stated)  # each registers its checks
ORDER = (
    "sums", "total_units", "balance", "jumps", "peer_units", "pairs", "equals", "ranges", "sexes",
    "residents", "leaving", "girls", "reserve_risks", "reserve_limit", "repeated_years",
    "repeated_events", "recovery_inputs", "exchange_rate", "missing_years", "event_years",
    "unexplained", "service_marks", "needed", "executive_share", "unit_costs", "beneficiaries",
    "event_parts", "register_units", "plan_units", "date_orders", "document_orders",
    "planned_documents", "villages_of_measures", "stated",
)


def check_data(context: Context, observations: pd.DataFrame) -> list[Finding]:
    """All findings about the content of one municipality's data, one for each rule and place."""
    inspection = Inspection(context, Grid(observations))
    found = [finding for name in ORDER for finding in CHECKS.get(name)(inspection)]
    return keep_first(found)


def keep_first(findings: Iterable[Finding]) -> list[Finding]:
    """One finding a rule and place: the first that was made."""
    seen: dict[tuple[object, ...], Finding] = {}
    for finding in findings:
        place = (finding.rule, finding.table, finding.row, finding.column, finding.cell)
        seen.setdefault(place if finding.cell or finding.row else id(finding), finding)  # type: ignore
    return list(seen.values())


__all__ = ["CHECKS", "accept_findings", "check_data"]
