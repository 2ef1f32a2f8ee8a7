"""When each measure runs, how far it is, and where today stands.

Positions are plain numbers (years with fractions, or days); the caller prints the dates.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

from sedp_helpers.present.charts.canvas import (
    Spec,
    Words,
    draw_nothing,
    fit_height,
    lay_out,
    name_rows,
    note,
    number_axis,
    upright_line,
)
from sedp_helpers.present.charts.texts import is_missing, measure_text, plain
from sedp_helpers.present.theme import Look, mix


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
    traces = [_draw_plan(data, words, look), *_draw_done(data, words, look)]
    ticks = data.ticks or tuple(
        (float(year), str(year)) for year in _pick_years(math.ceil(low), math.floor(high))
    )
    today = [] if is_missing(data.as_of) else [float(data.as_of or 0)]
    names = name_rows([task.name for task in data.tasks], look)
    states = [plain(task.label) for task in data.tasks if _measure(task)]
    layout = lay_out(
        look,
        height=fit_height(names, look, per_row=21),
        legend_for=traces,
        annotations=[*_print_labels(data, low, look),
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


def _measure(task: Task) -> tuple[float, float] | None:
    if is_missing(task.start) or is_missing(task.end):
        return None
    start, end = float(task.start or 0.0), float(task.end or 0.0)
    return (start, end) if end >= start else None


def _pick_years(first: int, last: int) -> range:
    return range(first, last + 1, 1 + max(0, last - first) // 12)


def _draw_plan(data: GanttData, words: Words, look: Look) -> Spec:
    rows = [(i, span) for i, task in enumerate(data.tasks) if (span := _measure(task))]
    light = mix(look.accent, look.paper, 0.62)
    marker = {"color": light, "line": {"color": look.accent, "width": 1.2}}
    return _draw_bars(rows, words["planned"], 0.62) | {"marker": marker}


def _draw_done(data: GanttData, words: Words, look: Look) -> list[Spec]:
    """The part that is done, as a thinner dark bar from the start; unknown progress has none."""
    rows = []
    for place, task in enumerate(data.tasks):
        span = _measure(task)
        if span and not is_missing(task.done):
            share = min(1.0, max(0.0, task.done or 0.0))
            rows.append((place, (span[0], span[0] + share * (span[1] - span[0]))))
    if not rows:
        return []
    return [_draw_bars(rows, words["done"], 0.26) | {"marker": {"color": look.high}}]


def _draw_bars(rows: list[tuple[int, tuple[float, float]]], name: str, thick: float) -> Spec:
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


def _print_labels(data: GanttData, low: float, look: Look) -> list[Spec]:
    """The state at the right edge; where dates are missing, the reason at the left."""
    notes = []
    for place, task in enumerate(data.tasks):
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
