"""Forms filled in on paper and typed back: question sheet, protocol, tally of votes.

The columns of a form are columns of the register its content is typed into, under the same names
(R-23, R-24); so nothing has to be thought over when typing. No name of a person is asked for.
"""

from __future__ import annotations

from sedp_helpers.blocks import Heading, Listing, Span
from sedp_helpers.hearing.hall import Hall, mark_text
from sedp_helpers.hearing.sheet import Blank, Page, Piece
from sedp_helpers.process.cells import text_of

COLUMNS = {  # part of a form -> (register, its columns)
    "questions": ("proposals", ("text", "topic", "village", "author_group")),
    "protocol": ("events", ("id", "kind", "date", "time", "place", "village", "participants",
                            "women", "youth", "vulnerable", "notice_date", "notice_place",
                            "draft_place")),
    "said": ("proposals", ("text", "village", "channel", "status", "reason")),
    "tally": ("problems", ("problem", "village", "group", "votes")),
}
KNOWN = ("id", "kind", "date", "time", "place", "village", "notice_date", "notice_place",
         "draft_place")
SHEET_ROWS, SAID_ROWS, TALLY_ROWS, MOST_PROBLEMS = 16, 6, 6, 11


def make_pages(hall: Hall) -> dict[str, Page]:
    """Name of the form -> its page."""
    return {"question-sheet": make_questions(hall), "protocol": make_protocol(hall),
            "tally-sheet": make_tally(hall)}


def make_questions(hall: Hall) -> Page:
    """Empty rows for proposals."""
    words = hall.words["forms"]
    heads = _heads(hall, "questions")
    blocks: list[Piece] = [mark_text(words["questions_lead"]),
                           Blank(heads, _empty(len(heads), SHEET_ROWS), height=12),
                           _back(hall, "questions")]
    return Page(words["questions"], hall.place_title, tuple(blocks))


def make_protocol(hall: Hall) -> Page:
    """The facts of the hearing, known ones in print, then what was said and decided."""
    words = hall.words["forms"]
    said = _heads(hall, "said")
    blocks: list[Piece] = [
        mark_text(words["protocol_number"]), mark_text(words["protocol_lead"]),
        Blank((words["field"], words["filled"]), _facts(hall), wide=1, height=7),
        Heading(2, words["heard"]), mark_text(words["heard_line"]),
        Heading(2, words["said"]), Blank(said, _empty(len(said), SAID_ROWS), height=11),
        Heading(2, words["decided"]), Listing(((Span(words["decided_line"]),),), ordered=True),
        mark_text(words["chair"]), mark_text(words["clerk"]),
        _back(hall, "protocol"), _back(hall, "said", "questions"),
    ]
    return Page(words["protocol"], hall.place_title, tuple(blocks))


def make_tally(hall: Hall) -> Page:
    """The problems that are written down and empty rows, with room for strokes."""
    words, heads = hall.words["forms"], _heads(hall, "tally")
    known = tuple((hall.text(one, "problem"), hall.files.village(one), hall.text(one, "group"),
                   "", "") for one in hall.problems[:MOST_PROBLEMS])
    rows = (*known, *_empty(len(heads) + 1, TALLY_ROWS))
    blocks: list[Piece] = [mark_text(words["tally_lead"]),
                           Blank((*heads[:3], words["strokes"], heads[3]), rows, height=11),
                           _back(hall, "tally")]
    return Page(words["tally"], hall.place_title, tuple(blocks))


def _heads(hall: Hall, part: str) -> tuple[str, ...]:
    register, columns = COLUMNS[part]
    return tuple(hall.column_name(register, column) for column in columns)


def _empty(columns: int, rows: int) -> tuple[tuple[str, ...], ...]:
    return (("",) * columns,) * rows


def _facts(hall: Hall) -> tuple[tuple[str, str], ...]:
    """Column names of the register with what is known of the hearing."""
    register, columns = COLUMNS["protocol"]
    return tuple((hall.column_name(register, column), _known(hall, column)) for column in columns)


def _known(hall: Hall, column: str) -> str:
    if hall.hearing is None or column not in KNOWN:
        return ""
    if column == "village":
        return hall.files.village(hall.hearing)
    if column.endswith("date"):
        return hall.files.day(text_of(hall.hearing, column))
    if column == "kind":
        return hall.files.code("event_kinds", hall.hearing.get(column))
    if column in ("id", "time"):
        return text_of(hall.hearing, column)
    return hall.text(hall.hearing, column)


def _back(hall: Hall, part: str, words: str = "") -> Piece:
    """Where the filled form is typed into."""
    text = hall.words["forms"][f"{words or part}_back"]
    return mark_text(hall.tell(
        text, register=hall.register_name(COLUMNS[part][0]),
        event=hall.column_name("proposals", "event"),
        protocol=hall.column_name("events", "protocol")), "note")
