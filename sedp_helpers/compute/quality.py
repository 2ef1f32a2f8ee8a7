"""How much of the programme's data is there: counts that the report states."""

from __future__ import annotations

from collections.abc import Iterator

from sedp_helpers.compute.context import Context
from sedp_helpers.compute.custom import CUSTOM
from sedp_helpers.compute.rows import Row, make_row
from sedp_helpers.models import SECTIONS, Indicator, ResultSpec


def expected_indicators(context: Context, section: str = "") -> list[Indicator]:
    """Indicators of tiers 1–2 that exist at the municipality's level."""
    return [
        spec
        for spec in context.catalog.indicators.values()
        if spec.tier <= 2
        and spec.exists_at == "municipality"
        and (not section or spec.section == section)
    ]


def is_filled(context: Context, spec: Indicator) -> bool:
    """Whether the indicator has a number for the base year (a static one: for any year)."""
    facts = context.facts
    years = facts.years(spec.id) if spec.time == "static" else [context.base_year]
    for year in years:
        for sex, age, village, item in facts.keys(spec.id, year):
            fact = facts.get(spec.id, year, sex=sex, age=age, village=village, item=item)
            if fact is not None and fact.known:
                return True
    return False


@CUSTOM.register("quality_filled")
@CUSTOM.register("quality_expected")
@CUSTOM.register("quality_filled_pct")
def count_filled(context: Context, spec: ResultSpec) -> Iterator[Row]:
    """Expected indicators that have a figure, all expected ones, or the one in per cent of the
    other, by section and in all."""
    what = spec.formula.removeprefix("custom:quality_")
    for section in (*SECTIONS, ""):
        expected = expected_indicators(context, section)
        count = sum(is_filled(context, one) for one in expected)
        value = {
            "filled": float(count),
            "expected": float(len(expected)),
            "filled_pct": 100 * count / len(expected) if expected else None,
        }[what]
        yield make_row(section or spec.section, spec.id, context.base_year, value,
                       missing=["catalogue"], unit=spec.unit, item=section)


@CUSTOM.register("quality_findings")
def count_findings(context: Context, spec: ResultSpec) -> Iterator[Row]:
    """Findings of the data by severity."""
    for severity, count in context.finding_counts.items():
        yield make_row(spec.section, spec.id, context.base_year, float(count), unit=spec.unit,
                       item=severity)


@CUSTOM.register("count_rows")
def count_rows(context: Context, spec: ResultSpec) -> Iterator[Row]:
    """Number of rows of a register (villages)."""
    register = context.register(spec.params["register"])
    if len(register):
        yield make_row(spec.section, spec.id, context.base_year, float(len(register)),
                       inputs=[spec.params["register"]], unit=spec.unit)
