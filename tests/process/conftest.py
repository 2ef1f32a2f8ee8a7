"""A municipality whose process keeps every rule, to be changed by each test in one place."""

from __future__ import annotations

import copy
from datetime import date
from typing import Any

import pandas as pd
import pytest

from sedp_helpers.catalog.load import load_catalog
from sedp_helpers.compute.context import Context
from sedp_helpers.compute.custom import compute_custom
from sedp_helpers.compute.facts import Facts
from sedp_helpers.compute.results import compute_results  # noqa: F401  (registers computations)
from sedp_helpers.models import Municipality
from sedp_helpers.process import Verdict, judge_all

NUMERIC = ("int", "number", "money", "pct", "year")
Registers = dict[str, list[dict[str, Any]]]

MEMBERS = [
    ("chair", "executive", "m"), ("secretary", "executive", "f"),
    ("data_specialist", "executive", "f"),
    ("finance", "executive", "f"), ("division", "executive", "m"), ("deputy", "council", "m"),
    ("business", "business", "m"), ("ngo", "ngo", "f"), ("vulnerable", "community", "f"),
    ("expert", "other", "m"),
]
MONITORS = [("community", "f"), ("community", "m"), ("community", "f"), ("community", "m"),
            ("community", "f"), ("executive", "m"), ("council", "f")]


def good_registers() -> Registers:
    """Registers of a municipality that keeps every rule (drafting year 2025)."""
    group = [{"group": "working", "role": role, "body": body, "sex": sex, "village": "v1",
              "order_date": "2025-03-05"} for role, body, sex in MEMBERS]
    group += [{"group": "monitoring", "role": "other", "body": body, "sex": sex,
               "village": ("v1", "v2")[n % 2]} for n, (body, sex) in enumerate(MONITORS)]
    people = {"participants": 40.0, "women": 18.0, "youth": 9.0, "vulnerable": 6.0}
    return {
        "villages": [{"id": "v1"}, {"id": "v2"}],
        "working_group": group,
        "events": [
            {"id": "e1", "kind": "focus_group", "date": "2025-04-08", **people},
            {"id": "e2", "kind": "planning_meeting", "date": "2025-04-12", **people},
            {"id": "e3", "kind": "gathering", "date": "2025-04-30", **people},
            {"id": "e4", "kind": "hearing", "date": "2025-05-14", "time": "14:00",
             "place": "club", "draft_place": "hall", "notice_date": "2025-05-02",
             "protocol": True, **people},
            {"id": "e5", "kind": "monitoring_visit", "date": "2026-06-18", **people},
        ],
        "proposals": [
            {"id": "a", "event": "e4", "status": "accepted"},
            {"id": "b", "event": "e4", "status": "rejected", "reason": "no money"},
        ],
        "documents": [
            {"kind": "working_group_order", "number": "12", "date": "2025-03-05",
             "body": "executive"},
            {"kind": "hearing_protocol", "number": "3", "date": "2025-05-14", "body": "executive"},
            {"kind": "sedp_priorities", "number": "5", "date": "2025-05-28", "body": "council"},
            {"kind": "sedp_approval", "number": "6", "date": "2025-05-28", "body": "council"},
            {"kind": "bap_approval", "number": "7", "date": "2025-05-28", "body": "council",
             "published_where": "board"},
            {"kind": "monitoring_group_approval", "number": "8", "date": "2025-05-28",
             "body": "council"},
            {"kind": "monitoring_report", "number": "1", "date": "2026-07-03", "body": "executive",
             "published_where": "site;board"},
            {"kind": "land_plan", "number": "9", "date": "2024-11-20", "body": "council"},
            {"kind": "hazard_plan", "number": "10", "date": "2024-10-10", "body": "council"},
        ],
        "higher_programmes": [{"level": "district", "name": "programme"}],
        "answers": [{"section": section, "question": one["id"], "text": "told"}
                    for section, found in load_catalog().questions.items() for one in found
                    if one.get("level") != "district"],
        "plan": [
            {"id": "m1", "section": "services", "problem": "p1", "goal": "g", "task": "t",
             "measure": "school", "indicator": "places", "baseline": 0.0, "target": 240.0,
             "start": "2026", "end": "2027", "responsible": "head", "direct_beneficiaries": 240.0,
             "cost": 12e6, "capital": True, "upkeep_per_year": 5e5},
            {"id": "m2", "section": "economy", "problem": "p1", "goal": "g", "task": "t",
             "measure": "courses", "indicator": "people", "target": 90.0, "start": "2026",
             "end": "2026", "responsible": "head", "direct_beneficiaries": 90.0, "cost": 1e6,
             "capital": False, "delivery": "social_order", "contract": "ct-1"},
        ],
        "problems": [{"id": "p1", "problem": "no school", "village": "v1", "votes": 30.0}],
        "funding": [
            {"measure": "m1", "year": 2026.0, "source": "republican", "amount": 12e6,
             "confirmed": True},
            {"measure": "m2", "year": 2026.0, "source": "local_budget", "amount": 1e6,
             "confirmed": False},
        ],
        "monitoring": [
            {"measure": "m1", "date": "2026-06-30", "progress_pct": 30.0, "spent": 1e6,
             "indicator_value": 0.0, "decision": "go on"},
            {"measure": "m2", "date": "2026-06-30", "progress_pct": 10.0, "spent": 1e5,
             "indicator_value": 5.0, "decision": "another contractor"},
        ],
        "exchanges": [
            {"id": "x1", "direction": "down", "request_date": "2025-01-15", "answer": "list"},
            {"id": "x2", "direction": "up", "request_date": "2025-06-05", "answer": "taken"},
        ],
        "unfunded_mandates": [{"name": "draft board", "documented": True}],
        "subsidies": [{"recipient": "ME-1", "form": "subsidy", "type": "services",
                       "contract": True}],
        "state_projects": [{"id": "s1", "name": "road", "amount": 5e6, "source": "republican"}],
        "land_cases": [{"id": "l1", "kind": "transformation", "stage": "documents"}],
    }


GOOD_FACTS = [
    ("budget.reserve_fund", 2024, 6e4, ""), ("budget.expenditure", 2024, 3e6, ""),
    ("budget.revenue", 2024, 3e6, ""), ("budget.protected", 2024, 1.5e6, ""),
]


def make_register(name: str, rows: list[dict[str, Any]]) -> pd.DataFrame:
    """Rows as intake hands them on: blanks by the type of the column, a place in ``origin``."""
    columns = load_catalog().registers[name].columns
    data = {}
    for column in columns:
        blank = float("nan") if column.type in NUMERIC else None if column.type == "bool" else ""
        data[column.id] = [row.get(column.id, blank) for row in rows]
    frame = pd.DataFrame(data)
    frame["origin"] = [f"{name}!A{place + 2}" for place in range(len(rows))]
    return frame


def make_context(registers: Registers, facts: list[tuple] = GOOD_FACTS, **passport: Any) -> Context:
    fields = {"id": "x", "name": {"ky": "X"}, "base_year": 2024,
              "forecast_methods": ("statistics",), **passport}
    observed = pd.DataFrame(
        [(name, year, value, "", "", "", item, "A") for name, year, value, item in facts],
        columns=["indicator", "year", "value", "sex", "age", "village", "item", "status"])
    catalog = load_catalog()
    frames = {name: make_register(name, rows) for name, rows in registers.items()}
    return Context(catalog, Municipality(**fields),
                   Facts(observed, catalog.indicators, ["v1", "v2"]), frames)


class Judge:
    """All verdicts of a changed good municipality, by rule."""

    def __init__(self) -> None:
        self.registers = good_registers()
        self.facts = list(GOOD_FACTS)
        self.passport: dict[str, Any] = {}
        self.as_of = date(2026, 7, 10)

    def only(self, **registers: list[dict[str, Any]]) -> Judge:
        self.registers = copy.deepcopy(registers)
        return self

    def drop(self, *names: str) -> Judge:
        for name in names:
            self.registers.pop(name, None)
        return self

    def all(self) -> list[Verdict]:
        context = make_context(self.registers, self.facts, **self.passport)
        return judge_all(context, self.as_of)

    def __call__(self, rule: str) -> Verdict:
        return {one.rule: one for one in self.all()}[rule]

    def results(self) -> dict[tuple[str, str], float]:
        """Custom results by (id, item) where the year does not matter."""
        rows = compute_custom(make_context(self.registers, self.facts, **self.passport))
        return {(row.result, row.item): row.value for row in rows}


@pytest.fixture
def judge() -> Judge:
    return Judge()


def group_of(*parts: tuple[int, str, str]) -> list[dict[str, Any]]:
    """A working group of so many members of a body and sex."""
    return [{"group": "working", "role": "other", "body": body, "sex": sex}
            for count, body, sex in parts for _ in range(count)]
