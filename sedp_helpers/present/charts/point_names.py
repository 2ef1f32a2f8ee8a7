"""Names beside points: on whichever side is free, or as numbers with a key where it is crowded."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sedp_helpers.present.charts.canvas import Spec
from sedp_helpers.present.charts.texts import LETTER, LINE, plain, wrap
from sedp_helpers.present.theme import Look, choose_ink

SIDES = ("middle right", "middle left", "top center", "bottom center")
REACH = 9  # px from the middle of a marker to the name beside it
RISE = 11  # px to the name above or below
Rect = tuple[float, float, float, float]  # left, foot, right, top


def find_sides(
    points: Sequence[tuple[float, float]],
    names: Sequence[str],
    room: tuple[float, float],
    look: Look,
    *,
    avoid: Sequence[Rect] = (),
) -> list[str] | None:
    """A free side for every name, points given in px within the room; None where one has none.

    >>> find_sides([(90, 50), (100, 50)], ["Ак-Суу", "Кочкор"], (300, 100), Look("ky"))
    ['middle left', 'middle right']
    """
    taken: list[Rect] = [(x - 7, y - 7, x + 7, y + 7) for x, y in points]
    sides = []
    for index, (point, name) in enumerate(zip(points, names, strict=True)):
        others = [*taken[:index], *taken[index + 1 :], *avoid]
        free = (
            (side, rect)
            for side in SIDES
            if _is_free(rect := _measure_rect(point, name, side, look), others, room)
        )
        found = next(free, None)
        if found is None:
            return None
        sides.append(found[0])
        taken.append(found[1])
    return sides


def _measure_rect(point: tuple[float, float], name: str, side: str, look: Look) -> Rect:
    x, y = point
    wide, high = len(name) * look.size * LETTER, look.size * LINE
    if side == "middle right":
        return (x + REACH, y - high / 2, x + REACH + wide, y + high / 2)
    if side == "middle left":
        return (x - REACH - wide, y - high / 2, x - REACH, y + high / 2)
    foot = y + RISE if side == "top center" else y - RISE - high
    return (x - wide / 2, foot, x + wide / 2, foot + high)


def _is_free(rect: Rect, taken: Sequence[Rect], room: tuple[float, float]) -> bool:
    if rect[0] < 0 or rect[1] < 0 or rect[2] > room[0] or rect[3] > room[1]:
        return False
    return all(
        rect[2] <= other[0] or rect[0] >= other[2] or rect[3] <= other[1] or rect[1] >= other[3]
        for other in taken
    )


def explain_numbers(
    texts: Sequence[str], look: Look, *, unplaced: Sequence[str] = ()
) -> list[Spec]:
    """Legend entries «1 name», and «– name» for those that have no place in the figure."""
    numbered = [f"<b>{place}</b>  {_fold(text, look)}" for place, text in enumerate(texts, start=1)]
    dashed = [f"–  {_fold(text, look)}" for text in unplaced]
    return [_list_in_legend(text, look) for text in (*numbered, *dashed)]


def _fold(text: str, look: Look) -> str:
    return wrap(text, round(look.width * 0.36 / (look.size * LETTER)), lines=2)


def _list_in_legend(text: str, look: Look) -> Spec:
    marker: dict[str, Any] = {"symbol": "circle", "size": 1, "color": look.paper}
    trace: Spec = {"type": "scatter", "mode": "markers", "x": [None], "y": [None]}
    return trace | {"name": text, "marker": marker, "hoverinfo": "skip", "showlegend": True}


def number_markers(
    points: Sequence[tuple[float, float]],
    numbers: Sequence[str],
    look: Look,
    *,
    colors: Sequence[str],
) -> Spec:
    """Large markers with a number inside; the key is in the legend."""
    return {
        "type": "scatter",
        "mode": "markers+text",
        "x": [point[0] for point in points],
        "y": [point[1] for point in points],
        "text": [plain(number) for number in numbers],
        "textposition": "middle center",
        "textfont": {"size": look.size, "color": [choose_ink(color, look) for color in colors]},
        "marker": {
            "opacity": 1,
            "symbol": "circle",
            "size": [max(24, 8 + len(number) * look.size * 0.5) for number in numbers],
            "color": list(colors),
            "line": {"color": look.ink, "width": 1.5},
        },
        "hoverinfo": "skip",
        "showlegend": False,
        "cliponaxis": False,
    }
