"""What a picture of the district book is: chart data, the table behind it, who is in it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from sedp_helpers.blocks import Table
from sedp_helpers.present.book import Entry


@dataclass(frozen=True)
class DistrictPicture:
    """``members``: those that are in the picture (None = it is not about members);
    ``subject``, ``figures`` and ``names`` (of members, foods …) fill the caption."""

    kind: str
    data: object
    table: Table
    members: tuple[str, ...] | None = None
    empty: bool = False
    unit: str = ""
    subject: str = ""
    when: str = ""  # the year of the figures, where the picture does not show it
    note: str = ""  # what a reader has to know of the scale
    words: Mapping[str, str] = field(default_factory=dict)
    figures: Mapping[str, Entry] = field(default_factory=dict)
    names: Mapping[str, str] = field(default_factory=dict)
