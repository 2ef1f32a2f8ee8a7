"""«Менин айылым»: one page for each village, in the order a resident asks.

What we asked, what is planned, when, how much, who, and what is not planned and why. A village
about which nothing is known gets its page too, and the page says so.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from sedp_helpers.blocks import Block, Cell, Column, Heading, Listing, Paragraph, Span, Table
from sedp_helpers.hearing.hall import Hall, Spans, mark_text
from sedp_helpers.hearing.sheet import Page
from sedp_helpers.process.cells import Record, text_of

MOST_ROWS = 16  # of a table on one page; the rest stand in the programme
MOST_LINES = 14  # of a list on one page
REFUSED = ("rejected", "partly", "forwarded")


def make_pages(hall: Hall) -> dict[str, Page]:
    """Village -> its page."""
    return {ident: make_page(hall, ident) for ident in hall.villages}


def make_page(hall: Hall, village: str) -> Page:
    """One page; every part is there, with a word where it has nothing."""
    words = hall.words["village"]
    blocks = [
        *_tell_people(hall, village),
        Heading(2, words["asked"]), *_tell_asked(hall, village),
        Heading(2, words["planned"]), *_tell_planned(hall, village),
        Heading(2, words["not_planned"]), *_tell_refused(hall, village),
    ]
    title = f"{words['heading']}: {hall.village_name(village)}"
    return Page(title, f"{hall.place_title} · {hall.tell(words['subtitle'])}", tuple(blocks),
                ask=words["ask"])


def _tell_people(hall: Hall, village: str) -> list[Block]:
    words, entry = hall.words["village"], hall.find("population.total", village=village)
    if entry is None:
        return [mark_text(words["people_none"], "missing")]
    told = hall.say(words["people"], year=entry.year or 0, people=hall.amount(entry))
    return [Paragraph(told)]


def _tell_asked(hall: Hall, village: str) -> list[Block]:
    items = [*_list_problems(hall, village), *_list_proposals(hall, village)]
    if not items:
        return [mark_text(hall.words["village"]["asked_none"], "missing")]
    return _list_lines(hall, items)


def _list_lines(hall: Hall, items: list[Spans]) -> list[Block]:
    """As many lines as a page holds, with a word on the rest."""
    listed = Listing(tuple(items[:MOST_LINES]))
    rest = [mark_text(hall.words["village"]["more_lines"], "note")]
    return [listed, *rest] if len(items) > MOST_LINES else [listed]


def _list_problems(hall: Hall, village: str) -> Iterable[Spans]:
    words = hall.words["village"]
    for one in _of(hall.problems, village):
        votes = hall.files.entry("participation.votes", text_of(one, "id"))
        told: Spans = (Span(hall.text(one, "problem")),)
        if votes is not None and votes.known:
            told = (*told, Span(" — "), *hall.say(words["votes"], votes=hall.amount(votes)))
        yield told


def _list_proposals(hall: Hall, village: str) -> Iterable[Spans]:
    words = hall.words["village"]
    for one in _of(hall.proposals, village):
        yield hall.say(words["proposal"], text=hall.text(one, "text"))


def _tell_planned(hall: Hall, village: str) -> list[Block]:
    words = hall.words["village"]
    blocks: list[Block] = []
    own = _of(hall.measures, village)
    if own:
        blocks.append(tabulate_measures(hall, own))
    else:
        blocks.append(mark_text(words["planned_none"], "missing"))
    common = _of(hall.measures, "")
    if common:
        blocks += [Heading(3, words["common"]), tabulate_measures(hall, common)]
    if len(own) > MOST_ROWS or len(common) > MOST_ROWS:
        blocks.append(mark_text(words["more"], "note"))
    return blocks


def tabulate_measures(hall: Hall, measures: list[dict[str, Any]], *, caption: str = "",
                      most: int = MOST_ROWS) -> Table:
    """Measure, when, cost, what is lacking and who; costs from results."""
    words = hall.words["village"]
    columns = (Column(words["measure"], wide=True), Column(words["when"]),
               Column(words["cost"], numeric=True), Column(words["gap"], numeric=True),
               Column(words["who"], wide=True))
    rows = tuple(_row(hall, one) for one in measures[:most])
    lacks = any(cell.text == hall.words["dash"] for row in rows for cell in row)
    return Table(caption, columns, rows, notes=(words["gap_note"],) if lacks else ())


def _row(hall: Hall, measure: Record) -> tuple[Cell, ...]:
    ident, dash = text_of(measure, "id"), hall.words["dash"]
    return (
        Cell(hall.text(measure, "measure") or ident), Cell(hall.when(measure)),
        hall.money("plan.measure_cost", ident), tell_gap(hall, ident),
        Cell(hall.text(measure, "responsible") or dash),
    )


def tell_gap(hall: Hall, ident: str) -> Cell:
    """What a measure still lacks; «none» where its sources cover it (a gap is never negative)."""
    cell = hall.money("plan.measure_gap", ident)
    if cell.value is None or cell.value > 0:
        return cell
    return Cell(hall.words["village"]["no_gap"], cell.value, cell.key, cell.status)


def _tell_refused(hall: Hall, village: str) -> list[Block]:
    items = [*list_refused(hall, _of(hall.proposals, village)), *_list_unplanned(hall, village)]
    if not items:
        return [mark_text(hall.words["village"]["not_planned_none"])]
    return _list_lines(hall, items)


def list_refused(hall: Hall, proposals: list[dict[str, Any]]) -> list[Spans]:
    """Proposals not or not wholly taken, each with its reason or a word that none was given."""
    words = hall.words["village"]
    return [
        hall.say(words[text_of(one, "status")], text=_plain(hall.text(one, "text")),
                 reason=_plain(hall.text(one, "reason")) or words["no_reason"])
        for one in proposals if text_of(one, "status") in REFUSED
    ]


def _list_unplanned(hall: Hall, village: str) -> Iterable[Spans]:
    """Problems of the village that no measure of the plan answers."""
    answered = {text_of(one, "problem") for one in hall.rows("plan")}
    for one in _of(hall.problems, village):
        if text_of(one, "id") not in answered:
            text = _plain(hall.text(one, "problem"))
            yield hall.say(hall.words["village"]["unplanned"], text=text)


def _plain(text: str) -> str:
    """Without the full stop at its end, which the template sets."""
    return text.rstrip(" .")


def _of(records: list[dict[str, Any]], village: str) -> list[dict[str, Any]]:
    return [one for one in records if text_of(one, "village") == village]
