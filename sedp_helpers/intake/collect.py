"""One raw folder as a whole: passport, observations, registers and notes, with all findings.

Why: the filled workbook and CSV tables may both be there. What is equal is read once; where they
contradict each other, neither is used and both places are said. No cell is judged here.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import pandas as pd

from sedp_helpers.catalog.load import Catalog
from sedp_helpers.intake.findings import head_columns
from sedp_helpers.intake.observation_rows import Context
from sedp_helpers.intake.observations import make_empty_tidy, tidy_observations
from sedp_helpers.intake.passport_join import join_passport
from sedp_helpers.intake.read import RawTable, read_csv_table
from sedp_helpers.intake.register_cells import Lists
from sedp_helpers.intake.register_table import Registers, RegisterTable, wrap_frame
from sedp_helpers.intake.registers import list_columns, read_register
from sedp_helpers.intake.typed import TypedCells
from sedp_helpers.intake.workbook_join import join_registers
from sedp_helpers.intake.workbook_places import Part, place_table, tidy_parts
from sedp_helpers.intake.workbook_read import WorkbookContent, read_workbook
from sedp_helpers.models import Finding, Municipality, Register

WORKBOOK = "workbook.xlsx"
OBSERVATIONS = "observations"
FIRST = ("villages", "codes", "programmes")  # registers that others refer to
_BACKUP = re.compile(r".+ \(before import [\d -]+\)|[.~].*")


@dataclass
class Collected:
    """What a folder says. ``municipality`` None: it could not be read at all."""

    id: str
    municipality: Municipality | None
    observations: pd.DataFrame = field(default_factory=make_empty_tidy)
    registers: Registers = field(default_factory=Registers)
    notes: dict[str, str] = field(default_factory=dict)
    findings: list[Finding] = field(default_factory=list)
    typed: TypedCells = field(default_factory=TypedCells)


def collect_folder(folder: Path, catalog: Catalog) -> Collected:
    """Everything of a municipality's folder; what cannot be used is said, the rest is kept."""
    found = collect_content(folder, read_book(folder, catalog), read_tables(folder), catalog)
    if not any((folder / name).is_file() for name in (WORKBOOK, f"{OBSERVATIONS}.csv")):
        found.findings.append(Finding("IN-NODATA", "note", table=OBSERVATIONS))
    return found


def collect_content(
    folder: Path, book: WorkbookContent, tables: dict[str, RawTable], catalog: Catalog
) -> Collected:
    """The same from a workbook and tables that are already read; passport and notes are added."""
    municipality, findings = join_passport(folder, book.passport)
    typed = TypedCells(tables, book.parts, book.registers, catalog.registers.values())
    found = Collected(folder.name, municipality, findings=[*findings, *book.findings], typed=typed)
    if municipality is None:
        return found
    found.registers = _collect_registers(tables, book, catalog, found)
    context = make_row_context(found, catalog)
    found.observations, said = _collect_observations(tables.get(OBSERVATIONS), book, context)
    found.findings += said
    notes, said = _join_notes(read_notes(folder), book)
    found.notes, found.findings = notes, found.findings + said
    return found


def make_row_context(found: Collected, catalog: Catalog) -> Context:
    """What the rows of observations are judged by: the catalogue and the folder's registers."""
    stock_date = found.municipality.stock_date if found.municipality else "year_end"
    return Context(catalog.indicators, _codes_with_local(catalog, found.registers),
                   _villages(found.registers), catalog.units, stock_date)


def read_book(folder: Path, catalog: Catalog) -> WorkbookContent:
    """The filled workbook of a folder; nothing where there is none."""
    path = folder / WORKBOOK
    if not path.is_file():
        return WorkbookContent()
    book = read_workbook(path, catalog)
    written_for = book.meta.get("municipality", "")
    if written_for in ("", folder.name):
        return book
    strange = Finding("WB-PLACE", "warning", table="_meta", row=4, cell="B4", value=written_for,
                      params={"folder": folder.name})
    return replace(book, findings=(*book.findings, strange))


def read_tables(folder: Path) -> dict[str, RawTable]:
    """The CSV tables of a folder by name; kept copies and lock files are left out."""
    return {path.stem: read_csv_table(path) for path in sorted(folder.glob("*.csv"))
            if not _BACKUP.fullmatch(path.stem)}


# ---- observations ------------------------------------------------------------------------
def _collect_observations(
    raw: RawTable | None, book: WorkbookContent, context: Context
) -> tuple[pd.DataFrame, list[Finding]]:
    if not book.parts:
        return tidy_observations(raw, context) if raw else (make_empty_tidy(), [])
    tables = [_rename(raw, [part.table for part in book.parts if len(part.rows)])] if raw else []
    parts: list[Part] = [place_table(table) for table in tables]
    return tidy_parts([*parts, *book.parts], context)


def _rename(raw: RawTable, sheets: list[str]) -> RawTable:
    """The table under its file name where a sheet of the workbook bears the same name."""
    if raw.name not in sheets:
        return raw
    return RawTable(f"{raw.name}.csv", raw.columns, raw.frame, raw.first_row, raw.findings)


# ---- registers ---------------------------------------------------------------------------
def _collect_registers(
    tables: dict[str, RawTable], book: WorkbookContent, catalog: Catalog, found: Collected
) -> Registers:
    ids: dict[str, Any] = {}
    registers = Registers()
    given = {*tables, *book.registers}
    names = [name for name in (*FIRST, *catalog.registers) if name in given]
    for name in _in_order(dict.fromkeys(names), catalog):
        register = catalog.registers[name]
        table, said = _tidy_both(tables.get(name), book, register, Lists(catalog.codes, ids))
        registers.tables[name] = table
        found.findings += said
        if register.key and len(table):
            ids[f"{name}.{register.key}"] = _names_of(table, register.key)
    unknown = sorted(set(tables) - set(catalog.registers) - {OBSERVATIONS})
    found.findings += [Finding("IN-TABLE", "note", table=name) for name in unknown]
    return registers


def _tidy_both(
    raw: RawTable | None, book: WorkbookContent, register: Register, lists: Lists
) -> tuple[RegisterTable, list[Finding]]:
    """A register from its CSV table, its sheet, or both."""
    sheet = book.registers.get(register.id)
    if sheet is None:
        return read_register(raw or RawTable(register.id, ()), register, lists)
    unit = book.money_units.get(register.id, "som")
    table, said = read_register(sheet, register, Lists(lists.codes, lists.ids, unit))
    said = head_columns(said, {column.id: column.name for column in list_columns(register)})
    if raw is None:
        return table, said
    first, told = read_register(_rename(raw, [register.id]), register, lists)
    joined, contradictions = join_registers([first.frame, table.frame], register)
    return wrap_frame(joined), [*told, *said, *contradictions]


def _in_order(names: dict[str, None], catalog: Catalog) -> list[str]:
    """Registers after those they refer to."""
    ordered: list[str] = []

    def visit(name: str, path: tuple[str, ...]) -> None:
        if name in ordered or name not in names or name in path:
            return
        for column in catalog.registers[name].columns:
            if column.refers:
                visit(column.refers.partition(".")[0], (*path, name))
        ordered.append(name)

    for name in names:
        visit(name, ())
    return ordered


def _names_of(table: RegisterTable, key: str) -> dict[str, str]:
    keys = table.columns[key]
    return dict(zip(keys, table.columns.get("name_ky", keys)))


def _villages(registers: Registers) -> dict[str, str] | None:
    return _names_of(registers.tables["villages"], "id") if "villages" in registers else None


def _codes_with_local(catalog: Catalog, registers: Registers) -> dict[str, Any]:
    """Code lists of the catalogue with the office's own codes added."""
    codes: dict[str, Any] = dict(catalog.codes)
    for row in registers.tables["codes"].records if "codes" in registers else ():
        codes[row["list"]] = {**codes.get(row["list"], {}), row["code"]: row["name_ky"]}
    return codes


# ---- notes -------------------------------------------------------------------------------
def read_notes(folder: Path) -> dict[str, str]:
    """The expert's texts: «<section>.<lang>» -> text."""
    notes = folder / "notes"
    files = sorted(notes.glob("*.md")) if notes.is_dir() else []
    return {path.stem: path.read_text(encoding="utf-8", errors="replace") for path in files}


def _join_notes(
    files: dict[str, str], book: WorkbookContent
) -> tuple[dict[str, str], list[Finding]]:
    """The notes of the folder and of the workbook; where both differ, the workbook's is kept."""
    said = [Finding("WB-NOTE", "warning", table="expert", column=name, value=text[:80],
                    params={"file": f"notes/{name}.md"})
            for name, text in book.notes.items()
            if name in files and files[name].strip() != text.strip()]
    return {**files, **book.notes}, said
