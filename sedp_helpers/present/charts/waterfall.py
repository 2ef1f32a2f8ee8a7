"""The way from one total to another, step by step.

Drawn as bars with a base. Totals are bars from zero as long as the steps can be seen beside them;
otherwise the axis is cut and totals become lines, since a cut bar lies about its size.
"""

from __future__ import annotations

import itertools
from dataclasses import dataclass

from sedp_helpers.present.charts.canvas import (
    Spec,
    Words,
    draw_nothing,
    hatch,
    label_axis,
    lay_out,
    note,
    note_unit,
    number_axis,
)
from sedp_helpers.present.charts.texts import (
    LETTER,
    is_missing,
    pad_range,
    plain,
    wrap,
)
from sedp_helpers.present.theme import Look

CUT_BELOW = 0.25  # share of the largest total that the steps must move to be seen from zero
HALF = 0.34  # half the width of a bar


@dataclass(frozen=True)
class Step:
    """A change, or with ``total`` a level; ``label`` is the printed number or the gap's word."""

    name: str
    value: float | None
    label: str
    total: bool = False


@dataclass(frozen=True)
class WaterfallData:
    steps: tuple[Step, ...]


@dataclass(frozen=True)
class Placed:
    """A step with the levels before and after it, unknown where a number is missing."""

    place: int
    step: Step
    before: float | None
    after: float | None


def draw_waterfall(data: WaterfallData, words: Words, look: Look) -> Spec:
    """What made it grow or shrink. Words: no_data, unit, up, down, total."""
    placed = place_steps(data.steps)
    levels = [p.after for p in placed if p.after is not None]
    if not levels:
        return draw_nothing(words, look)
    span = max(levels) - min(levels)
    cut = min(levels) > 0 and 0 < span < CUT_BELOW * max(levels)
    spread = pad_range(levels, zero=not cut, pad=0.14)
    groups = (("up", 2, False), ("down", 1, False), ("total", 4, True))
    traces = [_draw_links(placed, look)]
    for word, index, total in groups:
        rows = [p for p in placed if p.after is not None and p.step.total == total]
        if not total:
            rows = [p for p in rows if ((p.step.value or 0.0) >= 0) == (word == "up")]
        if rows:
            draw = _draw_levels if total and cut else _draw_bars
            traces.append(draw(rows, words[word], index, look))
    letters = int(look.width * 0.84 / len(placed) / (look.size * LETTER))
    layout = lay_out(
        look,
        height=290,
        legend_for=traces,
        annotations=note_unit(words, look) + _print_numbers(placed, spread, look),
        bargap=1 - 2 * HALF,
        barmode="overlay",
        xaxis=label_axis([wrap(p.step.name, letters, lines=4) for p in placed], look),
        yaxis=number_axis(look, range=spread),
    )
    return {"data": traces, "layout": layout}


def place_steps(steps: tuple[Step, ...]) -> list[Placed]:
    """The level before and after every step; after a missing one it is unknown until a total.

    >>> a, b = Step("2023", 100.0, "100", total=True), Step("төрөлгөн", 8.0, "+8")
    >>> [(p.before, p.after) for p in place_steps((a, b))]
    [(0.0, 100.0), (100.0, 108.0)]
    """
    level: float | None = 0.0
    placed = []
    for place, step in enumerate(steps):
        value = None if is_missing(step.value) else step.value
        before = 0.0 if step.total else level
        after = None if value is None or before is None else before + value
        placed.append(Placed(place, step, before if after is not None else None, after))
        level = after
    return placed


def _draw_bars(rows: list[Placed], word: str, index: int, look: Look) -> Spec:
    style = look.style(index)
    return {
        "type": "bar",
        "name": plain(word),
        "x": [p.place for p in rows],
        "y": [(p.after or 0.0) - (p.before or 0.0) for p in rows],
        "base": [p.before for p in rows],
        "width": 2 * HALF,
        "hoverinfo": "text",
        "hovertext": [plain(p.step.label) for p in rows],
        "marker": hatch(style, look),
        "showlegend": True,
    }


def _draw_levels(rows: list[Placed], word: str, index: int, look: Look) -> Spec:
    xs: list[float | None] = []
    ys: list[float | None] = []
    for p in rows:
        xs += [p.place - HALF, p.place + HALF, None]
        ys += [p.after, p.after, None]
    return {
        "type": "scatter",
        "mode": "lines",
        "name": plain(word),
        "x": xs,
        "y": ys,
        "connectgaps": False,
        "line": {"color": look.style(index).color, "width": 6},
        "hoverinfo": "skip",
        "showlegend": True,
    }


def _draw_links(placed: list[Placed], look: Look) -> Spec:
    """Thin lines that carry a level over to the next step."""
    xs: list[float | None] = []
    ys: list[float | None] = []
    for here, following in itertools.pairwise(placed):
        if here.after is not None and following.after is not None:
            xs += [here.place + HALF, following.place - HALF, None]
            ys += [here.after, here.after, None]
    line = {"color": look.muted, "width": 1.2, "dash": "dot"}
    trace = {"type": "scatter", "mode": "lines", "x": xs, "y": ys, "connectgaps": False}
    return trace | {"line": line, "hoverinfo": "skip", "showlegend": False}


def _print_numbers(placed: list[Placed], spread: list[float], look: Look) -> list[Spec]:
    """The printed number above a step, or the word for the gap at the foot of the plot."""
    notes = []
    for p in placed:
        if p.after is None or p.before is None:
            font = {"size": look.size, "color": look.muted}
            foot = note(plain(p.step.label), p.place, spread[0], look, font=font)
            notes.append(foot | {"yanchor": "bottom"})
            continue
        top = p.after if p.step.total else max(p.before, p.after)
        text = plain(p.step.label)
        notes.append(note(text, p.place, top, look, yanchor="bottom", yshift=3))
    return notes
