"""build.json: what a report was made of, how long it took, and what a person changed since."""

from __future__ import annotations

import importlib.metadata
import json
import os
import platform
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from sedp_helpers.errors import OutputError
from sedp_helpers.files import write_atomic
from sedp_helpers.fingerprint import hash_bytes, hash_file

PACKAGES = ("pandas", "plotly", "papermill", "nbconvert", "typst", "python-docx", "xlsxwriter")


def build_time() -> datetime:
    """The time a build is stamped with: SOURCE_DATE_EPOCH where set, else now (UTC)."""
    epoch = os.environ.get("SOURCE_DATE_EPOCH")
    if epoch and epoch.isdigit():
        return datetime.fromtimestamp(int(epoch), tz=UTC)
    return datetime.now(UTC).replace(microsecond=0)


def read_manifest(folder: Path) -> dict[str, Any]:
    """The manifest of a report folder; empty where there is none that can be read."""
    path = folder / "build.json"
    try:
        return json.loads(path.read_text(encoding="utf-8"))
    except (FileNotFoundError, json.JSONDecodeError):
        return {}


def write_manifest(folder: Path, manifest: dict[str, Any]) -> None:
    text = json.dumps(manifest, ensure_ascii=False, indent=1, sort_keys=True)
    write_atomic(folder / "build.json", text.encode("utf-8") + b"\n")


def list_versions() -> dict[str, str]:
    """Versions of the program and of what draws its output."""
    found = {name: importlib.metadata.version(name) for name in PACKAGES}
    found["sedp-helpers"] = importlib.metadata.version("sedp-helpers")
    found["python"] = platform.python_version()
    return found


def place_output(folder: Path, name: str, content: bytes, known: str, date: str) -> list[str]:
    """Write an output without losing a person's work; answers what was kept and how.

    A file that differs from the hash in build.json was edited: it is kept as
    ``report (edited DATE).docx``. A file that another program holds open stays, and the new one
    lies beside it as ``report.new.docx``.
    """
    path = folder / name
    said = []
    if known and path.exists() and hash_file(path) not in (known, hash_bytes(content)):
        kept = free_name(folder, f"{path.stem} (edited {date})", path.suffix)
        try:
            path.rename(kept)
            said.append(f"edited:{kept.name}")
        except PermissionError:
            return _place_beside(path, content)
    try:
        write_atomic(path, content)
    except OutputError as error:
        if not isinstance(error.__cause__, PermissionError) or not path.exists():
            raise
        return said + _place_beside(path, content)
    return said


def _place_beside(path: Path, content: bytes) -> list[str]:
    beside = path.with_name(f"{path.stem}.new{path.suffix}")
    write_atomic(beside, content)
    return [f"open:{path.name}:{beside.name}"]


def free_name(folder: Path, stem: str, suffix: str) -> Path:
    """A name in the folder that is not taken."""
    candidate, number = folder / f"{stem}{suffix}", 2
    while candidate.exists():
        candidate, number = folder / f"{stem} {number}{suffix}", number + 1
    return candidate
