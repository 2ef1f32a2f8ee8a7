"""Parts of a chapter by name: guiding questions, problems, cover, summary, quality, methods.

Each part takes the open section and answers blocks; the telling itself is in ``present``. A part
that has nothing to say answers no blocks, so that a sparse municipality has no empty chapters.
"""

from __future__ import annotations

from typing import Any

import pandas as pd

from sedp_helpers.blocks import Block, Fold, Heading, Paragraph, Span, Table
from sedp_helpers.compare.figures import list_compared
from sedp_helpers.models import SECTIONS
from sedp_helpers.present.cover import tabulate_document
from sedp_helpers.present.gaps import write_letters
from sedp_helpers.present.methods import fold_contradictions, list_sources, pick_used, tell_methods
from sedp_helpers.present.peers import tell_no_panel
from sedp_helpers.present.problems import list_problems
from sedp_helpers.present.quality import (
    explain_statuses,
    find_missing,
    list_findings,
    tabulate_offices,
    tabulate_severities,
)
from sedp_helpers.present.questions import Answerer, answer_questions, find_section_gaps
from sedp_helpers.present.summary import list_findings as list_openings
from sedp_helpers.present.summary import (
    list_top_problems,
    tabulate_coverage,
    tabulate_key_figures,
    tell_coverage,
)
from sedp_helpers.present.tables import tabulate_indicators
from sedp_helpers.section import PARTS, Section


def _words(section: Section) -> dict[str, Any]:
    catalog, language = section.desk.catalog, section.language
    return {**catalog.words("answers", language), **catalog.words("frame", language)}


def _titles(section: Section) -> dict[str, str]:
    hidden = section.desk.municipality.hide_sections
    return {one.id: one.title.get(section.language) for one in section.desk.catalog.sections
            if one.id not in hidden}


def _headed(section: Section, key: str, blocks: list[Block]) -> list[Block]:
    heading = Heading(2, _words(section)[key], f"{section.name}-{key}".replace("_", "-"))
    return [heading, *blocks] if blocks else []


def open_answerer(section: Section) -> Answerer:
    """What answering the guiding questions of a section needs."""
    desk, years = section.desk, section.desk.municipality.plan_years
    generic = section.furniture["generic"][desk.municipality.type]
    return Answerer(section.viewer, desk.catalog.words("answers", section.language),
                    generic.format(name=desk.municipality.name.get(section.language)),
                    (years.start, years.end), desk.registers.get("answers", pd.DataFrame()))


def _labelled(section: Section, label: str, blocks: list[Block]) -> list[Block]:
    heading = Heading(2, section.furniture["labels"][label], f"{section.name}-{label}")
    return [heading, *blocks] if blocks else []


@PARTS.register("questions")
def questions(section: Section) -> list[Block]:
    """The guiding questions with their answers."""
    return _labelled(section, "questions", answer_questions(open_answerer(section), section.name))


@PARTS.register("problems")
def problems(section: Section) -> list[Block]:
    """Problems with evidence, candidate goals and example measures."""
    blocks = list_problems(open_answerer(section), section.name, section.desk.registers)
    return _labelled(section, "problems", blocks)


@PARTS.register("document")
def document(section: Section) -> list[Block]:
    """State, version, years and marks of the document."""
    table = tabulate_document(section.desk.catalog, section.desk.municipality, section.language,
                              _words(section))
    return [table]


@PARTS.register("findings_of_sections")
def findings_of_sections(section: Section) -> list[Block]:
    """The key sentences: what each section found."""
    openings = []
    titles = _titles(section)
    last = {name: titles.pop(name) for name in ("general",) if name in titles}
    for name, title in {**titles, **last}.items():
        other = section.beside(name)
        if "opening" in other.narrator.topics:
            openings.append((title, other.narrator.tell("opening")))
    return _headed(section, "key_findings", list_openings(openings))


@PARTS.register("key_figures")
def key_figures(section: Section, ids: list[str]) -> list[Block]:
    """The table of key figures, or what is missing where there are none."""
    table = tabulate_key_figures(section.viewer, ids, _words(section))
    if table is not None:
        return [table]
    return [Paragraph((Span(_words(section)["no_figures"]),), role="missing")]


@PARTS.register("top_problems")
def top_problems(section: Section) -> list[Block]:
    """The problems named most and the figures that worsen most."""
    blocks = list_top_problems(open_answerer(section), _titles(section), section.desk.registers)
    return _headed(section, "top_problems", blocks)


@PARTS.register("coverage")
def coverage(section: Section) -> list[Block]:
    """How many of the expected indicators each section has."""
    table = tabulate_coverage(section.viewer, _titles(section), _words(section))
    return [table] if table is not None else []


@PARTS.register("coverage_line")
def coverage_line(section: Section) -> list[Block]:
    """The same in one line, for the page of the council."""
    return tell_coverage(section.viewer, _titles(section), _words(section))


@PARTS.register("missing")
def missing(section: Section) -> list[Block]:
    """Whom to ask for what nobody has given yet, and a ready letter for each office."""
    answerer, titles = open_answerer(section), _titles(section)
    gaps = {name: {**find_section_gaps(answerer, name), **find_missing(section.viewer, name)}
            for name in titles}
    table = tabulate_offices(section.viewer, gaps, titles, _words(section))
    if table is None:
        return []
    every = {ident: gap for mine in gaps.values() for ident, gap in mine.items()}
    letters = write_letters(section.viewer, every.values(), answerer.words, place=answerer.place,
                            programme=answerer.programme)
    return _headed(section, "missing_indicators", [table, *([letters] if letters else [])])


@PARTS.register("comparison")
def comparison(section: Section) -> list[Block]:
    """Once for the whole report: why it compares with nobody, where it does not."""
    catalog = section.desk.catalog
    raw = catalog.read("district.yml")
    measures = [one for name in SECTIONS for one in list_compared(raw, name)]
    return tell_no_panel(section.viewer, measures, catalog.words("peers", section.language))


@PARTS.register("severities")
def severities(section: Section) -> list[Block]:
    """Findings counted by severity."""
    table = tabulate_severities(section.viewer, _words(section))
    return [table] if table is not None else []


@PARTS.register("findings")
def findings(section: Section) -> list[Block]:
    """Findings with their place and what to do."""
    desk = section.desk
    blocks = list_findings(section.viewer, desk.list_findings(), _words(section), desk.tell_rule)
    return _headed(section, "findings_listed", blocks)


@PARTS.register("registers")
def registers(section: Section, ids: list[str]) -> list[Block]:
    """The register beside the figure of the statistics office."""
    table = tabulate_indicators(section.viewer, ids)
    if table is None:
        return []
    return [Table(_words(section)["registers_caption"], table.columns, table.rows, "registers")]


@PARTS.register("statuses")
def statuses(section: Section) -> list[Block]:
    """The status letters in words."""
    words = _words(section)
    table = explain_statuses(section.desk.catalog, section.language, words)
    return [Fold(words["statuses"], (table,))]


@PARTS.register("methods")
def methods(section: Section) -> list[Block]:
    """Each method that was used with formula, assumptions, limits and source."""
    catalog = section.desk.catalog
    texts = pick_used(catalog.words("methods", section.language), catalog.read("methods.yml"),
                      section.desk.results)
    return tell_methods(texts, _words(section))


@PARTS.register("sources")
def sources(section: Section) -> list[Block]:
    """Offices and registers that the figures come from."""
    words = _words(section)
    table = list_sources(section.desk.catalog, section.language, words)
    return [Fold(words["sources"], (table,))]


@PARTS.register("contradictions")
def contradictions(section: Section) -> list[Block]:
    """What the handbook and the other documents contradict themselves in, folded."""
    results = section.desk.results
    if not results.loc[results["method"] == "observed", "value"].notna().any():
        return []  # nothing was told that they could concern
    return [fold_contradictions(section.desk.catalog, section.language, _words(section))]

