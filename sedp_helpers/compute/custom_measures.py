"""The action plan measure by measure: cost, funding, gap, upkeep, goal, and what was monitored."""

from __future__ import annotations

from collections.abc import Iterator

import pandas as pd

from sedp_helpers.compute.context import Context
from sedp_helpers.compute.custom import CUSTOM
from sedp_helpers.compute.custom_plan import (
    add_amounts,
    latest_monitoring,
    numbers,
    select_funding,
)
from sedp_helpers.compute.rows import Row, make_row
from sedp_helpers.models import ResultSpec


def _row(spec: ResultSpec, item: str, value: float | None, register: str, column: str,
         year: int | str = "") -> Row:
    return make_row(spec.section, spec.id, year, value, missing=[f"{register}.{column}[{item}]"],
                    inputs=[f"{register}[{item}]"], unit=spec.unit, item=item, rule=spec.rule)


def find_year(text: object) -> int | None:
    """The year of a date or of a year as it was entered; None where there is none.

    >>> find_year("2027"), find_year("2027-06-30"), find_year(2027.0), find_year("")
    (2027, 2027, 2027, None)
    """
    digits = str(text)[:4]
    return int(digits) if digits.isdigit() else None


def _value(number: float) -> float | None:
    return None if pd.isna(number) else float(number)


@CUSTOM.register("measure_column")
def measure_column(context: Context, spec: ResultSpec) -> Iterator[Row]:
    """A number of each row of the plan, as typed; a blank is missing, never 0."""
    plan, column = context.register("plan"), spec.params["column"]
    if len(plan) and column in plan:
        for ident, number in zip(plan["id"], numbers(plan, column)):
            if not spec.params.get("sparse") or pd.notna(number):
                yield _row(spec, ident, _value(number), "plan", column)


@CUSTOM.register("measure_monitored")
def measure_monitored(context: Context, spec: ResultSpec) -> Iterator[Row]:
    """A number of the latest monitoring record of each measure."""
    latest, column = latest_monitoring(context), spec.params["column"]
    if latest is not None:
        for ident, number in zip(latest["measure"], numbers(latest, column)):
            yield _row(spec, ident, _value(number), "monitoring", column)


@CUSTOM.register("measure_funded")
@CUSTOM.register("measure_confirmed")
def measure_funded(context: Context, spec: ResultSpec) -> Iterator[Row]:
    """Σ funding with a source of each measure: in all and by year («unfunded» is no source)."""
    funding = select_funding(context, confirmed=spec.formula.endswith("confirmed"))
    plan = context.register("plan")
    if funding is None or not len(plan):
        return
    amounts = _group_amounts(funding)
    for ident in plan["id"]:
        mine = amounts.get(ident, {})
        everything = [amount for some in mine.values() for amount in some]
        yield _row(spec, ident, _total(everything), "funding", "amount")
        for year in sorted(year for year in mine if year == year):
            yield _row(spec, ident, _total(mine[year]), "funding", "amount", int(year))


def name_contribution(measure: str, source: str) -> str:
    """The item of what a source gives to a measure.

    >>> name_contribution("m1", "local_budget")
    'm1:local_budget'
    """
    return f"{measure}:{source}"


@CUSTOM.register("measure_contribution")
def measure_contribution(context: Context, spec: ResultSpec) -> Iterator[Row]:
    """Σ funding of each measure by source over all years, with what has no source yet; unknown
    while one amount of it is not given."""
    funding = context.register("funding")
    if not len(funding) or not {"measure", "source"} <= set(funding):
        return
    amounts: dict[tuple[str, str], list[float]] = {}
    for measure, source, amount in zip(funding["measure"], funding["source"],
                                       numbers(funding, "amount")):
        if measure and source:
            amounts.setdefault((str(measure), str(source)), []).append(amount)
    for (measure, source), mine in sorted(amounts.items()):
        yield _row(spec, name_contribution(measure, source), _total(mine), "funding", "amount")


def _group_amounts(funding: pd.DataFrame) -> dict[str, dict[float, list[float]]]:
    """Measure -> year -> its amounts, NaN where one is not given."""
    found: dict[str, dict[float, list[float]]] = {}
    if "measure" in funding:
        rows = zip(funding["measure"], numbers(funding, "year"), funding["amount"])
        for measure, year, amount in rows:
            found.setdefault(measure, {}).setdefault(year, []).append(amount)
    return found


def _total(amounts: list[float]) -> float | None:
    whole = float(sum(amounts))
    return whole if whole == whole else None


def _add(rows: pd.DataFrame) -> float | None:
    return None if rows["amount"].isna().any() else float(rows["amount"].sum())


@CUSTOM.register("measure_gap")
def measure_gap(context: Context, spec: ResultSpec) -> Iterator[Row]:
    """Cost − funding with a source, measure by measure (R-55)."""
    plan, funding = context.register("plan"), select_funding(context, confirmed=False)
    if funding is None or not len(plan):
        return
    amounts = _group_amounts(funding)
    for ident, cost in zip(plan["id"], numbers(plan, "cost")):
        amount = _total([one for some in amounts.get(ident, {}).values() for one in some])
        missing = [f"plan.cost[{ident}]"] if pd.isna(cost) else []
        missing += [f"funding.amount[{ident}]"] if amount is None else []
        value = None if missing else float(cost) - (amount or 0.0)
        yield make_row(spec.section, spec.id, "", value, missing=missing,
                       inputs=[f"plan[{ident}]", f"funding[{ident}]"], unit=spec.unit, item=ident,
                       rule=spec.rule)


@CUSTOM.register("unit_cost")
def unit_cost(context: Context, spec: ResultSpec) -> Iterator[Row]:
    """Cost for one unit of the indicator: cost / (target − baseline), AC-23, AC-24.

    Without a baseline the target itself is what is built; no row where the target is not above it.
    """
    plan = context.register("plan")
    if not len(plan):
        return
    columns = (numbers(plan, name) for name in ("cost", "target", "baseline"))
    for ident, cost, target, baseline in zip(plan["id"], *columns):
        more = target - (0.0 if pd.isna(baseline) else baseline)
        if pd.notna(more) and more > 0 and pd.notna(cost):
            yield _row(spec, ident, float(cost / more), "plan", "cost")


@CUSTOM.register("measure_yearly_change")
def measure_yearly_change(context: Context, spec: ResultSpec) -> Iterator[Row]:
    """What must change every year for the target: (target − baseline) / years from the base year
    to the end of the measure; no row where the measure ends in the base year or before."""
    plan, base = context.register("plan"), context.municipality.base_year
    if not len(plan) or not {"baseline", "target", "end"} <= set(plan):
        return
    columns = (numbers(plan, name) for name in ("baseline", "target"))
    for ident, end, baseline, target in zip(plan["id"], plan["end"], *columns):
        year = find_year(end)
        if year is not None and year > base:
            yield _row(spec, ident, _value((target - baseline) / (year - base)), "plan", "target")


@CUSTOM.register("plan_confirmed_share")
def confirmed_share(context: Context, spec: ResultSpec) -> Iterator[Row]:
    """Confirmed money in per cent of the cost of the whole plan."""
    plan, funding = context.register("plan"), select_funding(context, confirmed=True)
    if funding is None or not len(plan):
        return
    cost, amount = float(numbers(plan, "cost").sum(skipna=False)), _add(funding)
    known = pd.notna(cost) and cost > 0 and amount is not None
    value = 100 * (amount or 0.0) / cost if known else None
    yield make_row(spec.section, spec.id, "", value, missing=["plan.cost", "funding.amount"],
                   inputs=["plan", "funding"], unit=spec.unit)


@CUSTOM.register("source_share")
def source_share(context: Context, spec: ResultSpec) -> Iterator[Row]:
    """Each source in per cent of all money with a source (AC-21)."""
    funding = select_funding(context, confirmed=False)
    if funding is None or not len(funding):
        return
    amounts: dict[str, list[float]] = {}
    for source, amount in zip(funding["source"].tolist(), funding["amount"].tolist()):
        if source == source:
            amounts.setdefault(source, []).append(amount)
    whole = _add(funding)
    for source, mine in sorted(amounts.items()):
        part = add_amounts(mine)
        value = 100 * part / whole if part is not None and whole else None
        yield _row(spec, str(source), value, "funding", "amount")


@CUSTOM.register("monitored_count")
@CUSTOM.register("done_count")
def count_monitored(context: Context, spec: ResultSpec) -> Iterator[Row]:
    """Measures that were monitored, or those of them that are finished (100 %)."""
    latest = latest_monitoring(context)
    if latest is not None:
        done = spec.formula.endswith("done_count")
        count = int((numbers(latest, "progress_pct") >= 100).sum()) if done else len(latest)
        yield make_row(spec.section, spec.id, "", float(count), inputs=["monitoring"],
                       unit=spec.unit)


@CUSTOM.register("previous_count")
def previous_count(context: Context, spec: ResultSpec) -> Iterator[Row]:
    """Measures of the previous programme by how far they were carried out."""
    previous = context.register("previous_plan")
    if not len(previous):
        return
    yield make_row(spec.section, spec.id, "", float(len(previous)), inputs=["previous_plan"],
                   unit=spec.unit)
    for status in spec.params["statuses"]:
        yield make_row(spec.section, spec.id, "", float((previous["status"] == status).sum()),
                       inputs=["previous_plan"], unit=spec.unit, item=status)


@CUSTOM.register("upkeep_all")
def upkeep_all(context: Context, spec: ResultSpec) -> Iterator[Row]:
    """Yearly upkeep once every object is finished (R-51); unknown while one has none."""
    plan = context.register("plan")
    if not len(plan) or "capital" not in plan:
        return
    objects = plan[plan["capital"].map(lambda flag: flag is True)]
    upkeep = numbers(objects, "upkeep_per_year")
    if len(objects):
        missing = [f"plan.upkeep_per_year[{ident}]" for ident in objects.loc[upkeep.isna(), "id"]]
        value = None if missing else float(upkeep.sum())
        yield make_row(spec.section, spec.id, "", value, missing=missing, inputs=["plan"],
                       unit=spec.unit, rule=spec.rule)


@CUSTOM.register("object_count")
def object_count(context: Context, spec: ResultSpec) -> Iterator[Row]:
    """New objects of the plan: measures marked as capital."""
    plan = context.register("plan")
    if len(plan) and "capital" in plan:
        count = sum(flag is True for flag in plan["capital"])
        yield make_row(spec.section, spec.id, "", float(count), inputs=["plan"], unit=spec.unit,
                       rule=spec.rule)
