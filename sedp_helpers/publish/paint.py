"""Drawn figures as rasters for Word and slides, by the library that sets the PDF.

The browser draws each figure once, as SVG; painting it there as well took longer than drawing it.
A picture in Word now has the letters of the picture in the PDF, to the last one.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import typst

Size = tuple[int, int]
SCALE = 2  # dots a pixel of the figure, each way
POINTS = 0.75  # of a pixel


def paint_pictures(svgs: Sequence[bytes], sizes: Sequence[Size], fonts: Path) -> list[bytes]:
    """A PNG for every SVG, on white; one page of a small document each.

    A drawing that cannot be read is a ``typst.TypstError``.
    """
    if not svgs:
        return []
    pages = [
        f'#page(width: {width * POINTS}pt, height: {height * POINTS}pt, '
        f'image("{place}.svg", width: 100%, height: 100%))'
        for place, (width, height) in enumerate(sizes)
    ]
    source = "\n".join(["#set page(margin: 0pt, fill: white)", *pages])
    files: Any = {f"{place}.svg": svg for place, svg in enumerate(svgs)}
    files["main.typ"] = source.encode("utf-8")
    made = typst.compile(files, font_paths=[str(fonts)], ignore_system_fonts=True,
                         format="png", ppi=72 / POINTS * SCALE)
    return list(made) if isinstance(made, list) else [made]
