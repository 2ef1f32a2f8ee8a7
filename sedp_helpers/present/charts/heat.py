"""A table of tones: indicators against units, every cell with its printed number.

Tone is never the only sign: the number stands in each cell, in letters that stand off its tone.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeVar

from sedp_helpers.present.charts.canvas import (
    Spec,
    Words,
    draw_nothing,
    fit_height,
    label_axis,
    lay_out,
    name_rows,
)
from sedp_helpers.present.charts.texts import (
    LETTER,
    LINE,
    check_lengths,
    clean,
    count_lines,
    measure_text,
    plain,
    present,
    wrap,
)
from sedp_helpers.present.theme import Look, choose_ink, mix

MOST_COLUMNS = 10
NAME_LINES = 4  # of an indicator with its item; a name that is cut says nothing
UPRIGHT_NAMES = 0.36  # of the width for the names of the rows where the scale stands above them
UPRIGHT_PX = 9  # of a letter of an upright head
SCALE_SHARE = 0.6  # of the width of the names
LEAST_ROW, SCALE_PAD = 34, 28  # px
EDGE = (12, 16)  # px above upright heads and under the cells
T = TypeVar("T")


@dataclass(frozen=True)
class HeatData:
    """``values[row][column]`` set the tone; with ``by_row`` each row has its own scale, since
    its unit is its own. ``labels`` are the printed numbers, or the sign of a gap. ``beyond``: (row,
    column) of figures that are asked about; they stand at the end of the scale, never set it.
    ``upright``: the heads are names too long for their columns and stand on end."""

    rows: tuple[str, ...]
    columns: tuple[str, ...]
    values: tuple[tuple[float | None, ...], ...]
    labels: tuple[tuple[str, ...], ...]
    by_row: bool = True
    beyond: frozenset[tuple[int, int]] = frozenset()
    upright: bool = False


def draw_heat(data: HeatData, words: Words, look: Look) -> Spec:
    """Where it is high and where low. Words: no_data, low, high."""
    check_lengths(rows=data.rows, values=data.values, labels=data.labels)
    for values, labels in zip(data.values, data.labels, strict=True):
        check_lengths(columns=data.columns, values=values, labels=labels)
    tones = scale_tones(data)
    if not any(present(row) for row in tones):
        return draw_nothing(words, look)
    if len(data.columns) > max(MOST_COLUMNS, len(data.rows)):
        tones = [list(row) for row in zip(*tones, strict=True)]
        data = HeatData(data.columns, data.rows, _turn(data.values), _turn(data.labels))
    rows = name_rows(data.rows, look, lines=NAME_LINES, range=[len(data.rows) - 0.5, -0.5],
                     share=UPRIGHT_NAMES if data.upright else 0.0)
    left = max(measure_text(name, look) for name in rows["ticktext"])
    letters = (look.width - left - 110) / len(data.columns) / (look.size * LETTER)
    heads = [wrap(name, int(letters), lines=4) for name in data.columns]
    layout = lay_out(
        look,
        height=fit_height(rows, look, per_row=28, least=220),
        xaxis=label_axis(heads, look, side="top", range=[-0.5, len(heads) - 0.5]),
        yaxis=rows,
        margin={"t": 20, "b": 16},
    )
    spec = {"data": [_draw_tones(tones, words, look), _print_cells(tones, data.labels, look)],
            "layout": layout}
    return _stand_upright(spec, data.columns, left, look) if data.upright else spec


def _stand_upright(spec: Spec, heads: tuple[str, ...], left: float, look: Look) -> Spec:
    """Heads on end and unbroken with room for them; the scale lies in the corner they leave free,
    so that the cells are as wide as they can be and a row no higher than its name."""
    layout = spec["layout"]
    layout["xaxis"] |= {"ticktext": [plain(head) for head in heads], "tickangle": -90}
    names = layout["yaxis"]["ticktext"]
    lines = max(map(count_lines, names), default=1)
    room = UPRIGHT_PX * max(map(len, heads)) + EDGE[0]
    row = max(LEAST_ROW, round(lines * look.size * LINE + 4))
    layout["height"] = room + EDGE[1] + row * len(names)
    layout["margin"] = {**layout["margin"], "t": room, "b": EDGE[1], "r": 12}
    spec["data"][0]["colorbar"] |= {
        "orientation": "h", "x": 0, "xanchor": "right", "xpad": SCALE_PAD,
        "y": 1, "yanchor": "bottom", "ypad": 6,
        "lenmode": "pixels", "len": round(left * SCALE_SHARE)}
    return spec


def _turn(table: tuple[tuple[T, ...], ...]) -> tuple[tuple[T, ...], ...]:
    return tuple(zip(*table, strict=True))


def scale_tones(data: HeatData) -> list[list[float | None]]:
    """Tones 0–1 between the lowest and the highest number of the row, or of the table."""
    usual = [present([None if (y, x) in data.beyond else value for x, value in enumerate(row)])
             for y, row in enumerate(data.values)]
    every = [value for row in usual for value in row]
    toned = []
    for row, mine in zip(data.values, usual, strict=True):
        known = mine if data.by_row else every
        low, span = (min(known), max(known) - min(known)) if known else (0.0, 0.0)
        toned.append([None if v is None else min(max((v - low) / span, 0.0), 1.0) if span else 0.5
                      for v in clean(row)])
    return toned


def _draw_tones(tones: list[list[float | None]], words: Words, look: Look) -> Spec:
    ends = [plain(words["low"]), plain(words["high"])]
    bar = {
        "tickmode": "array",
        "tickvals": [0, 1],
        "ticktext": ends,
        "tickfont": {"size": look.size, "color": look.ink},
        "thickness": 12,
        "outlinewidth": 0,
        "len": 1,
        "ypad": 0,
    }
    return {
        "type": "heatmap",
        "z": tones,
        "zmin": 0,
        "zmax": 1,
        "xgap": 2,
        "ygap": 2,
        "colorscale": [[0, look.low], [1, look.high]],
        "colorbar": bar,
        "hoverinfo": "skip",
        "hoverongaps": False,
    }


def _print_cells(
    tones: list[list[float | None]], labels: tuple[tuple[str, ...], ...], look: Look
) -> Spec:
    cells = [(x, y, tone) for y, row in enumerate(tones) for x, tone in enumerate(row)]
    inks = [
        look.muted if tone is None else choose_ink(mix(look.low, look.high, tone), look)
        for _, _, tone in cells
    ]
    return {
        "type": "scatter",
        "mode": "text",
        "x": [x for x, _, _ in cells],
        "y": [y for _, y, _ in cells],
        "text": [plain(label) for row in labels for label in row],
        "textfont": {"size": look.size, "color": inks},
        "hoverinfo": "skip",
        "showlegend": False,
    }
