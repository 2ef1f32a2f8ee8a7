"""Findings that the office has explained become notes that carry the reason.

Why: a jump can be true. A row of the register ``explanations`` names a rule, a place and the
reason; a rule without a place explains nothing, or one sentence would silence a whole rule.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

import pandas as pd

from sedp_helpers.checks.grid import read_origin
from sedp_helpers.checks.inspection import is_number
from sedp_helpers.intake.findings import Texts, render_finding
from sedp_helpers.models import LANGUAGES, Finding, Text

PLACES = ("table", "row", "column", "indicator", "year", "village", "item")


def accept_findings(
    findings: Iterable[Finding], explanations: pd.DataFrame, texts: Texts
) -> list[Finding]:
    """The findings with the explained ones as notes, and a note for each explanation that fits
    none. ``texts``: language -> the sentences of all findings."""
    rows = explanations.to_dict("records") if len(explanations) else []
    rows = [row for row in rows if row.get("rule")]
    used: set[int] = set()
    kept = []
    for finding in findings:
        index = next((i for i, row in enumerate(rows) if is_explained(finding, row)), None)
        if index is None:
            kept.append(finding)
        else:
            used.add(index)
            kept.append(_accept(finding, rows[index], texts))
    return kept + [_report_unused(row) for i, row in enumerate(rows) if i not in used]


def is_explained(finding: Finding, row: Mapping[str, Any]) -> bool:
    """Whether a row explains a finding: the rule, a reason, and every place it names."""
    named = {name: row.get(name) for name in PLACES if _is_given(row.get(name))}
    if row["rule"] != finding.rule or not str(row.get("reason") or "").strip() or not named:
        return False
    own = {"table": finding.table, "row": finding.row, "column": finding.column,
           "indicator": finding.params.get("indicator_id"), "year": finding.params.get("year"),
           "village": finding.params.get("village"), "item": finding.params.get("item")}
    return all(_same(value, own[name]) for name, value in named.items())


def _is_given(value: Any) -> bool:
    return is_number(value) or (isinstance(value, str) and value.strip() != "")


def _same(one: Any, other: Any) -> bool:
    if is_number(one):
        return is_number(other) and float(one) == float(other)
    return str(one).strip() == str(other or "")


def _accept(finding: Finding, row: Mapping[str, Any], texts: Texts) -> Finding:
    """The finding as a note: its own message, then the reason in the language of the office."""
    said = {lang: render_finding(finding, texts, lang)[0] for lang in LANGUAGES}
    reasons = {lang: str(row.get(f"reason_{lang}") or row["reason"]) for lang in LANGUAGES}
    params = {**finding.params, "said": Text(**said), "reason": Text(**reasons)}
    return replace(finding, severity="note", text="CK-ACCEPTED", params=params)


def _report_unused(row: Mapping[str, Any]) -> Finding:
    place = read_origin(str(row.get("origin", "")))
    return Finding("CK-EXPLANATION", "note", "", place.table or "explanations", place.row, "rule",
                   place.cell, str(row["rule"]), "CK-EXPLANATION", {"explained": row["rule"]})
