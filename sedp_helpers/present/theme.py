"""The one look of every figure: colours, shapes, sizes, and the arithmetic that keeps them legible.

A figure is printed 16 cm wide, a small one 8 cm, often in grey, and read by people who do not tell
red from green; so a series never differs by colour alone. Nothing here knows a language, opens a
file or draws.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, replace

PRINT_WIDTH_CM = 16.0
HALF_WIDTH_CM = 8.0
HALF_WIDTH = 400  # px
TEXT_CONTRAST = 4.5  # WCAG 2.2, 1.4.3
POINTS_PER_CM = 72 / 2.54


@dataclass(frozen=True)
class SeriesStyle:
    """How one series differs from its neighbours: colour, line, marker and hatching together."""

    color: str
    dash: str
    symbol: str
    pattern: str


# Okabe and Ito's hues, darkened until each stands 3:1 off white, dark and light in turn so that
# neighbours stay apart in grey.
SERIES = (
    SeriesStyle("#0B4F8A", "solid", "circle", ""),
    SeriesStyle("#DB6A12", "dash", "square", "/"),
    SeriesStyle("#00573F", "dot", "diamond", "."),
    SeriesStyle("#C9679F", "longdash", "triangle-up", "\\"),
    SeriesStyle("#262626", "dashdot", "x", ""),
    SeriesStyle("#1E97C9", "longdashdot", "triangle-down", "-"),
    SeriesStyle("#5B2A6E", "4px,2px", "star", "x"),
    SeriesStyle("#8C8C8C", "8px,3px,2px,3px", "cross", "|"),
)


@dataclass(frozen=True)
class Look:
    """Signs of the language and measures of the page; one object for all figures of a report."""

    language: str
    decimal: str = ","
    group: str = "\u00a0"
    font: str = "Golos Text, Noto Sans, Arial, sans-serif"
    width: int = 720  # px that become print_cm on paper
    print_cm: float = PRINT_WIDTH_CM
    size: int = 15  # px; the smallest letter of a figure
    ink: str = "#1F2933"
    muted: str = "#566270"
    grid: str = "#E1E5EA"
    paper: str = "#FFFFFF"
    accent: str = "#0B4F8A"
    low: str = "#F1F5F9"  # ends of the scale of heat map and map
    high: str = "#0B3C66"
    series: tuple[SeriesStyle, ...] = SERIES

    @property
    def separators(self) -> str:
        return self.decimal + self.group

    def style(self, index: int) -> SeriesStyle:
        """The style of the series at this place; it comes round again after the eighth."""
        return self.series[index % len(self.series)]

    @property
    def smallest_print_pt(self) -> float:
        """Height in points of the smallest letter when the figure is printed."""
        return self.size * self.print_cm / self.width * POINTS_PER_CM

    @property
    def is_half(self) -> bool:
        """Whether the figure takes half the measure of the page."""
        return self.print_cm < PRINT_WIDTH_CM

    def halve(self) -> Look:
        """The look of a small figure: half as wide on paper, letters about as large."""
        return replace(self, width=HALF_WIDTH, print_cm=HALF_WIDTH_CM)


def suggest_height(rows: int, *, per_row: int = 28, least: int = 250, most: int = 1400) -> int:
    """Height in px of a figure with so many rows: never too flat, never longer than a page.

    >>> suggest_height(3), suggest_height(20), suggest_height(400)
    (250, 660, 1400)
    """
    return max(least, min(most, 100 + rows * per_row))


def read_rgb(color: str) -> tuple[float, float, float]:
    """The parts 0–1 of ``#rrggbb``."""
    return tuple(int(color[i : i + 2], 16) / 255 for i in (1, 3, 5))  # type: ignore[return-value]


def mix(first: str, second: str, share: float) -> str:
    """The colour at ``share`` of the way from the first to the second.

    >>> mix("#000000", "#ffffff", 0.5)
    '#808080'
    """
    pairs = zip(read_rgb(first), read_rgb(second), strict=True)
    return "#" + "".join(f"{round(255 * (a + (b - a) * share)):02x}" for a, b in pairs)


def fade(color: str, opacity: float) -> str:
    """The colour as rgba text, for bands and ribbons that let the grid through."""
    red, green, blue = (round(255 * part) for part in read_rgb(color))
    return f"rgba({red},{green},{blue},{opacity})"


def measure_luminance(color: str) -> float:
    """Relative luminance 0–1 (WCAG 2.2)."""
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in read_rgb(color)]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def measure_contrast(first: str, second: str) -> float:
    """Contrast ratio 1–21 of two colours (WCAG 2.2).

    >>> measure_contrast("#000000", "#FFFFFF")
    21.0
    """
    light, dark = sorted((measure_luminance(first), measure_luminance(second)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def measure_lightness(color: str) -> float:
    """CIE L* 0–100: what is left of a colour on a grey printer."""
    y = measure_luminance(color)
    return 116 * math.cbrt(y) - 16 if y > 216 / 24389 else y * 24389 / 27


def choose_ink(background: str, look: Look) -> str:
    """The letter colour that reads on the background: of ink, white and black one always does."""
    best = max((look.ink, look.paper), key=lambda ink: measure_contrast(ink, background))
    return best if measure_contrast(best, background) >= TEXT_CONTRAST else "#000000"


def darken_for_text(color: str, look: Look, *, ratio: float = TEXT_CONTRAST) -> str:
    """The same hue, darkened step by step until letters in it stand ``ratio`` off the paper."""
    for step in range(21):
        darker = mix(color, "#000000", step / 20)
        if measure_contrast(darker, look.paper) >= ratio:
            return darker
    return look.ink
