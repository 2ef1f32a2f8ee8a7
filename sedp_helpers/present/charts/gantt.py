"""When each measure runs, how far it is, and where today stands.

Positions are plain numbers (years with fractions, or days); the caller prints the dates.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from sedp_helpers.present.charts.canvas import (
    Spec,
    Words,
    draw_nothing,
    lay_out,
    measure_rows,
    note,
    number_axis,
    place_rows,
    upright_line,
)
from sedp_helpers.present.charts.texts import (
    LETTER,
    count_lines,
    is_missing,
    measure_text,
    plain,
    wrap,
)
from sedp_helpers.present.theme import Look, mix

NAME_SHARES = (0.5, 0.6)  # of the width; the second where the first makes too many lines
MOST_LINES = 42  # of all names together: a taller figure would be longer than a page
ROW_PX = 22


@dataclass(frozen=True)
class Task:
    """``done`` is 0–1 or missing; ``label`` is the printed state, or why there is no bar."""

    name: str
    start: float | None
    end: float | None
    label: str = ""
    done: float | None = None


@dataclass(frozen=True)
class GanttData:
    """``ticks`` are places with their printed dates; without them whole numbers are years."""

    tasks: tuple[Task, ...]
    as_of: float | None = None
    ticks: tuple[tuple[float, str], ...] = ()
    day: str = ""  # the as-of day in print


def draw_gantt(data: GanttData, words: Words, look: Look) -> Spec:
    """What happens when. Words: no_data, planned, done, as_of."""
    spans = [span for task in data.tasks if (span := _measure(task))]
    if not spans:
        return draw_nothing(words, look)
    edges = [edge for span in spans for edge in span]
    edges += [] if is_missing(data.as_of) else [float(data.as_of or 0)]
    low, high = min(edges), max(edges)
    pad = (high - low) * 0.02 or 0.1
    names = _stack_names([task.name for task in data.tasks], look)
    places = names["tickvals"]
    traces = [_draw_plan(data, places, words, look), *_draw_done(data, places, words, look)]
    ticks = data.ticks or tuple(
        (float(year), str(year)) for year in _pick_years(math.ceil(low), math.floor(high))
    )
    today = [] if is_missing(data.as_of) else [float(data.as_of or 0)]
    states = [plain(task.label) for task in data.tasks if _measure(task)]
    layout = lay_out(
        look,
        height=measure_rows(names, per_row=ROW_PX),
        legend_for=traces,
        annotations=[*_print_labels(data, places, low, look),
                     *_name_today(today, (low - pad, high + pad), data.day, words, look)],
        shapes=[upright_line(at, look, color=look.ink, width=2, dash="dash") for at in today],
        margin={"r": 24 + round(max(measure_text(state, look) for state in states))},
        barmode="overlay",
        xaxis=number_axis(
            look,
            range=[low - pad, high + pad],
            tickmode="array",
            tickvals=[at for at, _ in ticks],
            ticktext=[plain(text) for _, text in ticks],
        ),
        yaxis=names,
    )
    return {"data": traces, "layout": layout}


def _stack_names(names: Sequence[str], look: Look) -> Spec:
    """The left axis with every name whole; only where all together are longer than a page, the
    longest are cut."""
    for share, lines in ((share, lines) for lines in (99, 3, 2, 1) for share in NAME_SHARES):
        letters = round(look.width * share / (look.size * LETTER))
        texts = [wrap(name, letters, lines=lines) for name in names]
        if sum(map(count_lines, texts)) <= MOST_LINES:
            break
    return place_rows(texts, look, ROW_PX)


def _measure(task: Task) -> tuple[float, float] | None:
    if is_missing(task.start) or is_missing(task.end):
        return None
    start, end = float(task.start or 0.0), float(task.end or 0.0)
    return (start, end) if end >= start else None


def _pick_years(first: int, last: int) -> range:
    return range(first, last + 1, 1 + max(0, last - first) // 12)


def _draw_plan(data: GanttData, places: Sequence[float], words: Words, look: Look) -> Spec:
    rows = [(at, span) for at, task in zip(places, data.tasks) if (span := _measure(task))]
    light = mix(look.accent, look.paper, 0.62)
    marker = {"color": light, "line": {"color": look.accent, "width": 1.2}}
    return _draw_bars(rows, words["planned"], 0.62) | {"marker": marker}


def _draw_done(
    data: GanttData, places: Sequence[float], words: Words, look: Look
) -> list[Spec]:
    """The part that is done, as a thinner dark bar from the start; unknown progress has none."""
    rows = []
    for place, task in zip(places, data.tasks):
        span = _measure(task)
        if span and not is_missing(task.done):
            share = min(1.0, max(0.0, task.done or 0.0))
            rows.append((place, (span[0], span[0] + share * (span[1] - span[0]))))
    if not rows:
        return []
    return [_draw_bars(rows, words["done"], 0.26) | {"marker": {"color": look.high}}]


def _draw_bars(rows: list[tuple[float, tuple[float, float]]], name: str, thick: float) -> Spec:
    return {
        "type": "bar",
        "orientation": "h",
        "name": plain(name),
        "y": [place for place, _ in rows],
        "x": [end - start for _, (start, end) in rows],
        "base": [start for _, (start, _) in rows],
        "width": thick,
        "hoverinfo": "skip",
        "showlegend": True,
    }


def _print_labels(data: GanttData, places: Sequence[float], low: float, look: Look) -> list[Spec]:
    """The state at the right edge; where dates are missing, the reason at the left."""
    notes = []
    for place, task in zip(places, data.tasks):
        if not task.label:
            continue
        if _measure(task):
            anchor = {"xref": "paper", "xanchor": "left", "xshift": 6}
            notes.append(note(plain(task.label), 1, place, look, **anchor))
        else:
            style = {"font": {"size": look.size, "color": look.muted}, "bgcolor": look.paper}
            notes.append(note(plain(task.label), low, place, look, xanchor="left", **style))
    return notes


def _name_today(today: list[float], axis: tuple[float, float], day: str, words: Words,
                look: Look) -> list[Spec]:
    """The as-of day above its line, set to the side where the plot ends."""
    notes = []
    for at in today:
        share = (at - axis[0]) / (axis[1] - axis[0])
        side = "left" if share < 0.15 else "right" if share > 0.85 else "center"
        notes.append(note(plain(day or words["as_of"]), at, 1, look, xanchor=side, yref="paper",
                          yanchor="bottom", yshift=4))
    return notes
