"""Acceptance cases of DOMAIN.md section 9 that are checks of data, by id."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from sedp_helpers.models import Finding

TOTAL, WORKING = "population.total", "population.working_age"
F, M = {"sex": "f"}, {"sex": "m"}
KARA_SUU = [(TOTAL, 2021, 7037), (TOTAL, 2021, 3475, F), (TOTAL, 2021, 3545, M)]
Check = Callable[..., list[Finding]]
Say = Callable[[Finding, str], str]


def find(found: list[Finding], rule: str) -> Finding:
    """The only finding of a rule."""
    of_rule = [one for one in found if one.rule == rule]
    assert len(of_rule) == 1, [one.rule for one in found]
    return of_rule[0]


def rules_of(found: list[Finding]) -> set[str]:
    return {one.rule for one in found}


def stated(**fields: Any) -> dict[str, Any]:
    row = {"result": WORKING, "year": 2024.0, "sex": "", "age": "", "village": "", "item": "",
           "value": float("nan"), "unit": "", "basis": "", "text": "…"}
    return {"stated": [{**row, **fields}]}


def hold_events(**years: tuple[int, int, int]) -> dict[str, Any]:
    return {"events": [
        {"id": year, "kind": "gathering", "date": f"{year[1:]}-12-31", "meetings": float(count),
         "participants": float(people), "women": float(women)}
        for year, (count, people, women) in years.items()
    ]}


def test_ac_10_women_of_working_age_add_up_but_their_share_is_implausible(check: Check) -> None:
    found = check([(WORKING, 2021, 9367), (WORKING, 2021, 7695, F), (WORKING, 2021, 1672, M)])
    assert "DQ-25" not in rules_of(found)
    assert find(found, "DQ-06").params["women_pct"] == 82.2
    assert find(found, "DQ-06").severity == "warning"


def test_ac_12_an_even_share_of_women_passes(check: Check) -> None:
    assert check([(TOTAL, 2024, 17539), (TOTAL, 2024, 8758, F)]) == []


def test_ac_15_sexes_that_miss_the_total_by_17_are_an_error_with_its_cell(
    check: Check, say: Say
) -> None:
    finding = find(check(KARA_SUU), "DQ-25")
    assert (finding.severity, finding.section) == ("error", "population")
    assert (finding.table, finding.row, finding.cell) == ("observations", 2, "C2")
    assert (finding.value, finding.params["difference"]) == ("7037", 17)
    words = say(finding, "ky").replace("\u00a0", " ").replace("\u202f", " ")
    assert "эркектер (3 545) менен аялдардын (3 475) суммасы 7 020" in words
    assert "ал эми жалпы саны 7 037. Айырма — 17. Кайсынысы туура экенин тактаңыз." in words


def test_ac_15_the_copy_times_1_37_is_found_too(check: Check) -> None:
    copy = [(name, year, value * 1.37, *rest) for name, year, value, *rest in KARA_SUU]
    assert find(check(copy), "DQ-25").params["difference"] == pytest.approx(23.29)


def test_ac_19_and_20_two_equal_years_and_the_year_between_are_said(check: Check) -> None:
    found = check(registers=hold_events(y2018=(21, 425, 167), y2019=(10, 273, 157),
                                        y2021=(10, 273, 157)))
    same = find(found, "DQ-26")
    assert (same.params["events"], same.params["participants"], same.params["women"]) == (
        10, 273, 157)
    assert find(found, "DQ-31").params["gap_year"] == "2020"
    assert find(found, "DQ-31").severity == "note"


def test_ac_20_a_year_without_a_row_is_said_once_a_section(check: Check) -> None:
    rows = [(name, year, value) for year in (2018, 2019, 2021)
            for name, value in ((TOTAL, 7000 + year), ("population.households", 1200 + year))]
    gap = find(check(rows), "DQ-31")
    assert (gap.params["gap_year"], gap.params["count"]) == ("2020", 2)


def test_ac_24_places_that_cost_three_times_more_are_said(check: Check) -> None:
    schools = [{"id": str(cost), "indicator": "places", "target": float(places), "measure": "m",
                "cost": float(cost)} for cost, places in ((17252000, 240), (52067000, 225))]
    assert find(check(registers={"plan": schools}), "DQ-28").params["ratio"] == 3.22


@pytest.mark.parametrize(("executive", "members", "share"), [(8, 13, 61.5), (8, 15, 53.3)])
def test_ac_32_and_33_the_older_group_is_above_half_executive(
    check: Check, executive: int, members: int, share: float
) -> None:
    bodies = ["executive"] * executive + ["council"] * 2
    bodies += ["community"] * (members - len(bodies))
    group = {"working_group": [{"group": "working", "body": body} for body in bodies]}
    assert find(check(registers=group), "DQ-27").params["share"] == share


def test_ac_09_no_mean_growth_gives_the_printed_rate(check: Check) -> None:
    rows = [(WORKING, 2021, 9367), (WORKING, 2027, 11132)]
    found = check(rows, stated(value=2.87, basis="mean_growth:2021-2027"))
    assert find(found, "DQ-05").params["computed"] == 2.92
    for honest in (2.92, 3.14, 2.88):  # compound, linear, logarithmic
        found = check(rows, stated(value=honest, basis="mean_growth:2021-2027"))
        assert "DQ-05" not in rules_of(found)


def test_ac_11_a_share_that_is_said_to_be_stable_but_falls(check: Check) -> None:
    rows = [(WORKING, 2021, 9367), (WORKING, 2021, 7695, F), (WORKING, 2027, 11132),
            (WORKING, 2027, 7754, F)]
    finding = find(check(rows, stated(basis="stable_share:f:2021-2027")), "DQ-07")
    assert (finding.params["first"], finding.params["last"]) == (82.15, 69.66)
    same = find(check(registers=stated(basis="stable_share:7695/9367:7754/11132")), "DQ-07")
    assert same.params["points"] == finding.params["points"]


@pytest.mark.parametrize(
    ("rule", "value", "basis", "expected"),
    [
        ("DQ-09", 100000.0, "pct_of:1200000:5", {"computed": 60000}),  # AC-54
        ("DQ-10", 200000.0, "pct_of:?:7", {"implied": 2857143}),  # AC-55
        ("DQ-13", 300000.0, "pct_of:1000000:-10", {"computed": 100000}),  # AC-57
        ("DQ-11", 500000.0, "balance:1000000-100000-200000", {"computed": 700000}),  # AC-60
        ("DQ-05", 30.0, "change:2200:2900", {"computed": 31.82}),  # AC-74
        ("DQ-23", 30.0, "trend:2200:2200", {"past": 0}),  # AC-74
    ],
)
def test_ac_54_55_57_60_74_claims_that_do_not_follow_from_their_base(
    check: Check, rule: str, value: float, basis: str, expected: dict[str, float]
) -> None:
    finding = find(check(registers=stated(value=value, basis=basis)), rule)
    assert {name: finding.params[name] for name in expected} == expected


@pytest.mark.parametrize(
    ("value", "basis"),
    [(200000.0, "pct_of:1000000:-20"),  # AC-56
     (60000.0, "pct_of:1200000:5"), (74.0, "change:2200:3828"),  # AC-75
     (700000.0, "balance:1000000-100000-200000"), (30.0, "trend:2000:2400")],
)
def test_ac_56_75_claims_that_follow_are_silent(check: Check, value: float, basis: str) -> None:
    assert check(registers=stated(value=value, basis=basis)) == []


def test_ac_59_three_risks_exceed_the_reserve_by_250000(check: Check) -> None:
    risks = {"risks": [{"name": name, "impact": impact}
                       for name, impact in (("a", 2e5), ("b", 1.5e5), ("c", 4e5))]}
    finding = find(check([("budget.reserve_fund", 2024, 500000)], risks), "DQ-14")
    assert (finding.params["sum"], finding.params["gap"]) == (750000, 250000)


def test_ac_52_and_53_the_reserve_may_be_two_per_cent_of_expenditure(check: Check) -> None:
    reserve = ("budget.reserve_fund", 2024, 500000)
    finding = find(check([reserve, ("budget.expenditure", 2024, 3000000)]), "DQ-15")
    assert (finding.params["cap"], finding.params["share"]) == (60000, 16.67)
    assert check([reserve, ("budget.expenditure", 2024, 25000000)]) == []


def test_ac_71_a_tariff_without_households_cost_and_collection_is_not_computable(
    check: Check
) -> None:
    finding = find(check([("services.tariff", 2022, 80, {"item": "waste"})]), "DQ-17")
    assert finding.severity == "note"
    assert [name.en for name in finding.params["names"]] == [
        "Households with contracts", "Economically justified cost of the service",
        "Amount collected for the service"]


def test_dq_16_a_monthly_tariff_stated_in_som_lacks_its_period(check: Check) -> None:
    claim = {"result": "services.tariff", "item": "waste", "value": 80.0}
    rows = [("services.tariff", 2024, 80, {"item": "waste"})]
    assert "DQ-16" in rules_of(check(rows, stated(**claim, unit="som")))
    assert "DQ-16" not in rules_of(check(rows, stated(**claim, unit="som_per_household_month")))


def test_ac_83_hearings_fourteen_times_the_year_before_are_an_outlier(check: Check) -> None:
    found = check(registers=hold_events(
        y2013=(23, 1524, 600), y2014=(27, 2474, 900), y2016=(17, 2010, 700),
        y2017=(13, 1366, 500), y2018=(182, 14613, 5000)))
    outlier = [one for one in found if one.rule == "DQ-31" and one.severity == "warning"]
    assert [one.params["last"] for one in outlier] == [182]
    assert [one.params["gap_year"] for one in found if "gap_year" in one.params] == ["2015"]


def test_ac_88_som_that_are_ordinary_only_as_thousands_name_the_reading(check: Check) -> None:
    funding = {"plan": [{"id": "m", "measure": "m"}], "funding": [
        {"measure": "m", "source": "local_budget", "amount": amount}
        for amount in (300000.0, 100000.0, 400.0, 150.0, 1300000.0)]}
    found = [one for one in check(registers=funding) if one.rule == "DQ-33"]
    assert [one.params["proposed"] for one in found] == [400000, 150000]


def test_ac_89_a_goal_that_speaks_of_other_people_than_its_beneficiaries(check: Check) -> None:
    measure = {"id": "m", "measure": "m", "goal": "1 400 жаранга маалымат берүү",
               "direct_beneficiaries": 1000.0, "indirect_beneficiaries": 3000.0}
    assert find(check(registers={"plan": [measure]}), "DQ-34").params["goal"] == 1400


def test_ac_92_examples_of_different_places_are_not_one_municipality(check: Check) -> None:
    found = check([(TOTAL, 2022, 16013), (TOTAL, 2023, 12000), (TOTAL, 2024, 17539)])
    finding = find(found, "DQ-37")
    assert (finding.severity, finding.params["values"]) == ("warning", [16013, 12000, 17539])
    claim = stated(result=TOTAL, value=12000.0)
    assert find(check([(TOTAL, 2024, 17539)], claim), "DQ-37").params["values"] == [17539, 12000]


def test_ac_14_departures_that_double_while_people_grow_are_a_note(check: Check) -> None:
    ages = {"age": "16-62"}
    rows = [(WORKING, 2021, 9367), (WORKING, 2027, 11132),
            ("population.departures", 2021, 110, ages), ("population.departures", 2027, 217, ages)]
    finding = find(check(rows), "DQ-08")
    assert (finding.severity, finding.params["growth"]) == ("note", 2.92)
    assert "DQ-08" not in rules_of(check([*rows[:1], *rows[2:]]))
