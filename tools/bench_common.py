"""What both benches share: measuring whole commands, keeping results, printing a table.

A result is kept in the working folder as soon as it is there, so that a bench that was broken off
goes on with the next part.
"""

from __future__ import annotations

import json
import os
import platform
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

PROJECT = Path(__file__).resolve().parents[1]
SEDP = [sys.executable, "-m", "sedp_helpers"]
EVERY = 1.0  # seconds between two looks at the memory; looking costs processor time, too
MIB = 2**20


@dataclass
class Measured:
    """A whole command: wall seconds, processor seconds of all its processes, MiB of all of them
    together at the worst moment, and the moments at which it said that a report was ready."""

    seconds: float = 0.0
    processor: float = 0.0
    mib: float = 0.0
    code: int = 0
    ready: list[float] = field(default_factory=list)
    memory: list[tuple[float, float]] = field(default_factory=list)  # second, MiB
    said: str = ""

    def peak(self, since: float = 0.0, until: float = float("inf")) -> float:
        """The largest memory between two moments."""
        return max((size for at, size in self.memory if since <= at <= until), default=0.0)


def run(words: Sequence[str], *, env: Mapping[str, str] | None = None, mark: str = "",
        may_fail: bool = False) -> Measured:
    """Run a command to its end; ``mark`` is the beginning of a line that says «one is ready»."""
    before = os.times()
    begin = time.perf_counter()
    process = subprocess.Popen(
        list(words), stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True,
        encoding="utf-8", errors="replace", env={**os.environ, **(env or {}),
                                                 "PYTHONPATH": str(PROJECT)})
    found, lines = Measured(), []
    watcher = threading.Thread(target=_watch, args=(process, begin, found), daemon=True)
    watcher.start()
    assert process.stderr is not None
    for line in process.stderr:
        lines.append(line)
        if mark and mark in line:
            found.ready.append(time.perf_counter() - begin)
    found.code = process.wait()
    found.seconds = time.perf_counter() - begin
    watcher.join()
    after = os.times()
    found.processor = (after.children_user + after.children_system
                       - before.children_user - before.children_system)
    found.mib = found.peak()
    found.said = "".join(lines[-3:])
    if found.code and not may_fail:
        sys.exit(f"{' '.join(words)}\n{''.join(lines[-20:])}")
    return found


def sedp(root: Path, *words: str, **options: Any) -> Measured:
    """A command of the program in a workspace."""
    return run([*SEDP, "--root", str(root), *words], **options)


def _watch(process: subprocess.Popen[str], begin: float, found: Measured) -> None:
    while process.poll() is None:
        found.memory.append((time.perf_counter() - begin, measure_tree(process.pid) / MIB))
        time.sleep(EVERY)


def measure_tree(pid: int) -> int:
    """Bytes of a process and all below it; what forks share is counted once (PSS)."""
    return sum(_measure_one(one) for one in list_tree(pid))


def list_tree(pid: int) -> list[int]:
    """A process and everything it started; empty where the system does not tell."""
    parents: dict[int, int] = {}
    for entry in Path("/proc").glob("[0-9]*"):
        try:
            stat = (entry / "stat").read_text(encoding="utf-8", errors="replace")
        except OSError:
            continue
        parents[int(entry.name)] = int(stat.rpartition(")")[2].split()[1])
    tree = [pid] if pid in parents else []
    for one in tree:
        tree += [child for child, parent in parents.items() if parent == one]
    return tree


def _measure_one(pid: int) -> int:
    try:
        lines = Path(f"/proc/{pid}/smaps_rollup").read_text(encoding="utf-8").splitlines()
    except OSError:
        return 0
    return next((int(line.split()[1]) * 1024 for line in lines if line.startswith("Pss:")), 0)


class Notebook:
    """The results of a bench by part, in a file of the working folder."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.parts: dict[str, Any] = (
            json.loads(path.read_text(encoding="utf-8")) if path.is_file() else {})
        self.resumed = bool(self.parts)

    def part(self, name: str, work: Callable[[], Any]) -> Any:
        """The result of a part: kept, or measured now and kept."""
        if name not in self.parts:
            print(f"… {name}", file=sys.stderr, flush=True)
            found = work()
            self.parts[name] = asdict(found) if isinstance(found, Measured) else found
            self.path.parent.mkdir(parents=True, exist_ok=True)
            self.path.write_text(json.dumps(self.parts, indent=1), encoding="utf-8")
        kept = self.parts[name]
        return Measured(**kept) if isinstance(kept, dict) and "seconds" in kept else kept

    def close(self) -> None:
        """All parts are told: the next bench begins anew."""
        self.path.replace(self.path.with_suffix(".last.json"))


def describe_machine() -> str:
    """One line on where and when this was measured."""
    model = next((line.partition(":")[2].strip() for line in _read("/proc/cpuinfo")
                  if line.startswith("model name")), platform.processor() or platform.machine())
    memory = next((int(line.split()[1]) / 2**20 for line in _read("/proc/meminfo")
                   if line.startswith("MemTotal")), 0)
    load = os.getloadavg()[0] if hasattr(os, "getloadavg") else 0.0
    return (f"{date.today().isoformat()} · {os.cpu_count()} cores, {model}, {memory:.0f} GiB, "
            f"Python {platform.python_version()}, load at the end {load:.1f}")


def _read(path: str) -> list[str]:
    try:
        return Path(path).read_text(encoding="utf-8").splitlines()
    except OSError:
        return []


def print_table(heads: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    """A Markdown table."""
    print("| " + " | ".join(heads) + " |")
    print("|" + "---|" * len(heads))
    for row in rows:
        print("| " + " | ".join(row) + " |")
    print(flush=True)
