"""Identities that hold whatever the figures are: generated places, computed result by result.

Only the results in question are computed, so that an example takes some milliseconds; whole places
are computed in ``test_identities.py``.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Any

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sedp_helpers.analysis import hhi, location_quotient, shift_share
from sedp_helpers.catalog.load import load_catalog
from sedp_helpers.compute.agree import agree_with_total, by_age, by_both, by_sex
from sedp_helpers.compute.changes import compute_changes
from sedp_helpers.compute.context import Context
from sedp_helpers.compute.custom import CUSTOM
from sedp_helpers.compute.derived import compute_derived, compute_result
from sedp_helpers.compute.facts import Facts
from sedp_helpers.compute.growth import compute_growth
from sedp_helpers.compute.observed import compute_totals
from sedp_helpers.compute.results import compute_results  # noqa: F401  (registers what is custom)
from sedp_helpers.compute.rows import Row
from sedp_helpers.models import Municipality, Text

FUZZED = settings.default.max_examples > 100  # by tools/fuzz_profile.py
QUICK = settings(deadline=None) if FUZZED else settings(max_examples=20, deadline=None)
CATALOG = load_catalog()
COLUMNS = ["indicator", "year", "sex", "age", "village", "item", "value", "status"]
YEARS = (2023, 2024)
BANDS = ("0-14", "15", "16-57", "58-62", "63+")
LAST_YEARS = ("0-14", "15", "16-56", "57", "58-61", "62", "63+")  # last working ages alone
WORKING = {"f": {"16-57", "16-56", "57"}, "m": {"16-57", "58-62", *LAST_YEARS[2:6]}}
MOVES = ("deaths", "arrivals", "departures")
MONEY = ("som", "som_per_person", "som_per_ha", "som_per_month", "som_per_household_month",
         "som_per_person_month")
CUSTOM_MONEY = ("economy.concentration_hhi", "economy.location_quotient",
                *(f"economy.shift_share_{part}" for part in ("national", "mix", "local")))
LISTS = {"economy.output": ("agriculture", "industry", "trade", "services", "public"),
         "budget.revenue": ("land_tax", "rent", "fees", "equalising_transfer", "donor_grant"),
         "budget.expenditure": ("roads", "care", "water", "schools")}

Observed = list[tuple[Any, ...]]
amounts = st.integers(1, 10**7).map(float)
cents = st.integers(1, 10**9).map(lambda number: number / 100)  # sums depend on their order


def one(ident: str, year: int, value: float, *, sex: str = "", age: str = "", item: str = ""
        ) -> tuple[Any, ...]:
    return (ident, year, sex, age, "", item, value, "A")


@st.composite
def people(draw: st.DrawFn, bands: Sequence[str] = BANDS) -> Observed:
    """Residents by sex and age, births, and deaths and moves by sex and age."""
    keys = [("population.total", sex, age) for sex in "fm" for age in bands]
    keys += [(f"population.{name}", sex, age) for name in MOVES for sex in "fm" for age in bands]
    keys += [("population.births", sex, "") for sex in "fm"]
    size = len(keys) * len(YEARS)
    counts = draw(st.lists(st.integers(1, 9999), min_size=size, max_size=size))
    return [one(ident, year, float(count), sex=sex, age=age) for (year, (ident, sex, age)), count
            in zip([(year, key) for year in YEARS for key in keys], counts)]


@st.composite
def lists(draw: st.DrawFn, *idents: str, years: Sequence[int] = YEARS,
          each: st.SearchStrategy[float] = amounts) -> Observed:
    """Amounts of some items of the indicators in every year."""
    found: Observed = []
    for ident in idents:
        items = draw(st.lists(st.sampled_from(list(LISTS[ident])), min_size=2, max_size=6,
                              unique=True))
        values = draw(st.lists(each, min_size=len(items) * len(years),
                               max_size=len(items) * len(years)))
        found += [one(ident, year, value, item=item) for (year, item), value in
                  zip([(year, item) for year in years for item in items], values)]
    return found


def open_place(rows: Iterable[tuple[Any, ...]], reference: Observed | None = None,
               **registers: pd.DataFrame) -> Context:
    def facts(observed: Iterable[tuple[Any, ...]]) -> Facts:
        return Facts(pd.DataFrame(list(observed), columns=COLUMNS), CATALOG.indicators)

    place = Municipality(id="x", name=Text(ky="Х"), base_year=YEARS[-1])
    wider = {"district": facts(reference)} if reference else {}
    return Context(CATALOG, place, facts(rows), registers, wider)


def count(rows: Observed, name: str, year: int, ages: dict[str, set[str]]) -> float:
    """The people of the rows in the ages of each sex."""
    return sum(row[6] for row in rows
               if row[:2] == (f"population.{name}", year) and row[3] in ages[row[2]])


def ask(context: Context, *idents: str) -> dict[str, dict[tuple[int, str], float]]:
    """Result -> (year, item) -> its value, of the known ones."""
    found: dict[str, dict[tuple[int, str], float]] = {}
    for ident in idents:
        spec = CATALOG.results[ident]
        rows = (CUSTOM.get(spec.formula.removeprefix("custom:"))(context, spec)
                if spec.formula.startswith("custom:") else compute_result(context.facts, spec))
        found[ident] = {(int(row.year), row.item): row.value for row in rows if not row.missing}
    return found


@QUICK
@given(people())
def test_births_deaths_moves_and_the_rest_are_the_change_of_the_population(rows) -> None:
    context = open_place(rows)
    names = ("natural_increase", "net_migration", "balance_gap")
    parts = ask(context, *(f"population.{name}" for name in names))
    before, now = (context.facts.get("population.total", year).value for year in YEARS)
    assert sum(part[YEARS[1], ""] for part in parts.values()) == now - before


def split_working_age(rows: Observed) -> dict[str, float]:
    """The parts of the change of the working age in the last year."""
    of = {spec.params["part"]: name for name, spec in CATALOG.results.items()
          if spec.formula == "custom:working_age_part"}
    parts = ask(open_place(rows), *of.values())
    return {part: parts[name][YEARS[1], ""] for part, name in of.items()}


@QUICK
@given(people())
def test_entering_ageing_out_deaths_and_moves_are_the_change_of_the_working_age(rows) -> None:
    found, (before, now) = split_working_age(rows), YEARS
    change = count(rows, "total", now, WORKING) - count(rows, "total", before, WORKING)
    assert found["change"] == change == (found["entering"] - found["ageing_out"] - found["deaths"]
                                         + found["migration"])


@QUICK
@given(people(LAST_YEARS))
def test_each_part_of_the_change_of_the_working_age_counts_its_own_ages_and_year(rows) -> None:
    """Counted where the ages allow it, because what is left over would hide a wrong part."""
    before, now = YEARS
    assert split_working_age(rows) == {
        "change": count(rows, "total", now, WORKING) - count(rows, "total", before, WORKING),
        "entering": count(rows, "total", before, {"f": {"15"}, "m": {"15"}}),
        "ageing_out": count(rows, "total", before, {"f": {"57"}, "m": {"62"}}),
        "deaths": count(rows, "deaths", now, WORKING),
        "migration": (count(rows, "arrivals", now, WORKING)
                      - count(rows, "departures", now, WORKING)),
    }


@QUICK
@given(lists("economy.output", "budget.revenue", "budget.expenditure"), people())
def test_shares_of_a_whole_sum_to_a_hundred(money, residents) -> None:
    context = open_place([*money, *residents])
    for shares in ask(context, "economy.share_pct", "budget.revenue_share_pct",
                      "budget.expenditure_share_pct", "population.share_pct").values():
        sums: dict[int, float] = defaultdict(float)
        for (year, _), value in shares.items():
            sums[year] += value
        assert dict(sums) == pytest.approx(dict.fromkeys(YEARS, 100.0), rel=1e-12)


@QUICK
@given(lists("economy.output", "budget.revenue", "budget.expenditure"), people())
def test_a_total_that_is_not_given_is_the_sum_of_its_parts_and_sums_over_sex_and_age_agree(
    money, residents
) -> None:
    facts = open_place([*money, *residents]).facts
    for ident in ("economy.output", "budget.revenue", "budget.expenditure"):
        for year in YEARS:
            assert facts.get(ident, year).value == sum(
                row[6] for row in money if row[:2] == (ident, year))
    by_sexes = sum(facts.get("population.total", YEARS[1], sex=sex).value for sex in "fm")
    by_ages = facts.ages("population.total", YEARS[1], 0, None).value
    assert by_sexes == by_ages == facts.get("population.total", YEARS[1]).value


@QUICK
@given(lists("economy.output", "budget.revenue", "budget.expenditure", each=cents), people(),
       st.randoms(use_true_random=False))
def test_the_order_of_the_rows_changes_nothing(money, residents, random) -> None:
    def compute(rows: Observed) -> set[tuple[Any, ...]]:
        wider = [(*row[:6], row[6] * 3 + 1, row[7]) for row in rows if row[0] == "economy.output"]
        context = open_place(rows, wider)
        made = [*compute_totals(context), *compute_derived(context), *compute_growth(context),
                *compute_changes(context)]
        asked = ask(context, *CUSTOM_MONEY)
        return {*((row.result, row.year, row.sex, row.item, row.method, repr(row.value), row.unit)
                  for row in made),
                *((name, *place, repr(value)) for name, found in asked.items()
                  for place, value in found.items())}

    rows = [*money, *residents]
    assert compute(rows) == compute(random.sample(rows, len(rows)))


@QUICK
@given(lists("economy.output", "budget.revenue", "budget.expenditure", each=cents), people())
def test_doubling_all_money_doubles_money_and_leaves_all_else(money, residents) -> None:
    def compute(factor: float) -> dict[tuple[Any, ...], tuple[float, str]]:
        rows = [(*row[:6], row[6] * factor, row[7]) for row in money]
        wider = [(*row[:6], row[6] * 3 + factor, row[7]) for row in rows]
        context = open_place([*rows, *residents], wider)
        made: list[Row] = [*compute_derived(context), *compute_growth(context),
                           *compute_changes(context)]
        known = {(row.result, row.year, row.sex, row.item, row.method): (row.value, row.unit)
                 for row in made if not row.missing}
        return known | {(name, *place): (value, CATALOG.results[name].unit)
                        for name, found in ask(context, *CUSTOM_MONEY).items()
                        for place, value in found.items()}

    once, twice = compute(1.0), compute(2.0)
    assert once.keys() == twice.keys()
    for key, (value, unit) in once.items():
        assert twice[key][0] == value * (2 if unit in MONEY else 1), key


@QUICK
@given(lists("economy.output"), st.integers(2, 9))
def test_components_of_shift_share_add_up_in_every_sector_and_in_total(rows, times) -> None:
    wider = [(*row[:6], row[6] * times + place, row[7]) for place, row in enumerate(rows)]
    names = [f"economy.shift_share_{part}" for part in ("national", "mix", "local")]
    found = ask(open_place(rows, wider), *names)
    output = {(row[1], row[5]): row[6] for row in rows}
    sectors = {row[5] for row in rows}
    change = {item: output[YEARS[1], item] - output[YEARS[0], item] for item in sectors}
    change[""] = sum(change.values())
    for item, value in change.items():
        parts = [found[name][YEARS[1], item] for name in names]
        assert sum(parts) == pytest.approx(value, rel=1e-9, abs=1e-9 * max(map(abs, parts)) + 1e-6)


@QUICK
@given(st.lists(st.tuples(amounts, amounts), min_size=1, max_size=9))
def test_quotients_weighted_by_the_wider_shares_average_to_one(pairs) -> None:
    here, there = (pd.Series(part) for part in zip(*pairs))
    weighted = location_quotient(here, there) * there / there.sum()
    assert weighted.sum() == pytest.approx(1.0, rel=1e-12)
    assert shift_share(here, here, there, there).to_numpy() == pytest.approx(0.0)


@QUICK
@given(st.lists(amounts, min_size=1, max_size=9), st.sampled_from((2.0, 4.0, 0.5)))
def test_concentration_lies_between_even_and_one_and_knows_no_unit(values, factor) -> None:
    found = hhi(values)
    assert 1 / len(values) * (1 - 1e-12) <= found <= 1
    assert hhi([value * factor for value in values]) == found


@QUICK
@given(st.lists(st.floats(1, 1e5), min_size=8, max_size=8), st.floats(1, 1e6))
def test_forecasts_of_sexes_and_ages_are_scaled_to_the_forecast_of_the_whole(values, whole) -> None:
    def row(value: float, sex: str = "", age: str = "") -> Row:
        return Row("population", "people.forecast", 2026, value, value / 2, value * 2, value / 3,
                   value * 3, "person", sex, age, method="recommended:damped")

    parts = [row(values[0], sex="f"), row(values[1], sex="m"), row(values[2], age="0-15"),
             row(values[3], age="16+")]
    parts += [row(value, sex, age) for value, (sex, age) in
              zip(values[4:], [("f", "0-15"), ("f", "16+"), ("m", "0-15"), ("m", "16+")])]
    scaled = agree_with_total([row(whole), *parts], {"people.forecast": [by_sex, by_age, by_both]},
                              lambda total, mine: True)
    for way in (by_sex, by_age, by_both):
        assert sum(one.value for one in scaled if way(one)) == pytest.approx(whole, rel=1e-9)
    assert all(one.lower_95 <= one.lower_80 <= one.value <= one.upper_80 <= one.upper_95
               for one in scaled)
