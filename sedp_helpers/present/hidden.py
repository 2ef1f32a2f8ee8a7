"""How a protected count is printed: «‹5» where fewer than five people are hidden, else a dash.

Only the mark is decided here; what is hidden is decided in ``compute.protect``.
"""

from __future__ import annotations

from sedp_helpers.compute.protect import HIDDEN, LIMIT
from sedp_helpers.present.book import Entry

SMALL = f"‹{LIMIT}"
ABSENT = "…"


def mark_absent(entry: Entry | None) -> str:
    """What stands in place of a figure that is not there.

    >>> mark_absent(None)
    '…'
    """
    return SMALL if entry is not None and entry.missing == HIDDEN else ABSENT
