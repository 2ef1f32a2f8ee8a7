"""The risk matrix: how likely against how costly, risks as numbers with a key.

Risks at the same place share a marker. A risk without probability or impact cannot be placed; it
is listed below, never put at zero.
"""

from __future__ import annotations

from dataclasses import dataclass

from sedp_helpers.errors import SedpError
from sedp_helpers.present.charts.canvas import (
    Spec,
    Words,
    draw_nothing,
    lay_out,
    note_unit,
    number_axis,
)
from sedp_helpers.present.charts.point_names import explain_numbers, number_markers
from sedp_helpers.present.charts.texts import is_missing, plain
from sedp_helpers.present.theme import Look, mix

HEIGHT = 250
NEAR = 0.055  # share of the axis within which two markers would cover each other


@dataclass(frozen=True)
class Risk:
    """``probability`` 0–1, ``impact`` in the unit of the axis; ``label`` prints both."""

    name: str
    probability: float | None
    impact: float | None
    label: str


@dataclass(frozen=True)
class MatrixData:
    """Cuts part low, middle and high; two for each axis."""

    risks: tuple[Risk, ...]
    impact_cuts: tuple[float, float]
    probability_cuts: tuple[float, float] = (1 / 3, 2 / 3)


def draw_matrix(data: MatrixData, words: Words, look: Look) -> Spec:
    """What to guard against first. Words: no_data, probability, impact."""
    placed = [r for r in data.risks if not is_missing(r.probability) and not is_missing(r.impact)]
    if not placed:
        return draw_nothing(words, look)
    placed.sort(key=lambda risk: -(risk.probability or 0.0) * (risk.impact or 0.0))
    unplaced = [risk for risk in data.risks if risk not in placed]
    top = 1.12 * max([*(risk.impact or 0.0 for risk in placed), data.impact_cuts[1] * 1.2])
    points, numbers = _join_near([(r.probability or 0.0, r.impact or 0.0) for r in placed], top)
    traces = [
        _draw_cells(data, top, look),
        number_markers(points, numbers, look, colors=[look.style(4).color] * len(points)),
        *explain_numbers(
            [_say(risk) for risk in placed], look, unplaced=[_say(risk) for risk in unplaced]
        ),
    ]
    title = {"text": plain(words["probability"]), "font": {"size": look.size, "color": look.ink}}
    layout = lay_out(
        look,
        height=HEIGHT,
        legend_for=traces,
        xaxis=number_axis(look, range=[0, 1], showgrid=False, title=title),
        yaxis=number_axis(look, range=[0, top], showgrid=False),
        annotations=note_unit({"unit": words["impact"]}, look),
    )
    layout["margin"]["b"] += 22
    layout["height"] += 22
    return {"data": traces, "layout": layout}


def _say(risk: Risk) -> str:
    return f"{risk.name}: {risk.label}" if risk.label else risk.name


def _draw_cells(data: MatrixData, top: float, look: Look) -> Spec:
    """Nine cells, the darker the more urgent; the tones stay light under the markers."""
    edges = [0.0, *data.probability_cuts, 1.0], [0.0, *data.impact_cuts, top]
    if any(list(side) != sorted(set(side)) for side in edges):
        raise SedpError(f"the cuts of a risk matrix must rise: {edges}")
    return {
        "type": "heatmap",
        "x": edges[0],
        "y": edges[1],
        "z": [[(row + column) / 4 for column in range(3)] for row in range(3)],
        "zmin": 0,
        "zmax": 1,
        "xgap": 2,
        "ygap": 2,
        "colorscale": [[0, look.low], [1, mix(look.low, look.style(1).color, 0.75)]],
        "showscale": False,
        "hoverinfo": "skip",
    }


def _join_near(
    points: list[tuple[float, float]], top: float
) -> tuple[list[tuple[float, float]], list[str]]:
    """Points that would cover each other as one, with all their numbers."""
    places: list[tuple[float, float]] = []
    numbers: list[str] = []
    for number, (x, y) in enumerate(points, start=1):
        near = (
            i
            for i, (u, v) in enumerate(places)
            if abs(x - u) < NEAR and abs(y - v) / top < NEAR * 1.4
        )
        found = next(near, None)
        if found is None:
            places.append((x, y))
            numbers.append(str(number))
        else:
            numbers[found] += f", {number}"
    return places, numbers
