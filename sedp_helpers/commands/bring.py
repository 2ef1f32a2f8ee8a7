"""`sedp import`: a file of another office into the raw table of a municipality or district."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import pandas as pd

from sedp_helpers.catalog.load import Catalog, load_catalog
from sedp_helpers.commands.merge import find_free
from sedp_helpers.console import Console
from sedp_helpers.errors import InputError, NotFoundError
from sedp_helpers.examination import BISHKEK, finding_texts
from sedp_helpers.files import write_atomic
from sedp_helpers.foreign.layouts import Asked, load_layout
from sedp_helpers.foreign.readers import read_foreign
from sedp_helpers.foreign.table import Brought, bring_rows, type_rows
from sedp_helpers.intake.collect import Collected, collect_folder, make_row_context
from sedp_helpers.intake.findings import render_finding
from sedp_helpers.intake.observation_rows import Context
from sedp_helpers.intake.observations import make_empty_tidy, tidy_observations
from sedp_helpers.intake.read import read_csv_table
from sedp_helpers.language import format_number
from sedp_helpers.models import LANGUAGES, Municipality
from sedp_helpers.paths import Workspace
from sedp_helpers.prepare import find_folder

MOST_SAID = 20
TABLE = "observations.csv"


@dataclass(frozen=True)
class Choice:
    """What the person adds to the file: its year, its indicator, the name of its row."""

    year: int = 0
    indicator: str = ""
    row: str = ""


@dataclass(frozen=True)
class _Target:
    """The folder that is filled, and what is known of it."""

    folder: Path
    asked: Asked
    known: pd.DataFrame
    context: Context


def import_file(workspace: Workspace, kind: str, path: Path, ident: str, choice: Choice, *,
                force: bool, console: Console) -> int:
    """Add the figures; 1 and nothing written where one contradicts what is there."""
    catalog = load_catalog()
    layout = load_layout(catalog, kind)
    _check_indicator(choice.indicator, catalog)
    target = _find_target(workspace, ident, choice, catalog)
    reading = read_foreign(path, layout, target.asked)
    raw = type_rows(reading.rows, layout, target.context, console.language)
    table = target.folder / TABLE
    brought = bring_rows(table, raw, target.known, target.context, replace=force)
    if brought.contradictions or brought.findings:
        _refuse(brought, path, console, catalog)
        return 1
    _keep_copy(table, console, changed=bool(brought.added))
    if brought.added:
        write_atomic(table, brought.content)
    if reading.skipped:
        console.say("import_skipped", names=", ".join(reading.skipped[:MOST_SAID]))
    console.say("imported", path=str(table), added=brought.added, equal=brought.equal)
    return 0


def _check_indicator(indicator: str, catalog: Catalog) -> None:
    if indicator and indicator not in catalog.indicators:
        raise NotFoundError(f"no indicator {indicator!r}", key="unknown_indicator",
                            name=indicator)


def _find_target(workspace: Workspace, ident: str, choice: Choice, catalog: Catalog) -> _Target:
    """A municipality, or the folder of a district that is there."""
    if ident.startswith("district-"):
        return _find_district(workspace, ident, choice, catalog)
    folder = find_folder(workspace, ident)
    found = collect_folder(folder, catalog)
    if found.municipality is None:
        raise InputError(f"{ident} has no passport", key="no_passport", municipality=ident)
    asked = Asked(ident, _list_names(found.municipality), found.municipality.soate,
                  found.municipality.type, _name_villages(found), choice.year, choice.indicator,
                  choice.row)
    return _Target(folder, asked, found.observations, make_row_context(found, catalog))


def _find_district(workspace: Workspace, ident: str, choice: Choice, catalog: Catalog) -> _Target:
    known = sorted(path.name for path in workspace.raw.glob("district-*") if path.is_dir())
    if ident not in known:
        raise NotFoundError(f"no folder {ident!r}", key="unknown_municipality", name=ident,
                            known=", ".join(known))
    folder = workspace.raw / ident
    context = Context(catalog.indicators, catalog.codes, None, catalog.units)
    frame = tidy_observations(read_csv_table(folder / TABLE), context)[0] \
        if (folder / TABLE).is_file() else make_empty_tidy()
    asked = Asked(ident, year=choice.year, indicator=choice.indicator, row=choice.row)
    return _Target(folder, asked, frame, context)


def _list_names(place: Municipality) -> tuple[str, ...]:
    return tuple(dict.fromkeys(name for lang in LANGUAGES if (name := place.name.get(lang))))


def _name_villages(found: Collected) -> dict[str, str]:
    """Every name of every village and its id."""
    villages = found.registers.get("villages")
    if villages is None:
        return {}
    return {str(row[f"name_{lang}"]): str(row["id"]) for row in villages.to_dict("records")
            for lang in reversed(LANGUAGES) if row.get(f"name_{lang}")}


def _keep_copy(table: Path, console: Console, *, changed: bool) -> None:
    """The table as it was, under the day of the import."""
    if changed and table.is_file():
        day = datetime.now(BISHKEK).date().isoformat()
        kept = find_free(table.with_name(f"{table.stem} (before import {day}).csv"))
        write_atomic(kept, table.read_bytes())
        console.say("import_kept", path=kept.name)


def _refuse(brought: Brought, path: Path, console: Console, catalog: Catalog) -> None:
    """Say what contradicts and what cannot be used; nothing was written."""
    for one in brought.contradictions[:MOST_SAID]:
        ident, *rest = one.key.split("|")
        name = ", ".join([catalog.name(ident, console.language), *filter(None, rest)])
        console.say("import_conflict", name=name, value=_show(one.value, console),
                    origin=one.origin, other=_show(one.other, console))
    texts = finding_texts(catalog)
    for finding in brought.findings[:MOST_SAID]:
        message, action = render_finding(finding, texts, console.language)
        console.write(f"{message}\n  → {action}", error=True)
    console.say("import_refused", path=path.name,
                count=len(brought.contradictions) + len(brought.findings))


def _show(value: float, console: Console) -> str:
    decimals = len(repr(value).partition(".")[2]) if value % 1 else 0
    return format_number(value, console.language, min(decimals, 6)) if value == value else "—"
