"""Parts of a whole as areas of a rectangle, for land and its kinds.

Squarified after Bruls, Huizing and van Wijk (2000), drawn as filled scatter shapes, since the
bundle has no treemap. What is too small to be written in is named in the legend.
"""

from __future__ import annotations

from dataclasses import dataclass

from sedp_helpers.present.charts.canvas import (
    Spec,
    Words,
    draw_nothing,
    hide_axis,
    lay_out,
    note,
    note_unit,
    trace_area,
)
from sedp_helpers.present.charts.texts import (
    LETTER,
    LINE,
    count_lines,
    is_missing,
    measure_text,
    plain,
    wrap,
)
from sedp_helpers.present.theme import Look, choose_ink

HEIGHT = 260
Box = tuple[float, float, float, float]  # left, foot, width, height


@dataclass(frozen=True)
class Area:
    """``label`` is the printed number or the word for the gap."""

    name: str
    value: float | None
    label: str


@dataclass(frozen=True)
class AreasData:
    items: tuple[Area, ...]


def draw_areas(data: AreasData, words: Words, look: Look) -> Spec:
    """What the land is used for. Words: no_data, unit."""
    items = [item for item in data.items if not is_missing(item.value) and (item.value or 0) > 0]
    if not items:
        return draw_nothing(words, look)
    items.sort(key=lambda item: -(item.value or 0.0))
    boxes = squarify([item.value or 0.0 for item in items], (0, 0, look.width - 28, HEIGHT - 60))
    traces, notes = [], note_unit(words, look)
    for index, (item, box) in enumerate(zip(items, boxes, strict=True)):
        text = _fit_text(item, box, look)
        traces.append(_draw_box(item, box, index, look, named=not text))
        if text:
            notes.append(_write_in(text, box, look.style(index).color, look))
    gone = [item for item in data.items if is_missing(item.value)]
    traces += [_explain_missing(item, look) for item in gone]
    layout = lay_out(
        look,
        height=HEIGHT,
        legend_for=traces,
        annotations=notes,
        margin={"b": 26},
        xaxis=hide_axis(range=[0, look.width - 28]),
        yaxis=hide_axis(range=[0, HEIGHT - 60]),
    )
    layout["margin"]["b"] += layout["height"] - HEIGHT
    return {"data": traces, "layout": layout}


def squarify(values: list[float], box: Box) -> list[Box]:
    """Boxes in proportion to the values (positive, falling) that fill the box, near to squares.

    >>> squarify([6.0, 2.0], (0.0, 0.0, 4.0, 2.0))
    [(0.0, 0.0, 3.0, 2.0), (3.0, 0.0, 1.0, 2.0)]
    """
    scale = box[2] * box[3] / sum(values)
    sizes = [value * scale for value in values]
    boxes: list[Box] = []
    while sizes:
        count = 1
        short = min(box[2], box[3])
        while count < len(sizes) and _measure_worst(sizes[: count + 1], short) <= _measure_worst(
            sizes[:count], short
        ):
            count += 1
        row, box = _lay_row(sizes[:count], box)
        boxes += row
        sizes = sizes[count:]
    return boxes


def _measure_worst(row: list[float], short: float) -> float:
    """The worst ratio of sides in a row laid along the short side."""
    total = sum(row)
    return max(short**2 * max(row) / total**2, total**2 / (short**2 * min(row)))


def _lay_row(row: list[float], box: Box) -> tuple[list[Box], Box]:
    """The row along the short side of the box, and the box that is left; large ones on top."""
    left, foot, width, height = box
    boxes: list[Box] = []
    if width >= height:
        thick, top = sum(row) / height, foot + height
        for size in row:
            top -= size / thick
            boxes.append((left, top, thick, size / thick))
        return boxes, (left + thick, foot, width - thick, height)
    thick, at = sum(row) / width, left
    for size in row:
        boxes.append((at, foot + height - thick, size / thick, thick))
        at += size / thick
    return boxes, (left, foot, width, height - thick)


def _fit_text(item: Area, box: Box, look: Look) -> str:
    """Name and number as they fit into the box, or nothing."""
    letters = int((box[2] - 10) / (look.size * LETTER))
    if letters < 4:
        return ""
    if max(len(word) for word in (*item.name.split(), item.label)) > letters:
        return ""
    text = f"{wrap(item.name, letters, lines=4)}<br>{plain(item.label)}"
    fits = count_lines(text) * look.size * LINE + 6 <= box[3]
    return text if fits and measure_text(text, look) <= box[2] else ""


def _draw_box(item: Area, box: Box, index: int, look: Look, *, named: bool) -> Spec:
    left, foot, width, height = box
    xs = [left, left + width, left + width, left, left]
    ys = [foot, foot, foot + height, foot + height, foot]
    style = look.style(index)
    pattern = {"shape": style.pattern, "fillmode": "overlay", "fgcolor": look.paper}
    hatched = {"fillpattern": pattern | {"size": 8, "solidity": 0.12, "bgcolor": style.color}}
    return trace_area(
        xs,
        ys,
        fillcolor=style.color,
        line={"width": 2, "color": look.paper},
        name=plain(f"{item.name}: {item.label}"),
        showlegend=named,
        **(hatched if style.pattern else {}),
    )


def _write_in(text: str, box: Box, color: str, look: Look) -> Spec:
    font = {"size": look.size, "color": choose_ink(color, look)}
    at = (box[0] + box[2] / 2, box[1] + box[3] / 2)
    return note(text, at[0], at[1], look, font=font, bgcolor=color, borderpad=1)


def _explain_missing(item: Area, look: Look) -> Spec:
    marker = {"symbol": "square-open", "size": 11, "color": look.muted}
    words = {"name": plain(f"{item.name}: {item.label}"), "showlegend": True, "hoverinfo": "skip"}
    trace = {"type": "scatter", "mode": "markers", "x": [None], "y": [None]}
    return trace | {"marker": marker} | words
