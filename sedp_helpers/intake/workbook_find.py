"""Which sheet of a workbook is which.

Why: people rename and copy sheets. A sheet is known by its name, else by its printed title, else by
the ids it holds; what was needed beyond the name is said. A sheet nobody knows is not read.
"""

from __future__ import annotations

from dataclasses import dataclass

from sedp_helpers.intake.safe_open import SheetCells
from sedp_helpers.intake.workbook_labels import Labels, plain, register_headings
from sedp_helpers.intake.workbook_sheets import (
    EXPERT,
    GUIDE,
    META,
    OBSERVATION_COLUMNS,
    OBSERVATIONS,
    PASSPORT,
    parse_key,
)
from sedp_helpers.models import LANGUAGES, SECTIONS, Finding, Text

_TOP = 4
_ENOUGH = 0.6


@dataclass(frozen=True)
class FoundSheets:
    """The sheet behind each known name, and what was said about the others."""

    sheets: dict[str, SheetCells]
    wide: tuple[SheetCells, ...]
    findings: tuple[Finding, ...]


def find_sheets(sheets: tuple[SheetCells, ...], labels: Labels) -> FoundSheets:
    """Name every sheet; of two sheets with one name the one that bears it is read."""
    known = {GUIDE, PASSPORT, EXPERT, OBSERVATIONS, *SECTIONS, *labels.catalog.registers}
    by_name = {sheet.name.strip().casefold(): sheet for sheet in sheets}
    taken = {name: sheet for name, sheet in by_name.items() if name in known or name == META}
    findings: list[Finding] = []
    for sheet in sheets:
        name = sheet.name.strip().casefold()
        if name in taken or name.startswith("_") or not any(map(any, sheet.rows)):
            continue
        ident = _recognise(sheet, labels)
        if not ident:
            findings.append(_say("WB-UNKNOWN-SHEET", "note", sheet))
        elif ident in taken and ident not in SECTIONS:
            findings.append(_say("WB-COPY", "warning", sheet, other=taken[ident].name))
        else:
            taken[ident if ident not in taken else sheet.name] = sheet
            findings.append(_say("WB-RENAMED", "note", sheet, other=ident))
    wide = tuple(sheet for name, sheet in taken.items()
                 if name not in known - set(SECTIONS) and name != META)
    return FoundSheets(taken, wide, tuple(findings))


def _say(rule: str, severity: str, sheet: SheetCells, **params: str) -> Finding:
    return Finding(rule, severity, table=sheet.name, cell="A1",  # type: ignore[arg-type]
                   value=sheet.name, params=params)


def _recognise(sheet: SheetCells, labels: Labels) -> str:
    """The name of a renamed sheet by what it holds, else by its title; "" for none."""
    return _by_keys(sheet, labels) or _by_ids(sheet, labels) or _by_title(sheet, labels)


def _by_keys(sheet: SheetCells, labels: Labels) -> str:
    """The section most of whose row keys stand in the sheet."""
    counts: dict[str, int] = {}
    for row in sheet.rows:
        for text in row[:6]:
            key = parse_key(text, labels.catalog.indicators) if "|" in text else None
            if key:
                section = labels.catalog.indicators[key[0]].section
                counts[section] = counts.get(section, 0) + 1
    return max(counts, key=lambda name: counts[name]) if counts else ""


def _by_ids(sheet: SheetCells, labels: Labels) -> str:
    """The register whose columns are the headings of the sheet, by id or by title."""
    headings: dict[str, tuple[set[str], dict[str, str]]] = {
        OBSERVATIONS: (set(OBSERVATION_COLUMNS), {})}
    headings |= {ident: ({column.id for column in register.columns}, register_headings(register))
                 for ident, register in labels.catalog.registers.items()}
    best, share = "", _ENOUGH
    for row in sheet.rows[:_TOP + 2]:
        texts = {text.strip() for text in row if text.strip()}
        for ident, (ids, titles) in headings.items():
            hits = {titles.get(plain(text), text.casefold()) for text in texts} & ids
            fit = min(len(hits) / len(ids), len(hits) / max(len(texts), 1))
            if fit > share:
                best, share = ident, fit
    return best


def _by_title(sheet: SheetCells, labels: Labels) -> str:
    """The sheet whose translated title stands in the name or in the first lines."""
    catalog = labels.catalog
    titles: dict[str, Text] = {section.id: section.title for section in catalog.sections}
    titles |= {ident: register.name for ident, register in catalog.registers.items()}
    titles |= {name: labels.text(name) for name in (PASSPORT, EXPERT, OBSERVATIONS, GUIDE)}
    by_title = {plain(text.get(lang)): ident for ident, text in titles.items()
                for lang in LANGUAGES}
    texts = [sheet.name, *(text for row in sheet.rows[:_TOP] for text in row[:3])]
    return next((by_title[plain(text)] for text in texts
                 if text.strip() and plain(text) in by_title), "")
