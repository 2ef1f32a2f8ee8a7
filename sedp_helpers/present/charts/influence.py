"""Institutions around the residents: the closer, the better the tie; the larger, the weightier.

The Venn diagram of a village meeting as a drawing. A bond that is disputed is dashed; nobody is
left out because a tie is weak.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import cos, pi, sin

from sedp_helpers.present.charts.canvas import Spec, Words, draw_nothing, hide_axis, lay_out, note
from sedp_helpers.present.charts.texts import plain, wrap
from sedp_helpers.present.theme import Look, mix

DISTANCE = {"strong": 0.54, "weak": 0.72, "conflict": 0.72, "none": 0.95}
DASHES = {"strong": "solid", "weak": "dot", "conflict": "dash"}
HEIGHT = 340


@dataclass(frozen=True)
class Body:
    """``importance`` 1–5 or missing; ``relation`` strong, weak, conflict or none; ``links`` are
    places of other bodies in the list."""

    name: str
    importance: float | None
    relation: str
    label: str = ""
    links: tuple[int, ...] = ()


@dataclass(frozen=True)
class InfluenceData:
    bodies: tuple[Body, ...]


def draw_influence(data: InfluenceData, words: Words, look: Look) -> Spec:
    """Who matters to people and how close they are. Words: no_data, centre."""
    if not any(body.relation for body in data.bodies):
        return draw_nothing(words, look)
    places = place_bodies(data.bodies)
    traces = [_draw_ties(data, places, kind, look) for kind in DASHES]
    traces += [_draw_links(data, places, look), _draw_bodies(data, places, look)]
    layout = lay_out(
        look,
        height=HEIGHT,
        margin={"l": 8, "r": 8, "t": 8, "b": 8},
        xaxis=hide_axis(range=[-1.5, 1.5]),
        yaxis=hide_axis(range=[-1.22, 1.22]),
    )
    layout["annotations"] = _print_names(data, places, words, look)
    return {"data": traces, "layout": layout}


def place_bodies(bodies: tuple[Body, ...]) -> list[tuple[float, float]]:
    """A place on the circle for each body, by its tie.

    >>> [round(x, 2) for x, _ in place_bodies((Body("a", 3, "strong"), Body("b", 3, "none")))]
    [0.0, 0.0]
    """
    places = []
    for number, body in enumerate(bodies):
        angle = pi / 2 - 2 * pi * number / len(bodies)
        radius = DISTANCE.get(body.relation, DISTANCE["none"])
        places.append((1.25 * radius * cos(angle), radius * sin(angle)))
    return places


def _draw_ties(
    data: InfluenceData, places: list[tuple[float, float]], kind: str, look: Look
) -> Spec:
    ends = [place for body, place in zip(data.bodies, places) if body.relation == kind]
    line = {"color": look.muted, "width": 3 if kind == "strong" else 2, "dash": DASHES[kind]}
    return _draw_lines([((0.0, 0.0), end) for end in ends], line)


def _draw_links(data: InfluenceData, places: list[tuple[float, float]], look: Look) -> Spec:
    pairs = [(places[i], places[j]) for i, body in enumerate(data.bodies) for j in body.links]
    return _draw_lines(pairs, {"color": look.accent, "width": 1.5})


def _draw_lines(pairs: list[tuple[tuple[float, float], tuple[float, float]]], line: Spec) -> Spec:
    xs: list[float | None] = []
    ys: list[float | None] = []
    for (x0, y0), (x1, y1) in pairs:
        xs += [x0, x1, None]
        ys += [y0, y1, None]
    trace = {"type": "scatter", "mode": "lines", "x": xs, "y": ys, "line": line}
    return trace | {"hoverinfo": "skip", "showlegend": False}


def _draw_bodies(data: InfluenceData, places: list[tuple[float, float]], look: Look) -> Spec:
    sizes = [18 + 7 * (body.importance or 1) for body in data.bodies]
    fill = mix(look.accent, look.paper, 0.55)
    return {
        "type": "scatter",
        "mode": "markers",
        "x": [0.0, *(x for x, _ in places)],
        "y": [0.0, *(y for _, y in places)],
        "marker": {
            "size": [96, *sizes],
            "color": [look.high, *([fill] * len(places))],
            "line": {"color": look.accent, "width": 1.5},
            "opacity": 1,
        },
        "hoverinfo": "skip",
        "showlegend": False,
        "cliponaxis": False,
    }


def _print_names(
    data: InfluenceData, places: list[tuple[float, float]], words: Words, look: Look
) -> list[Spec]:
    centre = {"font": {"size": look.size, "color": look.paper}}
    notes = [note(wrap(words["centre"], 10), 0, 0, look, **centre)]
    for body, (x, y) in zip(data.bodies, places):
        up = y >= -0.02
        shift = 14 + 3.5 * (body.importance or 1)
        text = f"{wrap(body.name, 24, lines=2)}<br>{plain(body.label)}"
        notes.append(note(text, x, y, look, yanchor="bottom" if up else "top",
                          yshift=shift if up else -shift, bgcolor=look.paper))
    return notes
