"""A municipality from a few rows, and the sentences of what is found in it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from typing import Any

import pandas as pd
import pytest

from sedp_helpers.catalog.load import Catalog, load_catalog
from sedp_helpers.checks import check_data
from sedp_helpers.compute.context import Context
from sedp_helpers.compute.facts import Facts
from sedp_helpers.intake.findings import render_finding
from sedp_helpers.models import Finding, Municipality, Text

COLUMNS = ["indicator", "year", "value", "sex", "age", "village", "item", "status", "source",
           "note", "basis", "origin"]
Row = tuple[Any, ...]


def make_observations(rows: Iterable[Row]) -> pd.DataFrame:
    """Tidy rows from (indicator, year, value[, dims]); ``dims`` maps a dimension, the status, the
    note or the basis to its text."""
    made = []
    for number, (indicator, year, value, *rest) in enumerate(rows, start=2):
        dims = rest[0] if rest else {}
        made.append({**dict.fromkeys(COLUMNS, ""), "indicator": indicator, "year": year,
                     "value": float(value), "status": "A", "basis": "current",
                     "origin": f"observations!C{number}", **dims})
    return pd.DataFrame(made, columns=COLUMNS).astype({"year": "int64", "value": "float64"})


def make_register(name: str, rows: list[dict[str, Any]]) -> pd.DataFrame:
    return pd.DataFrame([{**row, "origin": f"{name}!A{number}"}
                         for number, row in enumerate(rows, start=2)])


def make_context(
    catalog: Catalog, observations: pd.DataFrame,
    registers: Mapping[str, list[dict[str, Any]]] | None = None, *,
    panel: pd.DataFrame | None = None, name: str = "Мантыш", base_year: int = 2024,
) -> Context:
    frames = {key: make_register(key, rows) for key, rows in (registers or {}).items()}
    villages = frames["villages"]["id"] if "villages" in frames else ()
    place = Municipality(id="one", name=Text(ky=name), base_year=base_year)
    return Context(catalog, place, Facts(observations, catalog.indicators, villages), frames,
                   panel=panel)


@pytest.fixture(scope="session")
def catalog() -> Catalog:
    return load_catalog()


@pytest.fixture(scope="session")
def texts(catalog: Catalog) -> dict[str, dict[str, Any]]:
    return {lang: catalog.words("checks", lang) for lang in ("ky", "ru", "en")}


@pytest.fixture
def check(catalog: Catalog, texts: dict[str, Any]) -> Callable[..., list[Finding]]:
    """Findings of a municipality without the notes on what is missing; every one of them must
    have a sentence in each language, and the figures stay as they were."""

    def run(rows: Iterable[Row] = (), registers: Any = None, *, missing: bool = False,
            **fields: Any) -> list[Finding]:
        observations = make_observations(rows)
        before = observations.copy()
        found = check_data(make_context(catalog, observations, registers, **fields), observations)
        pd.testing.assert_frame_equal(observations, before)  # nothing is ever repaired
        for finding in found:
            for lang in texts:
                assert all(render_finding(finding, texts, lang))
        return [one for one in found if missing or one.rule != "CK-MISSING"]

    return run


@pytest.fixture
def say(texts: dict[str, Any]) -> Callable[[Finding, str], str]:
    return lambda finding, lang: " ".join(render_finding(finding, texts, lang))


UNSCALED = ("year", "rate", "probability", "meetings")


def scale_text(text: str, times: float) -> str:
    """The text with its first number multiplied."""
    return re.sub(r"\d{3,}", lambda found: str(round(int(found[0]) * times)), text, count=1)


def scale_records(registers: Mapping[str, list[dict[str, Any]]], times: float) -> dict[str, Any]:
    """Registers with every amount and every number of people multiplied."""
    def scale(name: str, value: Any) -> Any:
        if name == "goal":
            return scale_text(value, times)
        numeric = isinstance(value, (int, float)) and not isinstance(value, bool)
        return value * times if numeric and name not in UNSCALED else value

    return {register: [{name: scale(name, value) for name, value in row.items()} for row in rows]
            for register, rows in registers.items()}


@pytest.fixture
def fires(check: Callable[..., list[Finding]]) -> Callable[..., bool]:
    """Whether a rule is broken by some data, or by a copy of them."""

    def run(rule: str, data: Any, *, times: float = 1.0, name: str = "Мантыш") -> bool:
        rows = [(row[0], row[1], row[2] * times, *row[3:]) for row in data.rows]
        found = check(rows, scale_records(data.registers, times), name=name)
        return rule in {finding.rule for finding in found}

    return run
