"""Rows of results.csv that are the district's own: members, totals, fund, food, council."""

from __future__ import annotations

from collections.abc import Iterator
from math import nan

import pandas as pd

from sedp_helpers.compare.data import DistrictData
from sedp_helpers.compare.figures import Measure
from sedp_helpers.compare.food import ENOUGH_PCT, calc_balance
from sedp_helpers.compare.fund import calc_fund, calc_trend
from sedp_helpers.compare.refusal import find_refusal
from sedp_helpers.compare.rows import write_row
from sedp_helpers.compare.totals import Total, compare_with_statistics, sum_members
from sedp_helpers.compute.facts import Facts
from sedp_helpers.compute.rows import Row


def list_own_rows(data: DistrictData) -> Iterator[Row]:
    """Everything that is a figure of the district and not of a member."""
    yield from _list_roll(data)
    yield from _list_totals(data)
    yield from _list_statistics(data)
    yield from _list_fund(data)
    yield from _list_state(data)
    yield from _list_factors(data)
    yield from _list_food(data)
    yield from _list_protected(data)
    yield from _list_council(data)


def _list_roll(data: DistrictData) -> Iterator[Row]:
    missing = ";".join(data.roll.absent(data.roll.present))
    numbers = {"members": data.roll.total, "present": len(data.roll.present),
               "absent": data.roll.total - len(data.roll.present)}
    for name, value in numbers.items():
        yield write_row(data.catalog, f"district.{name}", data.base_year, float(value),
                        missing=missing if name == "present" else "")


def _list_totals(data: DistrictData) -> Iterator[Row]:
    """The base year's totals; whole or not computable, refused ones with their rule."""
    for text in data.settings["totals"]:
        measure = Measure.read(text)
        fields = {"item": measure.item, "method": "sum"}
        rule = find_refusal(measure.id, data.catalog.rules, data.catalog.results)
        if rule:
            yield write_row(data.catalog, measure.id, data.base_year, nan, rule=rule,
                            missing=rule, **fields)
            continue
        found = list_sums(data, measure)
        for total in found:
            yield write_row(data.catalog, measure.id, total.year, total.value,
                            status=total.status, missing=";".join(total.missing), **fields)
            yield write_row(data.catalog, f"{measure.id}.have", total.year, float(total.have),
                            unit="unit", missing=";".join(total.missing), **fields)
        if not found:
            yield write_row(data.catalog, measure.id, data.base_year, nan,
                            missing=";".join(data.roll.known), **fields)


def list_sums(data: DistrictData, measure: Measure) -> list[Total]:
    """The sum of the members in the base year, none without a panel or a figure."""
    if data.panel is None:
        return []
    totals = sum_members(data.panel, measure.id, data.roll, data.catalog.rules,
                         item=measure.item)
    return [total for total in totals if total.year == data.base_year]


def _list_statistics(data: DistrictData) -> Iterator[Row]:
    """The district's own figures, and how far the sum of the members' registers is from them."""
    facts = Facts(data.observations, data.catalog.indicators) if len(data.observations) else None
    if facts is None:
        return
    for text in data.settings["statistics"]:
        measure = Measure.read(text)
        stated = facts.get(measure.id, data.base_year, item=measure.item)
        if stated is None or not stated.known:
            continue
        fields = {"item": measure.item, "method": "stated"}
        yield write_row(data.catalog, measure.id, data.base_year, stated.value,
                        status=stated.status, **fields)
        yield from _list_gap(data, measure, stated.value)


def _list_gap(data: DistrictData, measure: Measure, stated: float) -> Iterator[Row]:
    totals = list_sums(data, measure)
    summed = totals[0].value if totals else nan
    missing = ";".join(totals[0].missing if totals else data.roll.known)
    gap, share = compare_with_statistics(summed, stated)
    for name, value in (("register_gap", gap), ("register_gap_pct", nan if share is None
                                                else share)):
        yield write_row(data.catalog, f"{measure.id}.{name}", data.base_year, value,
                        item=measure.item, method="members", missing=missing)


def _list_fund(data: DistrictData) -> Iterator[Row]:
    """Every project's plan, and the district's own fund by direction and year."""
    projects = data.register("development_fund")
    if {"planned", "year"} <= set(projects):
        for place, (year, planned) in enumerate(zip(projects["year"], projects["planned"]), 1):
            if year == year:
                yield write_row(data.catalog, "fund.project", int(year), planned,
                                item=f"f{place}")
    parts = calc_fund(data.register("development_fund"))
    for row in parts.itertuples():
        for name in ("planned", "spent", "share_pct"):
            yield write_row(data.catalog, f"fund.{name}", int(row.year), getattr(row, name),
                            item=row.direction)
    if len(parts):
        for row in calc_trend(parts).itertuples():
            for name in ("planned", "spent", "execution_pct", "change_pct"):
                yield write_row(data.catalog, f"fund.{name}", int(row.year), getattr(row, name))


def _list_state(data: DistrictData) -> Iterator[Row]:
    """State projects in the district (R-57): each, how many, and their sum where all are known."""
    projects = data.register("state_projects")
    if projects.empty:
        return
    for place, amount in enumerate(projects["amount"], start=1):
        yield write_row(data.catalog, "state.amount", data.base_year, amount, item=f"p{place}")
    yield write_row(data.catalog, "state.projects", data.base_year, float(len(projects)))
    yield write_row(data.catalog, "state.amount", data.base_year,
                    float(projects["amount"].sum(skipna=False)))


def _list_factors(data: DistrictData) -> Iterator[Row]:
    """The money of each factor that moves the district's resources, where it is known (Q34)."""
    factors = data.register("external_factors")
    for place, amount in enumerate(factors.get("amount", ()), start=1):
        if amount == amount:
            yield write_row(data.catalog, "factor.amount", data.base_year, amount,
                            item=f"x{place}")


def _list_food(data: DistrictData) -> Iterator[Row]:
    """Balance of every product and year; the base year's count of products grown too little."""
    register = data.register("food_balance")
    if register.empty:
        return
    balance = calc_balance(register.dropna(subset="year"))
    for row in balance.itertuples():
        for name in ("produced_t", "needed_t", "imported_t", "balance_t", "self_pct",
                     "covered_pct"):
            yield write_row(data.catalog, f"food.{name}", int(row.year), getattr(row, name),
                            item=row.product)
    last = balance[balance["year"] == balance["year"].max()].dropna(subset="self_pct")
    year = int(balance["year"].max())
    yield write_row(data.catalog, "food.products", year, float(len(last)))
    yield write_row(data.catalog, "food.short", year, float((last["self_pct"] < ENOUGH_PCT).sum()))


def _list_protected(data: DistrictData) -> Iterator[Row]:
    areas = data.register("protected_areas")
    if areas.empty:
        return
    for place, size in enumerate(areas["area_ha"], start=1):
        yield write_row(data.catalog, "protected.area_ha", data.base_year, size, item=f"a{place}")
    yield write_row(data.catalog, "protected.areas", data.base_year, float(len(areas)))
    yield write_row(data.catalog, "protected.area_ha", data.base_year,
                    float(areas["area_ha"].sum(skipna=False)))


def _list_council(data: DistrictData) -> Iterator[Row]:
    council: pd.DataFrame = data.register("coordination_council")
    if council.empty:
        return
    yield write_row(data.catalog, "district.council_members", data.base_year, float(len(council)))
    known = council[council["sex"].isin(["f", "m"])] if "sex" in council else council.head(0)
    share = 100 * float((known["sex"] == "f").mean()) if len(known) == len(council) else nan
    yield write_row(data.catalog, "district.council_women_pct", data.base_year, share,
                    missing="" if share == share else "sex")
