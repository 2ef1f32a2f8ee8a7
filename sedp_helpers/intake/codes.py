"""SOATE codes of all municipalities of a workspace: who else has this one, whose is that one.

Why: to answer it every passport is looked into, so only the line of the code is read, and only
where the file is another than before.
"""

from __future__ import annotations

import re
from functools import lru_cache
from pathlib import Path

from sedp_helpers.intake.clean import is_id
from sedp_helpers.intake.municipality import FILE

_CODE = re.compile(rb"^soate:[ \t]*[\"']?(\d{14})(?!\d)", re.MULTILINE)


def list_codes(raw: Path) -> dict[str, list[str]]:
    """SOATE code -> the folders whose passports state it, in order of their names."""
    found: dict[str, list[str]] = {}
    for folder in sorted(raw.iterdir()) if raw.is_dir() else ():
        path = folder / FILE
        try:
            version = path.stat().st_mtime_ns
        except OSError:
            continue
        code = _read_code(path, version) if is_id(folder.name) else ""
        if code:
            found.setdefault(code, []).append(folder.name)
    return found


@lru_cache(maxsize=2048)
def _read_code(path: Path, version: int) -> str:
    match = _CODE.search(path.read_bytes())
    return match[1].decode("ascii") if match else ""
