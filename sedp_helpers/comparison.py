"""Comparable figures of all places, kept beside the panel, and where one place stands among them.

The edge between disk and ``compare``: figures are made once, when the panel is written, and read
by every municipality, the district book and its dashboard. Samples and real places never meet.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path

import pandas as pd

from sedp_helpers.catalog.load import Catalog, load_catalog
from sedp_helpers.compare.figures import Measure, calc_figures, list_wanted, pick_figures
from sedp_helpers.compare.peers import TRAITS
from sedp_helpers.compare.place import (
    NO_PANEL,
    PeerIndex,
    list_place_rows,
    list_unplaced_rows,
    make_index,
)
from sedp_helpers.compute.context import Context
from sedp_helpers.compute.facts import Facts
from sedp_helpers.compute.rows import Row
from sedp_helpers.fingerprint import hash_data, hash_once, hash_package
from sedp_helpers.intake.store import parse_frame
from sedp_helpers.models import Municipality
from sedp_helpers.paths import Workspace
from sedp_helpers.reference import PANEL, hash_weights, read_weights

COLUMNS = ["indicator", "unit", "item", "year", "value", "status", "district", "oblast", "type",
           "mountain", "border", "sample"]
KEPT = (*TRAITS, "sample")
FIGURES = "figures.csv"
MADE_FROM = ".made_from.json"  # hidden: what the files were made from is no content of theirs
SETTINGS = "district.yml"


# ---- making ------------------------------------------------------------------------------
def tabulate_place(place: Municipality, facts: Facts) -> pd.DataFrame:
    """Totals and single items of one municipality as rows of the panel."""
    about = [place.district.id if place.district else "", place.oblast.id if place.oblast else "",
             place.type, write_flag(place.mountain), write_flag(place.border),
             write_flag(place.sample)]
    rows = []
    for ident, spec in facts.indicators.items():
        if not facts.has(ident):
            continue
        items = facts.items(ident)
        for item in items if spec.item_required else ["", *items]:
            for year, fact in facts.series(ident, item=item).items():
                if fact.known:
                    rows.append([ident, place.id, item, year, fact.value, fact.status, *about])
    return pd.DataFrame(rows, columns=COLUMNS)


def write_flag(value: bool | None) -> str:
    return "" if value is None else str(value).lower()


def make_figures(workspace: Workspace, rows: pd.DataFrame, catalog: Catalog) -> pd.DataFrame:
    """The comparable figures of the places in rows of the panel, each with the place's traits."""
    wanted = _list_wanted(catalog, tuple(read_weights(workspace, catalog.read(SETTINGS))))
    traits = rows.drop_duplicates("unit")[["unit", *KEPT]]
    return calc_figures(rows, catalog, wanted).merge(traits, on="unit", how="left")


@lru_cache(maxsize=4)
def _list_wanted(catalog: Catalog, likeness: tuple[str, ...]) -> list[Measure]:
    return list_wanted(catalog, catalog.read(SETTINGS), likeness)


def hash_figuring(workspace: Workspace) -> str:
    """What stored figures depend on beside the panel."""
    return hash_data([hash_package("analysis", "catalog/indicators", f"catalog/{SETTINGS}",
                                   "compare/figures.py", "compute"), hash_weights(workspace)])


# ---- reading -----------------------------------------------------------------------------
def read_figures(workspace: Workspace, *, sample: bool) -> pd.DataFrame | None:
    """The figures of all places of one kind; None without a panel.

    Stored ones are taken if this program made them from the panel that is there; else they are
    made again, which takes longer and gives the same.
    """
    panel, stored = workspace.panel / PANEL, workspace.panel / FIGURES
    version = hash_once(panel)
    if not version:
        return None
    record = _read_record(workspace)
    mine = {"panel": version, "figures": hash_once(stored), "figuring": hash_figuring(workspace)}
    same = all(record.get(name) == value for name, value in mine.items())
    whole = _read_stored(stored, mine["figures"]) if same else _make_again(workspace, version)
    return whole[whole["sample"] == write_flag(sample)].reset_index(drop=True)


def _read_record(workspace: Workspace) -> dict[str, str]:
    path = workspace.panel / MADE_FROM
    return json.loads(path.read_text(encoding="utf-8")) if path.is_file() else {}


@lru_cache(maxsize=1)
def _read_stored(path: Path, version: str) -> pd.DataFrame:
    return _type_years(parse_frame(path.read_bytes()))


@lru_cache(maxsize=1)
def _make_again(workspace: Workspace, version: str) -> pd.DataFrame:
    rows = _type_years(parse_frame((workspace.panel / PANEL).read_bytes()))
    return make_figures(workspace, rows, load_catalog())


def _type_years(frame: pd.DataFrame) -> pd.DataFrame:
    return frame.assign(year=frame["year"].astype("int64"))


@lru_cache(maxsize=4)
def _open_index(workspace: Workspace, sample: bool, base_year: int, version: str) -> PeerIndex:
    catalog, figures = load_catalog(), read_figures(workspace, sample=sample)
    assert figures is not None, "there is a version only where there is a panel"
    settings = catalog.read(SETTINGS)
    return make_index(figures, catalog, settings, base_year, read_weights(workspace, settings))


def open_index(workspace: Workspace, *, sample: bool, base_year: int) -> PeerIndex | None:
    """All places of one kind ready to be compared in a year; None without a panel."""
    version = hash_once(workspace.panel / PANEL)
    if not version:
        return None
    return _open_index(workspace, sample, base_year, hash_data([version, hash_figuring(workspace)]))


# ---- comparing ---------------------------------------------------------------------------
def compare_place(workspace: Workspace, context: Context, results: Sequence[Row]) -> list[Row]:
    """Where the municipality stands among its peers, as rows of its own results.

    Its own side are the figures it has now, whatever the panel says of it. Without a panel every
    comparison is «not computable» and says so.
    """
    place, catalog = context.municipality, context.catalog
    own = pick_own(workspace, context, results)
    index = open_index(workspace, sample=bool(place.sample), base_year=place.base_year)
    if index is None:
        return list_unplaced_rows(catalog, catalog.read(SETTINGS), own, place.base_year, NO_PANEL)
    return list(list_place_rows(index, place.id, own))


def pick_own(workspace: Workspace, context: Context, results: Sequence[Row]) -> pd.DataFrame:
    """The place's own figures as ``make_figures`` would give them, taken from its results."""
    place, catalog = context.municipality, context.catalog
    wanted = _list_wanted(catalog, tuple(read_weights(workspace, catalog.read(SETTINGS))))
    found = pick_figures(results, context.facts, catalog, wanted)
    traits = {"district": place.district.id if place.district else "", "type": place.type,
              "mountain": write_flag(place.mountain), "border": write_flag(place.border)}
    return found.assign(unit=place.id, **traits)
