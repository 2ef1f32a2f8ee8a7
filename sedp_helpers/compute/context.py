"""What a computation may look at: one municipality's facts, registers and settings, and the
comparison panel. Nothing here reads a file."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

import pandas as pd

from sedp_helpers.catalog.load import Catalog
from sedp_helpers.compute.facts import Facts
from sedp_helpers.compute.neighbours import Neighbours
from sedp_helpers.compute.rows import Row, list_records
from sedp_helpers.intake.register_table import Registers
from sedp_helpers.models import Municipality


@dataclass
class Context:
    """Inputs of all computations for one municipality.

    ``reference``: territory ("district", "oblast", "country") -> its facts, only where complete.
    ``panel``: long frame indicator, unit, year, value … of comparable places, or None.
    ``neighbours``: the same arranged for questions; made from the panel where it is not given.
    ``norms``: norm id -> row (value, unit, per, source, status norm|example).
    """

    catalog: Catalog
    municipality: Municipality
    facts: Facts
    registers: Mapping[str, pd.DataFrame] = field(default_factory=dict)
    reference: Mapping[str, Facts] = field(default_factory=dict)
    panel: pd.DataFrame | None = None
    neighbours: Neighbours | None = None
    norms: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    finding_counts: Mapping[str, int] = field(default_factory=dict)
    verdict_counts: Mapping[str, int] = field(default_factory=dict)  # rules by verdict
    forecasts: list[Row] = field(default_factory=list)  # set once the outlook is computed
    _records: dict[str, list[dict[str, Any]]] = field(default_factory=dict, init=False)
    _made: dict[str, Any] = field(default_factory=dict, init=False)
    _planned: tuple[list[Row], dict[tuple, Row]] | None = field(default=None, init=False)

    def __post_init__(self) -> None:
        if self.neighbours is None and self.panel is not None:
            self.neighbours = Neighbours(self.panel)

    @property
    def base_year(self) -> int:
        return self.municipality.base_year

    @property
    def last_year(self) -> int:
        return self.municipality.last_forecast_year

    def register(self, name: str) -> pd.DataFrame:
        """The register, empty where the municipality has none."""
        return self.registers.get(name, pd.DataFrame())

    def once(self, name: str, make: Callable[[Context], Any]) -> Any:
        """What several results are read from, made when first asked for."""
        if name not in self._made:
            self._made[name] = make(self)
        return self._made[name]

    def planned(self, result: str, year: int, *, sex: str = "", age: str = "",
                item: str = "") -> Row | None:
        """The planning forecast of a figure for a year; None where there is none."""
        if self._planned is None or self._planned[0] is not self.forecasts:
            known: dict[tuple, Row] = {}
            for row in self.forecasts:
                if row.method.startswith("recommended:") and row.status != "O" and not row.village:
                    known.setdefault((row.result, row.year, row.sex, row.age, row.item), row)
            self._planned = (self.forecasts, known)
        return self._planned[1].get((result, year, sex, age, item))

    def records(self, name: str) -> list[dict[str, Any]]:
        """The rows of a register, read once for all who ask; nobody may change them."""
        if name not in self._records:
            if isinstance(self.registers, Registers):
                table = self.registers.tables.get(name)
                self._records[name] = table.records if table else []
            else:
                self._records[name] = list_records(self.register(name))
        return self._records[name]

    def letters(self, name: str) -> Mapping[str, str]:
        """The letters under which the columns of a register stand in its file."""
        if isinstance(self.registers, Registers):
            table = self.registers.tables.get(name)
            return table.places if table is not None else {}
        return self.register(name).attrs.get("places", {})
