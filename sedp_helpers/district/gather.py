"""The edge of the district book: raw district folder, prepared members and panel → DistrictData.

Members are prepared where that is due. The comparison panel is only read (CONTRACT section 7); the
roll says who is missing.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime, timedelta, timezone
from pathlib import Path
from typing import Any

import pandas as pd

from sedp_helpers.catalog.load import Catalog, load_catalog
from sedp_helpers.compare.data import DistrictData, Member
from sedp_helpers.compare.roll import Roll, choose_kind
from sedp_helpers.comparison import read_figures, write_flag
from sedp_helpers.errors import NotFoundError, name_nearest
from sedp_helpers.intake.municipality import read_entries, read_municipality
from sedp_helpers.intake.observation_rows import Context as RowContext
from sedp_helpers.intake.observations import tidy_observations
from sedp_helpers.intake.read import decode_text, read_csv_table
from sedp_helpers.intake.register_cells import Lists
from sedp_helpers.intake.registers import tidy_register
from sedp_helpers.intake.store import Store, parse_frame
from sedp_helpers.models import LANGUAGES, Finding, Municipality, Text
from sedp_helpers.paths import Workspace
from sedp_helpers.prepare import list_municipalities, prepare, read_mark
from sedp_helpers.reference import PANEL, read_weights

BISHKEK = timezone(timedelta(hours=6))


def gather_outline(workspace: Workspace, ident: str, *, as_of: str = "") -> DistrictData:
    """The district as the comparison knows it, for a page on the screen: nothing is prepared, and
    of the members' own files only the villages are read.

    An unknown district is an error with the nearest names; ``ident`` with or without «d-».
    """
    catalog, places, store = load_catalog(), read_places(workspace), Store(workspace)
    code, members, left_out = find_members(workspace, ident, places)
    entries = read_passport(workspace, code)
    announced = read_announced(entries, places)
    sample = bool(members) and bool(places[members[0]].sample)
    figures = read_figures(workspace, sample=sample)
    settings = catalog.read("district.yml")
    return DistrictData(
        id=code,
        name=_name(workspace, code, entries, places, members),
        catalog=catalog,
        settings=settings,
        roll=make_roll(workspace, code, entries, members, figures, [*left_out, *announced]),
        members={
            unit: Member(
                places[unit],
                pd.DataFrame(),
                store.read_registers(unit, {"villages": catalog.registers["villages"]}),
            )
            for unit in members
        },
        base_year=max((places[unit].base_year for unit in members), default=0),
        as_of=read_as_of(as_of, [places[unit] for unit in members]),
        panel=figures,
        stored=figures,
        weights=read_weights(workspace, settings),
        sample=sample,
        left_out=tuple(left_out),
        names={**announced, **{unit: place.name for unit, place in places.items()}},
    )


def gather_district(
    workspace: Workspace, ident: str, *, as_of: str = "", stored: bool = False
) -> DistrictData:
    """Everything of a district; ``stored``: members are taken as they were prepared, nothing is
    prepared again (inside a build)."""
    outline = gather_outline(workspace, ident, as_of=as_of)
    panel = read_kind(workspace, [*outline.members], sample=outline.sample)
    registers, observations, _ = read_folder(workspace, outline.id, outline.catalog)
    units = set(panel["unit"]) if panel is not None else set()
    return replace(
        outline,
        panel=panel,
        registers=registers,
        observations=observations,
        members={unit: read_member(workspace, unit, stored=stored) for unit in outline.members},
        roll=replace(outline.roll, present=tuple(filter(units.__contains__, outline.members))),
    )


def read_places(workspace: Workspace) -> dict[str, Municipality]:
    """The passports of all open municipalities that can be read."""
    found = {}
    for ident in list_municipalities(workspace):
        place, _ = read_municipality(workspace.raw / ident)
        if place is not None and not place.closed:
            found[ident] = place
    return found


def find_members(
    workspace: Workspace, ident: str, places: Mapping[str, Municipality]
) -> tuple[str, list[str], list[str]]:
    """The district's id, its members of one kind, and those of the other kind."""
    by_district: dict[str, dict[str, bool]] = {}
    for unit, place in places.items():
        if place.district:
            by_district.setdefault(place.district.id, {})[unit] = place.sample
    stated = {row["id"] for row in read_districts(workspace)}
    folders = {f"d-{f.name.removeprefix('district-')}" for f in workspace.raw.glob("district-*")}
    known = {*by_district, *stated, *folders}
    code = next(
        (
            one
            for one in (ident, f"d-{ident}", f"d-{ident.removeprefix('district-')}")
            if one in known
        ),
        "",
    )
    if not code:
        raise NotFoundError(
            f"no district {ident!r}: {name_nearest(ident, known)}",
            key="unknown_district",
            name=ident,
            known=", ".join(sorted(known)),
        )
    kept, left_out = choose_kind(by_district.get(code, {}))
    return code, kept, left_out


def folder_of(workspace: Workspace, code: str) -> Path:
    return workspace.raw / f"district-{code.removeprefix('d-')}"


def read_districts(workspace: Workspace) -> list[dict[str, str]]:
    """The rows of reference/districts.csv."""
    return _read_rows(workspace.reference / "districts.csv")


def _read_rows(path: Path) -> list[dict[str, str]]:
    if not path.is_file():
        return []
    table = read_csv_table(path)
    frame = table.frame.set_axis(list(table.columns), axis=1) if table.readable else table.frame
    return frame.to_dict("records")


def read_passport(workspace: Workspace, code: str) -> Mapping[str, Any]:
    """The entries of district.yaml; empty where there is none."""
    path = folder_of(workspace, code) / "district.yaml"
    return read_entries(decode_text(path.read_bytes())).content if path.is_file() else {}


def read_announced(
    entries: Mapping[str, Any], places: Mapping[str, Municipality]
) -> dict[str, Text]:
    """Members that ``municipalities:`` of district.yaml names and no folder stands for yet."""
    named = entries.get("municipalities")
    if not isinstance(named, Mapping):
        return {}
    return {
        str(unit): _read_name(name, str(unit)) for unit, name in named.items() if unit not in places
    }


def _read_name(name: object, ident: str) -> Text:
    """A name in three languages, or one text for all; the id where nothing is given."""
    if not isinstance(name, Mapping):
        return Text(ky=str(name or ident))
    given = {lang: str(name.get(lang) or "") for lang in LANGUAGES}
    return Text(**{**given, "ky": given["ky"] or ident})


def _name(
    workspace: Workspace,
    code: str,
    entries: Mapping[str, Any],
    places: Mapping[str, Municipality],
    members: list[str],
) -> Text:
    """The name of the district: its passport, the reference table, else a member's passport."""
    own = entries.get("name")
    if isinstance(own, Mapping):
        return Text(**{lang: str(own.get(lang, "")) for lang in ("ky", "ru", "en")})
    for row in read_districts(workspace):
        if row.get("id") == code:
            return Text(**{lang: row.get(f"name_{lang}", "") for lang in ("ky", "ru", "en")})
    place = next((places[unit].district for unit in members), None)
    return place.name if place and place.name.ky else Text(ky=code)


def make_roll(
    workspace: Workspace,
    code: str,
    entries: Mapping[str, Any],
    members: list[str],
    panel: pd.DataFrame | None,
    others: list[str],
) -> Roll:
    """Who belongs to the district, ``others`` without figures; the number comes from the reference
    table."""
    counts = [row.get("members", "") for row in read_districts(workspace) if row["id"] == code]
    stated = next(
        (text for text in [*counts, str(entries.get("members", ""))] if text.isdigit()), ""
    )
    units = set(panel["unit"]) if panel is not None else set()
    present = tuple(unit for unit in members if unit in units)
    return Roll((*members, *others), present, int(stated) if stated else None)


def read_kind(workspace: Workspace, members: list[str], *, sample: bool) -> pd.DataFrame | None:
    """The members' rows of the panel, of their kind only; None without a panel."""
    path = workspace.panel / PANEL
    if not path.is_file():
        return None
    header, *lines = path.read_bytes().splitlines(keepends=True)
    wanted = {unit.encode("ascii") for unit in members}
    mine = [line for line in lines if line.split(b",", 2)[1] in wanted]
    panel = parse_frame(b"".join([header, *mine]))
    panel["year"] = panel["year"].astype("int64")
    return panel[panel["sample"] == write_flag(sample)].reset_index(drop=True)


def read_folder(
    workspace: Workspace, code: str, catalog: Catalog
) -> tuple[dict[str, pd.DataFrame], pd.DataFrame, list[Finding]]:
    """Registers and observations of the district's folder, and what was found in reading."""
    registers: dict[str, pd.DataFrame] = {}
    observations = pd.DataFrame(
        columns=["indicator", "year", "value", "sex", "age", "village", "item", "status", "origin"]
    )
    findings: list[Finding] = []
    for path in sorted(folder_of(workspace, code).glob("*.csv")):
        table = read_csv_table(path)
        if path.stem == "observations":
            context = RowContext(catalog.indicators, catalog.codes, None, catalog.units)
            observations, said = tidy_observations(table, context)
        elif path.stem in catalog.registers:
            model = catalog.registers[path.stem]
            registers[path.stem], said = tidy_register(table, model, Lists(catalog.codes, {}))
        else:
            said = [Finding("IN-TABLE", "note", table=path.stem)]
        findings += said
    return registers, observations, findings


def read_member(workspace: Workspace, ident: str, *, stored: bool = False) -> Member:
    """A member as prepared: its observations, registers, findings and how full its data are."""
    store, catalog = Store(workspace), load_catalog()
    if not stored or not read_mark(store, ident):
        prepare(workspace, ident)
    mark = read_mark(store, ident)
    results = store.read(ident, "results")
    filled = {name: _sum(results, f"quality.{name}") for name in ("filled", "expected")}
    full = results[(results["result"] == "quality.filled_pct") & (results["item"] != "")]
    return Member(
        Municipality(**mark["municipality"]),
        store.read_observations(ident),
        store.read_registers(ident, catalog.registers),
        mark["counts"],
        **filled,
        sections=dict(zip(full["item"], full["value"])),
    )


def _sum(results: pd.DataFrame, ident: str) -> float | None:
    mine = results[(results["result"] == ident) & (results["item"] != "")]
    year = mine["year"].max() if len(mine) else ""
    values = mine.loc[mine["year"] == year, "value"]
    return float(values.sum()) if len(values) else None


def read_as_of(text: str, places: list[Municipality]) -> date:
    """The day that «late» is measured by: as asked, the latest of the members', else today."""
    days = [text] if text else sorted(place.as_of for place in places if place.as_of)[-1:]
    return date.fromisoformat(days[0]) if days else datetime.now(BISHKEK).date()
