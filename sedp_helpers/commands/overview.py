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
    Document,
    Heading,
    PageBreak,
    Paragraph,
    Span,
    Table,
)
from sedp_helpers.catalog.load import load_catalog
from sedp_helpers.commands.overview_rows import read_programmes
from sedp_helpers.commands.overview_tables import KINDS, Overview
from sedp_helpers.compare.overview import (
    Programme,
    list_stragglers,
    split_kinds,
)
from sedp_helpers.files import write_atomic
from sedp_helpers.paths import Workspace
from sedp_helpers.publish.brief import render_brief
from sedp_helpers.publish.manifest import build_time
from sedp_helpers.publish.xlsx import render_xlsx

MOST_STRAGGLERS, MOST_IDENTICAL = 16, 4  # rows that fit the second page
MOST_PLANNED = 5  # goals and groups that fit the first page beside the oblasts and the sections
LINES = 3  # of a measure that many programmes share


def write_overview(
    workspace: Workspace, path: Path | None = None, languages: Sequence[str] = ("ky",)
) -> list[Path]:
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


def make_meta(language: str, *, sample: bool) -> dict[str, Any]:
    """Title, marks and time of an overview."""
    catalog, when = load_catalog(), build_time()
    words = catalog.words("district", language)["overview"]
    return {
        "language": language,
        "id": "overview",
        "title": words["title"],
        "subtitle": words["subtitle"],
        "municipality": "",
        "draft": "",
        "sample": words["samples"] if sample else "",
        "generated": when.isoformat(),
    }


def make_workbook(
    real: Sequence[Programme], samples: Sequence[Programme], language: str
) -> Document:
    """A sheet of the real programmes and, apart from it, one of the samples."""
    tables = Overview(language)
    words = tables.words["overview"]
    sections = []
    for name, programmes in (("all", real), ("samples", samples)):
        if programmes:
            title = str(words[name])
            blocks: tuple[Block, ...] = (
                Heading(1, title, name),
                tables.tabulate_rows(programmes, title),
                *(tables.tabulate_counts(programmes, kind) for kind in KINDS),
            )
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
    late = list_stragglers(programmes, MOST_STRAGGLERS)
    counted = [tables.tabulate_counts(programmes, kind, MOST_PLANNED) for kind in ("goal", "group")]
    complete = Paragraph((Span(str(tables.words["overview"]["complete"])),))
    shared = MOST_IDENTICAL + (MOST_STRAGGLERS - len(late)) // LINES
    blocks: tuple[Block, ...] = (
        Heading(1, meta["title"], "overview"),
        tables.tabulate_oblasts(programmes),
        tables.tabulate_counts(programmes, "section"),
        *(one for one in counted if one.rows),
        PageBreak(),
        tables.tabulate_stragglers(late) if late else complete,
        tables.tabulate_counts(programmes, "identical", shared),
    )
    return Document(meta, (("overview", meta["title"], blocks),))
