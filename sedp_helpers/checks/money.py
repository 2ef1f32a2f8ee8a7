"""DQ-14 and DQ-15: the reserve fund against the risks and against its limit (handbook Q32)."""

from __future__ import annotations

from collections.abc import Iterator

from sedp_helpers.checks.inspection import CHECKS, Inspection, is_number, tidy
from sedp_helpers.models import Finding

RESERVE, REVENUE = "budget.reserve_fund", "budget.revenue"


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
    (R-50). Where neither is known, revenue bounds it: a local budget spends what it takes in, and
    the sentence says which figure was used."""
    limit = inspection.limit("DQ-15", "max_share_pct")
    for year, reserve in inspection.context.facts.series(RESERVE).items():
        base = _find_base(inspection, year)
        row = inspection.grid.place_of(RESERVE, year)
        if base is None or row is None or not reserve.known:
            continue
        ident, total = base
        share = 100 * reserve.value / total
        if share > limit * (1 + 1e-9):
            yield inspection.at_row(
                "DQ-15", row, text="DQ-15-REVENUE" if ident == REVENUE else "",
                reserve=tidy(reserve.value), share=round(share, 2), limit=limit,
                cap=tidy(total * limit / 100))


def _find_base(inspection: Inspection, year: int) -> tuple[str, float] | None:
    """The first figure that is known of expenditure, its plan and revenue."""
    for ident in ("budget.expenditure", "budget.expenditure_plan", REVENUE):
        fact = inspection.context.facts.get(ident, year)
        if fact is not None and fact.known and fact.value > 0:
            return ident, fact.value
    return None
