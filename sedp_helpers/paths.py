"""Every folder of the project, once. Imports nothing of ours."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

PACKAGE = Path(__file__).resolve().parent
PROJECT = PACKAGE.parent
NOTEBOOKS = PROJECT / "notebooks"
CATALOG = PACKAGE / "catalog"


@dataclass(frozen=True)
class Workspace:
    """A root folder that holds ``data/raw``, ``data/processed`` and ``reports``."""

    root: Path

    @property
    def raw(self) -> Path:
        return self.root / "data" / "raw"

    @property
    def processed(self) -> Path:
        return self.root / "data" / "processed"

    @property
    def reports(self) -> Path:
        return self.root / "reports"

    @property
    def reference(self) -> Path:
        return self.raw / "reference"

    @property
    def panel(self) -> Path:
        return self.processed / "_panel"


def open_workspace(root: str | os.PathLike[str] | None = None) -> Workspace:
    """The workspace of ``root``, else of the variable SEDP_ROOT, else the project itself."""
    chosen = root or os.environ.get("SEDP_ROOT") or PROJECT
    return Workspace(Path(chosen).expanduser().resolve())
