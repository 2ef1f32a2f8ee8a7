"""How long do checking and preparing take for all municipalities of a country on this machine?

Makes an invented country in the working folder, runs the commands a person would run and prints a
table. Usage: python tools/bench.py [--work FOLDER] [--municipalities N] [--again]
"""

from __future__ import annotations

import argparse
import shutil
import tempfile
from pathlib import Path

from bench_common import PROJECT, Measured, Notebook, describe_machine, print_table, sedp

SAMPLE = "demo"
NATIONAL = 264  # about the number of municipalities with a programme of their own
COMMANDS = (  # words, observations a second or seconds that are aimed at
    (("check", "--all", "--format", "json"), "150,000/s"),
    (("prepare", "--all", "--no-results"), "150,000/s"),
    (("prepare", "--all", "--force"), "25,000/s"),
    (("prepare", "--all"), "3 s"),
)


def count_rows(root: Path) -> int:
    """Observation rows of all municipalities, headers left out."""
    return sum(path.read_bytes().count(b"\n") - 1
               for path in root.glob("data/raw/*/observations.csv")
               if not path.parent.name.startswith("district-"))


def make_country(root: Path, municipalities: int) -> None:
    """The invented country, once."""
    if not (root / "data" / "raw").is_dir():
        sedp(root, "sample", "--municipalities", str(municipalities), "--seed", "1")


def make_sample_country(root: Path, municipalities: int) -> None:
    """An invented country that the sample `demo` is one of, with its district; once."""
    make_country(root, municipalities - 1)
    for name in (SAMPLE, "district-demo"):
        shutil.copytree(PROJECT / "data" / "raw" / name, root / "data" / "raw" / name,
                        dirs_exist_ok=True)


def main(work: Path, municipalities: int) -> None:
    root, notes = work / f"country-{municipalities}", Notebook(work / "bench.json")
    notes.part("country", lambda: make_sample_country(root, municipalities) or True)
    rows = notes.part("rows", lambda: count_rows(root))
    table = []
    for words, aim in COMMANDS:
        took: Measured = notes.part(" ".join(words), lambda words=words: sedp(
            root, *words, may_fail=words[0] == "check"))
        table.append([f"`sedp {' '.join(words)}`", f"{took.seconds:.1f}", f"{took.processor:.1f}",
                      f"{rows / took.seconds:,.0f}", aim, f"{took.mib:.0f}"])
    print(f"{municipalities} municipalities, {rows:,} observation rows. {describe_machine()}"
          f"{', resumed' if notes.resumed else ''}\n")
    print_table(["command", "wall, s", "processor, s", "rows/s", "aim", "MiB in all"], table)
    notes.close()


def read_arguments(description: str, **numbers: int) -> argparse.Namespace:
    """The options that all benches have, and ``numbers`` of one's own; a working folder of its
    own unless one is named."""
    parser = argparse.ArgumentParser(description=description)
    parser.add_argument("--work", type=Path, default=Path(tempfile.gettempdir()) / "sedp-bench",
                        help="where results and workspaces are kept, to go on from there")
    parser.add_argument("--municipalities", type=int, default=NATIONAL)
    for name, usual in numbers.items():
        parser.add_argument(f"--{name}", type=int, default=usual)
    parser.add_argument("--again", action="store_true", help="begin anew")
    found = parser.parse_args()
    if found.again:
        shutil.rmtree(found.work, ignore_errors=True)
    return found


if __name__ == "__main__":
    asked = read_arguments(__doc__ or "")
    main(asked.work, asked.municipalities)
