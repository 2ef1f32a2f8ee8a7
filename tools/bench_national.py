"""A whole country in one language, built once in full; broken off, it goes on where it was.

Makes an invented country of 264 municipalities in the working folder, prepares and builds it, and
prints a table: wall time over all runs, memory, failures, and reports to look at.
Usage: python tools/bench_national.py [--work FOLDER] [--municipalities N] [--again] [--lang ky]
"""

from __future__ import annotations

import json
import random
import sys
from pathlib import Path

from bench import count_rows, make_country, read_arguments
from bench_common import SEDP, Notebook, describe_machine, print_table, run

READY, LANGUAGE, LOOKED_AT = "report.html", "ky", 6
FILES = ("report.html", "report.pdf", "report.docx", "tables.xlsx")


def main(work: Path, municipalities: int) -> None:
    root, notes = work / "national", Notebook(work / "bench_national.json")
    notes.part("country", lambda: make_country(root, municipalities) or True)
    runs = notes.parts.setdefault("runs", [])
    for words in (("prepare", "--all"), ("build", "--all", "--lang", LANGUAGE)):
        print(f"… sedp {' '.join(words)}", file=sys.stderr, flush=True)
        took = run([*SEDP, "--root", str(root), *words], mark=READY, may_fail=True)
        middle = took.ready[len(took.ready) // 2] if took.ready else 0.0
        runs.append({"words": " ".join(words), "seconds": took.seconds, "mib": took.mib,
                     "processor": took.processor, "code": took.code, "reports": len(took.ready),
                     "first_half": took.peak(until=middle), "second_half": took.peak(since=middle)})
        notes.path.write_text(json.dumps(notes.parts, indent=1), encoding="utf-8")
        if took.code not in (0, 1):
            sys.exit(f"sedp {' '.join(words)} was broken off ({took.code}); start this again to "
                     f"go on\n{took.said}")
    tell(root, runs)


def tell(root: Path, runs: list[dict[str, float]]) -> None:
    """The table, and a sample of reports to look at."""
    states = {path.parent.name: json.loads(path.read_text(encoding="utf-8"))["languages"][LANGUAGE]
              for path in sorted(root.glob("reports/*/build.json"))}
    whole = [name for name, state in states.items() if not state["failed"]
             and all((root / "reports" / name / LANGUAGE / file).is_file() for file in FILES)]
    rows = [[f"`sedp {one['words']}`", str(one["reports"]), f"{one['seconds']:.0f}",
             f"{one['processor']:.0f}", f"{one['mib']:.0f}",
             f"{one['first_half']:.0f} / {one['second_half']:.0f}", str(one["code"])]
            for one in runs]
    print(f"{len(list(root.glob('data/raw/*/municipality.yaml')))} municipalities, "
          f"{count_rows(root):,} observation rows. {describe_machine()}\n")
    print_table(["command", "reports", "wall, s", "processor, s", "MiB in all",
                 "first half / second half", "exit code"], rows)
    lost = sorted(set(states) - set(whole))
    print(f"Reports in four formats: {len(whole)}; failed: {len(lost)} {', '.join(lost)}")
    print("Look at: " + ", ".join(sorted(random.Random(1).sample(whole, min(LOOKED_AT,
                                                                            len(whole))))))


if __name__ == "__main__":
    asked = read_arguments(__doc__ or "")
    main(asked.work, asked.municipalities)
