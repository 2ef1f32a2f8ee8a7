"""What a report depends on, as hashes of contents: whether it must be made again, and which of its
notebooks. Dates and sizes of files are never looked at."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any

from sedp_helpers.catalog.load import load_catalog
from sedp_helpers.fingerprint import hash_data, hash_file, hash_package
from sedp_helpers.intake.store import Store
from sedp_helpers.models import Municipality
from sedp_helpers.paths import Workspace
from sedp_helpers.publish.slices import slice_folder, slice_words
from sedp_helpers.publish.task import ReportTask

NAMED = ("register:villages", "register:codes", "register:programmes")  # every page names things


def code_key(place: Municipality, language: str, slices: Mapping[str, str]) -> str:
    """The hash of what every notebook of a report depends on beside what it looks at."""
    return hash_data([_hash_program(language), language, place.model_dump(mode="json"),
                      [slices.get(name, "") for name in NAMED]])


def _hash_program(language: str) -> list[str]:
    """The program and its knowledge in a language, without the sentences of single parts."""
    words = f"catalog/text/{language}"
    return [
        hash_package(without=("catalog/text", "catalog/narrative")),
        hash_package(words, without=(f"{words}/sentences", f"{words}/topics")),
        hash_package("catalog/narrative/common.yml", f"{words}/sentences/common.yml"),
    ]


def make_slices(workspace: Workspace, ident: str, language: str) -> dict[str, str]:
    """The hashes of what notebooks of a municipality may look at, results and findings apart."""
    return {**_slice_words(language), **slice_folder(Store(workspace).folder(ident), language)}


@lru_cache(maxsize=4)
def _slice_words(language: str) -> dict[str, str]:
    return slice_words(load_catalog(), language)


def stored_key(workspace: Workspace, ident: str, prepared: str) -> str:
    """The key of the processed data together with what stands there: somebody may have changed it
    since."""
    folder = Store(workspace).folder(ident)
    return hash_data([prepared, hash_file(folder / "results.csv"),
                      hash_file(folder / "findings.csv")])


def report_key(task: ReportTask, prepared: str) -> str:
    """The hash of everything a whole report depends on; time is not part of it.

    ``prepared`` is that of the processed data (``stored_key``).
    """
    meta = {k: v for k, v in task.meta.items() if not k.startswith("generated")}
    return hash_data([
        hash_package(without=("catalog/text", "catalog/narrative")),
        hash_package(f"catalog/text/{task.language}", "catalog/narrative"),
        [(one.name, _hash_notebook(one.path)) for one in task.notebooks],
        prepared, task.as_of, dict(task.parameters), list(task.formats), meta,
    ])


@lru_cache(maxsize=64)
def _hash_notebook(path: str) -> str:
    return hash_file(Path(path))


def is_current(task: ReportTask, state: Mapping[str, Any]) -> bool:
    """Whether the files of the last build are there as they were made, and nothing they depend on
    has changed."""
    outputs = state.get("outputs", {})
    return (
        bool(outputs)
        and not state.get("failed")
        and state.get("key") == task.key
        and all(_is_as_made(task.folder / name, known, state.get("seen", {}).get(name))
                for name, known in outputs.items())
    )


def _is_as_made(path: Path, known: str, seen: Sequence[int] | None) -> bool:
    """A file of ours. Outputs are larger than all inputs together, so one that has the size and
    the time it was written with is taken to be the same; any other is read."""
    try:
        facts = path.stat()
    except FileNotFoundError:
        return False
    return list(seen or ()) == [facts.st_size, facts.st_mtime_ns] or hash_file(path) == known
