"""Observations and findings hide what the results hide."""

from __future__ import annotations

import numpy as np
import pandas as pd

from sedp_helpers.catalog.load import load_catalog
from sedp_helpers.compute.protect import protect_small_counts
from sedp_helpers.compute.protect_tables import hide_findings, hide_observations
from sedp_helpers.compute.rows import Row, frame_rows
from sedp_helpers.examination import finding_texts
from sedp_helpers.intake.findings import findings_frame
from sedp_helpers.models import Finding

CATALOG = load_catalog()
TEXTS = finding_texts(CATALOG)
CELLS = (("", 30.0), ("family", 17.0), ("study", 3.0), ("work", 9.0))  # departures by reason
OBSERVATIONS = pd.DataFrame([
    {"indicator": "population.departures", "year": 2024, "value": value, "sex": "", "age": "",
     "village": "", "item": item, "status": "A", "origin": f"observations!C{row}"}
    for row, (item, value) in enumerate(CELLS, 2)])
PROTECTED = protect_small_counts(frame_rows([
    Row("population", "population.departures", 2024, value, unit="person", item=item,
        method="observed") for item, value in CELLS]), CATALOG)


def publish(finding: Finding) -> dict[str, str]:
    frame = hide_findings(findings_frame([finding], TEXTS), OBSERVATIONS, PROTECTED, TEXTS)
    return frame.iloc[0].to_dict()


def at(cell: str, value: str, rule: str = "IN-RANGE") -> Finding:
    return Finding(rule, "warning", table="observations", row=int(cell[1:]), column="value",
                   cell=cell, value=value, params={"indicator": "x", "unit": "person"})


def test_observations_lose_the_small_count_and_the_cell_hidden_with_it() -> None:
    frame = hide_observations(OBSERVATIONS, PROTECTED).set_index("item")
    assert np.isnan(frame.loc["study", "value"]) and frame.loc["study", "status"] == "Q"
    assert frame["status"].tolist().count("Q") == 2
    assert frame.loc["", "value"] == 30
    assert OBSERVATIONS["value"].notna().all()


def test_a_finding_at_a_hidden_cell_keeps_its_rule_and_place_and_loses_its_number() -> None:
    row = publish(at("C4", "3"))
    assert (row["rule"], row["cell"], row["value"]) == ("IN-RANGE", "C4", "‹5")
    for lang in ("ky", "ru", "en"):
        assert "C4" in row[f"message_{lang}"] and row[f"action_{lang}"]
        assert "3" not in row[f"message_{lang}"]


def test_a_finding_at_a_shown_total_that_names_a_hidden_part_is_withheld() -> None:
    total = Finding("DQ-25", "error", table="observations", row=2, column="value", cell="C2",
                    value="30", text="DQ-25-ITEM",
                    params={"figure": "x", "year": 2024, "sum": 29, "total": 30, "difference": 1,
                            "count": 4})
    assert "30" in publish(total)["message_ky"]
    part = Finding(**{**{name: getattr(total, name) for name in total.__slots__},
                      "params": {**total.params, "difference": 3}})
    assert "C2" in publish(part)["message_ky"] and "30" not in publish(part)["message_ky"]


def test_a_small_number_in_a_cell_that_was_not_used_is_withheld_and_a_large_one_is_not() -> None:
    assert publish(at("C9", "-3"))["value"] == "‹5"
    assert publish(at("C9", "-3000"))["value"] == "-3000"


def test_findings_about_registers_and_open_figures_stay_as_they_are() -> None:
    for finding in (at("C2", "30"), Finding("IN-TABLE", "note", table="notes")):
        row = publish(finding)
        pd.testing.assert_series_equal(pd.Series(row),
                                       findings_frame([finding], TEXTS).iloc[0], check_names=False)
