"""The same figure once for every unit, small and on one scale, so that courses can be compared.

Each panel shows its unit in full colour and the middle of all units in grey. A unit without
figures keeps its panel and says so, so that nobody drops out of the picture.
"""

from __future__ import annotations

from dataclasses import dataclass

from sedp_helpers.errors import SedpError
from sedp_helpers.present.charts.canvas import Spec, Words, draw_nothing, lay_out, note
from sedp_helpers.present.charts.texts import (
    LETTER,
    check_lengths,
    clean,
    format_tick,
    pad_range,
    pick_ticks,
    plain,
    present,
    wrap,
)
from sedp_helpers.present.theme import Look

ACROSS, WIDE = 3, 4
FEW = 24  # panels; more are narrower and lower, so that a page holds them
PANEL, LOW_PANEL = 112, 100  # px of height, its title and its years included
EDGE, YEARS = 12, 34  # px: above and below all panels; what the lower margin keeps for names
GAP = 0.05  # share of the width between panels
REST = 7  # place in the palette of the grey for the middle
MOST = 40  # panels on a page


@dataclass(frozen=True)
class Panel:
    """A unit; ``label`` prints its last number, or the word for what is missing."""

    name: str
    values: tuple[float | None, ...]
    label: str


@dataclass(frozen=True)
class MultiplesData:
    """``middle``: the same years for all units together, may be empty. ``beyond``: names of units
    with figures that are asked about; they do not set the scale, their lines leave the panel."""

    years: tuple[int, ...]
    panels: tuple[Panel, ...]
    middle: tuple[float | None, ...] = ()
    beyond: frozenset[str] = frozenset()


def draw_multiples(data: MultiplesData, words: Words, look: Look) -> Spec:
    """How each unit moved, all on one scale. Words: no_data, unit, own, median."""
    if len(data.panels) > MOST:
        raise SedpError(f"at most {MOST} panels fit a page, not {len(data.panels)}")
    for panel in data.panels:
        check_lengths(years=data.years, values=panel.values)
    numbers = present([v for panel in data.panels if panel.name not in data.beyond
                       for v in panel.values])
    if not numbers:
        return draw_nothing(words, look)
    spread = pad_range([*numbers, *present(data.middle)], zero=False, pad=0.14)
    wide = WIDE if len(data.panels) > FEW else ACROSS
    rows = -(-len(data.panels) // wide)
    traces: list[Spec] = []
    notes: list[Spec] = []
    axes: Spec = {}
    first = next(place for place, panel in enumerate(data.panels) if present(panel.values))
    for place, panel in enumerate(data.panels):
        across, down = _place(place, rows, wide)
        traces += _draw_panel(data, panel, place, words, look, named=place == first)
        notes += _title_panel(panel, across, down, look)
        axes |= _make_axes(data, place, across, down, spread, look)
        axes[f"yaxis{_suffix(place)}"]["showticklabels"] = place % wide == 0
    height = rows * (PANEL if wide == ACROSS else LOW_PANEL) + 2 * EDGE
    layout = lay_out(look, height=height, legend_for=traces, annotations=notes, **axes)
    layout["margin"] |= {"t": EDGE, "b": layout["margin"]["b"] - YEARS}
    return {"data": traces, "layout": layout}


def _place(place: int, rows: int, many: int) -> tuple[tuple[float, float], tuple[float, float]]:
    """The part of the width and of the height that a panel has; row by row from the top."""
    wide, high = (1 - GAP * (many - 1)) / many, 1 / rows
    left = (place % many) * (wide + GAP)
    top = 1 - (place // many) * high
    return (left, left + wide), (top - high * 0.68, top - high * 0.22)


def _suffix(place: int) -> str:
    return str(place + 1) if place else ""


def _draw_panel(
    data: MultiplesData, panel: Panel, place: int, words: Words, look: Look, *, named: bool
) -> list[Spec]:
    axes = {"xaxis": f"x{_suffix(place)}", "yaxis": f"y{_suffix(place)}"}
    common = {"type": "scatter", "x": list(data.years), "connectgaps": False, "hoverinfo": "skip",
              **axes}
    middle = {"mode": "lines", "y": clean(data.middle), "name": plain(words["median"]),
              "line": {"color": look.style(REST).color, "width": 2, "dash": "dot"},
              "showlegend": named}
    own = {"mode": "lines+markers", "y": clean(panel.values), "name": plain(words["own"]),
           "line": {"color": look.accent, "width": 2.5}, "marker": {"size": 5},
           "showlegend": named}
    drawn = data.middle and present(panel.values)  # alone it would read as the unit's own
    return [common | middle, common | own] if drawn else [common | own]


def _title_panel(
    panel: Panel, across: tuple[float, float], down: tuple[float, float], look: Look
) -> list[Spec]:
    """The name and, level with it, the last number; the word for none stands in the panel."""
    letters = int((across[1] - across[0]) * look.width / (look.size * LETTER))
    at = {"xref": "paper", "yref": "paper"}
    top = at | {"yanchor": "bottom", "yshift": 4}
    name = wrap(panel.name, letters - len(panel.label), lines=1)
    if present(panel.values):
        last = note(plain(panel.label), across[1], down[1], look, xanchor="right", **top)
    else:
        name = wrap(panel.name, letters, lines=1)
        font = {"size": look.size, "color": look.muted}
        last = note(plain(panel.label), sum(across) / 2, sum(down) / 2, look, font=font,
                    xanchor="center", **at)
    return [note(f"<b>{name}</b>", across[0], down[1], look, xanchor="left", **top), last]


def _make_axes(
    data: MultiplesData, place: int, across: tuple[float, float], down: tuple[float, float],
    spread: list[float], look: Look,
) -> Spec:
    ends = sorted({data.years[0], data.years[-1]})
    ticks = pick_ticks(*spread, about=2)
    font = {"size": look.size, "color": look.muted}
    common = {"showline": False, "zeroline": False, "ticks": "", "fixedrange": True,
              "tickmode": "array", "tickfont": font}
    return {
        f"xaxis{_suffix(place)}": common | {
            "domain": list(across), "anchor": f"y{_suffix(place)}", "showgrid": False,
            "tickvals": ends, "ticktext": [str(year) for year in ends],
            "range": [ends[0] - 0.6, ends[-1] + 0.6], "tickangle": 0},
        f"yaxis{_suffix(place)}": common | {
            "domain": list(down), "anchor": f"x{_suffix(place)}", "showgrid": True,
            "gridcolor": look.grid, "range": spread, "tickvals": ticks,
            "ticktext": [format_tick(tick, look) for tick in ticks], "automargin": True},
    }
