"""`sedp overview`: one row per programme as XLSX, and two pages as PDF, for ministry and donors.

Reads what is prepared and computes nothing anew; a programme that is not prepared has its row with
gaps. Real programmes and samples never stand in one table.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from sedp_helpers.blocks import (
    Block,
    Cell,
    Column,
    Document,
    Heading,
    PageBreak,
    Paragraph,
    Span,
    Table,
)
from sedp_helpers.catalog.load import load_catalog
from sedp_helpers.compare.overview import (
    STATES,
    Programme,
    Summary,
    list_stragglers,
    list_summaries,
    split_kinds,
    summarise,
)
from sedp_helpers.files import write_atomic
from sedp_helpers.intake.municipality import read_municipality
from sedp_helpers.intake.store import Store
from sedp_helpers.language import format_number
from sedp_helpers.models import Municipality
from sedp_helpers.paths import Workspace
from sedp_helpers.prepare import list_municipalities, read_mark
from sedp_helpers.publish.brief import render_brief
from sedp_helpers.publish.manifest import build_time
from sedp_helpers.publish.xlsx import render_xlsx

GAP = "…"
MOST_STRAGGLERS = 18  # rows that fit the second page
FIELDS = ("section", "result", "year", "value", "lower_80", "upper_80", "lower_95", "upper_95",
          "unit", "sex", "age", "village", "item", "status", "method")
DIMS = ("sex", "age", "village", "item")


def write_overview(workspace: Workspace, path: Path | None = None,
                   languages: Sequence[str] = ("ky",)) -> list[Path]:
    """Write overview.xlsx and overview.pdf for each language; answers the files.

    ``path``: the folder, by default reports/overview.
    """
    written = []
    for language in languages:
        real, samples = split_kinds(read_programmes(workspace, language))
        folder = (path or workspace.reports / "overview") / language
        words = load_catalog().words("publish", language)
        book = render_xlsx(make_workbook(real, samples, language), words)
        paper = render_brief(make_paper(real or samples, language, sample=not real), words)
        for name, content in (("overview.xlsx", book), ("overview.pdf", paper)):
            write_atomic(folder / name, content)
            written.append(folder / name)
    return written


# ---- reading -----------------------------------------------------------------------------
def read_programmes(workspace: Workspace, language: str) -> Iterator[Programme]:
    """Every open municipality that can be read, prepared or not."""
    store = Store(workspace)
    for ident in list_municipalities(workspace):
        mark = read_mark(store, ident)
        found = mark.get("municipality")
        place = Municipality(**found) if found else read_municipality(workspace.raw / ident)[0]
        if place is not None and not place.closed:
            yield read_programme(store, place, mark.get("counts", {}), language)


def read_programme(store: Store, place: Municipality, counts: dict[str, int],
                   language: str) -> Programme:
    """The row of one programme from its prepared files."""
    folder = store.folder(place.id)
    path = folder / "results.csv"
    content = path.read_bytes() if path.is_file() else b""
    events, documents = (_read_register(folder / "registers" / f"{name}.csv")
                         for name in ("events", "documents"))
    numbers = {
        "population": find_number(content, "population", "population.total", place.base_year),
        "filled": sum_items(content, "quality.filled", place.base_year),
        "expected": sum_items(content, "quality.expected", place.base_year),
        "measures": find_number(content, "plan", "plan.measures", ""),
        "cost": find_number(content, "plan", "plan.cost", ""),
        "funded": find_number(content, "plan", "plan.funded", ""),
        "gap": find_number(content, "plan", "plan.gap", ""),
        "errors": float(counts["error"]) if "error" in counts else None,
        "warnings": float(counts["warning"]) if "warning" in counts else None,
    }
    return Programme(
        id=place.id, name=place.name.get(language),
        district=place.district.name.get(language) if place.district else "",
        oblast=place.oblast.name.get(language) if place.oblast else "",
        state=place.document.status, base_year=place.base_year, sample=place.sample,
        hearing=_last(events, "kind", "hearing"), approved=_last(documents, "kind",
                                                                 "sedp_approval"), **numbers)


def list_rows(content: bytes, start: str) -> Iterator[dict[str, str]]:
    """The rows of a stored results.csv that begin like this, found without reading the rest."""
    mark = f"\n{start}".encode()
    at = content.find(mark)
    while at >= 0:
        end = content.find(b"\n", at + 1)
        line = content[at + 1: end if end >= 0 else len(content)].decode("utf-8")
        yield dict(zip(FIELDS, line.split(",", len(FIELDS))))
        at = content.find(mark, at + 1)


def find_number(content: bytes, section: str, result: str, year: int | str) -> float | None:
    """The total of a result in a year ("" = whole plan); None where there is no value."""
    for row in list_rows(content, f"{section},{result},{year},"):
        if not any(row[dim] for dim in DIMS) and row["value"]:
            return float(row["value"])
    return None


def sum_items(content: bytes, result: str, year: int) -> float | None:
    """The sum of a result over its items in a year; None where there is no row."""
    values = [float(row["value"]) for row in list_rows(content, f"general,{result},{year},")
              if row["item"] and row["value"]]
    return sum(values) if values else None


def _read_register(path: Path) -> list[dict[str, str]]:
    if not path.is_file():
        return []
    with path.open(encoding="utf-8", newline="") as handle:
        return list(csv.DictReader(handle))


def _last(rows: list[dict[str, str]], column: str, value: str) -> str:
    """The latest date of the records of a kind."""
    return max((row.get("date", "") for row in rows if row.get(column) == value), default="")


# ---- writing -----------------------------------------------------------------------------
class Overview:
    """The tables of an overview in one language."""

    def __init__(self, language: str) -> None:
        catalog = load_catalog()
        self.language = language
        self.words = catalog.words("district", language)
        self.som = catalog.units["som"]["short"].get(language)

    def head(self, key: str, unit: str = "", *, numeric: bool = False) -> Column:
        return Column(str(self.words["heads"][key]), unit, numeric)

    def number(self, value: float | None, decimals: int = 0) -> Cell:
        """A number of the table; a missing one is a gap, never zero."""
        if value is None:
            return Cell(GAP, style="muted", status="O")
        return Cell(format_number(value, self.language, decimals), value, decimals=decimals)

    def tabulate_rows(self, programmes: Sequence[Programme], title: str) -> Table:
        """One row a programme."""
        columns = (
            self.head("oblast"), self.head("district"), self.head("member"), self.head("state"),
            self.head("people", numeric=True), self.head("filled", "%", numeric=True),
            self.head("errors", numeric=True), self.head("warnings", numeric=True),
            self.head("hearing"), self.head("approved"), self.head("measures", numeric=True),
            self.head("cost", self.som, numeric=True), self.head("funded", self.som, numeric=True),
            self.head("funded_pct", "%", numeric=True), self.head("open", self.som, numeric=True))
        return Table(title, columns, tuple(self._row(one) for one in programmes),
                     notes=(str(self.words["overview"]["no_sum"]),))

    def _row(self, one: Programme) -> tuple[Cell, ...]:
        return (
            Cell(one.oblast or GAP), Cell(one.district or GAP), Cell(one.name),
            Cell(str(self.words["states"][one.state])), self.number(one.population),
            self.number(one.filled_pct), self.number(one.errors), self.number(one.warnings),
            Cell(one.hearing or GAP), Cell(one.approved or GAP), self.number(one.measures),
            self.number(one.cost), self.number(one.funded), self.number(one.funded_pct),
            self.number(one.gap))

    def tabulate_oblasts(self, programmes: Sequence[Programme]) -> Table:
        """One row an oblast and one for all: counts only, no money."""
        columns = (
            self.head("oblast"), self.head("programmes", numeric=True),
            *(Column(str(self.words["states"][state]), numeric=True) for state in STATES),
            self.head("filled_median", "%", numeric=True), self.head("with_plan", numeric=True),
            self.head("with_errors", numeric=True))
        rows = [self._summary(one) for one in list_summaries(programmes)]
        whole = self._summary(summarise(programmes, str(self.words["overview"]["total"])))
        return Table(str(self.words["overview"]["by_oblast"]), columns, (*rows, whole),
                     notes=(str(self.words["overview"]["no_sum"]),))

    def _summary(self, one: Summary) -> tuple[Cell, ...]:
        return (
            Cell(one.name or str(self.words["overview"]["without"])),
            self.number(one.programmes), *(self.number(one.states[s]) for s in STATES),
            self.number(one.filled_median), self.number(one.with_plan),
            self.number(one.with_errors))

    def tabulate_stragglers(self, programmes: Sequence[Programme]) -> Table:
        """Where help is needed first: the least complete data."""
        columns = (self.head("oblast"), self.head("district"), self.head("member"),
                   self.head("state"), self.head("filled", "%", numeric=True),
                   self.head("errors", numeric=True))
        rows = tuple((Cell(one.oblast or GAP), Cell(one.district or GAP), Cell(one.name),
                      Cell(str(self.words["states"][one.state])), self.number(one.filled_pct),
                      self.number(one.errors))
                     for one in list_stragglers(programmes, MOST_STRAGGLERS))
        return Table(str(self.words["overview"]["stragglers"]), columns, rows)


def make_meta(language: str, *, sample: bool) -> dict[str, Any]:
    """Title, marks and time of an overview."""
    catalog, when = load_catalog(), build_time()
    words = catalog.words("district", language)["overview"]
    return {"language": language, "id": "overview", "title": words["title"],
            "subtitle": words["subtitle"], "municipality": "", "draft": "",
            "sample": words["samples"] if sample else "", "generated": when.isoformat()}


def make_workbook(real: Sequence[Programme], samples: Sequence[Programme],
                  language: str) -> Document:
    """A sheet of the real programmes and, apart from it, one of the samples."""
    tables = Overview(language)
    words = tables.words["overview"]
    sections = []
    for name, programmes in (("all", real), ("samples", samples)):
        if programmes:
            title = str(words[name])
            blocks: tuple[Block, ...] = (Heading(1, title, name),
                                         tables.tabulate_rows(programmes, title))
            sections.append((name, title, blocks))
    if not sections:
        title = str(words["none"])
        sections.append(("none", title, (Heading(1, title), Table(title, (), ()))))
    return Document(make_meta(language, sample=not real), tuple(sections))


def make_paper(programmes: Sequence[Programme], language: str, *, sample: bool) -> Document:
    """Two pages: all oblasts on the first, where help is needed first on the second."""
    tables = Overview(language)
    meta = make_meta(language, sample=sample)
    if not programmes:
        missing = Paragraph((Span(str(tables.words["overview"]["none"])),), role="missing")
        return Document(meta, (("overview", meta["title"], (Heading(1, meta["title"]), missing)),))
    blocks: tuple[Block, ...] = (
        Heading(1, meta["title"], "overview"), tables.tabulate_oblasts(programmes), PageBreak(),
        tables.tabulate_stragglers(programmes))
    return Document(meta, (("overview", meta["title"], blocks),))
