"""Histories on today's borders: what adds, what does not, and what is refused."""

from __future__ import annotations

from typing import Any

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sedp_helpers.catalog.load import load_catalog
from sedp_helpers.intake.findings import render_finding
from sedp_helpers.intake.lineage import apply_lineage
from sedp_helpers.models import Finding

COLUMNS = ["indicator", "year", "value", "sex", "age", "village", "item", "status", "source",
           "note", "basis", "origin"]
CATALOG = load_catalog()
TEXTS = {lang: CATALOG.words("checks", lang) for lang in ("ky", "ru", "en")}
TOTAL = "population.total"


def unit(*rows: tuple[Any, ...]) -> pd.DataFrame:
    made = [{**dict.fromkeys(COLUMNS, ""), "indicator": name, "year": year, "value": float(value),
             "status": "A", "basis": "current", "origin": "observations!C2",
             **(rest[0] if rest else {})} for name, year, value, *rest in rows]
    return pd.DataFrame(made, columns=COLUMNS).astype({"year": "int64", "value": "float64"})


def follow(units: dict[str, pd.DataFrame], *rows: tuple[Any, ...]) -> tuple[Any, list[Finding]]:
    lineage = pd.DataFrame(rows, columns=["old", "new", "year", "share"])
    frames, findings = apply_lineage(units, lineage, CATALOG)
    for finding in findings:
        for lang in TEXTS:
            assert all(render_finding(finding, TEXTS, lang))
    return frames, findings


def figures(frame: pd.DataFrame, indicator: str = TOTAL) -> dict[int, float]:
    rows = frame[(frame["indicator"] == indicator) & (frame["item"] == "")]
    return dict(zip(rows["year"], rows["value"]))


def texts_of(findings: list[Finding]) -> set[str]:
    return {finding.text for finding in findings}


A = unit((TOTAL, 2022, 100), (TOTAL, 2023, 110))
B = unit((TOTAL, 2022, 50), (TOTAL, 2023, 60))
NEW = unit((TOTAL, 2024, 180))


def test_stocks_and_flows_of_merged_units_add_and_carry_the_year_of_the_borders() -> None:
    frames, findings = follow({"a": A, "b": B, "n": NEW}, ("a", "n", 2024, ""), ("b", "n", 2024, 1))
    assert figures(frames["n"]) == {2022: 150, 2023: 170, 2024: 180}
    assert frames["n"]["basis"].tolist() == ["2024", "2024", "current"]
    assert set(frames["n"]["status"]) == {"A"}
    assert findings == []


def test_the_former_units_and_the_inputs_stay_as_they_were() -> None:
    units = {"a": A.copy(), "b": B.copy(), "n": NEW.copy()}
    frames, _ = follow(units, ("a", "n", 2024, 1), ("b", "n", 2024, 1))
    for name, frame in (("a", A), ("b", B)):
        pd.testing.assert_frame_equal(frames[name], frame)
    pd.testing.assert_frame_equal(units["n"], NEW)


def test_percentages_means_and_tariffs_are_left_out_and_named() -> None:
    rates = unit((TOTAL, 2023, 110), ("economy.wage", 2023, 20000),
                 ("services.satisfaction_pct", 2023, 70, {"item": "water"}))
    frames, findings = follow({"a": rates, "b": B, "n": NEW}, ("a", "n", 2024, 1),
                              ("b", "n", 2024, 1))
    assert set(frames["n"]["indicator"]) == {TOTAL}
    note = next(one for one in findings if one.text == "CK-LINEAGE-RATE")
    assert (note.severity, note.params["count"]) == ("note", 2)


@pytest.mark.parametrize("shares", [("", ""), (0.6, ""), (0.7, 0.6), (1.4, -0.4)])
def test_a_divided_unit_without_usable_shares_is_refused_and_said(shares: tuple) -> None:
    units = {"a": A, "n": NEW, "m": unit((TOTAL, 2024, 70))}
    frames, findings = follow(units, ("a", "n", 2024, shares[0]), ("a", "m", 2024, shares[1]))
    assert figures(frames["n"]) == {2024: 180}
    assert [(one.text, one.severity) for one in findings] == [("CK-LINEAGE-SHARE", "error")]


def test_given_shares_hold_where_it_is_not_said_where_the_rest_went() -> None:
    units = {"a": A, "n": NEW, "m": unit((TOTAL, 2024, 70))}
    frames, findings = follow(units, ("a", "n", 2024, 0.6), ("a", "m", 2024, 0.3))
    assert figures(frames["n"]) == {2022: 60, 2023: 66, 2024: 180}
    assert [(one.text, one.severity, one.params["sum"]) for one in findings] == [
        ("CK-LINEAGE-REST", "warning", 0.9)]


def test_a_unit_that_is_known_to_go_on_needs_a_share_though_it_has_no_figures_yet() -> None:
    lineage = pd.DataFrame([("a", "n", 2024, "")], columns=["old", "new", "year", "share"])
    for lasting, made in (((), {2022: 100, 2023: 110, 2024: 180}), (("a",), {2024: 180})):
        frames, findings = apply_lineage({"a": A, "n": NEW}, lineage, CATALOG, lasting=lasting)
        assert figures(frames["n"]) == made
        assert texts_of(findings) == ({"CK-LINEAGE-SHARE"} if lasting else set())


def test_a_part_without_a_share_of_a_unit_that_goes_on_is_refused() -> None:
    lasting = unit((TOTAL, 2023, 110), (TOTAL, 2024, 90))
    _, findings = follow({"a": lasting, "n": NEW}, ("a", "n", 2024, ""))
    assert texts_of(findings) == {"CK-LINEAGE-SHARE"}


def test_a_unit_that_goes_on_keeps_what_it_did_not_give() -> None:
    lasting = unit((TOTAL, 2023, 110), (TOTAL, 2024, 90))
    frames, _ = follow({"a": lasting, "b": B, "n": NEW}, ("a", "n", 2024, 0.2), ("b", "n", 2024, 1))
    assert figures(frames["a"]) == pytest.approx({2023: 88, 2024: 90})
    assert figures(frames["n"])[2023] == pytest.approx(22 + 60)
    assert set(frames["a"].loc[frames["a"]["year"] < 2024, "status"]) == {"E"}


def test_land_is_not_divided_by_residents() -> None:
    land = unit((TOTAL, 2023, 110), ("space.zoned_ha", 2023, 900))
    frames, findings = follow({"a": land, "n": NEW, "m": NEW}, ("a", "n", 2024, 0.5),
                              ("a", "m", 2024, 0.5))
    assert "space.zoned_ha" not in set(frames["n"]["indicator"])
    assert "CK-LINEAGE-AREA" in texts_of(findings)


def test_a_figure_that_one_former_unit_lacks_is_not_added_from_the_rest() -> None:
    frames, findings = follow({"a": A, "b": unit((TOTAL, 2023, 60)), "n": NEW},
                              ("a", "n", 2024, 1), ("b", "n", 2024, 1))
    assert 2022 not in figures(frames["n"])
    missing = unit((TOTAL, 2022, float("nan"), {"status": "L"}), (TOTAL, 2023, 60))
    frames, _ = follow({"a": A, "b": missing, "n": NEW}, ("a", "n", 2024, 1), ("b", "n", 2024, 1))
    assert 2022 not in figures(frames["n"])
    assert texts_of(findings) == {"CK-LINEAGE-INCOMPLETE"}


def test_an_item_that_a_complete_list_does_not_name_was_none() -> None:
    name = "budget.revenue"
    rich = unit((name, 2023, 11), (name, 2023, 5, {"item": "fines"}),
                (name, 2023, 6, {"item": "rent"}))
    plain = unit((name, 2023, 7), (name, 2023, 7, {"item": "rent"}))
    partial = unit((name, 2023, 9), (name, 2023, 7, {"item": "rent"}))
    for other, items in ((plain, {"fines", "rent", ""}), (partial, {"rent", ""})):
        frames, _ = follow({"a": rich, "b": other, "n": NEW}, ("a", "n", 2024, 1),
                           ("b", "n", 2024, 1))
        made = frames["n"][frames["n"]["indicator"] == name]
        assert set(made["item"]) == items


def test_typed_earlier_figures_of_the_new_unit_are_on_todays_borders_and_that_is_said() -> None:
    units = {"a": A, "b": B, "n": unit((TOTAL, 2023, 175), (TOTAL, 2024, 180))}
    frames, findings = follow(units, ("a", "n", 2024, 1), ("b", "n", 2024, 1))
    assert figures(frames["n"]) == {2022: 150, 2023: 175, 2024: 180}
    assert texts_of(findings) == {"CK-LINEAGE-OWN"}


GROWN = ((TOTAL, 2022, 40), (TOTAL, 2023, 45), (TOTAL, 2024, 160))


def test_earlier_figures_on_old_borders_are_added_where_a_row_or_their_basis_says_so() -> None:
    grown = {2022: 140, 2023: 155, 2024: 160}
    frames, findings = follow({"a": A, "n": unit(*GROWN)}, ("a", "n", 2024, 1), ("n", "n", 2024, 1))
    assert (figures(frames["n"]), findings) == (grown, [])
    marked = unit(*((*row, {"basis": "2020"}) for row in GROWN[:2]), GROWN[2])
    frames, findings = follow({"a": A, "n": marked}, ("a", "n", 2024, 1))
    assert (figures(frames["n"]), findings) == (grown, [])


def test_a_history_that_was_exported_on_new_borders_is_not_added_again() -> None:
    units, rows = {"a": A, "n": unit(*GROWN)}, [("a", "n", 2024, 1), ("n", "n", 2024, 1)]
    once, _ = follow(units, *rows)
    twice, _ = follow({"a": A, "n": once["n"]}, *rows)
    assert figures(twice["n"]) == figures(once["n"])


def test_two_reforms_follow_one_another() -> None:
    units = {"a": A, "b": unit((TOTAL, 2022, 50), (TOTAL, 2023, 165)), "n": NEW}
    frames, _ = follow(units, ("a", "b", 2023, 1), ("b", "b", 2023, 1), ("b", "n", 2024, 1))
    assert figures(frames["n"]) == {2022: 150, 2023: 165, 2024: 180}


def test_villages_are_carried_where_each_belongs_to_one_unit() -> None:
    one, two = (unit((TOTAL, 2023, 60, {"village": name})) for name in ("v1", "v2"))
    frames, _ = follow({"a": one, "b": two, "n": NEW}, ("a", "n", 2024, 1), ("b", "n", 2024, 1))
    past = frames["n"][frames["n"]["year"] < 2024]
    assert dict(zip(past["village"], past["value"])) == {"v1": 60, "v2": 60}
    frames, findings = follow({"a": one, "b": one, "n": NEW}, ("a", "n", 2024, 1),
                              ("b", "n", 2024, 1))
    assert set(frames["n"]["village"]) == {""}
    assert "CK-LINEAGE-VILLAGES" in texts_of(findings)


def test_an_absent_former_unit_and_a_circle_are_said() -> None:
    frames, findings = follow({"a": A, "n": NEW}, ("a", "n", 2024, 1), ("b", "n", 2024, 1))
    assert figures(frames["n"]) == {2024: 180}
    assert texts_of(findings) == {"CK-LINEAGE-ABSENT"}
    _, findings = follow({"a": A, "n": NEW}, ("a", "n", 2024, 1), ("n", "a", 2025, 1))
    assert texts_of(findings) == {"CK-LINEAGE-CYCLE"}


def test_an_empty_lineage_changes_nothing() -> None:
    frames, findings = follow({"a": A})
    assert frames["a"] is A and findings == []


@settings(max_examples=40, deadline=None)
@given(
    values=st.lists(st.integers(0, 10**6), min_size=2, max_size=5),
    cut=st.integers(1, 99),
)
def test_nobody_is_lost_or_counted_twice(values: list[int], cut: int) -> None:
    """The sum over all units before and after is the same: weights of each old unit make 1."""
    olds = {f"o{number}": unit((TOTAL, 2023, value)) for number, value in enumerate(values)}
    units = {**olds, "n": NEW, "m": NEW}
    rows = [("o0", "n", 2024, cut / 100), ("o0", "m", 2024, 1 - cut / 100)]
    rows += [(name, "n", 2024, 1) for name in list(olds)[1:]]
    frames, findings = follow(units, *rows)
    after = figures(frames["n"])[2023] + figures(frames["m"])[2023]
    assert after == pytest.approx(sum(values))
    assert findings == []
