"""`sedp new` and `sedp template`: the fill-in workbook, empty or begun, and a raw folder for it."""

from __future__ import annotations

import json
import re
from datetime import datetime
from pathlib import Path

from sedp_helpers.catalog.load import load_catalog
from sedp_helpers.console import Console
from sedp_helpers.errors import OutputError, UsageError
from sedp_helpers.examination import BISHKEK
from sedp_helpers.files import write_atomic
from sedp_helpers.fillin.template import write_template
from sedp_helpers.intake.clean import check_id
from sedp_helpers.intake.collect import WORKBOOK, collect_folder
from sedp_helpers.intake.municipality import FILE
from sedp_helpers.intake.passport_join import MARK
from sedp_helpers.paths import Workspace
from sedp_helpers.prepare import find_folder

YEARS_BEFORE = 8  # columns before the base year
MOST_YEARS = 40
_YEARS = re.compile(r"\s*(\d{4})\s*[-–]\s*(\d{4})\s*")


def start_place(workspace: Workspace, ident: str, years: str, *, force: bool,
                console: Console) -> None:
    """A raw folder with an empty workbook and a passport; an existing one is refused."""
    folder = workspace.raw / check_id(ident)
    span = read_years(years)
    if folder.exists() and not force:
        raise OutputError(f"{folder} exists", key="exists", path=str(folder))
    content = write_template(load_catalog(), console.language, years=span, ident=ident)
    write_atomic(folder / WORKBOOK, content)
    write_atomic(folder / FILE, _write_passport(ident, span[-1], console).encode("utf-8"))
    console.say("created", path=str(folder))
    console.say("fill_in", path=str(folder / WORKBOOK))


def _write_passport(ident: str, base_year: int, console: Console) -> str:
    """The least that a municipality needs; the sheet ``passport`` goes before it."""
    name = json.dumps(ident)
    comment = console.text("passport_comment", workbook=WORKBOOK)
    return (f"{MARK}: {comment}\nformat: 1\nid: {name}\nname: {{ky: {name}}}\n"
            f"base_year: {base_year}\n")


def write_workbook(workspace: Workspace, path: Path, *, ident: str, role: str, years: str,
                   force: bool, console: Console) -> None:
    """The fill-in workbook as a file: empty, or with the figures of a municipality in it."""
    if path.suffix.lower() != ".xlsx":
        raise UsageError(f"{path.name} is not a name of a workbook", key="needs_xlsx",
                         path=path.name)
    if path.exists() and not force:
        raise OutputError(f"{path} exists", key="exists", path=str(path))
    write_atomic(path, _fill(workspace, ident, role, years, console.language))
    console.say("created", path=str(path))


def _fill(workspace: Workspace, ident: str, role: str, years: str, language: str) -> bytes:
    catalog = load_catalog()
    if not ident:
        return write_template(catalog, language, years=read_years(years), role=role or None)
    known = collect_folder(find_folder(workspace, ident), catalog)
    place = known.municipality
    base = place.base_year if place else 0
    span = range(base - YEARS_BEFORE + 1, base + 2) if place and not years else read_years(years)
    return write_template(catalog, language, municipality=place, years=span,
                          observations=known.observations, registers=known.registers,
                          role=role or None, notes=known.notes)


def read_years(text: str) -> range:
    """«2017-2025» as the years of the columns; without a text the last nine full years."""
    if not text:
        last = datetime.now(BISHKEK).year - 1
        return range(last - YEARS_BEFORE, last + 1)
    found = _YEARS.fullmatch(text)
    first, last = (int(found[1]), int(found[2])) if found else (1, 0)
    if not (1900 <= first <= last <= 2100 and last - first < MOST_YEARS):
        raise UsageError(f"years {text!r}", key="bad_years", typed=text)
    return range(first, last + 1)
