"""Services: coverage, payment and equipment at full precision (acceptance cases AC-69 … AC-72)."""

from __future__ import annotations

from typing import Any

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sedp_helpers.catalog.load import load_catalog
from sedp_helpers.compute.context import Context
from sedp_helpers.compute.facts import Facts
from sedp_helpers.compute.formulas import FORMULAS
from sedp_helpers.compute.results import compute_results
from sedp_helpers.models import Municipality, Text

COLUMNS = ["indicator", "year", "value", "sex", "age", "village", "item", "status"]


def compute(
    rows: list[tuple[Any, ...]], registers: dict[str, pd.DataFrame] | None = None
) -> pd.DataFrame:
    """Results of rows (indicator, year, value[, item[, sex]])."""
    frame = pd.DataFrame(
        [
            (row[0], row[1], row[2], row[4] if len(row) > 4 else "", "", "",
             row[3] if len(row) > 3 else "", "A")
            for row in rows
        ],
        columns=COLUMNS,
    )
    catalog = load_catalog()
    place = Municipality(id="x", name=Text(ky="Х"), base_year=2024)
    facts = Facts(frame, catalog.indicators)
    return compute_results(Context(catalog, place, facts, registers or {}), frame)


def pick(results: pd.DataFrame, ident: str, item: str = "", year: int = 2024) -> pd.Series:
    found = results[(results["result"] == ident) & (results["item"] == item)
                    & (results["year"] == str(year)) & (results["sex"] == "")]
    assert len(found) == 1, (ident, item, len(found))
    return found.iloc[0]


def test_ac_69_fifteen_bins_of_fifty_are_thirty_per_cent_and_leave_thirty_five() -> None:
    results = compute([
        ("services.equipment_installed", 2024, 15.0, "waste"),
        ("services.equipment_needed", 2024, 15 / 0.30, "waste"),
    ])
    assert pick(results, "services.equipment_gap", "waste")["value"] == 35.0
    assert pick(results, "services.equipment_pct", "waste")["value"] == 30.0


def test_ac_70_a_monthly_subsidy_of_200000_is_12_49_som_per_resident_and_month() -> None:
    results = compute([
        ("services.subsidy", 2024, 200_000.0 * 12, "waste"),
        ("services.residents_served", 2024, 16_013.0, "waste"),
    ])
    value = pick(results, "services.subsidy_per_resident_month", "waste")["value"]
    assert value == pytest.approx(12.489851995253856, rel=1e-15)


def test_ac_71_waste_revenue_without_households_names_them_and_the_rate_as_missing() -> None:
    results = compute([
        ("services.tariff", 2024, 80.0, "waste"),
        ("services.residents_served", 2024, 16_013.0, "waste"),
    ])
    row = pick(results, "services.expected_revenue", "waste")
    assert row["status"] == "O" and pd.isna(row["value"])
    assert row["missing"] == "population.households;services.collection_pct"
    assert pick(results, "services.full_payment", "waste")["missing"] == "population.households"


def test_ac_71_with_households_and_bills_the_revenue_is_tariff_times_payers() -> None:
    results = compute([
        ("services.tariff", 2024, 80.0, "waste"),
        ("population.households", 2024, 2_797.0),
        ("services.billed", 2024, 1_000.0, "waste"),
        ("services.collected", 2024, 300.0, "waste"),
    ])
    assert pick(results, "services.full_payment", "waste")["value"] == 80 * 12 * 2_797
    assert pick(results, "services.expected_revenue", "waste")["value"] == pytest.approx(
        0.3 * 80 * 12 * 2_797, rel=1e-15)


def test_a_service_charged_by_the_hectare_has_no_revenue_from_households() -> None:
    providers = pd.DataFrame({"service": ["irrigation"], "tariff_basis": ["ha"]})
    rows = [("services.tariff", 2024, 80.0, "irrigation"), ("services.tariff", 2024, 9.0, "water"),
            ("population.households", 2024, 100.0)]
    results = compute(rows, {"providers": providers})
    paid = results[results["result"] == "services.full_payment"]
    assert set(paid["item"]) == {"water"}


def test_ac_72_sport_shares_and_those_who_are_left_out() -> None:
    results = compute([
        ("population.total", 2024, 12_000.0),
        ("sport.participants", 2024, 3_000.0),
        ("sport.participants", 2024, 3_600.0, "youth"),
        ("inclusion.vulnerable", 2024, 240.0, "disability"),
    ])
    assert pick(results, "sport.participation_pct")["value"] == 25.0
    assert pick(results, "sport.not_participating")["value"] == 9_000.0
    assert pick(results, "inclusion.vulnerable_pct", "disability")["value"] == 2.0
    youth = pick(results, "sport.participants", "youth")["value"]
    assert 100 * youth / pick(results, "population.total")["value"] == 30.0


def test_only_services_with_known_recovery_below_a_hundred_run_at_a_loss() -> None:
    results = compute([
        ("services.cost", 2024, 100.0, "water"), ("services.collected", 2024, 40.0, "water"),
        ("services.cost", 2024, 100.0, "waste"), ("services.collected", 2024, 100.0, "waste"),
        ("services.cost", 2024, 100.0, "lighting"),
    ])
    assert pick(results, "services.below_cost_count")["value"] == 1.0


def test_points_of_change_run_from_the_first_to_the_last_known_year() -> None:
    results = compute([
        ("population.total", 2021, 100.0), ("population.total", 2022, 100.0),
        ("population.total", 2024, 200.0),
        ("services.residents_served", 2021, 30.0, "water"),
        ("services.residents_served", 2024, 100.0, "water"),
        ("services.residents_served", 2024, 100.0, "waste"),
    ])
    assert pick(results, "services.coverage_change", "water")["value"] == 20.0
    changes = results[results["result"] == "services.coverage_change"]
    assert list(changes["item"]) == ["water"]


@given(st.floats(1, 1e6), st.floats(0, 1))
def test_served_and_not_served_are_the_whole_population(total: float, part: float) -> None:
    covered = FORMULAS.get("share")(part=total * part, whole=total)
    left = FORMULAS.get("unused_share")(land=total, used=total * part)
    assert covered + left == pytest.approx(100.0)
