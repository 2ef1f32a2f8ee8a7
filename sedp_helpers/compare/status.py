"""How far each member is: data by section, the figures that every programme must have, what is due.

For the status board of the district and its reminder letters; nothing is said to be late without
a date that a rule or a request gives.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

import pandas as pd

from sedp_helpers.compare.lateness import Step
from sedp_helpers.models import Indicator

MUST = 1  # tier of the figures that no programme can do without
DATED = {"hearing": (5, 20), "approval": (6, 1)}


def list_must(indicators: Mapping[str, Indicator]) -> list[Indicator]:
    """The indicators that every programme must have, as far as they exist at a municipality."""
    return [spec for spec in indicators.values()
            if spec.tier == MUST and spec.exists_at == "municipality"]


def list_lacking(
    observations: pd.DataFrame, indicators: Mapping[str, Indicator], base_year: int
) -> tuple[list[str], int]:
    """Indicators of tier 1 without a figure for the base year (a static one: for any year), and
    how many there are of that tier."""
    must = list_must(indicators)
    known = observations.dropna(subset="value")
    at_base = set(known.loc[known["year"] == base_year, "indicator"])
    ever = set(known["indicator"])
    lacking = [spec.id for spec in must
               if spec.id not in (ever if spec.time == "static" else at_base)]
    return lacking, len(must)


def share_must(
    observations: pd.DataFrame, indicators: Mapping[str, Indicator], base_year: int
) -> float:
    """Per cent of the tier 1 indicators that have their figure; NaN where there is none."""
    lacking, number = list_lacking(observations, indicators, base_year)
    return 100 * (number - len(lacking)) / number if number else float("nan")


def find_due(steps: Iterable[Step]) -> Step | None:
    """The step that is due: what is late the longest, else the first dated one that is open or of
    which nothing is recorded."""
    told = list(steps)
    late = [one for one in told if one.state == "late"]
    if late:
        return max(late, key=lambda one: one.days if one.days == one.days else 0.0)
    return next((one for one in told if one.state in ("open", "unknown") and one.step in DATED),
                None)


def day_due(step: str, drafting: int) -> date | None:
    """The last day of a step by the rules; None for one without a day of its own."""
    found: Any = DATED.get(step)
    return date(drafting, *found) if found else None
