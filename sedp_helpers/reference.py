"""What a municipality is compared with: territories, the comparison panel, norms.

Reads data/raw/district-<d>/, data/raw/reference/ and data/processed/_panel/; a district value
that is not given is the sum of its members only when all of them are present, and never for the
revenue of local budgets (R-41).
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any

from sedp_helpers.catalog.load import Catalog
from sedp_helpers.compute.facts import Facts
from sedp_helpers.fingerprint import hash_file
from sedp_helpers.intake.observation_rows import Context as RowContext
from sedp_helpers.intake.observations import tidy_observations
from sedp_helpers.intake.read import read_csv_table
from sedp_helpers.models import Municipality
from sedp_helpers.paths import Workspace

NEVER_SUMMED = ("budget.revenue", "budget.revenue_plan", "budget.revenue_revised_plan")
PANEL = "panel.csv"


def read_reference(
    workspace: Workspace, municipality: Municipality, catalog: Catalog
) -> dict[str, Facts]:
    """Facts of the district, and of what else data/raw/reference holds (oblast, country)."""
    found: dict[str, Facts] = {}
    table = find_district_table(workspace, municipality)
    if table:
        found["district"] = _read_facts(table, hash_file(table), catalog)
    for name in ("oblast", "country"):
        table = workspace.reference / f"{name}.csv"
        if table.is_file():
            found[name] = _read_facts(table, hash_file(table), catalog)
    return found


def find_district_table(workspace: Workspace, municipality: Municipality) -> Path | None:
    """The observations of the municipality's district, where they are there."""
    if municipality.district is None:
        return None
    folder = workspace.raw / f"district-{municipality.district.id.removeprefix('d-')}"
    return folder / "observations.csv" if (folder / "observations.csv").is_file() else None


@lru_cache(maxsize=128)
def _read_facts(table: Path, digest: str, catalog: Catalog) -> Facts:
    """The facts of a table with that content; the members of a district share one reading."""
    context = RowContext(catalog.indicators, catalog.codes, None, catalog.units)
    frame, _ = tidy_observations(read_csv_table(table), context)
    return Facts(frame, catalog.indicators)


def read_norms(workspace: Workspace, catalog: Catalog) -> Mapping[str, Mapping[str, Any]]:
    """Norms by id: the catalogue's, with those of the office's table laid over them."""
    norms: dict[str, dict[str, Any]] = {
        ident: {"norm": ident, **row} for ident, row in catalog.table("norms").items()
    }
    path = workspace.reference / "norms.csv"
    table = read_csv_table(path) if path.is_file() else None
    if table is not None and table.readable:
        frame = table.frame.set_axis(list(table.columns), axis=1)
        norms.update({row["norm"]: row for row in frame.to_dict("records")})
    return norms
