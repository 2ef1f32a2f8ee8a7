"""Checks of people against people: sexes (DQ-06), residents (DQ-37), leaving while growing
(DQ-08), girls among those who do sport (DQ-19)."""

from __future__ import annotations

from collections.abc import Iterator
from statistics import mean

from sedp_helpers.checks.balance import breaks_series
from sedp_helpers.checks.grid import Row
from sedp_helpers.checks.inspection import CHECKS, Inspection, is_number, tidy
from sedp_helpers.compute.facts import TOTAL
from sedp_helpers.models import Finding

POPULATION = "population.total"
DEPARTURES = "population.departures"


@CHECKS.register("sexes")
def check_sexes(inspection: Inspection) -> Iterator[Finding]:
    """DQ-06: women as a share of women and men, for totals; small numbers are not judged."""
    low, high, least = (inspection.limit("DQ-06", name) for name in
                        ("sex_share_min_pct", "sex_share_max_pct", "min_people"))
    for ident in inspection.limit("DQ-06", "indicators"):
        for year in inspection.grid.years(ident):
            cells = inspection.grid.cells(ident, year)
            women, men = cells.get(("f", "", "", "")), cells.get(("m", "", "", ""))
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
    """DQ-37: figures of the residents of one municipality that cannot all be its own: different
    sources of one year, or years too far apart for a population without a change of borders."""
    ratio = inspection.limit("DQ-37", "ratio")
    for year, claims in _gather_residents(inspection).items():
        low, high = (pick(claims, key=lambda one: one[0]) for pick in (min, max))
        if low[0] > 0 and high[0] / low[0] > ratio:
            yield _report_residents(inspection, high, [value for value, _ in claims], str(year))
    yearly = 1 + inspection.limit("DQ-37", "largest_year_pct") / 100
    rows = [row for row in inspection.grid.series(POPULATION).get(TOTAL, ()) if row.known]
    apart = [
        later for earlier, later in zip(rows, rows[1:])
        if min(earlier.value, later.value) > 0 and not breaks_series(inspection, POPULATION,
                                                                     later.year)
        and earlier.origin not in inspection.blamed and later.origin not in inspection.blamed
        and _factor(earlier, later) > yearly ** (later.year - earlier.year)
    ]
    if apart:
        values = [row.value for row in rows]
        yield _report_residents(inspection, (apart[0].value, apart[0]), values,
                                f"{rows[0].year}–{rows[-1].year}")


def _factor(one: Row, other: Row) -> float:
    return max(one.value, other.value) / min(one.value, other.value)


def _gather_residents(inspection: Inspection) -> dict[int, list[tuple[float, object]]]:
    """Year -> claims of the number of residents, each with its row or record."""
    found: dict[int, list[tuple[float, object]]] = {}
    for ident in inspection.limit("DQ-37", "sources"):
        for row in inspection.grid.rows(ident):
            if row.key == TOTAL and row.known and row.origin not in inspection.blamed:
                found.setdefault(row.year, []).append((row.value, row))
    for record in inspection.records("stated"):
        plain = not any(record.get(dim) for dim in ("sex", "age", "village", "item", "basis"))
        if record.get("result") == POPULATION and plain and is_number(record.get("value")):
            year = record.get("year")
            if is_number(year):
                found.setdefault(int(year), []).append((record["value"], record))
    return found


def _report_residents(
    inspection: Inspection, blamed: tuple[float, object], values: list[float], years: str
) -> Finding:
    params = {"values": [tidy(value) for value in dict.fromkeys(values)], "years": years}
    if isinstance(blamed[1], Row):
        return inspection.at_row("DQ-37", blamed[1], **params)
    return inspection.at_record("DQ-37", "stated", blamed[1], "value",  # type: ignore[arg-type]
                                section="population", text="DQ-37-STATED", **params)


@CHECKS.register("leaving")
def check_leaving(inspection: Inspection) -> Iterator[Finding]:
    """DQ-08: departures about double while the population is expected to grow: not an error, but
    a tension that the text must explain."""
    least, years = inspection.limit("DQ-08", "min_people"), inspection.limit("DQ-08", "years")
    base = inspection.context.base_year
    left = _known_series(inspection, DEPARTURES, base - years)
    people = _known_series(inspection, POPULATION, base - years)
    if len(left) < 2 or len(people) < 2:
        return
    first, last = min(left), max(left)
    growth = _expected_growth(people)
    doubled = left[last] >= left[first] * (1 + inspection.limit("DQ-08", "growth_pct") / 100)
    row = inspection.grid.place_of(DEPARTURES, last)
    if row is not None and growth > 0 and doubled and left[first] >= least:
        yield inspection.at_row(
            "DQ-08", row, first=tidy(left[first]), last=tidy(left[last]), first_year=str(first),
            last_year=str(last), growth=round(growth, 2))


def _known_series(inspection: Inspection, ident: str, since: int) -> dict[int, float]:
    series = inspection.context.facts.series(ident)
    return {year: fact.value for year, fact in series.items()
            if fact.known and fact.value > 0 and year >= since}


def _expected_growth(people: dict[int, float]) -> float:
    """Mean yearly growth in % over the last three intervals, the handbook's forecast (Q30)."""
    years = sorted(people)[-4:]
    return mean(100 * ((people[later] / people[earlier]) ** (1 / (later - earlier)) - 1)
                for earlier, later in zip(years, years[1:]))


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
