"""What residents put on the map: a row a village, a sign a resource, its name and state below.

The drawing of the mapping method without a map: the kind is told by the shape of the sign, the
state by how full it is and, where it is not good, in words; nothing by colour alone.
"""

from __future__ import annotations

from dataclasses import dataclass

from sedp_helpers.present.charts.canvas import Spec, Words, draw_nothing, hide_axis, lay_out, note
from sedp_helpers.present.charts.texts import LETTER, plain, wrap
from sedp_helpers.present.theme import Look, mix

SIGNS = ("circle", "square", "diamond", "triangle-up", "cross", "star", "hexagon",
         "triangle-down", "pentagon", "x")
FULL = {"good": 0.0, "fair": 0.55, "poor": 1.0}  # share of paper in the ink of a sign
PER_ROW = 3
VILLAGE = 0.6  # width of the village's box in places
ROW, EDGE = 84, 12  # px


@dataclass(frozen=True)
class Resource:
    """``kind`` is a place in the list of kinds; ``state`` good, fair, poor or empty, ``said`` its
    word where a reader must know it."""

    name: str
    kind: int
    state: str = ""
    said: str = ""


@dataclass(frozen=True)
class Settlement:
    name: str
    resources: tuple[Resource, ...]


@dataclass(frozen=True)
class ResourcesData:
    settlements: tuple[Settlement, ...]
    kinds: tuple[str, ...]


def draw_resources(data: ResourcesData, words: Words, look: Look) -> Spec:
    """What there is and where. Words: no_data."""
    placed, bands = _place(data)
    if not placed:
        return draw_nothing(words, look)
    count = sum(rows for _, rows in bands)
    traces = [trace for kind in range(len(data.kinds))
              if (trace := _draw_kind(data, kind, placed, look))]
    layout = lay_out(
        look,
        height=ROW * count + 2 * EDGE,
        legend_for=traces,
        xaxis=hide_axis(range=[-0.02, VILLAGE + PER_ROW + 0.08]),
        yaxis=hide_axis(range=[count, 0]),
    )
    below = layout["margin"]["b"] - 46
    layout["margin"] = {"l": 8, "r": 8, "t": EDGE, "b": EDGE + below}
    _draw_villages(layout, bands, look)
    letters = _count_letters(1, look)
    for one, x, y in placed:
        said = f"<br>{plain(one.said)}" if one.said else ""
        layout["annotations"].append(note(f"{wrap(one.name, letters, lines=2)}{said}", x, y, look,
                                          yanchor="top", yshift=-12))
    return {"data": traces, "layout": layout}


def _place(
    data: ResourcesData,
) -> tuple[list[tuple[Resource, float, float]], list[tuple[str, int]]]:
    """Every resource with its place, and every village with how many rows it takes."""
    placed, bands, top = [], [], 0
    for settlement in data.settlements:
        if not settlement.resources:
            continue
        for number, one in enumerate(settlement.resources):
            row, column = divmod(number, PER_ROW)
            placed.append((one, VILLAGE + column + 0.54, top + row + 0.2))
        rows = -(-len(settlement.resources) // PER_ROW)
        bands.append((settlement.name, rows))
        top += rows
    return placed, bands


def _draw_villages(layout: Spec, bands: list[tuple[str, int]], look: Look) -> None:
    """The box with the name of each village, and a thin line between two of them."""
    top = 0
    for name, rows in bands:
        box = {"type": "rect", "xref": "x", "yref": "y", "x0": 0, "x1": VILLAGE, "y0": top + 0.06,
               "y1": top + rows - 0.06, "fillcolor": look.accent, "layer": "below",
               "line": {"color": look.accent, "width": 1}}
        layout["shapes"].append(box)
        letters = _count_letters(VILLAGE, look) - 1
        font = {"size": look.size, "color": look.paper}
        layout["annotations"].append(note(wrap(name, letters, lines=4), VILLAGE / 2,
                                          top + rows / 2, look, font=font))
        top += rows
        line = {"color": look.grid, "width": 1}
        layout["shapes"].append({"type": "line", "xref": "x", "yref": "y", "x0": 0, "y0": top,
                                 "x1": VILLAGE + PER_ROW, "y1": top, "line": line})


def _count_letters(share: float, look: Look) -> int:
    """Letters of a line in so many places of the row."""
    return int(share * look.width / (VILLAGE + PER_ROW) / (look.size * LETTER))


def _draw_kind(
    data: ResourcesData, kind: int, placed: list[tuple[Resource, float, float]], look: Look
) -> Spec | None:
    mine = [(one, x, y) for one, x, y in placed if one.kind == kind]
    if not mine:
        return None
    tones = [mix(look.high, look.paper, FULL.get(one.state, FULL["fair"])) for one, _, _ in mine]
    return {
        "type": "scatter",
        "mode": "markers",
        "name": plain(data.kinds[kind]),
        "x": [x for _, x, _ in mine],
        "y": [y for _, _, y in mine],
        "marker": {"symbol": SIGNS[kind % len(SIGNS)], "size": 18, "color": tones,
                   "line": {"color": look.high, "width": 2}, "opacity": 1},
        "hoverinfo": "skip",
        "showlegend": True,
        "cliponaxis": False,
    }
