"""Every chart kind on ordinary, single, missing and many data; only traces that the bundle has."""

from __future__ import annotations

import copy
import json
import re
from pathlib import Path
from typing import Any

import plotly.graph_objects as go
import pytest

import sedp_helpers.present.charts as charts
from sedp_helpers.errors import NotFoundError
from sedp_helpers.present.charts import ALT_FACTS, CHARTS
from sedp_helpers.present.charts.areas import Area, AreasData
from sedp_helpers.present.charts.bars import BarsData, BarSeries
from sedp_helpers.present.charts.dots import DotRow, DotsData
from sedp_helpers.present.charts.flow import FlowData, Link, Node
from sedp_helpers.present.charts.gantt import GanttData, Task
from sedp_helpers.present.charts.heat import HeatData
from sedp_helpers.present.charts.influence import Body, InfluenceData
from sedp_helpers.present.charts.map import MapData, Shape, Spot
from sedp_helpers.present.charts.matrix import MatrixData, Risk
from sedp_helpers.present.charts.multiples import MultiplesData, Panel
from sedp_helpers.present.charts.pyramid import PyramidData, Side
from sedp_helpers.present.charts.ranks import RankRow, RanksData
from sedp_helpers.present.charts.resources import Resource, ResourcesData, Settlement
from sedp_helpers.present.charts.scatter_change import ChangeData, Unit
from sedp_helpers.present.charts.stacked import Part, StackedData
from sedp_helpers.present.charts.tree import Branch, TreeData, Trunk
from sedp_helpers.present.charts.trend import TrendData
from sedp_helpers.present.charts.trend_lines import Forecast, Line
from sedp_helpers.present.charts.waterfall import Step, WaterfallData
from sedp_helpers.present.theme import Look

LOOK = Look("ky")
WORDS = {
    "centre": "тургундар", "cause": "Себеби", "problem": "Көйгөй", "effect": "Кесепети",
    "median": "ортосу",
    "no_data": "Бул көрсөткүч боюнча маалымат жок.",
    "unit": "адам",
    "share_unit": "%; сандар: {unit}",
    "missing": "маалымат жок",
    "incomplete": "толук эмес",
    "break": "эсептөө өзгөргөн",
    "forecast": "болжол",
    "interval_80": "80 % аралык",
    "interval_95": "95 % аралык",
    "handbook": "усулдук колдонмо боюнча",
    "outline": "2027-жылга болжол",
    "up": "көбөйткөн",
    "down": "азайткан",
    "total": "жалпы саны",
    "others": "башкалар",
    "own": "Көк-Жар",
    "range": "орундун чеги",
    "first": "2020",
    "second": "2024",
    "low": "төмөн",
    "high": "жогору",
    "probability": "ыктымалдык",
    "impact": "зыян",
    "planned": "пландалган",
    "done": "аткарылган",
    "as_of": "2025-жылдын 1-июлу",
    "level": "деңгээл",
    "change": "өзгөрүү",
    "high_up": "жогору жана өсүүдө",
    "high_down": "жогору, төмөндөөдө",
    "low_up": "төмөн, өсүүдө",
    "low_down": "төмөн, төмөндөөдө",
} | {f"status_{code}": f"{code} белгиси" for code in "EIUPVNF"}
ALLOWED = {"scatter", "bar", "heatmap"}
HOSTILE = '<b onclick="x">Ак & Суу</b><a href="http://x">%{x}</a>'


def _label(value: float | None) -> str:
    return "жок" if value is None else f"{value:g}".replace(".", ",")


def _make(count: int, *, missing: int = 0, name: str = "Айыл") -> dict[str, Any]:
    """Data of every kind with so many things; every third or every one of them missing."""
    gaps = {i for i in range(count) if missing and (i + 1) % missing == 0}
    values = tuple(None if i in gaps else 10.0 + 7 * i % 50 for i in range(count))
    second = tuple(None if i in gaps else 20.0 + 5 * i % 30 for i in range(count))
    labels, names = tuple(map(_label, values)), tuple(f"{name} {i}" for i in range(count))
    years = tuple(2024 - count + 1 + i for i in range(count))
    ahead = tuple(None if missing == 1 else 30.0 + i for i in range(3))
    forecast = Forecast((2025, 2026, 2027), ahead, ("а", "б", "в"), ahead, ahead, ahead, ahead)
    ring = ((74.0, 42.0), (74.2, 42.0), (74.2, 42.2), (74.0, 42.2))
    rings = [tuple((x + 0.2 * i, y) for x, y in ring) for i in range(count)]
    links = tuple(Link(0, i, v) for i, v in enumerate(values))
    nodes = tuple(Node(n, label) for n, label in zip(names, labels, strict=True))
    rows = list(zip(names, values, second, labels, strict=True))
    return {
        "areas": AreasData(tuple(Area(n, v, t) for n, v, _, t in rows)),
        "bars": BarsData(names, (BarSeries("2023", values, labels),) * 2),
        "dots": DotsData(tuple(DotRow(n, v, w, t, t) for n, v, w, t in rows)),
        "flow": FlowData((Node(name, "1"),), nodes, links),
        "gantt": GanttData(
            tuple(Task(n, v, None if v is None else v + 2, t, 0.5) for n, v, _, t in rows)
        ),
        "heat": HeatData(("а", "б"), names, (values, second), (labels, labels)),
        "influence": InfluenceData(
            tuple(Body(n, v and v / 10, "strong" if v is not None else "", t)
                  for n, v, _, t in rows)
        ),
        "map": MapData(
            tuple(Shape(n, (r,), v, t) for (n, v, _, t), r in zip(rows, rings, strict=True)),
            breaks=(30,),
            class_labels=("аз", "көп"),
        ),
        "matrix": MatrixData(
            tuple(Risk(n, None if v is None else v / 100, w, t) for n, v, w, t in rows), (10, 20)
        ),
        "multiples": MultiplesData(
            (2023, 2024), tuple(Panel(n, (v, w), t) for n, v, w, t in rows[:24])
        ),
        "pyramid": PyramidData(
            names, Side("Эркектер", values, labels, second), Side("Аялдар", second, labels)
        ),
        "ranks": RanksData(
            tuple(RankRow(n, v, t, v, w, own=n.endswith(" 0")) for n, v, w, t in rows)
        ),
        "resources": ResourcesData(
            (Settlement(name, tuple(Resource(n, i % 2, "good", t)
                                    for i, (n, v, _, t) in enumerate(rows) if v is not None)),),
            ("а", "б"),
        ),
        "scatter_change": ChangeData(tuple(Unit(n, v, w, t) for n, v, w, t in rows), 20.0),
        "stacked": StackedData(names, (Part("а", values, labels), Part("б", second, labels))),
        "tree": TreeData(
            tuple(Trunk(n, (Branch(n, n, t),) if v is not None else ()) for n, v, _, t in rows)
        ),
        "trend": TrendData(
            (Line(name, years, values, labels, ("E",) * count),), forecast, forecast
        ),
        "waterfall": WaterfallData(
            tuple(Step(n, v, t, total=i == 0) for i, (n, v, _, t) in enumerate(rows))
        ),
    }


def _draw(kind: str, data: Any) -> dict[str, Any]:
    return CHARTS.get(kind)(data, WORDS, LOOK)


def _traces_beyond(spec: dict[str, Any], allowed: set[str]) -> set[str]:
    return {trace["type"] for trace in spec["data"]} - allowed


def _texts(spec: Any) -> list[str]:
    if isinstance(spec, dict):
        return [text for value in spec.values() for text in _texts(value)]
    if isinstance(spec, list | tuple):
        return [text for value in spec for text in _texts(value)]
    return [spec] if isinstance(spec, str) else []


def _sizes(spec: Any) -> list[float]:
    """Letter sizes of every font in the figure."""
    if isinstance(spec, list):
        return [size for value in spec for size in _sizes(value)]
    if not isinstance(spec, dict):
        return []
    own = [v["size"] for k, v in spec.items() if k.endswith("font") and "size" in v]
    return own + [size for value in spec.values() for size in _sizes(value)]


KINDS = CHARTS.names()
every_kind = pytest.mark.parametrize("kind", KINDS)


def test_the_samples_cover_every_registered_kind() -> None:
    assert sorted(_make(1)) == KINDS


@every_kind
@pytest.mark.parametrize("missing", [0, 3])
@pytest.mark.parametrize("count", [1, 2, 5, 40])
def test_every_kind_is_a_valid_plain_figure_of_the_bundles_traces(
    kind: str, count: int, missing: int
) -> None:
    spec = _draw(kind, _make(count, missing=missing)[kind])
    assert spec["data"]
    assert _traces_beyond(spec, ALLOWED) == set()
    assert json.loads(json.dumps(spec, allow_nan=False)) == json.loads(json.dumps(spec))
    go.Figure(spec)


def test_a_trace_outside_the_bundle_is_noticed() -> None:
    spec = _draw("bars", _make(2)["bars"])
    spec["data"].append({"type": "treemap"})
    assert _traces_beyond(spec, ALLOWED) == {"treemap"}


def test_the_bundle_has_exactly_the_traces_that_are_used() -> None:
    folder = Path(charts.__file__).parent.parent / "assets"
    bundled = set(json.loads((folder / "plotly-sedp.json").read_text("utf-8"))["traces"])
    drawn = {t["type"] for kind in KINDS for t in _draw(kind, _make(5)[kind])["data"]}
    assert bundled == drawn == ALLOWED


@every_kind
def test_missing_data_give_a_sentence_and_no_traces(kind: str) -> None:
    if kind == "map":
        data: Any = MapData(spots=(Spot("Ак-Суу", None, None, 1.0, "1"),))
    else:
        data = _make(3, missing=1)[kind]
    spec = _draw(kind, data)
    assert spec["data"] == []
    assert WORDS["no_data"] in _texts(spec["layout"]["annotations"])
    go.Figure(spec)


@every_kind
def test_no_data_at_all_is_no_error(kind: str) -> None:
    empty = {"heat": HeatData((), (), (), ()), "matrix": MatrixData((), (1, 2))}
    assert _draw(kind, empty.get(kind, _make(0)[kind])) is not None


@every_kind
def test_markup_in_names_is_only_text(kind: str) -> None:
    texts = _texts(_draw(kind, _make(2, name=HOSTILE)[kind]))
    ours = re.compile(r"</?b>|<br>")
    assert [text for text in texts if "<" in ours.sub("", text)] == []
    assert any("&lt;" in text for text in texts)


@every_kind
def test_no_letter_is_smaller_than_nine_points_on_paper(kind: str) -> None:
    sizes = _sizes(_draw(kind, _make(5)[kind]))
    assert sizes
    assert min(sizes) >= LOOK.size
    assert LOOK.smallest_print_pt >= 9


@every_kind
def test_the_caption_is_the_title_and_ticks_follow_the_language(kind: str) -> None:
    layout = _draw(kind, _make(5)[kind])["layout"]
    assert "title" not in layout
    assert layout["separators"] == ",\u00a0"
    assert layout["paper_bgcolor"] == layout["plot_bgcolor"] == "#FFFFFF"


@every_kind
def test_drawing_changes_neither_data_nor_words_nor_the_next_figure(kind: str) -> None:
    data, words = _make(5)[kind], dict(WORDS)
    first = CHARTS.get(kind)(data, words, LOOK)
    kept = copy.deepcopy(first)
    first["layout"]["annotations"].append("spoilt")
    first["layout"]["legend"]["x"] = 99
    for trace in first["data"]:
        trace.clear()
    assert CHARTS.get(kind)(data, words, LOOK) == kept
    assert words == WORDS


@every_kind
def test_every_printed_word_comes_from_the_caller(kind: str) -> None:
    words = {key: f"⟦{key}⟧" for key in WORDS}
    spec = CHARTS.get(kind)(_make(5)[kind], words, LOOK)
    shown = [
        *(trace.get("name", "") for trace in spec["data"]),
        *(item["text"] for item in spec["layout"]["annotations"]),
    ]
    latin = [t for t in shown if re.search("[A-Za-z]{3}", re.sub("⟦.*?⟧|<.*?>", "", t))]
    assert latin == []


@every_kind
def test_tall_figures_have_more_height_for_more_rows(kind: str) -> None:
    few, many = (_draw(kind, _make(n)[kind])["layout"]["height"] for n in (3, 40))
    rows = {"bars", "dots", "flow", "gantt", "heat", "pyramid", "ranks", "stacked"}
    assert many > few if kind in rows else many >= few


def test_an_unknown_kind_is_answered_with_the_known_ones() -> None:
    with pytest.raises(NotFoundError, match="trend"):
        CHARTS.get("trends")


@pytest.mark.parametrize("kind", ALT_FACTS.names())
def test_facts_are_plain_data_even_of_nothing(kind: str) -> None:
    for data in (_make(4)[kind], _make(4, missing=1)[kind], _make(0)[kind]):
        facts = ALT_FACTS.get(kind)(data)
        assert "n" in facts
        json.dumps(facts, allow_nan=False)


def test_shares_say_per_cent_at_their_axis_and_the_unit_of_the_numbers_in_them():
    parts = (Part("а", (900.0,), ("900",)), Part("б", (800.0,), ("800",)))
    drawn = [CHARTS.get("stacked")(StackedData(("2024",), parts, percent=share), WORDS, LOOK)
             for share in (True, False)]
    units = [spec["layout"]["annotations"][0]["text"] for spec in drawn]
    assert units == ["%; сандар: адам", "адам"]
