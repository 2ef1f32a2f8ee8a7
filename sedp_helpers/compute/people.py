"""How many people of an age live here in a year, and on what the answer rests.

Bands are never split: where a limit cuts through a band the next basis is tried, and the row that
uses the answer names the basis.
"""

from __future__ import annotations

from collections.abc import Callable

from sedp_helpers.compute.context import Context
from sedp_helpers.compute.facts import Fact, Facts, add_facts, chain_ages
from sedp_helpers.compute.outlook import recommended_total

TOTAL, BIRTHS = "population.total", "population.births"
Ages = tuple[int, int]
Counter = Callable[[Context, int, Ages, str], "Fact | None"]


def count_residents(context: Context, year: int) -> Fact | None:
    """All residents: observed up to the base year, else the planning figure."""
    return _observed_or_planned(context, TOTAL, year)


def _observed_or_planned(context: Context, ident: str, year: int) -> Fact | None:
    if year > context.base_year:
        return recommended_total(context, ident, year)
    fact = context.facts.get(ident, year)
    return fact if fact is not None and fact.known else None


def count_by_ages(context: Context, year: int, ages: Ages, _: str) -> Fact | None:
    """The municipality's own ages, in forecast years the planning figures of its bands."""
    if year <= context.base_year:
        return context.facts.ages(TOTAL, year, *ages)
    bands = {age for _, age, _, _ in context.facts.keys(TOTAL, context.base_year) if age}
    chain = chain_ages(bands, *ages)
    parts = [_plan_band(context, year, band) for band in chain or ()]
    if not parts or any(part is None for part in parts):
        return None
    return add_facts([part for part in parts if part], method="age")


def _plan_band(context: Context, year: int, band: str) -> Fact | None:
    row = context.planned(f"{TOTAL}.forecast", year, age=band)
    if row is None:
        return None
    return Fact(row.value, "F", (f"{TOTAL}.forecast[age={band}]@{year}",), row.method)


def count_by_births(context: Context, year: int, ages: Ages, _: str) -> Fact | None:
    """Children born in the years that make the ages; deaths and moves since are not counted.

    At the end of year t those aged x were born in t − x; with stocks at the start of the year,
    in t − x − 1. An estimate (status E).
    """
    shift = 1 if context.municipality.stock_date == "year_start" else 0
    years = range(year - ages[1] - shift, year - ages[0] - shift + 1)
    parts = [_observed_or_planned(context, BIRTHS, born) for born in years]
    if any(part is None for part in parts):
        return None
    born = add_facts([part for part in parts if part], method="births")
    return born._replace(status="F" if born.status == "F" else "E")


def count_by_enrolment(context: Context, year: int, _: Ages, enrolled: str) -> Fact | None:
    """Those enrolled; children who go elsewhere or nowhere are not seen (status E)."""
    if not enrolled:
        return None
    fact = _observed_or_planned(context, enrolled, year)
    return fact and fact._replace(status="F" if fact.status == "F" else "E")


def _count_by_structure(name: str) -> Counter:
    def count(context: Context, year: int, ages: Ages, _: str) -> Fact | None:
        """The share of the ages in a higher territory, applied to residents here (status I)."""
        residents, share = count_residents(context, year), None
        if name in context.reference and residents is not None:
            share = _share_of_ages(context.reference[name], year, ages)
        if share is None or residents is None:
            return None
        status = "F" if residents.status == "F" else "I"
        return Fact(residents.value * share.value, status, residents.refs + share.refs, name)

    return count


def _share_of_ages(facts: Facts, year: int, ages: Ages) -> Fact | None:
    for known in sorted((y for y in facts.years(TOTAL) if y <= year), reverse=True):
        part, whole = facts.ages(TOTAL, known, *ages), facts.get(TOTAL, known)
        if part is not None and whole is not None and whole.known and whole.value > 0:
            return Fact(part.value / whole.value, "I", part.refs + whole.refs)
    return None


BASES: dict[str, Counter] = {
    "ages": count_by_ages,
    "births": count_by_births,
    "enrolled": count_by_enrolment,
    "district": _count_by_structure("district"),
    "oblast": _count_by_structure("oblast"),
    "country": _count_by_structure("country"),
}
