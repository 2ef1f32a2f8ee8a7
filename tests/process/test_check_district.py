"""The rules of a district the way its planner meets them: `sedp check district-…`."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from sedp_helpers.cli import main

from .test_check_command import PASSPORT, measure, write_tables

DISTRICT = "district: {id: d-ak, name: {ky: Ак району, ru: Акский район, en: Ak district}}"
BROKEN = {
    "plan": [{"id": "p1", "measure": "Жол"}, {"id": "p2", "measure": "Суу"}],
    "observations": [{"indicator": "budget.revenue", "year": 2024, "value": 5000000}],
    "exchanges": [{"id": "x1", "direction": "up", "request_date": "2025-06-03"}],
    "protected_areas": [{"name": "Корук", "area_ha": 12}],
    "documents": [{"kind": "sedp_approval", "number": "3", "date": "2025-05-28",
                   "body": "council"}],
}
KEPT = {
    "plan": [{"id": "p1", "measure": "Жол"}, {"id": "p2", "measure": "Суу сактагыч"}],
    "observations": [{"indicator": "economy.output", "year": 2024, "value": 5000000,
                      "item": "agriculture"}],
    "exchanges": [{"id": f"x{n}", "direction": way, "request_date": f"2025-0{n}-03",
                   "answer_date": f"2025-0{n}-09"} for n, way in ((1, "down"), (6, "up"))],
    "food_balance": [{"product": "wheat", "year": 2024, "produced_t": 5, "needed_t": 9}],
    "protected_areas": [{"name": "Корук", "area_ha": 12, "effect": "Мал жайылбайт"}],
    "coordination_council": [{"role": "Төрага", "body": "district", "sex": "f"}],
    "documents": [{"kind": "sedp_approval", "number": "3", "date": "2025-05-28",
                   "body": "collegium"}],
}


def check(root: Path, *words: str) -> tuple[int, str]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SEDP_ROOT", str(root))
        result = CliRunner().invoke(main, ["--root", str(root), "check", *words])
    return result.exit_code, result.stdout


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two members with a plan each, and a district whose plan is made of theirs."""
    root = tmp_path_factory.mktemp("district")
    raw = root / "data" / "raw"
    for ident, name in (("a", "Жол"), ("b", "Суу")):
        write_tables(raw / ident, {"plan": measure(measure=name)})
        passport = PASSPORT.format(ident=ident, as_of="2025-07-01", extra=DISTRICT)
        (raw / ident / "municipality.yaml").write_text(passport, encoding="utf-8")
    write_tables(raw / "district-ak", BROKEN)
    return root


def test_each_broken_rule_of_the_district_is_found_at_its_cell(root: Path) -> None:
    code, text = check(root, "district-ak", "--format", "csv")
    rows = [row for row in csv.DictReader(io.StringIO(text)) if row["rule"].startswith("R-")]
    assert {row["municipality"] for row in rows} == {"district-ak"}
    assert {row["rule"] for row in rows} == {f"R-4{n}" for n in range(9)}
    cells = {row["rule"]: (row["table"], row["row"], row["column"]) for row in rows}
    assert cells["R-41"] == ("observations", "2", "indicator")
    assert cells["R-44"] == ("protected_areas", "2", "effect")
    assert cells["R-48"] == ("documents", "2", "body")
    assert code == 1
    assert not (root / "data" / "processed").exists()


def test_a_district_that_keeps_its_rules_has_none_of_them_found(root: Path) -> None:
    write_tables(root / "data" / "raw" / "district-good", KEPT)
    code, text = check(root, "district-good", "--format", "json")
    assert not [row for row in json.loads(text) if row["rule"].startswith("R-")]
    assert code == 0


def test_a_district_that_is_not_there_is_said_with_those_that_are(root: Path) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SEDP_ROOT", str(root))
        result = CliRunner().invoke(main, ["--root", str(root), "check", "district-nowhere"])
    assert result.exit_code == 1 and "d-ak" in result.stderr
