"""The chapter on data quality: findings counted and listed, statuses explained.

Findings are printed as the checks wrote them; nothing is repaired, hidden or judged here.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

import pandas as pd

from sedp_helpers.blocks import Block, Cell, Column, Fold, Paragraph, Span, Table
from sedp_helpers.catalog.load import Catalog
from sedp_helpers.present.gaps import Gap, find_gaps
from sedp_helpers.present.pictures import Viewer
from sedp_helpers.present.questions import has_figure
from sedp_helpers.present.sheets import drop_place, name_sheet

SEVERITIES = ("error", "warning", "note")
MOST_CELLS = 6  # of one rule in a sheet that are named
MOST_ROWS = 12  # the rest stands in a fold, so that the chapter stays readable on paper


def tabulate_severities(viewer: Viewer, words: Mapping[str, Any]) -> Table | None:
    """Findings by severity, as results count them."""
    codes, book = viewer.wording.catalog.codes["severities"], viewer.book
    rows = []
    for severity in SEVERITIES:
        series = book.series("quality.findings", item=severity)
        if series:
            rows.append((Cell(codes[severity].get(viewer.wording.language)),
                         viewer.cell(series[-1])))
    if not rows:
        return None
    columns = (Column(words["severity"], wide=True), Column(words["count"], numeric=True))
    return Table(words["findings_counted"], columns, tuple(rows), "findings-counted")


def list_findings(viewer: Viewer, findings: pd.DataFrame, words: Mapping[str, Any],
                  tell_rule: Callable[[str], str]) -> list[Block]:
    """Errors and warnings with place and action; what exceeds a page and the notes are folded.

    ``tell_rule`` says a rule of the methodology once over all the records that break it.
    """
    grave, notes = (_rows(viewer, findings, severities, words, tell_rule)
                    for severities in (("error", "warning"), ("note",)))
    blocks: list[Block] = []
    if grave:
        blocks.append(_table(grave[:MOST_ROWS], words, "findings"))
    else:
        blocks.append(Paragraph((Span(words["no_findings"]),)))
    if grave[MOST_ROWS:]:
        more = _table(grave[MOST_ROWS:], words, "findings-more")
        blocks.append(Fold(words["findings_more"], (more,)))
    if notes:
        blocks.append(Fold(words["findings_notes"],
                           (_table(notes, words, "findings-notes"),)))
    return blocks


def _rows(viewer: Viewer, findings: pd.DataFrame, severities: Iterable[str],
          words: Mapping[str, Any], tell_rule: Callable[[str], str]) -> list[tuple[Cell, ...]]:
    language, codes = viewer.wording.language, viewer.wording.catalog.codes["severities"]
    rows: list[tuple[Cell, ...]] = []
    for severity in severities:
        mine = findings[findings["severity"] == severity]
        told = mine["rule"].where(mine["rule"].str.startswith("R-"), mine.index.astype(str))
        for _, alike in mine.groupby([told, "table"], sort=False):
            records = alike.to_dict("records")
            message = (tell_rule(records[0]["rule"]) if len(records) > 1
                       else drop_place(records[0], words["finding_leads"], viewer.wording.catalog,
                                       language))
            rows.append((Cell(_say_place(viewer, records, words)), Cell(message),
                         Cell(records[0][f"action_{language}"]),
                         Cell(codes[severity].get(language))))
    return rows


def _say_place(viewer: Viewer, records: Sequence[Mapping[str, Any]], words: Mapping[str, Any]
               ) -> str:
    """«Working group» (working_group), C2, C5, R-11: the sheet by its name and as its tab says."""
    sheet = str(records[0]["table"])
    name = name_sheet(viewer.wording.catalog, sheet, viewer.wording.language)
    place = words["sheet_place"].format(name=name, sheet=sheet) if name else sheet
    cells = [str(one["cell"]) for one in records if one["cell"]]
    shown = [*cells[:MOST_CELLS], *(["…"] if cells[MOST_CELLS:] else [])]
    return ", ".join(filter(None, (place, *shown, str(records[0]["rule"]))))


def _table(rows: list[tuple[Cell, ...]], words: Mapping[str, Any],
           anchor: str) -> Table:
    columns = (Column(words["place"]), Column(words["message"], wide=True),
               Column(words["action"], wide=True), Column(words["severity"]))
    return Table(words["findings_caption"], columns, tuple(rows), anchor)


def explain_statuses(catalog: Catalog, language: str, words: Mapping[str, Any]) -> Table:
    """Every status letter with its name and the words that a sentence adds for it."""
    rows = tuple(
        (Cell(letter), Cell(texts["label"].get(language)),
         Cell(texts["sentence"].get(language) or words["status_plain"]))
        for letter, texts in catalog.statuses.items()
    )
    columns = (Column(words["status"]), Column(words["status_name"]),
               Column(words["status_meaning"], wide=True))
    return Table(words["statuses"], columns, rows, "statuses")


def find_missing(viewer: Viewer, section: str) -> dict[str, Gap]:
    """Expected indicators of a section without any figure: id -> gap."""
    catalog = viewer.wording.catalog
    expected = [spec.id for spec in catalog.indicators.values() if spec.section == section
                and spec.tier <= 2 and spec.exists_at == "municipality"]
    return {gap.id: gap for ident in expected if not has_figure(viewer, ident)
            for gap in find_gaps(viewer, ident)}


def tabulate_offices(viewer: Viewer, gaps: Mapping[str, Mapping[str, Gap]],
                     titles: Mapping[str, str], words: Mapping[str, Any]) -> Table | None:
    """Whom to write to, and for which sections; ``gaps`` by section."""
    catalog, language = viewer.wording.catalog, viewer.wording.language
    asked: dict[str, dict[str, None]] = {}
    for section, mine in gaps.items():
        for gap in mine.values():
            if gap.office:
                asked.setdefault(gap.office, {})[titles[section]] = None
    if not asked:
        return None
    rows = tuple((Cell(catalog.sources[office]["name"].get(language)), Cell("; ".join(sections)))
                 for office, sections in asked.items())
    columns = (Column(words["office"], wide=True), Column(words["asked_for"], wide=True))
    return Table(words["missing_indicators"], columns, rows, "offices")
