"""Checks of people against people: sexes (DQ-06), residents (DQ-37), leaving while growing
(DQ-08), girls among those who do sport (DQ-19)."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from statistics import mean

from sedp_helpers.checks.balance import breaks_series
from sedp_helpers.checks.grid import Row
from sedp_helpers.checks.inspection import CHECKS, Inspection, is_number, tidy
from sedp_helpers.checks.words import name_figure
from sedp_helpers.compute.facts import TOTAL
from sedp_helpers.models import Finding

POPULATION = "population.total"
DEPARTURES = "population.departures"
WORKING_AGE = "population.working_age"


@CHECKS.register("sexes")
def check_sexes(inspection: Inspection) -> Iterator[Finding]:
    """DQ-06: women as a share of women and men, for totals; small numbers are not judged."""
    low, high, least = (inspection.limit("DQ-06", name) for name in
                        ("sex_share_min_pct", "sex_share_max_pct", "min_people"))
    for ident in inspection.limit("DQ-06", "indicators"):
        for year in inspection.grid.years(ident):
            women, men = (inspection.grid.at(ident, year, (sex, "", "", "")) for sex in "fm")
            people = _sum_sexes(inspection, ident, year, women, men)
            if people is None or sum(people) < least:
                continue
            share = 100 * people[0] / sum(people)
            row = women if women is not None and women.known else men
            if row is not None and not low <= share <= high:
                yield inspection.at_row("DQ-06", row, women=tidy(people[0]), men=tidy(people[1]),
                                        women_pct=round(share, 1), low=low, high=high)


def _sum_sexes(
    inspection: Inspection, ident: str, year: int, women: Row | None, men: Row | None
) -> tuple[float, float] | None:
    """Women and men; one of them may be what the other leaves of the total."""
    total = inspection.context.facts.get(ident, year)
    known = [row is not None and row.known for row in (women, men)]
    if all(known):
        return women.value, men.value  # type: ignore[union-attr]
    if not any(known) or total is None or not total.known:
        return None
    given = women.value if known[0] else men.value  # type: ignore[union-attr]
    rest = max(0.0, total.value - given)
    return (given, rest) if known[0] else (rest, given)


@CHECKS.register("residents")
def check_residents(inspection: Inspection) -> Iterator[Finding]:
    """DQ-37: figures of the residents of one municipality that cannot all be its own: years too
    far apart for a population without a change of borders, other sources, claims of a text."""
    rows = [row for row in inspection.grid.line(POPULATION, TOTAL)
            if row.known and row.value > 0 and row.origin not in inspection.blamed]
    apart = [later for earlier, later in itertools.pairwise(rows)
             if not breaks_series(inspection, POPULATION, later.year)
             and not _can_agree(inspection, (earlier.year, earlier.value),
                                (later.year, later.value))]
    if apart:
        yield inspection.at_row("DQ-37", apart[0], values=_unlike([row.value for row in rows]),
                                years=f"{rows[0].year}–{rows[-1].year}")
    claims = [(row.year, row.value) for row in rows]
    for other in inspection.limit("DQ-37", "others"):
        for row in inspection.grid.line(other, TOTAL):
            near = _find_nearest(claims, row.year) if row.known else None
            if near and near[0] == row.year and not _can_agree(inspection, near,
                                                               (row.year, row.value)):
                yield inspection.at_row("DQ-37", row, values=[near[1], row.value],
                                        years=str(row.year))
                break
    yield from _check_claims(inspection, claims)


def _check_claims(
    inspection: Inspection, claims: list[tuple[int, float]]
) -> Iterator[Finding]:
    """Numbers of residents that a text states, against the data and against each other."""
    for record in inspection.records("stated"):
        plain = not any(record.get(name) for name in ("sex", "age", "village", "item", "basis"))
        value, year = record.get("value"), record.get("year")
        if record.get("result") != POPULATION or not plain or not is_number(value):
            continue
        when = int(year) if is_number(year) else inspection.context.base_year
        near = _find_nearest(claims, when)
        if near and not _can_agree(inspection, near, (when, value)):
            yield inspection.at_record(
                "DQ-37", "stated", record, "value", section="population", text="DQ-37-STATED",
                values=[near[1], tidy(value)], years=str(when))
        claims = [*claims, (when, value)] if near is None else claims


def _find_nearest(claims: list[tuple[int, float]], year: int) -> tuple[int, float] | None:
    return min(claims, key=lambda one: abs(one[0] - year), default=None)


def _can_agree(
    inspection: Inspection, one: tuple[int, float], other: tuple[int, float]
) -> bool:
    """Whether two figures can be of one place: in one year, or in years between which it grew."""
    apart = abs(one[0] - other[0])
    allowed = inspection.limit("DQ-37", "year_ratio") ** apart
    low, high = sorted((one[1], other[1]))
    return low > 0 and high <= low * max(allowed, inspection.limit("DQ-37", "ratio"))


def _unlike(values: list[float]) -> list[float]:
    return [tidy(value) for value in dict.fromkeys(values)]


@CHECKS.register("leaving")
def check_leaving(inspection: Inspection) -> Iterator[Finding]:
    """DQ-08: departures about double while the population is expected to grow: not an error, but
    a tension that the text must explain. Working ages stand for all where only they are given."""
    since = inspection.context.base_year - inspection.limit("DQ-08", "years")
    counted, people = POPULATION, _known_series(inspection, POPULATION, since)
    if len(people) < 2:
        counted, people = WORKING_AGE, _known_series(inspection, WORKING_AGE, since)
    growth = _expected_growth(people)
    times = 1 + inspection.limit("DQ-08", "growth_pct") / 100
    for rows in _list_departures(inspection, since):
        first, last = rows[0], rows[-1]
        if first.value < inspection.limit("DQ-08", "min_people") or growth <= 0:
            continue
        if last.value >= first.value * times:
            yield inspection.at_row(
                "DQ-08", last, first=tidy(first.value), last=tidy(last.value),
                first_year=str(first.year), last_year=str(last.year), growth=round(growth, 2),
                people=name_figure(inspection.context, counted))
            return


def _list_departures(inspection: Inspection, since: int) -> Iterator[list[Row]]:
    """Typed series of departures of two years and more, totals before single ages."""
    keys = [key for key in inspection.grid.figures.places(DEPARTURES)
            if (key[0], key[2], key[3]) == ("", "", "")]
    for key in sorted(keys, key=lambda one: one != TOTAL):
        rows = [row for row in inspection.grid.line(DEPARTURES, key)
                if row.known and row.value > 0 and row.year >= since]
        if len(rows) > 1:
            yield rows


def _known_series(inspection: Inspection, ident: str, since: int) -> dict[int, float]:
    series = inspection.context.facts.series(ident)
    return {year: fact.value for year, fact in series.items()
            if fact.known and fact.value > 0 and year >= since}


def _expected_growth(people: dict[int, float]) -> float:
    """Mean yearly growth in % over the last three intervals, the handbook's forecast (Q30); 0
    where there are fewer than two years."""
    years = sorted(people)[-4:]
    if len(years) < 2:
        return 0.0
    return mean(100 * ((people[later] / people[earlier]) ** (1 / (later - earlier)) - 1)
                for earlier, later in itertools.pairwise(years))


@CHECKS.register("girls")
def check_girls(inspection: Inspection) -> Iterator[Finding]:
    """DQ-19: girls among covered pupils cannot outnumber all covered women and girls. Where girls
    are not counted, they are taken as the women's share of the residents, else as half."""
    ident, group, women, tolerance = (
        inspection.limit("DQ-19", name) for name in
        ("indicator", "group", "women", "tolerance_pct"))
    facts = inspection.context.facts
    for year in facts.years(ident):
        possible = facts.get(ident, year, item=women) or facts.get(ident, year, sex="f")
        pupils = facts.get(ident, year, item=group)
        girls = facts.get(ident, year, item=group, sex="f")
        row = inspection.grid.place_of(ident, year, ("", "", "", women)) or (
            inspection.grid.place_of(ident, year, ("f", "", "", "")))
        if possible is None or not possible.known or row is None:
            continue
        if girls is not None and girls.known:
            count = girls.value
        elif pupils is not None and pupils.known:
            count = pupils.value * _women_share(inspection, year)
        else:
            continue
        if count > possible.value * (1 + tolerance / 100):
            yield inspection.at_row("DQ-19", row, girls=round(count), women=tidy(possible.value))


def _women_share(inspection: Inspection, year: int) -> float:
    facts = inspection.context.facts
    women, people = facts.get(POPULATION, year, sex="f"), facts.get(POPULATION, year)
    if women is None or people is None or not women.known or not people.known or not people.value:
        return 0.5
    return women.value / people.value
