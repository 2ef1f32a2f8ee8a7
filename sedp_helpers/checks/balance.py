"""CK-BALANCE: P_t − P_{t−1} = births − deaths + arrivals − departures (handbook Q24)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from sedp_helpers.checks.inspection import CHECKS, Inspection, tidy
from sedp_helpers.models import Finding

STOCK = "population.total"
FLOWS = {"births": "population.births", "deaths": "population.deaths",
         "arrivals": "population.arrivals", "departures": "population.departures"}
SIGNS = {"births": 1, "deaths": -1, "arrivals": 1, "departures": -1}


@CHECKS.register("balance")
def check_balance(inspection: Inspection) -> Iterator[Finding]:
    """Each year whose change of population its flows do not explain; years on either side of a
    change of borders or a break of the series are not compared."""
    facts = inspection.context.facts
    for year in facts.years(STOCK):
        now, before = facts.get(STOCK, year), facts.get(STOCK, year - 1)
        flows = {name: facts.get(ident, year) for name, ident in FLOWS.items()}
        if any(one is None or not one.known for one in (now, before, *flows.values())):
            continue
        if breaks_series(inspection, STOCK, year):
            continue
        values = {name: fact.value for name, fact in flows.items() if fact}
        expected = sum(SIGNS[name] * value for name, value in values.items())
        change = now.value - before.value  # type: ignore[union-attr]
        if abs(change - expected) <= _tolerance(inspection, before.value):  # type: ignore
            continue
        row = inspection.grid.place_of(STOCK, year)
        if row is not None:
            yield inspection.at_row(
                "CK-BALANCE", row, change=tidy(change), expected=tidy(expected),
                gap=tidy(abs(change - expected)),
                **_round_all(values))


def _round_all(values: dict[str, float]) -> dict[str, Any]:
    return {name: tidy(value) for name, value in values.items()}


def _tolerance(inspection: Inspection, population: float) -> float:
    share = inspection.limit("CK-BALANCE", "tolerance_pct") / 100 * population
    return max(inspection.limit("CK-BALANCE", "tolerance_people"), share)


def breaks_series(inspection: Inspection, indicator: str, year: int) -> bool:
    """Whether the borders or the way of counting changed between the year before and this one."""
    now = inspection.grid.place_of(indicator, year)
    before = inspection.grid.place_of(indicator, year - 1)
    if now is None or before is None:
        return False
    return now.status == "B" or now.basis != before.basis
