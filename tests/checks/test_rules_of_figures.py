"""Each rule on observations: broken figures (DOMAIN.md 3), the same repaired, and figures it cannot
judge."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from types import MappingProxyType
from typing import Any, NamedTuple

import pytest

F, M = {"sex": "f"}, {"sex": "m"}
WASTE = {"item": "waste"}
VILLAGES = [{"id": "v1", "name_ky": "Мантыш"}, {"id": "v2", "name_ky": "Кызыл-Дөбө"}]
TOTAL, WORKING = "population.total", "population.working_age"




class Data(NamedTuple):
    """Observations and registers of one municipality."""

    rows: Sequence[tuple[Any, ...]] = ()
    registers: Mapping[str, list[dict[str, Any]]] = MappingProxyType({})


class Case(NamedTuple):
    rule: str
    broken: Data
    repaired: Data
    unknown: Data
    name: str = ""


def series(indicator: str, values: list[float], *, first: int = 2018, **dims: str) -> list[Any]:
    return [(indicator, first + step, value, dims) for step, value in enumerate(values)]


def block(year: int, *values: float) -> list[Any]:
    items = ("study", "work", "family")
    return [("population.departures", year, value, {"item": item})
            for item, value in zip(items, values)]


BALANCE = [("population.births", 2024, 180), ("population.deaths", 2024, 60),
           ("population.arrivals", 2024, 40), ("population.departures", 2024, 110)]
RECOVERY = [("services.tariff", 2022, 80, WASTE), ("services.cost", 2022, 900000, WASTE),
            ("services.collected", 2022, 500000, WASTE)]
SPORT = [("sport.participants", 2024, 3000, {"item": "pupils"}),
         ("sport.participants", 2024, 600, {"item": "women"})]
COPIED = [
    "population.births", "population.deaths", "population.arrivals", "population.departures",
    "population.poor", "population.unemployed_registered",
]


def copied_year(times: float) -> list[Any]:
    return [row for number, name in enumerate(COPIED, start=1)
            for row in ((name, 2023, 150 + 10 * number),
                        (name, 2024, (150 + 10 * number) * times))]


RISKS = {"risks": [{"name": name, "impact": impact} for name, impact in
                   (("a", 200000.0), ("b", 150000.0), ("c", 400000.0))]}

CASES = [
    Case("DQ-06",
         Data([(WORKING, 2021, 9367), (WORKING, 2021, 7695, F), (WORKING, 2021, 1672, M)]),
         Data([(TOTAL, 2024, 17539), (TOTAL, 2024, 8758, F)]),  # AC-12
         Data([(WORKING, 2021, 9367)])),
    Case("DQ-08",
         Data([("population.departures", 2019, 110), ("population.departures", 2024, 217),
               (TOTAL, 2023, 17400), (TOTAL, 2024, 17539)]),
         Data([("population.departures", 2019, 110), ("population.departures", 2024, 120),
               (TOTAL, 2023, 17400), (TOTAL, 2024, 17539)]),
         Data([("population.departures", 2019, 110), ("population.departures", 2024, 217),
               (TOTAL, 2024, 17539)])),
    Case("DQ-14",
         Data([("budget.reserve_fund", 2024, 500000)], RISKS),
         Data([("budget.reserve_fund", 2024, 750000)], RISKS),
         Data([], RISKS)),
    Case("DQ-15",
         Data([("budget.reserve_fund", 2024, 500000), ("budget.expenditure", 2024, 3000000)]),
         Data([("budget.reserve_fund", 2024, 500000), ("budget.expenditure", 2024, 25000000)]),
         Data([("budget.reserve_fund", 2024, 500000)])),
    Case("DQ-15",  # Q32 prints revenue alone
         Data([("budget.reserve_fund", 2024, 500000),
               *(("budget.revenue", 2024, value, {"item": item}) for item, value in
                 (("land_tax", 1200000), ("property_tax", 800000),
                  ("equalising_transfer", 1000000)))]),
         Data([("budget.reserve_fund", 2024, 60000), ("budget.revenue", 2024, 3000000)]),
         Data([("budget.reserve_fund", 2024, 500000), ("budget.revenue", 2023, 3000000)]),
         "revenue"),
    Case("DQ-17",
         Data([("services.tariff", 2022, 80, WASTE)]),
         Data([*RECOVERY, ("services.households_contracted", 2022, 840, WASTE)]),
         Data([("services.cost", 2022, 900000, WASTE)])),
    Case("DQ-19", Data(SPORT),
         Data([SPORT[0], ("sport.participants", 2024, 1600, {"item": "women"})]),
         Data([SPORT[0]])),
    Case("DQ-25",
         Data([(TOTAL, 2021, 7037), (TOTAL, 2021, 3475, F), (TOTAL, 2021, 3545, M)]),
         Data([(TOTAL, 2021, 7020), (TOTAL, 2021, 3475, F), (TOTAL, 2021, 3545, M)]),
         Data([(TOTAL, 2021, 7037), (TOTAL, 2021, 3475, F)])),
    Case("DQ-25",
         Data([(TOTAL, 2021, 100), (TOTAL, 2021, 40, {"age": "0-15"}),
               (TOTAL, 2021, 55, {"age": "16+"})]),
         Data([(TOTAL, 2021, 95), (TOTAL, 2021, 40, {"age": "0-15"}),
               (TOTAL, 2021, 55, {"age": "16+"})]),
         Data([(TOTAL, 2021, 100), (TOTAL, 2021, 40, {"age": "0-14"}),
               (TOTAL, 2021, 55, {"age": "16+"})]), "ages"),
    Case("DQ-25",
         Data([(TOTAL, 2021, 100), (TOTAL, 2021, 40, {"village": "v1"}),
               (TOTAL, 2021, 55, {"village": "v2"})], {"villages": VILLAGES}),
         Data([(TOTAL, 2021, 95), (TOTAL, 2021, 40, {"village": "v1"}),
               (TOTAL, 2021, 55, {"village": "v2"})], {"villages": VILLAGES}),
         Data([(TOTAL, 2021, 100), (TOTAL, 2021, 40, {"village": "v1"})],
              {"villages": VILLAGES}), "villages"),
    Case("DQ-25",
         Data([("budget.revenue", 2021, 100), ("budget.revenue", 2021, 40, {"item": "rent"}),
               ("budget.revenue", 2021, 55, {"item": "fines"})]),
         Data([("space.land_ha", 2021, 100), ("space.land_ha", 2021, 100, {"item": "arable"}),
               ("space.land_ha", 2021, 30, {"item": "irrigated"})]),  # of which: never added
         Data([("budget.revenue", 2021, 100), ("budget.revenue", 2021, 40, {"item": "rent"}),
               ("budget.revenue", 2021, float("nan"), {"item": "fines", "status": "L"})]),
         "items"),
    Case("DQ-26", Data([*block(2022, 40, 110, 25), *block(2024, 40, 110, 25)]),
         Data([*block(2022, 40, 110, 25), *block(2024, 40, 110, 26)]),
         Data([*block(2022, 40, 110), *block(2024, 40, 110)]), "block"),
    Case("DQ-31", Data(series("tourism.visitors", [900, 950, 1000, 990, 13860])),
         Data(series("tourism.visitors", [900, 950, 1000, 990, 1386])),
         Data(series("tourism.visitors", [13860]))),
    Case("DQ-32",
         Data([("economy.wage", 2023, 20000),
               ("economy.wage", 2024, float("nan"), {"status": "O"})]),
         Data([("economy.wage", 2023, 20000),
               ("economy.wage", 2024, float("nan"), {"status": "L"})]),
         Data([("economy.wage", 2024, float("nan"), {"status": "O"})])),
    Case("DQ-33", Data([("budget.revenue", 2023, 1150000), ("budget.revenue", 2024, 1200)]),
         Data([("budget.revenue", 2023, 1150000), ("budget.revenue", 2024, 1200000)]),
         Data([("budget.revenue", 2024, 1200)])),
    Case("DQ-33",
         Data([("budget.revenue", 2024, 95000.0), ("budget.revenue", 2024, 40, {"item": "rent"}),
               ("budget.revenue", 2024, 55, {"item": "fines"})]),
         Data([("budget.revenue", 2024, 95.0), ("budget.revenue", 2024, 40, {"item": "rent"}),
               ("budget.revenue", 2024, 55, {"item": "fines"})]),
         Data([("budget.revenue", 2024, 95000.0)]), "parts"),
    Case("DQ-37", Data([(TOTAL, 2022, 16013), (TOTAL, 2023, 12000), (TOTAL, 2024, 17539)]),
         Data([(TOTAL, 2022, 17250), (TOTAL, 2023, 17400), (TOTAL, 2024, 17539)]),
         Data([(TOTAL, 2024, 17539)])),
    Case("CK-BALANCE", Data([(TOTAL, 2023, 7000), (TOTAL, 2024, 7100), *BALANCE]),
         Data([(TOTAL, 2023, 7000), (TOTAL, 2024, 7050), *BALANCE]),
         Data([(TOTAL, 2023, 7000), (TOTAL, 2024, 7100), *BALANCE[:3]])),
    Case("CK-JUMP", Data(series("population.poor", [500, 510, 505, 515, 1000])),
         Data(series("population.poor", [500, 510, 505, 515, 540])),
         Data([("population.poor", 2018, 500), ("population.poor", 2023, 1000)])),
    Case("CK-REPEAT", Data(copied_year(1.0)), Data(copied_year(1.1)), Data(copied_year(1.0)[:6])),
    Case("CK-REPEAT", Data(series("population.births", [180, 200, 200, 200, 200])),
         Data(series("population.births", [180, 200, 210, 200, 205])),
         Data(series("population.births", [200, 200])), "run"),
    Case("CK-PAIR",
         Data([("environment.water_samples", 2024, 40),
               ("environment.water_samples_failed", 2024, 44)]),
         Data([("environment.water_samples", 2024, 40),
               ("environment.water_samples_failed", 2024, 4)]),
         Data([("environment.water_samples_failed", 2024, 44)])),
    Case("CK-PAIR",
         Data([("space.land_ha", 2024, 100, {"item": "arable"}),
               ("space.land_ha", 2024, 80, {"item": "irrigated"}),
               ("space.land_ha", 2024, 30, {"item": "rainfed"})]),
         Data([("space.land_ha", 2024, 110, {"item": "arable"}),
               ("space.land_ha", 2024, 80, {"item": "irrigated"}),
               ("space.land_ha", 2024, 30, {"item": "rainfed"})]),
         Data([("space.land_ha", 2024, 80, {"item": "irrigated"}),
               ("space.land_ha", 2024, 30, {"item": "rainfed"})]), "of which"),
    Case("CK-EQUAL",
         Data([("space.land_ha", 2024, 17000), ("territory.area_ha", 2020, 18000)]),
         Data([("space.land_ha", 2024, 17950), ("territory.area_ha", 2020, 18000)]),
         Data([("space.land_ha", 2024, 17000)])),
    Case("CK-RANGE",
         Data([(TOTAL, 2024, 7000), ("population.households", 2024, 400)]),
         Data([(TOTAL, 2024, 7000), ("population.households", 2024, 1229)]),
         Data([(TOTAL, 2024, 7000)])),
]


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case.rule} {case.name}".strip())
def test_rule_fires_on_broken_figures_and_on_a_scaled_copy_under_another_name(
    fires: Callable[..., bool], case: Case
) -> None:
    assert fires(case.rule, case.broken)
    assert fires(case.rule, case.broken, times=1.37, name="Ак-Талаа")


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case.rule} {case.name}".strip())
def test_rule_is_silent_on_repaired_figures_and_where_it_cannot_judge(
    fires: Callable[..., bool], case: Case
) -> None:
    assert not fires(case.rule, case.repaired)
    assert not fires(case.rule, case.repaired, times=1.37, name="Ак-Талаа")
    assert not fires(case.rule, case.unknown)
