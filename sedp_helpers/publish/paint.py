"""Drawn figures as rasters for Word and slides, by the library that sets the PDF.

The browser draws each figure once, as SVG; painting it there as well took longer than drawing it.
A picture in Word now has the letters of the picture in the PDF, to the last one.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import typst

from sedp_helpers.files import write_atomic

Size = tuple[int, int]
SCALE = 2  # dots a pixel of the figure, each way
POINTS = 0.75  # of a pixel


@dataclass(frozen=True)
class Rendered:
    """One drawn figure: vector and raster of the same size."""

    svg: bytes
    png: bytes


def paint_drawings(
    svgs: Sequence[bytes | None], specs: Sequence[Mapping[str, Any]], fonts: Path,
    cache: Path | None, notes: list[str],
) -> list[Rendered | None]:
    """The drawings with their rasters, from ``cache`` where they were painted before; what cannot
    be painted costs only itself and is told in ``notes``."""
    return [svg if svg is None else _find_raster(svg, measure_spec(spec), fonts, cache, notes)
            for svg, spec in zip(svgs, specs, strict=True)]


def measure_spec(spec: Mapping[str, Any]) -> Size:
    """Width and height of a figure in pixels."""
    layout = spec.get("layout") or {}
    return int(layout.get("width") or 720), int(layout.get("height") or 380)


def paint_picture(svg: bytes, size: Size, fonts: Path) -> bytes:
    """The PNG of an SVG, on white; a drawing that cannot be read is a ``typst.TypstError``.

    One picture a call: the library remembers its last calls whole, and with all figures of a
    report in each of them the process grew to gigabytes.
    """
    width, height = size
    source = (f"#set page(margin: 0pt, fill: white, width: {width * POINTS}pt, "
              f'height: {height * POINTS}pt)\n#image("0.svg", width: 100%, height: 100%)')
    files: Any = {"main.typ": source.encode("utf-8"), "0.svg": svg}
    made: Any = typst.compile(files, font_paths=[str(fonts)], ignore_system_fonts=True,
                              format="png", ppi=72 / POINTS * SCALE)
    return bytes(made)


def _find_raster(
    svg: bytes, size: Size, fonts: Path, cache: Path | None, notes: list[str]
) -> Rendered | None:
    name = hashlib.sha256(b"%d|" % SCALE + svg).hexdigest()
    kept = cache / f"{name}.png" if cache else None
    if kept and kept.exists():
        return Rendered(svg, kept.read_bytes())
    try:
        png = paint_picture(svg, size, fonts)
    except typst.TypstError as error:
        notes.append(str(error))
        return None
    if kept:
        write_atomic(kept, png)
    return Rendered(svg, png)
