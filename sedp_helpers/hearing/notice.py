"""The notice of the hearing as poster, message and card (R-21, R-22).

A notice without its day, time, place or the place to read the draft is refused by name of the
field: half a notice sends people to the wrong door.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sedp_helpers.errors import SedpError
from sedp_helpers.hearing.hall import Hall
from sedp_helpers.language import begin_line
from sedp_helpers.process.cells import day_of, text_of

REGISTER = "events"
MOST_LETTERS = 700  # of a message; longer ones are cut by messengers and read by nobody
LONGEST_FIELD = 140  # of them for a place; the poster and the card print it whole
CHAT = "whatsapp"


class NoticeIncomplete(SedpError):
    """The notice lacks a field of R-22; ``fields`` are the ids of the empty columns."""

    def __init__(self, text: str, fields: tuple[str, ...]) -> None:
        super().__init__(text, key="notice_incomplete", fields=", ".join(fields))
        self.fields = fields


@dataclass(frozen=True)
class Notice:
    """The four fields of R-22 in words, and the message."""

    title: str
    day: str
    time: str
    venue: str
    draft: str
    message: str
    proposals: str

    def lines(self, hall: Hall) -> list[tuple[str, str]]:
        """Label and text of the four fields, in the order of the notice."""
        words = hall.words["notice"]
        return [(words["date"], self.day), (words["time"], self.time),
                (words["place"], begin_line(self.venue)), (words["draft_place"], self.draft)]


def list_gaps(hall: Hall) -> tuple[str, ...]:
    """The fields of R-22 that are empty; all of them where there is no hearing."""
    fields = tuple(hall.desk.catalog.rules["R-22"]["threshold"]["fields"])
    if hall.hearing is None:
        return fields
    return tuple(name for name in fields if not text_of(hall.hearing, name)
                 or (name == "date" and day_of(hall.hearing, "date") is None))


def write_notice(hall: Hall) -> Notice:
    """The notice; raises NoticeIncomplete that names every empty field (AC-45)."""
    gaps = list_gaps(hall)
    if gaps or hall.hearing is None:
        raise NoticeIncomplete(explain_gaps(hall, gaps), gaps)
    words, hearing = hall.words["notice"], hall.hearing
    day = day_of(hearing, "date") or date.min
    venue = ", ".join(filter(None, (_village(hall), hall.text(hearing, "place"))))
    draft, time = hall.text(hearing, "draft_place"), text_of(hearing, "time")[:5]
    values = {"date": day, "time": time, "venue": clip(venue), "draft": clip(draft)}
    proposals = words["proposals_chat" if _has_chat(hall) else "proposals"]
    return Notice(
        begin_line(hall.tell(words["poster_title"])), hall.tell(words["day"], date=day), time,
        venue, draft,
        shorten_message(hall.tell(words["message"], **values), proposals), proposals,
    )


def explain_gaps(hall: Hall, gaps: tuple[str, ...]) -> str:
    """Which fields are empty and where to fill them in."""
    words, register = hall.words["notice"], hall.register_name(REGISTER)
    if hall.hearing is None:
        return hall.tell(words["no_hearing"], register=register)
    names = [hall.column_name(REGISTER, name) for name in gaps]
    return " ".join((hall.tell(words["refused"], fields=names),
                     hall.tell(words["refused_where"], register=register)))


def shorten_message(text: str, proposals: str, most: int = MOST_LETTERS) -> str:
    """The message with the line on proposals where both fit; the four fields are never cut off.

    >>> shorten_message("a" * 10, "b" * 5, most=16)
    'aaaaaaaaaa bbbbb'
    >>> shorten_message("a" * 10, "b" * 5, most=12)
    'aaaaaaaaaa'
    """
    whole = f"{text} {proposals}"
    if len(whole) <= most:
        return whole
    if len(text) <= most:
        return text
    raise SedpError(f"the message has {len(text)} letters, {most} fit: shorten place and "
                    "draft_place", key="message_long", letters=len(text), most=most)


def clip(text: str, most: int = LONGEST_FIELD) -> str:
    """A text cut at a word, with a mark that something follows.

    >>> clip("айыл клубу", 6)
    'айыл…'
    """
    return text if len(text) <= most else text[: most - 1].rpartition(" ")[0] + "…"


def _village(hall: Hall) -> str:
    village = text_of(hall.hearing or {}, "village")
    return hall.village_name(village) if village else ""


def _has_chat(hall: Hall) -> bool:
    """Whether proposals came by a chat or the notice was spread there."""
    used = {text_of(one, "channel") for one in hall.rows("proposals")}
    return CHAT in used or CHAT in text_of(hall.hearing or {}, "notice_place").lower()
