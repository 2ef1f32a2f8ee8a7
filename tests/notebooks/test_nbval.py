"""The notebooks in git run in a real kernel, as nbval sees them (lax: no stored outputs)."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]


def run_nbval(tmp_path: Path, option: str, paths: list[Path]) -> subprocess.CompletedProcess:
    """pytest with nbval on notebooks, in a workspace that holds only the sample."""
    raw = tmp_path / "data" / "raw"
    raw.mkdir(parents=True)
    (raw / "demo").symlink_to(ROOT / "data" / "raw" / "demo", target_is_directory=True)
    return subprocess.run(
        [sys.executable, "-m", "pytest", "-q", option, "-p", "no:cacheprovider",
         *map(str, paths)],
        capture_output=True, text=True, timeout=280, cwd=tmp_path,
        env={**os.environ, "SEDP_ROOT": str(tmp_path)},
    )


def test_every_section_notebook_runs_cell_by_cell(tmp_path: Path) -> None:
    done = run_nbval(tmp_path, "--nbval-lax",
                     sorted((ROOT / "notebooks" / "sections").glob("*.ipynb")))
    assert done.returncode == 0, done.stdout[-3000:]
    assert "passed" in done.stdout and "failed" not in done.stdout


def test_the_solutions_of_the_workshops_print_what_they_say(tmp_path: Path) -> None:
    done = run_nbval(tmp_path, "--nbval",
                     sorted((ROOT / "notebooks" / "workshops").glob("*.solutions.ipynb")))
    assert done.returncode == 0, done.stdout[-3000:]
    assert "passed" in done.stdout and "failed" not in done.stdout
