"""Causes on the left, the problem in the middle, effects on the right, and who can solve it.

The cause–effect drawing of a leaders' meeting (002). Boxes are joined by lines; who solves a branch
is said in words beside its effect, never by colour alone.
"""

from __future__ import annotations

from dataclasses import dataclass

from sedp_helpers.present.charts.canvas import Spec, Words, draw_nothing, hide_axis, lay_out, note
from sedp_helpers.present.charts.texts import LINE, count_lines, wrap
from sedp_helpers.present.theme import Look, mix

COLUMNS = ((0.0, 0.3), (0.355, 0.645), (0.7, 1.0))  # cause, problem, effect: left and right edge
LETTERS, LINES = 23, 4
GAP, HEAD = 0.12, 26  # share of a branch between its boxes; px of the heads


@dataclass(frozen=True)
class Branch:
    """One cause with its effect; ``solved`` says in words who can solve it."""

    cause: str
    effect: str
    solved: str = ""


@dataclass(frozen=True)
class Trunk:
    problem: str
    branches: tuple[Branch, ...]


@dataclass(frozen=True)
class TreeData:
    trunks: tuple[Trunk, ...]


def draw_tree(data: TreeData, words: Words, look: Look) -> Spec:
    """Words: no_data, cause, problem, effect (heads of the three columns)."""
    count = sum(len(trunk.branches) for trunk in data.trunks)
    if not count:
        return draw_nothing(words, look)
    row = round(_count_lines(data) * look.size * LINE / (1 - GAP)) + 14
    layout = lay_out(
        look,
        height=HEAD + row * count + 12,
        margin={"l": 8, "r": 8, "t": HEAD, "b": 8},
        xaxis=hide_axis(range=[0, 1]),
        yaxis=hide_axis(range=[count, 0]),
    )
    top = 0
    for trunk in data.trunks:
        _draw_trunk(layout, trunk, top, look)
        top += len(trunk.branches)
    for name, column in zip(("cause", "problem", "effect"), COLUMNS):
        font = {"size": look.size, "color": look.muted}
        layout["annotations"].append(note(wrap(words[name], LETTERS, lines=1), _middle(column), 0,
                                          look, font=font, yanchor="bottom", yshift=4))
    empty = {"type": "scatter", "mode": "markers", "x": [0.5], "y": [count / 2],
             "marker": {"opacity": 0}, "hoverinfo": "skip", "showlegend": False}
    return {"data": [empty], "layout": layout}


def _count_lines(data: TreeData) -> int:
    """Lines of the fullest box."""
    branches = [branch for trunk in data.trunks for branch in trunk.branches]
    texts = [*(trunk.problem for trunk in data.trunks), *(branch.cause for branch in branches)]
    return max(*(count_lines(_fold(text)) for text in texts),
               *(count_lines(_fold(branch.effect, branch.solved)) for branch in branches))


def _fold(text: str, foot: str = "") -> str:
    """The text of a box in lines; who solves it in bold on the last."""
    lines = wrap(text, LETTERS, lines=LINES - bool(foot))
    return f"{lines}<br><b>{wrap(foot, LETTERS, lines=1)}</b>" if foot else lines


def _draw_trunk(layout: Spec, trunk: Trunk, top: int, look: Look) -> None:
    count = len(trunk.branches)
    middle = top + count / 2
    _box(layout, trunk.problem, COLUMNS[1], middle, look, strong=True)
    for place, branch in enumerate(trunk.branches):
        at = top + place + 0.5
        _box(layout, branch.cause, COLUMNS[0], at, look)
        _box(layout, branch.effect, COLUMNS[2], at, look, foot=branch.solved)
        _join(layout, (COLUMNS[0][1], at), (COLUMNS[1][0], middle), look)
        _join(layout, (COLUMNS[1][1], middle), (COLUMNS[2][0], at), look)


def _box(layout: Spec, text: str, column: tuple[float, float], at: float, look: Look, *,
         strong: bool = False, foot: str = "") -> None:
    half = (1 - GAP) / 2
    fill = look.accent if strong else mix(look.accent, look.paper, 0.88)
    layout["shapes"].append({
        "type": "rect", "xref": "x", "yref": "y", "x0": column[0], "x1": column[1],
        "y0": at - half, "y1": at + half, "fillcolor": fill, "layer": "below",
        "line": {"color": look.accent, "width": 1},
    })
    ink = look.paper if strong else look.ink
    layout["annotations"].append(note(_fold(text, foot), _middle(column), at, look,
                                      font={"size": look.size, "color": ink}))


def _join(layout: Spec, start: tuple[float, float], end: tuple[float, float], look: Look) -> None:
    layout["shapes"].append({
        "type": "line", "xref": "x", "yref": "y", "x0": start[0], "y0": start[1], "x1": end[0],
        "y1": end[1], "line": {"color": look.muted, "width": 1.5},
    })


def _middle(column: tuple[float, float]) -> float:
    return (column[0] + column[1]) / 2
