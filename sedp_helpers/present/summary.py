"""The page for the head and the council: findings, key figures, problems and how much is known.

Pure: takes what the sections already say and lays it out; it claims nothing that a section does
not say, and leaves a figure out rather than printing an empty cell.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

import pandas as pd

from sedp_helpers.blocks import Block, Cell, Column, Listing, Paragraph, Span, Table
from sedp_helpers.present.book import Entry
from sedp_helpers.present.pictures import Viewer
from sedp_helpers.present.problems import find_worsening
from sedp_helpers.present.questions import Answerer, fit_words, pick_text, write_figure

MOST_FINDINGS = 7
MOST_PROBLEMS = 3
MOST_MEASURED = 2
NOTHING = Cell("–", style="muted")


def list_findings(openings: Iterable[tuple[str, Iterable[Paragraph]]]) -> list[Block]:
    """The first sentence of each section under its title; sections that know nothing are last."""
    told: list[tuple[bool, tuple[Span, ...]]] = []
    for title, paragraphs in openings:
        for paragraph in list(paragraphs)[:1]:
            known = any(span.key for span in paragraph.spans)
            told.append((not known, (Span(f"{title}. ", style="strong"), *paragraph.spans)))
    chosen = sorted(told, key=lambda one: one[0])[:MOST_FINDINGS]
    return [Listing(tuple(spans for _, spans in chosen), role="finding")] if chosen else []


def tabulate_key_figures(viewer: Viewer, ids: Iterable[str], words: Mapping[str, str]
                         ) -> Table | None:
    """Last value, change over a year and forecast of each id that has a value."""
    rows = [_key_row(viewer, ident) for ident in ids]
    known = [row for row in rows if row is not None]
    if not known:
        return None
    columns = (
        Column(viewer.head("indicator"), wide=True), Column(viewer.head("year"), numeric=True),
        Column(viewer.head("value"), numeric=True), Column(words["change"], numeric=True),
        Column(f"{viewer.head('forecast')} ({viewer.book.last_year})", numeric=True),
    )
    return Table(words["key_figures"], columns, tuple(known), "summary-figures",
                 notes=(words["key_note"],))


def _key_row(viewer: Viewer, ident: str) -> tuple[Cell, ...] | None:
    book = viewer.book
    series = book.series(ident, until=book.base_year)
    if not series:
        return None
    last = series[-1]
    ahead = _at(book.series(f"{ident}.forecast", method="recommended"), book.last_year)
    change = _at(book.series(f"{ident}.change"), last.year)
    money = viewer.wording.unit_kind(last.unit) == "money"
    unit = "" if money else viewer.unit_of(ident)
    name = ", ".join(filter(None, (viewer.wording.name(ident), unit)))
    figures = [_cell(viewer, entry, money=money) for entry in (last, change, ahead)]
    return (Cell(name), Cell(str(last.year)), *figures)


def _cell(viewer: Viewer, entry: Entry | None, *, money: bool) -> Cell:
    """A figure; money in thousands or millions of som, so that the page stays readable."""
    if entry is None:
        return NOTHING
    cell = viewer.cell(entry)
    return replace(cell, text=viewer.wording.amount(entry)) if money and entry.known else cell


def _at(series: list[Entry], year: int | None) -> Entry | None:
    return next((entry for entry in series if entry.year == year), None)


def _or_dash(viewer: Viewer, entry: Entry | None) -> Cell:
    return viewer.cell(entry) if entry is not None else NOTHING


def list_top_problems(answerer: Answerer, sections: Mapping[str, str],
                      registers: Mapping[str, pd.DataFrame]) -> list[Block]:
    """The problems most residents named, then the figures that worsen most."""
    items = [*_named(answerer, registers), *_measured(answerer, sections)]
    return [Listing(tuple(items))] if items else []


def _named(answerer: Answerer,
           registers: Mapping[str, pd.DataFrame]) -> list[tuple[Span, ...]]:
    frame = registers.get("problems")
    if frame is None or not len(frame):
        return []
    votes = pd.to_numeric(frame["votes"], errors="coerce").fillna(0)
    order = votes.sort_values(ascending=False, kind="stable").index[:MOST_PROBLEMS]
    texts = [pick_text(record, "problem", answerer.language)
             for record in frame.loc[order].to_dict("records")]
    return [(Span(f"{answerer.words['named']} "), Span("; ".join(filter(None, texts)) + "."))]


def _measured(answerer: Answerer, sections: Mapping[str, str]) -> list[tuple[Span, ...]]:
    found = [one for section in sections for one in find_worsening(answerer, section)]
    strongest = sorted(found, key=lambda one: (-one.size, one.ident))[:MOST_MEASURED]
    told = []
    for one in strongest:
        rule = {"problem_falling": "answer_falling", "problem_rising": "answer_rising"}[one.rule]
        subject = {"subject": answerer.viewer.wording.name(one.ident)}
        entries = {"first": one.first, "last": one.last}
        words = fit_words(answerer, rule, one.last)
        told.append((*write_figure(answerer.viewer, words, entries, subject),
                     Span(".")))
    return told


def tell_coverage(viewer: Viewer, sections: Mapping[str, str], words: Mapping[str, Any]
                  ) -> list[Block]:
    """Filled of expected indicators of the sections that lack some, in one line."""
    book, base = viewer.book, viewer.book.base_year
    spans: list[Span] = [Span(f"{words['incomplete']} ")]
    for section, title in sections.items():
        pair = [_at(book.series(name, item=section), base)
                for name in ("quality.filled", "quality.expected")]
        if pair[0] is not None and pair[1] is not None and pair[0].value < pair[1].value:
            spans += [Span(("; " if len(spans) > 1 else "") + f"{title} — ")]
            spans += [_span(viewer, pair[0]), Span("/"), _span(viewer, pair[1])]
    return [Paragraph((*spans, Span(".")), rule="coverage_line")] if len(spans) > 1 else []


def _span(viewer: Viewer, entry: Entry) -> Span:
    return Span(viewer.wording.number(entry), entry.value, entry.key)


def tabulate_coverage(viewer: Viewer, sections: Mapping[str, str], words: Mapping[str, Any]
                      ) -> Table | None:
    """Filled and expected indicators by section and in all."""
    book, base = viewer.book, viewer.book.base_year
    names = ("quality.filled", "quality.expected", "quality.filled_pct")
    rows = []
    for section, title in (*sections.items(), ("", words["all_sections"])):
        found = [_at(book.series(name, item=section), base) for name in names]
        if found[1] is not None and found[1].value > 0:
            style = "" if section else "total"
            cells = [_or_dash(viewer, entry) for entry in found]
            rows.append((Cell(title, style=style), *cells))
    if not rows:
        return None
    columns = (Column(words["section"], wide=True), Column(words["filled"], numeric=True),
               Column(words["expected"], numeric=True), Column(words["filled_pct"], "%", True))
    return Table(words["coverage"], columns, tuple(rows), "coverage")
