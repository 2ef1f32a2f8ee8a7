"""Acceptance cases of the handbook read from the results, at full precision.

The cases of the budget stand in ``test_stress``, those of services and sport in
``test_services_results``.
"""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd
import pytest

from sedp_helpers.analysis.growth import average_growth, growth_rates, handbook_forecast
from sedp_helpers.catalog.load import load_catalog
from sedp_helpers.compute.context import Context
from sedp_helpers.compute.facts import Facts
from sedp_helpers.compute.results import compute_results
from sedp_helpers.models import Municipality, Text

PEOPLE = "population.total"
HANDBOOK = {2021: 9800.0, 2022: 10500.0, 2023: 11000.0, 2024: 11500.0}
COLUMNS = ["indicator", "year", "value", "sex", "age", "village", "item", "status"]


def compute(series: Mapping[str, Mapping[int, float]], base_year: int = 2024) -> pd.DataFrame:
    frame = pd.DataFrame([(name, year, value, "", "", "", "", "A")
                          for name, values in series.items() for year, value in values.items()],
                         columns=COLUMNS)
    catalog = load_catalog()
    place = Municipality(id="x", name=Text(ky="Х"), base_year=base_year)
    return compute_results(Context(catalog, place, Facts(frame, catalog.indicators)), frame)


def pick(results: pd.DataFrame, ident: str, year: int, method: str = "") -> pd.Series:
    found = results[(results["result"] == ident) & (results["year"] == str(year))
                    & (results["method"] == method)]
    assert len(found) == 1, (ident, year, method, len(found))
    return found.iloc[0]


@pytest.fixture(scope="module")
def handbook() -> pd.DataFrame:
    return compute({PEOPLE: HANDBOOK})


def test_ac_01_and_02_the_rows_of_growth_and_of_its_mean(handbook: pd.DataFrame) -> None:
    found = [pick(handbook, f"{PEOPLE}.growth_pct", year)["value"] for year in (2022, 2023, 2024)]
    assert found == [7.142857142857142, 4.761904761904762, 4.545454545454546]
    assert pick(handbook, f"{PEOPLE}.mean_growth_pct", 2024)["value"] == 5.483405483405484


@pytest.mark.parametrize(
    ("case", "method", "expected"),
    [pytest.param("AC-03", "handbook_rounded", [12130.0, 12795.0, 13496.0], id="ac-03"),
     pytest.param("AC-04", "handbook", [12130.591630591631, 12795.761157233011,
                                        13497.404626172203], id="ac-04")])
def test_ac_03_and_04_both_roundings_stand_in_rows_that_name_them(
    handbook: pd.DataFrame, case: str, method: str, expected: list[float]
) -> None:
    rows = [pick(handbook, f"{PEOPLE}.forecast", year, method) for year in (2025, 2026, 2027)]
    assert [row["value"] for row in rows] == pytest.approx(expected, rel=1e-15), case
    assert {row["status"] for row in rows} == {"F"}
    assert all(pd.isna(row["lower_80"]) for row in rows)


def test_ac_05_a_shorter_series_divides_by_the_number_of_its_rates() -> None:
    results = compute({PEOPLE: {y: v for y, v in HANDBOOK.items() if y > 2021}})
    assert pick(results, f"{PEOPLE}.mean_growth_pct", 2024)["value"] == 4.653679653679654


def test_ac_06_one_year_gives_no_growth_and_no_forecast() -> None:
    results = compute({PEOPLE: {2024: 11500.0}})
    named = results["result"].str.startswith(PEOPLE)
    assert set(results.loc[named, "result"]) == {PEOPLE}


def test_ac_07_a_base_of_zero_is_not_computable_and_not_infinite() -> None:
    row = pick(compute({PEOPLE: {2023: 0.0, 2024: 5.0}}), f"{PEOPLE}.growth_pct", 2024)
    assert pd.isna(row["value"]) and (row["status"], row["missing"]) == ("O", PEOPLE)


def test_ac_08_the_compound_rate_is_another_number_than_the_handbooks() -> None:
    assert average_growth(9800, 11500, 3).compound == pytest.approx(5.476875138059767, rel=1e-14)
    assert growth_rates(pd.Series(HANDBOOK)).mean() == 5.483405483405484


def test_ac_09_a_mean_of_2_87_is_neither_the_compound_nor_the_linear_rate() -> None:
    means = average_growth(9367, 11132, 6)
    assert means.compound == 2.9189735648142534
    assert means.linear == 3.140457634959611


def test_ac_13_three_years_at_the_printed_rate() -> None:
    ahead = handbook_forecast(pd.Series({2023: 17539 / 1.0081, 2024: 17539}), 3, rounded=False)
    assert ahead[2027] == 17968.659222313698


def test_ac_14_out_migration_nearly_doubles() -> None:
    left = "population.departures"
    results = compute({left: {2021: 110.0, 2027: 217.0}}, base_year=2027)
    change = pick(results, f"{left}.period_change_pct", 2027)["value"]
    assert change == 97.27272727272727
    assert average_growth(110, 217, 6).compound == 11.989638162928618


def test_ac_16_persons_in_a_household() -> None:
    results = compute({PEOPLE: {2024: 7037.0}, "population.households": {2024: 1229.0}})
    assert pick(results, "population.household_size", 2024)["value"] == 5.725793327908869


@pytest.mark.parametrize(("arguments", "label"), [
    ((0, 5, 1), "first"), ((5, -1, 1), "last"), ((5, 6, 0), "years"),
    ((float("nan"), 5, 1), "first")])
def test_a_mean_rate_between_impossible_ends_is_refused_by_name(
    arguments: tuple[float, float, float], label: str
) -> None:
    with pytest.raises(ValueError, match=label):
        average_growth(*arguments)
