"""How long do reports take, beside the plain way? One run on one machine, so that ratios hold.

(a) stock papermill, nbconvert and a browser on the same notebooks (bench_plain.py) · (b) ours, one
report cold, four formats · (c) ours in a batch of 40, of which the first 20 are read as well ·
(d) the same code without notebooks (bench_floor.py) · (e) nothing changed, 792 entries · (f) one
observation changed · (g) one text changed · (h) memory · (i) 1, 10 and 40 municipalities. Nothing
is printed as a ratio if a number of (a) differs from that of (c).
Usage: python tools/bench_reports.py [--work FOLDER] [--municipalities N] [--batch N] [--again]
"""

from __future__ import annotations

import json
import os
import shutil
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from bench import SAMPLE, make_country, make_sample_country, read_arguments
from bench_common import PROJECT, Measured, Notebook, describe_machine, print_table, run, sedp

from sedp_helpers.blocks import MIME
from sedp_helpers.browser import find_browser

FIRST, LANGUAGE, READY = SAMPLE, "ky", "report.html"
MANY = 40  # reports of the batch; its first quarter and half are told as well
FLOOR = 6  # reports of the floor
LANGUAGES = ("ky", "ru", "en")
BOOKS = sorted((path for folder in ("frame", "sections")
                for path in PROJECT.glob(f"notebooks/{folder}/*.ipynb")),
               key=lambda path: path.name)
TEXT = f"text/{LANGUAGE}/sentences/population.yml"


class Bench:
    """The parts one after the other, each in the workspace that it needs."""

    def __init__(self, work: Path, municipalities: int, batch: int = MANY) -> None:
        self.work, self.municipalities = work, municipalities
        self.few, self.some, self.many = max(1, batch // 4), max(1, batch // 2), batch
        self.root = work / f"country-{batch}"  # `demo` and invented municipalities
        self.country = work / f"laid-out-{municipalities}"  # for (e)
        self.notes = Notebook(work / "bench_reports.json")

    def ids(self, number: int) -> list[str]:
        found = sorted(path.parent.name for path in
                       self.root.glob("data/raw/*/municipality.yaml"))
        return [FIRST, *(one for one in found if one != FIRST)][:number]

    # ---- the parts -----------------------------------------------------------------------
    def make_workspace(self) -> bool:
        make_sample_country(self.root, self.many)
        sedp(self.root, "prepare", "--all")  # nothing to do where the bench of intake ran before
        self.forget_reports()
        return True

    def forget_reports(self) -> None:
        shutil.rmtree(self.root / "reports", ignore_errors=True)

    def run_plain(self) -> Measured:
        """(a), with the workspace as the environment variable that every notebook reads."""
        out = self.work / "plain"
        shutil.rmtree(out, ignore_errors=True)
        out.mkdir(parents=True)
        return run([sys.executable, str(PROJECT / "tools" / "bench_plain.py"), str(out),
                    str(find_browser()), *map(str, BOOKS)], env={"SEDP_ROOT": str(self.root)})

    def build(self, number: int, *, anew: bool = True, **options: Any) -> Measured:
        if anew:
            self.forget_reports()
        return sedp(self.root, "build", *self.ids(number), "--lang", LANGUAGE, mark=READY,
                    **options)

    def run_floor(self) -> Measured:
        self.forget_reports()
        return run([sys.executable, str(PROJECT / "tools" / "bench_floor.py"), str(self.root),
                    LANGUAGE, *self.ids(self.floor)])

    @property
    def floor(self) -> int:
        return min(FLOOR, self.many)

    def change_observation(self) -> Measured:
        """(f): the result an observation gives is looked at by one notebook, and only by it."""
        path = self.root / "data" / "raw" / FIRST / "observations.csv"
        kept = path.read_text(encoding="utf-8")
        try:
            for indicator in self._read_once(kept):
                self._change(path, kept, indicator)
                took = self.build(1, anew=False)
                executed = self._state()["executed"]
                if len(executed) == 1:
                    took.said = f"{indicator}: {executed[0]}"
                    return took
        finally:
            path.write_text(kept, encoding="utf-8")
        sys.exit("no observation found that one notebook alone looks at")

    def _read_once(self, table: str) -> Iterator[str]:
        readers: dict[str, set[str]] = {}
        for name, about in self._state()["notebooks"].items():
            for read in about["reads"]:
                readers.setdefault(read.removeprefix("observation:"), set()).add(name)
        there = dict.fromkeys(line.partition(",")[0] for line in table.splitlines()[1:])
        yield from (one for one in there if len(readers.get(one, ())) == 1)

    def _change(self, path: Path, table: str, indicator: str) -> None:
        lines = table.splitlines()
        place = max(i for i, line in enumerate(lines) if line.startswith(f"{indicator},"))
        cells, value = lines[place].split(","), lines[0].split(",").index("value")
        cells[value] = repr(float(cells[value] or 0) + 1)
        path.write_text("\n".join([*lines[:place], ",".join(cells), *lines[place + 1:]]) + "\n",
                        encoding="utf-8")

    def _state(self) -> dict[str, Any]:
        path = self.root / "reports" / FIRST / "build.json"
        return dict(json.loads(path.read_text(encoding="utf-8"))["languages"][LANGUAGE])

    def change_text(self) -> Measured:
        """(g): a sentence of one section, laid over ours as an office may do."""
        laid_over = self.work / "catalog"
        source = PROJECT / "sedp_helpers" / "catalog" / TEXT
        (laid_over / TEXT).parent.mkdir(parents=True, exist_ok=True)
        text = source.read_text(encoding="utf-8")
        place = text.index("{")  # the first sentence with a number in it
        (laid_over / TEXT).write_text(f"{text[:place]}— {text[place:]}", encoding="utf-8")
        took = self.build(1, anew=False, env={"SEDP_CATALOG": str(laid_over)})
        took.said = ", ".join(self._state()["executed"])
        return took

    def lay_out_country(self) -> int:
        """792 entries as if they had been built: the figures of (e) are not worth hours. Each has
        the files of one real report and the key that the program itself makes for it."""
        make_country(self.country, self.municipalities)
        os.environ["SEDP_ROOT"] = str(self.country)
        from bench_layout import lay_out

        model = self.root / "reports" / FIRST / LANGUAGE
        return lay_out(self.country, model, LANGUAGES)

    def build_nothing(self) -> Measured:
        took = sedp(self.country, "build", "--all", "--lang", ",".join(LANGUAGES), mark=READY)
        if took.ready:
            sys.exit(f"(e): {len(took.ready)} reports were built though nothing had changed")
        return took

    # ---- all of them ---------------------------------------------------------------------
    def measure(self) -> None:
        part = self.notes.part
        part("workspace", self.make_workspace)
        plain = part("(a)", self.run_plain)
        cold = part("(b)", lambda: self.build(1))
        observation = part("(f)", self.change_observation)
        text = part("(g)", self.change_text)
        batch = part("(c)", lambda: self.build(self.many))
        part("same numbers", self.compare_numbers)
        floor = part("(d)", self.run_floor)
        self.make_one_again()
        entries = part("entries", self.lay_out_country)
        nothing = part("(e)", self.build_nothing)
        self.tell(plain, cold, observation, text, batch, floor, entries, nothing)
        self.notes.close()

    def make_one_again(self) -> None:
        if not (self.root / "reports" / FIRST / LANGUAGE / READY).is_file():
            self.build(1, anew=False)

    def compare_numbers(self) -> int:
        """How many numbers (a) and (c) tell; any difference ends the bench."""
        mine = read_numbers(self.root / "reports" / FIRST / LANGUAGE / "notebooks")
        plain = read_numbers(self.work / "plain")
        if not mine or mine != plain:
            odd = sorted(set(mine.items()) ^ set(plain.items()), key=str)[:10]
            sys.exit(f"the numbers of (a) and (c) differ: {odd}")
        return len(mine)

    def tell(self, plain: Measured, cold: Measured, observation: Measured, text: Measured,
             batch: Measured, floor: Measured, entries: int, nothing: Measured) -> None:
        a, d = plain.seconds, floor.seconds / self.floor
        each = {number: batch.ready[number - 1] / number for number in (self.few, self.some)}
        each[self.many] = batch.seconds / self.many
        half = batch.ready[self.some - 1]
        early, late = batch.peak(until=half), batch.peak(since=half)
        rows = [
            ["(a) plain: papermill, nbconvert, browser; HTML and PDF", a, "1", ""],
            ["(b) one report cold, four formats", cold.seconds, times(a, cold.seconds),
             "≥ 4 × (a)"],
            *([f"(c) per report in a batch of {number}", each[number],
               f"{times(a, each[number])}, {each[number] / d:.1f} × (d)",
               "≥ 12 × (a), ≤ 2.5 × (d)"] for number in (self.some, self.many)),
            ["(d) per report with no notebook, a process a core", d, times(a, d), ""],
            [f"(e) nothing changed, {entries} entries", nothing.seconds, "", "≤ 5 s"],
            [f"(f) one observation changed ({observation.said})", observation.seconds,
             f"{100 * observation.seconds / cold.seconds:.0f} % of (b)", "≤ 60 % of (b)"],
            [f"(g) one text changed ({text.said})", text.seconds,
             f"{100 * text.seconds / cold.seconds:.0f} % of (b)", ""],
            ["(i) per report: 1 municipality", cold.seconds, "", "does not grow"],
            *([f"(i) per report: {number}", each[number], "", ""]
              for number in (self.few, self.many)),
        ]
        print(f"{len(BOOKS)} notebooks, {self.notes.parts['same numbers']:,} numbers equal in (a) "
              f"and (c). {describe_machine()}{', resumed' if self.notes.resumed else ''}\n")
        print_table(["what", "s", "ratio", "bar"],
                    [[name, f"{value:.2f}", ratio, bar] for name, value, ratio, bar in rows])
        print(f"(h) memory of all processes in the batch of {self.many}: {early:.0f} MiB until "
              f"report {self.some}, {late:.0f} MiB after it (bar: ≤ 1536, flat).")
        spent = {"(a)": plain, "(b)": cold, "(c)": batch, "(d)": floor, "(f)": observation}
        print("Processor seconds, of (c) and (d) for all reports together: "
              + ", ".join(f"{name} {took.processor:.1f}" for name, took in spent.items()) + ".")


def times(plain: float, ours: float) -> str:
    return f"{plain / ours:.1f} ×"


def read_numbers(folder: Path) -> dict[tuple[str, int], tuple[str, float]]:
    """Every number that the notebooks of a folder tell: place -> key and value."""
    found: dict[tuple[str, int], tuple[str, float]] = {}
    for path in (folder / book.name for book in BOOKS):
        node = json.loads(path.read_text(encoding="utf-8"))
        outputs = (output for cell in node["cells"] for output in cell.get("outputs", ()))
        numbers = [pair for output in outputs for pair in _dig(output.get("data", {}).get(MIME))]
        found |= {(path.name, place): pair for place, pair in enumerate(numbers)}
    return found


def _dig(data: Any) -> Iterator[tuple[str, float]]:
    if isinstance(data, dict):
        if data.get("key") and data.get("value") is not None:
            yield data["key"], data["value"]
        for value in data.values():
            yield from _dig(value)
    elif isinstance(data, list):
        for value in data:
            yield from _dig(value)


if __name__ == "__main__":
    asked = read_arguments(__doc__ or "", batch=MANY)
    begin = time.perf_counter()
    Bench(asked.work, asked.municipalities, asked.batch).measure()
    print(f"\nThe bench itself took {time.perf_counter() - begin:.0f} s.")
