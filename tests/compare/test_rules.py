"""The district's own rules R-40 … R-48 as findings (AC-93)."""

from __future__ import annotations

import pandas as pd
import pytest

from sedp_helpers.catalog.load import load_catalog
from sedp_helpers.compare.rules import Folder, check_district
from sedp_helpers.intake.findings import findings_frame
from sedp_helpers.models import LANGUAGES
from tests.compare.district_case import OBSERVED

PROTECTED = load_catalog().rules["R-41"]["threshold"]["indicators"]
EXCHANGES = pd.DataFrame([
    {"id": "x1", "direction": "down", "request_date": "2025-01-15", "answer_date": "2025-01-20"},
    {"id": "x2", "direction": "up", "request_date": "2025-06-03", "answer_date": "2025-06-10"}])
COUNCIL = pd.DataFrame([{"role": "chair", "body": "district"}])


def observe(*rows: tuple[str, str, float]) -> pd.DataFrame:
    return pd.DataFrame([[name, 2024, value, "", "", "", item, "A", "observations!A2"]
                         for name, item, value in rows], columns=OBSERVED)


GOOD = observe(("economy.output", "agriculture", 5.0))


def approve(body: str) -> pd.DataFrame:
    return pd.DataFrame([{"kind": "sedp_approval", "body": body, "origin": "documents!A2"}])


def find(observations: pd.DataFrame = GOOD, programmes: dict | None = None,
         **registers: pd.DataFrame) -> list:
    kept = {"exchanges": EXCHANGES, "coordination_council": COUNCIL,
            "documents": approve("collegium"), **registers}
    return check_district(Folder(observations, kept, programmes or {}), PROTECTED)


def test_a_district_that_keeps_its_rules_has_no_finding() -> None:
    assert find() == []


def test_ac93_a_local_council_does_not_approve_the_district_programme() -> None:
    (finding,) = find(documents=approve("council"))
    assert (finding.rule, finding.severity) == ("R-48", "warning")
    assert finding.value == "council" and finding.cell == "A2"


def test_no_approval_record_is_no_wrong_approval() -> None:
    assert find(documents=pd.DataFrame()) == []


def test_revenue_among_the_district_figures_is_an_error_at_its_cell() -> None:
    (finding,) = find(observe(("economy.output", "agriculture", 5.0),
                              ("budget.revenue", "", 100.0)))
    assert (finding.rule, finding.severity, finding.row) == ("R-41", "error", 2)


def test_a_plan_taken_over_from_the_members_is_an_error() -> None:
    plan = pd.DataFrame({"measure": ["road", "water"]})
    (finding,) = find(plan=plan, programmes={"a": ["road"], "b": ["water"]})
    assert (finding.rule, finding.severity) == ("R-40", "error")
    assert find(plan=plan, programmes={"a": ["road"]}) == []


@pytest.mark.parametrize(("rows", "texts"), [
    ([0], ["R-42-up"]), ([1], ["R-42-down"]), ([], ["R-42-down", "R-42-up"])])
def test_each_missing_phase_is_said(rows: list[int], texts: list[str]) -> None:
    found = find(exchanges=EXCHANGES.iloc[rows])
    assert [one.text for one in found] == texts


def test_phases_in_the_wrong_order_are_said() -> None:
    turned = EXCHANGES.assign(request_date=["2025-07-01", "2025-06-03"])
    assert [one.text for one in find(exchanges=turned)] == ["R-42-order"]


def test_an_exchange_without_an_answer_is_said() -> None:
    mute = EXCHANGES.assign(answer_date=["2025-01-20", ""])
    assert [one.rule for one in find(exchanges=mute)] == ["R-46"]


def test_missing_output_and_council_are_notes() -> None:
    found = find(observe(), coordination_council=pd.DataFrame())
    assert [(one.rule, one.severity) for one in found] == [("R-45", "note"), ("R-47", "note")]


def test_every_finding_has_its_sentence_in_three_languages() -> None:
    catalog = load_catalog()
    texts = {lang: catalog.words("district_findings", lang) for lang in LANGUAGES}
    assert len({tuple(sorted(words)) for words in texts.values()}) == 1
    found = [*find(observe(("budget.revenue", "", 1.0)), {"a": ["m"], "b": ["n"]},
                   plan=pd.DataFrame({"measure": ["m", "n"]}), documents=approve("council"),
                   exchanges=EXCHANGES.assign(answer_date=""),
                   coordination_council=pd.DataFrame()),
             *find(exchanges=EXCHANGES.iloc[:0]),
             *find(exchanges=EXCHANGES.assign(request_date=["2025-07-01", "2025-06-03"]))]
    frame = findings_frame(found, texts)
    assert {"R-40", "R-41", "R-42", "R-45", "R-46", "R-47", "R-48"} == set(frame["rule"])
    assert (frame[[f"message_{lang}" for lang in LANGUAGES]] != "").all().all()
