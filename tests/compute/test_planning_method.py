"""The method an office plans with makes the one planning figure that everything else uses."""

from __future__ import annotations

import pandas as pd
import pytest

from sedp_helpers.analysis import forecast
from sedp_helpers.catalog.load import load_catalog
from sedp_helpers.compute.context import Context
from sedp_helpers.compute.facts import Facts
from sedp_helpers.compute.results import compute_results
from sedp_helpers.models import Municipality, Text

CATALOG = load_catalog()
COLUMNS = ["indicator", "year", "value", "sex", "age", "village", "item", "status"]
YEARS = range(2015, 2025)
HOUSEHOLDS = [1000.0 + 12 * (year - 2015) + 30 * (year % 3) for year in YEARS]


def compute(method: str, neighbours: bool = False) -> pd.DataFrame:
    rows = [["population.households", year, value, "", "", "", "", "A"]
            for year, value in zip(YEARS, HOUSEHOLDS)]
    rows += [["space.housing_queue", 2024, 50.0, "", "", "", "", "A"],
             ["space.plot_ha", 2024, 0.1, "", "", "", "", "A"]]
    frame = pd.DataFrame(rows, columns=COLUMNS)
    panel = pd.DataFrame([("population.households", f"u{unit}", year, 900.0 + unit * 50 + year % 7)
                          for unit in range(12) for year in YEARS],
                         columns=["indicator", "unit", "year", "value"]) if neighbours else None
    place = Municipality(id="x", name=Text(ky="Х"), base_year=2024, planning_method=method)
    return compute_results(Context(CATALOG, place, Facts(frame, CATALOG.indicators), panel=panel),
                           frame)


def planned(results: pd.DataFrame) -> pd.DataFrame:
    rows = results[(results["result"] == "population.households.forecast")
                   & results["method"].str.startswith("recommended:")]
    return rows.set_index("year")


@pytest.mark.parametrize("neighbours", [False, True], ids=["alone", "with a panel"])
@pytest.mark.parametrize("method", ["handbook", "drift", "last"])
def test_the_named_method_makes_the_planning_figure_with_its_interval(
    method: str, neighbours: bool
) -> None:
    results = compute(method, neighbours)
    rows = planned(results)
    table = pd.DataFrame({"unit": "x", "year": YEARS, "value": HOUSEHOLDS})
    expected = forecast(table, 3, method=method)
    assert set(rows["method"]) == {f"recommended:{method}"}
    assert rows["value"].to_list() == pytest.approx(expected["value"].to_list(), rel=1e-12)
    assert rows["lower_80"].notna().all() and (rows["lower_80"] <= rows["value"]).all()
    need = results[results["result"] == "space.housing_land_need_ha"]["value"].iloc[0]
    growth = max(0.0, rows.loc["2027", "value"] - HOUSEHOLDS[-1])
    assert need == pytest.approx((50 + growth) * 0.1, rel=1e-12)


@pytest.mark.parametrize("method", ["", "expert assessment"])
def test_without_a_method_of_ours_the_one_that_missed_least_is_taken(method: str) -> None:
    rows = planned(compute(method))
    table = pd.DataFrame({"unit": "x", "year": YEARS, "value": HOUSEHOLDS})
    expected = forecast(table, 3)
    assert rows["value"].to_list() == pytest.approx(expected["value"].to_list(), rel=1e-9)
