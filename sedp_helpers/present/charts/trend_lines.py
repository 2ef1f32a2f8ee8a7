"""The lines, bands and signs of a trend; which of them a figure needs is decided in ``trend``."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sedp_helpers.present.charts.canvas import Spec, Words, trace_area
from sedp_helpers.present.charts.number_sides import Scale, find_side, find_side_beside
from sedp_helpers.present.charts.texts import clean, plain, wrap
from sedp_helpers.present.theme import Look, fade

OPEN_SIGNS = {
    "E": "square-open",
    "I": "triangle-up-open",
    "U": "hexagon-open",
    "P": "circle-open",
    "V": "triangle-down-open",
    "N": "cross-open",
    "F": "circle-open-dot",
}
AROUND = 14  # px of a sign that stands around another
MUTED = 7  # place in the palette of the grey for peers
Point = tuple[float, float | None, str, str]  # year, value, printed number, status


@dataclass(frozen=True)
class Line:
    """A series; ``labels`` are its printed numbers, ``muted`` draws it thin and grey (a peer)."""

    name: str
    years: tuple[int, ...]
    values: tuple[float | None, ...]
    labels: tuple[str, ...]
    statuses: tuple[str, ...] = ()
    muted: bool = False


@dataclass(frozen=True)
class Forecast:
    """Figures after the last year of the first line; bounds may be empty."""

    years: tuple[int, ...]
    values: tuple[float | None, ...]
    labels: tuple[str, ...]
    lower_80: tuple[float | None, ...] = ()
    upper_80: tuple[float | None, ...] = ()
    lower_95: tuple[float | None, ...] = ()
    upper_95: tuple[float | None, ...] = ()


def list_points(line: Line) -> list[Point]:
    """The points with an empty one for every absent year and before every break (status B)."""
    statuses = line.statuses or ("A",) * len(line.years)
    rows = zip(line.years, clean(line.values), line.labels, statuses, strict=True)
    known = {row[0]: row for row in rows}
    points: list[Point] = []
    for year in range(min(known, default=0), max(known, default=-1) + 1):
        point = known.get(year, (year, None, "", ""))
        if point[3] == "B":
            points.append((year - 0.5, None, "", ""))
        points.append(point)
    return points


def pick_color(line: Line, index: int, look: Look) -> str:
    return look.style(MUTED if line.muted else index).color


def draw_line(
    line: Line,
    index: int,
    look: Look,
    *,
    printed: str,
    in_legend: bool,
    scale: Scale,
    onward: float | None = None,
    around: bool = False,
) -> Spec:
    """The line with its markers; ``printed`` says which numbers: all, ends or none; ``onward`` is
    the figure of the forecast that the line runs to. ``around``: another line lies on it, so its
    signs are open and stand around those of the other."""
    points = list_points(line)
    style, color = look.style(index), pick_color(line, index, look)
    texts = [plain(point[2]) for point in points]
    symbol = f"{style.symbol}-open" if around else style.symbol
    trace: Spec = {
        "type": "scatter",
        "mode": "lines+markers",
        "name": wrap(line.name, 34),
        "x": [point[0] for point in points],
        "y": [point[1] for point in points],
        "connectgaps": False,
        "line": {"color": color, "width": 1.6 if line.muted else 2.6, "dash": style.dash},
        "marker": {
            "symbol": [OPEN_SIGNS.get(point[3], symbol) for point in points],
            "size": AROUND if around else 7 if line.muted else 9,
            "color": color,
            "line": {"color": color, "width": 2},
        },
        "hoverinfo": "text+name",
        "hovertext": texts,
        "showlegend": in_legend,
        "cliponaxis": False,
    }
    known = [place for place, point in enumerate(points) if point[1] is not None]
    chosen = {"all": known, "ends": known[:1] + known[-1:], "none": []}[printed]
    if not chosen:
        return trace
    values = [None, *(point[1] for point in points), onward]
    return trace | {
        "mode": "lines+markers+text",
        "text": [text if place in chosen else "" for place, text in enumerate(texts)],
        "textposition": [
            find_side(values[place : place + 3], texts[place], scale, look)
            for place in range(len(points))
        ],
        "textfont": {"size": look.size, "color": look.ink},
    }


def find_join(line: Line | None, ahead: Forecast) -> tuple[int, float] | None:
    """The last number of the line, if it stands before the forecast."""
    if line is None or not ahead.years:
        return None
    known = [(y, v) for y, v in zip(line.years, clean(line.values), strict=True) if v is not None]
    last = max(known, default=None)
    return last if last and last[0] < min(ahead.years) else None


def draw_bands(line: Line | None, ahead: Forecast, words: Words, look: Look) -> list[Spec]:
    """The 95 and the 80 per cent interval as filled bands, the wider one below."""
    bands = (
        ("interval_95", ahead.lower_95, ahead.upper_95, 0.17),
        ("interval_80", ahead.lower_80, ahead.upper_80, 0.38),
    )
    start = find_join(line, ahead)
    drawn = []
    for word, lower, upper, opacity in bands:
        limits = zip(ahead.years, clean(lower), clean(upper), strict=False)
        rows = [row for row in limits if row[1] is not None and row[2] is not None]
        if not rows:
            continue
        rows = [(start[0], start[1], start[1]), *rows] if start else rows
        xs = [row[0] for row in (*rows, *rows[::-1])]
        ys = [row[1] for row in rows] + [row[2] for row in rows[::-1]]
        color = fade(look.accent, opacity)
        drawn.append(trace_area(xs, ys, fillcolor=color, name=plain(words[word]), showlegend=True))
    return drawn


def draw_forecast(
    line: Line | None,
    ahead: Forecast,
    book: Forecast | None,
    words: Words,
    look: Look,
    scale: Scale,
) -> Spec:
    """The dashed line from the last observed point, with open markers and the last number, which
    keeps off the sign of the handbook's figure."""
    start = find_join(line, ahead)
    joined = [start] if start else []
    points = [*joined, *zip(ahead.years, clean(ahead.values), strict=True)]
    color = look.style(0).color
    texts = [""] * len(joined) + [plain(label) for label in ahead.labels]
    trace = _trace_ahead(points, texts, words["forecast"])
    year, value = points[-1]
    other = dict(zip(book.years, clean(book.values), strict=True)).get(year) if book else None
    side = "top center" if value is None else find_side_beside(value, other, scale, look)
    return trace | {
        "mode": "lines+markers+text",
        "text": [""] * (len(texts) - 1) + texts[-1:],
        "textposition": side,
        "textfont": {"size": look.size, "color": look.ink},
        "line": {"color": color, "width": 2.2, "dash": "6px,4px"},
        "marker": {
            "symbol": "circle-open",
            "size": [0] * len(joined) + [9] * len(ahead.years),
            "color": color,
            "line": {"width": 2, "color": color},
        },
    }


def draw_handbook(book: Forecast, words: Words, look: Look) -> Spec:
    """The figure of the handbook's method as open diamonds beside the forecast."""
    points = list(zip(book.years, clean(book.values), strict=True))
    trace = _trace_ahead(points, [plain(label) for label in book.labels], words["handbook"])
    color = look.style(1).color
    outline = {"width": 2.4, "color": color}
    marker = {"symbol": "diamond-open", "size": 10, "color": color, "line": outline}
    return trace | {"mode": "markers", "marker": marker}


def _trace_ahead(points: Sequence[tuple[int, float | None]], texts: list[str], name: str) -> Spec:
    return {
        "type": "scatter",
        "name": plain(name),
        "x": [point[0] for point in points],
        "y": [point[1] for point in points],
        "connectgaps": False,
        "hoverinfo": "text+name",
        "hovertext": texts,
        "showlegend": True,
        "cliponaxis": False,
    }


def explain_signs(lines: Sequence[Line], words: Words, look: Look) -> list[Spec]:
    """A legend entry for every status that changed the sign of a point."""
    seen = {status for line in lines for status in line.statuses if status in OPEN_SIGNS}
    return [
        {
            "type": "scatter",
            "mode": "markers",
            "name": plain(words[f"status_{status}"]),
            "x": [None],
            "y": [None],
            "marker": {"symbol": sign, "size": 9, "color": look.ink, "line": {"width": 2}},
            "hoverinfo": "skip",
            "showlegend": True,
        }
        for status, sign in OPEN_SIGNS.items()
        if status in seen
    ]
