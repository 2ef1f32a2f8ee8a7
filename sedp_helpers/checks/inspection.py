"""What every check works with: the municipality, its numbers with their places, the limits.

A check is a function from an inspection to findings, registered by name; it yields nothing where
it cannot be made. Limits, pairs and exceptions are data (catalog/checks.yml), never code.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from fnmatch import fnmatchcase
from functools import cached_property
from math import isnan
from typing import Any, TypeGuard

from sedp_helpers.catalog.load import Catalog
from sedp_helpers.checks.grid import Grid, Row, read_origin
from sedp_helpers.checks.words import name_column, name_figure
from sedp_helpers.compute.context import Context
from sedp_helpers.models import DIMS, Finding
from sedp_helpers.registry import Registry

Record = Mapping[str, Any]


@dataclass
class Inspection:
    """One municipality under inspection. ``blamed``: origins of figures whose unit is doubted,
    so that a later check does not say the same again. ``memory``: what checks share."""

    context: Context
    grid: Grid
    blamed: set[str] = field(default_factory=set)
    memory: dict[Any, Any] = field(default_factory=dict)
    _figures: dict[Any, Any] = field(default_factory=dict)

    @property
    def catalog(self) -> Catalog:
        return self.context.catalog

    @cached_property
    def settings(self) -> Mapping[str, Any]:
        return self.catalog.read("checks.yml")

    @cached_property
    def _rules(self) -> dict[str, dict[str, Any]]:
        """Limits and severity by rule: of the rule itself, completed by checks.yml."""
        own = self.settings["rules"]
        return {
            rule: {**self.catalog.rules.get(rule, {}).get("threshold", {}),
                   "severity": self.catalog.rules.get(rule, {}).get("severity", "warning"),
                   **own.get(rule, {})}
            for rule in {*own, *self.catalog.rules}
        }

    def limit(self, rule: str, name: str) -> Any:
        """A threshold of a rule."""
        return self._rules[rule][name]

    def is_exempt(self, rule: str, row: Row) -> bool:
        """Whether the printed list of exceptions names this figure."""
        return any(
            one["rule"] == rule and fnmatchcase(row.indicator, one["indicator"])
            and fnmatchcase(row.key[3], one.get("item", "*"))
            for one in self.settings["exceptions"]
        )

    def at_row(self, rule: str, row: Row, *, text: str = "", severity: str = "",
               **params: Any) -> Finding:
        """A finding at an observation."""
        spec = self.catalog.indicators.get(row.indicator)
        place = read_origin(row.origin)
        place_names = dict(zip(DIMS, row.key))
        said = {"figure": self.name(row), "indicator_id": row.indicator, "year": row.year,
                **place_names, **params}
        return Finding(rule, severity or self.limit(rule, "severity"),  # type: ignore[arg-type]
                       spec.section if spec else "", place.table, place.row, "value", place.cell,
                       write_value(row.value), text or rule, said)

    def at_record(self, rule: str, register: str, record: Record, column: str = "", *,
                  text: str = "", severity: str = "", section: str = "",
                  **params: Any) -> Finding:
        """A finding at a record of a register; ``cell`` is that of the column where known."""
        place = read_origin(str(record.get("origin", "")))
        letters = self.context.letters(register).get(column)
        cell = f"{letters}{place.row}" if letters and place.row else place.cell
        said = {"title": name_column(self.context, register, column), "register": register,
                "village": record.get("village", ""), **params}
        return Finding(rule, severity or self.limit(rule, "severity"), section,  # type: ignore[arg-type]
                       place.table or register, place.row, column, cell,
                       write_value(record.get(column, "")), text or rule, said)

    def name(self, row: Row) -> Any:
        """The figure's name in three languages."""
        known = (row.indicator, row.key)
        if known not in self._figures:
            self._figures[known] = name_figure(self.context, *known)
        return self._figures[known]

    def records(self, register: str) -> list[dict[str, Any]]:
        """The rows of a register; an empty list where there is none."""
        return self.context.records(register)


Check = Callable[[Inspection], Iterator[Finding]]
CHECKS: Registry[Check] = Registry("check")


def write_value(value: object) -> str:
    """The shortest text of a number; a text as it is, a missing value as nothing.

    >>> write_value(7037.0), write_value(5.48), write_value(float("nan"))
    ('7037', '5.48', '')
    """
    if not is_number(value):
        return str(value) if isinstance(value, str) else ""
    number = float(value)
    return str(int(number)) if number % 1 == 0 else repr(number)


def is_number(value: object) -> TypeGuard[float]:
    """Whether a cell of a register holds a known number.

    >>> is_number(3.0), is_number(float("nan")), is_number(True), is_number("")
    (True, False, False, False)
    """
    return (isinstance(value, (int, float)) and not isinstance(value, bool)
            and not isnan(value))


def tidy(value: float) -> float:
    """A figure without the noise of binary fractions, for a sentence.

    >>> tidy(0.1 + 0.2)
    0.3
    """
    return round(float(value), 6)
