"""What must hold for the results of any municipality, whatever its figures are."""

from __future__ import annotations

from random import Random
from typing import Any

import pandas as pd
import pytest

from sedp_helpers.catalog.load import load_catalog
from sedp_helpers.compute.context import Context
from sedp_helpers.compute.facts import Facts
from sedp_helpers.compute.results import compute_results
from sedp_helpers.compute.rows import KEY
from sedp_helpers.models import Municipality, Text

COLUMNS = ["indicator", "year", "value", "sex", "age", "village", "item", "status"]
YEARS = (2022, 2023, 2024)
SECTORS = ("agriculture", "trade", "public")
MONEY = ("som", "som_per_person", "som_per_ha", "som_per_month", "som_per_household_month",
         "som_per_person_month")
SOURCES = ("land_tax", "rent", "equalising_transfer", "donor_grant")
BANDS = ("0-15", "16-57", "58-62", "63+")
PEOPLE = ("population.births", "population.deaths", "population.arrivals", "population.departures")
CATALOG = load_catalog()


def make_rows(seed: int) -> list[list[Any]]:
    """Rows of a small municipality: people by sex and age, flows, sectors, money."""
    random = Random(seed)

    def count() -> int:
        return random.randint(1, 5000)

    rows: list[list[Any]] = []
    for year in YEARS:
        rows += [["population.total", year, count(), sex, age, "", "", "A"]
                 for sex in ("f", "m") for age in BANDS]
        rows += [[name, year, count(), "", "", "", "", "A"] for name in PEOPLE]
        for name, parts in (("economy.output", SECTORS), ("budget.revenue", SOURCES),
                            ("budget.expenditure", ("roads", "care"))):
            rows += [[name, year, count() * 1000, "", "", "", part, "A"] for part in parts]
        rows += [["budget.reserve_fund", year, count() * 1000, "", "", "", "", "A"],
                 ["services.cost", year, count() * 1000, "", "", "", "water", "A"],
                 ["services.collected", year, count() * 1000, "", "", "", "water", "A"],
                 ["services.tariff", year, count(), "", "", "", "water", "A"]]
    return rows


@pytest.fixture(scope="module", params=range(3), ids=lambda seed: f"place {seed}")
def rows(request: pytest.FixtureRequest) -> list[list[Any]]:
    return make_rows(request.param)


@pytest.fixture(scope="module")
def results(rows: list[list[Any]]) -> pd.DataFrame:
    return compute(rows)


def compute(rows: list[list[Any]], impact: float = 5e5) -> pd.DataFrame:
    frame = pd.DataFrame(rows, columns=COLUMNS)
    frame["value"] = frame["value"].astype(float)
    district = frame[frame["indicator"] == "economy.output"].assign(
        value=lambda table: table["value"] * (table["year"] % 5 + table["item"].str.len()))
    risks = pd.DataFrame({"name": ["a"], "kind": ["prices"], "probability": [0.5],
                          "impact": [impact]})
    place = Municipality(id="x", name=Text(ky="Х"), base_year=2024)
    context = Context(CATALOG, place, Facts(frame, CATALOG.indicators), {"risks": risks},
                      {"district": Facts(district, CATALOG.indicators)})
    return compute_results(context, frame)


def values(results: pd.DataFrame, ident: str, method: str | None = None) -> pd.Series:
    """The known values of a result by year, sex, age and item."""
    found = results[(results["result"] == ident) & results["value"].notna()]
    found = found if method is None else found[found["method"] == method]
    return found.set_index(["year", "sex", "age", "item"])["value"]


def by_year(results: pd.DataFrame, ident: str, method: str | None = None) -> pd.Series:
    """The values of the total by year."""
    table = values(results, ident, method).reset_index()
    whole = table[(table[["sex", "age", "item"]] == "").all(axis=1)]
    return whole.set_index("year")["value"].sort_index()


def test_the_components_of_change_add_up_to_the_change_of_the_population(
    results: pd.DataFrame
) -> None:
    people = by_year(results, "population.total", "sex")
    parts = sum(by_year(results, f"population.{name}") for name in
                ("natural_increase", "net_migration", "balance_gap")).dropna()
    assert parts.to_dict() == pytest.approx(people.diff().dropna().to_dict(), abs=1e-9)


def test_shares_of_a_whole_sum_to_a_hundred(
    results: pd.DataFrame
) -> None:
    for ident in ("economy.share_pct", "budget.revenue_share_pct", "budget.expenditure_share_pct",
                  "population.share_pct"):
        sums = values(results, ident).groupby("year").sum()
        assert len(sums) == len(YEARS) and sums.to_list() == pytest.approx([100.0] * len(sums))


def test_shift_share_adds_up_in_every_sector_and_over_the_sectors(
    results: pd.DataFrame
) -> None:
    parts = sum(values(results, f"economy.shift_share_{name}") for name in
                ("national", "mix", "local")).droplevel(["year", "sex", "age"])
    output = values(results, "economy.output").droplevel(["sex", "age"])
    change = output["2024"] - output["2022"]
    assert parts.to_dict() == pytest.approx(change.to_dict(), abs=1e-6)
    assert parts[""] == pytest.approx(parts.drop("").sum(), abs=1e-6)


def test_forecasts_of_the_parts_sum_to_the_forecast_of_the_whole(
    results: pd.DataFrame
) -> None:
    ahead = results[results["method"].str.startswith("recommended")]
    for ident, dims in (("population.total.forecast", ("sex", "age")),
                        ("budget.revenue.forecast", ("item",))):
        whole = by_year(ahead, ident)
        for dim in dims:
            others = [name for name in ("sex", "age", "item") if name != dim]
            table = values(ahead, ident).reset_index()
            mine = table[(table[dim] != "") & (table[others] == "").all(axis=1)]
            sums = mine.groupby("year")["value"].sum()
            assert sums.to_dict() == pytest.approx(whole.to_dict(), rel=1e-9)


def test_the_order_of_the_rows_changes_nothing(
    rows: list[list[Any]], results: pd.DataFrame
) -> None:
    shuffled = compute(Random(7).sample(rows, len(rows)))
    before, after = (one.drop(columns=["inputs", "missing"]).sort_values(KEY)
                     for one in (results, shuffled))
    pd.testing.assert_frame_equal(before.reset_index(drop=True), after.reset_index(drop=True),
                                  rtol=1e-9)


def test_doubling_all_money_doubles_money_and_leaves_shares(
    rows: list[list[Any]], results: pd.DataFrame
) -> None:
    money = {name for name, spec in CATALOG.indicators.items() if spec.unit in MONEY}
    twice = [[row[0], row[1], row[2] * 2, *row[3:]] if row[0] in money else row for row in rows]
    before, after = (frame[~frame["method"].isin(["recommended", "example"])].set_index(KEY)
                     for frame in (results, compute(twice, 1e6)))
    plain = [key for key in before.index.intersection(after.index)
             if not key[-1].startswith("recommended") and ".forecast_" not in key[0]]
    one, two = before.loc[plain], after.loc[plain]
    assert len(plain) > 300
    factor = one["unit"].isin(MONEY).map({True: 2.0, False: 1.0})
    fixed = one.index.get_level_values("result").str.startswith(("budget.gap_probability",))
    kept = ~fixed & one["value"].notna()
    assert two.loc[kept, "value"].to_list() == pytest.approx(
        (one["value"] * factor)[kept].to_list(), rel=1e-9, abs=1e-6)
    assert two.loc[one["value"].isna().to_numpy(), "value"].isna().all()
