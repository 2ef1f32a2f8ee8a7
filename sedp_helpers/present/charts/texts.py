"""Numbers and texts on their way into a figure: cleaned, made harmless, wrapped and measured.

Names come from users' tables and are only ever text: plotly reads mark-up in texts, so every one
of them passes ``plain`` or ``wrap``. Nothing here knows a chart.
"""

from __future__ import annotations

import math
import re
import textwrap
from collections.abc import Iterable, Sequence
from html import unescape
from typing import Any

from sedp_helpers.errors import SedpError
from sedp_helpers.present.theme import Look

MARK_UP = re.compile(r"</?b>")
LETTER = 0.6  # mean width of a letter as a share of its size (Golos Text, Cyrillic)
LINE = 1.32  # height of a line of text as a share of its size


def clean(values: Iterable[float | None]) -> list[float | None]:
    """Numbers for JSON: what is missing or not finite becomes ``None``, never zero.

    >>> clean([1, None, float("nan")])
    [1.0, None, None]
    """
    return [None if is_missing(value) else float(value) for value in values]  # type: ignore[arg-type]


def is_missing(value: float | None) -> bool:
    return value is None or not math.isfinite(value)


def present(values: Iterable[float | None]) -> list[float]:
    """The numbers that exist, in order."""
    return [value for value in clean(values) if value is not None]


def check_lengths(**columns: Sequence[Any]) -> None:
    """Refuse columns that do not belong together."""
    lengths = {name: len(column) for name, column in columns.items()}
    if len(set(lengths.values())) > 1:
        raise SedpError(f"chart columns differ in length: {lengths}")


def plain(text: str) -> str:
    """The text with plotly's mark-up signs made harmless.

    >>> plain("<b>A & B</b>")
    '&lt;b&gt;A &amp; B&lt;/b&gt;'
    """
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def wrap(text: str, letters: int, *, lines: int = 3) -> str:
    """The text in at most so many lines of about so many letters; the rest becomes «…».

    >>> wrap("таза суу менен камсыз болуу", 10, lines=2)
    'таза суу<br>менен…'
    """
    folded = textwrap.wrap(text, max(letters, 4), max_lines=lines, placeholder="…") or [""]
    return "<br>".join(plain(line) for line in folded)


def measure_text(text: str, look: Look) -> float:
    """Width in px of the longest line of a plain text, roughly."""
    lines = (unescape(MARK_UP.sub("", line)) for line in text.split("<br>"))
    return max(map(len, lines)) * look.size * LETTER


def count_lines(text: str) -> int:
    return text.count("<br>") + 1


def format_tick(value: float, look: Look) -> str:
    """A number of an axis in the signs of the language; the side of a pyramid has no minus.

    >>> format_tick(-12500.5, Look("ky"))
    '12\\xa0500,5'
    """
    text = f"{abs(value):,.6f}".rstrip("0").rstrip(".")
    return text.translate({ord(","): look.group, ord("."): look.decimal})


def pick_ticks(low: float, high: float, *, about: int = 5) -> list[float]:
    """Round numbers from within the range, about so many.

    >>> pick_ticks(0, 730)
    [0.0, 200.0, 400.0, 600.0]
    """
    if high <= low:
        return [low]
    raw = (high - low) / about
    power = 10.0 ** math.floor(math.log10(raw))
    step = next(power * nice for nice in (1, 2, 5, 10) if power * nice >= raw * 0.999)
    first, last = math.ceil(low / step - 1e-9), math.floor(high / step + 1e-9)
    return [round(n * step, 12) for n in range(first, last + 1)]


def pad_range(values: Sequence[float], *, zero: bool, pad: float = 0.08) -> list[float]:
    """The range of an axis with air at its ends; with ``zero`` it starts at the bar's foot."""
    low, high = min(values), max(values)
    if zero:
        low, high = min(low, 0.0), max(high, 0.0)
    span = (high - low) or abs(high) or 1.0
    bottom = low if zero and low == 0 else low - span * pad
    top = high if zero and high == 0 and low < 0 else high + span * pad
    return [bottom, top]
