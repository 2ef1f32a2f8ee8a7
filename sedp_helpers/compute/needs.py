"""What the number and age of residents call for: places, doctors, water, plots; and the gaps.

A need is people times a norm. The norm is the office's own (reference/norms.csv), else that of
the catalogue; every row names it and says whether it is a norm or only an example. ``method`` is
``<basis>:<norm>:<norm or example>``; the basis says where the number of people comes from.
"""

from __future__ import annotations

from collections.abc import Iterator

from sedp_helpers.compute.context import Context
from sedp_helpers.compute.custom import CUSTOM
from sedp_helpers.compute.facts import Fact
from sedp_helpers.compute.norms import Norm, find_norm
from sedp_helpers.compute.outlook import recommended_total
from sedp_helpers.compute.people import BASES, count_residents
from sedp_helpers.compute.rows import Row, make_row
from sedp_helpers.models import ResultSpec

QUEUE, HOUSEHOLDS, PLOT = "space.housing_queue", "population.households", "space.plot_ha"
LAND, USED = "space.land_ha", "space.land_used_ha"


def years_of(context: Context) -> range:
    """The base year and the years of the forecast."""
    return range(context.base_year, context.last_year + 1)


@CUSTOM.register("need_children")
def need_children(context: Context, spec: ResultSpec) -> Iterator[Row]:
    """Places for children of an age, from the base year to the end of the forecast.

    Children are counted by the first basis that covers every year: the municipality's own ages,
    its births, those enrolled, the age structure of the district, oblast or country.
    """
    yield from _spread(context, spec, list(_count_by_basis(context, spec)))


def _count_by_basis(
    context: Context, spec: ResultSpec
) -> Iterator[tuple[str, dict[int, Fact | None]]]:
    ages = (spec.params["from"], spec.params["to"])
    enrolled = spec.params.get("enrolled", "")
    for name, count in BASES.items():
        yield name, {year: count(context, year, ages, enrolled) for year in years_of(context)}


@CUSTOM.register("need_residents")
def need_residents(context: Context, spec: ResultSpec) -> Iterator[Row]:
    """Doctors or daily water for all residents, from the base year to the end of the forecast."""
    counted = {year: count_residents(context, year) for year in years_of(context)}
    yield from _spread(context, spec, [("residents", counted)])


@CUSTOM.register("need_plots")
def need_plots(context: Context, spec: ResultSpec) -> Iterator[Row]:
    """Plots for the waiting list of the base year and for households added since (Q82).

    Growth = max(0, recommended households − households of the base year).
    """
    queue = context.facts.get(QUEUE, context.base_year)
    now = context.facts.get(HOUSEHOLDS, context.base_year)
    counted: dict[int, Fact | None] = {}
    for year in years_of(context):
        later = now if year == context.base_year else recommended_total(context, HOUSEHOLDS, year)
        known = [fact for fact in (queue, now, later) if fact is not None and fact.known]
        counted[year] = _join(known, known[0].value + max(0.0, known[2].value - known[1].value)
                              ) if len(known) == 3 else None
    if queue is not None or now is not None:
        yield from _spread(context, spec, [("queue", counted)])


def _join(facts: list[Fact], value: float) -> Fact:
    row = make_row("", "", 0, value, facts)
    return Fact(value, row.status, tuple(row.inputs.split(";")))


def _spread(
    context: Context, spec: ResultSpec, bases: list[tuple[str, dict[int, Fact | None]]]
) -> Iterator[Row]:
    """Rows of the basis that knows most years (the first of equals), times the norm."""
    if not _is_asked(context, spec):
        return
    norm = find_norm(context, spec.params["norm"])
    basis, counted = max(bases, key=lambda pair: sum(f is not None for f in pair[1].values()))
    if norm is None or not norm.value > 0:
        yield make_row(spec.section, spec.id, context.last_year, None, unit=spec.unit,
                       missing=[spec.params["norm"]])
        return
    for year, people in counted.items():
        value = _apply(norm, spec, people.value) if people is not None else None
        yield make_row(spec.section, spec.id, year, value, [people] if people else [],
                       missing=_absent(context, spec, year), unit=spec.unit,
                       method=f"{basis}:{norm.id}:{norm.status}")


def _is_asked(context: Context, spec: ResultSpec) -> bool:
    """Whether the municipality has given any of the inputs; nothing is said about nothing."""
    return any(context.facts.has(ident) for ident in spec.inputs.values())


def _apply(norm: Norm, spec: ResultSpec, people: float) -> float:
    if spec.params.get("divide"):
        return people / norm.value
    return people * norm.value / spec.params.get("per", 1)


def _absent(context: Context, spec: ResultSpec, year: int) -> list[str]:
    """The inputs about people that are not given for the base year, else those too short."""
    names = [ident for role, ident in spec.inputs.items()
             if role in ("residents", "births", "queue", "households")]
    return [ident for ident in names if not _is_known(context, ident)] or names


def _is_known(context: Context, ident: str) -> bool:
    fact = context.facts.get(ident, context.base_year)
    return fact is not None and fact.known


@CUSTOM.register("need_gap")
def need_gap(context: Context, spec: ResultSpec) -> Iterator[Row]:
    """Need minus what was there in the last known year; negative is a reserve, not a gap."""
    yield from _gaps(context, spec)


@CUSTOM.register("need_gap_year")
def need_gap_year(context: Context, spec: ResultSpec) -> Iterator[Row]:
    """The first year with a gap, in a row of the last forecast year; none where there is none."""
    short = [row for row in _gaps(context, spec) if row.status != "O" and row.value > 0]
    if short:
        first = min(short, key=lambda row: int(row.year))
        yield first._replace(result=spec.id, year=context.last_year, value=float(first.year),
                             unit=spec.unit)


def _gaps(context: Context, spec: ResultSpec) -> Iterator[Row]:
    need = context.catalog.results[spec.params["need"]]
    supply, names = _supply(context, need)
    for row in CUSTOM.get(need.formula.removeprefix("custom:"))(context, need):
        asked = Fact(row.value, row.status, tuple(row.inputs.split(";")))
        if row.status == "O" or supply is None:
            missing = (row.missing.split(";") if row.status == "O" else []) + (
                names if supply is None else [])
            yield make_row(spec.section, spec.id, row.year, None, missing=missing,
                           unit=spec.unit, method=row.method)
        else:
            yield make_row(spec.section, spec.id, row.year, asked.value - supply.value,
                           [asked, supply], unit=spec.unit, method=row.method)


def _supply(context: Context, need: ResultSpec) -> tuple[Fact | None, list[str]]:
    """What is there now, and the indicators it is made of."""
    if "supply" not in need.params:
        return _plots_on_unused_land(context), [LAND, USED, PLOT]
    ident = need.params["supply"]
    known = {year: fact for year, fact in context.facts.series(ident).items()
             if fact.known and year <= context.base_year}
    return (known[max(known)] if known else None), [ident]


def _plots_on_unused_land(context: Context) -> Fact | None:
    """How many plots the unused part of settlement land would hold if all of it were suitable."""
    year = context.base_year
    land = context.facts.get(LAND, year, item="settlement")
    used = context.facts.get(USED, year, item="settlement")
    plot = context.facts.static(PLOT, year)
    known = [fact for fact in (land, used, plot) if fact is not None and fact.known]
    if len(known) < 3 or known[2].value <= 0:
        return None
    return _join(known, max(0.0, known[0].value - known[1].value) / known[2].value)
