"""What is missing, whom to ask for it, and what was asked already.

Why: the programme needs figures that other offices keep. One request goes to the office that is
named first as the source of an indicator; an indicator that stands in an open request is not asked
for again. Nothing is read or written here.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal

import pandas as pd

from sedp_helpers.catalog.load import Catalog
from sedp_helpers.models import Indicator, Municipality

NEVER = ("M",)  # statuses of a value that cannot exist: nobody is asked for it
MOST_TIER = 2
SURVEY = "survey"  # the office asks the residents itself

State = Literal["open", "overdue", "answered"]


@dataclass(frozen=True)
class Gap:
    """An indicator and the years without a figure, as the official tables count them."""

    indicator: Indicator
    years: tuple[int, ...]


@dataclass(frozen=True)
class Sent:
    """A request of the log and how it stands."""

    office: str
    indicators: tuple[str, ...]
    sent: str
    due: str
    state: State
    missing: int  # of its indicators, still without a figure


def find_gaps(
    catalog: Catalog, municipality: Municipality, observations: pd.DataFrame
) -> list[Gap]:
    """Indicators of tiers 1–2 that exist at the municipality and lack a figure in a year asked for.

    A figure in any breakdown counts; a static indicator is asked for only where it has none.
    """
    known = observations[observations["value"].notna() | observations["status"].isin(NEVER)]
    years: dict[str, set[int]] = {
        str(ident): set(map(int, rows)) for ident, rows in known.groupby("indicator")["year"]}
    gaps = []
    for model in catalog.indicators.values():
        if model.tier > MOST_TIER or model.exists_at != "municipality" or not model.source:
            continue
        missing = _list_missing(model, years.get(model.id, set()), municipality)
        if missing:
            gaps.append(Gap(model, missing))
    return gaps


def _list_missing(model: Indicator, known: set[int], place: Municipality) -> tuple[int, ...]:
    base = place.base_year
    if model.time == "static":
        return () if known else (base,)
    shift = model.time == "stock" and place.stock_date == "year_start"
    first = base - model.sheet_years + 1
    return tuple(year + shift for year in range(first, base + 1) if year not in known)


def group_gaps(
    gaps: Sequence[Gap], sources: Mapping[str, Mapping[str, Any]], asked: Mapping[str, set[str]]
) -> dict[str, list[Gap]]:
    """The gaps by the source that is asked; ``asked``: indicators of open requests by office."""
    groups: dict[str, list[Gap]] = {}
    for gap in gaps:
        source = gap.indicator.source[0]
        office = sources.get(source, {}).get("kind", SURVEY) != SURVEY
        if office and gap.indicator.id not in asked.get(source, set()):
            groups.setdefault(source, []).append(gap)
    return groups


def list_requests(
    register: pd.DataFrame | None, gaps: Sequence[Gap], today: date
) -> list[Sent]:
    """The log of requests: answered where a day of answer stands or nothing is missing any more."""
    missing = {gap.indicator.id for gap in gaps}
    found = []
    for row in [] if register is None else register.to_dict("records"):
        idents = tuple(one.strip() for one in str(row["indicators"]).split(";") if one.strip())
        lacking = sum(ident in missing for ident in idents)
        state: State = "open"
        if row["answered"] or (idents and not lacking):
            state = "answered"
        elif row["due"] and str(row["due"]) < today.isoformat():
            state = "overdue"
        found.append(Sent(str(row["office"]), idents, str(row["sent"]), str(row["due"]), state,
                          lacking))
    return found


def join_open(sent: Sequence[Sent], names: Mapping[str, str]) -> dict[str, set[str]]:
    """The indicators of requests that wait for an answer, by source; ``names``: name -> source."""
    waiting: dict[str, set[str]] = {}
    for one in sent:
        if one.state != "answered":
            source = names.get(one.office, one.office)
            waiting.setdefault(source, set()).update(one.indicators)
    return waiting
