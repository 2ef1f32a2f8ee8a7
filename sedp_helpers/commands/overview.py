"""`sedp overview`: one row per programme as XLSX, and two pages as PDF, for ministry and donors.

Reads what is prepared and computes nothing anew; a programme that is not prepared has its row with
gaps. Real programmes and samples never stand in one table.
"""

from __future__ import annotations

from collections.abc import Sequence
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
from sedp_helpers.commands.overview_rows import read_programmes
from sedp_helpers.compare.overview import (
    STATES,
    Programme,
    Summary,
    count_measures,
    find_identical,
    list_stragglers,
    list_summaries,
    split_kinds,
    summarise,
)
from sedp_helpers.files import write_atomic
from sedp_helpers.language import format_number
from sedp_helpers.paths import Workspace
from sedp_helpers.publish.brief import render_brief
from sedp_helpers.publish.manifest import build_time
from sedp_helpers.publish.xlsx import render_xlsx

GAP = "…"
MOST_STRAGGLERS, MOST_IDENTICAL = 16, 4  # rows that fit the second page
MOST_COUNTS, MOST_NAMED = 100, 5
COUNTED = {"section": "section", "goal": "goal", "group": "groups"}
KINDS = (*COUNTED, "identical")


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


# ---- writing -----------------------------------------------------------------------------
class Overview:
    """The tables of an overview in one language."""

    def __init__(self, language: str) -> None:
        catalog = load_catalog()
        self.language = language
        self.words = catalog.words("district", language)
        self.sections = catalog.sections
        self.methods = self.words["forecast_methods"]
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
            self.head("years"), self.head("people", numeric=True),
            self.head("sections_there", numeric=True), self.head("filled", "%", numeric=True),
            self.head("must", "%", numeric=True), self.head("errors", numeric=True),
            self.head("warnings", numeric=True), self.head("rules_kept", numeric=True),
            self.head("rules_broken", numeric=True), self.head("hearing"), self.head("approved"),
            self.head("women", "%", numeric=True), self.head("answered_share", "%", numeric=True),
            self.head("measures", numeric=True), self.head("cost", self.som, numeric=True),
            self.head("funded", self.som, numeric=True),
            self.head("funded_pct", "%", numeric=True), self.head("open", self.som, numeric=True),
            self.head("per_resident", self.som, numeric=True), self.head("method"))
        return Table(title, columns, tuple(self._row(one) for one in programmes),
                     notes=(str(self.words["overview"]["no_sum"]),))

    def _row(self, one: Programme) -> tuple[Cell, ...]:
        return (
            Cell(one.oblast or GAP), Cell(one.district or GAP), Cell(one.name),
            Cell(str(self.words["states"][one.state])), Cell(f"{one.start}–{one.end}"),
            self.number(one.population), self.number(one.sections), self.number(one.filled_pct),
            self.number(one.must_pct), self.number(one.errors), self.number(one.warnings),
            self.number(one.kept), self.number(one.broken), Cell(one.hearing or GAP),
            Cell(one.approved or GAP), self.number(one.women_pct), self.number(one.answered_pct),
            self.number(one.measures), self.number(one.cost), self.number(one.funded),
            self.number(one.funded_pct), self.number(one.gap), self.number(one.per_resident),
            Cell(self.methods.get(one.method, GAP)))

    def tabulate_counts(self, programmes: Sequence[Programme], kind: str,
                        most: int = MOST_COUNTS) -> Table:
        """Measures by section, goal or group, or those with the same words: counted, no money."""
        same = kind == "identical"
        found = find_identical(programmes) if same else count_measures(programmes, COUNTED[kind])
        names = {one.id: one.name for one in programmes}
        rows = tuple((Cell(self._name(kind, one.key)), self.number(one.measures),
                      self.number(len(one.ids)),
                      *([Cell(self._who([names[i] for i in one.ids]))] if same else []))
                     for one in found[:most])
        columns = (Column(str(self.words["overview"]["counted"][kind]), wide=True),
                   self.head("measures", numeric=True), self.head("programmes", numeric=True),
                   *([Column(self.head("member").title, wide=True)] if same else []))
        return Table(str(self.words["overview"][f"by_{kind}"]), columns, rows)

    def _name(self, kind: str, key: str) -> str:
        """The words of a section; goals, groups and measures are as they were typed."""
        if kind != "section":
            return key
        return next((one.title.get(self.language) for one in self.sections if one.id == key), key)

    def _who(self, names: Sequence[str]) -> str:
        rest = len(names) - MOST_NAMED
        more = [str(self.words["and_more"]).format(n=rest)] if rest > 0 else []
        return ", ".join([*names[:MOST_NAMED], *more])

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
            blocks: tuple[Block, ...] = (
                Heading(1, title, name), tables.tabulate_rows(programmes, title),
                *(tables.tabulate_counts(programmes, kind) for kind in KINDS))
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
        Heading(1, meta["title"], "overview"), tables.tabulate_oblasts(programmes),
        tables.tabulate_counts(programmes, "section"), PageBreak(),
        tables.tabulate_stragglers(programmes),
        tables.tabulate_counts(programmes, "identical", MOST_IDENTICAL))
    return Document(meta, (("overview", meta["title"], blocks),))
