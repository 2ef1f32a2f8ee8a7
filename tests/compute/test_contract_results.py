"""Results as the outside reads them: what counts as an input, what is never guessed."""

from __future__ import annotations

from math import inf, isnan
from typing import Any

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sedp_helpers.analysis import forecast, handbook_forecast
from sedp_helpers.catalog.load import load_catalog
from sedp_helpers.compute.context import Context
from sedp_helpers.compute.facts import Facts
from sedp_helpers.compute.outlook import read_limits
from sedp_helpers.compute.results import compute_results
from sedp_helpers.models import Municipality, Text

COLUMNS = ["indicator", "year", "value", "sex", "age", "village", "item", "status"]
OUTPUT, EMPLOYED, PEOPLE = "economy.output", "population.employed", "population.total"
NAN = float("nan")


def row(indicator: str, year: int, value: float, status: str = "A", **dims: str) -> list[Any]:
    return [indicator, year, value, *(dims.get(d, "") for d in ("sex", "age", "village", "item")),
            status]


def compute(
    rows: list[list[Any]], *, registers: dict[str, pd.DataFrame] | None = None,
    district: list[list[Any]] | None = None,
) -> pd.DataFrame:
    catalog = load_catalog()
    frame = pd.DataFrame(rows, columns=COLUMNS)
    reference = {} if district is None else {
        "district": Facts(pd.DataFrame(district, columns=COLUMNS), catalog.indicators)}
    place = Municipality(id="x", name=Text(ky="Х"), base_year=2024, horizon=2)
    context = Context(catalog, place, Facts(frame, catalog.indicators), registers or {}, reference)
    return compute_results(context, frame)


def pick(results: pd.DataFrame, ident: str, year: int | str = 2024, **dims: str) -> pd.Series:
    wanted = {"sex": "", "age": "", "village": "", "item": "", **dims}
    found = results[(results["result"] == ident) & (results["year"] == str(year))]
    for name, value in wanted.items():
        found = found[found[name] == value]
    assert len(found) == 1, (ident, year, dims, len(found))
    return found.iloc[0]


# ---- changes -----------------------------------------------------------------------------
def test_a_change_is_this_year_less_the_last_and_the_mean_rate_is_of_the_last_three_years() -> None:
    people = {2020: 100.0, 2021: 200.0, 2022: 220.0, 2023: 209.0, 2024: 250.8}
    results = compute([row(PEOPLE, year, value) for year, value in people.items()])
    assert pick(results, f"{PEOPLE}.change", 2023)["value"] == -11
    assert pick(results, f"{PEOPLE}.change", 2024)["value"] == pytest.approx(41.8, rel=1e-12)
    mean = pick(results, f"{PEOPLE}.mean_growth_pct")  # +10 %, −5 %, +20 %; not the +100 % before
    assert mean["value"] == pytest.approx(25 / 3, rel=1e-12)


# ---- totals ------------------------------------------------------------------------------
def facts(rows: list[list[Any]], villages: tuple[str, ...] = ()) -> Facts:
    return Facts(pd.DataFrame(rows, columns=COLUMNS), load_catalog().indicators, villages)


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_a_total_is_the_given_one_or_the_first_complete_sum_in_the_order_of_the_contract(
    data: st.DataObject,
) -> None:
    parts = {"sex": ("f", "m"), "age": ("0-4", "5-15", "16+"), "village": ("v1", "v2")}
    rows, sums = [], []
    if (given_total := data.draw(st.none() | st.integers(0, 99))) is not None:
        rows.append(row(PEOPLE, 2024, float(given_total)))
    for dim, names in parts.items():
        typed = {name: data.draw(st.none() | st.integers(0, 99)) for name in names}
        rows += [row(PEOPLE, 2024, float(value), **{dim: name})
                 for name, value in typed.items() if value is not None]
        if None not in typed.values():
            sums.append((float(sum(typed.values())), dim))
    fact = facts(rows, parts["village"]).get(PEOPLE, 2024)
    expected = ((float(given_total), "observed") if given_total is not None
                else sums[0] if sums else None)
    assert (None if fact is None else (fact.value, fact.method)) == expected


def test_what_is_only_a_part_of_another_item_is_not_added_to_the_total_again() -> None:
    parts = {"arable": 100.0, "irrigated": 60.0, "rainfed": 40.0, "settlement": 20.0}
    land = facts([row("space.land_ha", 2024, value, item=item) for item, value in parts.items()])
    assert land.get("space.land_ha", 2024).value == 120.0


def test_fine_bands_of_one_village_do_not_hide_the_bands_of_the_whole() -> None:
    whole = [row(PEOPLE, 2024, 10.0, age=band) for band in ("0-4", "5+")]
    village = [row(PEOPLE, 2024, 1.0, age=band, village="v1") for band in ("0", "1-4", "5+")]
    table = facts(whole + village, ("v1", "v2"))
    assert table.get(PEOPLE, 2024).value == 20.0
    assert table.ages(PEOPLE, 2024, 0, 4).value == 10.0


# ---- dependency --------------------------------------------------------------------------
BANDS = ("0-15", "16-57", "58-62", "63+")


def people(**statuses: str) -> list[list[Any]]:
    return [row(PEOPLE, 2024, 100.0, statuses.get(f"a{band[:2]}", "A"), sex=sex, age=band)
            for sex in ("f", "m") for band in BANDS]


def test_the_status_of_a_dependency_is_that_of_its_own_ages() -> None:
    results = compute(people(a63="E"))
    child = pick(results, "population.dependency_child_per_1000")
    assert child["status"] == "A" and "age=63+" not in child["inputs"]
    assert pick(results, "population.dependency_old_per_1000")["status"] == "E"
    assert pick(results, "population.dependency_total_per_1000")["status"] == "E"
    assert child["value"] == pytest.approx(1000 * 200 / 300)


# ---- sectors -----------------------------------------------------------------------------
def sectors(indicator: str, year: int, **values: float) -> list[list[Any]]:
    return [row(indicator, year, value, "A" if value == value else "L", item=item)
            for item, value in values.items()]


def test_a_sector_that_is_there_without_a_figure_is_not_counted_as_zero() -> None:
    rows = sectors(OUTPUT, 2023, agriculture=6.0, trade=2.0)
    rows += sectors(OUTPUT, 2024, agriculture=6.0, trade=NAN)
    results = compute(rows, district=sectors(OUTPUT, 2023, agriculture=50.0, trade=50.0)
                      + sectors(OUTPUT, 2024, agriculture=50.0, trade=50.0))
    assert pick(results, "economy.concentration_hhi", 2023)["value"] == pytest.approx(0.625)
    hidden = pick(results, "economy.concentration_hhi", 2024)
    assert (hidden["status"], hidden["missing"]) == ("O", OUTPUT)
    quotient = pick(results, "economy.location_quotient", 2024, item="agriculture")
    assert (quotient["status"], quotient["missing"]) == ("O", OUTPUT)
    assert pick(results, "economy.location_quotient", 2023, item="agriculture")["value"] == 1.5


def test_one_sector_alone_is_full_concentration() -> None:
    results = compute(sectors(OUTPUT, 2024, agriculture=6.0))
    assert pick(results, "economy.concentration_hhi")["value"] == 1.0


def test_the_doubt_of_the_district_reaches_the_quotient_and_the_shift_of_people_is_in_people(
) -> None:
    local = [r for year in (2023, 2024) for r in sectors(EMPLOYED, year, trade=4.0, industry=6.0)]
    wider = [[*r[:-1], "E"] for year in (2023, 2024)
             for r in sectors(EMPLOYED, year, trade=40.0, industry=60.0 + year - 2023)]
    results = compute(local, district=wider)
    assert pick(results, "economy.location_quotient", item="trade")["status"] == "E"
    shift = pick(results, "economy.shift_share_local", item="industry")
    assert (shift["unit"], shift["method"], shift["status"]) == ("person", "employment:district",
                                                                 "E")


# ---- forecasts ---------------------------------------------------------------------------
def test_parts_are_not_stretched_to_a_total_that_they_never_made_up() -> None:
    rent = {2022: 10.0, 2023: 11.0, 2024: 12.0}
    rows = [row("budget.revenue", year, value, item="rent") for year, value in rent.items()]
    rows += [row("budget.revenue", year, 1000.0) for year in rent]
    results = compute(rows)
    past = pd.DataFrame({"unit": "rent", "year": list(rent), "value": list(rent.values())})
    alone = forecast(past, 2, kind="money")
    part = results[(results["result"] == "budget.revenue.forecast") & (results["item"] == "rent")
                   & results["method"].str.startswith("recommended")]
    assert part["value"].tolist() == pytest.approx(alone["value"].tolist())


def test_parts_that_make_up_the_total_still_do_in_the_forecast() -> None:
    rows = [row("budget.revenue", year, value * (year - 2018) ** power, item=item)
            for year in range(2019, 2025)
            for item, value, power in (("rent", 10.0, 1), ("fees", 7.0, 2))]
    results = compute(rows)
    ahead = results[(results["result"] == "budget.revenue.forecast") & (results["year"] == "2026")
                    & results["method"].str.startswith("recommended")]
    total = ahead.loc[ahead["item"] == "", "value"].item()
    assert ahead.loc[ahead["item"] != "", "value"].sum() == pytest.approx(total)


def test_a_slip_taken_for_growth_gives_no_figure_and_no_error() -> None:
    steep = [1.0, 1e9]
    assert handbook_forecast(steep, horizon=60).iloc[-1] == inf
    assert handbook_forecast(steep, horizon=60, rounded=False).iloc[-1] == inf
    rows = [row("population.poor", 1990, 1e-150), row("population.poor", 1991, 1e150)]
    results = compute(rows)
    wild = results[(results["result"] == "population.poor.forecast")
                   & (results["method"].str.startswith("handbook"))]
    assert len(wild) == 4 and set(wild["status"]) == {"O"}
    assert set(wild["missing"]) == {"population.poor"}


def test_an_interval_without_an_end_is_none() -> None:
    limits = read_limits({"lower_80": 1.0, "upper_80": 2.0, "lower_95": 0.0, "upper_95": inf})
    assert (limits["lower_80"], limits["upper_80"]) == (1.0, 2.0)
    assert isnan(limits["lower_95"]) and isnan(limits["upper_95"])


# ---- registers ---------------------------------------------------------------------------
def test_a_crop_without_a_year_is_passed_over() -> None:
    crops = pd.DataFrame({"crop": ["wheat", "wheat", ""], "year": [NAN, 2024.0, 2024.0],
                          "price_som_kg": [20.0, 20.0, 1.0], "cost_per_ha": [100.0, 100.0, 1.0]})
    rows = [row("economy.crop_area_ha", 2024, 2.0, item="wheat"),
            row("economy.crop_output_t", 2024, 6.0, item="wheat")]
    results = compute(rows, registers={"crops": crops})
    profit = results[results["result"] == "economy.crop_profit_per_ha"]
    assert profit["value"].tolist() == [3 * 1000 * 20.0 - 100.0]
