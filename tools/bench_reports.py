"""How long do reports take, beside the plain way? One run, so that the ratios hold.

(a) stock papermill, nbconvert and a browser on the same notebooks (tools/bench_plain.py) · (b) ours,
one report cold, four formats · (c) ours in batches · (e) nothing changed · (f) one observation
changed. Usage: .venv/bin/python tools/bench_reports.py [batch sizes]
"""

from __future__ import annotations

import os
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from sedp_helpers.browser import find_browser

ROOT = Path(__file__).parents[1]
SEDP = Path(sys.executable).with_name("sedp")


def run(*words: str, root: Path) -> float:
    """Seconds of one whole command."""
    begin = time.perf_counter()
    subprocess.run([str(SEDP), "--root", str(root), *words], check=True, capture_output=True)
    return time.perf_counter() - begin


def run_plain(root: Path, ident: str) -> float:
    """Seconds of the plain way for one report (HTML and PDF only)."""
    books = sorted([*ROOT.glob("notebooks/frame/*.ipynb"), *ROOT.glob("notebooks/sections/*.ipynb")],
                   key=lambda path: path.name)
    text = (ROOT / "tools/bench_plain.py").read_text(encoding="utf-8").replace('"demo"', f'"{ident}"')
    out = root / "plain"
    out.mkdir()
    begin = time.perf_counter()
    subprocess.run([sys.executable, "-c", text, str(out), str(find_browser()), *map(str, books)],
                   check=True, capture_output=True, env={**os.environ, "SEDP_ROOT": str(root)})
    return time.perf_counter() - begin


def change_one(root: Path, ident: str) -> None:
    """One resident more in the first observation of the environment section."""
    path = root / "data" / "raw" / ident / "observations.csv"
    lines = path.read_text(encoding="utf-8").splitlines()
    place = max(i for i, line in enumerate(lines) if "environment.trees_planted" in line)
    cells = lines[place].split(",")
    value = lines[0].split(",").index("value")
    cells[value] = str(int(float(cells[value])) + 1)
    path.write_text("\n".join([*lines[:place], ",".join(cells), *lines[place + 1:]]) + "\n",
                    encoding="utf-8")


def main(sizes: list[int]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        run("sample", "--municipalities", str(max(sizes)), root=root)
        run("prepare", "--all", root=root)
        first = sorted(p.parent.name for p in root.glob("data/raw/*/municipality.yaml"))[0]
        plain = run_plain(root, first)
        show("(a) the plain way, one report", plain, plain)
        cold = run("build", first, "--lang", "ky", root=root)
        show("(b) one report cold, four formats", cold, plain)
        for size in sizes:
            seconds = run("build", "--all", "--limit", str(size), "--force", root=root)
            show(f"(c) batch of {size}, per report", seconds / size, plain)
        show(f"(e) nothing changed, {max(sizes)} reports", run(
            "build", "--all", "--limit", str(max(sizes)), root=root), plain)
        change_one(root, first)
        show("(f) one observation changed", run("build", first, root=root), plain)
    peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
    print(f"{peak:9.0f}  MiB, largest process")


def show(name: str, seconds: float, plain: float) -> None:
    print(f"{seconds:9.2f} s  {plain / seconds:6.1f} ×  {name}", flush=True)


if __name__ == "__main__":
    main([int(text) for text in sys.argv[1:]] or [20, 40])
