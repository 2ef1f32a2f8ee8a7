"""How wide each column of a printed table is, decided once for PDF and Word from its text alone.

A number never breaks; a word breaks only when nothing else helps. Widths are points.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil

from sedp_helpers.blocks import Cell, Table, is_band
from sedp_helpers.publish.numbering import title_column

PORTRAIT = 467.0  # A4 less 25 and 20 mm
LANDSCAPE = 714.0  # A4 turned, less 25 and 20 mm
SIZES = (9.0, 8.2, 7.5)
COMPACT_SIZES = SIZES[1:]  # of the annexes
LETTER = 0.585  # mean width of a letter of Golos Text in units of the size, measured
PADDING = 7.0
EASY_LETTERS = (34, 26, 20)  # of a line of text beside numbers, the better one first
MANY_TEXTS = 6  # columns of text that need a turned page
UNPARTED_LINES = 12  # of the rows of a table that is not parted between pages
ROUNDING = 1e-6  # a width made for so many letters holds them
LONGEST_WORD = 18  # letters; a longer one may break so that it does not push the others out


@dataclass(frozen=True)
class Layout:
    """The size of the letters, whether the page is turned, and the width of each column."""

    size: float
    landscape: bool
    widths: tuple[float, ...]

    def count_lines(self, row: Sequence[Cell]) -> int:
        """Lines of the tallest cell of a row."""
        if is_band(row):
            return 1
        return max(ceil(len(cell.text) / self.letters(place)) for place, cell in enumerate(row))

    def letters(self, column: int) -> int:
        """How many letters stand on one line of the column."""
        return max(1, int((self.widths[column] - PADDING) / (LETTER * self.size) + ROUNDING))


def fit_table(
    table: Table, *, upright: bool = False, sizes: Sequence[float] = SIZES
) -> Layout:
    """The largest letters at which every word of the table has room.

    Long texts get smaller letters before they get many lines. The page is turned when the smallest
    letters do not help, or for a table of many texts. What does not fit even then keeps the turned
    page and breaks its longest words. ``upright``: the page is never turned.
    """
    least, wished = _measure(table)
    columns = table.columns
    if not upright and len(columns) >= MANY_TEXTS and all(column.wide for column in columns):
        return _fit(least, wished, ((True, LANDSCAPE),), sizes)
    for line in EASY_LETTERS:
        easy = [max(low, min(wish, line)) if column.wide else low
                for low, wish, column in zip(least, wished, columns)]
        for size in sizes:
            if sum(_points(letters, size) for letters in easy) <= PORTRAIT:
                return Layout(size, False, _share(easy, wished, size, PORTRAIT))
    pages = ((False, PORTRAIT),) if upright else ((False, PORTRAIT), (True, LANDSCAPE))
    return _fit(least, wished, pages, sizes)


def count_unparted(table: Table, layout: Layout) -> int:
    """Lines of the rows of a short table, which stays on one page; 0 for a long one."""
    lines = sum(map(layout.count_lines, table.rows))
    return lines if lines <= UNPARTED_LINES else 0


def _fit(
    least: list[int], wished: list[int], pages: Sequence[tuple[bool, float]],
    sizes: Sequence[float],
) -> Layout:
    for landscape, room in pages:
        for size in sizes:
            if sum(_points(letters, size) for letters in least) <= room:
                return Layout(size, landscape, _share(least, wished, size, room))
    size, (landscape, room) = sizes[-1], pages[-1]
    total = sum(_points(letters, size) for letters in least)
    widths = tuple(_points(letters, size) * room / total for letters in least)
    return Layout(size, landscape, widths)


def _measure(table: Table) -> tuple[list[int], list[int]]:
    """Letters of the longest word and of the longest text of every column."""
    least, wished = [], []
    for place, column in enumerate(table.columns):
        texts = [row[place].text for row in table.rows if place < len(row) and not is_band(row)]
        head = title_column(column.title, column.unit)
        longest = max((len(word) for text in texts for word in text.split(" ")), default=1)
        parts = head.replace("-", "- ").split(" ")  # heads may break after a hyphen and are bold
        longest = max(longest, *(len(part) + 1 + len(part) // 6 for part in parts))
        short = not column.numeric and not column.wide  # its words may be of wide letters
        least.append(max(3, longest if column.numeric else min(longest + short, LONGEST_WORD)))
        whole = max((len(text) for text in texts), default=1)
        wished.append(max(least[-1], min(whole, 60 + whole // 10, 120)))
    return least, wished


def _points(letters: int, size: float) -> float:
    return letters * LETTER * size + PADDING


def _share(
    least: Sequence[int], wished: Sequence[int], size: float, room: float
) -> tuple[float, ...]:
    """The room left over goes to the columns that wish for more, then to all alike."""
    narrow = [_points(letters, size) for letters in least]
    wants = [_points(w, size) - n for w, n in zip(wished, narrow)]
    spare = room - sum(narrow)
    part = min(1.0, spare / sum(wants)) if sum(wants) else 0.0
    widths = [n + part * want for n, want in zip(narrow, wants)]
    rest = (room - sum(widths)) / len(widths) if widths else 0.0
    return tuple(width + rest for width in widths)


def break_long_words(text: str, letters: int) -> str:
    """The text with places to break in words longer than a line; all others stay untouched.

    >>> break_long_words("aaaabbbbcc a", 4).split("\\u200b")
    ['aaaa', 'bbbb', 'cc a']
    >>> break_long_words("Кумуш-Булак", 6).split("\\u200b")
    ['Кумуш-Булак']
    """
    if len(text) <= letters:
        return text
    part = letters - letters // 10  # a run of wide letters has room too
    pieces = re.split(r"(?<=[ -])", text)  # a line ends after a hyphen of its own
    return "".join(
        "\u200b".join(piece[at : at + part] for at in range(0, len(piece), part))
        if len(piece.rstrip(" ")) > letters else piece
        for piece in pieces
    )
