"""The vendored fonts as @font-face rules with the files inside, for pages that may load nothing."""

from __future__ import annotations

import base64
from functools import lru_cache
from pathlib import Path

FONTS = Path(__file__).parent / "assets" / "fonts"
FACES = (
    ("Golos Text", 400, "GolosText-Regular"),
    ("Golos Text", 600, "GolosText-SemiBold"),
    ("Golos Text", 700, "GolosText-Bold"),
    ("Noto Sans", 400, "NotoSans-Regular"),
    ("Noto Sans", 700, "NotoSans-Bold"),
    ("Noto Sans Math", 400, "NotoSansMath-Regular"),
    ("Noto Sans Symbols 2", 400, "NotoSansSymbols2-Regular"),
)


@lru_cache(maxsize=4)
def write_font_faces(fonts: Path) -> str:
    """The rules of every face whose file lies in the folder."""
    return "".join(
        f'@font-face{{font-family:"{family}";font-weight:{weight};font-display:swap;'
        f"src:url({make_data_uri('font/woff2', path.read_bytes())}) format('woff2')}}\n"
        for family, weight, name in FACES
        if (path := fonts / f"{name}.woff2").exists()
    )


def make_data_uri(mime: str, content: bytes) -> str:
    """The content as an address that needs no request.

    >>> make_data_uri("text/plain", b"a")
    'data:text/plain;base64,YQ=='
    """
    return f"data:{mime};base64,{base64.b64encode(content).decode('ascii')}"
