"""The structure of a whole, over years or places, in parts that stay apart in grey too.

In per cent a whole of which a part is unknown has no structure: it is not drawn but said; in
absolute numbers the known parts are drawn and marked as incomplete.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sedp_helpers.errors import SedpError
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
)
from sedp_helpers.present.charts.facts import pick_facts
from sedp_helpers.present.charts.texts import (
    check_lengths,
    clean,
    measure_text,
    plain,
    present,
    wrap,
)
from sedp_helpers.present.theme import Look, choose_ink

MOST_PARTS = 8  # seven and the rest
ROW_PX = 28
THICK = 0.7  # of its place that a bar takes


@dataclass(frozen=True)
class Part:
    """One part of the whole; ``labels`` are printed inside where they fit."""

    name: str
    values: tuple[float | None, ...]
    labels: tuple[str, ...]


@dataclass(frozen=True)
class StackedData:
    """``percent`` draws every whole as 100; at most eight parts, the caller sums up the rest."""

    categories: tuple[str, ...]
    parts: tuple[Part, ...]
    percent: bool = True
    horizontal: bool | None = None


def draw_stacked(data: StackedData, words: Words, look: Look) -> Spec:
    """What the whole consists of. Words: no_data, unit, share_unit, missing,
    incomplete."""
    _check(data)
    heights = _stack(data)
    if not any(present(column) for column in heights):
        return draw_nothing(words, look)
    lying = _lies(data, look)
    top = 100.0 if data.percent else 1.06 * max(_totals(heights))
    low = min(0.0, *(value for column in heights for value in present(column)))
    values = number_axis(look, range=[low * 1.06, top])
    if data.percent:
        values |= {"tickmode": "array", "tickvals": [0, 25, 50, 75, 100]}
    names = name_rows(data.categories, look, per_row=ROW_PX) if lying else \
        name_columns(data.categories, look)
    places = names["tickvals"]
    traces = [_draw_part(data, i, places, heights[i], look, lying=lying)
              for i in range(len(data.parts))]
    layout = lay_out(
        look,
        height=measure_rows(names, per_row=ROW_PX) if lying else 270,
        legend_for=traces,
        barmode="relative",
        xaxis=values if lying else names,
        yaxis=names if lying else values,
    )
    numbers = _print_numbers(data, places, heights, top - low, layout, look, lying=lying)
    layout["annotations"] = [
        *note_unit(_name_unit(data, words, numbers), look),
        *numbers,
        *_note_gaps(data, places, heights, words, look, lying=lying),
    ]
    return {"data": traces, "layout": layout}


def alt_facts(data: StackedData) -> dict[str, Any]:
    """Facts of every part, largest of the last whole first; places are the wholes."""
    facts = [pick_facts(p.name, data.categories, p.values, p.labels) for p in data.parts]
    facts.sort(key=lambda part: -part.get("last_value", float("-inf")))
    return {"n": len(data.categories), "parts": facts}


def _check(data: StackedData) -> None:
    if len(data.parts) > MOST_PARTS:
        raise SedpError(f"a whole of {len(data.parts)} parts cannot be read: sum up the smallest")
    for part in data.parts:
        check_lengths(categories=data.categories, values=part.values, labels=part.labels)


def _name_unit(data: StackedData, words: Words, numbers: list[Spec]) -> Words:
    """The unit of the axis: shares are per cent, though the numbers in the bars are not."""
    if not data.percent or words.get("unit") in (None, "", "%"):
        return words
    return {"unit": words["share_unit"].format(unit=words["unit"]) if numbers else "%"}


def _stack(data: StackedData) -> list[list[float | None]]:
    """The drawn size of every part: as given, or its share of a complete whole."""
    columns = [clean(part.values) for part in data.parts]
    if not data.percent:
        return columns
    for place in range(len(data.categories)):
        parts = [column[place] for column in columns]
        known = [value for value in parts if value is not None]
        whole = sum(known) if len(known) == len(parts) and min(known, default=-1) >= 0 else 0.0
        for column, value in zip(columns, parts, strict=True):
            column[place] = 100 * value / whole if whole and value is not None else None
    return columns


def _totals(heights: list[list[float | None]]) -> list[float]:
    return [sum(value for value in whole if value and value > 0) for whole in zip(*heights)]


def _lies(data: StackedData, look: Look) -> bool:
    return must_lie(data.categories, look) if data.horizontal is None else data.horizontal


def _draw_part(
    data: StackedData, index: int, places: Sequence[float], sizes: list[float | None], look: Look,
    *, lying: bool,
) -> Spec:
    part, style = data.parts[index], look.style(index)
    return {
        "type": "bar",
        "orientation": "h" if lying else "v",
        "name": wrap(part.name, 34),
        "x": sizes if lying else list(places),
        "y": list(places) if lying else sizes,
        "width": THICK,
        "hoverinfo": "text+name",
        "hovertext": [plain(label) for label in part.labels],
        "textposition": "none",
        "marker": hatch(style, look),
        "showlegend": True,
    }


def _print_numbers(
    data: StackedData,
    places: Sequence[float],
    heights: list[list[float | None]],
    span: float,
    layout: Spec,
    look: Look,
    *,
    lying: bool,
) -> list[Spec]:
    """The printed number on every part that is large enough to carry it; upright shares have none
    where most of the wholes cannot carry it, since one number alone looks chosen."""
    across = look.width * (0.62 if lying else 0.86)
    along_px = across if lying else layout["height"] - layout["margin"]["b"] - 50
    thick_px = 25 if lying else across / len(data.categories) * 0.7
    notes: list[list[Spec]] = [[] for _ in data.parts]
    for place in range(len(data.categories)):
        base = {True: 0.0, False: 0.0}
        for index, column in enumerate(heights):
            size = column[place]
            if size is None:
                continue
            middle, base[size >= 0] = base[size >= 0] + size / 2, base[size >= 0] + size
            text = plain(data.parts[index].labels[place])
            wide, room = measure_text(text, look), abs(size) / span * along_px
            if (wide + 6 > room) if lying else (wide > thick_px or room < look.size * 1.3):
                continue
            at = (middle, places[place]) if lying else (places[place], middle)
            notes[index].append(_print_number(text, at, look.style(index).color, look))
    least = len(data.categories) / 2 if data.percent and not lying else 1
    return [one for part in notes if len(part) >= least for one in part]


def _print_number(text: str, at: tuple[float, float], color: str, look: Look) -> Spec:
    font = {"size": look.size, "color": choose_ink(color, look)}
    return note(text, at[0], at[1], look, font=font, bgcolor=color, borderpad=1)


def _note_gaps(
    data: StackedData, places: Sequence[float], heights: list[list[float | None]], words: Words,
    look: Look, *, lying: bool,
) -> list[Spec]:
    totals = _totals(heights)
    notes = []
    for place in range(len(data.categories)):
        if all(part.values[place] is not None for part in data.parts):
            known = [column[place] for column in heights]
            if None not in known:
                continue
        word = "missing" if totals[place] == 0 else "incomplete"
        at = (totals[place], places[place]) if lying else (places[place], totals[place])
        anchor = {"xanchor": "left"} if lying else {"yanchor": "bottom"}
        font = {"size": look.size, "color": look.muted}
        notes.append(note(plain(words[word]), at[0], at[1], look, font=font, **anchor))
    return notes
