"""A map without tiles: areas filled by class, or points with names; works with no network.

Polygons are filled scatter shapes, since geographic traces fetch their outlines from elsewhere.
A unit without a number is white and hatched, never the palest class.
"""

from __future__ import annotations

import math
from bisect import bisect_right
from dataclasses import dataclass
from typing import Any

from sedp_helpers.present.charts.canvas import (
    Spec,
    Words,
    draw_nothing,
    hide_axis,
    lay_out,
    trace_area,
)
from sedp_helpers.present.charts.point_names import explain_numbers, find_sides, number_markers
from sedp_helpers.present.charts.texts import check_lengths, is_missing, plain
from sedp_helpers.present.theme import Look, mix

WIDTH = 660.0  # px of the plot
HALF_PLOT = (350.0, 168.0)
TOP, FOOT = 16, 46  # px of the margins: the plot keeps its size, so names stand as measured
Ring = tuple[tuple[float, float], ...]  # corners as longitude, latitude


@dataclass(frozen=True)
class Shape:
    """A unit with its outline, one ring for every separate piece."""

    name: str
    rings: tuple[Ring, ...]
    value: float | None
    label: str


@dataclass(frozen=True)
class Spot:
    """A unit known by one place only."""

    name: str
    lon: float | None
    lat: float | None
    value: float | None
    label: str


@dataclass(frozen=True)
class MapData:
    """``breaks`` part the classes from low to high; ``class_labels`` name them (one more);
    ``height`` px of the plot of a wide map."""

    shapes: tuple[Shape, ...] = ()
    spots: tuple[Spot, ...] = ()
    breaks: tuple[float, ...] = ()
    class_labels: tuple[str, ...] = ("",)
    height: float = 400.0


@dataclass(frozen=True)
class Frame:
    """The part of the earth shown: middle, px of a degree of latitude, squeeze of longitude."""

    lon: float
    lat: float
    scale: float
    squeeze: float
    plot: tuple[float, float]

    def place(self, lon: float, lat: float) -> tuple[float, float]:
        x = self.plot[0] / 2 + (lon - self.lon) * self.squeeze * self.scale
        return x, self.plot[1] / 2 + (lat - self.lat) * self.scale


def draw_map(data: MapData, words: Words, look: Look) -> Spec:
    """Where it is high and where low. Words: no_data, missing."""
    check_lengths(breaks=(*data.breaks, None), class_labels=data.class_labels)
    spots = [s for s in data.spots if not is_missing(s.lon) and not is_missing(s.lat)]
    corners = [corner for shape in data.shapes for ring in shape.rings for corner in ring]
    corners += [(s.lon or 0.0, s.lat or 0.0) for s in spots]
    if not corners:
        return draw_nothing(words, look)
    plot = HALF_PLOT if look.is_half else (WIDTH, data.height)
    frame = _frame(corners, plot, share=0.92 if data.shapes else 0.62)
    lost = [spot for spot in data.spots if spot not in spots]
    traces = [_draw_shape(shape, data, frame, look) for shape in data.shapes]
    traces += _explain_classes(data, words, look)
    traces += _name_units(data, spots, lost, frame, look)
    layout = lay_out(
        look,
        height=round(plot[1]) + TOP + FOOT,
        legend_for=traces,
        margin={"t": TOP},
        xaxis=hide_axis(range=[0, plot[0]], scaleanchor="y"),
        yaxis=hide_axis(range=[0, plot[1]]),
    )
    return {"data": traces, "layout": layout}


def _frame(corners: list[tuple[float, float]], plot: tuple[float, float], *, share: float) -> Frame:
    """Equal distances in both directions at the middle latitude, with room for names."""
    lons, lats = [c[0] for c in corners], [c[1] for c in corners]
    middle = (min(lons) + max(lons)) / 2, (min(lats) + max(lats)) / 2
    squeeze = math.cos(math.radians(middle[1]))
    wide, high = (max(lons) - min(lons)) * squeeze, max(lats) - min(lats)
    scale = min(share * plot[0] / (wide or 0.01), 0.88 * plot[1] / (high or 0.01))
    return Frame(*middle, scale, squeeze, plot)


def _pick_class(value: float | None, data: MapData) -> int | None:
    return None if is_missing(value) else bisect_right(data.breaks, value or 0.0)


def _tone(place: int, data: MapData, look: Look) -> str:
    steps = max(len(data.breaks), 1)
    return mix(mix(look.low, look.high, 0.12), look.high, place / steps)


def _paint(place: int | None, data: MapData, look: Look) -> Spec:
    if place is None:
        pattern = {"shape": "/", "fgcolor": look.muted, "bgcolor": look.paper}
        return {"fillcolor": look.paper, "fillpattern": pattern | {"size": 9, "solidity": 0.12}}
    return {"fillcolor": _tone(place, data, look)}


def _draw_shape(shape: Shape, data: MapData, frame: Frame, look: Look) -> Spec:
    xs: list[float | None] = []
    ys: list[float | None] = []
    for ring in shape.rings:
        closed = [frame.place(*corner) for corner in (*ring, *ring[:1])]
        xs += [*(x for x, _ in closed), None]
        ys += [*(y for _, y in closed), None]
    line = {"width": 1.2, "color": look.muted}
    return trace_area(xs, ys, line=line, **_paint(_pick_class(shape.value, data), data, look))


def _name_units(
    data: MapData, spots: list[Spot], lost: list[Spot], frame: Frame, look: Look
) -> list[Spec]:
    """Names with numbers beside the points, or numbered markers with a key where crowded."""
    units: list[tuple[Shape | Spot, tuple[float, float]]] = [
        (unit, frame.place(*_find_middle(unit.rings))) for unit in data.shapes if unit.rings
    ]
    units += [(spot, frame.place(spot.lon or 0.0, spot.lat or 0.0)) for spot in spots]
    texts = [f"{unit.name}: {unit.label}" if unit.label else unit.name for unit, _ in units]
    gone = [f"{spot.name}: {spot.label}" if spot.label else spot.name for spot in lost]
    points = [point for _, point in units]
    sides = find_sides(points, texts, frame.plot, look) if not data.shapes else None
    if sides is None and not data.shapes:
        names = [unit.name for unit, _ in units]
        sides = find_sides(points, names, frame.plot, look)
        texts = names if sides else texts
    if sides is None:
        fills = [look.paper] * len(units) if data.shapes else _tone_units(units, data, look)
        numbers = [str(place) for place in range(1, len(units) + 1)]
        markers = number_markers(points, numbers, look, colors=fills)
        return [markers, *explain_numbers(texts, look, unplaced=gone)]
    named = _draw_named(points, texts, sides, _tone_units(units, data, look), look)
    return [named, *explain_numbers((), look, unplaced=gone)]


def _tone_units(units: list[tuple[Any, Any]], data: MapData, look: Look) -> list[str]:
    places = [_pick_class(unit.value, data) for unit, _ in units]
    return [look.paper if place is None else _tone(place, data, look) for place in places]


def _draw_named(
    points: list[tuple[float, float]],
    texts: list[str],
    sides: list[str],
    colors: list[str],
    look: Look,
) -> Spec:
    return {
        "type": "scatter",
        "mode": "markers+text",
        "x": [x for x, _ in points],
        "y": [y for _, y in points],
        "text": [plain(text) for text in texts],
        "textposition": sides,
        "textfont": {"size": look.size, "color": look.ink},
        "marker": {
            "size": 13,
            "opacity": 1,
            "color": colors,
            "line": {"width": 1.5, "color": look.ink},
        },
        "hoverinfo": "skip",
        "showlegend": False,
        "cliponaxis": False,
    }


def _find_middle(rings: tuple[Ring, ...]) -> tuple[float, float]:
    """The centre of mass of the largest ring (shoelace formula)."""
    best, middle = -1.0, (0.0, 0.0)
    for ring in rings:
        pairs = list(zip(ring, (*ring[1:], *ring[:1]), strict=True))
        crosses = [a[0] * b[1] - b[0] * a[1] for a, b in pairs]
        area = sum(crosses) / 2
        if abs(area) <= best:
            continue
        best = abs(area)
        if not area:
            middle = ring[0]
            continue
        sums = [sum((a[i] + b[i]) * c for (a, b), c in zip(pairs, crosses)) for i in (0, 1)]
        middle = (sums[0] / (6 * area), sums[1] / (6 * area))
    return middle


def _explain_classes(data: MapData, words: Words, look: Look) -> list[Spec]:
    values = [shape.value for shape in data.shapes] + [spot.value for spot in data.spots]
    entries = [
        (plain(label), _tone(place, data, look))
        for place, label in enumerate(data.class_labels)
        if label
    ]
    if any(is_missing(value) for value in values) and (entries or data.shapes):
        entries.append((plain(words["missing"]), look.paper))
    return [
        {
            "type": "scatter",
            "mode": "markers",
            "name": name,
            "x": [None],
            "y": [None],
            "marker": {"symbol": "square", "size": 13, "color": color, "line": {"width": 1.2}},
            "hoverinfo": "skip",
            "showlegend": True,
        }
        for name, color in entries
    ]
