"""The fill-in workbook as a file: empty, filled from the data of a municipality, or for one role.

Why: nobody should have to open CSV or YAML. What is written here ``intake.read_workbook`` reads
back to the same observations and registers; the two share ``intake.workbook_sheets``.
"""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from sedp_helpers.catalog.load import Catalog
from sedp_helpers.fillin.book import Book
from sedp_helpers.fillin.filled import list_leftover, spread_observations
from sedp_helpers.fillin.guide import Entry, add_guide, write_guide
from sedp_helpers.fillin.passport_sheet import fits_expert, write_expert, write_passport
from sedp_helpers.fillin.roles import REGISTERS, check_role, list_indicators
from sedp_helpers.fillin.styles import TABS
from sedp_helpers.fillin.tables import write_observations, write_register
from sedp_helpers.fillin.wide import WideSheet
from sedp_helpers.intake.workbook_labels import Labels, load_labels
from sedp_helpers.intake.workbook_sheets import (
    EXPERT,
    FORMAT,
    META,
    OBSERVATIONS,
    PASSPORT,
    TEMPLATE,
)
from sedp_helpers.models import Municipality, Register

GROUPS = {
    "participation": ("working_group", "events", "proposals", "problems", "causes", "initiatives",
                      "institutions", "budget_guesses", "resources", "contest_scores"),
    "plan": ("plan", "funding", "monitoring", "risks", "previous_plan", "programmes"),
}
Frames = Mapping[str, pd.DataFrame]


def write_template(
    catalog: Catalog,
    language: str,
    *,
    municipality: Municipality | None = None,
    years: range,
    observations: pd.DataFrame | None = None,
    registers: Frames | None = None,
    role: str | None = None,
    notes: Mapping[str, str] | None = None,
    ident: str = "",
) -> bytes:
    """The workbook as bytes.

    ``observations`` and ``registers`` are tidy tables; ``notes`` map ``section.language`` to text.
    With ``role`` only the rows of that person are there (see ``roles``), as few sheets to print.
    ``ident`` is the id of a new folder that has no passport yet.
    """
    check_role(catalog, role)
    writer = _Writer(load_labels(catalog), language, municipality, registers or {}, role, ident)
    return writer.write(years, observations, notes or {})


class _Writer:
    def __init__(
        self, labels: Labels, language: str, municipality: Municipality | None, registers: Frames,
        role: str | None, ident: str,
    ) -> None:
        self.catalog, self.registers, self.role = labels.catalog, registers, role
        self.municipality, self.language = municipality, language
        self.name = municipality.name.get(language) if municipality else ""
        villages, column = _name_villages(registers.get("villages"), language)
        self.book = Book(labels, language, self.name, villages=villages, village_column=column)
        self.ident = municipality.id if municipality else ident
        self.entries: list[Entry] = []

    def write(
        self, years: range, observations: pd.DataFrame | None, notes: Mapping[str, str]
    ) -> bytes:
        guide = add_guide(self.book)
        if self.role is None:
            write_passport(self.book, self.municipality, self.ident)
            self._list(PASSPORT, self.book.words[PASSPORT], "data")
        self._write_numbers(years, observations)
        self._write_registers()
        if self.role is None:
            answers = self.registers.get("answers")
            write_expert(self.book, notes, answers if fits_expert(answers) else None)
            self._list(EXPERT, self.book.words[EXPERT], "other")
        write_guide(self.book, guide, self.entries, name=self.name, role=self.role or "")
        guide.activate()
        self._write_meta()
        return self.book.finish()

    def _list(self, sheet: str, title: str, group: str) -> None:
        self.entries.append((sheet, title, group))

    def _write_numbers(self, years: range, observations: pd.DataFrame | None) -> None:
        filled = spread_observations(observations, self.catalog.indicators, self.municipality)
        wide = WideSheet(self.book, years, filled, items=self._name_items())
        for section in self.catalog.sections:
            indicators = list_indicators(self.catalog, section.id, self.role)
            if indicators:
                wide.write(section, indicators)
                self._list(section.id, section.title.get(self.language), "sections")
        if self.role is None:
            write_observations(self.book, list_leftover(filled, wide.written))
            self._list(OBSERVATIONS, self.book.words[OBSERVATIONS], "data")

    def _name_items(self) -> dict[str, str]:
        """The names that the office gave to its own codes."""
        named: dict[str, str] = {}
        for register, key in (("codes", "code"), ("programmes", "id")):
            frame = self.registers.get(register)
            for row in [] if frame is None else frame.to_dict("records"):
                name = row.get(f"name_{self.language}") or row.get("name_ky") or ""
                if str(name).strip():
                    named.setdefault(str(row[key]), str(name))
        return named

    def _write_registers(self) -> None:
        for group, registers in self._group_registers().items():
            for register in registers:
                write_register(self.book, register, self.registers.get(register.id),
                               color=TABS[group])
                self._list(register.id, register.name.get(self.language), group)

    def _group_registers(self) -> dict[str, list[Register]]:
        """The registers of a municipality: villages first, then by what they are for."""
        chosen = {ident: register for ident, register in self.catalog.registers.items()
                  if register.level in ("municipality", "both")}
        if fits_expert(self.registers.get("answers")):
            chosen.pop("answers", None)
        if self.role is not None:
            chosen = {ident: chosen[ident] for ident in REGISTERS.get(self.role, ())
                      if ident in chosen}
        groups: dict[str, list[Register]] = {"data": [], "participation": [], "plan": [],
                                             "other": []}
        for ident, register in chosen.items():
            group = next((name for name, idents in GROUPS.items() if ident in idents), "other")
            groups["data" if ident == "villages" else group].append(register)
        return groups

    def _write_meta(self) -> None:
        sheet = self.book.book.add_worksheet(META)
        rows = {"format": FORMAT, "template": TEMPLATE, "language": self.language,
                "municipality": self.ident,
                "role": self.role or ""}
        for row, (key, value) in enumerate(rows.items()):
            sheet.write_string(row, 0, key)
            sheet.write_string(row, 1, value)
        sheet.hide()


def _name_villages(
    frame: pd.DataFrame | None, language: str
) -> tuple[dict[str, str], str]:
    """The shown names of the villages by id, where a name is unique, and their column's letter."""
    letters = {"ky": "B", "ru": "C", "en": "D"}
    if frame is None or frame.empty:
        return {}, letters[language]
    own = f"name_{language}"
    filled = own in frame and (frame[own].astype(str).str.strip() != "").all()
    column = own if filled else "name_ky"
    names = frame[column].astype(str).str.strip() if column in frame else frame["id"]
    counts = names.value_counts()
    ids = set(frame["id"])
    shown = {str(ident): name if name and counts[name] == 1 and name not in ids else str(ident)
             for ident, name in zip(frame["id"], names)}
    return shown, letters[column[-2:]]
