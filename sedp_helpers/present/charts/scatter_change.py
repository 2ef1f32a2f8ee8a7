"""Level against change: who is high and growing, who is low and falling, in four quarters."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sedp_helpers.present.charts.canvas import (
    Spec,
    Words,
    draw_nothing,
    lay_out,
    note,
    number_axis,
)
from sedp_helpers.present.charts.point_names import explain_numbers, find_sides, number_markers
from sedp_helpers.present.charts.texts import is_missing, pad_range, plain, wrap
from sedp_helpers.present.theme import Look

WIDTH = 620.0  # px of the plot
QUARTERS = (
    ("low_up", 0.0, 1.0),
    ("high_up", 1.0, 1.0),
    ("low_down", 0.0, 0.0),
    ("high_down", 1.0, 0.0),
)


@dataclass(frozen=True)
class Unit:
    """``label`` prints level and change, or the reason why one is missing."""

    name: str
    level: float | None
    change: float | None
    label: str = ""
    own: bool = False


@dataclass(frozen=True)
class ChangeData:
    """The two middles part the quarters, for example the means of the district; ``height`` px of
    the plot."""

    units: tuple[Unit, ...]
    level_middle: float
    change_middle: float = 0.0
    height: float = 300.0


def draw_scatter_change(data: ChangeData, words: Words, look: Look) -> Spec:
    """Who is ahead and who catches up.

    Words: no_data, level, change, high_up, high_down, low_up, low_down (quarters, may be empty).
    """
    placed = [u for u in data.units if not is_missing(u.level) and not is_missing(u.change)]
    if not placed:
        return draw_nothing(words, look)
    points = [(float(u.level or 0.0), float(u.change or 0.0)) for u in placed]
    ranges = (
        pad_range([x for x, _ in points] + [data.level_middle], zero=False, pad=0.14),
        pad_range([y for _, y in points] + [data.change_middle], zero=False, pad=0.2),
    )
    middles = (data.level_middle, data.change_middle)
    lost = [_say(unit) for unit in data.units if unit not in placed]
    traces = _draw_units(
        placed, points, ranges, look, middles=middles, lost=lost, plot=(WIDTH, data.height)
    )
    titles = {
        word: {"text": plain(words[word]), "font": {"size": look.size, "color": look.ink}}
        for word in ("level", "change")
    }
    layout = lay_out(
        look,
        height=round(data.height) + 100,
        legend_for=traces,
        annotations=_name_quarters(words, look),
        shapes=_draw_middles(data, look),
        xaxis=number_axis(look, range=ranges[0], title=titles["level"]),
        yaxis=number_axis(look, range=ranges[1], title=titles["change"]),
    )
    layout["margin"]["b"] += 22
    return {"data": traces, "layout": layout}


def _say(unit: Unit) -> str:
    return f"{unit.name}: {unit.label}" if unit.label else unit.name


def _draw_units(
    units: list[Unit],
    points: list[tuple[float, float]],
    ranges: tuple[list[float], list[float]],
    look: Look,
    *,
    middles: tuple[float, float],
    lost: list[str],
    plot: tuple[float, float],
) -> list[Spec]:
    """Named points where there is room for all names, otherwise numbered ones with a key."""
    colors = [look.accent if unit.own else look.muted for unit in units]
    pixels = [_to_pixels(point, ranges, plot) for point in points]
    x, y = _to_pixels(middles, ranges, plot)
    cross = [(x - 2, 0.0, x + 2, plot[1]), (0.0, y - 2, plot[0], y + 2)]
    names = [unit.name for unit in units]
    # A line through a name is worse along it than across it.
    tries: tuple[list[Any], ...] = (cross, cross[1:], [])
    sides = next(
        filter(None, (find_sides(pixels, names, plot, look, avoid=one) for one in tries)), None
    )
    if sides is None:
        numbers = [str(place + 1) for place in range(len(units))]
        key = explain_numbers([_say(unit) for unit in units], look, unplaced=lost)
        return [number_markers(points, numbers, look, colors=colors), *key]
    texts = [f"<b>{plain(u.name)}</b>" if u.own else plain(u.name) for u in units]
    marker = {
        "symbol": ["diamond" if unit.own else "circle" for unit in units],
        "size": [14 if unit.own else 10 for unit in units],
        "color": colors,
        "opacity": 1,
        "line": {"color": look.paper, "width": 1},
    }
    named: Spec = {
        "type": "scatter",
        "mode": "markers+text",
        "x": [x for x, _ in points],
        "y": [y for _, y in points],
        "text": texts,
        "textposition": sides,
        "textfont": {"size": look.size, "color": look.ink},
        "marker": marker,
        "hoverinfo": "text",
        "hovertext": [plain(_say(unit)) for unit in units],
        "showlegend": False,
        "cliponaxis": False,
    }
    return [named, *explain_numbers((), look, unplaced=lost)]


def _to_pixels(
    point: tuple[float, float],
    ranges: tuple[list[float], list[float]],
    plot: tuple[float, float],
) -> tuple[float, float]:
    shares = [
        (value - low) / (high - low) for value, (low, high) in zip(point, ranges, strict=True)
    ]
    return shares[0] * plot[0], shares[1] * plot[1]


def _draw_middles(data: ChangeData, look: Look) -> list[Spec]:
    line = {"color": look.muted, "width": 1.4, "dash": "dash"}
    upright = {"x0": data.level_middle, "x1": data.level_middle, "y0": 0, "y1": 1}
    level = {"y0": data.change_middle, "y1": data.change_middle, "x0": 0, "x1": 1}
    return [
        {"type": "line", "xref": "x", "yref": "paper", "line": line, **upright},
        {"type": "line", "xref": "paper", "yref": "y", "line": line, **level},
    ]


def _name_quarters(words: Words, look: Look) -> list[Spec]:
    """What a quarter means, in its outer corner."""
    notes = []
    font = {"size": look.size, "color": look.muted}
    for word, x, y in QUARTERS:
        if not words.get(word):
            continue
        anchor = {
            "xref": "paper",
            "yref": "paper",
            "xanchor": "right" if x else "left",
            "yanchor": "top" if y else "bottom",
            "align": "right" if x else "left",
        }
        notes.append(note(wrap(words[word], 26), x, y, look, font=font, **anchor))
    return notes
