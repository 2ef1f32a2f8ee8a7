"""Monitoring by village and by source, and what changed since the record before the latest."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pandas as pd

from sedp_helpers.compute.context import Context
from sedp_helpers.compute.custom import CUSTOM
from sedp_helpers.compute.custom_plan import latest_monitoring, numbers, select_funding
from sedp_helpers.compute.rows import Row, make_row
from sedp_helpers.models import ResultSpec


def _villages(context: Context) -> list[tuple[str, pd.DataFrame]]:
    """The measures of each village that has any; measures of the whole municipality are none."""
    return context.once("measures by village", _group_measures)


def _group_measures(context: Context) -> list[tuple[str, pd.DataFrame]]:
    plan = context.register("plan")
    if not len(plan) or "village" not in plan:
        return []
    groups = plan[plan["village"] != ""].groupby("village", sort=True)
    return [(str(village), rows) for village, rows in groups]


def _by_village(context: Context, spec: ResultSpec,
                add: Callable[[pd.DataFrame], tuple[float | None, str] | None]) -> Iterator[Row]:
    for village, rows in _villages(context):
        found = add(rows)
        if found is not None:
            value, missing = found
            yield make_row(spec.section, spec.id, "", value, missing=[missing], inputs=["plan"],
                           unit=spec.unit, village=village)


@CUSTOM.register("village_cost")
def village_cost(context: Context, spec: ResultSpec) -> Iterator[Row]:
    """Σ cost of the measures of a village; not computable while one has no cost."""
    yield from _by_village(context, spec, lambda rows: (_add(numbers(rows, "cost")), "plan.cost"))


@CUSTOM.register("village_confirmed")
def village_confirmed(context: Context, spec: ResultSpec) -> Iterator[Row]:
    """Σ confirmed money of the measures of a village."""
    funding = select_funding(context, confirmed=True)
    if funding is None or "measure" not in funding:
        return

    def add(rows: pd.DataFrame) -> tuple[float | None, str]:
        return _add(funding.loc[funding["measure"].isin(rows["id"]), "amount"]), "funding.amount"

    yield from _by_village(context, spec, add)


@CUSTOM.register("village_monitored")
def village_monitored(context: Context, spec: ResultSpec) -> Iterator[Row]:
    """Money spent (Σ), or progress (mean), of the monitored measures of a village."""
    latest, column = latest_monitoring(context), spec.params["column"]
    if latest is None:
        return

    def add(rows: pd.DataFrame) -> tuple[float | None, str] | None:
        mine = numbers(latest[latest["measure"].isin(rows["id"])], column)
        if not len(mine):
            return None
        whole = _add(mine)
        mean = spec.params.get("mean") and whole is not None
        return (whole / len(mine) if mean and whole is not None else whole), f"monitoring.{column}"

    yield from _by_village(context, spec, add)


def _add(values: pd.Series) -> float | None:
    return None if values.isna().any() else float(values.sum())


@CUSTOM.register("source_progress")
def source_progress(context: Context, spec: ResultSpec) -> Iterator[Row]:
    """Progress of the monitored measures that a source pays for, weighted by its money."""
    latest, funding = latest_monitoring(context), select_funding(context, confirmed=False)
    if latest is None or funding is None or "measure" not in funding:
        return
    progress = dict(zip(latest["measure"], numbers(latest, "progress_pct")))
    mine = funding[funding["measure"].isin(progress)]
    for source, rows in mine.groupby("source", sort=True):
        done, money = rows["measure"].map(progress).astype(float), rows["amount"].astype(float)
        known = done.notna().all() and money.notna().all() and money.sum() > 0
        value = float((done * money).sum() / money.sum()) if known else None
        yield make_row(spec.section, spec.id, "", value, missing=["monitoring.progress_pct"],
                       inputs=["monitoring", "funding"], unit=spec.unit, item=str(source))


@CUSTOM.register("since_last")
def since_last(context: Context, spec: ResultSpec) -> Iterator[Row]:
    """What a number of the latest record differs by from the one before; none for a first one."""
    monitoring, column = context.register("monitoring"), spec.params["column"]
    if not len(monitoring):
        return
    ordered = monitoring.sort_values("date", kind="stable")
    for measure, rows in ordered.groupby("measure", sort=True):
        values = numbers(rows, column).tolist()[-2:]
        if len(values) < 2:
            continue
        known = not any(pd.isna(value) for value in values)
        yield make_row(spec.section, spec.id, "", values[1] - values[0] if known else None,
                       missing=[f"monitoring.{column}[{measure}]"],
                       inputs=[f"monitoring[{measure}]"], unit=spec.unit, item=str(measure))
