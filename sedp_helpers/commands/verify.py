"""`sedp verify`: proof of which inputs gave a report."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from sedp_helpers.console import Console
from sedp_helpers.errors import NotFoundError
from sedp_helpers.fingerprint import hash_file, hash_folder
from sedp_helpers.paths import Workspace
from sedp_helpers.prepare import hash_inputs
from sedp_helpers.publish.manifest import read_manifest


def verify_report(workspace: Workspace, folder: Path, console: Console) -> int:
    """0 where inputs and outputs are those of build.json, else 1 with what differs."""
    folder = _find_manifest(folder)
    manifest = read_manifest(folder)
    changed = [name for name, value in manifest["inputs"].items()
               if hash_file(workspace.root / name) != value]
    changed += _list_new(workspace, manifest)
    for language, state in manifest.get("languages", {}).items():
        changed += [f"{language}/{name}" for name, value in state.get("outputs", {}).items()
                    if hash_file(folder / language / name) != value]
    changed += [name for name, paper in manifest.get("papers", {}).items()
                if hash_file(folder / name) != paper["hash"]]
    for name in changed:
        console.say("not_verified", path=str(folder), what=name)
    if not changed:
        console.say("verified", path=str(folder))
    return 1 if changed else 0


def _list_new(workspace: Workspace, manifest: Mapping[str, Any]) -> list[str]:
    """The inputs of the municipality, or of the district and its members, that came after the
    report."""
    ident, known = manifest.get("municipality", ""), set(manifest["inputs"])
    if ident.startswith("district-"):
        folders = {workspace.root / name.rpartition("/")[0] for name in known}
        now = {f"data/raw/{folder.name}/{name}" for folder in folders
               if folder.parent == workspace.raw for name in hash_folder(folder)}
    elif ident and (workspace.raw / ident).is_dir():
        now = set(hash_inputs(workspace, ident))
    else:
        now = set()
    return sorted(now - known)


def _find_manifest(folder: Path) -> Path:
    """The folder of build.json: the one given or the one above it."""
    for place in (folder, folder.parent):
        if (place / "build.json").is_file():
            return place
    raise NotFoundError(f"no build.json in {folder}", key="no_reports", path=str(folder))
