"""The rules of the district (R-40 … R-48) as findings about its own folder.

Each check looks at registers only and says nothing where there is nothing to look at, except for
what a rule requires to be there; a finding carries the rule, never a repair.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

import pandas as pd

from sedp_helpers.compare.refusal import UNION_RULE, RefusedByRule, refuse_union
from sedp_helpers.models import Finding

COLLEGIUM = "collegium"


@dataclass(frozen=True)
class Folder:
    """What a district's folder holds: observations, registers, and the plans of its members."""

    observations: pd.DataFrame
    registers: Mapping[str, pd.DataFrame]
    programmes: Mapping[str, Sequence[str]] = field(default_factory=dict)

    def register(self, name: str) -> pd.DataFrame:
        return self.registers.get(name, pd.DataFrame())


def check_district(folder: Folder, protected: Sequence[str]) -> list[Finding]:
    """All findings of a district; ``protected``: the indicators of R-41."""
    return [*check_union(folder), *check_revenue(folder, protected), *check_phases(folder),
            *check_output(folder), *check_answers(folder), *check_council(folder),
            *check_approval(folder)]


def check_union(folder: Folder) -> Iterator[Finding]:
    """R-40: a district plan in which every measure is taken from municipal plans."""
    plan = folder.register("plan")
    if "measure" not in plan:
        return
    try:
        refuse_union(plan["measure"], *folder.programmes.values())
    except RefusedByRule:
        yield Finding(UNION_RULE, "error", table="plan", column="measure",
                      params={"count": len(plan)})


def check_revenue(folder: Folder, protected: Sequence[str]) -> Iterator[Finding]:
    """R-41: revenue of local budgets among the resources of the district."""
    frame = folder.observations
    for row in frame[frame["indicator"].isin(protected)].drop_duplicates("indicator").itertuples():
        table, _, cell = str(row.origin).partition("!")
        yield Finding("R-41", "error", "budget", table or "observations", _row_of(cell),
                      "indicator", cell, str(row.indicator), params={"year": int(row.year)})


def _row_of(cell: str) -> int | None:
    digits = cell.lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ")
    return int(digits) if digits.isdigit() else None


def check_phases(folder: Folder) -> Iterator[Finding]:
    """R-42: priorities go down before the municipalities' programmes come up, both dated."""
    exchanges = folder.register("exchanges")
    days = {
        way: sorted(day for day in exchanges.loc[exchanges["direction"] == way, "request_date"]
                    if day)
        for way in ("down", "up")
    } if {"direction", "request_date"} <= set(exchanges) else {"down": [], "up": []}
    for way, found in days.items():
        if not found:
            yield Finding("R-42", "warning", table="exchanges", text=f"R-42-{way}")
    if all(days.values()) and days["down"][0] > days["up"][0]:
        yield Finding("R-42", "warning", table="exchanges", text="R-42-order",
                      params={"down": days["down"][0], "up": days["up"][0]})


def check_output(folder: Folder) -> Iterator[Finding]:
    """R-45: gross agricultural output in value terms must stand among the district's figures."""
    frame = folder.observations
    there = frame[(frame["indicator"] == "economy.output") & (frame["item"] == "agriculture")]
    if there.dropna(subset="value").empty:
        yield Finding("R-45", "note", "economy", "observations")


def check_answers(folder: Folder) -> Iterator[Finding]:
    """R-46: every exchange with a municipality is a request with an answer."""
    exchanges = folder.register("exchanges")
    for row in exchanges.to_dict("records"):
        if not row.get("answer_date"):
            table, _, cell = str(row.get("origin", "")).partition("!")
            yield Finding("R-46", "warning", "", table or "exchanges", _row_of(cell),
                          "answer_date", cell, params={"id": row.get("id", "")})


def check_council(folder: Folder) -> Iterator[Finding]:
    """R-47: citizens take part through the coordination council."""
    if folder.register("coordination_council").empty:
        yield Finding("R-47", "note", table="coordination_council")


def check_approval(folder: Folder) -> Iterator[Finding]:
    """R-48: the collegium approves the district programme, not a council (AC-93)."""
    documents = folder.register("documents")
    if not {"kind", "body"} <= set(documents):
        return
    for row in documents[documents["kind"] == "sedp_approval"].to_dict("records"):
        if row["body"] != COLLEGIUM:
            table, _, cell = str(row.get("origin", "")).partition("!")
            yield Finding("R-48", "warning", "", table or "documents", _row_of(cell), "body",
                          cell, str(row["body"]), params={"body": row["body"]})

