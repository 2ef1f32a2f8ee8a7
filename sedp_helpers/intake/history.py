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
from sedp_helpers.intake.clean import is_id
from sedp_helpers.intake.collect import Collected, collect_folder
from sedp_helpers.intake.lineage import apply_lineage
from sedp_helpers.intake.municipality import FILE, read_municipality
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
                if one.row not in self.names or not self.names[one.row].isdisjoint(units)]


def read_lineage(raw: Path, catalog: Catalog) -> Lineage:
    """The lineage table of a workspace; without a file it has no rows."""
    path = raw / "reference" / f"{TABLE}.csv"
    if not path.is_file():
        return Lineage(make_empty_register(catalog.registers[TABLE]))
    facts = path.stat()
    return _read_version(path, (facts.st_mtime_ns, facts.st_size), _list_passports(raw), catalog)


@lru_cache(maxsize=4)
def _read_version(
    path: Path, version: tuple[int, ...], passports: tuple[tuple[Path, int], ...],
    catalog: Catalog,
) -> Lineage:
    """The table once a process: a country has hundreds of rows and asks for them as often."""
    table = read_csv_table(path)
    rows, findings = tidy_register(table, catalog.registers[TABLE], Lists())
    typed = {*rows["old"], *rows["new"]}
    codes = {name for name in typed if name.isdecimal() and not (path.parents[1] / name).is_dir()}
    ids = _find_codes(passports) if codes else {}
    for side in ("old", "new"):
        rows[side] = [ids.get(name, name) for name in rows[side]]
    names = {number: {ids.get(cell.strip(), cell.strip()) for cell in cells}
             for number, cells in zip(*table.filled_rows())} if table.readable else {}
    return Lineage(rows, tuple(findings), names)


def _list_passports(raw: Path) -> tuple[tuple[Path, int], ...]:
    return tuple((path, path.stat().st_mtime_ns) for path in sorted(raw.glob(f"*/{FILE}")))


def _find_codes(passports: tuple[tuple[Path, int], ...]) -> dict[str, str]:
    """SOATE code -> id of the municipality that has it."""
    found = {}
    for path, _ in passports:
        if is_id(path.parent.name):
            place, _ = read_municipality(path.parent)
            if place is not None and place.soate:
                found.setdefault(place.soate, place.id)
    return found


def _pick_family(rows: pd.DataFrame, ident: str) -> pd.DataFrame:
    """The rows that matter to a unit: all rows of the units it goes back to, and its own."""
    olds: set[str] = set()
    asked = {ident}
    while asked:
        found = set(rows.loc[rows["new"].isin(asked), "old"])
        asked = found - olds
        olds |= found
    return rows[rows["old"].isin(olds | {ident})]


def _keep_villages(observations: pd.DataFrame, found: Collected) -> pd.DataFrame:
    """Composed rows of villages that the unit does not list are left out."""
    villages = found.registers.get("villages")
    known = {"", *(villages["id"] if villages is not None else ())}
    composed = observations["origin"].str.startswith(f"{TABLE}!")
    return observations[~composed | observations["village"].isin(known)].reset_index(drop=True)


def _say_open(found: Collected, family: pd.DataFrame) -> list[Finding]:
    """A unit that has gone into others and has no figures since is closed; its passport says so."""
    gone: list[dict[str, Any]] = family[(family["old"] == found.id) & (family["new"] != found.id)
                                        ].to_dict("records")  # type: ignore[assignment]
    place = found.municipality
    if not gone or place is None or place.closed:
        return []
    year = int(min(row["year"] for row in gone))
    if (found.observations["year"] >= year).any():
        return []
    return [say("CK-LINEAGE", "CK-LINEAGE-OPEN", "warning", gone[0]["origin"], old=found.id,
                new=", ".join(dict.fromkeys(row["new"] for row in gone)), year=year)]
