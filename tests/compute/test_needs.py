"""Needs that follow from number and age: people times a norm, and the gap to what there is."""

from __future__ import annotations

from typing import Any

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sedp_helpers.catalog.load import load_catalog
from sedp_helpers.compute.context import Context
from sedp_helpers.compute.custom import CUSTOM
from sedp_helpers.compute.facts import Facts
from sedp_helpers.compute.norms import find_norm
from sedp_helpers.compute.outlook import compute_outlook
from sedp_helpers.compute.rows import frame_rows
from sedp_helpers.models import Municipality, Text

CATALOG = load_catalog()
COLUMNS = ["indicator", "year", "value", "sex", "age", "village", "item", "status"]
PLACES, NORM = "needs.kindergarten_places", "kindergarten_places_per_100"


def frame_of(rows: list[tuple[Any, ...]]) -> pd.DataFrame:
    """Observations of (indicator, year, value[, age[, item]])."""
    return pd.DataFrame(
        [(r[0], r[1], r[2], "", r[3] if len(r) > 3 else "", "", r[4] if len(r) > 4 else "", "A")
         for r in rows],
        columns=COLUMNS,
    )


def make_context(
    rows: list[tuple[Any, ...]], *, ahead: bool = True, **fields: Any
) -> Context:
    """A municipality of rows; ``ahead=False`` leaves out the forecasts, which cost time."""
    place = Municipality(id="x", name=Text(ky="Х"), base_year=2024, horizon=2)
    context = Context(CATALOG, place, Facts(frame_of(rows), CATALOG.indicators), **fields)
    context.forecasts = list(compute_outlook(context)) if ahead else []
    return context


def need(context: Context, ident: str) -> pd.DataFrame:
    spec = CATALOG.results[ident]
    rows = CUSTOM.get(spec.formula.removeprefix("custom:"))(context, spec)
    frame = frame_rows(rows)
    return frame.assign(year=frame["year"].astype(int)).set_index("year")


def births(first: int, values: list[float]) -> list[tuple[Any, ...]]:
    return [("population.births", first + i, value) for i, value in enumerate(values)]


def test_own_ages_come_before_births() -> None:
    context = make_context([("population.total", 2024, 60.0, "3-5"),
                            *births(2019, [100.0] * 6)])
    row = need(context, PLACES).loc[2024]
    assert row["value"] == 0.8 * 300 and row["method"].startswith("births:")
    both = make_context([("population.total", year, 60.0, "3-5") for year in (2023, 2024)]
                        + births(2019, [100.0] * 6))
    row = need(both, PLACES).loc[2024]
    assert row["value"] == 0.8 * 60 and row["method"] == f"ages:{NORM}:example"


def test_children_of_three_to_five_are_those_born_three_to_five_years_before() -> None:
    context = make_context(births(2018, [1.0, 10.0, 20.0, 30.0, 40.0, 50.0, 60.0]))
    found = need(context, PLACES)
    assert list(found["value"]) == [0.8 * 60, 0.8 * 90, 0.8 * 120]
    assert set(found["status"]) == {"E"}


def test_with_stocks_at_the_start_of_the_year_births_shift_by_one() -> None:
    context = make_context(births(2018, [1.0, 10.0, 20.0, 30.0, 40.0, 50.0, 60.0]))
    context.municipality = context.municipality.model_copy(update={"stock_date": "year_start"})
    assert need(context, PLACES).loc[2024, "value"] == 0.8 * 31


def test_a_limit_inside_a_band_is_not_split_but_named_as_missing() -> None:
    rows = [("population.total", year, 100.0, "0-4") for year in (2023, 2024)]
    rows += [("population.total", year, 500.0, "5+") for year in (2023, 2024)]
    found = need(make_context(rows), PLACES)
    assert set(found["status"]) == {"O"} and found["value"].isna().all()
    assert set(found["missing"]) == {"population.births"}


def test_where_only_the_total_is_known_the_structure_of_the_district_is_used_and_named() -> None:
    district = Facts(frame_of([("population.total", 2022, 1_000.0),
                               ("population.total", 2022, 70.0, "3-5")]), CATALOG.indicators)
    rows = [("population.total", 2023, 200.0), ("population.total", 2024, 200.0)]
    found = need(make_context(rows, reference={"district": district}), PLACES)
    assert found.loc[2024, "value"] == pytest.approx(0.8 * 14)
    assert found.loc[2024, "method"] == f"district:{NORM}:example"
    assert list(found["status"]) == ["I", "F", "F"]
    country = need(make_context(rows, reference={"country": district}), PLACES)
    assert country.loc[2024, "method"] == f"country:{NORM}:example"


def test_school_places_follow_enrolment_where_ages_are_unknown() -> None:
    rows = [("education.pupils", year, 300.0) for year in (2022, 2023, 2024)]
    row = need(make_context(rows), "needs.school_places").loc[2024]
    assert row["value"] == 300.0 and row["method"] == "enrolled:school_places_per_100:example"
    assert row["status"] == "E"


def test_the_office_s_norm_replaces_the_example_and_is_called_a_norm() -> None:
    context = make_context([("population.total", 2024, 2_000.0)],
                           norms={"residents_per_doctor": {"value": "1 000", "status": "norm"}})
    row = need(context, "needs.doctors").loc[2024]
    assert row["value"] == 2.0 and row["method"] == "residents:residents_per_doctor:norm"
    assert find_norm(make_context([]), "residents_per_doctor").status == "example"


def test_a_norm_that_is_no_positive_number_makes_the_need_not_computable() -> None:
    for value in ("", "many", "0", "-5"):
        context = make_context([("population.total", 2024, 2_000.0)],
                               norms={"residents_per_doctor": {"value": value, "status": "norm"}})
        found = need(context, "needs.doctors")
        assert set(found["missing"]) == {"residents_per_doctor"}, value


def test_daily_water_is_residents_times_litres_in_cubic_metres() -> None:
    context = make_context([("population.total", 2024, 2_000.0)])
    assert need(context, "needs.water_m3_day").loc[2024, "value"] == 100.0


def test_the_gap_is_the_need_less_the_last_known_supply() -> None:
    rows = births(2018, [1.0, 10.0, 20.0, 30.0, 40.0, 50.0, 60.0])
    rows += [("education.kindergarten_places", 2022, 60.0),
             ("education.kindergarten_places", 2026, 999.0)]
    found = need(make_context(rows), f"{PLACES}_gap")
    assert list(found["value"]) == pytest.approx([-12.0, 12.0, 36.0])


def test_the_year_of_the_gap_is_the_first_in_which_places_are_short() -> None:
    rows = births(2018, [1.0, 10.0, 20.0, 30.0, 40.0, 50.0, 60.0])
    short = make_context([*rows, ("education.kindergarten_places", 2024, 60.0)])
    found = need(short, f"{PLACES}_gap_year")
    assert found.loc[2026, "value"] == 2025.0 and found.loc[2026, "unit"] == "year"
    enough = make_context([*rows, ("education.kindergarten_places", 2024, 500.0)])
    assert len(need(enough, f"{PLACES}_gap_year")) == 0


def test_a_gap_without_supply_is_not_computable_and_names_it() -> None:
    found = need(make_context([("population.total", 2024, 2_000.0)]), "needs.doctors_gap")
    assert found.loc[2024, "missing"] == "health.doctors" and found["value"].isna().all()


def test_plots_are_for_the_queue_and_for_new_households_never_fewer() -> None:
    rows = [("space.housing_queue", 2024, 10.0)]
    growing = rows + [("population.households", y, 100.0 + 10 * i)
                      for i, y in enumerate((2020, 2021, 2022, 2023, 2024))]
    falling = rows + [("population.households", y, 140.0 - 10 * i)
                      for i, y in enumerate((2020, 2021, 2022, 2023, 2024))]
    assert need(make_context(growing), "needs.plots").loc[2024, "value"] == 10.0
    assert need(make_context(growing), "needs.plots").loc[2026, "value"] > 10.0
    assert need(make_context(falling), "needs.plots").loc[2026, "value"] == 10.0


def test_unused_settlement_land_is_the_supply_of_plots() -> None:
    rows = [("space.housing_queue", 2024, 10.0), ("space.plot_ha", 2024, 0.08),
            ("population.households", 2023, 100.0), ("population.households", 2024, 100.0),
            ("space.land_ha", 2024, 5.0, "", "settlement"),
            ("space.land_used_ha", 2024, 4.6, "", "settlement")]
    found = need(make_context(rows), "needs.plots_gap")
    assert found.loc[2024, "value"] == pytest.approx(10 - 0.4 / 0.08)


def test_nothing_given_means_no_rows() -> None:
    for ident in ("needs.kindergarten_places", "needs.doctors", "needs.plots_gap"):
        assert len(need(make_context([]), ident)) == 0


@settings(max_examples=25, deadline=None)
@given(st.lists(st.integers(0, 500), min_size=7, max_size=7), st.integers(0, 1_000))
def test_need_is_gap_plus_supply(values: list[int], supply: int) -> None:
    places = ("education.kindergarten_places", 2024, float(supply))
    context = make_context([*births(2018, [float(v) for v in values]), places], ahead=False)
    gap = need(context, f"{PLACES}_gap")["value"]
    assert (gap + supply).tolist() == pytest.approx(need(context, PLACES)["value"].tolist())
