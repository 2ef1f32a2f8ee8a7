"""The programme on two pages: what was found, what people named, what is planned, what it costs.

Says nothing that the report does not say; a part without data says what is missing.
"""

from __future__ import annotations

from sedp_helpers.blocks import Block, Heading, Listing, Paragraph, Span
from sedp_helpers.hearing.hall import Hall, Spans, mark_text
from sedp_helpers.hearing.sheet import Page
from sedp_helpers.hearing.village_page import tabulate_measures
from sedp_helpers.present.summary import tabulate_key_figures
from sedp_helpers.process.cells import text_of

MOST_PROBLEMS = 8
MOST_MEASURES = 10
KEY_FIGURES = (
    "population.total", "population.natural_increase", "population.net_migration",
    "services.coverage_pct", "economy.output", "economy.wage", "budget.revenue",
    "budget.expenditure",
)
TOLD = ("population", "services", "economy", "inclusion", "space", "environment", "budget")


def make_pages(hall: Hall) -> tuple[Page, Page]:
    """Exactly two sheets."""
    words = hall.words["brief"]
    first = [Heading(2, words["findings"]), *tell_findings(hall), *_tell_figures(hall),
             Heading(2, words["problems"]), *tell_problems(hall, MOST_PROBLEMS)]
    second = [Heading(2, words["measures"]), *tell_measures(hall, MOST_MEASURES),
              Heading(2, words["money"]), *tell_money(hall),
              *tell_missing(hall),
              Heading(2, words["next"]), Paragraph(hall.say(words["next_text"]))]
    subtitle = hall.tell(hall.words["slides"]["title"])
    return (Page(words["heading"], subtitle, tuple(first)),
            Page(words["heading"], subtitle, tuple(second)))


def tell_findings(hall: Hall, sections: tuple[str, ...] = TOLD) -> list[Block]:
    """The opening sentence of each section under its title."""
    items = tuple((Span(f"{title}. ", style="strong"), *spans)
                  for title, spans in list_openings(hall, sections))
    return [Listing(items, role="finding")] if items else []


def list_openings(hall: Hall, sections: tuple[str, ...]) -> list[tuple[str, Spans]]:
    """Title and first sentence of the sections that have one."""
    told = []
    for name in sections:
        if name in hall.place.hide_sections:
            continue
        section = hall.section.beside(name)
        if "opening" in section.narrator.topics:
            told += [(section.title, one.spans) for one in section.narrator.tell("opening")[:1]]
    return told


def _tell_figures(hall: Hall) -> list[Block]:
    catalog, language = hall.desk.catalog, hall.language
    words = {**catalog.words("answers", language), **catalog.words("frame", language)}
    table = tabulate_key_figures(hall.section.viewer, KEY_FIGURES, words)
    return [table] if table is not None else [mark_text(words["no_figures"], "missing")]


def tell_problems(hall: Hall, most: int) -> list[Block]:
    """The problems with most votes."""
    words, items = hall.words["brief"], []
    for one in hall.problems[:most]:
        votes = hall.files.entry("participation.votes", text_of(one, "id"))
        text = hall.text(one, "problem")
        known = votes is not None and votes.known
        items.append(hall.say(words["problem"], text=text, votes=hall.amount(votes))
                     if votes is not None and known
                     else hall.say(words["problem_plain"], text=text))
    return [Listing(tuple(items))] if items else [mark_text(words["problems_none"], "missing")]


def tell_measures(hall: Hall, most: int) -> list[Block]:
    """The measures that cost most."""
    if not hall.measures:
        return [mark_text(hall.words["brief"]["measures_none"], "missing")]
    return [tabulate_measures(hall, hall.measures, most=most)]


def tell_money(hall: Hall) -> list[Block]:
    """Cost, confirmed, without a source and upkeep of the plan, as far as they are known."""
    lines = list_money(hall)
    if not lines:
        return [mark_text(hall.words["brief"]["money_none"], "missing")]
    return [Listing(tuple(lines))]


def list_money(hall: Hall) -> list[Spans]:
    words, lines = hall.words["brief"], []
    for key, ident, slot in (("measures_are", "plan.measures", "count"),
                             ("cost_is", "plan.cost", "cost"),
                             ("confirmed_is", "plan.confirmed", "money"),
                             ("gap_is", "plan.gap", "money"),
                             ("upkeep_is", "plan.upkeep_all", "money")):
        entry = hall.files.entry(ident)
        if entry is not None and entry.known and not (key == "gap_is" and entry.value <= 0):
            lines.append(hall.say(words[key], **{slot: hall.amount(entry)}))
    return lines


def tell_missing(hall: Hall) -> list[Block]:
    """How many of the expected indicators of each section are filled in, where some lack."""
    words, items = hall.words["brief"], []
    for section in hall.desk.catalog.sections:
        pair = [hall.files.entry(name, section.id, hall.place.base_year)
                for name in ("quality.filled", "quality.expected")]
        filled, expected = pair
        if filled is not None and expected is not None and filled.value < expected.value:
            words_of = words["filled_is" if filled.value else "filled_none"]
            told = hall.say(words_of, filled=hall.amount(filled),
                            expected=hall.amount(expected))
            items.append((Span(f"{section.title.get(hall.language)}. ", style="strong"), *told))
    return [Heading(2, words["missing"]), Listing(tuple(items))] if items else []
