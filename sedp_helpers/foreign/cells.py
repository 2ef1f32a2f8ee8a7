"""The cells of a foreign file: CSV, XLSX or the older XLS, each as sheets of texts.

Why: a workbook from outside is opened in a process of its own, like the filled one. No cell is
interpreted here.
"""

from __future__ import annotations

import csv
import io
import json
import subprocess
import sys
from pathlib import Path
from typing import Any

from sedp_helpers.errors import InputError, NotFoundError
from sedp_helpers.intake.read import decode_text
from sedp_helpers.intake.safe_open import open_workbook

_OLE = b"\xd0\xcf\x11\xe0"
_CHILD = Path(__file__).with_name("xls_child.py")
_SECONDS = 120

Sheet = list[list[str]]


def read_sheets(path: Path) -> list[Sheet]:
    """Every sheet of the file; a file that is no table is an ``InputError``."""
    head = _read(path)[:8]
    if head.startswith(_OLE):
        return _read_xls(path)
    if head.startswith(b"PK\x03\x04"):
        sheets = open_workbook(path).sheets
        if not sheets:
            raise _refuse(path)
        return [sheet.rows for sheet in sheets]
    return [read_csv(path)]


def read_csv(path: Path) -> Sheet:
    """The rows of a CSV file with commas, semicolons or tabs."""
    try:
        text = decode_text(_read(path))
    except InputError as error:
        raise _refuse(path) from error
    head = text.partition("\n")[0]
    separator = max(",;\t", key=head.count)
    return [list(row) for row in csv.reader(io.StringIO(text, newline=""), delimiter=separator)]


def read_json(path: Path) -> Any:
    """The content of a JSON file, numbers as the texts they were written with."""
    try:
        return json.loads(_read(path).decode("utf-8-sig"), parse_float=str, parse_int=str)
    except (ValueError, RecursionError) as error:
        raise _refuse(path) from error


def _read(path: Path) -> bytes:
    if not path.is_file():
        raise NotFoundError(f"no such file: {path}", key="file_missing", file=str(path))
    return path.read_bytes()


def _read_xls(path: Path) -> list[Sheet]:
    """The sheets of an .xls file, read in a process with a limit of memory and time."""
    try:
        done = subprocess.run([sys.executable, "-P", str(_CHILD), str(path.resolve())],  # noqa: S603 - our own file; no shell sees the name
                              capture_output=True, timeout=_SECONDS, check=False)
    except subprocess.TimeoutExpired as error:
        raise _refuse(path) from error
    if done.returncode:
        raise _refuse(path)
    return json.loads(done.stdout)


def _refuse(path: Path) -> InputError:
    return InputError(f"{path.name} is not a table that can be read", key="foreign_unreadable",
                      path=path.name)
