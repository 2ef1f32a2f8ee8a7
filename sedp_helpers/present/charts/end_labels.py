"""Names written at the ends of lines instead of in a legend, pushed apart so that none overlap."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sedp_helpers.present.charts.canvas import Spec, note
from sedp_helpers.present.charts.texts import LINE, count_lines
from sedp_helpers.present.theme import Look, darken_for_text


@dataclass(frozen=True)
class EndLabel:
    """``text`` is already plain; x and y are the end of the line."""

    x: float
    y: float
    text: str
    color: str


def spread_places(wanted: Sequence[float], sizes: Sequence[float], room: float) -> list[float]:
    """Places in 0 … room as near to the wanted ones as blocks of these sizes can stand apart.

    >>> spread_places([10, 12, 50], [20, 20, 20], 90)
    [10.0, 30.0, 50.0]
    """
    order = sorted(range(len(wanted)), key=lambda i: wanted[i])
    groups: list[tuple[list[int], float]] = []  # members and their common middle
    for index in order:
        groups.append(_settle([index], wanted, sizes, room))
        while len(groups) > 1 and _touch(groups[-2], groups[-1], sizes):
            upper, lower = groups.pop(), groups.pop()
            groups.append(_settle(lower[0] + upper[0], wanted, sizes, room))
    places = [0.0] * len(wanted)
    for members, middle in groups:
        edge = middle - sum(sizes[i] for i in members) / 2
        for index in members:
            places[index] = round(edge + sizes[index] / 2, 3)
            edge += sizes[index]
    return places


def _touch(
    lower: tuple[list[int], float], upper: tuple[list[int], float], sizes: Sequence[float]
) -> bool:
    halves = (sum(sizes[i] for i in members) / 2 for members in (lower[0], upper[0]))
    return upper[1] - lower[1] < sum(halves)


def _settle(
    members: list[int], wanted: Sequence[float], sizes: Sequence[float], room: float
) -> tuple[list[int], float]:
    """Blocks that stand together, and their middle: the mean wish, kept inside the room."""
    half = sum(sizes[i] for i in members) / 2
    middle = sum(wanted[i] for i in members) / len(members)
    return members, max(half, min(room - half, middle))


def note_ends(
    ends: Sequence[EndLabel], *, spread: Sequence[float], plot_px: float, look: Look
) -> list[Spec]:
    """One note per line end, right of the plot, level with the end or as near as there is room."""
    per_px = (spread[1] - spread[0]) / plot_px
    sizes = [count_lines(end.text) * look.size * LINE + 3 for end in ends]
    places = spread_places([(end.y - spread[0]) / per_px for end in ends], sizes, plot_px)
    notes = []
    for end, place in zip(ends, places, strict=True):
        font = {"size": look.size, "color": darken_for_text(end.color, look)}
        notes.append(
            note(
                end.text,
                1,
                place / plot_px,
                look,
                xref="paper",
                yref="paper",
                xanchor="left",
                yanchor="middle",
                align="left",
                xshift=4,
                font=font,
            )
        )
    return notes
