"""DQ-33 beyond the own series: a total against its parts, a figure against other municipalities,
amounts of a register against each other. The suspected unit is named, nothing is corrected."""

from __future__ import annotations

from collections.abc import Iterator
from statistics import median
from typing import Any

import numpy as np

from sedp_helpers.checks.inspection import CHECKS, Inspection, is_number, tidy
from sedp_helpers.checks.sums import list_sums, list_years, measure_sums
from sedp_helpers.compute.facts import TOTAL
from sedp_helpers.models import Finding
from sedp_helpers.process.cells import title_of


def is_thousandfold(inspection: Inspection, one: float, other: float) -> bool:
    """Whether two positive figures are about a thousand times apart."""
    if one <= 0 or other <= 0:
        return False
    ratio = max(one, other) / min(one, other)
    low, high = (inspection.limit("DQ-33", name) for name in ("ratio_min", "ratio_max"))
    return low <= ratio <= high


@CHECKS.register("total_units")
def check_total_units(inspection: Inspection) -> Iterator[Finding]:
    """Totals that are about a thousand times the sum of their complete parts, or a thousandth."""
    villages = inspection.context.facts.villages
    low, high = (inspection.limit("DQ-33", name) for name in ("ratio_min", "ratio_max"))

    def suspect(totals: np.ndarray, sums: np.ndarray) -> np.ndarray:
        large, small = np.maximum(totals, sums), np.minimum(totals, sums)
        return (small > 0) & (large >= low * small * 0.999) & (large <= high * small * 1.001)

    for ident, measured in measure_sums(inspection).items():
        spec = inspection.catalog.indicators[ident]
        for year in list_years(measured, suspect, overall=True):
            cells = inspection.grid.cells(ident, year)
            for _, key, parts in list_sums(tuple(cells), spec, villages).named:
                complete = key == TOTAL and all(cells[name].known for name in parts)
                found = sum(cells[name].value for name in parts) if complete else 0.0
                if is_thousandfold(inspection, cells[TOTAL].value, found):
                    inspection.blamed.add(cells[TOTAL].origin)
                    yield inspection.at_row("DQ-33", cells[TOTAL], text="DQ-33-PARTS",
                                            number=tidy(cells[TOTAL].value), other=tidy(found))


@CHECKS.register("peer_units")
def check_peer_units(inspection: Inspection) -> Iterator[Finding]:
    """Money of the base year per resident against the median of comparable municipalities."""
    neighbours, year = inspection.context.neighbours, inspection.context.base_year
    people = inspection.context.facts.get("population.total", year)
    if neighbours is None or people is None or not people.known or people.value <= 0:
        return
    ratios = neighbours.ratios(year)
    others = ratios.index != inspection.context.municipality.id
    for ident, figures in ratios.items():
        spec = inspection.catalog.indicators.get(str(ident))
        row = inspection.grid.at(str(ident), year, TOTAL)
        kind = inspection.catalog.units.get(spec.unit, {}).get("kind") if spec else ""
        if row is None or spec is None or kind != "money" or spec.time == "mean":
            continue
        known = figures.to_numpy()[others]
        known = known[~np.isnan(known)]
        if len(known) < inspection.limit("DQ-33", "peers_min"):
            continue
        own, usual = row.value / people.value, float(np.median(known))
        if row.origin not in inspection.blamed and is_thousandfold(inspection, own, usual):
            yield inspection.at_row("DQ-33", row, text="DQ-33-PEERS", number=tidy(row.value),
                                    own=round(own, 2), other=round(usual, 2))


@CHECKS.register("register_units")
def check_register_units(inspection: Inspection) -> Iterator[Finding]:
    """Amounts of som that are ordinary only when read as thousands (002, joint action plan)."""
    small = inspection.limit("DQ-33", "small_som")
    for register, columns in inspection.limit("DQ-33", "money").items():
        records = inspection.records(register)
        for column in columns:
            amounts = [one[column] for one in records if is_number(one.get(column))]
            usual = [amount for amount in amounts if amount >= small]
            for record in records:
                value = record.get(column)
                if is_number(value) and _reads_as_thousands(inspection, value, usual):
                    yield inspection.at_record(
                        "DQ-33", register, record, column, text="DQ-33-MONEY",
                        number=tidy(value), usual=tidy(median(usual)),
                        proposed=tidy(1000 * value))


def _reads_as_thousands(inspection: Inspection, value: float, usual: list[float]) -> bool:
    if not usual or not 0 < value < inspection.limit("DQ-33", "small_som"):
        return False
    near = any(is_thousandfold(inspection, value, other) for other in usual)
    return near and min(usual) <= 1000 * value <= max(usual)


@CHECKS.register("plan_units")
def check_plan_units(inspection: Inspection) -> Iterator[Finding]:
    """Cost of a measure against the sum of its funding: a thousand times apart (DQ-33), or
    funding above the cost (CK-FUNDING)."""
    sums: dict[str, float] = {}
    for one in inspection.records("funding"):
        if is_number(one.get("amount")) and one.get("source") != "unfunded":
            sums[one["measure"]] = sums.get(one["measure"], 0.0) + one["amount"]
    allowed = 1 + inspection.limit("CK-FUNDING", "tolerance_pct") / 100
    for record in inspection.records("plan"):
        cost, funded = record.get("cost"), sums.get(record["id"], 0.0)
        if not is_number(cost) or not funded:
            continue
        params: dict[str, Any] = {"measure": title_of(record, "measure"), "cost": tidy(cost),
                                  "sum": tidy(funded)}
        if is_thousandfold(inspection, cost, funded):
            yield inspection.at_record("DQ-33", "plan", record, "cost", text="DQ-33-FUNDING",
                                       **params)
        elif funded > cost * allowed:
            yield inspection.at_record("CK-FUNDING", "plan", record, "cost", **params,
                                       difference=tidy(funded - cost))
