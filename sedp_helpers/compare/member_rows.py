"""Rows of results.csv about single members: gaps, data, lateness, needs, neighbours."""

from __future__ import annotations

from collections.abc import Iterator
from math import inf, nan

from sedp_helpers.compare.data import DistrictData, Member
from sedp_helpers.compare.figures import Measure
from sedp_helpers.compare.gaps import calc_village_rates, find_gap
from sedp_helpers.compare.joint_services import (
    COST,
    SERVED,
    Pair,
    find_centre,
    find_pairs,
    list_neighbours,
)
from sedp_helpers.compare.lateness import list_steps
from sedp_helpers.compare.needs import count_answered, list_needs, list_passed_up
from sedp_helpers.compare.rows import member_method, pair_method, write_row
from sedp_helpers.compare.status import share_must
from sedp_helpers.compute.rows import Row

REGISTER, STATISTICS = "population.total", "population.nsc_estimate"


def list_member_rows(data: DistrictData) -> Iterator[Row]:
    """Everything that is told member by member beside the comparison itself."""
    for unit, member in data.members.items():
        yield from _list_gaps(data, unit, member)
        yield from _list_quality(data, unit, member)
        yield from _list_needs(data, unit, member)
        yield from _list_passed(data, unit, member)
        yield from _list_nodes(data, unit, member)
    yield from list_per_head(data)
    yield from _list_lateness(data)
    yield from _list_counts(data)
    yield from _list_joint(data)


def _list_gaps(data: DistrictData, unit: str, member: Member) -> Iterator[Row]:
    """Lowest, highest and the gap between them; ``village`` is the member's village."""
    if member.observations.empty:
        return
    for one in data.settings["gaps"]:
        rates = calc_village_rates(
            member.observations, one["part"], one["whole"], item=one.get("item", "")
        )
        gap = find_gap(unit, one["measure"], rates, member.villages, data.base_year)
        if gap is None:
            continue
        measure = Measure.read(gap.measure)
        fields = {"item": measure.item, "method": member_method(unit)}
        ends = (("low", gap.low, gap.low_village), ("high", gap.high, gap.high_village))
        for end, value, village in ends:
            yield write_row(
                data.catalog,
                f"{measure.id}.village_{end}",
                gap.year,
                value,
                village=village,
                **fields,
            )
        yield write_row(data.catalog, f"{measure.id}.village_gap", gap.year, gap.gap, **fields)


def _list_quality(data: DistrictData, unit: str, member: Member) -> Iterator[Row]:
    share = (
        100 * member.filled / member.expected
        if member.filled is not None and member.expected
        else nan
    )
    must = share_must(member.observations, data.catalog.indicators, member.place.base_year)
    numbers = {
        "filled_pct": share,
        "must_pct": must,
        "errors": float(member.counts.get("error", 0)),
        "warnings": float(member.counts.get("warning", 0)),
    }
    for name, value in numbers.items():
        yield write_row(
            data.catalog, f"quality.{name}", data.base_year, value, method=member_method(unit)
        )
    for section, value in member.sections.items():
        yield write_row(
            data.catalog,
            "quality.filled_pct",
            data.base_year,
            value,
            item=section,
            method=member_method(unit),
        )


def _list_needs(data: DistrictData, unit: str, member: Member) -> Iterator[Row]:
    plan = member.register("plan")
    if plan.empty:
        return
    needs, unclear = list_needs(plan, member.register("funding"))
    for need in needs:
        for name, value in (("cost", need.cost), ("open", need.open)):
            yield write_row(
                data.catalog, f"need.{name}", need.year, value, method=member_method(unit)
            )
    yield write_row(
        data.catalog, "need.unclear", data.base_year, float(unclear), method=member_method(unit)
    )


def _list_passed(data: DistrictData, unit: str, member: Member) -> Iterator[Row]:
    problems = member.register("problems")
    if problems.empty:
        return
    passed = list_passed_up(problems, member.register("causes"))
    method = member_method(unit)
    yield write_row(
        data.catalog, "passed.problems", data.base_year, float(len(passed)), method=method
    )
    for row in passed.to_dict("records"):
        yield write_row(
            data.catalog,
            "passed.votes",
            data.base_year,
            float(row.get("votes", nan)),
            item=str(row["id"]),
            method=method,
        )


def _list_nodes(data: DistrictData, unit: str, member: Member) -> Iterator[Row]:
    """Requests to other levels and how many were answered (R-46)."""
    exchanges = member.register("exchanges")
    if exchanges.empty or "answer_date" not in exchanges:
        return
    for name, number in (("sent", len(exchanges)), ("answered", count_answered(exchanges))):
        yield write_row(
            data.catalog,
            f"exchange.{name}",
            data.base_year,
            float(number),
            method=member_method(unit),
        )


def list_per_head(data: DistrictData) -> Iterator[Row]:
    """What the difference between register and statistics makes of figures per head."""
    if data.panel is None:
        return
    people = data.panel[(data.panel["item"] == "") & (data.panel["year"] == data.base_year)]
    found = {
        name: dict(zip(part["unit"], part["value"]))
        for name, part in people[people["indicator"].isin((REGISTER, STATISTICS))].groupby(
            "indicator"
        )
    }
    own = data.own[data.own["year"] == data.base_year]
    for unit, estimate in found.get(STATISTICS, {}).items():
        registered = found.get(REGISTER, {}).get(unit, nan)
        if unit not in data.members or not registered > 0 or not estimate > 0:
            continue
        method = member_method(unit)
        yield write_row(data.catalog, STATISTICS, data.base_year, estimate, method=method)
        yield write_row(data.catalog, REGISTER, data.base_year, registered, method=method)
        yield write_row(
            data.catalog,
            "population.register_factor",
            data.base_year,
            estimate / registered,
            method=method,
        )
        for ident in data.settings["per_head"]:
            values = own.loc[(own["unit"] == unit) & (own["indicator"] == ident), "value"]
            for value in values.head(1):
                yield write_row(
                    data.catalog,
                    f"{ident}.by_statistics",
                    data.base_year,
                    float(value) * registered / estimate,
                    method=method,
                )


def _list_lateness(data: DistrictData) -> Iterator[Row]:
    """Days late and how many, by step; and how many members are late with anything."""
    late = set()
    for unit, member in data.members.items():
        steps = list_steps(unit, member.registers, drafting=member.place.drafting, as_of=data.as_of)
        for step in steps:
            if step.state != "late":
                continue
            late.add(unit)
            fields = {"item": step.step, "method": member_method(unit)}
            if step.days == step.days:
                yield write_row(data.catalog, "late.days", data.base_year, step.days, **fields)
            if step.number:
                yield write_row(
                    data.catalog, "late.count", data.base_year, float(step.number), **fields
                )
    yield write_row(data.catalog, "late.members", data.base_year, float(len(late)))


def _list_counts(data: DistrictData) -> Iterator[Row]:
    plans = sum(not member.register("plan").empty for member in data.members.values())
    passed = sum(
        len(list_passed_up(member.register("problems"), member.register("causes")))
        for member in data.members.values()
    )
    yield write_row(data.catalog, "need.plans", data.base_year, float(plans))
    yield write_row(data.catalog, "passed.total", data.base_year, float(passed))


def find_joint_pairs(data: DistrictData) -> list[Pair]:
    """Neighbours that could run a service together, by the limits of the settings."""
    people = data.level[data.level["measure"] == "population.total"]
    return find_pairs(
        data.level,
        find_centres(data),
        dict(zip(people["unit"], people["value"])),
        data.settings["joint"],
    )


def find_centres(data: DistrictData) -> dict[str, tuple[float, float]]:
    """Where the members lie that have villages with coordinates."""
    return {
        unit: centre
        for unit, member in data.members.items()
        if (centre := find_centre(member.registers.get("villages"))) is not None
    }


def _list_joint(data: DistrictData) -> Iterator[Row]:
    pairs = find_joint_pairs(data)
    for pair in pairs:
        fields = {"item": pair.service, "method": pair_method(pair.first, pair.second)}
        yield write_row(
            data.catalog, "joint.distance_km", data.base_year, pair.distance_km, **fields
        )
        yield write_row(
            data.catalog,
            "joint.residents",
            data.base_year,
            pair.residents,
            missing="" if pair.residents == pair.residents else "population.total",
            **fields,
        )
        yield write_row(
            data.catalog,
            "joint.gain",
            data.base_year,
            pair.gain,
            unit="som",
            missing="" if pair.gain == pair.gain else f"{COST};{SERVED}",
            **fields,
        )
    yield write_row(data.catalog, "joint.pairs", data.base_year, float(len(pairs)))
    for first, second, distance in list(list_neighbours(find_centres(data), inf))[:1]:
        yield write_row(
            data.catalog,
            "joint.nearest_km",
            data.base_year,
            distance,
            method=pair_method(first, second),
        )
