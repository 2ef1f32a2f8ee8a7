"""Services: how many are described or run at a loss, and what households would pay."""

from __future__ import annotations

from collections.abc import Iterator

from sedp_helpers.compute.context import Context
from sedp_helpers.compute.custom import CUSTOM
from sedp_helpers.compute.derived import compute_result
from sedp_helpers.compute.facts import Fact, join_statuses
from sedp_helpers.compute.rows import Row, make_row
from sedp_helpers.models import ResultSpec

TARIFF, HOUSEHOLDS = "services.tariff", "population.households"
BILLED, COLLECTED = "services.billed", "services.collected"
RATE = "services.collection_pct"
HOUSEHOLD_BASIS = "household"


@CUSTOM.register("service_count")
def service_count(context: Context, spec: ResultSpec) -> Iterator[Row]:
    """Services for which a result is known in a year, or known and below a limit.

    A service whose result is not computable is counted in neither.
    """
    below = spec.params.get("below")
    known: dict[int, list[Row]] = {}
    for row in compute_result(context.facts, context.catalog.results[spec.params["of"]]):
        if row.item and row.status != "O":
            known.setdefault(int(row.year), []).append(row)
    for year, rows in sorted(known.items()):
        counted = [row for row in rows if below is None or row.value < below]
        inputs = [text for row in rows for text in row.inputs.split(";")]
        yield make_row(spec.section, spec.id, year, float(len(counted)), inputs=inputs,
                       unit=spec.unit)


@CUSTOM.register("full_payment")
def full_payment(context: Context, spec: ResultSpec) -> Iterator[Row]:
    """Tariff × 12 × all households, in som a year; with bills and collections also × their ratio.

    Only for services charged per household. Nothing is guessed: without the number of
    households or the collection rate the row names them as missing (AC-71, DQ-17).
    """
    facts = context.facts
    for item in facts.items(TARIFF):
        if not is_charged_per_household(context, item):
            continue
        for year in facts.years(TARIFF):
            tariff = facts.get(TARIFF, year, item=item)
            if tariff is not None:
                yield _pay(context, spec, year, item, tariff)


def _pay(context: Context, spec: ResultSpec, year: int, item: str, tariff: Fact) -> Row:
    facts = context.facts
    wanted: dict[str, Fact | None] = {TARIFF: tariff, HOUSEHOLDS: facts.get(HOUSEHOLDS, year)}
    if "collected" in spec.inputs:
        wanted[RATE] = _collection_rate(context, year, item)
    missing = [name for name, fact in wanted.items() if fact is None or not fact.known]
    known = [fact for fact in wanted.values() if fact is not None and fact.known]
    value = None
    if not missing:
        value = 12.0
        for fact in known:
            value *= fact.value
    return make_row(spec.section, spec.id, year, value, known, missing=missing, unit=spec.unit,
                    item=item)


def _collection_rate(context: Context, year: int, item: str) -> Fact | None:
    billed = context.facts.get(BILLED, year, item=item)
    collected = context.facts.get(COLLECTED, year, item=item)
    if billed is None or collected is None or not billed.known or not collected.known:
        return None
    if billed.value <= 0:
        return None
    status = join_statuses([billed.status, collected.status])
    return Fact(collected.value / billed.value, status, billed.refs + collected.refs)


def is_charged_per_household(context: Context, item: str) -> bool:
    """Whether the tariff of a service is per household: the default of the register."""
    providers = context.register("providers")
    if "service" not in providers or "tariff_basis" not in providers:
        return True
    bases = set(providers.loc[providers["service"] == item, "tariff_basis"].dropna()) - {""}
    return bases <= {HOUSEHOLD_BASIS}
