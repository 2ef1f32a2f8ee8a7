"""What every finding of the checks carries, and what the checks never do."""

from __future__ import annotations

import re
from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

import pandas as pd
import pytest

from sedp_helpers.catalog.load import Catalog
from sedp_helpers.checks import CHECKS, ORDER, accept_findings, stated
from sedp_helpers.checks.grid import Grid
from sedp_helpers.checks.inspection import Inspection
from sedp_helpers.checks.stated_basis import BASES
from sedp_helpers.compute.inputs import input_ids
from sedp_helpers.models import Finding

TOTAL = "population.total"
BROKEN = [(TOTAL, 2021, 7037), (TOTAL, 2021, 3475, {"sex": "f"}), (TOTAL, 2021, 3545, {"sex": "m"})]
Check = Callable[..., list[Finding]]


def slots(entry: dict[str, str]) -> set[str]:
    return set(re.findall(r"\{(\w+)\}", entry["message"] + entry["action"]))


def test_every_check_is_in_the_visible_order_and_every_basis_is_documented() -> None:
    assert sorted(ORDER) == CHECKS.names()
    assert all(f"{name}:" in (stated.__doc__ or "") for name in BASES.names() if name)


def test_sentences_have_the_same_keys_and_slots_in_three_languages(texts: dict[str, Any]) -> None:
    assert set(texts["ky"]) == set(texts["ru"]) == set(texts["en"])
    for key, entry in texts["ky"].items():
        for lang in ("ru", "en"):
            assert set(texts[lang][key]) == {"message", "action"}
            assert slots(texts[lang][key]) == slots(entry), key


def test_sentences_never_mix_alphabets_in_a_word(texts: dict[str, Any]) -> None:
    mixed = re.compile(r"[A-Za-z][А-Яа-яЁёҢңӨөҮү]|[А-Яа-яЁёҢңӨөҮү][A-Za-z]")
    said = [text for lang in texts for entry in texts[lang].values() for text in entry.values()]
    assert len(said) > 300
    assert not [text for text in said if mixed.search(text)]


def test_settings_name_only_known_indicators_and_texts(
    catalog: Catalog, texts: dict[str, Any]
) -> None:
    settings = catalog.read("checks.yml")
    inputs = [text for kind, names in (("pairs", ("part", "whole")), ("equals", ("one", "other")),
                                       ("ranges", ("top", "bottom")))
              for entry in settings[kind] for name in names for text in input_ids(entry[name])]
    assert len(inputs) > 50
    assert not set(inputs) - set(catalog.indicators)
    assert all(entry["reason"] for kind in ("pairs", "equals", "ranges")
               for entry in settings[kind])
    assert all(entry["id"] in texts["ky"] for entry in settings["exceptions"])


def test_a_finding_names_table_row_cell_and_the_value_as_typed(check: Check) -> None:
    finding = check(BROKEN)[0]
    assert (finding.table, finding.row, finding.column, finding.cell, finding.value) == (
        "observations", 2, "value", "C2", "7037")


def test_one_finding_a_rule_and_place_even_where_two_dimensions_disagree(check: Check) -> None:
    ages = [(TOTAL, 2021, 1000, {"age": "0-15"}), (TOTAL, 2021, 1000, {"age": "16+"})]
    assert len([one for one in check([*BROKEN, *ages]) if one.rule == "DQ-25"]) == 1


def test_an_empty_municipality_has_one_note_a_section_and_nothing_else(check: Check) -> None:
    found = check(missing=True)
    assert {one.rule for one in found} == {"CK-MISSING"}
    assert {one.severity for one in found} == {"note"}
    assert len({one.section for one in found}) == len(found) == 8


def test_a_missing_value_is_never_counted_as_zero(check: Check) -> None:
    rows = [(TOTAL, 2021, 7037), (TOTAL, 2021, 7037, {"sex": "f"}),
            (TOTAL, 2021, float("nan"), {"sex": "m", "status": "L"})]
    assert "DQ-25" not in {one.rule for one in check(rows)}


def test_a_break_of_the_series_is_neither_a_jump_nor_a_gap_of_the_balance(check: Check) -> None:
    flows = [("population.births", 2024, 1), ("population.deaths", 2024, 1),
             ("population.arrivals", 2024, 1), ("population.departures", 2024, 1)]
    rows = [(TOTAL, 2023, 7000), (TOTAL, 2024, 11000, {"status": "B"}), *flows]
    assert {"CK-BALANCE", "DQ-37"} & {one.rule for one in check(rows)} == set()
    merged = [(TOTAL, 2023, 7000), (TOTAL, 2024, 11000, {"basis": "2024"}), *flows]
    assert {"CK-BALANCE", "DQ-37"} & {one.rule for one in check(merged)} == set()


def test_the_return_from_an_outlier_is_not_a_second_finding(check: Check) -> None:
    rows = [("environment.trees_planted", year, value)
            for year, value in ((2020, 900), (2021, 950), (2022, 19000), (2023, 940))]
    assert [one.params["year"] for one in check(rows) if one.rule == "DQ-31"] == [2022]


def test_exceptions_of_the_printed_list_are_not_judged(check: Check) -> None:
    rows = [("budget.revenue", year, value, {"item": item}) for item in ("rent", "donor_grant")
            for year, value in ((2022, 1e6), (2023, 1.1e6), (2024, 8e6))]
    judged = [one for one in check(rows) if one.rule == "CK-JUMP"]
    assert [one.params["item"] for one in judged] == ["rent"]


def test_a_figure_far_from_comparable_municipalities_names_the_unit(check: Check) -> None:
    panel = pd.DataFrame([
        {"indicator": name, "unit": f"m{number}", "year": 2024, "value": value}
        for number in range(6) for name, value in ((TOTAL, 5000 + number),
                                                   ("budget.revenue", 2e7 + number))])
    rows = [(TOTAL, 2024, 5000), ("budget.revenue", 2024, 21000)]
    found = [one for one in check(rows, panel=panel) if one.rule == "DQ-33"]
    assert [one.text for one in found] == ["DQ-33-PEERS"]
    assert not [one for one in check(rows, panel=panel[:4]) if one.rule == "DQ-33"]


def test_the_value_column_of_a_register_is_named_where_its_place_is_known(
    catalog: Catalog, check: Check
) -> None:
    observations = pd.DataFrame(columns=["indicator", "year", "value", "sex", "age", "village",
                                         "item", "status", "origin"])
    plan = pd.DataFrame([{"id": "m", "cost": 5.0, "origin": "plan!A4"}])
    plan.attrs["places"] = {"cost": "N"}
    context = SimpleNamespace(catalog=catalog, letters=lambda name: plan.attrs["places"])
    inspection = Inspection(context, Grid(observations))  # type: ignore[arg-type]
    finding = inspection.at_record("CK-FUNDING", "plan", plan.iloc[0].to_dict(), "cost")
    assert (finding.cell, finding.row, finding.value) == ("N4", 4, "5")


def explain(**fields: Any) -> pd.DataFrame:
    row = {"rule": "DQ-31", "table": "", "row": float("nan"), "column": "", "indicator": "",
           "year": float("nan"), "village": "", "item": "", "reason": "Кен жабылган",
           "origin": "explanations!A2"}
    return pd.DataFrame([{**row, **fields}])


JUMPED = [("population.departures", 2023, 12), ("population.departures", 2024, 310)]


@pytest.mark.parametrize("place", [
    {"indicator": "population.departures", "year": 2024.0},
    {"table": "observations", "row": 3.0},
    {"indicator": "population.departures"},
])
def test_an_explained_finding_becomes_a_note_that_keeps_its_sentence(
    check: Check, texts: dict[str, Any], place: dict[str, Any],
    say: Callable[[Finding, str], str],
) -> None:
    accepted = accept_findings(check(JUMPED), explain(**place), texts)
    assert [(one.rule, one.severity) for one in accepted] == [("DQ-31", "note")]
    assert "Кен жабылган" in say(accepted[0], "ky")
    assert "310" in say(accepted[0], "ky")
    assert accepted[0].cell == "C3"


@pytest.mark.parametrize("row", [
    {},  # a rule without a place
    {"indicator": "population.departures", "reason": " "},  # no reason
    {"indicator": "population.departures", "year": 2023.0},  # another year
    {"rule": "CK-JUMP", "indicator": "population.departures"},  # another rule
])
def test_an_explanation_without_place_reason_or_match_changes_nothing_and_is_said(
    check: Check, texts: dict[str, Any], row: dict[str, Any]
) -> None:
    kept = accept_findings(check(JUMPED), explain(**row), texts)
    assert [(one.rule, one.severity) for one in kept] == [
        ("DQ-31", "warning"), ("CK-EXPLANATION", "note")]
