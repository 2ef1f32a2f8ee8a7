"""Two numbers of the same thing, joined: before and after, plan and fact, ours and the norm."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sedp_helpers.present.charts.canvas import (
    Spec,
    Words,
    draw_nothing,
    lay_out,
    measure_rows,
    name_rows,
    note,
    note_unit,
    number_axis,
)
from sedp_helpers.present.charts.texts import clean, measure_text, pad_range, plain, present, wrap
from sedp_helpers.present.theme import Look

ROW_PX = 27
EDGES = 28  # px at both sides of the names and the plot
TO_NUMBER = 12  # px from the middle of a dot to its number and behind it


@dataclass(frozen=True)
class DotRow:
    """One thing; a missing number has its word as label."""

    name: str
    first: float | None
    second: float | None
    first_label: str
    second_label: str


@dataclass(frozen=True)
class DotsData:
    rows: tuple[DotRow, ...]


def draw_dots(data: DotsData, words: Words, look: Look) -> Spec:
    """How far apart two numbers are. Words: no_data, unit, first, second."""
    numbers = present([number for row in data.rows for number in (row.first, row.second)])
    if not numbers:
        return draw_nothing(words, look)
    texts = [plain(text) for row in data.rows for text in (row.first_label, row.second_label)]
    names = name_rows([row.name for row in data.rows], look, per_row=ROW_PX)
    room = max(measure_text(text, look) for text in texts) + TO_NUMBER
    plot = look.width - EDGES - max(measure_text(text, look) for text in names["ticktext"])
    pad = room / max(plot - 2 * room, room)  # so that it is as wide after the range has grown
    spread = pad_range(numbers, zero=False, pad=pad)
    places = names["tickvals"]
    traces = [
        _draw_links(data, places, look),
        *(_draw_ends(data, end, places, words, look) for end in (0, 1)),
    ]
    layout = lay_out(
        look,
        height=measure_rows(names, per_row=ROW_PX),
        legend_for=traces,
        annotations=note_unit(words, look) + _note_missing(data, places, spread, look),
        xaxis=number_axis(look, range=spread),
        yaxis=names,
    )
    return {"data": traces, "layout": layout}


def _draw_links(data: DotsData, places: Sequence[float], look: Look) -> Spec:
    xs: list[float | None] = []
    ys: list[float | None] = []
    for place, row in zip(places, data.rows):
        ends = clean((row.first, row.second))
        if None not in ends:
            xs += [*ends, None]
            ys += [place, place, None]
    line = {"color": look.style(7).color, "width": 3}
    trace = {"type": "scatter", "mode": "lines", "x": xs, "y": ys, "connectgaps": False}
    return trace | {"line": line, "hoverinfo": "skip", "showlegend": False}


def _draw_ends(data: DotsData, end: int, places: Sequence[float], words: Words, look: Look) -> Spec:
    """The dots of one side, open for the first and filled for the second, numbers outwards."""
    color = look.style(1 - end).color
    symbol = ("circle-open", "circle")[end]
    values = clean([(row.first, row.second)[end] for row in data.rows])
    texts = [plain((row.first_label, row.second_label)[end]) for row in data.rows]
    others = clean([(row.second, row.first)[end] for row in data.rows])
    sides = [
        "middle left" if _stands_left(value, other, end) else "middle right"
        for value, other in zip(values, others, strict=True)
    ]
    return {
        "type": "scatter",
        "mode": "markers+text",
        "name": wrap(words[("first", "second")[end]], 34),
        "x": values,
        "y": list(places),
        "text": [f"\u00a0{text}\u00a0" for text in texts],
        "textposition": sides,
        "textfont": {"size": look.size, "color": look.ink},
        "marker": {"symbol": symbol, "size": 12, "color": color, "line": {"width": 2.5}},
        "hoverinfo": "text",
        "hovertext": texts,
        "showlegend": True,
        "cliponaxis": False,
    }


def _stands_left(value: float | None, other: float | None, end: int) -> bool:
    if value is None or other is None:
        return False
    return value < other or (value == other and end == 0)


def _note_missing(
    data: DotsData, places: Sequence[float], spread: list[float], look: Look
) -> list[Spec]:
    """The word for a missing number, at the left edge for the first, right for the second."""
    font = {"size": look.size, "color": look.muted}
    notes = []
    for place, row in zip(places, data.rows):
        ends = zip(clean((row.first, row.second)), (row.first_label, row.second_label), strict=True)
        for (value, label), at, side in zip(ends, spread, ("left", "right"), strict=True):
            if value is None and label:
                notes.append(note(plain(label), at, place, look, font=font, xanchor=side))
    return notes
