"""The age–sex pyramid: two sides of bars, the forecast as an outline over them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sedp_helpers.present.charts.canvas import (
    Spec,
    Words,
    draw_nothing,
    hatch,
    label_axis,
    lay_out,
    note,
    number_axis,
)
from sedp_helpers.present.charts.facts import pick_facts
from sedp_helpers.present.charts.texts import (
    check_lengths,
    clean,
    format_tick,
    measure_text,
    pick_ticks,
    plain,
    present,
    wrap,
)
from sedp_helpers.present.theme import Look, suggest_height

MOST_PRINTED_ROWS = 25


@dataclass(frozen=True)
class Side:
    """One sex; ``outline`` is the forecast of the same ages, empty where there is none."""

    name: str
    values: tuple[float | None, ...]
    labels: tuple[str, ...]
    outline: tuple[float | None, ...] = ()


@dataclass(frozen=True)
class PyramidData:
    """``ages`` from the youngest, which stands at the foot."""

    ages: tuple[str, ...]
    left: Side
    right: Side


def draw_pyramid(data: PyramidData, words: Words, look: Look) -> Spec:
    """Who lives here by age and sex. Words: no_data, unit, outline."""
    sides = ((data.left, -1, 0), (data.right, 1, 1))
    for side, _, _ in sides:
        outline = side.outline or data.ages
        check_lengths(ages=data.ages, values=side.values, labels=side.labels, outline=outline)
    numbers = present([v for side, _, _ in sides for v in (*side.values, *side.outline)])
    if not numbers:
        return draw_nothing(words, look)
    printed = len(data.ages) <= MOST_PRINTED_ROWS
    traces = [_draw_side(side, sign, n, look) for side, sign, n in sides]
    outlines = [_draw_outline(side, sign, words, look) for side, sign, _ in sides if side.outline]
    if outlines:
        outlines[0]["showlegend"] = True
    traces += outlines
    ages = [wrap(age, 14, lines=1) for age in data.ages]
    layout = lay_out(
        look,
        height=suggest_height(len(data.ages), per_row=15 if look.is_half else 20, least=240),
        legend_for=traces,
        annotations=_name_sides(data, words, look) + _print_numbers(sides, look, every=printed),
        barmode="overlay",
        bargap=0.14,
        xaxis=_size_axis(max(map(abs, numbers)), data, look, printed=printed),
        yaxis=label_axis(ages, look, ticklabelstandoff=16),
    )
    return {"data": traces, "layout": layout}


def alt_facts(data: PyramidData) -> dict[str, Any]:
    """Facts of both sides; places are the ages."""
    left, right = (
        pick_facts(side.name, data.ages, side.values, side.labels)
        for side in (data.left, data.right)
    )
    return {"n": len(data.ages), "left": left, "right": right}


def _draw_side(side: Side, sign: int, index: int, look: Look) -> Spec:
    style = look.style(index)
    texts = [
        "" if value is None else plain(label)
        for value, label in zip(clean(side.values), side.labels, strict=True)
    ]
    return {
        "type": "bar",
        "orientation": "h",
        "name": plain(side.name),
        "x": [None if value is None else sign * value for value in clean(side.values)],
        "y": list(range(len(texts))),
        "textposition": "none",
        "hoverinfo": "text+name",
        "hovertext": texts,
        "marker": hatch(style, look),
        "showlegend": False,
    }


def _draw_outline(side: Side, sign: int, words: Words, look: Look) -> Spec:
    """A step line around the bars of the forecast; an unknown age leaves it open."""
    xs: list[float | None] = []
    ys: list[float | None] = []
    for row, value in enumerate(clean(side.outline)):
        end = None if value is None else sign * value
        xs += [end, end]
        ys += [row - 0.5, row + 0.5]
    return {
        "type": "scatter",
        "mode": "lines",
        "name": plain(words["outline"]),
        "x": xs,
        "y": ys,
        "connectgaps": False,
        "line": {"color": look.ink, "width": 2, "dash": "dot"},
        "hoverinfo": "skip",
        "showlegend": False,
    }


def _size_axis(highest: float, data: PyramidData, look: Look, *, printed: bool) -> Spec:
    """The same scale on both sides, without minus, with room for the printed numbers."""
    texts = [plain(label) for label in (*data.left.labels, *data.right.labels)]
    widest = max((measure_text(text, look) for text in texts), default=0) if printed else 0
    reach = (highest or 1.0) / (0.98 - min(0.4, (widest + 14) / (look.width * 0.42)))
    ticks = pick_ticks(0, highest, about=3)
    places = [-tick for tick in ticks[:0:-1]] + ticks
    texts = [format_tick(place, look) for place in places]
    zero = {"zeroline": True, "zerolinecolor": look.paper, "zerolinewidth": 2}
    shown = {"tickmode": "array", "tickvals": places, "ticktext": texts}
    return number_axis(look, range=[-reach, reach], **shown, **zero)


def _name_sides(data: PyramidData, words: Words, look: Look) -> list[Spec]:
    notes = []
    for side, place in ((data.left, 0.25), (data.right, 0.75)):
        unit = f", {words['unit']}" if words.get("unit") and not look.is_half else ""
        text = f"<b>{plain(side.name)}</b>{plain(unit)}"
        anchor = {"xref": "paper", "yref": "paper", "yanchor": "bottom", "yshift": 6}
        notes.append(note(text, place, 1, look, **anchor))
    return notes


def _print_numbers(
    sides: tuple[tuple[Side, int, int], ...], look: Look, *, every: bool
) -> list[Spec]:
    """The numbers in two columns at the edges, clear of the outline; gaps at their bar's foot."""
    notes = []
    for side, sign, edge in sides:
        for row, (value, label) in enumerate(zip(clean(side.values), side.labels, strict=True)):
            text = plain(label)
            if value is None and label:
                font = {"size": look.size, "color": look.muted}
                anchor = "right" if sign < 0 else "left"
                notes.append(note(text, 0, row, look, font=font, xanchor=anchor))
            elif value is not None and every:
                anchor = "right" if edge else "left"
                notes.append(note(text, edge, row, look, xref="paper", xanchor=anchor))
    return notes
