"""The simulated budgets behind the chance of a gap are told with their limits."""

from __future__ import annotations

import pandas as pd

from sedp_helpers.catalog.load import load_catalog
from sedp_helpers.compute.context import Context
from sedp_helpers.compute.facts import Facts
from sedp_helpers.compute.results import compute_results
from sedp_helpers.models import Municipality, Text

COLUMNS = ["indicator", "year", "value", "sex", "age", "village", "item", "status"]
RISKS = pd.DataFrame({"name": ["cut", "flood"], "kind": ["transfers", "disaster"],
                      "probability": [0.3, 0.2], "impact": [300.0, 200.0]})


def compute(reserve: float | None = 50.0) -> pd.DataFrame:
    catalog = load_catalog()
    rows = [[f"budget.{side}", year, 1000.0, "", "", "", "", "A"]
            for side in ("revenue", "expenditure") for year in range(2019, 2025)]
    rows += [["budget.reserve_fund", 2024, reserve, "", "", "", "", "A"]] if reserve else []
    frame = pd.DataFrame(rows, columns=COLUMNS)
    place = Municipality(id="x", name=Text(ky="Х"), base_year=2024, horizon=2)
    context = Context(catalog, place, Facts(frame, catalog.indicators), {"risks": RISKS})
    return compute_results(context, frame)


def test_the_balance_lies_between_its_limits_and_the_gap_is_what_the_reserve_cannot_carry() -> None:
    results = compute().set_index(["result", "year"])["value"]
    for year in ("2025", "2026"):
        low, middle, high = (results[f"budget.balance_{level}", year]
                             for level in ("p10", "p50", "p90"))
        assert (low, middle, high) == (-300, 0, 0)  # quiet in 56 of 100 years, at worst −500
        assert 40 < results["budget.gap_probability_pct", year] < 48


def test_without_a_reserve_figure_neither_limits_nor_a_chance_are_told() -> None:
    results = compute(reserve=None)
    for ident in ("budget.balance_p10", "budget.gap_probability_pct"):
        (found,) = results[results["result"] == ident].to_dict("records")
        assert found["missing"] == "budget.reserve_fund"
