"""The rows of one observations table while they are judged: columns, verdicts, findings.

Why: every check says what is wrong in the same way, with the cell as a spreadsheet shows it. This
module reports; it decides nothing about a value.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

import numpy as np
import pandas as pd

from sedp_helpers.intake.findings import Tolerances
from sedp_helpers.intake.levels import Levels, fill_levels, read_levels
from sedp_helpers.intake.read import RawTable, cell_name
from sedp_helpers.models import Finding, Indicator

TYPED = ("indicator", "year", "value", "sex", "age", "village", "item", "status", "source",
         "note", "unit", "basis")


@dataclass(frozen=True)
class Context:
    """What the rows are judged by: catalogue, lists of the municipality, habits of the table.

    ``villages`` None means that references are not checked. ``money_unit`` holds where the unit
    column is empty. ``headers`` maps translated headings to column ids.
    """

    indicators: Mapping[str, Indicator]
    codes: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    villages: Mapping[str, str] | Collection[str] | None = None
    units: Mapping[str, Mapping[str, Any]] | None = None
    stock_date: Literal["year_end", "year_start"] = "year_end"
    money_unit: str = "som"
    headers: Mapping[str, str] = field(default_factory=dict)


class ObservationRows:
    """The columns of a table as levels, a mask of rows that are out, and what was said."""

    def __init__(self, raw: RawTable, places: Mapping[str, int], context: Context) -> None:
        self.raw = _drop_blank_rows(raw)
        self.places, self.context = places, context
        self.numbers = self.raw.frame.index.to_numpy() + raw.first_row
        self.out = np.zeros(len(self.numbers), dtype=bool)
        self.levels = {name: self._read(name) for name in TYPED if name != "value"}
        self._tolerances = Tolerances(raw.name)
        self._found: list[Finding] = []

    def _read(self, name: str) -> Levels:
        if name not in self.places:
            return fill_levels("", len(self.numbers))
        return read_levels(self.raw.texts(self.places[name]))

    @property
    def models(self) -> list[Indicator | None]:
        """The indicator of each level of the indicator column."""
        return [self.context.indicators.get(text) for text in self.levels["indicator"].texts]

    def typed(self, row: int, column: str) -> str:
        """The text of a cell as typed."""
        return str(self.raw.texts(self.places[column]).iloc[row])

    def cell(self, row: int, column: str) -> str:
        """The address of a cell."""
        return cell_name(int(self.numbers[row]), self.places[column])

    def fail(self, rule: str, row: int, column: str = "value", text: str = "",
             **params: Any) -> None:
        """An error: the row is not used."""
        self.out[row] = True
        self._say("error", rule, row, column, text, params)

    def warn(self, rule: str, row: int, column: str = "value", text: str = "",
             **params: Any) -> None:
        """A warning: the row is used."""
        self._say("warning", rule, row, column, text, params)

    def note(self, rule: str, row: int, column: str = "value", **params: Any) -> None:
        """An odd form that was read; one note per column and kind in the end."""
        self._tolerances.add(rule, column, int(self.numbers[row]), self.cell(row, column),
                             self.typed(row, column), **params)

    def findings(self) -> list[Finding]:
        """What was found, in the order of the rows, the gathered notes last."""
        ordered = sorted(self._found, key=lambda finding: finding.row or 0)
        return ordered + self._tolerances.findings()

    def _say(self, severity: str, rule: str, row: int, column: str, text: str,
             params: dict[str, Any]) -> None:
        ident = self.levels["indicator"].texts[self.levels["indicator"].codes[row]]
        model = self.context.indicators.get(ident)
        unit = self._name_unit(model.unit) if model else ""
        place = column if column in self.places else "indicator"
        self._found.append(Finding(
            rule, severity, section=model.section if model else "",  # type: ignore[arg-type]
            table=self.raw.name, row=int(self.numbers[row]), column=column,
            cell=self.cell(row, place), text=text,
            value=self.typed(row, column) if column in self.places else "",
            params={"indicator": model.name if model else ident, "unit": unit, **params},
        ))

    def _name_unit(self, unit: str) -> Any:
        return (self.context.units or {}).get(unit, {}).get("name") or unit


def _drop_blank_rows(raw: RawTable) -> RawTable:
    """The table without rows in which every cell is empty; the index keeps the position."""
    if all(text.strip() for text in pd.unique(raw.texts(0).to_numpy(dtype=object))):
        return raw
    empty = raw.frame.apply(lambda column: column.str.strip() == "").all(axis=1)
    return RawTable(raw.name, raw.columns, raw.frame[~empty], raw.first_row, raw.findings)
