"""The rules of the district (R-40 … R-48): one verdict each, and the findings about its folder.

Each check looks at registers only. A rule whose table is not there is not checkable and no finding,
except for what a rule requires to be there; a finding carries the rule, never a repair.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

import pandas as pd

from sedp_helpers.compare.refusal import UNION_RULE, RefusedByRule, refuse_union
from sedp_helpers.models import Finding
from sedp_helpers.process.verdict import FAILED, NOT_CHECKABLE, PASSED, WARNING, Verdict

COLLEGIUM = "collegium"
OBSERVATIONS = "observations"


@dataclass(frozen=True)
class Folder:
    """What a district's folder holds: observations, registers, and the plans of its members."""

    observations: pd.DataFrame
    registers: Mapping[str, pd.DataFrame]
    programmes: Mapping[str, Sequence[str]] = field(default_factory=dict)

    def register(self, name: str) -> pd.DataFrame:
        return self.registers.get(name, pd.DataFrame())

    def holds(self, table: str) -> bool:
        """Whether a table has rows; "" asks for any table at all."""
        if not table:
            return self.holds(OBSERVATIONS) or any(map(self.holds, self.registers))
        return not (self.observations if table == OBSERVATIONS else self.register(table)).empty

    @property
    def approvals(self) -> list[dict[str, str]]:
        """The decisions that approve the district's programme."""
        documents = self.register("documents")
        if not {"kind", "body"} <= set(documents):
            return []
        return documents[documents["kind"] == "sedp_approval"].to_dict("records")


@dataclass(frozen=True)
class DistrictRule:
    """``table``: what must be filled in for the rule to be judged; "" anything at all."""

    check: Callable[[Folder], Iterable[Finding]]
    table: str = ""
    shown: Callable[[Folder], bool] | None = None  # where rows of the table are not enough

    def is_shown(self, folder: Folder) -> bool:
        return folder.holds(self.table) and (self.shown is None or self.shown(folder))


def list_rules(protected: Sequence[str]) -> dict[str, DistrictRule]:
    """The district's rules with their checks; ``protected``: the indicators of R-41."""
    return {
        "R-40": DistrictRule(check_union, "plan"),
        "R-41": DistrictRule(lambda folder: check_revenue(folder, protected), OBSERVATIONS),
        "R-42": DistrictRule(check_phases),
        "R-43": DistrictRule(check_food),
        "R-44": DistrictRule(check_protected, "protected_areas"),
        "R-45": DistrictRule(check_output),
        "R-46": DistrictRule(check_answers, "exchanges"),
        "R-47": DistrictRule(check_council),
        "R-48": DistrictRule(check_approval, "documents", lambda folder: bool(folder.approvals)),
    }


def check_district(folder: Folder, protected: Sequence[str]) -> list[Finding]:
    """All findings of a district; a rule that cannot be judged has none."""
    return [finding for rule in list_rules(protected).values() if rule.is_shown(folder)
            for finding in rule.check(folder)]


def judge_district(folder: Folder, protected: Sequence[str]) -> list[Verdict]:
    """One verdict a rule, always all nine."""
    return [_judge(folder, ident, rule) for ident, rule in list_rules(protected).items()]


def _judge(folder: Folder, ident: str, rule: DistrictRule) -> Verdict:
    if not rule.is_shown(folder):
        return Verdict(NOT_CHECKABLE, "NC-TABLE" if rule.table else "NC-FOLDER",
                       {"table": rule.table}, rule=ident)
    found = list(rule.check(folder))
    if not found:
        return Verdict(PASSED, "KEPT", rule=ident)
    first, verdict = found[0], WARNING if found[0].severity == "warning" else FAILED
    told = {"table": first.table, "cell": first.cell, "value": first.value, **first.params}
    return Verdict(verdict, first.text or ident, told, table=first.table, rule=ident)


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


def check_food(folder: Folder) -> Iterator[Finding]:
    """R-43: food security is the district's own question; its balance must stand in its folder."""
    if not folder.holds("food_balance"):
        yield Finding("R-43", "note", "economy", "food_balance")


def check_protected(folder: Folder) -> Iterator[Finding]:
    """R-44: of each protected area the district says how it bears on the land around."""
    for row in folder.register("protected_areas").to_dict("records"):
        if not row.get("effect"):
            table, _, cell = str(row.get("origin", "")).partition("!")
            yield Finding("R-44", "note", "environment", table or "protected_areas", _row_of(cell),
                          "effect", cell, params={"name": row.get("name", "")})


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
    for row in folder.approvals:
        if row["body"] != COLLEGIUM:
            table, _, cell = str(row.get("origin", "")).partition("!")
            yield Finding("R-48", "warning", "", table or "documents", _row_of(cell), "body",
                          cell, str(row["body"]), params={"body": row["body"]})
