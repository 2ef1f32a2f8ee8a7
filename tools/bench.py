"""How long do checking, preparing and building take for many municipalities on this machine?

Makes an invented workspace, runs the commands a person would run and prints one row a command.
Usage: .venv/bin/python tools/bench.py [municipalities] [municipalities to build]
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
import time
from pathlib import Path

SEDP = Path(sys.executable).with_name("sedp")


def time_command(root: Path, *arguments: str) -> float:
    """The seconds of one command; a failing command ends the measurement."""
    begin = time.perf_counter()
    subprocess.run(
        [str(SEDP), "--root", str(root), *arguments], check=True, capture_output=True, text=True
    )
    return time.perf_counter() - begin


def main(municipalities: int, built: int) -> None:
    commands = (
        ("sample", "--municipalities", str(municipalities)),
        ("check", "--all", "--format", "json"),
        ("prepare", "--all"),
        ("build", "--all", "--limit", str(built)),
        ("build", "--all", "--limit", str(built)),
    )
    print(f"{'seconds':>9}  command ({municipalities} municipalities)")
    with tempfile.TemporaryDirectory() as folder:
        for command in commands:
            seconds = time_command(Path(folder), *command)
            print(f"{seconds:9.1f}  sedp {' '.join(command)}", flush=True)


if __name__ == "__main__":
    numbers = [int(text) for text in sys.argv[1:3]]
    main(*(numbers + [30, 4][len(numbers) :]))
