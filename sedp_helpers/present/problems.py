"""Problems of a section with their evidence, candidate goals and example measures.

A problem is what residents named at a meeting (register ``problems``) or a figure of the guiding
questions that moves the wrong way. Goals are candidates and measures are examples, never norms;
nothing here ranks people or claims a cause that nobody named.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import pandas as pd

from sedp_helpers.blocks import Block, Heading, Listing, Paragraph, Span
from sedp_helpers.compute.rows import list_records
from sedp_helpers.language import fill
from sedp_helpers.present.book import Entry
from sedp_helpers.present.citations import find_question
from sedp_helpers.present.narrative import begin_sentence, classify_trend
from sedp_helpers.present.questions import Answerer, fit_words, pick_text, write_figure

MOST_MEASURED = 4
MOST_NAMED = 4
MOST_MEASURES = 3
WORSE = {("up", "falling"): "problem_falling", ("down", "rising"): "problem_rising"}


@dataclass(frozen=True)
class Worsening:
    """A figure that moves the wrong way, with the topic of the question that asks for it."""

    ident: str
    topic: str
    rule: str
    first: Entry
    last: Entry

    @property
    def size(self) -> float:
        """How strong the change is: points where the figure is a share, else per cent."""
        step = abs(self.last.value - self.first.value)
        scale = abs(self.first.value) or abs(self.last.value) or 1.0
        return step if self.last.unit == "pct" else 100 * step / scale


def list_problems(
    answerer: Answerer, section: str, registers: Mapping[str, pd.DataFrame]
) -> list[Block]:
    """Problems named by residents, then figures that worsen; a word where there are none."""
    named = list(tell_named(answerer, section, registers))
    found = find_worsening(answerer, section)
    blocks = [*named]
    for one in found[:MOST_MEASURED]:
        blocks += tell_worsening(answerer, section, one)
    if blocks:
        return blocks
    rule = "problems_none" if _can_judge(answerer, section) else "problems_unknown"
    return [Paragraph((Span(answerer.words[rule]),), role="text", rule=rule)]


def _needs(answerer: Answerer, section: str) -> dict[str, str]:
    """The figures of the section's questions: id -> topic, in the order of the questions."""
    questions = answerer.viewer.wording.catalog.questions.get(section, ())
    return {
        ident: question["topic"]
        for question in reversed(questions)
        for ident in question["needs"]
        if question["level"] != "district"
    }


def _can_judge(answerer: Answerer, section: str) -> bool:
    book = answerer.viewer.book
    return any(
        len(book.series(ident, until=book.base_year)) > 1 for ident in _needs(answerer, section)
    )


def find_worsening(answerer: Answerer, section: str) -> list[Worsening]:
    """Figures of the section that move against their wanted direction, strongest change first."""
    book, catalog = answerer.viewer.book, answerer.viewer.wording.catalog
    found = []
    for ident, topic in _needs(answerer, section).items():
        spec = catalog.indicators.get(ident) or catalog.results.get(ident)
        series = book.series(ident, until=book.base_year)
        trend = classify_trend([entry.value for entry in series])
        rule = WORSE.get((spec.direction, trend)) if spec else None
        if rule and spec and spec.section == section:
            found.append(Worsening(ident, topic, rule, series[0], series[-1]))
    return sorted(found, key=lambda one: (-one.size, one.ident))


def tell_worsening(answerer: Answerer, section: str, one: Worsening) -> list[Block]:
    """A measured problem: what, evidence, candidate goal, example measures."""
    viewer, words, language = answerer.viewer, answerer.words, answerer.language
    subject = {"subject": viewer.wording.name(one.ident)}
    heading = fit_words(answerer, one.rule, one.last)
    title = "".join(span.text for span in fill(heading, subject, language))
    entries = {"first": one.first, "last": one.last}
    evidence = [*write_figure(viewer, words["problem_evidence"], entries, subject), Span(".")]
    goal = "goal_up" if one.rule == "problem_falling" else "goal_down"
    blocks: list[Block] = [
        Heading(3, title),
        Paragraph(tuple(evidence), role="text", rule=one.rule),
        Paragraph(
            begin_sentence(write_figure(viewer, words[goal], entries, subject)),
            role="text",
            rule=goal,
        ),
    ]
    return blocks + tell_measures(answerer, section, one)


def tell_measures(answerer: Answerer, section: str, problem: Worsening) -> list[Block]:
    """Measures of the handbook that fit a problem, as examples, with the question they come from;
    where it has none, that the working group has to find one."""
    measures = answerer.viewer.wording.catalog.measures.get(section, ())
    fitting = [
        one
        for one in measures
        if problem.topic in one["when"] and problem.ident in one.get("fits", [problem.ident])
    ]
    items = []
    for one in fitting[:MOST_MEASURES]:
        text, question = one["text"].get(answerer.language), find_question(str(one["source"]))
        if question:
            text = answerer.words["measure_source"].format(text=text, source=question)
        items.append((Span(text),))
    rule = "measures_example" if items else "measures_none"
    lead = Paragraph((Span(answerer.words[rule]),), role="note", rule=rule)
    return [lead, *[Listing(tuple(items))] * bool(items)]


def tell_named(
    answerer: Answerer, section: str, registers: Mapping[str, pd.DataFrame]
) -> Iterator[Block]:
    """Problems that residents named, most voted first, with the causes and the plan's answer."""
    frame = registers.get("problems")
    if frame is None or not len(frame):
        return
    mine = frame[frame["section"] == section]
    votes = pd.to_numeric(mine["votes"], errors="coerce").fillna(0)
    order = votes.sort_values(ascending=False, kind="stable").index[:MOST_NAMED]
    for record in list_records(mine.loc[order]):
        yield Heading(3, pick_text(record, "problem", answerer.language))
        yield Paragraph((Span(_place_named(answerer, record)),), role="text", rule="problem_votes")
        yield from _related(
            answerer, registers.get("causes"), record["id"], "problem_causes", "cause"
        )
        yield from _related(
            answerer, registers.get("causes"), record["id"], "problem_effects", "effect"
        )
        yield from _related(answerer, registers.get("plan"), record["id"], "goal_plan", "goal")
        yield from _related(
            answerer, registers.get("plan"), record["id"], "measures_plan", "measure"
        )


def _place_named(answerer: Answerer, record: Mapping[str, str]) -> str:
    """That residents named it, and in which village; never who or how few."""
    text = str(answerer.words["problem_votes"])
    village = str(record.get("village") or "")
    name = answerer.viewer.wording.name(village) if village else ""
    return f"{text} ({name})." if name else f"{text}."


def _related(
    answerer: Answerer, frame: pd.DataFrame | None, problem: str, lead: str, column: str
) -> Iterator[Block]:
    """The texts of another register that belong to a problem, each once, after a lead word."""
    if frame is None or not len(frame) or "problem" not in frame:
        return
    texts = dict.fromkeys(
        pick_text(record, column, answerer.language)
        for record in list_records(frame)
        if record["problem"] == problem
    )
    told = "; ".join(text.rstrip(".") for text in texts if text)
    if told:
        yield Paragraph(
            (Span(f"{answerer.words[lead]} "), Span(told + ".")), role="text", rule=lead
        )
