"""Opening a file that calls itself a workbook, without trusting it.

Why: whatever a person sends is opened in a process of its own with a limit of memory and time, so
that a bomb or a damaged file ends that process and not the work on all the others. What is wrong
with the file is a finding; this module never interprets a cell.
"""

from __future__ import annotations

import json
import subprocess
import sys
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from sedp_helpers.errors import InputError, NotFoundError
from sedp_helpers.intake.read import cell_name, decode_text, describe_unreadable
from sedp_helpers.models import Finding

TABLE = "workbook"
SECONDS = 120
_CHILD = Path(__file__).with_name("workbook_child.py")
_REFUSALS = {"bomb": "WB-BOMB", "damaged": "WB-DAMAGED", "other": "IN-FILETYPE"}
_ZIP = b"PK\x03\x04"


@dataclass(frozen=True)
class SheetCells:
    """A sheet as texts; ``rows`` begin at row 1 and column A; a row may be short.

    ``errors`` and ``formulas`` are addresses of cells that hold an error value or a formula whose
    result was not saved; ``merged`` are rectangles ((row, column), (row, column)) from 0.
    """

    name: str
    rows: list[list[str]]
    hidden: bool = False
    errors: frozenset[str] = frozenset()
    formulas: frozenset[str] = frozenset()
    merged: tuple[tuple[tuple[int, int], tuple[int, int]], ...] = ()
    far: tuple[str, ...] = ()
    far_text: str = ""  # what stands in the first of them

    def text(self, row: int, column: int) -> str:
        """The text of a cell by numbers from 0; "" outside the used area."""
        if row < len(self.rows) and 0 <= column < len(self.rows[row]):
            return self.rows[row][column].strip()
        return ""


@dataclass(frozen=True)
class OpenedWorkbook:
    """The sheets of a file and what was wrong with the file; no sheets where it was refused."""

    sheets: tuple[SheetCells, ...] = ()
    findings: tuple[Finding, ...] = field(default=())


def open_workbook(path: Path) -> OpenedWorkbook:
    """The cells of an .xlsx file; a file that cannot be one comes back with its finding only."""
    if not path.is_file():
        raise NotFoundError(f"no such file: {path.name}", key="file_missing", file=path.name)
    try:
        with path.open("rb") as handle:
            head = handle.read(8)
    except OSError as error:
        return _refuse("WB-LOCKED", error.strerror or "")
    if not head.startswith(_ZIP):
        return OpenedWorkbook(findings=(_name_other(path, head),))
    content = _run_child(path)
    if isinstance(content, Finding):
        return OpenedWorkbook(findings=(content,))
    if "refused" in content:
        return _refuse(_REFUSALS[content["refused"]], content["value"])
    sheets = tuple(_build_sheet(raw) for raw in content["sheets"])
    return OpenedWorkbook(sheets, tuple(_describe(path, content, sheets)))


def _refuse(rule: str, value: str) -> OpenedWorkbook:
    return OpenedWorkbook(findings=(Finding(rule, "error", table=TABLE, value=value),))


def _name_other(path: Path, head: bytes) -> Finding:
    """The finding of a file that is not even a package."""
    if not head:
        return Finding("IN-EMPTY", "error", table=TABLE)
    if head.startswith(b"\xd0\xcf\x11\xe0"):
        return Finding("WB-OLE", "error", table=TABLE)
    try:
        decode_text(path.read_bytes()[:4096])
    except InputError as error:
        return describe_unreadable(error, TABLE)
    return Finding("IN-FILETYPE", "error", table=TABLE, value="TXT, CSV")


def _run_child(path: Path) -> dict[str, Any] | Finding:
    try:
        done = subprocess.run(  # noqa: S603 - the list form: no shell ever sees the name
            [sys.executable, "-P", str(_CHILD), str(path.resolve())],
            capture_output=True, timeout=SECONDS, check=False,
        )
    except subprocess.TimeoutExpired:
        return Finding("WB-TOO-BIG", "error", table=TABLE, value=f"{SECONDS} s")
    if done.returncode == 0:
        return json.loads(done.stdout)
    said = done.stderr.decode("utf-8", "replace").strip()
    rule = "WB-TOO-BIG" if done.returncode < 0 or "MemoryError" in said else "WB-DAMAGED"
    return Finding(rule, "error", table=TABLE, value=said.rpartition("\n")[2][:80])


def _build_sheet(raw: dict[str, Any]) -> SheetCells:
    merged = tuple(((start[0], start[1]), (end[0], end[1])) for start, end in raw["merged"])
    return SheetCells(raw["name"], raw["rows"], raw["hidden"], frozenset(raw["errors"]),
                      frozenset(raw["formulas"]), merged, tuple(raw["far"]), raw["far_text"])


def _describe(
    path: Path, content: dict[str, Any], sheets: tuple[SheetCells, ...]
) -> list[Finding]:
    """What a person should know of a file that was read all the same."""
    found = []
    if any(path.with_name(lock).exists() for lock in (f"~${path.name}", f".~lock.{path.name}#")):
        found.append(Finding("WB-OPEN", "warning", table=TABLE, value=path.name))
    if content["macros"]:
        found.append(Finding("WB-MACROS", "note", table=TABLE))
    if content["links"]:
        found.append(Finding("WB-LINKS", "warning", table=TABLE,
                             params={"count": content["links"]}))
    for sheet in sheets:
        if sheet.far:
            found.append(Finding("WB-FAR", "warning", table=sheet.name, cell=sheet.far[0],
                                 value=sheet.far_text, params={"count": len(sheet.far)}))
        if sheet.hidden and not sheet.name.startswith("_"):
            found.append(Finding("WB-HIDDEN", "note", table=sheet.name, cell=cell_name(1, 0)))
    return found
