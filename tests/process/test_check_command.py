"""Acceptance cases of the process the way an office meets them: raw tables in, `sedp check` out.

One workspace holds a municipality a case, the command runs once, each test reads its findings.
"""

from __future__ import annotations

import csv
import io
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from sedp_helpers.cli import main

Tables = dict[str, list[dict[str, Any]]]
PASSPORT = """format: 1
id: {ident}
name: {{ky: Ак-Суу, ru: Ак-Суу, en: Ak-Suu}}
base_year: 2024
forecast_methods: [statistics]
as_of: {as_of}
{extra}"""
GROUP_HEAD = [("chair", "executive", "m"), ("secretary", "executive", "f"),
              ("data_specialist", "executive", "f"), ("finance", "executive", "m"),
              ("deputy", "council", "m"), ("business", "business", "m"), ("ngo", "ngo", "f"),
              ("vulnerable", "community", "f"), ("expert", "other", "m")]


def group(*parts: tuple[int, str, str], role: str = "other", kind: str = "working") -> list[dict]:
    return [{"group": kind, "role": role, "body": body, "sex": sex, "order_date": "2025-03-05"}
            for count, body, sex in parts for _ in range(count)]


def roles(*changes: tuple[int, str, str]) -> list[dict]:
    """A group that keeps every rule, with other roles and bodies in some places."""
    rows = [{"group": "working", "role": role, "body": body, "sex": sex,
             "order_date": "2025-03-05"} for role, body, sex in GROUP_HEAD]
    for place, role, body in changes:
        rows[place] |= {"role": role, "body": body}
    return rows


def hearing(**cells: Any) -> list[dict]:
    return [{"id": "e1", "kind": "hearing", "date": "2025-05-14", "time": "14:00", "place": "Клуб",
             "notice_date": "2025-05-02", "draft_place": "Айыл өкмөтү", "participants": 40,
             "women": 18, "protocol": "true", **cells}]


def approved(date: str) -> list[dict]:
    return [{"kind": kind, "number": "5", "date": date, "body": "council"}
            for kind in ("sedp_priorities", "sedp_approval")]


def monitors(community: int) -> list[dict]:
    return group((community, "community", "f"), (1, "executive", "m"), (1, "council", "m"),
                 kind="monitoring")


def villages(count: int) -> list[dict]:
    return [{"id": f"v{n}", "name_ky": f"Айыл {n}"} for n in range(count)]


def money(**figures: float) -> list[dict]:
    return [{"indicator": f"budget.{name}", "year": 2024, "value": value}
            for name, value in figures.items()]


def measure(**cells: Any) -> list[dict]:
    return [{"id": "m1", "section": "services", "problem": "p1", "goal": "Максат", "task": "Милдет",
             "measure": "Иш-чара", "indicator": "Көрсөткүч", "target": 5, "start": "2026",
             "end": "2027", "responsible": "Адис", "direct_beneficiaries": 90, "cost": 1000000,
             "capital": "false", **cells}]


PROBLEM = [{"id": "p1", "problem": "Көйгөй", "votes": 12}]
FUNDED = [{"measure": "m1", "year": 2026, "source": "local_budget", "amount": 1000000}]
CHILDREN = "1 400 жаранга маалымат берүү"
# case: (tables, rules that must be found, rules that must not be)
CASES: dict[str, tuple[Tables, set[str], set[str]]] = {
    "ac-17": ({"events": [{"id": "e", "kind": "needs_session", "date": "2018-12-31",
                           "participants": 425, "women": 167}]}, set(), {"R-27"}),
    "ac-18": ({"events": [{"id": "e", "kind": "needs_session", "date": "2019-12-31",
                           "participants": 273, "women": 157}]}, set(), {"R-27"}),
    "ac-27": ({"working_group": group((4, "executive", "f"), (2, "executive", "m"),
                                      (4, "community", "m"))}, {"R-16"}, {"R-15"}),
    "ac-28": ({"working_group": group((3, "executive", "f"), (2, "executive", "m"),
                                      (5, "community", "m"))}, set(), {"R-15", "R-16"}),
    "ac-29": ({"working_group": group((2, "executive", "f"), (3, "executive", "m"),
                                      (5, "community", "m"))}, {"R-15"}, {"R-16"}),
    "ac-30": ({"working_group": group((4, "executive", "f"), (4, "community", "f"),
                                      (2, "community", "m"))}, {"R-15"}, {"R-16"}),
    "ac-31": ({"working_group": group((5, "executive", "f"), (1, "executive", "m"),
                                      (4, "community", "m"))}, {"R-16"}, {"R-15"}),
    "ac-32": ({"working_group": group((8, "executive", ""), (2, "council", ""),
                                      (3, "community", ""))}, {"R-16", "DQ-27"}, {"R-15"}),
    "ac-33": ({"working_group": group((8, "executive", ""), (2, "council", ""),
                                      (5, "community", ""))}, {"R-16", "DQ-27"}, {"R-15"}),
    "ac-34": ({"working_group": roles((4, "expert", "community"))}, {"R-12"}, {"R-11"}),
    "ac-35": ({"working_group": roles((0, "chair", "council"))}, {"R-11"}, {"R-12"}),
    "ac-37": ({"working_group": roles((5, "expert", "community"))}, {"R-14"}, {"R-12", "R-16"}),
    "ac-38": ({"events": hearing(date="2025-05-25")}, {"R-20"}, {"R-21", "R-22"}),
    "ac-39-first": ({"events": hearing(date="2025-05-10")}, set(), {"R-20"}),
    "ac-39-last": ({"events": hearing(date="2025-05-20")}, set(), {"R-20"}),
    "ac-39-before": ({"events": hearing(date="2025-05-09")}, {"R-20"}, set()),
    "ac-40-in-time": ({"documents": approved("2025-06-01")}, set(), {"R-02", "R-03"}),
    "ac-40-late": ({"documents": approved("2025-06-02")}, {"R-02", "R-03"}, {"R-01"}),
    "ac-41": ({"documents": approved("2025-05-19")}, {"R-03"}, {"R-02"}),
    "ac-45": ({"events": hearing(draft_place="")}, {"R-22"}, {"R-21"}),
    "ac-46": ({"events": hearing(), "proposals": [
        {"id": f"p{n}", "event": "e1", "text": "Сунуш", "status": "accepted" if n < 7 else
         "rejected", "reason": "" if n > 9 else "Каражат жок"} for n in range(12)]},
        {"R-26"}, {"R-25"}),
    "ac-47": ({"events": hearing(), "proposals": [
        {"id": f"p{n}", "event": "e1", "text": "Сунуш", "status": "rejected",
         "reason": "Мыйзам"} for n in range(5)]}, set(), {"R-25", "R-26"}),
    "ac-48": ({"events": hearing(women=11)}, {"R-27"}, set()),
    "ac-49": ({"villages": villages(3), "working_group": monitors(5)}, set(), {"R-30"}),
    "ac-50": ({"villages": villages(6), "working_group": monitors(6)}, set(), {"R-30"}),
    "ac-51": ({"plan": measure(), "monitoring": [
        {"measure": "m1", "date": "2026-06-30", "progress_pct": 40}]}, {"R-34"}, set()),
    "ac-52": ({"observations": money(reserve_fund=500000, expenditure=3000000)}, {"R-50"}, set()),
    "ac-53": ({"observations": money(reserve_fund=500000, expenditure=25000000)}, set(), {"R-50"}),
    "ac-61": ({"plan": measure(cost=12000000, capital="true")}, {"R-51"}, set()),
    "ac-61-kept": ({"plan": measure(cost=12000000, capital="true", upkeep_per_year=500000)},
                   set(), {"R-51"}),
    "ac-62": ({"subsidies": [{"recipient": "Ишкана", "form": "grant", "type": "services",
                              "amount": 300000, "contract": "true"}]}, {"R-53"}, {"R-54"}),
    "ac-63": ({"subsidies": [{"recipient": "Ишкана", "form": "subsidy", "type": "fuel",
                              "amount": 300000, "contract": "true"}]}, {"R-54"}, {"R-53"}),
    "ac-64": ({"plan": measure()}, {"R-09"}, set()),
    "ac-64-kept": ({"problems": PROBLEM, "plan": measure(), "funding": FUNDED}, set(),
                   {"R-09", "R-73"}),
    "ac-65": ({"observations": money(protected=2000000, expenditure=3000000, revenue=2000000)},
              {"R-56"}, set()),
    "ac-88": ({"plan": measure(cost=1850000), "funding": [
        {"measure": "m1", "year": 2026, "source": "local_budget", "amount": text} for text in
        ("300,0 миң сом", "100,0 миң сом", "400,0 с.", "150,0 с.", "1,3 млн сом")]},
        {"DQ-33"}, set()),
    "ac-89": ({"plan": measure(goal=CHILDREN, direct_beneficiaries=1000,
                               indirect_beneficiaries=3000)}, {"DQ-34"}, set()),
    "ac-90": ({"problems": PROBLEM, "plan": measure(end=""), "funding": FUNDED}, {"R-73"}, set()),
    "r-23": ({"events": hearing(participants=0, women=0)}, {"R-23"}, {"R-24"}),
    "r-43": ({"answers": [{"section": "economy", "question": "eco-4", "text": "Дан жетет"}]},
             {"R-43"}, set()),
    "r-57": ({"state_projects": [{"id": "s1", "name": "Жол", "amount": 5000000,
                                  "source": "local_budget"}]}, {"R-57"}, set()),
    "r-57-kept": ({"state_projects": [{"id": "s1", "name": "Жол", "amount": 5000000,
                                       "source": "republican"}]}, set(), {"R-57"}),
    "ac-90-who": ({"problems": PROBLEM, "plan": measure(responsible=""), "funding": FUNDED},
                  {"R-73"}, set()),
}
CASES["ac-36-valid"] = ({"working_group": [one | {"order_date": "2024-03-05"}
                                           for one in roles()]}, set(), {"R-17"})
CASES["ac-36-expired"] = (CASES["ac-36-valid"][0], {"R-17"}, set())
DAYS = {"ac-36-valid": "2026-03-04", "ac-36-expired": "2026-03-05"}


def write_case(raw: Path, ident: str, tables: Tables) -> None:
    write_tables(raw / ident, tables)
    passport = PASSPORT.format(ident=ident, as_of=DAYS.get(ident, "2026-07-10"), extra="")
    (raw / ident / "municipality.yaml").write_text(passport, encoding="utf-8")


def write_tables(folder: Path, tables: Tables) -> None:
    folder.mkdir(parents=True)
    for name, rows in tables.items():
        with (folder / f"{name}.csv").open("w", encoding="utf-8", newline="") as handle:
            writer = csv.DictWriter(handle, list(dict.fromkeys(key for row in rows for key in row)))
            writer.writeheader()
            writer.writerows(rows)


@pytest.fixture(scope="module")
def found(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, list[dict[str, str]]]]:
    """The findings of `sedp check --all`, by municipality."""
    root = tmp_path_factory.mktemp("cases")
    for ident, (tables, _, _) in CASES.items():
        write_case(root / "data" / "raw", ident, tables)
    words = ["--root", str(root), "check", "--all", "--format", "csv", "--lang", "en"]
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SEDP_ROOT", str(root))
        patch.delenv("SEDP_AS_OF", raising=False)
        patch.setattr(sys, "argv", ["sedp", *words])
        result = CliRunner().invoke(main, words)
    rows: dict[str, list[dict[str, str]]] = {ident: [] for ident in CASES}
    for row in csv.DictReader(io.StringIO(result.stdout)):
        rows[row["municipality"]].append(row)
    yield rows


def of(found: dict[str, list[dict[str, str]]], ident: str, rule: str) -> list[dict[str, str]]:
    return [row for row in found[ident] if row["rule"] == rule]


@pytest.mark.parametrize("case", CASES)
def test_check_finds_what_the_case_breaks_and_nothing_that_it_keeps(
    found: dict[str, list[dict[str, str]]], case: str
) -> None:
    _, broken, kept = CASES[case]
    rules = {row["rule"] for row in found[case]}
    assert broken <= rules
    assert not kept & rules
    assert not any(row["rule"].startswith("IN-") and row["severity"] == "error"
                   for row in found[case] if case != "ac-63")


def test_ac_46_names_the_two_rejected_proposals_at_their_cells(found: dict) -> None:
    assert [(row["table"], row["row"], row["cell"])
            for row in of(found, "ac-46", "R-26")] == [("proposals", "12", "E12"),
                                                      ("proposals", "13", "E13")]


def test_ac_45_names_the_cell_where_the_place_of_the_draft_is_missing(found: dict) -> None:
    (row,) = of(found, "ac-45", "R-22")
    assert (row["row"], row["column"], row["cell"]) == ("2", "draft_place", "G2")


def test_ac_37_is_advice_and_ac_31_an_error(found: dict) -> None:
    assert {row["severity"] for row in of(found, "ac-37", "R-14")} == {"warning"}
    assert {row["severity"] for row in of(found, "ac-31", "R-16")} == {"error"}


def test_ac_88_proposes_thousands_for_both_amounts(found: dict) -> None:
    rows = of(found, "ac-88", "DQ-33")
    assert [row["cell"] for row in rows] == ["D4", "D5"]
    assert "400,000" in rows[0]["message_en"] and "150,000" in rows[1]["message_en"]


def test_every_finding_says_what_and_what_to_do_in_three_languages(found: dict) -> None:
    for rows in found.values():
        for row in rows:
            if row["rule"].startswith("R-"):
                assert all(row[f"{kind}_{lang}"] for kind in ("message", "action")
                           for lang in ("ky", "ru", "en"))
