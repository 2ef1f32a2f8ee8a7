"""Results of the sample municipality worked out again from its raw tables by plain arithmetic.

Nothing of the package is used for the expected numbers: rows are read with ``csv`` and added,
divided and multiplied here, as one would in a spreadsheet.
"""

from __future__ import annotations

import csv
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path

import pandas as pd
import pytest

from sedp_helpers.catalog.load import load_catalog
from sedp_helpers.compute.rows import frame_rows
from sedp_helpers.intake.collect import collect_folder
from sedp_helpers.paths import Workspace
from sedp_helpers.prepare import evaluate

ROOT = Path(__file__).parents[2]
RAW = ROOT / "data" / "raw"


def read(name: str, folder: str = "demo") -> list[dict[str, str]]:
    with (RAW / folder / f"{name}.csv").open(encoding="utf-8-sig", newline="") as handle:
        return list(csv.DictReader(handle))


ROWS = {folder: {(row["indicator"], int(row["year"]), row["sex"], row["age"], row["village"],
                  row["item"]): float(row["value"] or "nan")
                 for row in read("observations", folder)}
        for folder in ("demo", "district-demo")}


def of(indicator: str, year: int = 2024, item: str = "", folder: str = "demo") -> float:
    return ROWS[folder][indicator, year, "", "", "", item]


def items(indicator: str, year: int = 2024, folder: str = "demo") -> dict[str, float]:
    return {key[5]: value for key, value in ROWS[folder].items()
            if key[:5] == (indicator, year, "", "", "") and key[5]}


@pytest.fixture(scope="module")
def results() -> pd.DataFrame:
    catalog = load_catalog()
    collected = collect_folder(RAW / "demo", catalog)
    return frame_rows(evaluate(Workspace(ROOT), collected, catalog)[0])


def dependency() -> float:
    def people(sex: str, first: int, last: int) -> float:
        total = 0.0
        for (name, year, own, age, village, _), value in ROWS["demo"].items():
            if (name, year, own, village) == ("population.total", 2024, sex, "") and age:
                low, high = f"{age.replace('+', '-200')}-{age}".split("-")[:2]
                total += value if first <= int(low) and int(high) <= last else 0.0
        return total

    working = people("f", 16, 57) + people("m", 16, 62)
    rest = people("f", 0, 15) + people("m", 0, 15) + people("f", 58, 200) + people("m", 63, 200)
    return 1000 * rest / working


def balance_gap() -> float:
    change = of("population.total") - of("population.total", 2023)
    born = of("population.births") - of("population.deaths")
    return change - born - (of("population.arrivals") - of("population.departures"))


def forecast() -> float:
    people = [of("population.total", year) for year in (2021, 2022, 2023, 2024)]
    rates = [later / earlier - 1 for earlier, later in pairwise(people)]
    return people[-1] * (1 + sum(rates) / 3) ** 2


def own_pct() -> float:
    own = ("land_tax", "property_tax", "income_tax", "subsoil_tax", "patent_tax", "paid_services",
           "rent", "fines", "fees", "special_funds", "pasture_fee", "land_fund_rent",
           "other_nontax")
    revenue = items("budget.revenue")
    return 100 * sum(revenue.get(name, 0.0) for name in own) / of("budget.revenue")


def hhi() -> float:
    output = items("economy.output")
    return sum((value / sum(output.values())) ** 2 for value in output.values())


def quotient() -> float:
    here, there = items("economy.output"), items("economy.output", folder="district-demo")
    share = there["agriculture"] / sum(there.values())
    return here["agriculture"] / sum(here.values()) / share


def local_part() -> float:
    first, last = (items("economy.output", year) for year in (2017, 2024))
    there = [items("economy.output", year, "district-demo") for year in (2017, 2024)]
    return sum(last[name] - first[name] * there[1][name] / there[0][name] for name in first)


def plan_gap() -> float:
    cost = sum(float(row["cost"]) for row in read("plan"))
    return cost - sum(float(row["amount"]) for row in read("funding")
                      if row["source"] != "unfunded")


def upkeep_2028() -> float:
    return sum(float(row["upkeep_per_year"]) for row in read("plan")
               if row["upkeep_per_year"] and int(row["end"]) < 2028)


def women_pct() -> float:
    events = [row for row in read("events") if row["kind"] == "hearing" and row["women"]
              and row["participants"] and row["date"].startswith("2023")]
    return 100 * sum(int(row["women"]) for row in events) / sum(
        int(row["participants"]) for row in events)


def profitability() -> float:
    crop = next(row for row in read("crops") if (row["crop"], row["year"]) == ("wheat", "2024"))
    yield_kg = 1000 * of("economy.crop_output_t", item="wheat") / of("economy.crop_area_ha",
                                                                     item="wheat")
    cost = float(crop["cost_per_ha"])
    return 100 * (yield_kg * float(crop["price_som_kg"]) - cost) / cost


def break_even() -> float:
    payers = of("services.collected", item="water") / 12 / of("services.tariff", item="water")
    return of("services.cost", item="water") / 12 / payers


CASES: dict[str, tuple[str, int | str, str, str, Callable[[], float]]] = {
    "density": ("population.density_per_km2", 2024, "", "", lambda: of("population.total")
                / (of("territory.area_ha") / 100)),
    "revenue per resident": ("budget.revenue_per_resident", 2024, "", "", lambda:
                             of("budget.revenue") / of("population.total")),
    "births on the mean": ("population.birth_rate_per_1000", 2024, "", "", lambda: 1000
                           * of("population.births")
                           / ((of("population.total", 2023) + of("population.total")) / 2)),
    "unemployment": ("population.unemployment_rate_pct", 2024, "", "registered", lambda: 100
                     * of("population.unemployed_registered")
                     / (of("population.unemployed_registered") + of("population.employed"))),
    "balance of change": ("population.balance_gap", 2024, "", "", balance_gap),
    "dependency": ("population.dependency_total_per_1000", 2024, "", "", dependency),
    "handbook forecast": ("population.total.forecast", 2026, "", "handbook", forecast),
    "water coverage": ("services.coverage_pct", 2024, "water", "", lambda: 100
                       * of("services.residents_served", item="water") / of("population.total")),
    "waste collection": ("services.collection_pct", 2024, "waste", "", lambda: 100
                         * of("services.collected", item="waste")
                         / of("services.billed", item="waste")),
    "break-even tariff": ("services.break_even_tariff", 2024, "water", "", break_even),
    "concentration": ("economy.concentration_hhi", 2024, "", "", hhi),
    "location quotient": ("economy.location_quotient", 2024, "agriculture", "output:district",
                          quotient),
    "shift-share, local part": ("economy.shift_share_local", 2024, "", "output:district",
                                local_part),
    "crop profitability": ("economy.crop_profitability_pct", 2024, "wheat", "", profitability),
    "unused land": ("space.unused_pct", 2024, "settlement", "", lambda: 100 * (
        1 - of("space.land_used_ha", item="settlement") / of("space.land_ha", item="settlement"))),
    "own revenue": ("budget.own_pct", 2024, "", "", own_pct),
    "own revenue in som": ("budget.own_revenue", 2024, "", "", lambda:
                           own_pct() * of("budget.revenue") / 100),
    "execution": ("budget.expenditure_execution_pct", 2024, "", "", lambda: 100
                  * of("budget.expenditure") / of("budget.expenditure_plan")),
    "reserve": ("budget.reserve_pct", 2024, "", "expenditure", lambda: 100
                * of("budget.reserve_fund") / of("budget.expenditure")),
    "gap of the plan": ("plan.gap", "", "", "", plan_gap),
    "upkeep of new objects": ("plan.upkeep_per_year", 2028, "", "", upkeep_2028),
    "women at hearings": ("participation.women_pct", 2023, "hearing", "", women_pct),
}


@pytest.mark.parametrize("case", CASES)
def test_a_result_of_the_sample_is_what_plain_arithmetic_gives(
    case: str, results: pd.DataFrame
) -> None:
    ident, year, item, method, by_hand = CASES[case]
    found = results[(results["result"] == ident) & (results["year"] == str(year))
                    & (results["item"] == item) & (results["method"] == method)
                    & (results["sex"] == "") & (results["age"] == "")]
    assert len(found) == 1
    assert found["value"].iloc[0] == pytest.approx(by_hand(), rel=1e-11, abs=1e-7)
