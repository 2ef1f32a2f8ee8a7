"""All rules of the methodology judged for one municipality on one day, and the findings of that.

The rules, their limits and severities are data (catalog/rules.yml); this asks the check that each
rule names. One verdict a rule, always all of them.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date
from typing import Any

from sedp_helpers.catalog.load import load_catalog
from sedp_helpers.compute.context import Context
from sedp_helpers.models import Finding
from sedp_helpers.process import (
    approval,
    group,
    hearing,
    money,
    monitoring,
    plan_rules,
    territory,
)
from sedp_helpers.process.case import RULES, Case
from sedp_helpers.process.verdict import FAILED, VERDICTS, WARNING, Place, Verdict

MODULES = (approval, group, hearing, money, monitoring, plan_rules, territory)  # register checks


def judge_all(context: Context, as_of: date) -> list[Verdict]:
    """One verdict for each rule R-…, in the order of the catalogue."""
    rules = {ident: spec for ident, spec in context.catalog.rules.items()
             if ident.startswith("R-")}
    case = Case(context, as_of)
    return [judge_rule(case, ident, spec) for ident, spec in rules.items()]


def judge_rule(case: Case, ident: str, spec: dict[str, Any]) -> Verdict:
    """The verdict of one rule with the limits the catalogue gives it."""
    check = RULES.get(spec["check"])
    case.limits = spec.get("threshold") or {}
    return replace(check.judge(case), rule=ident, section=check.section)


def verdict_findings(verdicts: Iterable[Verdict]) -> list[Finding]:
    """Broken rules as findings, one a record they rest on; what cannot be judged is none."""
    return [finding for verdict in verdicts for finding in _list_findings(verdict)]


def _list_findings(verdict: Verdict) -> Iterator[Finding]:
    if verdict.verdict not in (FAILED, WARNING):
        return
    severity = load_catalog().rules[verdict.rule]["severity"]
    if verdict.verdict == WARNING and severity == "error":
        severity = "warning"
    for place in verdict.evidence or (Place(verdict.table),):
        told = dict(verdict.params) | dict(place.params)
        if place.name:
            told |= {"names": [place.name], "count": 1 if "names" in told else told.get("count")}
        yield Finding(verdict.rule, severity, verdict.section, place.table, place.row,
                      place.column, place.cell, "", verdict.reason, told)


def count_verdicts(verdicts: Iterable[Verdict]) -> dict[str, int]:
    """How many rules have each verdict, always with all four keys.

    >>> count_verdicts([])
    {'passed': 0, 'failed': 0, 'warning': 0, 'not_checkable': 0}
    """
    counted = Counter(one.verdict for one in verdicts)
    return {name: counted[name] for name in VERDICTS}
