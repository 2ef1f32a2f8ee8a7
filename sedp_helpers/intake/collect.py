"""One raw folder as a whole: passport, observations, registers and notes, with all findings."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pandas as pd

from sedp_helpers.catalog.load import Catalog
from sedp_helpers.intake.municipality import read_municipality
from sedp_helpers.intake.observation_rows import Context
from sedp_helpers.intake.observations import make_empty_tidy, tidy_observations
from sedp_helpers.intake.read import RawTable, read_csv_table
from sedp_helpers.intake.register_cells import Lists
from sedp_helpers.intake.registers import tidy_register
from sedp_helpers.models import Finding, Municipality, Register

FIRST = ("villages", "codes", "programmes")  # registers that others refer to


@dataclass
class Collected:
    """What a folder says. ``municipality`` None: it could not be read at all."""

    id: str
    municipality: Municipality | None
    observations: pd.DataFrame = field(default_factory=make_empty_tidy)
    registers: dict[str, pd.DataFrame] = field(default_factory=dict)
    notes: dict[str, str] = field(default_factory=dict)
    findings: list[Finding] = field(default_factory=list)


def collect_folder(folder: Path, catalog: Catalog) -> Collected:
    """Everything of a municipality's folder; what cannot be used is said, the rest is kept."""
    municipality, findings = read_municipality(folder)
    found = Collected(folder.name, municipality, findings=list(findings))
    if municipality is None:
        return found
    tables = read_tables(folder)
    found.registers = _collect_registers(tables, catalog, found)
    raw = tables.get("observations")
    if raw is not None:
        context = Context(
            catalog.indicators, _codes_with_local(catalog, found.registers),
            _villages(found.registers), catalog.units, municipality.stock_date,
        )
        found.observations, said = tidy_observations(raw, context)
        found.findings += said
    elif "workbook" not in tables:
        found.findings.append(Finding("IN-NODATA", "note", table="observations"))
    found.notes = read_notes(folder)
    return found


def read_tables(folder: Path) -> dict[str, RawTable]:
    """The CSV tables of a folder by name."""
    return {path.stem: read_csv_table(path) for path in sorted(folder.glob("*.csv"))}


def _collect_registers(
    tables: dict[str, RawTable], catalog: Catalog, found: Collected
) -> dict[str, pd.DataFrame]:
    ids: dict[str, Any] = {}
    registers: dict[str, pd.DataFrame] = {}
    names = [n for n in (*FIRST, *catalog.registers) if n in tables]
    for name in _in_order(dict.fromkeys(names), catalog):
        register = catalog.registers[name]
        frame, said = tidy_register(tables[name], register, Lists(catalog.codes, ids))
        registers[name] = frame
        found.findings += said
        if register.key and len(frame):
            ids[f"{name}.{register.key}"] = _names_of(frame, register)
    unknown = sorted(set(tables) - set(catalog.registers) - {"observations"})
    found.findings += [Finding("IN-TABLE", "note", table=name) for name in unknown]
    return registers


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


def _names_of(frame: pd.DataFrame, register: Register) -> dict[str, str]:
    keys = frame[register.key]
    return dict(zip(keys, frame["name_ky"] if "name_ky" in frame else keys))


def _villages(registers: dict[str, pd.DataFrame]) -> dict[str, str] | None:
    villages = registers.get("villages")
    return dict(zip(villages["id"], villages["name_ky"])) if villages is not None else None


def _codes_with_local(catalog: Catalog, registers: dict[str, pd.DataFrame]) -> dict[str, Any]:
    """Code lists of the catalogue with the office's own codes added."""
    codes: dict[str, Any] = dict(catalog.codes)
    local = registers.get("codes")
    if local is not None:
        for name, rows in local.groupby("list"):
            codes[name] = {**codes.get(name, {}), **dict(zip(rows["code"], rows["name_ky"]))}
    return codes


def read_notes(folder: Path) -> dict[str, str]:
    """The expert's texts: «<section>.<lang>» -> text."""
    notes = folder / "notes"
    files = sorted(notes.glob("*.md")) if notes.is_dir() else []
    return {path.stem: path.read_text(encoding="utf-8", errors="replace") for path in files}
