"""Population: the balance of change, dependency, unemployment."""

from __future__ import annotations

from collections.abc import Iterator

from sedp_helpers.compute.context import Context
from sedp_helpers.compute.custom import CUSTOM
from sedp_helpers.compute.derived import list_years
from sedp_helpers.compute.facts import Fact, Facts, add_facts
from sedp_helpers.compute.inputs import fetch_input
from sedp_helpers.compute.norms import WorkingAge, find_working_age
from sedp_helpers.compute.rows import Row, make_row
from sedp_helpers.models import ResultSpec

FLOWS = ("population.births", "population.deaths", "population.arrivals", "population.departures")
TOTAL = "population.total"


@CUSTOM.register("balance_gap")
def balance_gap(context: Context, spec: ResultSpec) -> Iterator[Row]:
    """(P_t − P_{t−1}) − (births − deaths) − (arrivals − departures): what registers do not explain.

    Zero where the four flows explain the whole change of the year.
    """
    facts = context.facts
    for year in list_years(facts, [TOTAL, *FLOWS]):
        parts = [facts.get(TOTAL, year), facts.get(TOTAL, year - 1)]
        parts += [facts.get(ident, year) for ident in FLOWS]
        names = [TOTAL, TOTAL, *FLOWS]
        missing = [name for name, part in zip(names, parts) if part is None or not part.known]
        known = [part for part in parts if part is not None and part.known]
        value = None
        if not missing:
            now, before, births, deaths, arrivals, departures = (part.value for part in known)
            value = (now - before) - (births - deaths) - (arrivals - departures)
        yield make_row(spec.section, spec.id, year, value, known, missing=missing, unit=spec.unit)


@CUSTOM.register("dependency")
def dependency(context: Context, spec: ResultSpec) -> Iterator[Row]:
    """Children, old people or both per 1,000 of working age (0–15; men 16–62, women 16–57).

    The limits are norms with their legal source; a limit that cuts through an age band makes the
    year not computable, bands are never split.
    """
    part = spec.params["part"]
    for year, groups in _age_groups(context):
        children, working, old = groups
        used = {"child": [children], "old": [old], "total": [children, old]}[part]
        known = [fact for fact in (*used, working) if fact is not None]
        value = None
        if len(known) == len(used) + 1 and known[-1].value:
            value = spec.params["per"] * sum(fact.value for fact in known[:-1]) / known[-1].value
        yield make_row(spec.section, spec.id, year, value, known, missing=[TOTAL], unit=spec.unit)


def _age_groups(context: Context) -> Iterator[tuple[int, list[Fact | None]]]:
    working = find_working_age(context.catalog, context.norms)
    for year in context.facts.years(TOTAL):
        yield year, split_ages(context.facts, year, working)


def split_ages(facts: Facts, year: int, working: WorkingAge) -> list[Fact | None]:
    """Children, people of working age and old people of a year; None for a group whose limit cuts
    through a band or that has a band without a figure."""
    groups: tuple[list[Fact | None], ...] = ([], [], [])
    for sex, last in working.last.items():
        groups[0].append(facts.ages(TOTAL, year, 0, working.first - 1, sex=sex))
        groups[1].append(facts.ages(TOTAL, year, working.first, last, sex=sex))
        groups[2].append(facts.ages(TOTAL, year, last + 1, None, sex=sex))
    found = [[part for part in group if part is not None] for group in groups]
    return [add_facts(group, method="age") if len(group) == len(working.last) else None
            for group in found]


@CUSTOM.register("age_group_share")
def age_group_share(context: Context, spec: ResultSpec) -> Iterator[Row]:
    """Children, people of working age and old people in per cent of residents."""
    names = list(context.catalog.codes[spec.params["items"]])
    for year, groups in _age_groups(context):
        known = [group for group in groups if group is not None]
        whole = sum(group.value for group in known) if len(known) == len(groups) else 0
        for position, name in enumerate(names):
            value = 100 * known[position].value / whole if whole > 0 else None
            yield make_row(spec.section, spec.id, year, value, known, missing=[TOTAL],
                           unit=spec.unit, item=name)


@CUSTOM.register("rate_on_mean")
def rate_on_mean(context: Context, spec: ResultSpec) -> Iterator[Row]:
    """A yearly flow (or the difference of two) per 1,000 of the mean population of the year.

    The mean is of the stock at the end of the year before and at the end of the year.
    """
    facts, flows = context.facts, [spec.inputs[r] for r in ("plus", "minus") if r in spec.inputs]
    stock = spec.inputs["stock"]
    for year in list_years(facts, flows):
        names = [*flows, stock, stock]
        parts = [facts.get(flow, year) for flow in flows]
        parts += [facts.get(stock, year - 1), facts.get(stock, year)]
        missing = [name for name, part in zip(names, parts) if part is None or not part.known]
        known = [part for part in parts if part is not None and part.known]
        value = None
        if not missing and known[-1].value + known[-2].value > 0:
            flow = known[0].value - (known[1].value if len(flows) == 2 else 0)
            value = spec.params["times"] * flow / ((known[-1].value + known[-2].value) / 2)
        yield make_row(spec.section, spec.id, year, value, known, missing=missing or [stock],
                       unit=spec.unit)


@CUSTOM.register("unemployment_rate")
def unemployment_rate(context: Context, spec: ResultSpec) -> Iterator[Row]:
    """Unemployed in per cent of employed and unemployed: registered, and with the estimate of
    those who are not registered (two rows, handbook Q25)."""
    facts = context.facts
    registered = "population.unemployed_registered"
    unregistered = "population.unemployed_unregistered"
    employed = "population.employed"
    for year in list_years(facts, [registered, unregistered, employed]):
        for method, text in (
            ("registered", registered),
            ("registered+unregistered", f"{registered} + {unregistered}"),
        ):
            without_work = fetch_input(facts, text, year, {})
            with_work = fetch_input(facts, employed, year, {})
            known = [fact for fact in (without_work, with_work) if fact]
            value = None
            if without_work and with_work and with_work.value + without_work.value > 0:
                value = 100 * without_work.value / (with_work.value + without_work.value)
            wanted = [employed, *text.split(" + ")]
            missing = [name for name in wanted if fetch_input(facts, name, year, {}) is None]
            yield make_row(spec.section, spec.id, year, value, known,
                           missing=missing or wanted, unit=spec.unit, method=method)
