"""The tables of a TrueType file and which glyph draws which character.

Source: OpenType specification, the head of the file and the table «cmap», formats 4 and 12.
"""

from __future__ import annotations

import struct


def find_tables(font: bytes) -> dict[bytes, int]:
    """Where each table of the file begins."""
    (count,) = struct.unpack_from(">H", font, 4)
    return {font[at:at + 4]: struct.unpack_from(">I", font, at + 8)[0]
            for at in range(12, 12 + 16 * count, 16)}


def map_glyphs(font: bytes) -> dict[int, int]:
    """Code point -> number of its glyph."""
    start = find_tables(font)[b"cmap"]
    found: dict[int, int] = {}
    for at in range(start + 4, start + 4 + 8 * _short(font, start + 2), 8):
        sub = start + struct.unpack_from(">I", font, at + 4)[0]
        if _short(font, sub) == 4:
            found |= _read_segments(font, sub)
        elif _short(font, sub) == 12:
            found |= _read_groups(font, sub)
    return found


def _read_segments(font: bytes, sub: int) -> dict[int, int]:
    count = _short(font, sub + 6) // 2
    rows = [sub + 14 + place * 2 * count + (2 if place else 0) for place in range(4)]
    ends, starts, deltas, offsets = (struct.unpack_from(f">{count}H", font, row) for row in rows)
    found = {}
    for place, (first, last) in enumerate(zip(starts, ends)):
        for sign in range(first, min(last, 0xFFFE) + 1):
            glyph = sign
            if offsets[place]:
                glyph = _short(font, rows[3] + 2 * place + offsets[place] + 2 * (sign - first))
            if glyph:
                found[sign] = (glyph + deltas[place]) & 0xFFFF
    return found


def _read_groups(font: bytes, sub: int) -> dict[int, int]:
    found: dict[int, int] = {}
    (count,) = struct.unpack_from(">I", font, sub + 12)
    for at in range(sub + 16, sub + 16 + 12 * count, 12):
        first, last, glyph = struct.unpack_from(">III", font, at)
        found.update(zip(range(first, last + 1), range(glyph, glyph + last - first + 1)))
    return found


def _short(font: bytes, at: int) -> int:
    return int(struct.unpack_from(">H", font, at)[0])
