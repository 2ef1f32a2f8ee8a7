"""How wide texts are in the vendored font, read from the font itself: lines of a text are counted
as they will be set, without setting them."""

from __future__ import annotations

import re
import struct
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path

from sedp_helpers.publish.fonts import FONTS
from sedp_helpers.publish.truetype import find_tables, map_glyphs

REGULAR, BOLD = FONTS / "GolosText-Regular.ttf", FONTS / "GolosText-SemiBold.ttf"
# a line ends after spaces and hyphens, but not in «10-март» and «2024–2028-жылдар»
PIECE = re.compile(
    r"(?:\d+[–-])+[^ \u200b–—-]+[ ]*|[^ \u200b-]*[-–—\u200b]+[ ]*|[^ \u200b-]+[ ]*|[ ]+"
)
UNKNOWN = 0.6  # of the size; a letter that another font has


def count_lines(text: str, width: float, size: float, *, bold: bool = False) -> int:
    """Lines of a text of that size in that width, words whole.

    >>> count_lines("", 100, 10), count_lines("өсүш " * 20, 100, 10)
    (1, 7)
    """
    advances = read_advances(BOLD if bold else REGULAR)
    lines, used = 1, 0.0
    for piece in PIECE.findall(text):
        bare = piece.rstrip(" ")
        long = measure_text(bare, advances) * size
        if used and used + long > width:
            lines, used = lines + 1, 0.0
        used += long + (len(piece) - len(bare)) * advances.get(32, UNKNOWN) * size
    return lines


def measure_text(text: str, advances: Mapping[int, float]) -> float:
    """Width of a text of size 1."""
    return sum(advances.get(ord(letter), UNKNOWN) for letter in text)


@lru_cache(maxsize=4)
def read_advances(path: Path) -> Mapping[int, float]:
    """Code point -> width in units of the size. Source: OpenType specification, tables «hhea»,
    «hmtx» and «head»."""
    font = path.read_bytes()
    tables = find_tables(font)
    units = struct.unpack_from(">H", font, tables[b"head"] + 18)[0]
    metrics = struct.unpack_from(">H", font, tables[b"hhea"] + 34)[0]
    widths = struct.unpack_from(f">{'Hh' * metrics}", font, tables[b"hmtx"])[::2]
    return {
        sign: widths[min(glyph, metrics - 1)] / units for sign, glyph in map_glyphs(font).items()
    }
