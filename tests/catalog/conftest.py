"""The knowledge files as plain YAML and CSV, read without the loader."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from functools import cache, cached_property
from pathlib import Path
from typing import Any

import pytest
import yaml

import sedp_helpers

CATALOG = Path(sedp_helpers.__file__).parent / "catalog"


@cache
def read_yaml(path: Path) -> Any:
    return yaml.safe_load(path.read_text(encoding="utf-8"))


class Knowledge:
    """The folder of the catalogue and the tables of the contract."""

    sections = (
        "general",
        "population",
        "services",
        "economy",
        "inclusion",
        "space",
        "environment",
        "budget",
        "participation",
        "plan",
    )
    sources = ("units", "codes", "sources", "registers", "statuses", "rules", "questions",
               "measures", "norms", "sections")  # fmt: skip

    def read(self, name: str) -> Any:
        return read_yaml(CATALOG / name)

    @cached_property
    def contract(self) -> dict[str, Any]:
        return read_yaml(Path(__file__).parent / "contract.yml")

    @cached_property
    def core(self) -> list[dict[str, str]]:
        with (Path(__file__).parent / "core_indicators.csv").open(encoding="utf-8") as handle:
            return list(csv.DictReader(handle))

    @cached_property
    def indicators(self) -> dict[str, dict[str, Any]]:
        return self.collect("indicators")

    @cached_property
    def results(self) -> dict[str, dict[str, Any]]:
        return self.collect("results")

    @cached_property
    def rules(self) -> dict[str, dict[str, Any]]:
        return self.read("rules.yml")

    @cached_property
    def glossary(self) -> list[dict[str, str]]:
        with (CATALOG / "glossary.csv").open(encoding="utf-8", newline="") as handle:
            return list(csv.DictReader(handle))

    def collect(self, kind: str) -> dict[str, dict[str, Any]]:
        found: dict[str, dict[str, Any]] = {}
        for section in self.sections:
            entries = self.read(f"indicators/{section}.yml").get(kind) or {}
            assert not set(found) & set(entries)
            found.update(entries)
        return found

    def section_entries(self, section: str) -> dict[str, dict[str, Any]]:
        source = self.read(f"indicators/{section}.yml")
        return {**source.get("indicators", {}), **source.get("results", {})}

    def texts(self, thing: Any) -> Iterator[str]:
        """Every text inside nested mappings and lists."""
        if isinstance(thing, dict):
            for value in thing.values():
                yield from self.texts(value)
        elif isinstance(thing, list):
            for value in thing:
                yield from self.texts(value)
        elif isinstance(thing, str):
            yield thing

    def kyrgyz(self) -> Iterator[str]:
        for section in self.sections:
            yield from self.texts(self.read(f"indicators/{section}.yml"))
        for name in self.sources:
            yield from self.texts(self.read(f"{name}.yml"))
        yield from (row["ky"] for row in self.glossary)


@pytest.fixture(scope="session")
def knowledge() -> Knowledge:
    return Knowledge()
