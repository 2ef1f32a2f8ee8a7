"""What new objects leave for the budget to carry, and what local sources could add."""

from __future__ import annotations

from collections.abc import Iterator

from sedp_helpers.analysis.stress import measure_upkeep_gap, needed_expenditure, take_share
from sedp_helpers.compute.context import Context
from sedp_helpers.compute.custom import CUSTOM
from sedp_helpers.compute.custom_budget import RESERVE
from sedp_helpers.compute.custom_plan import plan_upkeep
from sedp_helpers.compute.facts import Fact
from sedp_helpers.compute.rows import Row, make_row
from sedp_helpers.models import ResultSpec

REVENUE = "budget.revenue"


@CUSTOM.register("reserve_floor")
def reserve_floor(context: Context, spec: ResultSpec) -> Iterator[Row]:
    """The smallest expenditure at which R-50 allows the reserve fund as it is (AC-53)."""
    for year in context.facts.years(RESERVE):
        reserve = context.facts.get(RESERVE, year)
        known = [reserve] if reserve is not None and reserve.known else []
        value = needed_expenditure(known[0].value, spec.params["limit_pct"]) if known else None
        yield make_row(spec.section, spec.id, year, value, known, missing=[RESERVE],
                       unit=spec.unit, rule=spec.rule)


@CUSTOM.register("rate_step")
@CUSTOM.register("rate_effect")
def rate_effect(context: Context, spec: ResultSpec) -> Iterator[Row]:
    """What a higher rate of a local source would bring a year at the base year's base (AC-54), or
    the step itself in per cent.

    The steps are the handbook's examples (Q32): land tax +5 %, paid services +7 %.
    """
    for item, pct in spec.params["steps"].items():
        fact = context.facts.get(REVENUE, context.base_year, item=item)
        if fact is None:
            continue
        known = [fact] if fact.known else []
        brought = take_share(fact.value, pct) if known else None
        value = float(pct) if spec.formula.endswith("step") else brought
        yield make_row(spec.section, spec.id, context.base_year, value, known, missing=[REVENUE],
                       status="E", unit=spec.unit, item=item, method="example")


@CUSTOM.register("extra_own_revenue")
def extra_own_revenue(context: Context, spec: ResultSpec) -> Iterator[Row]:
    """How much more own revenue than in the base year is expected, by forecast year, in som."""
    for year in range(context.base_year + 1, context.last_year + 1):
        fact = find_extra_revenue(context, spec.params["items"], year)
        if fact is not None:
            yield make_row(spec.section, spec.id, year, fact.value if fact.known else None, [fact],
                           missing=[REVENUE], unit=spec.unit, status="F")


def find_extra_revenue(context: Context, items: list[str], year: int) -> Fact | None:
    """Σ (planning forecast − base year) over the own sources; NaN while one cannot be forecast."""
    base = {item: context.facts.get(REVENUE, context.base_year, item=item) for item in items}
    known = {item: fact.value for item, fact in base.items() if fact is not None}
    if not known:
        return None
    ahead = {item: context.planned(f"{REVENUE}.forecast", year, item=item) for item in known}
    extra = sum((row.value if row else float("nan")) - known[item] for item, row in ahead.items())
    return Fact(extra, "F", tuple(f"{REVENUE}.forecast[item={item}]@{year}" for item in known))


@CUSTOM.register("upkeep_gap")
def upkeep_gap(context: Context, spec: ResultSpec) -> Iterator[Row]:
    """Yearly upkeep of new objects that expected extra own revenue does not pay (R-51, AC-60)."""
    for row in plan_upkeep(context, context.catalog.results["plan.upkeep_per_year"]):
        year = int(row.year)
        if year > context.last_year:
            continue
        extra = find_extra_revenue(context, spec.params["items"], year)
        missing = row.missing.split(";") if row.missing else []
        missing += [] if extra is not None and extra.known else [REVENUE]
        value = None if missing else measure_upkeep_gap(row.value, [extra.value])  # type: ignore[union-attr]
        yield make_row(spec.section, spec.id, year, value, [extra] if extra else [],
                       missing=missing, inputs=["plan"], unit=spec.unit, rule=spec.rule)
