"""One or more series over the years with the forecast, its intervals and the handbook's figure.

A year without a number breaks the line, a break of the series (status B) breaks it too and is
marked; an estimate is an open sign, never a filled one.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sedp_helpers.present.charts.canvas import (
    Spec,
    Words,
    draw_nothing,
    lay_out,
    note,
    note_unit,
    number_axis,
    upright_line,
)
from sedp_helpers.present.charts.end_labels import EndLabel, note_ends
from sedp_helpers.present.charts.facts import pick_facts
from sedp_helpers.present.charts.number_sides import Scale, find_side, lie_close
from sedp_helpers.present.charts.texts import (
    check_lengths,
    format_tick,
    measure_text,
    pad_range,
    pick_ticks,
    plain,
    present,
    wrap,
)
from sedp_helpers.present.charts.trend_lines import (
    Forecast,
    Line,
    draw_bands,
    draw_forecast,
    draw_handbook,
    draw_line,
    explain_signs,
    list_points,
    pick_color,
)
from sedp_helpers.present.theme import Look

MOST_NAMED_ENDS = 5
MOST_PRINTED_NUMBERS = 10
YEAR_TICK = 55  # px of a year on the axis, with air
HEIGHT = 280
HALF_HEIGHT = 185
TO_AXIS = 8  # px between the axis of values and a number over the first point
EDGES = 80  # px over and under the plot
MILLION = 1e6


@dataclass(frozen=True)
class TrendData:
    """The first line is the one spoken of; forecast and handbook continue it."""

    lines: tuple[Line, ...]
    forecast: Forecast | None = None
    handbook: Forecast | None = None
    from_zero: bool = False


def draw_trend(data: TrendData, words: Words, look: Look) -> Spec:
    """How it went and where it goes.

    Words: no_data, unit, unit_million (for money), break, status_E …, forecast, interval_80,
    interval_95, handbook.
    """
    _check(data)
    numbers = _list_numbers(data)
    if not numbers:
        return draw_nothing(words, look)
    ends = _name_ends(data, look)
    spread = pad_range(numbers, zero=data.from_zero, pad=0.35 if look.is_half else 0.2)
    scale = _measure_scale(data, spread, look)
    in_legend = len(data.lines) > 1 and not ends
    traces = _draw_traces(data, words, look, scale, in_legend=in_legend)
    breaks = _find_breaks(data)
    millions = bool(words.get("unit_million")) and max(numbers) >= MILLION
    right = max((measure_text(end.text, look) for end in ends), default=0)
    right += 10 if look.is_half else 24
    layout = lay_out(
        look,
        height=HALF_HEIGHT if look.is_half else HEIGHT,
        legend_for=traces,
        margin={"r": round(right)},
        xaxis=_year_axis(
            _list_years(data),
            look,
            first=_measure_first(data, scale, look),
            final=_measure_final(data, look) - 2 * right,
        ),
        yaxis=_value_axis(spread, millions, look),
        shapes=[upright_line(year - 0.5, look) for year in breaks],
    )
    layout["annotations"] = [
        *note_unit({"unit": words["unit_million"]} if millions else words, look),
        *(_note_break(year, words, look) for year in breaks),
        *note_ends(ends, spread=spread, plot_px=HEIGHT - EDGES, look=look),
    ]
    return {"data": traces, "layout": layout}


def alt_facts(data: TrendData) -> dict[str, Any]:
    """What a reader who does not see the figure is told of its first line; places are years."""
    if not data.lines:
        return {"name": "", "n": 0, "missing": []}
    line = data.lines[0]
    rows = sorted(zip(line.years, line.values, line.labels, strict=True), key=lambda row: row[0])
    return pick_facts(
        line.name, [row[0] for row in rows], [row[1] for row in rows], [row[2] for row in rows]
    )


def _columns(data: TrendData) -> list[Line | Forecast]:
    return [*data.lines, *(ahead for ahead in (data.forecast, data.handbook) if ahead)]


def _check(data: TrendData) -> None:
    for column in _columns(data):
        check_lengths(years=column.years, values=column.values, labels=column.labels)
    for line in data.lines:
        check_lengths(years=line.years, statuses=line.statuses or line.years)
    if ahead := data.forecast:
        names = ("lower_80", "upper_80", "lower_95", "upper_95")
        check_lengths(years=ahead.years, **{n: getattr(ahead, n) or ahead.years for n in names})


def _list_numbers(data: TrendData) -> list[float]:
    ahead = data.forecast
    limits = (*ahead.lower_95, *ahead.upper_95, *ahead.lower_80, *ahead.upper_80) if ahead else ()
    return present([value for column in _columns(data) for value in column.values] + list(limits))


def _list_years(data: TrendData) -> list[int]:
    return sorted({year for column in _columns(data) for year in column.years})


def _measure_first(data: TrendData, scale: Scale, look: Look) -> float:
    """Px left of the first point that its number takes, which must not run into the axis."""
    points = _known(data.lines[0]) if data.lines else []
    if not points:
        return 0.0
    labels = {point[0]: point[2] for point in list_points(data.lines[0])}
    text = plain(labels[points[0][0]])
    three = (None, *(value for _, value in points[:2]), None)[:3]
    width = measure_text(text, look)
    left = find_side(three, text, scale, look) == "top left"
    return (width if left else width / 2) + TO_AXIS


def _measure_final(data: TrendData, look: Look) -> float:
    """Px of the last printed number, which must not run out of the figure."""
    labels = data.forecast.labels if data.forecast else data.lines[0].labels if data.lines else ()
    return measure_text(plain(labels[-1]), look) if labels else 0.0


def _measure_scale(data: TrendData, spread: list[float], look: Look) -> Scale:
    """How large the plot shows a year and a unit of the values."""
    years = _list_years(data)
    height = (HALF_HEIGHT if look.is_half else HEIGHT) - EDGES
    return Scale(
        (look.width - 90) / (years[-1] - years[0] + 1), height / (spread[1] - spread[0]), spread[0]
    )


def _year_axis(years: list[int], look: Look, *, first: float, final: float) -> Spec:
    """The years, with as much room before and after them as the numbers at their ends take."""
    start, last = years[0], years[-1]
    per_year = (look.width - 90 - first) / (last - start + 0.5)
    begin = start - max(0.4, first / per_year)
    end = last + max(0.4, final / 2 / per_year)
    step = 1 + (last - start) * YEAR_TICK // (look.width - 90)
    shown = list(range(last, start - 1, -step))[::-1]
    ticks = {"tickmode": "array", "tickvals": shown, "ticktext": [str(year) for year in shown],
             "tickangle": None, "autotickangles": [0, 90]}  # a telephone is narrower than paper
    line = {"showline": True, "linecolor": look.muted, "ticks": "outside", "tickcolor": look.muted}
    return number_axis(look, range=[begin, end], showgrid=False, **ticks, **line)


def _value_axis(spread: list[float], millions: bool, look: Look) -> Spec:
    """The axis of values; large sums of money in millions, so that its numbers leave room."""
    axis = number_axis(look, range=spread)
    if not millions:
        return axis
    ticks = pick_ticks(*spread, about=4)
    return axis | {
        "tickmode": "array",
        "tickvals": ticks,
        "ticktext": [format_tick(tick / MILLION, look) for tick in ticks],
    }


def _draw_traces(
    data: TrendData, words: Words, look: Look, scale: Scale, *, in_legend: bool
) -> list[Spec]:
    first = data.lines[0] if data.lines else None
    traces = draw_bands(first, data.forecast, words, look) if data.forecast else []
    for index in range(len(data.lines) - 1, -1, -1):
        line = data.lines[index]
        printed = _choose_numbers(data, index, look)
        onward = data.forecast.values[0] if data.forecast and not index else None
        around = bool(index) and lie_close(_known(data.lines[0]), _known(line), scale)
        traces.append(
            draw_line(
                line,
                index,
                look,
                printed=printed,
                in_legend=in_legend,
                scale=scale,
                onward=onward,
                around=around,
            )
        )
    if data.forecast:
        traces.append(draw_forecast(first, data.forecast, data.handbook, words, look, scale))
    if data.handbook:
        traces.append(draw_handbook(data.handbook, words, look))
    return traces + explain_signs(data.lines, words, look)


def _known(line: Line) -> list[tuple[float, float]]:
    return [(year, value) for year, value, _, _ in list_points(line) if value is not None]


def _choose_numbers(data: TrendData, index: int, look: Look) -> str:
    """All numbers of a single short line where they have room, else its ends."""
    if index:
        return "none"
    line = data.lines[0]
    few = len(data.lines) == 1 and len(line.years) <= MOST_PRINTED_NUMBERS and not look.is_half
    widest = max((measure_text(plain(label), look) for label in line.labels), default=0)
    room = (look.width - 90) / max(len(_list_years(data)), 1)
    return "all" if few and widest < room else "ends"


def _find_breaks(data: TrendData) -> list[int]:
    points = (point for line in data.lines for point in list_points(line))
    return sorted({int(year) for year, _, _, status in points if status == "B"})


def _note_break(year: int, words: Words, look: Look) -> Spec:
    font = {"size": look.size, "color": look.muted}
    place = {"yref": "paper", "yanchor": "top", "xanchor": "left", "align": "left", "xshift": 4}
    return note(wrap(words["break"], 14), year - 0.5, 1, look, font=font, **place)


def _name_ends(data: TrendData, look: Look) -> list[EndLabel]:
    """Names beside the last points, where lines are few and end where the axis ends."""
    if not 1 < len(data.lines) <= MOST_NAMED_ENDS or data.forecast or look.is_half:
        return []
    ends = []
    for index, line in enumerate(data.lines):
        known = [point for point in list_points(line) if point[1] is not None]
        if not known:
            return []
        year, value, label, _ = known[-1]
        name = wrap(line.name, 18, lines=2) + (f"<br>{plain(label)}" if index else "")
        ends.append(EndLabel(year, value or 0.0, name, pick_color(line, index, look)))
    return ends
