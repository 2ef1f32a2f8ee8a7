"""Forecasts and medians that look at other municipalities."""

import numpy as np
import pandas as pd

from sedp_helpers.analysis import forecast
from sedp_helpers.compute.neighbours import FEWEST, Neighbours, forecast_totals

TOTAL = "population.total"
YEARS = range(2015, 2025)
QUESTION = (TOTAL, 2024, 2027)


def make_panel(places: int) -> pd.DataFrame:
    draw = np.random.default_rng(7)
    return pd.DataFrame([
        {"indicator": TOTAL, "unit": f"m{place:02}", "year": year, "item": "",
         "value": round(5000 * np.exp(0.01 * (year - 2015) + draw.normal(0, 0.02)))}
        for place in range(places) for year in YEARS])


def own_series(neighbours: Neighbours, unit: str) -> dict[int, float]:
    return neighbours.series(TOTAL, 2024)[unit]


def test_a_forecast_made_for_all_places_is_the_one_each_place_makes_for_itself() -> None:
    neighbours = Neighbours(make_panel(12))
    made = forecast_totals(neighbours.totals[TOTAL], QUESTION, ["m03"], kind="count")
    alone = forecast(neighbours.join(TOTAL, "m03", 2024, own_series(neighbours, "m03")), 3)
    mine = alone[alone["unit"] == "m03"]
    assert made["value"].tolist() == mine["value"].tolist()
    assert made["lower_95"].tolist() == mine["lower_95"].tolist()


def test_a_stored_forecast_is_not_used_once_a_figure_has_changed() -> None:
    stored = [{"year": 2025, "value": 1.0}]
    neighbours = Neighbours(make_panel(12), lambda unit: {QUESTION: stored})
    same = own_series(neighbours, "m03")
    assert neighbours.find_answer("m03", QUESTION, same) == stored
    assert neighbours.find_answer("m03", QUESTION, {**same, 2024: 1.0}) is None
    assert neighbours.find_answer("m03", (TOTAL, 2023, 2026), same) is None


def test_too_few_other_places_are_not_looked_at() -> None:
    few, enough = Neighbours(make_panel(FEWEST)), Neighbours(make_panel(FEWEST + 1))
    assert not few.has_others(TOTAL, "m00", 2024) and enough.has_others(TOTAL, "m00", 2024)
    assert few.has_others(TOTAL, "somewhere", 2024)
    assert forecast_totals(few.totals[TOTAL], QUESTION, ["m00"], kind="count").empty


def test_figures_after_the_base_year_are_not_used() -> None:
    neighbours = Neighbours(make_panel(12))
    joined = neighbours.join(TOTAL, "m03", 2020, {2019: 1.0, 2020: 2.0})
    assert joined["year"].max() == 2020
    assert joined.loc[joined["unit"] == "m03", "value"].tolist() == [1.0, 2.0]
    assert joined["unit"].tolist() == sorted(joined["unit"])


def test_figures_per_resident_leave_out_places_that_count_no_residents() -> None:
    rows = [{"indicator": name, "unit": unit, "year": 2024, "item": "", "value": value}
            for unit, people in (("a", 100.0), ("b", 0.0), ("c", None))
            for name, value in ((TOTAL, people), ("budget.revenue", 500.0)) if value is not None]
    ratios = Neighbours(pd.DataFrame(rows)).ratios(2024)
    assert ratios["budget.revenue"].dropna().to_dict() == {"a": 5.0}
    assert Neighbours(pd.DataFrame(rows)).ratios(1999).empty
