"""What changed the working-age population: those who reached the age, grew out of it, died, moved.

The limits are the norms of working age, as for the dependency ratios. Bands are never split:
without the last year of childhood as a band of its own nobody can be said to have entered.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from sedp_helpers.compute.context import Context
from sedp_helpers.compute.custom import CUSTOM
from sedp_helpers.compute.custom_population import TOTAL
from sedp_helpers.compute.facts import Fact, Facts, add_facts
from sedp_helpers.compute.norms import WorkingAge, find_working_age
from sedp_helpers.compute.rows import Row, make_row
from sedp_helpers.models import ResultSpec

DEATHS = "population.deaths"
ARRIVALS, DEPARTURES = "population.arrivals", "population.departures"
COUNTED, REST = "ages", "rest"
Signed = list[tuple[int, Fact | None, str]]  # sign, figure, the indicator it is of


@CUSTOM.register("working_age_part")
def working_age_part(context: Context, spec: ResultSpec) -> Iterator[Row]:
    """One part of: change = entering − ageing out − deaths + net moves, in persons a year (Q24).

    Entering and ageing out are those who had the last age before the limit at the end of the year
    before. Where the last working age is no band of its own, ageing out is what the other parts
    leave of the change (``method`` «rest»). Deaths and moves count by the age at the event.
    """
    if not context.facts.values_of(TOTAL, "age"):
        return
    limits = find_working_age(context.catalog, context.norms)
    parts = _PARTS[spec.params["part"]]
    for year in context.facts.years(TOTAL)[1:]:
        terms, method = parts(context.facts, year, limits)
        known = [fact for _, fact, _ in terms if fact is not None]
        missing = [name for _, fact, name in terms if fact is None]
        value = None
        if not missing:
            value = sum(sign * fact.value for sign, fact, _ in terms if fact is not None)
        yield make_row(spec.section, spec.id, year, value, known, missing=missing, unit=spec.unit,
                       method=method)


def _of_ages(facts: Facts, ident: str, year: int, spans: Mapping[str, tuple[int, int]]
             ) -> Fact | None:
    """The people of both sexes in the ages of each; None where one of the two cannot be had."""
    found = [facts.ages(ident, year, low, high, sex=sex) for sex, (low, high) in spans.items()]
    known = [fact for fact in found if fact is not None]
    return add_facts(known, method="age") if len(known) == len(found) else None


def _working(limits: WorkingAge) -> dict[str, tuple[int, int]]:
    return {sex: (limits.first, last) for sex, last in limits.last.items()}


def _change(facts: Facts, year: int, limits: WorkingAge) -> tuple[Signed, str]:
    ages = _working(limits)
    return [(1, _of_ages(facts, TOTAL, year, ages), TOTAL),
            (-1, _of_ages(facts, TOTAL, year - 1, ages), TOTAL)], ""


def _entering(facts: Facts, year: int, limits: WorkingAge) -> tuple[Signed, str]:
    last = limits.first - 1
    ages = dict.fromkeys(limits.last, (last, last))
    return [(1, _of_ages(facts, TOTAL, year - 1, ages), TOTAL)], ""


def _deaths(facts: Facts, year: int, limits: WorkingAge) -> tuple[Signed, str]:
    return [(1, _of_ages(facts, DEATHS, year, _working(limits)), DEATHS)], ""


def _moves(facts: Facts, year: int, limits: WorkingAge) -> tuple[Signed, str]:
    ages = _working(limits)
    return [(1, _of_ages(facts, ARRIVALS, year, ages), ARRIVALS),
            (-1, _of_ages(facts, DEPARTURES, year, ages), DEPARTURES)], ""


def _ageing_out(facts: Facts, year: int, limits: WorkingAge) -> tuple[Signed, str]:
    last = {sex: (high, high) for sex, (_, high) in _working(limits).items()}
    counted = _of_ages(facts, TOTAL, year - 1, last)
    if counted is not None:
        return [(1, counted, TOTAL)], COUNTED
    rest: Signed = []
    for sign, part in ((-1, _change), (1, _entering), (-1, _deaths), (1, _moves)):
        rest += [(sign * own, fact, name) for own, fact, name in part(facts, year, limits)[0]]
    return rest, REST


_PARTS: dict[str, Callable[[Facts, int, WorkingAge], tuple[Signed, str]]] = {
    "change": _change,
    "entering": _entering,
    "ageing_out": _ageing_out,
    "deaths": _deaths,
    "migration": _moves,
}
