"""Units in order as dots with the range each rank could have; the own unit stands out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

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
from sedp_helpers.present.charts.facts import pick_facts
from sedp_helpers.present.charts.texts import (
    clean,
    is_missing,
    measure_text,
    pad_range,
    plain,
    present,
)
from sedp_helpers.present.theme import Look

ROW_PX = 26
REST = 7  # place in the palette of the grey for the other units


@dataclass(frozen=True)
class RankRow:
    """A unit; ``low`` and ``high`` may be missing, ``label`` is the printed number or its gap."""

    name: str
    value: float | None
    label: str
    low: float | None = None
    high: float | None = None
    own: bool = False


@dataclass(frozen=True)
class RanksData:
    """``rows`` in the order to be printed, the first on top; ``whole``: the numbers are places."""

    rows: tuple[RankRow, ...]
    whole: bool = False


def draw_ranks(data: RanksData, words: Words, look: Look) -> Spec:
    """Who stands where, and how sure that is. Words: no_data, unit, others, own, range."""
    numbers = present([row.value for row in data.rows])
    if not numbers:
        return draw_nothing(words, look)
    limits = present([edge for row in data.rows for edge in (row.low, row.high)])
    room = max(measure_text(plain(row.label), look) for row in data.rows)
    names = name_rows(
        [row.name for row in data.rows], look, per_row=ROW_PX, showgrid=True, gridcolor=look.grid
    )
    places = names["tickvals"]
    traces = _draw_ranges(data, places, words, look) + _draw_dots(data, places, words, look)
    names["ticktext"] = [
        f"<b>{text}</b>" if row.own else text
        for text, row in zip(names["ticktext"], data.rows, strict=True)
    ]
    layout = lay_out(
        look,
        height=measure_rows(names, per_row=ROW_PX),
        legend_for=traces,
        margin={"r": round(room) + 20},
        xaxis=number_axis(
            look,
            range=pad_range(numbers + limits, zero=False, pad=0.06),
            **({"dtick": 1} if data.whole else {}),
        ),
        yaxis=names,
    )
    layout["annotations"] = note_unit(words, look) + _print_labels(data, places, look)
    return {"data": traces, "layout": layout}


def alt_facts(data: RanksData) -> dict[str, Any]:
    """Facts of the order; places are the units, ``own`` the place and number of the own one."""
    values, labels = ([getattr(row, column) for row in data.rows] for column in ("value", "label"))
    facts = pick_facts("", [row.name for row in data.rows], values, labels)
    for place, row in enumerate(data.rows):
        if row.own:
            known = None if is_missing(row.value) else row.value
            facts |= {"own_at": row.name, "own_place": place + 1, "own_value": known}
            facts |= {"own_label": row.label}
    return facts


def _draw_ranges(data: RanksData, places: Sequence[float], words: Words, look: Look) -> list[Spec]:
    xs: list[float | None] = []
    ys: list[float | None] = []
    for place, row in zip(places, data.rows):
        low, high = clean((row.low, row.high))
        if low is not None and high is not None:
            xs += [low, high, None]
            ys += [place, place, None]
    if not xs:
        return []
    line = {"color": look.style(REST).color, "width": 3}
    trace = {"type": "scatter", "mode": "lines", "x": xs, "y": ys, "connectgaps": False}
    words_of = {"name": plain(words["range"]), "hoverinfo": "skip", "showlegend": True}
    return [trace | {"line": line} | words_of]


def _draw_dots(data: RanksData, places: Sequence[float], words: Words, look: Look) -> list[Spec]:
    kinds = (
        ("others", False, "circle", 10, look.style(REST).color),
        ("own", True, "diamond", 14, look.accent),
    )
    traces = []
    for word, own, symbol, size, color in kinds:
        rows = [
            (place, row)
            for place, row in zip(places, data.rows)
            if row.own == own and not is_missing(row.value)
        ]
        if not rows:
            continue
        marker = {"symbol": symbol, "size": size, "color": color}
        traces.append(
            {
                "type": "scatter",
                "mode": "markers",
                "name": plain(words[word]),
                "x": [row.value for _, row in rows],
                "y": [place for place, _ in rows],
                "marker": marker | {"line": {"color": look.paper, "width": 1}},
                "hoverinfo": "text",
                "hovertext": [plain(f"{row.name}: {row.label}") for _, row in rows],
                "showlegend": True,
                "cliponaxis": False,
            }
        )
    return traces


def _print_labels(data: RanksData, places: Sequence[float], look: Look) -> list[Spec]:
    """The numbers as a column at the right edge, so that none covers a range."""
    notes = []
    for place, row in zip(places, data.rows):
        text = f"<b>{plain(row.label)}</b>" if row.own else plain(row.label)
        font = {"size": look.size, "color": look.muted if is_missing(row.value) else look.ink}
        anchor = {"xref": "paper", "xanchor": "left", "xshift": 6}
        notes.append(note(text, 1, place, look, font=font, **anchor))
    return notes
