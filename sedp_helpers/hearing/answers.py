"""Answers to proposals, village by village (R-26): taken or not, where, and why not.

Uses the ready answers of official correspondence; a proposal without an answer says so aloud.
"""

from __future__ import annotations

from collections.abc import Sequence

from sedp_helpers.blocks import Cell, Column, Heading, Table
from sedp_helpers.hearing.hall import Hall, mark_text
from sedp_helpers.hearing.sheet import Page, Piece
from sedp_helpers.language import begin_line
from sedp_helpers.process.cells import Record, text_of

WAITING = ("open", "pending")


def make_page(hall: Hall) -> Page:
    """All villages in the order of their register, then proposals without a village."""
    words = hall.words["answers"]
    blocks: list[Piece] = []
    for village in hall.villages:
        blocks += [Heading(2, begin_line(hall.village_name(village))), *_tell(hall, village)]
    known = set(hall.villages)
    elsewhere = [one for one in hall.proposals if text_of(one, "village") not in known]
    if elsewhere:
        blocks += [Heading(2, words["elsewhere"]), _tabulate(hall, elsewhere)]
    if not hall.proposals:
        blocks = [mark_text(words["none"], "missing")]
    return Page(words["heading"], f"{hall.place_title} · {words['subtitle']}", tuple(blocks),
                long=True)


def _tell(hall: Hall, village: str) -> list[Piece]:
    mine = [one for one in hall.proposals if text_of(one, "village") == village]
    if not mine:
        return [mark_text(hall.words["answers"]["village_none"])]
    return [_tabulate(hall, mine)]


def _tabulate(hall: Hall, proposals: Sequence[Record]) -> Table:
    words = hall.words["answers"]
    rows = tuple((Cell(hall.text(one, "text") or hall.words["dash"]), Cell(answer(hall, one)))
                 for one in proposals)
    columns = (Column(words["proposal"], wide=True), Column(words["answer"], wide=True))
    return Table("", columns, rows)


def answer(hall: Hall, proposal: Record) -> str:
    """The answer to one proposal by its status."""
    words, status = hall.words["answers"], text_of(proposal, "status")
    reason = hall.text(proposal, "reason").rstrip(" .")
    if status == "accepted":
        return _accept(hall, text_of(proposal, "id"))
    if status in WAITING:
        return str(words["open"])
    if status in ("partly", "rejected") and reason:
        return hall.tell(words[status], reason=reason)
    if status == "forwarded":
        told = hall.tell(words["forwarded"])
        return f"{told} {reason}." if reason else told
    return str(words["mute"])


def _accept(hall: Hall, proposal: str) -> str:
    """With the measure it became, where the plan names it."""
    words = hall.words["answers"]
    for one in hall.rows("plan"):
        if proposal and text_of(one, "proposal") == proposal:
            when = hall.when(one)
            known = when if when != hall.words["dash"] else words["no_when"]
            return hall.tell(words["accepted"], measure=hall.text(one, "measure"), when=known)
    return str(words["accepted_plain"])
