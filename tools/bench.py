"""How long do checking and preparing take for all municipalities of a country on this machine?

Makes an invented national workspace in a temporary folder, runs the commands a person would run
and prints a table: seconds, observations a second and the memory of the largest process.
Usage: .venv/bin/python tools/bench.py [municipalities] [municipalities to build]
"""

from __future__ import annotations

import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

SEDP = Path(sys.executable).with_name("sedp")
NATIONAL = 264  # about the number of municipalities with a programme of their own


@dataclass(frozen=True)
class Measured:
    """One command: wall seconds, seconds of all processors, memory of its largest process."""

    seconds: float
    processor: float
    megabytes: float


def measure(root: Path, *arguments: str) -> Measured:
    """Run one command in a process of its own; a failing command ends the measurement."""
    report = subprocess.run(
        [sys.executable, __file__, "--child", str(root), *arguments],
        check=True, capture_output=True, text=True,
    )
    return Measured(**json.loads(report.stdout))


def run_measured(root: str, *arguments: str) -> Measured:
    """The child's side: `sedp check` may answer 1, which says that there are findings."""
    begin = time.perf_counter()
    done = subprocess.run([str(SEDP), "--root", root, *arguments], capture_output=True, text=True)
    seconds = time.perf_counter() - begin
    if done.returncode and not (done.returncode == 1 and arguments[0] == "check"):
        sys.exit(f"sedp {' '.join(arguments)}: {done.stderr or done.stdout}")
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return Measured(seconds, used.ru_utime + used.ru_stime, used.ru_maxrss / 1024)


def count_rows(root: Path) -> int:
    """Observation rows of all municipalities, headers left out."""
    return sum(path.read_bytes().count(b"\n") - 1 for path in
               root.glob("data/raw/*/observations.csv")
               if not path.parent.name.startswith("district-"))


def main(municipalities: int, built: int) -> None:
    """Print the table; building is measured only where a number is asked for."""
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        measure(root, "sample", "--municipalities", str(municipalities), "--seed", "1")
        rows = count_rows(root)
        print(f"{municipalities} municipalities, {rows} observation rows, {os.cpu_count()} cores")
        print(f"{'seconds':>8} {'processor':>9} {'rows/s':>8} {'MiB':>5}  command")
        commands = [
            ("check", "--all", "--format", "json"),
            ("prepare", "--all", "--no-results"),
            ("prepare", "--all", "--force"),
            ("prepare", "--all"),
        ]
        if built:
            commands += [("build", "--all", "--limit", str(built))] * 2
        for command in commands:
            took = measure(root, *command)
            print(f"{took.seconds:8.1f} {took.processor:9.1f} {rows / took.seconds:8.0f} "
                  f"{took.megabytes:5.0f}  sedp {' '.join(command)}", flush=True)


if __name__ == "__main__":
    if sys.argv[1:2] == ["--child"]:
        print(json.dumps(vars(run_measured(*sys.argv[2:]))))
    else:
        numbers = [int(text) for text in sys.argv[1:3]]
        main(*(numbers + [NATIONAL, 0][len(numbers):]))
