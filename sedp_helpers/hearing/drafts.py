"""Word drafts for the office: group order, council resolution, sheets for the board (R-10, R-75).

Roles and bodies come from the register, names of persons never: their places stay blank.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sedp_helpers.blocks import Heading, Listing, Paragraph, Span
from sedp_helpers.hearing.hall import Hall, mark_text
from sedp_helpers.hearing.sheet import Blank, Page, Piece
from sedp_helpers.language import begin_line
from sedp_helpers.process.cells import text_of

EMPTY_MEMBERS = 10
BOARD = (("board_decision", ("bap_approval", "sedp_approval")), ("board_order", ()))


def make_drafts(hall: Hall) -> dict[str, tuple[Page, ...]]:
    """Name of the draft -> its pages."""
    return {"group-order": (make_order(hall), make_members(hall)),
            "council-resolution": (make_resolution(hall),),
            "board-sheets": make_board(hall)}


def make_order(hall: Hall) -> Page:
    """The order of the head that creates the working group (R-10, R-17)."""
    return _letter(hall, "order", ())


def make_resolution(hall: Hall) -> Page:
    """The resolution of the council that approves the programme (R-01)."""
    return _letter(hall, "council", _list_given(hall, ("sedp_approval",), "council_given"))


def _letter(hall: Hall, kind: str, given: Sequence[Piece]) -> Page:
    words = hall.words["drafts"]
    items = tuple((Span(text),) for text in words[f"{kind}_items"])
    blocks: list[Piece] = [
        mark_text(words["number_line"]), Paragraph((Span(words[f"{kind}_title"], style="strong"),)),
        Paragraph(hall.say(words[f"{kind}_lead"])), Listing(items, ordered=True),
        mark_text(f"{begin_line(hall.tell(words[f'{kind}_signer']))} {words['sign']}"), *given,
        mark_text(words["note"], "note"),
    ]
    return Page(begin_line(hall.tell(words[f"{kind}_heading"])), hall.place_title, tuple(blocks))


def _list_given(hall: Hall, kinds: tuple[str, ...], key: str) -> list[Piece]:
    """The documents of some kinds as the register has them, newest first."""
    found = [one for one in hall.rows("documents") if text_of(one, "kind") in kinds]
    found.sort(key=lambda one: text_of(one, "date"), reverse=True)
    return [Paragraph(hall.say(
        hall.words["drafts"][key], number=_number(one),
        date=hall.files.day(text_of(one, "date")) or hall.words["dash"],
        **({"kind": hall.files.code("document_kinds", one.get("kind"))}
           if key == "board_given" else {}))) for one in found[:1]]


def _number(document: dict[str, Any]) -> str:
    number = text_of(document, "number")
    return f"№\u00a0{number}" if number else "№\u00a0______"


def make_members(hall: Hall) -> Page:
    """Role, body and village of each member; the name stays blank."""
    words = hall.words["drafts"]
    members = [one for one in hall.rows("working_group") if text_of(one, "group") == "working"]
    rows = tuple((hall.files.code("roles", one.get("role")),
                  hall.files.code("bodies", one.get("body")), hall.files.village(one), "")
                 for one in members)
    blocks: list[Piece] = [] if rows else [mark_text(words["members_none"], "missing")]
    heads = (words["role"], words["body"], words["village"], words["person"])
    blocks.append(Blank(heads, rows or (("",) * 4,) * EMPTY_MEMBERS, wide=3, height=9))
    return Page(words["members"], hall.place_title, tuple(blocks))


def make_board(hall: Hall) -> tuple[Page, ...]:
    """Decision of the council, order of the head, list of the group: one sheet each."""
    words = hall.words["drafts"]
    pages = []
    for key, kinds in BOARD:
        given = _list_given(hall, kinds, "board_given") if kinds else []
        blocks: list[Piece] = [Heading(2, words[key]),
                               *(given or [mark_text(words["board_none"], "missing")]),
                               mark_text(words["number_line"])]
        pages.append(Page(words["board_heading"], words["board_title"], tuple(blocks)))
    villages = tuple((hall.desk.wording.villages.get(one, one), "", "") for one in hall.villages)
    listed = Blank((words["village"], words["person"], words["role"]),
                   villages or (("", "", ""),) * EMPTY_MEMBERS, wide=1, height=11)
    pages.append(Page(words["board_heading"], words["board_title"],
                      (Heading(2, words["board_list"]), listed)))
    return tuple(pages)
