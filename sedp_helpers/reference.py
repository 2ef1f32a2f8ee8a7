"""What a municipality is compared with: territories, norms, and how likeness is weighed.

Reads data/raw/district-<d>/, data/raw/reference/ and data/processed/_panel/. A district value that
is not given is the sum of its members, of real ones or of samples, only when all are there.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any

import pandas as pd

from sedp_helpers.catalog.load import Catalog
from sedp_helpers.compute.district_sums import (
    COMPARED,
    FACT_COLUMNS,
    complete_district,
    sum_members,
)
from sedp_helpers.compute.facts import Facts
from sedp_helpers.fingerprint import hash_file
from sedp_helpers.intake.observation_rows import Context as RowContext
from sedp_helpers.intake.observations import tidy_observations
from sedp_helpers.intake.read import read_csv_table
from sedp_helpers.intake.store import parse_frame
from sedp_helpers.models import Municipality
from sedp_helpers.paths import Workspace

PANEL = "panel.csv"
WEIGHTS = "peer_weights.csv"


def read_reference(
    workspace: Workspace, municipality: Municipality, catalog: Catalog
) -> dict[str, Facts]:
    """Facts of the district, and of what else data/raw/reference holds (oblast, country)."""
    found: dict[str, Facts] = {}
    district = _find_district(workspace, municipality, catalog)
    if district is not None:
        found["district"] = district
    for name in ("oblast", "country"):
        table = workspace.reference / f"{name}.csv"
        if table.is_file():
            given = _read_given(table, hash_file(table), catalog)
            found[name] = Facts(given, catalog.indicators)
    return found


def find_district_table(workspace: Workspace, municipality: Municipality) -> Path | None:
    """The observations of the municipality's district, where they are there."""
    if municipality.district is None:
        return None
    folder = workspace.raw / f"district-{municipality.district.id.removeprefix('d-')}"
    return folder / "observations.csv" if (folder / "observations.csv").is_file() else None


@lru_cache(maxsize=8)
def _read_given(table: Path, digest: str, catalog: Catalog) -> pd.DataFrame:
    """The observations of a table with that content."""
    context = RowContext(catalog.indicators, catalog.codes, None, catalog.units)
    frame, _ = tidy_observations(read_csv_table(table), context)
    return frame[FACT_COLUMNS]


def _find_district(
    workspace: Workspace, municipality: Municipality, catalog: Catalog
) -> Facts | None:
    """What the district gave, with the sums of its members where there are a panel and a number of
    members; None where there is neither."""
    if municipality.district is None:
        return None
    table, panel = find_district_table(workspace, municipality), workspace.panel / PANEL
    members = _count_members(workspace).get(municipality.district.id)
    given = (table, hash_file(table)) if table else None
    summed = None
    if members is not None and panel.is_file():
        facts = panel.stat()
        version = (facts.st_ino, facts.st_size, facts.st_mtime_ns)
        summed = (panel, version, str(municipality.sample).lower(), municipality.district.id,
                  members)
    return _make_district(given, summed, catalog) if given or summed else None


@lru_cache(maxsize=128)
def _make_district(
    given: tuple[Path, str] | None,
    summed: tuple[Path, tuple[int, ...], str, str, int] | None,
    catalog: Catalog,
) -> Facts | None:
    """The facts of a district, made once for all of its members."""
    stated = sums = pd.DataFrame(columns=FACT_COLUMNS)
    if given:
        stated = _read_given(*given, catalog)
    if summed:
        rows = _read_sectors(*summed[:3])
        sums = sum_members(rows[rows["district"] == summed[3]], summed[4])
    district = complete_district(stated, sums)
    return Facts(district, catalog.indicators) if len(district) else None


def _count_members(workspace: Workspace) -> dict[str, int]:
    """District -> how many municipalities it has, by the reference table."""
    path = workspace.reference / "districts.csv"
    return _read_members(path, hash_file(path))


@lru_cache(maxsize=4)
def _read_members(path: Path, digest: str) -> dict[str, int]:
    table = read_csv_table(path) if digest else None
    if table is None or not table.readable:
        return {}
    frame = table.frame.set_axis(list(table.columns), axis=1)
    return {row["id"]: int(row["members"]) for row in frame.to_dict("records")
            if str(row.get("members", "")).strip().isdigit()}


@lru_cache(maxsize=2)
def _read_sectors(path: Path, version: tuple[int, ...], sample: str) -> pd.DataFrame:
    """The panel's rows of what a place is compared with its district in, of one kind of places."""
    heads = tuple(f"{ident},".encode() for ident in COMPARED)
    with path.open("rb") as lines:
        content = next(lines) + b"".join(line for line in lines if line.startswith(heads))
    rows = parse_frame(content)
    rows["year"] = rows["year"].astype(int)
    return rows[rows["sample"] == sample].reset_index(drop=True)


def read_weights(workspace: Workspace, settings: Mapping[str, Any]) -> dict[str, float]:
    """Weights of likeness of neighbours: the user's table, else those of the catalogue."""
    path = workspace.reference / WEIGHTS
    table = read_csv_table(path) if path.is_file() else None
    rows: list[dict[str, str]] = []
    if table is not None and table.readable:
        rows = table.frame.set_axis(list(table.columns), axis=1).to_dict("records")
    given = {row.get("measure", ""): float(row["weight"]) for row in rows
             if row.get("weight", "").replace(".", "", 1).isdigit()}
    return given or {name: float(w) for name, w in settings["peers"]["weights"].items()}


def hash_weights(workspace: Workspace) -> str:
    return hash_file(workspace.reference / WEIGHTS)


def read_norms(workspace: Workspace, catalog: Catalog) -> Mapping[str, Mapping[str, Any]]:
    """Norms by id: the catalogue's, with those of the office's table laid over them."""
    path = workspace.reference / "norms.csv"
    return _read_norms(path, hash_file(path), catalog)


@lru_cache(maxsize=4)
def _read_norms(path: Path, digest: str, catalog: Catalog) -> Mapping[str, Mapping[str, Any]]:
    norms: dict[str, dict[str, Any]] = {
        ident: {"norm": ident, **row} for ident, row in catalog.norms.items()
    }
    table = read_csv_table(path) if digest else None
    if table is not None and table.readable:
        frame = table.frame.set_axis(list(table.columns), axis=1)
        norms.update({row["norm"]: row for row in frame.to_dict("records")})
    return norms
