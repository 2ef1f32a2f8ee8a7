"""The guiding questions of a section, answered one by one from the results.

Each question gets a figure, the word of the office (register ``answers``) or the exact name of
what is missing. Questions of the district are not asked of a municipality (R-43). Nothing is
computed and no cause is claimed: figures stand, judgement is the reader's.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

import pandas as pd

from sedp_helpers.blocks import Block, Paragraph, Span
from sedp_helpers.compute.rows import list_records
from sedp_helpers.errors import CatalogueError
from sedp_helpers.language import Amount, fill
from sedp_helpers.present.book import Entry
from sedp_helpers.present.gaps import UNASKED, Gap, find_gaps, latest, tell_gaps
from sedp_helpers.present.narrative import begin_sentence, classify_trend
from sedp_helpers.present.pictures import Viewer

MOST_ITEMS = 3
MOST_FIGURES = 3
PIECES, BARE = "unit", ("unit", "index", "ratio")  # their noun says nothing in a sentence
_FIGURE = re.compile(r"\{(first|last)(?:\|([^}]*))?\}")


@dataclass(frozen=True)
class Answerer:
    """What answering needs: the book, the words of ``answers.yml``, the office's own answers."""

    viewer: Viewer
    words: Mapping[str, Any]
    place: str
    programme: tuple[int, int]
    own: pd.DataFrame  # register ``answers`` (section, question, text, source)

    @property
    def language(self) -> str:
        return self.viewer.wording.language


def answer_questions(answerer: Answerer, section: str) -> list[Block]:
    """Each question of a section with its answer; where figures are missing, whose they are."""
    blocks: list[Block] = []
    gaps: dict[str, Gap] = {}
    for question in answerer.viewer.wording.catalog.questions.get(section, ()):
        if question["level"] == "district":
            continue
        text = question["text"].get(answerer.language)
        blocks.append(Paragraph((Span(text),), role="question", rule=question["id"]))
        blocks += tell_own(answerer, section, question)
        known, missing = split_needs(answerer.viewer, question["needs"])
        blocks += [tell_figure(answerer, ident) for ident in known[:MOST_FIGURES]]
        blocks += tell_missing(answerer, missing, gaps)
    if any(gap.office for gap in gaps.values()):
        blocks.append(
            Paragraph((Span(answerer.words["letters_where"]),), role="note", rule="letters_where")
        )
    return blocks


def find_section_gaps(answerer: Answerer, section: str) -> dict[str, Gap]:
    """All that the questions of a section lack: id -> gap."""
    gaps: dict[str, Gap] = {}
    for question in answerer.viewer.wording.catalog.questions.get(section, ()):
        if question["level"] != "district":
            tell_missing(answerer, split_needs(answerer.viewer, question["needs"])[1], gaps)
    return gaps


def split_needs(viewer: Viewer, needs: Iterable[str]) -> tuple[list[str], list[str]]:
    """The ids that have a figure to tell, and those that have none."""
    known: list[str] = []
    missing: list[str] = []
    for ident in needs:
        (known if has_figure(viewer, ident) else missing).append(ident)
    return known, missing


def has_figure(viewer: Viewer, ident: str) -> bool:
    """Whether a total, an item or a village of an id has a value in any year."""
    entries = viewer.book.entries(ident, item=None, village=None)
    return any(entry.known for entry in entries)


def tell_own(answerer: Answerer, section: str, question: Mapping[str, Any]) -> list[Block]:
    """What the office itself wrote to a question, with its source, as it was entered."""
    frame = answerer.own
    if not len(frame):
        return []
    names = {question["id"], question["topic"], question["text"].ky}
    mine = [
        record
        for record in list_records(frame)
        if record["section"] == section and record["question"] in names
    ]
    told: list[Block] = []
    for record in mine:
        text, source = (pick_text(record, name, answerer.language) for name in ("text", "source"))
        if text:
            said = f"{text.rstrip('.')} ({source})." if source else text
            told.append(Paragraph((Span(said),), role="answer", rule="answer_own"))
    return told


def pick_text(record: Mapping[str, Any], name: str, language: str) -> str:
    """A text column in a language; as entered, with the mark of its language, where it has no twin.

    >>> pick_text({"text": "Жол", "text_en": "Road"}, "text", "en")
    'Road'
    >>> pick_text({"text": "Жол", "text_en": ""}, "text", "en")
    'Жол (ky)'
    """
    twin = str(record.get(f"{name}_{language}") or "").strip()
    entered = str(record.get(name) or record.get(f"{name}_ky") or "").strip()
    if twin or not entered or language == "ky":
        return twin or entered
    return f"{entered} (ky)"


def tell_figure(answerer: Answerer, ident: str) -> Paragraph:
    """What a figure says: its course and its last value, its largest parts, or its villages."""
    book = answerer.viewer.book
    series = book.series(ident, until=book.base_year)
    if series:
        return tell_course(answerer, ident, series)
    for dim in ("item", "village"):
        parts = newest_parts(answerer.viewer, ident, dim)
        if parts:
            return tell_parts(answerer, ident, parts, dim)
    ahead = next(e for e in book.entries(ident) if e.known)
    key = "answer_whole" if ahead.year is None else "answer_ahead"
    return fill_figure(answerer, key, ident, {"last": ahead})


def tell_course(answerer: Answerer, ident: str, series: list[Entry]) -> Paragraph:
    """rising · falling · flat · volatile · single, by the observed years."""
    trend = classify_trend([entry.value for entry in series])
    key = "answer_single" if trend == "sparse" else f"answer_{trend}"
    if answerer.viewer.wording.is_surplus(series[-1]):
        key = "answer_surplus"
    return fill_figure(answerer, key, ident, {"first": series[0], "last": series[-1]})


def newest_parts(viewer: Viewer, ident: str, dim: str) -> list[Entry]:
    """The parts of the newest year that has any, largest first; hidden ones are left out."""
    entries = [
        e
        for e in viewer.book.entries(ident, method="", **{dim: None})
        if getattr(e, dim) and e.known and e.year is not None
    ]
    past = [e.year for e in entries if e.year is not None and e.year <= viewer.book.base_year]
    year = max(past) if past else min((e.year for e in entries if e.year), default=None)
    chosen = {getattr(e, dim): e for e in reversed(entries) if e.year == year}
    return sorted(chosen.values(), key=lambda e: (-e.value, getattr(e, dim)))


def tell_parts(answerer: Answerer, ident: str, parts: list[Entry], dim: str) -> Paragraph:
    viewer, words = answerer.viewer, answerer.words
    key = "answer_parts" if len(parts) <= MOST_ITEMS else "answer_largest"
    values = {"subject": viewer.wording.name(ident), "last_year": parts[0].year}
    spans = list(fill(words[key], values, answerer.language))
    for position, entry in enumerate(parts[:MOST_ITEMS]):
        code = getattr(entry, dim)
        name = viewer.wording.item_name(ident, code) if dim == "item" else viewer.wording.name(code)
        spans.append(Span(("; " if position else "") + name + " — "))
        spans += (
            [Span(viewer.wording.number(entry), entry.value, entry.key)]
            if viewer.wording.is_surplus(entry)
            else write_figure(viewer, "{last}", {"last": entry}, {})
        )
    spans.append(Span(hedge(answerer, parts[0]) + "."))
    return Paragraph(begin_sentence(spans), role="answer", rule=key)


def fill_figure(
    answerer: Answerer, key: str, ident: str, entries: Mapping[str, Entry]
) -> Paragraph:
    subject = {"subject": answerer.viewer.wording.name(ident)}
    words = fit_words(answerer, key, entries["last"])
    spans = write_figure(answerer.viewer, words, entries, subject)
    spans = [*spans, Span(hedge(answerer, entries["last"]) + ".")]
    return Paragraph(begin_sentence(spans), role="answer", rule=key)


def fit_words(answerer: Answerer, key: str, entry: Entry) -> str:
    """The words for what the unit measures where there are any (a number of people falls by
    another verb than a share), else the general ones."""
    words, kind = answerer.words, answerer.viewer.wording.unit_kind(entry.unit)
    fitting = (f"{key}_{entry.unit}", f"{key}_{kind}", key)
    return str(next(words[name] for name in fitting if name in words))


def write_figure(
    viewer: Viewer, template: str, entries: Mapping[str, Entry], words: Mapping[str, Any]
) -> list[Span]:
    """A template with its figures; digits and the short unit where a unit has no counted noun."""
    language = viewer.wording.language
    values: dict[str, Any] = dict(words)
    for name, entry in entries.items():
        values[name] = to_amount(viewer, entry)
        values[f"{name}_year"] = entry.year
    unit = entries["last"].unit
    if unit != PIECES and is_counted(unit):
        return fill(template, values, language)
    bare = _FIGURE.sub(lambda m: f"{{{m[1]}|bare{',' + m[2] if m[2] else ''}}}", template)
    short = "" if unit in BARE else viewer.wording.unit(unit)
    spans = fill(_FIGURE.sub(r"{\1|bare}", template) if short else bare, values, language)
    return _add_unit(spans, short)


def is_counted(unit: str) -> bool:
    """Whether sentences have a noun for the unit (adam, hectare …)."""
    try:
        fill("{last}", {"last": Amount(1.0, unit)}, "ky")
    except CatalogueError:
        return False
    return True


def _add_unit(spans: list[Span], short: str) -> list[Span]:
    """The short unit behind each printed figure."""
    if not short:
        return spans
    told: list[Span] = []
    for span in spans:
        told.append(span)
        if span.key:
            told.append(Span(f" {short}"))
    return told


def to_amount(viewer: Viewer, entry: Entry) -> Amount:
    return Amount(entry.value, entry.unit, viewer.wording.decimals(entry.result), entry.key)


def hedge(answerer: Answerer, entry: Entry) -> str:
    """The doubt about a figure in brackets, by its status; nothing where it is a plain one."""
    status = answerer.viewer.wording.catalog.statuses.get(entry.status, {})
    sentence = status["sentence"].get(answerer.language) if status else ""
    return f" ({sentence})" if sentence else ""


def tell_missing(answerer: Answerer, idents: Iterable[str], gaps: dict[str, Gap]) -> list[Block]:
    """One paragraph that names each missing figure and whom to ask; fills ``gaps``."""
    viewer, words = answerer.viewer, answerer.words
    told: list[Block] = []
    mine: dict[str, Gap] = {}
    for ident in idents:
        entry = latest(viewer, ident)
        if entry is not None and entry.status in UNASKED:
            why = viewer.wording.catalog.statuses[entry.status]["sentence"].get(answerer.language)
            text = f"{viewer.wording.name(ident)}: {why}."
            told.append(Paragraph((Span(text),), role="missing", rule="gap_status"))
            continue
        mine |= {f"{gap.id} {gap.ages}": gap for gap in find_gaps(viewer, ident)}
    gaps.update(mine)
    if mine:
        spans = (Span(words["gaps"] + " "), *tell_gaps(viewer, mine.values(), words), Span("."))
        told.append(Paragraph(spans, role="missing", rule="gaps"))
    return told
