"""The row of each programme of an overview, read from what is prepared.

Of a results.csv of tens of thousands of rows only the wanted ones are split.
"""

from __future__ import annotations

import csv
import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from functools import lru_cache
from pathlib import Path

from sedp_helpers.catalog.load import load_catalog
from sedp_helpers.compare.overview import Programme
from sedp_helpers.compare.status import list_must
from sedp_helpers.intake.municipality import read_municipality
from sedp_helpers.intake.store import Store
from sedp_helpers.models import Municipality
from sedp_helpers.parallel import run_parallel
from sedp_helpers.paths import Workspace
from sedp_helpers.prepare import list_municipalities, read_mark

FIELDS = ("section", "result", "year", "value", "lower_80", "upper_80", "lower_95", "upper_95",
          "unit", "sex", "age", "village", "item", "status", "method")
DIMS = ("sex", "age", "village", "item")
PLAN = ("section", "goal", "groups", "measure")
FORECAST = "population.total.forecast"
NOW = ("population.total", FORECAST, "quality.filled", "quality.expected", "plan.measures",
       "plan.cost", "plan.funded", "plan.gap", "participation.rules",
       "participation.answered_pct")  # of the base year, the next, or of no year
EVER = ("participation.women_pct",)


def read_programmes(workspace: Workspace, language: str) -> Iterator[Programme]:
    """Every open municipality that can be read, prepared or not."""
    work = [(workspace, ident, language) for ident in list_municipalities(workspace)]
    load_catalog()  # once, before there are several processes
    yield from (one for one in run_parallel(_read_one, work) if one is not None)


def _read_one(work: tuple[Workspace, str, str]) -> Programme | None:
    workspace, ident, language = work
    store = Store(workspace)
    mark = read_mark(store, ident)
    found = mark.get("municipality")
    place = Municipality(**found) if found else read_municipality(workspace.raw / ident)[0]
    if place is None or place.closed:
        return None
    return read_programme(store, place, mark.get("counts", {}), language)


def read_programme(store: Store, place: Municipality, counts: dict[str, int],
                   language: str) -> Programme:
    """The row of one programme from its prepared files."""
    folder = store.folder(place.id)
    path = folder / "results.csv"
    must = [(spec.id, spec.time == "static") for spec in list_must(load_catalog().indicators)]
    rows = Rows(path.read_bytes() if path.is_file() else b"", place.base_year, must)
    events, documents, plan = (_read_register(folder / "registers" / f"{name}.csv")
                               for name in ("events", "documents", "plan"))
    filled, expected = (rows.list_items(f"quality.{name}", place.base_year)
                        for name in ("filled", "expected"))
    base, years = place.base_year, place.plan_years
    numbers = {
        "population": rows.find("population.total", base),
        "filled": sum(filled) if filled else None,
        "expected": sum(expected) if expected else None,
        "sections": float(sum(value > 0 for value in filled)) if filled else None,
        "must_pct": rows.share_must(base),
        "measures": rows.find("plan.measures"), "cost": rows.find("plan.cost"),
        "funded": rows.find("plan.funded"), "gap": rows.find("plan.gap"),
        "kept": rows.find("participation.rules", item="passed"),
        "broken": rows.find("participation.rules", item="failed"),
        "women_pct": rows.find_last("participation.women_pct"),
        "answered_pct": rows.find("participation.answered_pct"),
        "errors": float(counts["error"]) if "error" in counts else None,
        "warnings": float(counts["warning"]) if "warning" in counts else None,
    }
    return Programme(
        id=place.id, name=place.name.get(language),
        district=place.district.name.get(language) if place.district else "",
        oblast=place.oblast.name.get(language) if place.oblast else "",
        state=place.document.status, base_year=base, sample=bool(place.sample),
        hearing=_last(events, "kind", "hearing"),
        approved=_last(documents, "kind", "sedp_approval"),
        method=rows.find_method(base + 1), start=str(years.start), end=str(years.end),
        plan=tuple(_pick_plan(row, language) for row in plan), **numbers)


class Rows:
    """The rows of a stored results.csv that an overview asks for: found in one pass over its bytes,
    and only these are split."""

    def __init__(self, content: bytes, base_year: int, must: Sequence[tuple[str, bool]] = ()
                 ) -> None:
        self.must = must
        self._lines: dict[bytes, list[bytes]] = defaultdict(list)
        now = (*NOW, *(ident for ident, static in must if not static))
        ever = (*EVER, *(ident for ident, static in must if static))
        for line in _match_lines(now, ever, base_year).findall(content):
            self._lines[line.split(b",", 2)[1]].append(line)
        self._empty = content.count(b"\n", 0, -1) == 0

    def rows(self, result: str, year: int | str | None = None) -> Iterator[dict[str, str]]:
        """The rows of a result, of a year ("" = whole plan) or of all (None)."""
        for line in self._lines.get(result.encode(), ()):
            row = dict(zip(FIELDS, line.decode("utf-8").split(",", len(FIELDS))))
            if year is None or row["year"] == str(year):
                yield row

    def find(self, result: str, year: int | str = "", item: str = "") -> float | None:
        """The figure of a year without other parts; None where there is none."""
        for row in self.rows(result, year):
            if row["value"] and row["item"] == item and not (
                    row["sex"] or row["age"] or row["village"]):
                return float(row["value"])
        return None

    def find_last(self, result: str) -> float | None:
        """The total of the latest year that has one."""
        rows = [row for row in self.rows(result) if row["value"] and row["year"]
                and not any(row[dim] for dim in DIMS)]
        return float(max(rows, key=lambda row: int(row["year"]))["value"]) if rows else None

    def list_items(self, result: str, year: int) -> list[float]:
        """The values of a result by item in a year."""
        return [float(row["value"]) for row in self.rows(result, year)
                if row["item"] and row["value"]]

    def share_must(self, year: int) -> float | None:
        """Per cent of the must-have indicators with a figure; None where there is no row at all."""
        if self._empty or not self.must:
            return None
        filled = sum(any(row["value"] for row in self.rows(ident, None if static else year))
                     for ident, static in self.must)
        return 100 * filled / len(self.must)

    def find_method(self, year: int) -> str:
        """The method that forecast the number of residents."""
        return next((row["method"].partition(":")[2] for row in self.rows(FORECAST, year)
                     if row["method"].startswith("recommended:")
                     and not any(row[dim] for dim in DIMS)), "")


@lru_cache(maxsize=4)
def _match_lines(now: tuple[str, ...], ever: tuple[str, ...], base_year: int) -> re.Pattern[bytes]:
    """A line of a results.csv that holds one of the results: of the base year, the next or none,
    or of whatever year. Every line but the header follows a line feed."""
    years = f"(?:{base_year}|{base_year + 1}|),"
    return re.compile(f"\n([a-z_]+,(?:{_join_names(now)},{years}|{_join_names(ever)},)[^\n]*)"
                      .encode())


def _join_names(names: Sequence[str]) -> str:
    """The names as one expression that looks at what they begin with only once.

    >>> _join_names(["plan.cost", "plan.gap"])
    '(?:plan\\\\.(?:cost|gap))'
    """
    ends: dict[str, list[str]] = defaultdict(list)
    for name in names:
        start, _, end = name.partition(".")
        ends[start].append(re.escape(end))
    groups = (rf"{start}\.(?:{'|'.join(parts)})" for start, parts in ends.items())
    return f"(?:{'|'.join(groups)})"


def _pick_plan(row: dict[str, str], language: str) -> dict[str, str]:
    """Section, groups, goal and measure in the reader's language where the office gave it."""
    def text(name: str) -> str:
        return row.get(f"{name}_{language}") or row.get(name) or ""

    return {name: text(name) for name in PLAN}


def _read_register(path: Path) -> list[dict[str, str]]:
    if not path.is_file():
        return []
    with path.open(encoding="utf-8", newline="") as handle:
        return list(csv.DictReader(handle))


def _last(rows: list[dict[str, str]], column: str, value: str) -> str:
    """The latest date of the records of a kind."""
    return max((row.get("date", "") for row in rows if row.get(column) == value), default="")
