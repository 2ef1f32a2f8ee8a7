"""The detailed presentation of the hearing (Q96; contest criterion 4): twelve to fifteen slides.

Slides that would be empty are left out and named on the last but one, so that a municipality
with few data gets a short honest deck instead of empty frames.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from sedp_helpers.blocks import Figure, Listing, Span, Table
from sedp_helpers.hearing.brief import list_money, list_openings, tell_problems
from sedp_helpers.hearing.civic_budget import tell_sources
from sedp_helpers.hearing.deck import MOST_ROWS, Slide
from sedp_helpers.hearing.hall import Hall, Spans, date_of
from sedp_helpers.hearing.village_page import list_refused, tabulate_measures
from sedp_helpers.present.book import Entry
from sedp_helpers.process.cells import text_of

MOST_POINTS = 6
MOST_SLIDES = 15
SLIDE_SHAPE = 2.0  # width by height of the room that a picture has
CHARTS = {  # topic -> (section, sections told, figure)
    "population": ("population", ("population",), ("population.total", "trend")),
    "services": ("services", ("services",), ("services.coverage_pct", "dots")),
    "economy": ("economy", ("economy",), ("economy.output", "trend")),
    "social": ("inclusion", ("inclusion", "space", "environment"),
               ("inclusion.vulnerable_pct", "bars")),
    "budget": ("budget", ("budget",), ("budget.revenue", "trend")),
}


def plan_slides(hall: Hall) -> list[Slide]:
    """The deck in the order of the agenda."""
    slides = [_cover(hall), _agenda(hall), *_prepared(hall)]
    slides += [*_topic(hall, "population"), *_topic(hall, "services"), *_topic(hall, "economy"),
               *_topic(hall, "social"), *_problems(hall)]
    slides += [*_goals(hall), *_measures(hall), *_villages(hall)]
    slides += [*_topic(hall, "budget"), *_money(hall), *_not_planned(hall)]
    slides += [*_unknown(hall), _ask(hall)]
    spare = {hall.words["slides"]["goals"]} if len(slides) > MOST_SLIDES else set()
    return [slide for slide in slides if slide.title not in spare]


def _point(text: str) -> Spans:
    return (Span(text),)


def _cover(hall: Hall) -> Slide:
    words, day = hall.words["slides"], date_of(hall.hearing)
    line = (hall.say(words["hearing_line"], date=day) if day else _point(words["hearing_none"]))
    return Slide(hall.tell(words["title"]), (line,), role="cover")


def _agenda(hall: Hall) -> Slide:
    words = hall.words["slides"]
    return Slide(words["agenda"], tuple(map(_point, words["agenda_items"])))


def _prepared(hall: Hall) -> Iterator[Slide]:
    """Group, meetings and votes, as far as they are known."""
    words, points = hall.words["slides"], []
    group = {"item": "working"}
    for key, ident, slot, dims in (
        ("group", "participation.group_members", "members", group),
        ("group_women", "participation.group_women_pct", "share", group),
        ("meetings", "participation.participants", "people", {}),
        ("meetings_women", "participation.women_pct", "share", {}),
        ("votes", "participation.votes", "votes", {}),
    ):
        entry = _latest(hall, ident, **dims)
        if entry is not None:
            points.append(hall.say(words[key], year=entry.year or hall.place.base_year,
                                   **{slot: hall.amount(entry)}))
    if points:
        yield Slide(words["prepared"], tuple(points), note=words["source"])


def _latest(hall: Hall, ident: str, **dims: str) -> Entry | None:
    """The figure of the drafting year, of the base year, or the one without a year."""
    known = [one for one in hall.book.entries(ident, **dims) if one.known
             and (one.year or 0) <= hall.place.drafting]
    return known[-1] if known else None


def _topic(hall: Hall, key: str) -> Iterator[Slide]:
    """The opening sentence of a section with its picture."""
    name, told, (ident, kind) = CHARTS[key]
    if name in hall.place.hide_sections:
        return
    known = [(title, spans) for title, spans in list_openings(hall, told)
             if any(span.key for span in spans)]
    figure = _chart(hall, name, ident, kind)
    if known or figure:
        yield Slide(hall.words["slides"][key], tuple(spans for _, spans in known), figure=figure,
                    note=hall.words["slides"]["source"])


def _chart(hall: Hall, section: str, ident: str, kind: str) -> Figure | None:
    """The figure of the report, made as wide as a slide is beside its height."""
    blocks = hall.section.beside(section).chart(ident, kind=kind).blocks
    found = next((block for block in blocks if isinstance(block, Figure)), None)
    if found is None:
        return None
    return replace(found, width=max(found.width, round(found.height * SLIDE_SHAPE)))


def _problems(hall: Hall) -> Iterator[Slide]:
    found = [block for block in tell_problems(hall, MOST_POINTS + 2) if isinstance(block, Listing)]
    if found:
        yield Slide(hall.words["slides"]["problems"], found[0].items)


def _goals(hall: Hall) -> Iterator[Slide]:
    goals = list(dict.fromkeys(hall.text(one, "goal") for one in hall.measures))
    known = [goal for goal in goals if goal]
    if known:
        yield Slide(hall.words["slides"]["goals"], tuple(map(_point, known[:MOST_POINTS + 2])))


def _measures(hall: Hall) -> Iterator[Slide]:
    if hall.measures:
        full = tabulate_measures(hall, hall.measures, most=MOST_ROWS - 1)
        table = Table("", full.columns[:4], tuple(row[:4] for row in full.rows))
        yield Slide(hall.words["slides"]["measures"], table=table)


def _villages(hall: Hall) -> Iterator[Slide]:
    """The largest measures of each village in a line."""
    words = hall.words["slides"]
    if not hall.measures or not hall.villages:
        return
    lines = []
    for village in hall.villages:
        own = [hall.text(one, "measure") for one in hall.measures
               if text_of(one, "village") == village]
        key = "village_line" if own else "village_line_none"
        lines.append(hall.say(words[key], village=hall.village_name(village),
                              measures="; ".join(own[:2])))
    yield Slide(words["villages"], tuple(lines[:MOST_POINTS + 3]))


def _money(hall: Hall) -> Iterator[Slide]:
    points = tuple(list_money(hall))
    tables = [block for block in tell_sources(hall) if isinstance(block, Table)]
    if points:
        yield Slide(hall.words["slides"]["money"], points,
                    table=_cut(tables[0]) if tables else None)


def _cut(table: Table) -> Table:
    return Table("", table.columns, table.rows[:5])


def _not_planned(hall: Hall) -> Iterator[Slide]:
    words, refused = hall.words["slides"], list_refused(hall, hall.proposals)
    if refused:
        yield Slide(words["not_planned"], tuple(refused[:MOST_POINTS]))
    elif hall.proposals:
        yield Slide(words["not_planned"], (_point(words["not_planned_none"]),))


def _unknown(hall: Hall) -> Iterator[Slide]:
    """The sections that have no figure at all, and a plan or problems that nobody filled in."""
    words, lines = hall.words["slides"], []
    names = [one.id for one in hall.desk.catalog.sections]
    for name in names:
        told = list_openings(hall, (name,))
        if told and not any(span.key for span in told[0][1]):
            lines.append(hall.say(words["unknown_line"], name=told[0][0]))
    for register in ("problems", "plan", "proposals"):
        if not hall.rows(register):
            text = hall.files.words["not_filled"]
            lines.append(_point(text.format(register=hall.register_name(register))))
    if lines:
        yield Slide(words["unknown"], tuple(lines))


def _ask(hall: Hall) -> Slide:
    words = hall.words["slides"]
    draft = hall.text(hall.hearing, "draft_place") if hall.hearing else ""
    read = hall.say(words["ask_read"], draft=draft) if draft else _point(words["ask_read_none"])
    points = (read, *map(_point, (words["ask_written"], words["ask_answer"],
                                  *words["control_items"][:2])))
    return Slide(words["ask"], points)
