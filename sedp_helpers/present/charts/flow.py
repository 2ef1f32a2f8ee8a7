"""Where money comes from and what it goes to: ribbons from sources to uses.

Drawn as filled scatter shapes, since the bundle has no sankey. Widths are true to the amounts;
an unknown link is left out, never drawn as nothing.
"""

from __future__ import annotations

from dataclasses import dataclass

from sedp_helpers.present.charts.canvas import (
    Spec,
    Words,
    draw_nothing,
    hide_axis,
    lay_out,
    note,
    note_unit,
    trace_area,
)
from sedp_helpers.present.charts.end_labels import spread_places
from sedp_helpers.present.charts.texts import LINE, count_lines, is_missing, plain, wrap
from sedp_helpers.present.theme import Look, fade, suggest_height

GAP = 0.035  # air between two nodes as a share of the whole, at most
THICK = 0.03  # width of a node
MUTED = 4  # place in the palette of the dark neutral for uses
CURVE = tuple(step / 16 for step in range(17))


@dataclass(frozen=True)
class Node:
    name: str
    label: str


@dataclass(frozen=True)
class Link:
    """``source`` and ``use`` are places in the two lists of nodes."""

    source: int
    use: int
    value: float | None


@dataclass(frozen=True)
class FlowData:
    sources: tuple[Node, ...]
    uses: tuple[Node, ...]
    links: tuple[Link, ...]


@dataclass(frozen=True)
class Band:
    """A node's place on its side."""

    foot: float
    height: float


def draw_flow(data: FlowData, words: Words, look: Look) -> Spec:
    """What pays for what. Words: no_data, unit."""
    links = [link for link in data.links if not is_missing(link.value) and (link.value or 0) > 0]
    if not links:
        return draw_nothing(words, look)
    whole = sum(link.value or 0.0 for link in links)
    left = _stack(len(data.sources), [(link.source, link.value or 0.0) for link in links], whole)
    right = _stack(len(data.uses), [(link.use, link.value or 0.0) for link in links], whole)
    traces = _draw_ribbons(links, left, right, whole, look)
    traces += [_draw_node(band, 0.0, i, look) for i, band in left.items()]
    traces += [_draw_node(band, 1.0 - THICK, MUTED, look) for band in right.values()]
    rows = max(len(left), len(right))
    height = suggest_height(rows, per_row=64, least=320)
    plot_px = height - 80
    layout = lay_out(
        look,
        height=height,
        margin={"l": 200, "r": 200, "b": 20},
        xaxis=hide_axis(range=[0, 1]),
        yaxis=hide_axis(range=[0, 1]),
    )
    layout["annotations"] = [
        *note_unit(words, look),
        *_name_nodes(data.sources, left, plot_px, look, right=False),
        *_name_nodes(data.uses, right, plot_px, look, right=True),
    ]
    return {"data": traces, "layout": layout}


def _stack(count: int, amounts: list[tuple[int, float]], whole: float) -> dict[int, Band]:
    """Nodes with money from the top down in the order given, gaps shared out evenly."""
    sums = {place: sum(v for p, v in amounts if p == place) for place in range(count)}
    used = {place: total for place, total in sums.items() if total > 0}
    gap = min(GAP, 0.4 / max(len(used), 1))
    scale = 1 - gap * (len(used) - 1)
    bands, top = {}, 1.0
    for place, total in used.items():
        height = total / whole * scale
        bands[place] = Band(top - height, height)
        top -= height + gap
    return bands


def _draw_ribbons(
    links: list[Link], left: dict[int, Band], right: dict[int, Band], whole: float, look: Look
) -> list[Spec]:
    tops = {
        "left": {place: band.foot + band.height for place, band in left.items()},
        "right": {place: band.foot + band.height for place, band in right.items()},
    }
    scales = [sum(band.height for band in side.values()) / whole for side in (left, right)]
    traces = []
    for link in sorted(links, key=lambda link: (link.source, link.use)):
        value = link.value or 0.0
        start, end = tops["left"][link.source], tops["right"][link.use]
        widths = (value * scales[0], value * scales[1])
        traces.append(_draw_ribbon((start, end), widths, link.source, look))
        tops["left"][link.source] -= widths[0]
        tops["right"][link.use] -= widths[1]
    return traces


def _draw_ribbon(
    tops: tuple[float, float], widths: tuple[float, float], index: int, look: Look
) -> Spec:
    xs = [THICK + (1 - 2 * THICK) * t for t in CURVE]
    ease = [3 * t**2 - 2 * t**3 for t in CURVE]
    upper = [tops[0] + (tops[1] - tops[0]) * e for e in ease]
    feet = (tops[0] - widths[0], tops[1] - widths[1])
    lower = [feet[0] + (feet[1] - feet[0]) * e for e in ease]
    style = look.style(index)
    line = {"width": 1, "color": fade(style.color, 0.9)}
    fill = {"fillcolor": fade(style.color, 0.32), "line": line}
    return trace_area(xs + xs[::-1], upper + lower[::-1], **fill)


def _draw_node(band: Band, x: float, index: int, look: Look) -> Spec:
    xs = [x, x + THICK, x + THICK, x, x]
    ys = [band.foot, band.foot, band.foot + band.height, band.foot + band.height, band.foot]
    return trace_area(xs, ys, fillcolor=look.style(index).color)


def _name_nodes(
    nodes: tuple[Node, ...], bands: dict[int, Band], plot_px: float, look: Look, *, right: bool
) -> list[Spec]:
    texts = {
        place: f"{wrap(nodes[place].name, 20, lines=2)}<br><b>{plain(nodes[place].label)}</b>"
        for place in bands
    }
    sizes = [count_lines(text) * look.size * LINE + 2 for text in texts.values()]
    wanted = [(band.foot + band.height / 2) * plot_px for band in bands.values()]
    places = spread_places(wanted, sizes, plot_px)
    side = "left" if right else "right"
    anchor = {"xanchor": side, "align": side, "xshift": 6 if right else -6, "yanchor": "middle"}
    return [
        note(text, 1 if right else 0, place / plot_px, look, **anchor)
        for text, place in zip(texts.values(), places, strict=True)
    ]
