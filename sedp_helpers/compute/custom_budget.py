"""Budget: reserve, risks, and the chance of a gap."""

from __future__ import annotations

from collections.abc import Iterator

import pandas as pd

from sedp_helpers.analysis import budget_simulation
from sedp_helpers.compute.context import Context
from sedp_helpers.compute.custom import CUSTOM
from sedp_helpers.compute.derived import list_years
from sedp_helpers.compute.facts import Fact
from sedp_helpers.compute.outlook import recommended_total
from sedp_helpers.compute.rows import Row, make_row
from sedp_helpers.models import ResultSpec

RESERVE, SPENT, PLANNED = "budget.reserve_fund", "budget.expenditure", "budget.expenditure_plan"


@CUSTOM.register("reserve_share")
def reserve_share(context: Context, spec: ResultSpec) -> Iterator[Row]:
    """Reserve fund in per cent of the year's expenditure, else of its plan (R-50: ≤ 2 %)."""
    facts = context.facts
    for year in list_years(facts, [RESERVE, SPENT, PLANNED]):
        reserve = facts.get(RESERVE, year)
        method, whole = "expenditure", facts.get(SPENT, year)
        if whole is None or not whole.known:
            method, whole = "expenditure_plan", facts.get(PLANNED, year)
        lacking = {RESERVE: reserve, SPENT: whole}
        missing = [name for name, fact in lacking.items() if fact is None or not fact.known]
        known = [fact for fact in (reserve, whole) if fact is not None and fact.known]
        value = None
        if not missing and known[1].value > 0:
            value = 100 * known[0].value / known[1].value
        yield make_row(spec.section, spec.id, year, value, known, missing=missing or [SPENT],
                       unit=spec.unit, rule=spec.rule,
                       method="expenditure" if SPENT in missing else method)


@CUSTOM.register("reserve_cap")
def reserve_cap(context: Context, spec: ResultSpec) -> Iterator[Row]:
    """The largest reserve fund that R-50 allows: 2 % of expenditure, else of its plan (AC-52)."""
    facts = context.facts
    for year in list_years(facts, [SPENT, PLANNED]):
        spent, planned = facts.get(SPENT, year), facts.get(PLANNED, year)
        use_plan = spent is None or not spent.known
        whole = planned if use_plan else spent
        known = [whole] if whole is not None and whole.known else []
        value = spec.params["limit_pct"] * known[0].value / 100 if known else None
        yield make_row(spec.section, spec.id, year, value, known, missing=[SPENT], unit=spec.unit,
                       rule=spec.rule, method="expenditure_plan" if use_plan else "expenditure")


@CUSTOM.register("revenue_sum")
@CUSTOM.register("revenue_share")
def revenue_share(context: Context, spec: ResultSpec) -> Iterator[Row]:
    """The sum of some revenue sources, in som or in per cent of all revenue.

    A source without any row counts as 0; one that is there but missing makes it not computable.
    """
    facts, revenue = context.facts, "budget.revenue"
    for year in facts.years(revenue):
        whole = facts.get(revenue, year)
        parts = [facts.get(revenue, year, item=item) for item in spec.params["items"]]
        present = [part for part in parts if part is not None]
        known = [part for part in present if part.known]
        complete = len(known) == len(present) and whole is not None and whole.known
        value = sum(part.value for part in known) if complete else None
        if value is not None and "whole" in spec.inputs:
            value = 100 * value / whole.value if whole.value > 0 else None  # type: ignore[union-attr]
        used = known + ([whole] if whole is not None and whole.known else [])
        yield make_row(spec.section, spec.id, year, value, used, missing=[revenue], unit=spec.unit,
                       rule=spec.rule)


@CUSTOM.register("sum_register")
def sum_register(context: Context, spec: ResultSpec) -> Iterator[Row]:
    """Σ of a register's column for the base year, in som; unknown while one row has no amount."""
    total = register_fact(context, spec.params["register"], spec.params["column"])
    if total is not None:
        missing = f"{spec.params['register']}.{spec.params['column']}"
        yield make_row(spec.section, spec.id, context.base_year, _value(total), [total],
                       missing=[missing], unit=spec.unit)


@CUSTOM.register("risk_uncovered")
def risk_uncovered(context: Context, spec: ResultSpec) -> Iterator[Row]:
    """max(0, total of risks − reserve fund of the base year): AC-59."""
    impact = register_fact(context, "risks", "impact")
    if impact is None:
        return
    reserve = context.facts.get(RESERVE, context.base_year)
    missing = [] if impact.known else ["risks.impact"]
    missing += [] if reserve is not None and reserve.known else [RESERVE]
    value = None if missing else max(0.0, impact.value - reserve.value)  # type: ignore[union-attr]
    known = [fact for fact in (impact, reserve) if fact is not None and fact.known]
    yield make_row(spec.section, spec.id, context.base_year, value, known, missing=missing,
                   unit=spec.unit)


def _value(fact: Fact) -> float | None:
    return fact.value if fact.known else None


def register_fact(context: Context, name: str, column: str) -> Fact | None:
    """The sum of a column; None without the register, NaN as soon as one row has no amount."""
    register = context.register(name)
    if not len(register) or column not in register:
        return None
    amounts = pd.to_numeric(register[column], errors="coerce")
    return Fact(float(amounts.sum(skipna=False)), "A", (name,))


@CUSTOM.register("gap_probability")
def gap_probability(context: Context, spec: ResultSpec) -> Iterator[Row]:
    """Share of 10,000 simulated budgets in deficit after the reserve, for each forecast year."""
    yield from _tell_simulation(context, spec, "gap_probability_pct")


@CUSTOM.register("simulated_balance")
def simulated_balance(context: Context, spec: ResultSpec) -> Iterator[Row]:
    """The balance that 10, 50 or 90 of a hundred simulated budgets stay under."""
    yield from _tell_simulation(context, spec, spec.params["level"])


def _tell_simulation(context: Context, spec: ResultSpec, column: str) -> Iterator[Row]:
    made = context.once("simulation", simulate_ahead)
    if made is None:
        return
    result, used, missing = made
    if missing:
        yield make_row(spec.section, spec.id, context.base_year + 1, None, missing=missing,
                       unit=spec.unit)
        return
    for year in result.index:
        yield make_row(spec.section, spec.id, int(year), float(result.at[year, column]),
                       used[year], unit=spec.unit, method="simulation")


Simulation = tuple[pd.DataFrame, dict[int, list[Fact]], list[str]]


def simulate_ahead(context: Context) -> Simulation | None:
    """10,000 budgets of the forecast years, what they are made of, or what is missing for them.

    Revenue and expenditure follow their recommended forecast; the shocks are the registered
    risks, each striking with its own probability.
    """
    risks = context.register("risks")
    reserve = context.facts.get(RESERVE, context.base_year)
    years = list(range(context.base_year + 1, context.last_year + 1))
    sides = {
        name: {year: recommended_total(context, f"budget.{name}", year) for year in years}
        for name in ("revenue", "expenditure")
    }
    if not len(risks):
        return None
    missing = [f"budget.{name}" for name, side in sides.items() if None in side.values()]
    missing += [] if reserve is not None and reserve.known else [RESERVE]
    missing += [] if risks[["impact", "probability"]].notna().all().all() else ["risks"]
    if missing:
        return pd.DataFrame(), {}, missing
    tables = {
        name: pd.DataFrame({year: [side[year].value] for year in years}, index=[name])  # type: ignore[union-attr]
        for name, side in sides.items()
    }
    result = budget_simulation(tables["revenue"], tables["expenditure"],
                               shocks_of(risks, years), years, reserve=reserve.value)  # type: ignore[union-attr]
    used = {year: [fact for fact in (sides["revenue"][year], sides["expenditure"][year], reserve)
                   if fact] for year in years}
    return result, used, []


def shocks_of(risks: pd.DataFrame, years: list[int]) -> pd.DataFrame:
    """The risk register as shocks: a fall in transfers takes revenue, the rest adds spending."""
    transfers = risks["kind"].isin(["transfers", "economy", "outflow"])
    amount = risks["impact"].astype(float)
    return pd.DataFrame({
        "name": risks["name"],
        "side": transfers.map({True: "revenue", False: "expenditure"}),
        "item": "",
        "amount": amount.where(~transfers, -amount),
        "probability": risks["probability"].astype(float),
        "first_year": years[0],
        "last_year": years[-1],
        "sd_pct": 0.0,
    })
