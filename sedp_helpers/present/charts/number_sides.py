"""On which side of its point a printed number of a line stands, so that it covers neither the line
nor the axis nor the sign of another figure of that year."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sedp_helpers.present.charts.texts import LINE, measure_text
from sedp_helpers.present.theme import Look

REACH = 7  # px from the middle of a point to the number over or under it
COVERED = 4.5  # px within which signs cover each other
SLOPE = 5  # px by which a line may rise under half a number


@dataclass(frozen=True)
class Scale:
    """How many px a year and a unit of the values are; ``low`` is where the axis of years lies."""

    year_px: float
    value_px: float
    low: float


def find_side(three: Sequence[float | None], text: str, scale: Scale, look: Look) -> str:
    """Over the point, or where the line does not run: under a valley, beside a slope. ``three``
    are the values before, at and after the point.

    >>> flat, steep = Scale(30, 1, 0), Scale(30, 9, 0)
    >>> [find_side((None, 5, 9), "5", scale, Look("ky")) for scale in (flat, steep)]
    ['top center', 'bottom center']
    """
    before, here, after = three
    if here is None:
        return "top center"
    falls_in = before is not None and before > here
    rises_out = after is not None and after > here
    steep = after is not None and _rises(after - here, text, scale, look)
    if before is None and not steep:
        return "top center"
    if rises_out and (falls_in or before is None):
        return "bottom center" if has_room_under(here, scale, look) else "top left"
    if rises_out:
        return "top left"
    return "top right" if falls_in and after is not None else "top center"


def find_side_beside(value: float, other: float | None, scale: Scale, look: Look) -> str:
    """For the last figure of a forecast: away from the sign of the other method of that year."""
    reach = look.size * LINE + 2 * REACH
    covered = other is not None and 0 <= (other - value) * scale.value_px < reach
    return "bottom center" if covered and has_room_under(value, scale, look) else "top center"


def has_room_under(value: float, scale: Scale, look: Look) -> bool:
    """Whether a number under the point stays over the axis."""
    return (value - scale.low) * scale.value_px >= REACH + look.size * LINE


def lie_close(
    first: Sequence[tuple[float, float]], second: Sequence[tuple[float, float]], scale: Scale
) -> bool:
    """Whether two lines cover each other: most of their common years lie within a sign's height."""
    other = dict(second)
    gaps = [abs(value - other[year]) * scale.value_px for year, value in first if year in other]
    return bool(gaps) and sum(gap < COVERED for gap in gaps) * 2 > len(gaps)


def _rises(rise: float, text: str, scale: Scale, look: Look) -> bool:
    """Whether the line to the next year would run through the number over the point."""
    half = measure_text(text, look) / 2
    return rise * scale.value_px * min(half / scale.year_px, 1) > SLOPE
