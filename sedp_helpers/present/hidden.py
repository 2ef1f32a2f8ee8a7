"""How a protected count is printed: «‹5» where fewer than five people are hidden, else a dash.

Only the mark is decided here; what is hidden is decided in ``compute.protect``.
"""

from __future__ import annotations

from sedp_helpers.compute.protect import HIDDEN, LIMIT
from sedp_helpers.present.book import Entry, ResultBook

SMALL = f"‹{LIMIT}"
ABSENT = "…"


def mark_absent(entry: Entry | None) -> str:
    """What stands in place of a figure that is not there.

    >>> mark_absent(None)
    '…'
    """
    return SMALL if entry is not None and entry.missing == HIDDEN else ABSENT


def count_hidden_villages(book: ResultBook, ident: str) -> int:
    """Villages of which no figure may be printed, so that a picture by village leaves them out."""
    entries = [one for one in book.entries(ident, method="", village=None, item="", age="")
               if one.village]
    known = {one.village for one in entries if one.known}
    return len({one.village for one in entries if one.missing == HIDDEN} - known)
