"""The fill-in workbook as observations, registers, passport and notes.

Why: what a person filled in is read by the same checks as CSV tables, with the sheet and the cell
in every finding. This module only puts the readers of the sheets together; the file is opened in
a process of its own, and no value is judged here.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

import pandas as pd

from sedp_helpers.catalog.load import Catalog
from sedp_helpers.intake.observation_rows import Context
from sedp_helpers.intake.read import RawTable
from sedp_helpers.intake.registers import list_columns
from sedp_helpers.intake.safe_open import SheetCells, open_workbook
from sedp_helpers.intake.workbook_find import FoundSheets, find_sheets
from sedp_helpers.intake.workbook_labels import (
    INDICATOR,
    STATUS,
    Labels,
    column_list,
    load_labels,
    name_map,
    plain,
    register_headings,
)
from sedp_helpers.intake.workbook_passport import PassportSheet, read_expert, read_passport
from sedp_helpers.intake.workbook_places import Part, place_table, tidy_parts
from sedp_helpers.intake.workbook_rows import RowNames
from sedp_helpers.intake.workbook_sheets import (
    DEFAULT_UNIT,
    EXPERT,
    FORMAT,
    META,
    OBSERVATION_COLUMNS,
    OBSERVATIONS,
    PASSPORT,
    UNITS,
)
from sedp_helpers.intake.workbook_tables import (
    Known,
    Recode,
    read_table,
    recode_columns,
    recode_list,
)
from sedp_helpers.intake.workbook_wide import read_money_unit, read_wide
from sedp_helpers.models import LANGUAGES, Finding, Register


@dataclass(frozen=True)
class WorkbookContent:
    """All that a filled workbook says, as typed.

    ``parts`` go to ``tidy_parts``; ``registers`` to ``tidy_register`` with the unit of money of
    ``money_units``; ``passport.entries`` to ``type_municipality``; ``notes`` map
    ``section.language`` to the text of the expert. ``findings`` are about the file and its sheets.
    """

    parts: tuple[Part, ...] = ()
    registers: Mapping[str, RawTable] = field(default_factory=dict)
    money_units: Mapping[str, str] = field(default_factory=dict)
    passport: PassportSheet | None = None
    notes: Mapping[str, str] = field(default_factory=dict)
    meta: Mapping[str, str] = field(default_factory=dict)
    findings: tuple[Finding, ...] = ()

    def tidy_observations(self, context: Context) -> tuple[pd.DataFrame, list[Finding]]:
        """The tidy observations of the workbook alone, and what was found in them."""
        return tidy_parts(self.parts, context)


def read_workbook(path: Path, catalog: Catalog) -> WorkbookContent:
    """The content of a workbook; a file that cannot be read has its finding and nothing else."""
    opened = open_workbook(path)
    if not opened.sheets:
        return WorkbookContent(findings=opened.findings)
    reader = _Reader(find_sheets(opened.sheets, load_labels(catalog)), load_labels(catalog))
    needed = reader.read_meta().get("format", FORMAT)
    if needed.isdigit() and int(needed) > int(FORMAT):
        newer = Finding("WB-FORMAT", "error", table=META, cell="B1", value=needed,
                        params={"known": FORMAT})
        return WorkbookContent(findings=(*opened.findings, newer))
    return reader.read(opened.findings)


class _Reader:
    def __init__(self, found: FoundSheets, labels: Labels) -> None:
        self.found, self.labels, self.catalog = found, labels, labels.catalog
        self.said: list[Finding] = []
        self.names: dict[str, dict[str, str]] = {}
        self.units: dict[str, str] = {}

    def read(self, findings: tuple[Finding, ...]) -> WorkbookContent:
        """Registers first, because their names are the labels of villages, crops and programmes."""
        registers = self._read_registers()
        notes, passport = self._read_expert(registers), self._read_passport()
        parts = self._read_parts(registers)
        return WorkbookContent(
            tuple(parts), registers, self.units, passport, notes, self.read_meta(),
            (*findings, *self.found.findings, *self.said),
        )

    # ---- registers -----------------------------------------------------------------------
    def _read_registers(self) -> dict[str, RawTable]:
        raw = {ident: self._read_register(self.found.sheets[ident], register)
               for ident, register in self.catalog.registers.items()
               if ident in self.found.sheets}
        self.names = {
            "villages": self._name("villages", raw.get("villages"), "id"),
            "programmes": self._name("programmes", raw.get("programmes"), "id"),
            "codes": self._name("codes", raw.get("codes"), "code"),
        }
        return {ident: recode_columns(table, self._recodes(self.catalog.registers[ident]))
                for ident, table in raw.items() if table.findings or len(table.frame)}

    def _read_register(self, sheet: SheetCells, register: Register) -> RawTable:
        known = Known(tuple(column.id for column in list_columns(register)),
                      register_headings(register), self._phrases(register))
        money = [column.id for column in register.columns if column.type == "money"]
        table = read_table(sheet, register.id, known)
        if not money or table.frame.empty:
            return table
        unit = read_money_unit(sheet, self.labels, self.said)
        self.units[register.id] = unit or DEFAULT_UNIT
        if unit:
            return table
        return recode_columns(table, dict.fromkeys(money, lambda text: ""))

    def _phrases(self, register: Register | None) -> frozenset[str]:
        """What stands above the data of a table sheet in any language."""
        own = [register.name] if register else [self.labels.text(OBSERVATIONS)]
        texts = [*own, *(self.labels.text(key) for key in
                         ("money_unit", "hint_register", "hint_observations"))]
        return frozenset(plain(text.get(lang)) for text in texts for lang in LANGUAGES)

    def _name(self, ident: str, table: RawTable | None, key: str) -> dict[str, str]:
        """Names of the records of a register and their ids."""
        if table is None or key not in table.columns:
            return {}
        frame = table.frame.copy()
        frame.columns = pd.Index(table.columns)
        return name_map(frame.loc[:, ~frame.columns.duplicated()], key)

    def _recodes(self, register: Register) -> dict[str, Recode]:
        recodes: dict[str, Recode] = {}
        for column in register.columns:
            listed = column_list(column)
            recode: Recode | None = partial(self.labels.code, listed) if listed else None
            if column.refers == "villages.id":
                recode = partial(self._find_name, "villages")
            if recode:
                recodes[column.id] = recode_list(recode) if column.type == "list" else recode
        return recodes

    def _find_name(self, register: str, typed: str) -> str:
        return self.names[register].get(plain(typed), typed)

    # ---- observations --------------------------------------------------------------------
    def _read_parts(self, registers: Mapping[str, RawTable]) -> list[Part]:
        """The table of observations first: of two equal rows the one with a source is kept."""
        parts = []
        if sheet := self.found.sheets.get(OBSERVATIONS):
            titles = self.labels.heading_ids("observations_columns", OBSERVATION_COLUMNS)
            known = Known(OBSERVATION_COLUMNS, titles, self._phrases(None))
            table = self._recode_rows(read_table(sheet, OBSERVATIONS, known))
            parts.append(place_table(table, titles=self.labels.titles("observations_columns")))
        villages = {ident: name for name, ident in self.names["villages"].items()}
        names = RowNames(self.labels, villages)
        parts += [read_wide(sheet, self.labels, names, find_item=self._find_item)
                  for sheet in self.found.wide]
        return parts

    def _recode_rows(self, raw: RawTable) -> RawTable:
        code = self.labels.code
        raw = recode_columns(raw, {
            "indicator": partial(code, INDICATOR), "sex": partial(code, "sexes"),
            "status": partial(code, STATUS), "unit": partial(code, UNITS),
            "village": partial(self._find_name, "villages"),
        })
        if not {"indicator", "item"} <= set(raw.columns):
            return raw
        frame = raw.frame.copy()
        indicator, item = raw.columns.index("indicator"), raw.columns.index("item")
        frame[item] = [self._find_item(ident, text.strip()) if text.strip() else ""
                       for ident, text in zip(frame[indicator], frame[item])]
        return RawTable(raw.name, raw.columns, frame, raw.first_row, raw.findings)

    def _find_item(self, ident: str, typed: str) -> str:
        """The code of an item by its label, or by its name in the user's own registers."""
        model = self.catalog.indicators.get(ident)
        if model is None or model.items in self.catalog.codes:
            return self.labels.code(model.items, typed) if model else typed
        for register in ("programmes", "codes"):
            if code := self.names[register].get(plain(typed)):
                return code
        return typed

    # ---- the rest ------------------------------------------------------------------------
    def _read_passport(self) -> PassportSheet | None:
        sheet = self.found.sheets.get(PASSPORT)
        return read_passport(sheet, self.labels) if sheet else None

    def _read_expert(self, registers: dict[str, RawTable]) -> dict[str, str]:
        sheet = self.found.sheets.get(EXPERT)
        if not sheet:
            return {}
        notes, answers = read_expert(sheet)
        if len(answers.frame) and "answers" not in registers:
            registers["answers"] = answers
        return notes

    def read_meta(self) -> dict[str, str]:
        """What the template says of itself: format, template, language, municipality, role."""
        sheet = self.found.sheets.get(META)
        rows = sheet.rows if sheet else []
        return {row[0].strip(): row[1].strip() for row in rows if len(row) > 1 and row[0].strip()}
