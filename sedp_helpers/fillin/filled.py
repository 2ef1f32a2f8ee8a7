"""Tidy observations spread over the cells of the fill-in workbook.

Why: a figure with its ordinary status goes to its wide cell; what a wide cell cannot say (status,
source, note, borders, other crossings) goes to the sheet ``observations``. A stock of a
municipality that counts at the beginning of the year is written under the official year again.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import pandas as pd

from sedp_helpers.intake.workbook_sheets import WideRow
from sedp_helpers.models import Indicator, Municipality

Cell = tuple[str, int]  # key of the row, year of the column


@dataclass
class Filled:
    """The values of the wide cells and the rows that stand on ``observations``."""

    values: dict[Cell, float] = field(default_factory=dict)
    rows: list[dict[str, Any]] = field(default_factory=list)
    items: dict[str, list[str]] = field(default_factory=dict)

    def list_items(self, indicator: str) -> list[str]:
        """The codes of a free list in use, in the order they came."""
        return self.items.get(indicator, [])


def spread_observations(
    frame: pd.DataFrame | None,
    indicators: Mapping[str, Indicator],
    municipality: Municipality | None,
) -> Filled:
    """Every observation by the key of its row; which of them have a wide cell is decided later."""
    filled = Filled()
    if frame is None:
        return filled
    start = municipality is not None and municipality.stock_date == "year_start"
    for row in frame.to_dict("records"):
        model = indicators.get(str(row["indicator"]))
        if model is None:
            continue
        row["year"] = int(row["year"]) + (start and model.time == "stock")
        if "item" in model.dims and row["item"]:
            codes = filled.items.setdefault(model.id, [])
            if row["item"] not in codes:
                codes.append(row["item"])
        if not math.isnan(row["value"]):
            filled.values[_key(row), row["year"]] = float(row["value"])
        filled.rows.append({str(name): value for name, value in row.items()})
    return filled


def list_leftover(filled: Filled, written: set[Cell]) -> list[dict[str, Any]]:
    """The rows of ``observations``: those that have no wide cell or say more than a number."""
    return [row for row in filled.rows
            if (_key(row), row["year"]) not in written or _says_more(row)]


def _key(row: Mapping[str, Any]) -> str:
    return WideRow(row["indicator"], "", row["sex"], row["age"], row["village"], row["item"]).key


def _says_more(row: Mapping[str, Any]) -> bool:
    return bool(row["status"] not in ("", "A") or row["source"] or row["note"]
                or row.get("basis", "") not in ("", "current"))
