"""Economy: concentration, specialisation, what drove change, and what a crop earns."""

from __future__ import annotations

from collections.abc import Iterator
from math import isnan
from typing import NamedTuple

import pandas as pd

from sedp_helpers.analysis import hhi, shift_share
from sedp_helpers.analysis.regional import divide_shares
from sedp_helpers.compute.context import Context
from sedp_helpers.compute.custom import CUSTOM
from sedp_helpers.compute.facts import Fact, Facts, add_facts
from sedp_helpers.compute.rows import Row, make_row
from sedp_helpers.models import ResultSpec

BASES = {"output": "economy.output", "employment": "population.employed"}


def sector_facts(facts: Facts, indicator: str, year: int) -> dict[str, Fact]:
    """Known figures of a year by sector, in one order whatever that of the rows is: sums of
    doubles depend on it in their last digit."""
    found = {item: facts.get(indicator, year, item=item) for item in sorted(facts.items(indicator))}
    return {item: fact for item, fact in found.items() if fact is not None and fact.known}


def complete_sectors(facts: Facts, indicator: str, year: int) -> dict[str, Fact]:
    """The figures of a year by sector; none where a sector is there without its figure, because
    the shares of the others would count it as zero."""
    found = sector_facts(facts, indicator, year)
    return found if set(found) == met_sectors(facts, indicator, year) else {}


def met_sectors(facts: Facts, indicator: str, year: int) -> set[str]:
    """Sectors with any row in the year, with or without a figure."""
    return {item for item in facts.items(indicator)
            if facts.get(indicator, year, item=item) is not None}


def _values(found: dict[str, Fact]) -> dict[str, float]:
    return {item: fact.value for item, fact in found.items()}


@CUSTOM.register("concentration_hhi")
def concentration_hhi(context: Context, spec: ResultSpec) -> Iterator[Row]:
    """Herfindahl–Hirschman index of output over sectors, Σ share², 0–1 (1 = one sector)."""
    for year in context.facts.years("economy.output"):
        found = complete_sectors(context.facts, "economy.output", year)
        amounts = [fact.value for fact in found.values()]
        value = hhi(pd.Series(amounts)) if found and min(amounts) >= 0 else None
        yield make_row(spec.section, spec.id, year, value, found.values(),
                       missing=["economy.output"], unit=spec.unit)


@CUSTOM.register("location_quotient")
def specialise(context: Context, spec: ResultSpec) -> Iterator[Row]:
    """(x_i/x)/(X_i/X) for output and employment against each territory that is known.

    Our addition to the handbook's Q61, which names no formula.
    """
    for basis, indicator in BASES.items():
        for territory, reference in context.reference.items():
            for year in context.facts.years(indicator):
                local = complete_sectors(context.facts, indicator, year)
                wider = complete_sectors(reference, indicator, year)
                known = bool(local and wider)
                quotients = divide_shares(_values(local), _values(wider)) if known else {}
                used = [add_facts([*local.values(), *wider.values()], method=basis)]
                lacking = f"{territory}:{indicator}" if local else indicator
                for item in sorted(met_sectors(context.facts, indicator, year)):
                    yield make_row(spec.section, spec.id, year, quotients.get(item), used,
                                   missing=[lacking], unit=spec.unit, item=item,
                                   method=f"{basis}:{territory}")


class Shift(NamedTuple):
    """The components of change against one territory, by sector and in total."""

    method: str
    year: int
    unit: str
    table: pd.DataFrame
    used: list[Fact]
    missing: str


@CUSTOM.register("shift_share")
def shift(context: Context, spec: ResultSpec) -> Iterator[Row]:
    """One Dunn component of change between the first and last common year, by sector and total."""
    for found in context.once("shift_share", lambda asked: list(_split_changes(asked))):
        for item, value in found.table[spec.params["part"]].items():
            yield make_row(spec.section, spec.id, found.year, float(value), found.used,
                           missing=[found.missing], unit=found.unit,
                           item="" if item == "total" else str(item), method=found.method)


def _split_changes(context: Context) -> Iterator[Shift]:
    for basis, indicator in BASES.items():
        for territory, reference in context.reference.items():
            sectors = sorted(context.facts.items(indicator))
            years = common_years(context.facts, reference, indicator, sectors)
            if len(years) < 2:
                continue
            found = [sector_facts(source, indicator, year)
                     for source in (context.facts, reference) for year in (years[0], years[-1])]
            table = shift_share(*(pd.Series([one[sector].value for sector in sectors],
                                            index=sectors) for one in found))
            unit = context.catalog.indicators[indicator].unit  # som of output, people of employment
            yield Shift(f"{basis}:{territory}", years[-1], unit, table,
                        [add_facts([fact for one in found for fact in one.values()],
                                   method=basis)],
                        f"{territory}:{indicator}")


def common_years(local: Facts, reference: Facts, indicator: str, sectors: list[str]) -> list[int]:
    """Years in which every local sector has a value in both territories."""
    wanted = set(sectors)
    return [
        year
        for year in local.years(indicator)
        if wanted
        and wanted <= set(sector_facts(local, indicator, year))
        and wanted <= set(sector_facts(reference, indicator, year))
    ]


@CUSTOM.register("crop_revenue")
@CUSTOM.register("crop_profit")
@CUSTOM.register("crop_profitability")
@CUSTOM.register("crop_break_even_price")
@CUSTOM.register("crop_break_even_yield")
def crop_economics(context: Context, spec: ResultSpec) -> Iterator[Row]:
    """Revenue or profit per hectare (som), profit in per cent of cost, or the price (som/kg) or
    yield (t/ha) at which revenue just pays the cost, by crop and year.

    revenue = yield · price, yield = output / area of the same year; cost in another currency is
    turned into som by the rate of the register (handbook Q61: 95.60 % for raspberry).
    """
    for record in context.records("crops"):
        item, typed = str(record.get("crop") or ""), _number(record, "year")
        if typed is None or not item:
            continue
        year = int(typed)
        area = context.facts.get("economy.crop_area_ha", year, item=item)
        output = context.facts.get("economy.crop_output_t", year, item=item)
        price, cost = _number(record, "price_som_kg"), _cost(record)
        lacking = {"economy.crop_area_ha": area, "economy.crop_output_t": output}
        missing = [name for name, fact in lacking.items() if fact is None or not fact.known]
        missing += [f"crops.{name}" for name, value in
                    (("price_som_kg", price), ("cost_per_ha", cost)) if value is None]
        known = [fact for fact in (area, output) if fact is not None and fact.known]
        value = None
        if not missing and price is not None and cost is not None:
            value = crop_result(known[1].value, known[0].value, price, cost,
                                spec.formula.removeprefix("custom:crop_"))
        yield make_row(spec.section, spec.id, year, value, known, missing=missing or ["crops"],
                       inputs=[f"crops[crop={item}]@{year}"], unit=spec.unit, item=item)


def crop_result(
    output_t: float, area_ha: float, price: float, cost: float, what: str
) -> float | None:
    """Revenue or profit per hectare in som, profitability in per cent of cost, or the break-even
    price (som/kg) and yield (t/ha); None where the arithmetic has no meaning.

    >>> round(crop_result(4, 1, 150, 3526 * 86.9943453675511, "profitability"), 5)
    95.60408
    """
    if area_ha <= 0:
        return None
    revenue = output_t / area_ha * 1000 * price
    if what == "revenue":
        return revenue
    if what == "break_even_price":
        return cost / (output_t / area_ha * 1000) if output_t > 0 else None
    if what == "break_even_yield":
        return cost / price / 1000 if price > 0 else None
    profit = revenue - cost
    if what == "profit":
        return profit
    return 100 * profit / cost if cost > 0 else None


def _number(record: dict, name: str) -> float | None:
    value = record.get(name)
    return None if value is None or value == "" or isnan(float(value)) else float(value)


def _cost(record: dict) -> float | None:
    cost, rate = _number(record, "cost_per_ha"), _number(record, "rate")
    if cost is None:
        return None
    currency = str(record.get("currency") or "").strip().lower()
    if currency in ("", "som", "kgs", "сом"):
        return cost
    return None if rate is None else cost * rate
