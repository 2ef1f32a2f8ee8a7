"""The paper that every chart kind draws on: axes, notes, filled shapes and the layout.

A figure is a plain dictionary that plotly understands; only scatter, bar and heatmap traces exist
in the bundle that shows it. Texts given to these functions are already ``plain`` or ``wrap``ped.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from sedp_helpers.present.charts.texts import LETTER, LINE, count_lines, measure_text, plain, wrap
from sedp_helpers.present.theme import Look, SeriesStyle, suggest_height

Spec = dict[str, Any]
Words = Mapping[str, str]
MOST_TALL_ROWS = 8  # rows beside which names take a third of the width; more take a half
MOST_NAME_LINES = 4
MORE_ROOM = 0.06  # of the width, for names that would be cut
FEW_THINGS = 4
MOST_UPRIGHT = 8  # columns
COLUMNS_SHARE = 0.84  # of the width of a figure that its columns take
LEGEND_KEY = 62  # px of a legend entry beside its words
PLOT_SHARE, ROWS_SHARE = 0.82, 0.5  # of a small figure that its plot takes, with names beside it
TRUE_WIDTH = 0.94  # of words to the width reckoned
PAIRED = 2  # entries of a legend side by side under a small figure


def number_axis(look: Look, **options: Any) -> Spec:
    """An axis of numbers: thin grid, the signs of the language, no line."""
    axis: Spec = {
        "showgrid": True,
        "gridcolor": look.grid,
        "gridwidth": 1,
        "zeroline": False,
        "tickformat": ",.6~f",
        "ticks": "",
        "tickfont": {"size": look.size, "color": look.muted},
        "automargin": True,
        "nticks": 4 if look.is_half else 7,
        "tickangle": 0,
        "fixedrange": True,
    }
    return axis | options


def step_whole(numbers: Sequence[float]) -> Spec:
    """Steps of one for an axis of few things that are counted: half a thing does not exist.

    >>> step_whole([0, 2]), step_whole([0.5, 2])
    ({'dtick': 1}, {})
    """
    counted = all(number == round(number) for number in numbers)
    return {"dtick": 1} if counted and max(map(abs, numbers)) <= FEW_THINGS else {}


def label_axis(texts: Sequence[str], look: Look, **options: Any) -> Spec:
    """An axis of names at 0, 1, 2 …; numeric, so that plotly guesses no dates or categories."""
    axis: Spec = {
        "tickmode": "array",
        "tickvals": list(range(len(texts))),
        "ticktext": list(texts),
        "range": [-0.6, len(texts) - 0.4],
        "tickangle": 0,
        "ticks": "",
        "showgrid": False,
        "zeroline": False,
        "tickfont": {"size": look.size, "color": look.ink},
        "automargin": True,
        "fixedrange": True,
    }
    return axis | options


def name_rows(
    names: Sequence[str],
    look: Look,
    *,
    per_row: int = 0,
    lines: int = 0,
    share: float = 0.0,
    **options: Any,
) -> Spec:
    """The left axis of horizontal kinds: the first name on top, long names in some lines or in
    ``lines``; names take ``share`` of the width where it is given.

    A row is ``per_row`` px high, and higher where its name has more lines; 0 = all are alike.
    """
    many = len(names) > MOST_TALL_ROWS
    usual = MOST_NAME_LINES if per_row else 2
    share = share or (0.45 if look.is_half else 0.48 if many else 0.3)
    texts: list[str] = []
    for room in (share, share + MORE_ROOM):  # the plot gives some of its width where names are cut
        letters = round(look.width * room / (look.size * LETTER))
        texts = [wrap(name, letters, lines=lines or usual) for name in names]
        if not any(text.endswith("…") for text in texts):
            break
    return place_rows(texts, look, per_row) | options


def place_rows(texts: Sequence[str], look: Look, per_row: int = 0) -> Spec:
    """The left axis with its rows from top to bottom, each as high as the lines of its name."""
    places: list[float] = []
    end = -0.5
    for text in texts:
        lines_px = count_lines(text) * look.size * LINE + 2
        high = max(1.0, lines_px / per_row) if per_row else 1.0
        places.append(round(end + high / 2, 3))
        end += high
    return label_axis(
        texts, look, tickvals=places, range=[round(end + 0.1, 3), -0.6], ticklabelstandoff=6
    )


def name_columns(names: Sequence[str], look: Look) -> Spec:
    """The lower axis of upright kinds: each name broken to the width of its column."""
    letters = int(look.width * COLUMNS_SHARE / len(names) / (look.size * LETTER))
    return label_axis([wrap(name, letters) for name in names], look)


def must_lie(names: Sequence[str], look: Look, *, widest_text: int = 0) -> bool:
    """Whether columns would be too many, or too narrow for a word of a name or the text above."""
    room = look.width * COLUMNS_SHARE / max(len(names), 1)
    longest = max((len(part) for name in names for part in name.split()), default=0)
    return len(names) > MOST_UPRIGHT or max(longest, widest_text) * look.size * LETTER > room


def measure_rows(axis: Spec, *, per_row: int, least: int = 170) -> int:
    """Height in px for the rows of an axis that was made for rows of ``per_row`` px."""
    return suggest_height(axis["range"][0] + 0.4, per_row=per_row, least=least)


def fit_height(axis: Spec, look: Look, *, per_row: int, least: int = 180) -> int:
    """Height in px for rows that are all alike, with room for names of several lines."""
    names = axis["ticktext"]
    lines = max(map(count_lines, names), default=1)
    return suggest_height(
        len(names), per_row=max(per_row, round(lines * look.size * LINE + 4)), least=least
    )


def hide_axis(**options: Any) -> Spec:
    return {"visible": False, "fixedrange": True} | options


def note(text: str, x: float, y: float, look: Look, **options: Any) -> Spec:
    """A piece of text at a place of the data; ``text`` is already plain."""
    item: Spec = {
        "text": text,
        "x": x,
        "y": y,
        "showarrow": False,
        "font": {"size": look.size, "color": look.ink},
    }
    return item | options


def note_unit(words: Words, look: Look) -> list[Spec]:
    """The unit, level and above the axis of values, where it is read first."""
    if not words.get("unit"):
        return []
    place = {"xref": "paper", "yref": "paper", "xanchor": "left", "yanchor": "bottom", "yshift": 8}
    font = {"size": look.size, "color": look.muted}
    return [note(plain(words["unit"]), 0, 1, look, font=font, **place)]


def upright_line(at: float, look: Look, **line: Any) -> Spec:
    """A thin line over the whole height of the plot."""
    style = {"color": look.muted, "width": 1.2, "dash": "dot"} | line
    return {
        "type": "line",
        "xref": "x",
        "yref": "paper",
        "x0": at,
        "x1": at,
        "y0": 0,
        "y1": 1,
        "line": style,
    }


def lay_out(look: Look, *, height: int, **parts: Any) -> Spec:
    """The layout all figures share; it has no title: the caption holds the finding."""
    named = [trace["name"] for trace in parts.pop("legend_for", ()) if trace.get("showlegend")]
    columns = _count_columns(named, parts.get("yaxis", {}), look)
    room = _measure_legend(named, columns, look)
    margin = {"l": 6 if look.is_half else 12, "r": 16, "t": 34, "b": 46 + room}
    margin |= parts.pop("margin", {})
    layout: Spec = {
        "height": height + room,
        "paper_bgcolor": look.paper,
        "plot_bgcolor": look.paper,
        "font": {"family": look.font, "size": look.size, "color": look.ink},
        "separators": look.separators,
        "margin": margin,
        "showlegend": bool(named),
        "hovermode": "closest",
        "dragmode": False,
        "annotations": [],
        "shapes": [],
        "legend": {
            "orientation": "h",
            "x": 0,
            "xanchor": "left",
            "xref": "container",
            "y": 0,
            "yanchor": "bottom",
            "yref": "container",
            "font": {"size": look.size},
            "itemclick": False,
            "itemdoubleclick": False,
            "traceorder": "normal",
        },
    }
    if look.is_half and columns == PAIRED:
        layout["legend"] |= {"entrywidthmode": "fraction", "entrywidth": 1 / PAIRED}
    return layout | parts


def _count_columns(names: Sequence[str], axis: Spec, look: Look) -> int:
    """Columns of the legend; plotly sets its entries in equal ones, as wide as the plot."""
    widest = max((measure_text(name, look) for name in names), default=0)
    if not look.is_half:
        return max(1, int((look.width - 20) // (widest + LEGEND_KEY)))
    low, high = axis.get("range", (0, 1))
    share = ROWS_SHARE if low > high else PLOT_SHARE
    return min(PAIRED, max(1, int(look.width * share // (widest * TRUE_WIDTH + 45))))


def _measure_legend(names: Sequence[str], columns: int, look: Look) -> int:
    """Height in px that the legend takes under the plot."""
    if not names:
        return 0
    rows = [names[i : i + columns] for i in range(0, len(names), columns)]
    lines = sum(max(count_lines(name) for name in row) for row in rows)
    return round(lines * look.size * LINE + 4 * len(rows)) + 8


def draw_nothing(words: Words, look: Look) -> Spec:
    """The figure of data that do not exist: a sentence instead of an empty grid."""
    text = wrap(words["no_data"], 60, lines=5)
    centre = note(text, 0.5, 0.5, look, xref="paper", yref="paper")
    layout = lay_out(look, height=160, annotations=[centre], xaxis=hide_axis(), yaxis=hide_axis())
    return {"data": [], "layout": layout}


def hatch(style: SeriesStyle, look: Look) -> Spec:
    """The colour of a bar with its hatching, which keeps it apart in grey."""
    marker: Spec = {"color": style.color, "line": {"color": look.paper, "width": 1}}
    if not style.pattern:
        return marker
    pattern = {"shape": style.pattern, "fillmode": "overlay", "fgcolor": look.paper}
    return marker | {"pattern": pattern | {"fgopacity": 0.75, "size": 8, "solidity": 0.18}}


def trace_area(xs: Sequence[float | None], ys: Sequence[float | None], **options: Any) -> Spec:
    """A filled shape drawn as a closed scatter line."""
    trace: Spec = {
        "type": "scatter",
        "mode": "lines",
        "x": list(xs),
        "y": list(ys),
        "fill": "toself",
        "line": {"width": 0},
        "hoverinfo": "skip",
        "showlegend": False,
    }
    return trace | options
