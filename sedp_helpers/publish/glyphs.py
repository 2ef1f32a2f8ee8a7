"""Which characters the vendored fonts can draw: PDF/A refuses a page with any other one.

Reads only the character table of a TrueType file; draws and measures nothing.
"""

from __future__ import annotations

import struct
from functools import lru_cache
from pathlib import Path

UNKNOWN = "\ufffd"


@lru_cache(maxsize=4)
def list_characters(fonts: Path) -> frozenset[int]:
    """Code points that at least one font of the folder has."""
    found: set[int] = set()
    for path in sorted(fonts.glob("*.ttf")):
        found |= _read_characters(path.read_bytes())
    return frozenset(found)


def replace_unknown(text: str, characters: frozenset[int]) -> str:
    """The text with «�» for what no font can draw; line ends and tabs become spaces.

    >>> replace_unknown("a\\nb\\u4e2d", frozenset(map(ord, "ab")))
    'a b�'
    """
    plain = " ".join(text.splitlines()) if text.splitlines()[1:] else text.strip("\r\n")
    missing = {sign for sign in set(plain) - {" ", "\u200b"} if ord(sign) not in characters}
    return plain.translate({ord(sign): " " if sign == "\t" else UNKNOWN for sign in missing})


def _read_characters(font: bytes) -> set[int]:
    """Source: OpenType specification, table «cmap», formats 4 and 12."""
    count = struct.unpack(">H", font[4:6])[0]
    tables = {
        font[at : at + 4]: struct.unpack(">I", font[at + 8 : at + 12])[0]
        for at in range(12, 12 + 16 * count, 16)
    }
    start = tables[b"cmap"]
    found: set[int] = set()
    for at in range(start + 4, start + 4 + 8 * _short(font, start + 2), 8):
        sub = start + struct.unpack(">I", font[at + 4 : at + 8])[0]
        if _short(font, sub) == 4:
            found |= _read_segments(font, sub)
        elif _short(font, sub) == 12:
            found |= _read_groups(font, sub)
    return found


def _read_segments(font: bytes, sub: int) -> set[int]:
    size = _short(font, sub + 6)
    found: set[int] = set()
    for at in range(0, size, 2):
        last = _short(font, sub + 14 + at)
        first = _short(font, sub + 16 + size + at)
        found.update(range(first, last + 1))
    found.discard(0xFFFF)
    return found


def _read_groups(font: bytes, sub: int) -> set[int]:
    found: set[int] = set()
    count = struct.unpack(">I", font[sub + 12 : sub + 16])[0]
    for at in range(sub + 16, sub + 16 + 12 * count, 12):
        first, last, _ = struct.unpack(">III", font[at : at + 12])
        found.update(range(first, last + 1))
    return found


def _short(font: bytes, at: int) -> int:
    return struct.unpack(">H", font[at : at + 2])[0]
