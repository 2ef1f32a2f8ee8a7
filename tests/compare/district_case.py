"""A small district in memory: members with few figures, changed as each test needs."""

from __future__ import annotations

from datetime import date
from typing import Any

import pandas as pd

from sedp_helpers.catalog.load import load_catalog
from sedp_helpers.compare.data import DistrictData, Member
from sedp_helpers.compare.results import compute_district
from sedp_helpers.compare.roll import Roll
from sedp_helpers.compute.rows import COLUMNS
from sedp_helpers.district.book import DistrictBook
from sedp_helpers.intake.findings import COLUMNS as FINDING_COLUMNS
from sedp_helpers.models import Municipality, Text

NAMES = ("a", "b", "c", "d", "e", "f", "g", "h")
FIGURES = {  # indicator, item -> what every member has, times its place
    ("population.total", ""): 1000.0,
    ("population.households", ""): 200.0,
    ("population.working_age", ""): 500.0,
    ("population.employed", ""): 300.0,
    ("population.poor", ""): 150.0,
    ("services.residents_served", "water"): 400.0,
    ("services.residents_served", "waste"): 300.0,
    ("services.collected", "water"): 2000.0,
    ("services.cost", "water"): 5000.0,
    ("economy.output", ""): 9_000_000.0,
    ("economy.output", "agriculture"): 6_000_000.0,
    ("economy.output", "trade"): 3_000_000.0,
    ("budget.revenue", ""): 4_000_000.0,
    ("budget.expenditure", ""): 3_900_000.0,
}
OBSERVED = ["indicator", "year", "value", "sex", "age", "village", "item", "status", "origin"]


def make_panel(units: tuple[str, ...] = NAMES, *, year: int = 2024) -> pd.DataFrame:
    """The panel of some members of the district d-x; values grow unevenly with the place."""
    rows = []
    for place, unit in enumerate(units, start=1):
        for (indicator, item), value in FIGURES.items():
            tilt = 1 + (place * 7 % 5) / 10 if indicator != "population.total" else 1.0
            for back in (1, 0):
                rows.append({"indicator": indicator, "unit": unit, "item": item,
                             "year": year - back, "value": round(value * place * tilt - 3 * back),
                             "status": "A", "district": "d-x", "oblast": "o-x", "type": "aimak",
                             "mountain": "true", "border": "false", "sample": "false"})
    return pd.DataFrame(rows)


def make_far_panel() -> pd.DataFrame:
    """The panel with one figure far from the rest: those who have water in c."""
    panel = make_panel()
    water = (panel["indicator"] == "services.residents_served") & (panel["item"] == "water")
    panel.loc[water & (panel["unit"] == "c"), "value"] *= 40
    return panel


def make_member(unit: str, **registers: pd.DataFrame) -> Member:
    place = Municipality(id=unit, name=Text(ky=unit.upper(), ru=unit.upper(), en=unit.upper()),
                         base_year=2024)
    return Member(place, pd.DataFrame(columns=OBSERVED), registers, {"error": 0, "warning": 1},
                  5.0, 10.0)


def make_data(*, units: tuple[str, ...] = NAMES, present: tuple[str, ...] | None = None,
              expected: int | None = None, panel: bool = True, **changes: Any) -> DistrictData:
    """The district of ``units``; only ``present`` ones have figures."""
    catalog = load_catalog()
    there = units if present is None else present
    settings = catalog.read("district.yml")
    members = {unit: make_member(unit) for unit in units}
    fields: dict[str, Any] = {
        "id": "d-x", "name": Text(ky="Мисал", ru="Пример", en="Example"), "catalog": catalog,
        "settings": settings, "roll": Roll(units, there if panel else (), expected or len(units)),
        "members": members, "base_year": 2024, "as_of": date(2025, 9, 1),
        "panel": make_panel(there) if panel else None,
        "observations": pd.DataFrame(columns=OBSERVED),
        "weights": settings["peers"]["weights"],
        "names": {unit: member.place.name for unit, member in members.items()},
    }
    return DistrictData(**{**fields, **changes})


def make_book(data: DistrictData, language: str = "en") -> DistrictBook:
    findings = pd.DataFrame(columns=list(FINDING_COLUMNS))
    return DistrictBook(data, compute_district(data), findings, language)


def pick(frame: pd.DataFrame, result: str, **fields: Any) -> pd.DataFrame:
    """Rows of results of a kind."""
    assert list(frame.columns) == COLUMNS
    rows = frame[frame["result"] == result]
    for name, value in fields.items():
        rows = rows[rows[name] == value]
    return rows
