"""Putting sample folders on a disk, never beside real municipalities.

Why: an invented neighbour would become a peer and a part of a district's figure. So a workspace
that holds one municipality without ``sample: true`` is refused before the first file is written.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path

from sedp_helpers.errors import OutputError
from sedp_helpers.files import write_atomic
from sedp_helpers.intake.municipality import FILE, read_municipality
from sedp_helpers.paths import open_workspace
from sedp_helpers.samples.folders import SampleFolder

_NO_MUNICIPALITY = ("reference", "district-", ".")


def write_samples(
    root: str | Path, folders: Iterable[SampleFolder],
    *, report: Callable[[str], None] | None = None,
) -> int:
    """How many municipalities were written under ``root``/data/raw.

    ``report`` is told the id of each folder. ``OutputError`` where real municipalities are there.
    """
    raw = open_workspace(root).raw
    refuse_real(raw)
    count = 0
    for folder in folders:
        for name, content in folder.files.items():
            write_atomic(raw / folder.id / name, content)
        count += FILE in folder.files
        if report:
            report(folder.id)
    return count


def refuse_real(raw: Path) -> None:
    """Raise ``OutputError`` that names the first folder that is not ``sample: true``.

    A folder with files but without a readable passport counts as real: what cannot be read must
    not be mixed either. Districts and references stand for themselves and are not looked at.
    """
    for folder in sorted(raw.iterdir()) if raw.is_dir() else ():
        if not folder.is_dir() or folder.name.startswith(_NO_MUNICIPALITY):
            continue
        municipality, _ = read_municipality(folder)
        if any(folder.iterdir()) and not (municipality and municipality.sample):
            raise OutputError(
                f"{folder.name} is a real municipality; samples need a folder of their own",
                key="sample_refused", municipality=folder.name,
            )
