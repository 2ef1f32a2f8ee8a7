"""What build.json of a district says: the book and every paper, with their inputs and hashes."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property
from pathlib import Path
from typing import Any

from sedp_helpers.commands.district_cover import name_folder
from sedp_helpers.commands.kept import say_kept
from sedp_helpers.compare.data import DistrictData
from sedp_helpers.console import Console
from sedp_helpers.district.gather import folder_of
from sedp_helpers.fingerprint import hash_bytes, hash_data, hash_folder
from sedp_helpers.panel import hash_panel
from sedp_helpers.paths import Workspace
from sedp_helpers.publish.manifest import (
    build_time,
    list_versions,
    place_output,
    read_manifest,
    write_manifest,
)
from sedp_helpers.publish.task import Outcome


def list_inputs(workspace: Workspace, data: DistrictData) -> dict[str, str]:
    """Every raw file the book was made of, with its hash."""
    folders: list[Path] = [folder_of(workspace, data.id), workspace.reference,
                           *(workspace.raw / unit for unit in data.members)]
    return {f"data/raw/{folder.name}/{name}": value for folder in folders
            for name, value in hash_folder(folder).items()}


def describe(workspace: Workspace, data: DistrictData) -> dict[str, Any]:
    """What a book or a paper of this moment is made of."""
    return {
        "municipality": name_folder(data), "versions": list_versions(),
        "inputs": list_inputs(workspace, data), "panel": hash_data(hash_panel(workspace)),
        "parameters": {"as_of": data.as_of.isoformat()},
        "members": {"expected": data.roll.expected, "known": list(data.roll.known),
                    "present": list(data.roll.present)},
    }


def record_book(workspace: Workspace, data: DistrictData, outcome: Outcome,
                counts: Mapping[str, int]) -> None:
    """Write what came of a language into build.json; papers made before stay in it."""
    folder = workspace.reports / name_folder(data)
    known = read_manifest(folder)
    languages = dict(known.get("languages", {}))
    languages[outcome.language] = {
        "key": outcome.key, "outputs": outcome.outputs, "notebooks": outcome.notebooks,
        "seconds": outcome.seconds, "failed": outcome.failed, "executed": outcome.executed,
        "built": build_time().isoformat(),
    }
    write_manifest(folder, {**describe(workspace, data), "findings": dict(counts),
                            "languages": languages, "papers": known.get("papers", {})})


class PaperFolder:
    """The papers of a district in one language: each with its hash in build.json, and none ever
    written over one that a person has changed."""

    def __init__(self, workspace: Workspace, data: DistrictData, language: str) -> None:
        self.workspace, self.data = workspace, data
        self.home = workspace.reports / name_folder(data)
        self.language = language

    @cached_property
    def inputs(self) -> str:
        """The hash of every raw file; the papers of one call are made of the same."""
        return hash_data(list_inputs(self.workspace, self.data))

    @property
    def folder(self) -> Path:
        return self.home / self.language

    def keep(self, name: str, content: bytes, console: Console) -> None:
        """Write a paper, note it in build.json and say where it is."""
        manifest = read_manifest(self.home) or describe(self.workspace, self.data)
        papers = dict(manifest.get("papers", {}))
        known = papers.get(f"{self.language}/{name}", {}).get("hash", "")
        when = build_time()
        target = self.folder / name
        said = place_output(target.parent, target.name, content, known, when.date().isoformat())
        papers[f"{self.language}/{name}"] = {
            "hash": hash_bytes(content), "built": when.isoformat(),
            "as_of": self.data.as_of.isoformat(),
            "inputs": self.inputs}
        write_manifest(self.home, {**manifest, "papers": papers})
        for code in said:
            say_kept(code, name_folder(self.data), console)
        console.say("created", path=str(target))
