"""Forecasts of every indicator: the handbook's figure and the recommended one.

Covers base_year + 1 … the last forecast year, also where the last observation is older; data
after the base year are not used. With a comparison panel the recommended method borrows strength
from other places, without one only the place's own series is used.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from math import isfinite, isnan, nan
from typing import Any

import pandas as pd

from sedp_helpers.analysis import forecast_tested
from sedp_helpers.analysis.forecast import METHODS, POOLED
from sedp_helpers.analysis.growth import carry_handbook
from sedp_helpers.analysis.proof import SIMPLE
from sedp_helpers.compute.agree import Parts, agree_with_total, by_age, by_both, by_item, by_sex
from sedp_helpers.compute.context import Context
from sedp_helpers.compute.facts import Fact
from sedp_helpers.compute.neighbours import LIMITS
from sedp_helpers.compute.rows import Row, list_records, make_row
from sedp_helpers.models import Indicator

BY_ITEM = ("budget.revenue", "budget.expenditure")
BY_SEX_AND_AGE = ("population.total",)
ROUNDING = 0.005  # by how much of a total the printed parts may miss it
KINDS = {"pct": "share", "som": "money", "som_per_month": "money",
         "som_per_household_month": "money"}

PARTS: dict[str, list[Parts]] = {
    **{f"{ident}.forecast": [by_sex, by_age, by_both] for ident in BY_SEX_AND_AGE},
    **{f"{ident}.forecast": [by_item] for ident in BY_ITEM},
}

ERRORS = ("error", "error_handbook", "error_last")
PEERS = ("peers", "peers_handbook", "peers_last")

Series = dict[int, Fact]
Group = tuple[Indicator, dict[str, str], Series]


def compute_outlook(context: Context) -> Iterator[Row]:
    """All ``<indicator>.forecast`` rows."""
    groups = list(list_groups(context))
    recommended = recommend(context, groups)
    for spec, dims, series in groups:
        yield from forecast_handbook(context, spec, dims, series)
    rows = [row for index in range(len(groups)) for row in recommended.get(index, [])]
    yield from agree_with_total(rows, PARTS, lambda total, parts: made_whole(context, total, parts))


def made_whole(context: Context, total: Row, parts: list[Row]) -> bool:
    """Whether the parts added up to the total in the last year it was observed (to 0.5 %)."""
    ident, facts = total.result.removesuffix(".forecast"), context.facts
    past = [year for year, fact in facts.series(ident).items()
            if fact.known and year <= context.base_year]
    whole = facts.get(ident, max(past))
    found = [facts.get(ident, max(past), sex=part.sex, age=part.age, item=part.item)
             for part in parts]
    known = [fact.value for fact in found if fact is not None and fact.known]
    if whole is None or len(known) < len(parts):
        return False
    return abs(sum(known) - whole.value) <= ROUNDING * abs(whole.value)


def list_groups(context: Context) -> Iterator[Group]:
    """Series with at least two observations up to the base year."""
    facts = context.facts
    for ident, spec in context.catalog.indicators.items():
        if not spec.forecast or spec.time == "static" or not facts.has(ident):
            continue
        for dims in list_dims(context, spec):
            series = {
                year: fact
                for year, fact in facts.series(ident, **dims).items()
                if fact.known and year <= context.base_year
            }
            if len(series) >= 2:
                yield spec, dims, series


def list_dims(context: Context, spec: Indicator) -> list[dict[str, str]]:
    facts = context.facts
    groups: list[dict[str, str]] = [] if spec.item_required else [{}]
    if spec.id in BY_ITEM:
        groups += [{"item": item} for item in facts.items(spec.id)]
    if spec.id in BY_SEX_AND_AGE:
        ages = facts.values_of(spec.id, "age")
        groups += [{"sex": sex} for sex in facts.values_of(spec.id, "sex")]
        groups += [{"age": age} for age in ages]
        groups += [{"sex": sex, "age": age} for sex in ("f", "m") for age in ages]
    return groups


def forecast_handbook(
    context: Context, spec: Indicator, dims: dict[str, str], series: Series
) -> Iterator[Row]:
    """Rows of ``handbook`` and, for people, ``handbook_rounded`` (Q30)."""
    values = {year: fact.value for year, fact in sorted(series.items())}
    methods = {"handbook": False}
    if spec.unit == "person":
        methods["handbook_rounded"] = True
    span = context.last_year - max(series)
    for method, rounded in methods.items():
        ahead = carry_handbook(values, span, rounded=rounded)
        for year in range(context.base_year + 1, context.last_year + 1):
            yield _row(spec, dims, series, year, method, ahead.get(year, nan))


def _row(spec: Indicator, dims: dict[str, str], series: Series, year: int, method: str,
         value: float) -> Row:
    used = [series[y] for y in sorted(series)[-4:]]
    row = make_row(spec.section, f"{spec.id}.forecast", year, value, used, missing=[spec.id],
                   unit=spec.unit, method=method, **dims)
    return row._replace(status="F") if row.status != "O" else row


def recommend(context: Context, groups: list[Group]) -> dict[int, list[Row]]:
    """The recommended forecast of each series, by its index."""
    rows: dict[int, list[Row]] = {}
    by_kind: dict[str, list[int]] = {}
    for index, (spec, _, _) in enumerate(groups):
        by_kind.setdefault(KINDS.get(spec.unit, "count"), []).append(index)
    for kind, indexes in by_kind.items():
        pooled = {i: _recommend_pooled(context, groups[i], kind) for i in indexes}
        rows.update({i: found for i, found in pooled.items() if found is not None})
        alone = [i for i, found in pooled.items() if found is None]
        if alone:
            rows.update(_recommend_alone(context, groups, alone, kind))
    return rows


def planning_method(context: Context) -> str:
    """The method that the office plans with, where it names one of ours; else the one that missed
    least in the past (``auto``)."""
    named = context.municipality.planning_method
    return named if named in METHODS else "auto"


def _recommend_alone(
    context: Context, groups: list[Group], indexes: list[int], kind: str
) -> dict[int, list[Row]]:
    known = [(str(i), year, fact.value) for i in indexes
             for year, fact in sorted(groups[i][2].items())]
    panel = pd.DataFrame(known, columns=["unit", "year", "value"])
    span = max(context.last_year - max(groups[i][2]) for i in indexes)
    asked = planning_method(context)
    ahead = forecast_tested(panel, span, kind, alone=True,
                            method="auto" if asked == POOLED else asked)
    units: dict[str, list[dict[str, Any]]] = {}
    for record in list_records(ahead):
        units.setdefault(record["unit"], []).append(record)
    return {i: _rows_of(context, groups[i], units[str(i)]) for i in indexes}


def _recommend_pooled(context: Context, group: Group, kind: str) -> list[Row] | None:
    """From the forecasts made for all places, if they were made from the same figures; None where
    there are too few comparable places."""
    spec, dims, series = group
    own, neighbours = context.municipality.id, context.neighbours
    if neighbours is None or dims or not neighbours.has_others(spec.id, own, context.base_year):
        return None
    asked = planning_method(context)
    if asked not in ("auto", POOLED):
        return None
    values = {year: fact.value for year, fact in series.items()}
    question = (spec.id, context.base_year, context.last_year)
    stored = neighbours.find_answer(own, question, values) if asked == "auto" else None
    if stored is None:
        panel = neighbours.join(spec.id, own, context.base_year, values)
        ahead = forecast_tested(panel, context.last_year - max(series), kind, method=asked)
        stored = ahead[ahead["unit"] == own].to_dict("records")
    return _rows_of(context, group, stored)


def _rows_of(
    context: Context, group: Group, ahead: Iterable[Mapping[str, Any]]
) -> list[Row]:
    spec, dims, series = group
    ahead, rows = list(ahead), []
    for record in ahead:
        if not context.base_year < record["year"] <= context.last_year:
            continue
        row = _row(spec, dims, series, int(record["year"]), f"recommended:{record['method']}",
                   record["value"])
        if row.status != "O":
            row = row._replace(**read_limits(record))
        rows.append(row)
        rows += _bounds(row)
    return rows if dims else [*rows, *prove_rows(context, group, ahead)]


def read_limits(record: Mapping[str, Any]) -> dict[str, Any]:
    """The limits of both intervals; an interval without an end (a wild series) is none.

    >>> read_limits({"lower_80": 1.0, "upper_80": 9.0, "lower_95": 0.0, "upper_95": float("inf")})
    {'lower_80': 1.0, 'upper_80': 9.0, 'lower_95': nan, 'upper_95': nan}
    """
    limits: dict[str, Any] = {}
    for pair in (LIMITS[:2], LIMITS[2:]):
        whole = all(isfinite(record[name]) for name in pair)
        limits |= {name: record[name] if whole else nan for name in pair}
    return limits


def prove_rows(
    context: Context, group: Group, ahead: list[Mapping[str, Any]]
) -> Iterator[Row]:
    """How far off such forecasts have been, at the longest distance that past years allow to test.

    Rows of the last forecast year: mean error here and in the other places by method, the number
    of past years tested, and how many years ahead they were forecast.
    """
    spec, _, series = group
    due = [record for record in ahead if record["tests"] > 0]
    if not due:
        return
    longest = max(due, key=lambda record: (record["tests"] > 1, record["year"]))
    methods = ("recommended:" + longest["method"], *SIMPLE)
    figures = [("forecast_tests", "", "tests", "year"),
               ("forecast_tested_years", "", "", "year")]
    for result, names in (("forecast_error_pct", ERRORS), ("forecast_error_peers_pct", PEERS)):
        figures += [(result, method, name, "pct") for method, name in zip(methods, names)]
    for result, method, name, unit in figures:
        value = longest[name] if name else longest["year"] - max(series)
        if value == value:
            yield make_row(spec.section, f"{spec.id}.{result}", context.last_year, float(value),
                           [series[year] for year in sorted(series)], unit=unit, method=method)


def _bounds(row: Row) -> list[Row]:
    """The 80 % limits as rows of their own, so that a printed limit has its own key."""
    if row.sex or row.age or row.item or row.status == "O" or isnan(row.lower_80):
        return []
    bare = row._replace(lower_80=nan, upper_80=nan, lower_95=nan, upper_95=nan)
    return [
        bare._replace(result=f"{row.result}_low_80", value=row.lower_80),
        bare._replace(result=f"{row.result}_high_80", value=row.upper_80),
    ]


def recommended_total(context: Context, indicator: str, year: int) -> Fact | None:
    """The one planning figure of an indicator's total for a year (CONTRACT section 7)."""
    row = context.planned(f"{indicator}.forecast", year)
    if row is None:
        return None
    return Fact(row.value, "F", (f"{indicator}.forecast@{year}",), row.method)
