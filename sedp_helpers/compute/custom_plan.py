"""The action plan in money: cost, funding, gap, upkeep, progress, from its registers."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

import numpy as np
import pandas as pd

from sedp_helpers.compute.context import Context
from sedp_helpers.compute.custom import CUSTOM
from sedp_helpers.compute.rows import Row, make_row
from sedp_helpers.models import ResultSpec


def numbers(frame: pd.DataFrame, column: str) -> pd.Series:
    """A register column as numbers, NaN where it says nothing."""
    if column not in frame:
        return pd.Series(float("nan"), index=frame.index)
    return pd.to_numeric(frame[column], errors="coerce")


def read_number(value: object) -> float:
    """One cell of a register as a number, NaN where it says nothing.

    >>> read_number("12"), read_number(3), read_number(None), read_number("")
    (12.0, 3.0, nan, nan)
    """
    try:
        return float(value)  # type: ignore[arg-type]
    except (TypeError, ValueError):
        return float("nan")


def read_numbers(records: Iterable[Mapping[str, Any]], column: str) -> list[float]:
    """A column of some records as numbers, NaN where one says nothing."""
    return [read_number(record.get(column)) for record in records]


def group_records(
    records: Iterable[Mapping[str, Any]], key: Callable[[Mapping[str, Any]], Any]
) -> dict[Any, list[Mapping[str, Any]]]:
    """The records by what ``key`` says of them, in the order of first appearance.

    >>> group_records([{"kind": "a", "n": 1}, {"kind": "b"}], lambda one: one["kind"])["a"]
    [{'kind': 'a', 'n': 1}]
    """
    found: dict[Any, list[Mapping[str, Any]]] = {}
    for record in records:
        found.setdefault(key(record), []).append(record)
    return found


def _plan_row(spec: ResultSpec, year: int | str, value: float | None, missing: list[str],
              **dims: str) -> Row:
    return make_row(spec.section, spec.id, year, value, (), missing=missing,
                    inputs=["plan", "funding"] if "fund" in spec.id else ["plan"],
                    unit=spec.unit, **dims)


@CUSTOM.register("plan_cost")
def plan_cost(context: Context, spec: ResultSpec) -> Iterator[Row]:
    """Σ cost of all measures, whole plan and by section; unknown while one has no cost (R-09)."""
    plan = context.register("plan")
    if not len(plan):
        return
    yield _sum_cost(spec, plan, "")
    for section, rows in plan.groupby("section", sort=True) if "section" in plan else ():
        if section:
            yield _sum_cost(spec, rows, str(section))


def _sum_cost(spec: ResultSpec, plan: pd.DataFrame, item: str) -> Row:
    cost = numbers(plan, "cost")
    missing = [f"plan.cost[{ident}]" for ident in plan.loc[cost.isna(), "id"]]
    return _plan_row(spec, "", None if missing else float(cost.sum()), missing, item=item)


@CUSTOM.register("plan_count")
def plan_count(context: Context, spec: ResultSpec) -> Iterator[Row]:
    """Number of measures in the plan."""
    plan = context.register("plan")
    if len(plan):
        yield _plan_row(spec, "", float(len(plan)), [])


@CUSTOM.register("plan_funded")
@CUSTOM.register("plan_confirmed")
def plan_funded(context: Context, spec: ResultSpec) -> Iterator[Row]:
    """Σ funding with a source, by year and source, by year, by source and for the whole plan."""
    funding = select_funding(context, confirmed=spec.formula.endswith("confirmed"))
    if funding is None:
        return
    for year, item, amount in _sum_funding(funding):
        missing = ["funding.amount"] if amount is None else []
        yield _plan_row(spec, year, amount, missing, item=item)


def select_funding(context: Context, *, confirmed: bool) -> pd.DataFrame | None:
    """Funding rows that have a real source; None where there is neither plan nor funding."""
    name = "confirmed" if confirmed else "funded"
    return context.once(name, lambda asked: _select_funding(asked, confirmed=confirmed))


def _select_funding(context: Context, *, confirmed: bool) -> pd.DataFrame | None:
    funding = context.register("funding")
    if not len(funding):
        if not len(context.register("plan")):
            return None
        return pd.DataFrame({"year": [], "source": [], "amount": []})
    kept = funding[funding["source"] != "unfunded"]
    if confirmed:
        kept = kept[kept["confirmed"].map(lambda flag: flag is True)]
    return kept.assign(amount=numbers(kept, "amount"))


def _sum_funding(funding: pd.DataFrame) -> Iterator[tuple[int | str, str, float | None]]:
    by_both: dict[tuple[Any, ...], list[float]] = {}
    by_year: dict[tuple[Any, ...], list[float]] = {}
    by_source: dict[tuple[Any, ...], list[float]] = {}
    amounts = funding["amount"].tolist()
    for year, source, amount in zip(funding["year"].tolist(), funding["source"].tolist(), amounts):
        for groups, key in ((by_both, (year, source)), (by_year, (year,)), (by_source, (source,))):
            if not any(pd.isna(part) for part in key):
                groups.setdefault(key, []).append(amount)
    for (year, source), mine in sorted(by_both.items()):
        yield int(year), str(source), add_amounts(mine)
    for (year,), mine in sorted(by_year.items()):
        yield int(year), "", add_amounts(mine)
    for (source,), mine in sorted(by_source.items()):
        yield "", str(source), add_amounts(mine)
    yield "", "", add_amounts(amounts)


def add_amounts(amounts: list[float]) -> float | None:
    """The sum; None while one of them is not known.

    >>> add_amounts([1.0, 2.0]), add_amounts([1.0, float("nan")]), add_amounts([])
    (3.0, None, 0.0)
    """
    whole = float(np.array(amounts, dtype=float).sum())
    return whole if whole == whole else None


@CUSTOM.register("plan_gap")
def plan_gap(context: Context, spec: ResultSpec) -> Iterator[Row]:
    """Cost − funded, whole plan (R-55)."""
    plan, funding = context.register("plan"), select_funding(context, confirmed=False)
    if not len(plan) or funding is None:
        return
    cost, amount = numbers(plan, "cost"), funding["amount"].astype(float)
    missing = [f"plan.cost[{ident}]" for ident in plan.loc[cost.isna(), "id"]]
    missing += ["funding.amount"] if amount.isna().any() else []
    value = None if missing else float(cost.sum() - amount.sum())
    yield _plan_row(spec, "", value, missing)


@CUSTOM.register("plan_upkeep")
def plan_upkeep(context: Context, spec: ResultSpec) -> Iterator[Row]:
    """Σ yearly upkeep of the objects that are finished before the year (R-51).

    An object without its last year may be finished in any, so it makes every year unknown.
    """
    for year, value, missing in context.once("upkeep", lambda asked: list(_list_upkeep(asked))):
        yield _plan_row(spec, year, value, missing)


def _list_upkeep(context: Context) -> Iterator[tuple[int, float | None, list[str]]]:
    """Year, upkeep, and what is missing for it."""
    plan = context.register("plan")
    if not len(plan) or "upkeep_per_year" not in plan:
        return
    names, ends = plan["id"].tolist(), [year_of(end) for end in plan["end"]]
    costs = numbers(plan, "upkeep_per_year").tolist()
    capital = plan["capital"].tolist() if "capital" in plan else [False] * len(names)
    concerned = [(name, end, cost) for name, end, cost, flag in zip(names, ends, costs, capital)
                 if cost == cost or flag is True]
    known = [int(end) for _, end, _ in concerned if end == end]
    if not known:
        return
    endless = [f"plan.end[{name}]" for name, end, _ in concerned if end != end]
    last = max(context.municipality.plan_years.end, context.last_year, max(known) + 1)
    for year in range(min(known) + 1, last + 1):
        due = [(name, cost) for name, end, cost in concerned if end < year]
        missing = [f"plan.upkeep_per_year[{name}]" for name, cost in due if cost != cost]
        missing += endless
        yield year, None if missing else add_amounts([cost for _, cost in due]), missing


def year_of(value: object) -> float:
    """The year of a year or date cell, NaN where there is none.

    >>> year_of("2026-06-01"), year_of(2027)
    (2026.0, 2027.0)
    """
    text = str(value if value is not None else "")[:4]
    return float(text) if text.isdigit() and len(text) == 4 else float("nan")


@CUSTOM.register("plan_spent")
def plan_spent(context: Context, spec: ResultSpec) -> Iterator[Row]:
    """Σ of the latest cumulative spending of each measure that was monitored."""
    latest = latest_monitoring(context)
    if latest is not None:
        spent = numbers(latest, "spent")
        missing = [f"monitoring.spent[{ident}]" for ident in latest.loc[spent.isna(), "measure"]]
        value = None if missing else float(spent.sum())
        yield _plan_row(spec, "", value, missing)


@CUSTOM.register("plan_progress")
def plan_progress(context: Context, spec: ResultSpec) -> Iterator[Row]:
    """Mean progress of the measures at their latest monitoring, unweighted."""
    latest = latest_monitoring(context)
    if latest is not None:
        progress = numbers(latest, "progress_pct")
        missing = [] if progress.notna().all() else ["monitoring.progress_pct"]
        yield _plan_row(spec, "", None if missing else float(progress.mean()), missing)


def latest_monitoring(context: Context) -> pd.DataFrame | None:
    """The last monitoring record of each measure; None where nothing was monitored."""
    return context.once("latest_monitoring", _find_latest)


def _find_latest(context: Context) -> pd.DataFrame | None:
    monitoring = context.register("monitoring")
    if not len(monitoring):
        return None
    return monitoring.sort_values("date", kind="stable").groupby("measure", sort=True).tail(1)
