"""A municipality with its past on today's borders, as data/raw/reference/lineage.csv tells it.

Why: whoever looks at a place (results, checks, the panel) must see one history. This module finds
whose folders belong to it and reads them; what may be added is decided in ``lineage``.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Any

import pandas as pd

from sedp_helpers.catalog.load import Catalog
from sedp_helpers.intake.borders import say
from sedp_helpers.intake.codes import list_codes
from sedp_helpers.intake.collect import Collected, collect_folder
from sedp_helpers.intake.lineage import apply_lineage
from sedp_helpers.intake.read import read_csv_table
from sedp_helpers.intake.register_cells import Lists
from sedp_helpers.intake.registers import make_empty_register, tidy_register
from sedp_helpers.models import Finding

TABLE = "lineage"


def collect_place(folder: Path, catalog: Catalog) -> Collected:
    """Everything of a municipality's folder, its observations with their past on today's borders.

    Figures by village are carried for the villages that the municipality lists.
    """
    found = collect_folder(folder, catalog)
    found.findings += _say_twin(found, folder.parent)
    lineage = read_lineage(folder.parent, catalog)
    family = _pick_family(lineage.rows, folder.name)
    found.findings += lineage.about(folder.name, *family["old"])
    if found.municipality is None or not len(family):
        return found
    units = [found, *(collect_folder(folder.parent / old, catalog)
                      for old in list_forebears(folder.parent, folder.name, catalog))]
    composed, findings = apply_lineage(
        {unit.id: unit.observations for unit in units}, family, catalog,
        lasting={unit.id for unit in units if unit.municipality and not unit.municipality.closed})
    found.observations = _keep_villages(composed[folder.name], found)
    mine = {folder.name, *family["old"]}
    found.findings += [*_say_open(found, family),
                       *(one for one in findings if one.params.get("new", folder.name) in mine)]
    return found


def list_forebears(raw: Path, ident: str, catalog: Catalog) -> list[str]:
    """The other folders that the history of a municipality is made of."""
    family = _pick_family(read_lineage(raw, catalog).rows, ident)
    return sorted({old for old in family["old"] if old != ident and (raw / old).is_dir()})


@dataclass(frozen=True)
class Lineage:
    """The rows of lineage.csv with the ids of folders, and what is wrong with the table."""

    rows: pd.DataFrame
    findings: tuple[Finding, ...] = ()
    names: Mapping[int, set[str]] = field(default_factory=dict)  # row -> the units it names

    def about(self, *units: str) -> list[Finding]:
        """What was found in the rows of these units, or in the table as a whole."""
        return [one for one in self.findings
                if one.row is None or one.row not in self.names
                or not self.names[one.row].isdisjoint(units)]


def read_lineage(raw: Path, catalog: Catalog) -> Lineage:
    """The lineage table of a workspace; without a file it has no rows."""
    path = raw / "reference" / f"{TABLE}.csv"
    if not path.is_file():
        return Lineage(make_empty_register(catalog.registers[TABLE]))
    facts = path.stat()
    lineage = _read_version(path, (facts.st_mtime_ns, facts.st_size), catalog)
    codes = any(name.isdecimal() and not (raw / name).is_dir()
                for side in ("old", "new") for name in lineage.rows[side])
    return _name_codes(lineage, list_codes(raw)) if codes else lineage


@lru_cache(maxsize=4)
def _read_version(path: Path, version: tuple[int, ...], catalog: Catalog) -> Lineage:
    """The table once a process: a country has hundreds of rows and asks for them as often."""
    table = read_csv_table(path)
    rows, findings = tidy_register(table, catalog.registers[TABLE], Lists())
    names = {number: {cell.strip() for cell in cells}
             for number, cells in zip(*table.filled_rows())} if table.readable else {}
    return Lineage(rows, tuple(findings), names)


def _name_codes(lineage: Lineage, codes: Mapping[str, list[str]]) -> Lineage:
    """The table with the ids of folders where SOATE codes were typed."""
    ids = {code: folders[0] for code, folders in codes.items()}
    rows = lineage.rows.assign(**{side: [ids.get(name, name) for name in lineage.rows[side]]
                                  for side in ("old", "new")})
    names = {number: {ids.get(name, name) for name in cells}
             for number, cells in lineage.names.items()}
    return Lineage(rows, lineage.findings, names)


def _pick_family(rows: pd.DataFrame, ident: str) -> pd.DataFrame:
    """The rows that matter to a unit: all rows of the units it goes back to, and its own."""
    olds: set[str] = set()
    asked = {ident}
    while asked:
        found = set(rows.loc[rows["new"].isin(asked), "old"])
        asked = found - olds
        olds |= found
    return rows[rows["old"].isin(olds | {ident})]


def _say_twin(found: Collected, raw: Path) -> list[Finding]:
    """Two municipalities cannot have one SOATE code."""
    soate = found.municipality.soate if found.municipality else ""
    folders = list_codes(raw).get(soate, []) if soate else []
    others = ", ".join(name for name in folders if name != found.id)
    return [Finding("IN-SOATE-TWICE", "error", table="municipality", column="soate", value=soate,
                    params={"others": others})] if others else []


def _keep_villages(observations: pd.DataFrame, found: Collected) -> pd.DataFrame:
    """Composed rows of villages that the unit does not list are left out."""
    villages = found.registers.get("villages")
    known = {"", *(villages["id"] if villages is not None else ())}
    composed = observations["origin"].str.startswith(f"{TABLE}!")
    return observations[~composed | observations["village"].isin(known)].reset_index(drop=True)


def _say_open(found: Collected, family: pd.DataFrame) -> list[Finding]:
    """A unit that has gone into others and has no figures since is closed; its passport says so."""
    gone: list[dict[str, Any]] = family[(family["old"] == found.id) & (family["new"] != found.id)
                                        ].to_dict("records")
    place = found.municipality
    if not gone or place is None or place.closed:
        return []
    year = int(min(row["year"] for row in gone))
    if (found.observations["year"] >= year).any():
        return []
    return [say("CK-LINEAGE", "CK-LINEAGE-OPEN", "warning", gone[0]["origin"], old=found.id,
                new=", ".join(dict.fromkeys(row["new"] for row in gone)), year=year)]
