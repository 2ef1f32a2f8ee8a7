"""Findings on their way to a person: sentences in three languages, a table, a listing.

Why: a finding is a rule, a place and parameters; the words live in findings.yml. A value is
written exactly as it was typed, here and in findings.csv, even where it looks like a formula.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Literal

import numpy as np
import pandas as pd

from sedp_helpers.errors import CatalogueError
from sedp_helpers.intake.dialect import GROUP_SPACES
from sedp_helpers.language.locales import get_setting
from sedp_helpers.language.numbers import format_number
from sedp_helpers.models import LANGUAGES, Finding, Text

COLUMNS = ("rule", "severity", "section", "table", "row", "column", "cell", "value",
           *(f"message_{lang}" for lang in LANGUAGES), *(f"action_{lang}" for lang in LANGUAGES))
FIRST_CELLS = 5
_UNREAD = frozenset({
    ("workbook", "WB-BOMB"), ("workbook", "WB-DAMAGED"), ("workbook", "WB-LOCKED"),
    ("workbook", "WB-OLE"), ("workbook", "WB-TOO-BIG"), ("_meta", "WB-FORMAT"),
    *((table, rule) for table in ("workbook", "observations")
      for rule in ("IN-EMPTY", "IN-ENCODING", "IN-FILETYPE")),
    *(("observations", rule) for rule in ("IN-NOHEADER", "IN-QUOTES", "IN-SEPARATOR")),
})  # (table, rule): the whole file was refused
_SLOT = re.compile(r"\{(\w+)\}")

Texts = Mapping[str, Mapping[str, Mapping[str, str]]]


@dataclass
class Tolerances:
    """Odd forms that were read all the same, gathered to one note per column and kind."""

    table: str
    _groups: dict[tuple[str, str], dict[str, Any]] = field(default_factory=dict)

    def add(
        self, rule: str, column: str, row: int, cell: str, value: str, **params: object
    ) -> None:
        """One more cell of that kind; ``params`` of the first cell are those of the note."""
        group = self._groups.setdefault(
            (rule, column), {"row": row, "value": value, "cells": [], "count": 0, **params}
        )
        group["count"] += 1
        if len(group["cells"]) < FIRST_CELLS:
            group["cells"].append(cell)

    def findings(self, severity: Literal["note", "warning"] = "note") -> list[Finding]:
        """One finding a group: count, first cells, and the first cell's row and value."""
        made = []
        for (rule, column), group in self._groups.items():
            extra = {key: value for key, value in group.items() if key not in ("row", "value")}
            extra["cells"] = ", ".join(group["cells"])
            made.append(Finding(rule, severity, table=self.table, row=group["row"], column=column,
                                cell=group["cells"][0], value=group["value"], params=extra))
        return made


def head_columns(
    findings: Iterable[Finding], headings: Mapping[str, str | Text]
) -> list[Finding]:
    """The findings with their column called what the reader of the table sees above it; the id
    stays the column of the finding."""
    return [
        replace(one, params={"column": title, **one.params})
        if (title := headings.get(one.column)) not in (None, "", Text(), one.column) else one
        for one in findings
    ]


def render_finding(finding: Finding, texts: Texts, lang: str) -> tuple[str, str]:
    """The message and the action of a finding in a language.

    ``texts`` maps a language to the content of its findings.yml. Numbers are written in the manner
    of the language; a slot that the finding does not fill is a ``CatalogueError``.
    """
    key = finding.text or finding.rule
    entry = texts[lang].get(key) or texts[lang].get(finding.rule)
    if entry is None:
        raise CatalogueError(f"findings.yml ({lang}) has no text {key!r}")
    slots = {"table": finding.table, "cell": finding.cell, "column": finding.column,
             "place": finding.cell or finding.column,
             "row": finding.row if finding.row is not None else "", "value": finding.value,
             "rule": finding.rule, **finding.params}

    def fill(found: re.Match[str]) -> str:
        if found[1] not in slots:
            raise CatalogueError(f"findings.yml ({lang}): {key} has no value for {found[1]!r}")
        return _write_slot(found[1], slots[found[1]], lang)

    return _SLOT.sub(fill, entry["message"]), _SLOT.sub(fill, entry["action"])


def _write_slot(name: str, value: object, lang: str) -> str:
    if isinstance(value, Text):
        return value.get(lang)
    if isinstance(value, bool) or value is None:
        return str(value or "")
    if isinstance(value, (int, np.integer)) and name in ("row", "year"):
        return str(value)
    if isinstance(value, (int, float, np.number)):
        return _write_number(float(value), lang, typable=name == "proposal")
    if isinstance(value, (list, tuple)):
        return ", ".join(_write_slot(name, item, lang) for item in value)
    return str(value)


def _write_number(value: float, lang: str, *, typable: bool) -> str:
    """A number in the manner of the language; a proposal must be a form that intake reads."""
    if typable and get_setting(lang, "group") not in GROUP_SPACES:
        return repr(int(value)) if value % 1 == 0 else repr(value)
    decimals = len(repr(value).partition(".")[2]) if value % 1 else 0
    return format_number(value, lang, min(decimals, 6))


def findings_frame(findings: Iterable[Finding], texts: Texts) -> pd.DataFrame:
    """The table findings.csv: one row a finding, six sentences each, values as typed."""
    rows = []
    for finding in findings:
        said = {lang: render_finding(finding, texts, lang) for lang in LANGUAGES}
        rows.append([
            finding.rule, finding.severity, finding.section, finding.table,
            "" if finding.row is None else str(finding.row), finding.column, finding.cell,
            finding.value, *(said[lang][0] for lang in LANGUAGES),
            *(said[lang][1] for lang in LANGUAGES),
        ])
    return pd.DataFrame(rows, columns=list(COLUMNS), dtype="str")


def join_findings(frames: Mapping[str, pd.DataFrame]) -> pd.DataFrame:
    """The findings of several municipalities with the column ``municipality`` first."""
    parts = [frame.assign(municipality=ident) for ident, frame in frames.items()]
    columns = ["municipality", *COLUMNS]
    if not parts:
        return pd.DataFrame(columns=columns, dtype="str")
    return pd.concat(parts, ignore_index=True)[columns]


def list_findings(
    frame: pd.DataFrame, form: str, lang: str = "ky", *, labels: Mapping[str, str] | None = None
) -> str:
    """The joined findings as csv, json or lines of text for a person.

    Lines read: municipality, severity, place, message, what to do. ``labels`` are the words for
    the severities; without them their codes are written.
    """
    writers: dict[str, Callable[[], str]] = {
        "csv": lambda: frame.to_csv(index=False, lineterminator="\n"),
        "json": lambda: frame.to_json(orient="records", force_ascii=False, indent=1) + "\n",
        "text": lambda: "".join(_write_lines(frame.to_dict("records"), lang, labels or {})),
    }
    return writers[form]()


def _write_lines(
    rows: Sequence[Mapping[str, str]], lang: str, labels: Mapping[str, str]
) -> Iterable[str]:
    for row in rows:
        place = "!".join(part for part in (row["table"], row["cell"]) if part)
        severity = labels.get(row["severity"], row["severity"])
        parts = (row["municipality"], severity, place, row["rule"])
        head = " · ".join(part for part in parts if part)
        yield f"{head}\n  {row[f'message_{lang}']}\n  → {row[f'action_{lang}']}\n"


def tell_unread(findings: Iterable[Finding], texts: Texts) -> dict[str, str]:
    """Why the workbook or the table of observations was refused as a whole, in each language.

    Empty where both could be read: a cell that is wrong is no file that is wrong.
    """
    for finding in findings:
        if (finding.table, finding.rule) in _UNREAD:
            return {lang: render_finding(finding, texts, lang)[0] for lang in LANGUAGES}
    return {}


def count_severities(findings: Iterable[Finding]) -> dict[str, int]:
    """How many findings of each severity there are, always with all three keys.

    >>> count_severities([Finding("IN-NUM", "error")])
    {'error': 1, 'warning': 0, 'note': 0}
    """
    counts = {"error": 0, "warning": 0, "note": 0}
    for finding in findings:
        counts[finding.severity] += 1
    return counts
