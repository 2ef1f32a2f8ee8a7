"""The sizes of the printed report: one file that the typesetter and the reckoning both read.

Points, but for the paper and its margins.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

TEMPLATES = Path(__file__).parent / "templates"
LOOK: dict[str, Any] = json.loads((TEMPLATES / "look.json").read_text(encoding="utf-8"))
POINTS_PER_MM = 72 / 25.4


def read_templates(*names: str) -> dict[str, bytes]:
    """The files that a paper is set with, those of every paper among them, by their names."""
    return {name: (TEMPLATES / name).read_bytes() for name in ("report.typ", "look.json", *names)}


def measure_page() -> tuple[float, float]:
    """Points of a page between its margins: width and height."""
    (wide, high), margins = LOOK["paper_mm"], LOOK["margins_mm"]
    width: float = wide - margins["left"] - margins["right"]
    height: float = high - margins["top"] - margins["bottom"]
    return width * POINTS_PER_MM, height * POINTS_PER_MM
