"""DQ-14 and DQ-15: the reserve fund against the risks and against its limit (handbook Q32)."""

from __future__ import annotations

from collections.abc import Iterator

from sedp_helpers.checks.inspection import CHECKS, Inspection, is_number, tidy
from sedp_helpers.models import Finding

RESERVE = "budget.reserve_fund"


@CHECKS.register("reserve_risks")
def check_reserve_against_risks(inspection: Inspection) -> Iterator[Finding]:
    """The known losses of a year together against the reserve of the latest year with one."""
    losses = [one["impact"] for one in inspection.records("risks")
              if is_number(one.get("impact"))]
    years = [year for year, fact in inspection.context.facts.series(RESERVE).items() if fact.known]
    if not losses or not years:
        return
    year = max((y for y in years if y <= inspection.context.base_year), default=max(years))
    reserve = inspection.context.facts.get(RESERVE, year)
    row = inspection.grid.place_of(RESERVE, year)
    if reserve is not None and row is not None and sum(losses) > reserve.value:
        yield inspection.at_row(
            "DQ-14", row, sum=tidy(sum(losses)), count=len(losses), reserve=tidy(reserve.value),
            gap=tidy(sum(losses) - reserve.value))


@CHECKS.register("reserve_limit")
def check_reserve_limit(inspection: Inspection) -> Iterator[Finding]:
    """The reserve as a share of expenditure, or of planned expenditure where none is known yet
    (R-50)."""
    facts, limit = inspection.context.facts, inspection.limit("DQ-15", "max_share_pct")
    for year, reserve in facts.series(RESERVE).items():
        spent = facts.get("budget.expenditure", year)
        if spent is None or not spent.known:
            spent = facts.get("budget.expenditure_plan", year)
        row = inspection.grid.place_of(RESERVE, year)
        if spent is None or not spent.known or spent.value <= 0 or not reserve.known:
            continue
        share = 100 * reserve.value / spent.value
        if row is not None and share > limit * (1 + 1e-9):
            yield inspection.at_row(
                "DQ-15", row, reserve=tidy(reserve.value), share=round(share, 2), limit=limit,
                cap=tidy(spent.value * limit / 100))
