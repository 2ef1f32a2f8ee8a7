"""The nine steps and the approval as days of a drafting year (handbook Q15), and what is due.

The dates are data (catalog/calendar.yml); they rule, the printed durations are only quoted.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from sedp_helpers.catalog.load import Catalog
from sedp_helpers.models import Text


@dataclass(frozen=True)
class Step:
    """A step with its first and last day; both count."""

    id: str
    number: str
    title: Text
    first: date
    last: date
    printed: float | None = None
    section: str = ""

    @property
    def days(self) -> int:
        """Days of the step, both ends counted."""
        return (self.last - self.first).days + 1

    def covers(self, day: date) -> bool:
        return self.first <= day <= self.last


def read_calendar(catalog: Catalog, year: int) -> list[Step]:
    """The steps of a drafting year in the order of the handbook, the approval last."""
    return [_make_step(ident, raw, year) for ident, raw in catalog.table("calendar").items()]


def _make_step(ident: str, raw: Mapping[str, Any], year: int) -> Step:
    return Step(ident, str(raw["number"]), raw["title"], place_day(raw["from"], year),
                place_day(raw["to"], year), raw.get("printed"), raw.get("section", ""))


def place_day(month_day: str, year: int) -> date:
    """A day of the calendar in a year.

    >>> place_day("06-01", 2025)
    datetime.date(2025, 6, 1)
    """
    month, day = month_day.split("-")
    return date(year, int(month), int(day))


def find_steps(steps: list[Step], day: date) -> list[Step]:
    """The steps that run on a day; several may (O-20)."""
    return [step for step in steps if step.covers(day)]


def list_free_days(steps: list[Step]) -> list[date]:
    """Days of the calendar on which no section is drafted and nothing but the budget step runs."""
    first, last = min(s.first for s in steps), max(s.last for s in steps)
    days = [first + timedelta(days=n) for n in range((last - first).days + 1)]
    return [day for day in days
            if not any(step.id != "budget" for step in find_steps(steps, day))]


def state_step(step: Step, as_of: date) -> str:
    """ahead · running · over, on a day."""
    if as_of < step.first:
        return "ahead"
    return "running" if as_of <= step.last else "over"
