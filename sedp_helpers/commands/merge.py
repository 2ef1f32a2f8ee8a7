"""`sedp merge`: copies of the workbook that several people filled in become one beside the first.

No file that is there is written over; what two copies say differently is named and left as it was.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from sedp_helpers.catalog.load import Catalog, load_catalog
from sedp_helpers.console import Console
from sedp_helpers.errors import NotFoundError, UsageError
from sedp_helpers.examination import finding_texts
from sedp_helpers.files import write_atomic
from sedp_helpers.fillin.template import write_template
from sedp_helpers.intake.collect import (
    FIRST,
    WORKBOOK,
    Collected,
    collect_content,
    read_tables,
)
from sedp_helpers.intake.findings import render_finding
from sedp_helpers.intake.merge import Conflict, Merged, merge_workbooks
from sedp_helpers.models import Finding
from sedp_helpers.paths import Workspace
from sedp_helpers.prepare import find_folder

MOST_YEARS = 15


def merge_copies(workspace: Workspace, ident: str, files: Sequence[Path],
                 console: Console) -> int:
    """Write the merged workbook; 1 where copies contradict each other or could not be read."""
    folder, catalog = find_folder(workspace, ident), load_catalog()
    _check_names(files)
    base = folder / WORKBOOK
    merged = merge_workbooks(files, catalog, base=base if base.is_file() else None)
    tables = {name: table for name, table in read_tables(folder).items() if name in FIRST}
    found = collect_content(folder, merged.content, tables, catalog)
    content = write_template(
        catalog, console.language, municipality=found.municipality, years=_find_years(found),
        observations=found.observations, registers=found.registers, notes=found.notes)
    _report(merged, console, catalog)
    errors = [finding for finding in found.findings if finding.severity == "error"]
    _report_errors(errors, console, catalog)
    target = find_free(folder / "workbook (merged).xlsx")
    write_atomic(target, content)
    console.say("created", path=str(target))
    return 1 if merged.conflicts or errors else 0


def _check_names(files: Sequence[Path]) -> None:
    """Copies are called by their file names, so these must differ; all must be there."""
    for path in files:
        if not path.is_file():
            raise NotFoundError(f"no such file: {path}", key="file_missing", file=str(path))
    doubled = [name for name, count in Counter(path.stem for path in files).items() if count > 1]
    if doubled:
        raise UsageError(f"two files named {doubled[0]}", key="same_names", name=doubled[0])


def _find_years(found: Collected) -> range:
    """The years of the columns: those of the figures, at most so many, and the base year."""
    years = [int(year) for year in found.observations["year"]]
    years += [found.municipality.base_year] if found.municipality else []
    last = max(years)
    return range(max(min(years), last - MOST_YEARS + 1), last + 1)


def find_free(path: Path) -> Path:
    """The path, or the next one with a number that does not exist yet."""
    number, free = 1, path
    while free.exists():
        number += 1
        free = path.with_name(f"{path.stem.removesuffix(')')} {number}){path.suffix}")
    return free


def _report(merged: Merged, console: Console, catalog: Catalog) -> None:
    """Who gave how much, and each cell to which two copies gave different values."""
    for name, count in merged.given.items():
        console.say("merge_given", name=name, count=count)
    for conflict in merged.conflicts:
        console.say("merge_conflict", what=name_conflict(conflict, catalog, console.language))
        for who, cell, value in conflict.values:
            console.say("merge_said", who=who, cell=cell, value=value)


def name_conflict(conflict: Conflict, catalog: Catalog, language: str) -> str:
    """The figure or record that two copies give differently, by its name."""
    first, *rest = conflict.what.split("|")
    register = catalog.registers.get(first)
    name = register.name.get(language) if register else catalog.name(first, language)
    return ", ".join(part for part in (name, *rest) if part)


def _report_errors(errors: Sequence[Finding], console: Console, catalog: Catalog) -> None:
    texts = finding_texts(catalog)
    for finding in errors:
        message, action = render_finding(finding, texts, console.language)
        console.write(f"{finding.table}!{finding.cell}\n  {message}\n  → {action}", error=True)
