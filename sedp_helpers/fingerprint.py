"""Content hashes: what a result depends on, never when a file was touched."""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Iterable, Sequence
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

from sedp_helpers.paths import PACKAGE

_CODE = {".py", ".yml", ".csv", ".j2", ".css", ".js", ".typ", ".json", ".ttf", ".woff2"}


def hash_bytes(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def hash_file(path: Path) -> str:
    """The hash of a file's content; empty where there is no file."""
    return hash_bytes(path.read_bytes()) if path.is_file() else ""


def hash_once(path: Path) -> str:
    """Like ``hash_file``, for a large file: once a process, unless the file is replaced."""
    if not path.is_file():
        return ""
    facts = path.stat()
    return _hash_version(path, facts.st_ino, facts.st_size, facts.st_mtime_ns)


@lru_cache(maxsize=16)
def _hash_version(path: Path, *version: int) -> str:
    return hash_file(path)


def hash_data(data: Any) -> str:
    """The hash of plain data, independent of the order of keys."""
    return hash_bytes(json.dumps(data, sort_keys=True, ensure_ascii=False).encode("utf-8"))


def hash_folder(folder: Path, suffixes: Iterable[str] = ()) -> dict[str, str]:
    """Relative name -> hash of every file below a folder, hidden ones left out."""
    wanted = set(suffixes)
    found = {}
    for path in sorted(folder.rglob("*")) if folder.is_dir() else ():
        relative = path.relative_to(folder)
        if any(part.startswith((".", "__pycache__", "~$")) for part in relative.parts):
            continue
        if path.is_file() and (not wanted or path.suffix in wanted):
            found[relative.as_posix()] = hash_file(path)
    return found


def hash_package(*parts: str, without: Sequence[str] = ()) -> str:
    """The hash of the program and its knowledge, or of some of its folders and modules.

    Knowledge that the user lays over ours (SEDP_CATALOG) counts in place of what it replaces.
    """
    return _hash_parts(os.environ.get("SEDP_CATALOG", ""), parts, tuple(without))


@cache
def _hash_parts(override: str, parts: Sequence[str], without: Sequence[str]) -> str:
    """Asked for by every report of a country, so reckoned once a process."""
    return hash_data({name: value for name, value in _hash_program(override).items()
                      if (not parts or _is_under(name, parts)) and not _is_under(name, without)})


def _is_under(name: str, parts: Sequence[str]) -> bool:
    return any(name == part or name.startswith(f"{part}/") for part in parts)


@cache
def _hash_program(override: str) -> dict[str, str]:
    """Every file of the package by its name; read once a process."""
    found = hash_folder(PACKAGE, _CODE)
    laid_over = hash_folder(Path(override), _CODE) if override else {}
    return found | {f"catalog/{name}": value for name, value in laid_over.items()}
