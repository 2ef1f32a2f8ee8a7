"""Figures as grey pictures: what a cheap printer makes of them is decided here, not by it.

Series differ by hatching, line and mark as well (``present.theme``), so nothing is lost.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from sedp_helpers.blocks import Figure
from sedp_helpers.publish.figures import FigureRenderer, size_spec

HEX = re.compile(r"#[0-9a-fA-F]{6}\b")
RGBA = re.compile(r"rgba\((\d+),\s*(\d+),\s*(\d+),\s*([\d.]+)\)")


@dataclass(frozen=True)
class Picture:
    png: bytes


def turn_grey(value: Any) -> Any:
    """A plotly figure with every colour as the grey of the same brightness (Rec. 709).

    >>> turn_grey({"color": "#ff0000", "name": "Калк", "fill": "rgba(0,0,255,0.2)"})
    {'color': '#363636', 'name': 'Калк', 'fill': 'rgba(18,18,18,0.2)'}
    """
    if isinstance(value, Mapping):
        return {key: turn_grey(inner) for key, inner in value.items()}
    if isinstance(value, (list, tuple)):
        return [turn_grey(inner) for inner in value]
    if not isinstance(value, str):
        return value
    value = HEX.sub(lambda found: "#" + f"{_brightness(*_parts(found[0])):02x}" * 3, value)
    return RGBA.sub(_grey_rgba, value)


def _parts(color: str) -> tuple[int, int, int]:
    return int(color[1:3], 16), int(color[3:5], 16), int(color[5:7], 16)


def _grey_rgba(found: re.Match[str]) -> str:
    grey = _brightness(int(found[1]), int(found[2]), int(found[3]))
    return f"rgba({grey},{grey},{grey},{found[4]})"


def _brightness(red: int, green: int, blue: int) -> int:
    return round(0.2126 * red + 0.7152 * green + 0.0722 * blue)


def draw_grey(figures: Iterable[Figure], renderer: FigureRenderer, language: str
              ) -> dict[str, Picture]:
    """Anchor -> grey picture; a figure that could not be drawn is not there."""
    figures = list(figures)
    drawn = renderer.render([turn_grey(size_spec(one)) for one in figures], language)
    return {one.anchor: Picture(made.png) for one, made in zip(figures, drawn) if made is not None}
