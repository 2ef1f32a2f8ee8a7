"""Numbers side by side as bars; several series stand grouped, differing by hue and hatching.

Bars start at zero always. A missing number has no bar but says so at its place.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sedp_helpers.present.charts.canvas import (
    Spec,
    Words,
    draw_nothing,
    hatch,
    lay_out,
    measure_rows,
    must_lie,
    name_columns,
    name_rows,
    note,
    note_unit,
    number_axis,
    step_whole,
)
from sedp_helpers.present.charts.facts import pick_facts
from sedp_helpers.present.charts.texts import (
    check_lengths,
    clean,
    is_missing,
    measure_text,
    pad_range,
    plain,
    present,
    wrap,
)
from sedp_helpers.present.theme import Look

LINE_PX = 18  # of a bar with its number beside it
GAP_PX = 10
GAP = 0.22  # share of a row between groups of bars
THICK = 0.92  # of its place that a bar takes


@dataclass(frozen=True)
class BarSeries:
    """``labels`` are the printed numbers; where a value is missing, the word for that."""

    name: str
    values: tuple[float | None, ...]
    labels: tuple[str, ...]


@dataclass(frozen=True)
class BarsData:
    """``horizontal=None`` lets the number and length of the names decide; ``own`` is the place
    of the unit spoken of, drawn darker than the rest when there is one series."""

    categories: tuple[str, ...]
    series: tuple[BarSeries, ...]
    horizontal: bool | None = None
    own: int | None = None


def draw_bars(data: BarsData, words: Words, look: Look) -> Spec:
    """How much, side by side. Words: no_data, unit."""
    for series in data.series:
        check_lengths(categories=data.categories, values=series.values, labels=series.labels)
    numbers = present([value for series in data.series for value in series.values])
    if not numbers:
        return draw_nothing(words, look)
    lying = _lies(data, look)
    spread = _spread(data, numbers, look, lying=lying)
    values = number_axis(
        look, range=spread, zeroline=True, zerolinecolor=look.muted, **step_whole(numbers)
    )
    per_row = GAP_PX + LINE_PX * len(data.series)
    names = (
        name_rows(data.categories, look, per_row=per_row)
        if lying
        else name_columns(data.categories, look)
    )
    places = names["tickvals"]
    traces = [_draw_series(data, i, places, look, lying=lying) for i in range(len(data.series))]
    layout = lay_out(
        look,
        height=measure_rows(names, per_row=per_row) if lying else 290,
        legend_for=traces,
        annotations=note_unit(words, look) + _note_missing(data, places, look, lying=lying),
        barmode="group",
        xaxis=values if lying else names,
        yaxis=names if lying else values,
    )
    return {"data": traces, "layout": layout}


def alt_facts(data: BarsData) -> dict[str, Any]:
    """Facts of the first series; places are the names of the bars."""
    if not data.series:
        return {"name": "", "n": 0, "missing": []}
    first = data.series[0]
    return pick_facts(first.name, data.categories, first.values, first.labels)


def _lies(data: BarsData, look: Look) -> bool:
    if data.horizontal is not None:
        return data.horizontal
    labels = max((len(text) for s in data.series for text in s.labels), default=0)
    return must_lie(data.categories, look, widest_text=labels * len(data.series))


def _spread(data: BarsData, numbers: list[float], look: Look, *, lying: bool) -> list[float]:
    """The range with room for the printed numbers beyond the ends of the bars."""
    low, high = pad_range(numbers, zero=True)
    widest = max(measure_text(plain(text), look) for s in data.series for text in s.labels)
    share = (widest + 10) / (look.width * 0.62) if lying else 0.02
    span = high - low
    return [low - span * share if low < 0 else low, high + span * share if high > 0 else high]


def _draw_series(
    data: BarsData, index: int, places: Sequence[float], look: Look, *, lying: bool
) -> Spec:
    series, style = data.series[index], look.style(index)
    values = clean(series.values)
    step = (1 - GAP) / len(data.series)  # rows may be farther apart; their bars are alike
    texts = [
        "" if value is None else plain(label)
        for value, label in zip(values, series.labels, strict=True)
    ]
    return {
        "type": "bar",
        "orientation": "h" if lying else "v",
        "name": wrap(series.name, 34),
        "x": values if lying else list(places),
        "y": list(places) if lying else values,
        "width": step * THICK,
        "offset": (index - len(data.series) / 2 + (1 - THICK) / 2) * step,
        "text": texts,
        "textposition": "outside",
        "textangle": 0,
        "textfont": {"size": look.size, "color": look.ink},
        "constraintext": "none",
        "cliponaxis": False,
        "hoverinfo": "text",
        "hovertext": texts,
        "marker": hatch(style, look) | _single_out(data, look),
        "showlegend": len(data.series) > 1,
    }


def _single_out(data: BarsData, look: Look) -> Spec:
    if data.own is None or len(data.series) > 1:
        return {}
    rest = look.style(7).color
    places = range(len(data.categories))
    return {"color": [look.accent if place == data.own else rest for place in places]}


def _note_missing(
    data: BarsData, places: Sequence[float], look: Look, *, lying: bool
) -> list[Spec]:
    """The caller's word for the gap, at the foot of the bar that is not there."""
    step = (1 - GAP) / len(data.series)
    font = {"size": look.size, "color": look.muted}
    middle = (len(data.series) - 1) / 2
    notes = []
    for category, place in enumerate(places):
        for numbers, label in _group_missing(data, category):
            at = place + (sum(numbers) / len(numbers) - middle) * step
            where = (0, at, {"xanchor": "left"}) if lying else (at, 0, {"yanchor": "bottom"})
            notes.append(note(plain(label), where[0], where[1], look, font=font, **where[2]))
    return notes


def _group_missing(data: BarsData, category: int) -> list[tuple[list[int], str]]:
    """Series that follow each other and lack the bar of a category, with the word that is said
    once for them."""
    groups: list[tuple[list[int], str]] = []
    for number, series in enumerate(data.series):
        label = series.labels[category]
        if not is_missing(series.values[category]) or not label:
            continue
        if groups and groups[-1][1] == label and groups[-1][0][-1] == number - 1:
            groups[-1][0].append(number)
        else:
            groups.append(([number], label))
    return groups
