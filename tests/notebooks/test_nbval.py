"""The notebooks in git run in a real kernel, as nbval sees them (lax: no stored outputs)."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]


def test_every_section_notebook_runs_cell_by_cell(tmp_path: Path) -> None:
    raw = tmp_path / "data" / "raw"
    raw.mkdir(parents=True)
    (raw / "demo").symlink_to(ROOT / "data" / "raw" / "demo", target_is_directory=True)
    done = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "--nbval-lax", "-p", "no:cacheprovider",
         *map(str, sorted((ROOT / "notebooks" / "sections").glob("*.ipynb")))],
        capture_output=True, text=True, timeout=280, cwd=tmp_path,
        env={**os.environ, "SEDP_ROOT": str(tmp_path)},
    )
    assert done.returncode == 0, done.stdout[-3000:]
    assert "passed" in done.stdout and "failed" not in done.stdout
