"""How wide texts are in the vendored font, read from the font itself: lines of a text are counted
as they will be set, without setting them."""

from __future__ import annotations

import re
import struct
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path

from sedp_helpers.publish.fonts import FONTS

REGULAR, BOLD = FONTS / "GolosText-Regular.ttf", FONTS / "GolosText-SemiBold.ttf"
# a line ends after spaces and hyphens
PIECE = re.compile(r"[^ \u200b-]*[-–—\u200b]+[ ]*|[^ \u200b-]+[ ]*|[ ]+")
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
    """Code point -> width in units of the size. Source: OpenType specification, tables «cmap»
    (format 4), «hhea», «hmtx» and «head»."""
    font = path.read_bytes()
    count = struct.unpack_from(">H", font, 4)[0]
    tables = {font[at:at + 4]: struct.unpack_from(">I", font, at + 8)[0]
              for at in range(12, 12 + 16 * count, 16)}
    units = struct.unpack_from(">H", font, tables[b"head"] + 18)[0]
    metrics = struct.unpack_from(">H", font, tables[b"hhea"] + 34)[0]
    widths = struct.unpack_from(f">{'Hh' * metrics}", font, tables[b"hmtx"])[::2]
    return {sign: widths[min(glyph, metrics - 1)] / units
            for sign, glyph in _map_glyphs(font, tables[b"cmap"]).items()}


def _map_glyphs(font: bytes, start: int) -> dict[int, int]:
    """Code point -> place of its glyph, from the subtable of format 4."""
    for at in range(start + 4, start + 4 + 8 * struct.unpack_from(">H", font, start + 2)[0], 8):
        sub = start + struct.unpack_from(">I", font, at + 4)[0]
        if struct.unpack_from(">H", font, sub)[0] == 4:
            return _read_segments(font, sub)
    return {}


def _read_segments(font: bytes, sub: int) -> dict[int, int]:
    count = struct.unpack_from(">H", font, sub + 6)[0] // 2
    rows = [sub + 14 + place * 2 * count + (2 if place else 0) for place in range(4)]
    ends, starts, deltas, offsets = (struct.unpack_from(f">{count}H", font, row) for row in rows)
    found = {}
    for place, (first, last) in enumerate(zip(starts, ends)):
        for sign in range(first, min(last, 0xFFFE) + 1):
            glyph = sign
            if offsets[place]:
                at = rows[3] + 2 * place + offsets[place] + 2 * (sign - first)
                glyph = struct.unpack_from(">H", font, at)[0]
            if glyph:
                found[sign] = (glyph + deltas[place]) & 0xFFFF
    return found
