"""How wide a figure is printed: the whole measure of the page, or half of it where that is enough.

The width follows the information: few rows of short names need half a page's width, and the text
they belong to stands beside them. Nothing here draws.
"""

from __future__ import annotations

from typing import Protocol

from sedp_helpers.blocks import Table
from sedp_helpers.present.charts.stacked import StackedData
from sedp_helpers.present.theme import Look

HALF_ROWS = {"trend": 16, "bars": 12, "dots": 8, "pyramid": 20, "map": 8, "ranks": 5, "stacked": 12}
LONGEST_NAME = 60  # letters; a longer one needs the whole width
MOST_BARS = 18  # of all series together


class Drawn(Protocol):
    """A picture of a municipality or of a district."""

    @property
    def kind(self) -> str: ...
    @property
    def data(self) -> object: ...
    @property
    def table(self) -> Table: ...


def fit_look(picture: Drawn, look: Look) -> Look:
    """The look of a picture: halved where its kind, rows and names allow it."""
    rows = picture.table.rows
    if len(rows) > HALF_ROWS.get(picture.kind, 0):
        return look
    series = sum(column.numeric for column in picture.table.columns)
    if picture.kind == "bars" and series * len(rows) > MOST_BARS:
        return look
    if isinstance(picture.data, StackedData) and not picture.data.horizontal:
        return look  # upright columns need room for the numbers in them
    longest = max((len(row[0].text) for row in rows), default=0)
    return look if longest > LONGEST_NAME else look.halve()
