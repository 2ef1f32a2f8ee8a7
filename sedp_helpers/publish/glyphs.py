"""Which characters the vendored fonts can draw: PDF/A refuses a page with any other one.

Draws and measures nothing.
"""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

from sedp_helpers.publish.truetype import map_glyphs

UNKNOWN = "\ufffd"


@lru_cache(maxsize=4)
def list_characters(fonts: Path) -> frozenset[int]:
    """Code points that at least one font of the folder has."""
    found: set[int] = set()
    for path in sorted(fonts.glob("*.ttf")):
        found.update(map_glyphs(path.read_bytes()))
    return frozenset(found)


def replace_unknown(text: str, characters: frozenset[int]) -> str:
    """The text with «�» for what no font can draw; line ends and tabs become spaces.

    >>> replace_unknown("a\\nb\\u4e2d", frozenset(map(ord, "ab")))
    'a b�'
    """
    plain = " ".join(text.splitlines()) if text.splitlines()[1:] else text.strip("\r\n")
    missing = {sign for sign in set(plain) - {" ", "\u200b"} if ord(sign) not in characters}
    return plain.translate({ord(sign): " " if sign == "\t" else UNKNOWN for sign in missing})
