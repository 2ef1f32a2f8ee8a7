"""Monitoring by village and by source, and what changed since the record before the latest."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from math import nan
from typing import Any

import numpy as np
import pandas as pd

from sedp_helpers.compute.context import Context
from sedp_helpers.compute.custom import CUSTOM
from sedp_helpers.compute.custom_plan import (
    add_amounts,
    group_records,
    latest_monitoring,
    numbers,
    read_numbers,
    select_funding,
)
from sedp_helpers.compute.rows import Row, make_row
from sedp_helpers.models import ResultSpec

Records = Sequence[Mapping[str, Any]]


def _villages(context: Context) -> list[tuple[str, Records]]:
    """The measures of each village that has any; measures of the whole municipality are none."""
    return context.once("measures by village", _group_measures)


def _group_measures(context: Context) -> list[tuple[str, Records]]:
    groups = group_records(context.records("plan"), lambda one: str(one.get("village") or ""))
    return sorted((village, rows) for village, rows in groups.items() if village)


def _by_village(context: Context, spec: ResultSpec,
                add: Callable[[Records], tuple[float | None, str] | None]) -> Iterator[Row]:
    for village, rows in _villages(context):
        found = add(rows)
        if found is not None:
            value, missing = found
            yield make_row(spec.section, spec.id, "", value, missing=[missing], inputs=["plan"],
                           unit=spec.unit, village=village)


@CUSTOM.register("village_cost")
def village_cost(context: Context, spec: ResultSpec) -> Iterator[Row]:
    """Σ cost of the measures of a village; not computable while one has no cost."""
    yield from _by_village(context, spec,
                           lambda rows: (add_amounts(read_numbers(rows, "cost")), "plan.cost"))


@CUSTOM.register("village_confirmed")
def village_confirmed(context: Context, spec: ResultSpec) -> Iterator[Row]:
    """Σ confirmed money of the measures of a village."""
    funding = select_funding(context, confirmed=True)
    if funding is None or "measure" not in funding:
        return

    paid = [*zip(funding["measure"].tolist(), funding["amount"].tolist())]

    def add(rows: Records) -> tuple[float | None, str]:
        mine = {one["id"] for one in rows}
        return (add_amounts([amount for measure, amount in paid if measure in mine]),
                "funding.amount")

    yield from _by_village(context, spec, add)


@CUSTOM.register("village_monitored")
def village_monitored(context: Context, spec: ResultSpec) -> Iterator[Row]:
    """Money spent (Σ), or progress (mean), of the monitored measures of a village."""
    latest, column = latest_monitoring(context), spec.params["column"]
    if latest is None:
        return

    seen = [*zip(latest["measure"].tolist(), numbers(latest, column).tolist())]

    def add(rows: Records) -> tuple[float | None, str] | None:
        ids = {one["id"] for one in rows}
        mine = [number for measure, number in seen if measure in ids]
        if not mine:
            return None
        whole = add_amounts(mine)
        mean = spec.params.get("mean") and whole is not None
        return (whole / len(mine) if mean and whole is not None else whole), f"monitoring.{column}"

    yield from _by_village(context, spec, add)


@CUSTOM.register("source_progress")
def source_progress(context: Context, spec: ResultSpec) -> Iterator[Row]:
    """Progress of the monitored measures that a source pays for, weighted by its money."""
    latest, funding = latest_monitoring(context), select_funding(context, confirmed=False)
    if latest is None or funding is None or "measure" not in funding:
        return
    progress = dict(zip(latest["measure"], numbers(latest, "progress_pct")))
    paid: dict[str, list[tuple[float, float]]] = {}
    for measure, source, amount in zip(*(funding[name].tolist()
                                         for name in ("measure", "source", "amount"))):
        if measure in progress and source == source:
            paid.setdefault(source, []).append((progress[measure], amount))
    for source, pairs in sorted(paid.items()):
        done, money = np.array(pairs, dtype=float).T
        found = float((done * money).sum() / money.sum()) if money.sum() > 0 else nan
        value = found if found == found else None
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
