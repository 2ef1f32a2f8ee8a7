"""What each chart kind promises: gaps, breaks, marks, sums, scales, and honest places."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sedp_helpers.errors import SedpError
from sedp_helpers.present.charts import ALT_FACTS, CHARTS
from sedp_helpers.present.charts.areas import Area, AreasData, squarify
from sedp_helpers.present.charts.bars import BarsData, BarSeries
from sedp_helpers.present.charts.dots import DotRow, DotsData
from sedp_helpers.present.charts.end_labels import spread_places
from sedp_helpers.present.charts.flow import FlowData, Link, Node
from sedp_helpers.present.charts.gantt import GanttData, Task
from sedp_helpers.present.charts.heat import HeatData
from sedp_helpers.present.charts.map import MapData, Shape, Spot
from sedp_helpers.present.charts.matrix import MatrixData, Risk
from sedp_helpers.present.charts.point_names import find_sides
from sedp_helpers.present.charts.pyramid import PyramidData, Side
from sedp_helpers.present.charts.ranks import RankRow, RanksData
from sedp_helpers.present.charts.scatter_change import ChangeData, Unit
from sedp_helpers.present.charts.stacked import Part, StackedData
from sedp_helpers.present.charts.waterfall import Step, WaterfallData, place_steps
from sedp_helpers.present.theme import Look, choose_ink, measure_contrast, measure_lightness

LOOK = Look("ky")


class Echo(dict[str, str]):
    """Words that name themselves, so that a test sees which one was printed."""

    def __missing__(self, key: str) -> str:
        return f"⟦{key}⟧"


WORDS = Echo()


def _draw(kind: str, data: Any) -> dict[str, Any]:
    return CHARTS.get(kind)(data, WORDS, LOOK)


def _label(value: float | None) -> str:
    return "жок" if value is None else f"{value:g}"


def _notes(spec: dict[str, Any]) -> list[str]:
    return [note["text"] for note in spec["layout"]["annotations"]]


def test_a_missing_number_is_never_drawn_as_zero() -> None:
    bars = _draw("bars", BarsData(("а", "б"), (BarSeries("x", (3.0, None), ("3", "жок")),)))
    assert bars["data"][0]["y"] == [3.0, None]
    assert "жок" in _notes(bars)


@given(st.lists(st.floats(0, 300), min_size=1, max_size=6))
def test_end_names_never_overlap_and_stay_in_the_plot(wanted: list[float]) -> None:
    places = spread_places(wanted, [40.0] * len(wanted), 300)
    ordered = sorted(places)
    assert all(b - a >= 39.9 for a, b in pairwise(ordered))
    assert ordered[0] >= 19.9
    assert ordered[-1] <= 280.1


def test_columns_of_different_length_are_refused() -> None:
    with pytest.raises(SedpError, match="differ in length"):
        _draw("bars", BarsData(("а", "б"), (BarSeries("x", (1.0,), ("1",)),)))


def test_a_structure_with_an_unknown_part_is_not_drawn_in_per_cent() -> None:
    parts = (Part("а", (1.0, 2.0), ("1", "2")), Part("б", (3.0, None), ("3", "жок")))
    spec = _draw("stacked", StackedData(("2023", "2024"), parts))
    assert [trace["y"] for trace in spec["data"]] == [[25.0, None], [75.0, None]]
    assert "⟦missing⟧" in _notes(spec)
    plainly = _draw("stacked", StackedData(("2023", "2024"), parts, percent=False))
    assert [trace["y"] for trace in plainly["data"]] == [[1.0, 2.0], [3.0, None]]
    assert "⟦incomplete⟧" in _notes(plainly)


@given(st.lists(st.floats(0.01, 1e9), min_size=1, max_size=8))
def test_shares_of_a_whole_sum_to_a_hundred(values: list[float]) -> None:
    parts = tuple(Part(str(i), (value,), ("",)) for i, value in enumerate(values))
    spec = _draw("stacked", StackedData(("2024",), parts, horizontal=False))
    assert sum(trace["y"][0] for trace in spec["data"]) == pytest.approx(100)


def test_more_than_eight_parts_are_refused() -> None:
    parts = tuple(Part(str(i), (1.0,), ("1",)) for i in range(9))
    with pytest.raises(SedpError, match="9 parts"):
        _draw("stacked", StackedData(("2024",), parts))


def test_stacked_neighbours_differ_in_grey_by_lightness_and_hatching() -> None:
    parts = tuple(Part(str(i), (1.0,), ("1",)) for i in range(8))
    markers = [t["marker"] for t in _draw("stacked", StackedData(("2024",), parts))["data"]]
    for first, second in pairwise(markers):
        assert abs(measure_lightness(first["color"]) - measure_lightness(second["color"])) >= 20
        assert first.get("pattern") != second.get("pattern")


def test_numbers_in_bars_and_cells_stand_off_their_ground() -> None:
    parts = tuple(Part(str(i), (1.0,), ("1",)) for i in range(8))
    notes = _draw("stacked", StackedData(("2024",), parts))["layout"]["annotations"]
    inside = [note for note in notes if "bgcolor" in note]
    assert inside
    assert all(measure_contrast(n["font"]["color"], n["bgcolor"]) >= 4.5 for n in inside)
    table = HeatData(("а",), ("x", "y"), ((1.0, 2.0),), (("1", "2"),))
    cells = _draw("heat", table)["data"][1]
    assert len(set(cells["textfont"]["color"])) > 1
    assert choose_ink(LOOK.high, LOOK) == LOOK.paper


def test_pyramid_sides_share_one_scale_without_minus_signs() -> None:
    men = Side("Эркектер", (300.0, 1200.0), ("300", "1 200"), (310.0, None))
    spec = _draw(
        "pyramid", PyramidData(("0–4", "5–9"), men, Side("Аялдар", (290.0, 9.0), ("", "")))
    )
    left, right = spec["data"][:2]
    assert max(left["x"]) < 0 < min(right["x"])
    axis = spec["layout"]["xaxis"]
    assert axis["range"][0] == -axis["range"][1]
    assert all("-" not in text and "−" not in text for text in axis["ticktext"])
    assert spec["data"][2]["name"] == WORDS["outline"]


def test_waterfall_ends_at_the_sum_of_its_steps_and_stops_at_a_gap() -> None:
    steps = (Step("а", 100.0, "100", total=True), Step("б", 8.0, "+8"), Step("в", -3.0, "−3"))
    assert place_steps(steps)[-1].after == 105.0
    gap = (*steps, Step("г", None, "жок"), Step("д", 5.0, "+5"), Step("е", 120.0, "120", True))
    assert [p.after for p in place_steps(gap)] == [100.0, 108.0, 105.0, None, None, 120.0]
    spec = _draw("waterfall", WaterfallData(gap))
    assert "жок" in _notes(spec)


def test_small_steps_cut_the_axis_and_then_totals_are_no_bars() -> None:
    near = WaterfallData(
        (Step("а", 1000.0, "", True), Step("б", 8.0, ""), Step("в", 1008.0, "", True))
    )
    far = WaterfallData((Step("а", 10.0, "", True), Step("б", 8.0, ""), Step("в", 18.0, "", True)))
    cut, whole = (_draw("waterfall", data) for data in (near, far))
    assert cut["layout"]["yaxis"]["range"][0] > 900
    assert [t["type"] for t in cut["data"] if t.get("name") == WORDS["total"]] == ["scatter"]
    assert whole["layout"]["yaxis"]["range"][0] == 0
    assert [t["type"] for t in whole["data"] if t.get("name") == WORDS["total"]] == ["bar"]


def test_the_own_unit_stands_out_by_shape_size_and_weight() -> None:
    rows = (RankRow("Көк-Жар", 1.0, "1", own=True), RankRow("Ак-Суу", 2.0, "2"))
    spec = _draw("ranks", RanksData(rows))
    own = next(t for t in spec["data"] if t["name"] == WORDS["own"])
    others = next(t for t in spec["data"] if t["name"] == WORDS["others"])
    assert own["marker"]["symbol"] != others["marker"]["symbol"]
    assert own["marker"]["size"] > others["marker"]["size"]
    assert spec["layout"]["yaxis"]["ticktext"][0] == "<b>Көк-Жар</b>"


def test_ranks_tell_the_place_of_the_own_unit() -> None:
    rows = (RankRow("Ак-Суу", 1.0, "1"), RankRow("Көк-Жар", 2.0, "2", own=True))
    facts = ALT_FACTS.get("ranks")(RanksData(rows))
    assert (facts["own_at"], facts["own_place"], facts["own_label"]) == ("Көк-Жар", 2, "2")


@given(st.lists(st.floats(0.5, 1000), min_size=1, max_size=30))
def test_areas_are_true_to_their_values_and_fill_the_plot(values: list[float]) -> None:
    values.sort(reverse=True)
    boxes = squarify(values, (0.0, 0.0, 692.0, 340.0))
    share = 692.0 * 340.0 / sum(values)
    for value, (left, foot, wide, high) in zip(values, boxes, strict=True):
        assert wide * high == pytest.approx(value * share)
        assert left >= -1e-6
        assert foot >= -1e-6
        assert left + wide <= 692.0 + 1e-6
        assert foot + high <= 340.0 + 1e-6


def test_a_missing_area_is_named_and_a_zero_is_not_drawn() -> None:
    items = (Area("Жайыт", 5.0, "5 га"), Area("Суу", None, "жок"), Area("Жол", 0.0, "0"))
    names = [trace.get("name") for trace in _draw("areas", AreasData(items))["data"]]
    assert names == ["Жайыт: 5 га", "Суу: жок"]


def test_ribbons_are_as_wide_as_their_money() -> None:
    nodes = (Node("а", "3"), Node("б", "1"))
    data = FlowData(nodes[:1], nodes, (Link(0, 0, 3.0), Link(0, 1, 1.0), Link(0, 1, None)))
    ribbons = [t for t in _draw("flow", data)["data"] if len(t["x"]) > 5]
    widths = [t["y"][0] - t["y"][-1] for t in ribbons]
    assert len(widths) == 2
    assert widths[0] == pytest.approx(3 * widths[1])


def test_risks_at_one_place_share_a_marker_and_unplaced_ones_are_listed() -> None:
    risks = (
        Risk("Сел", 0.5, 10.0, ""),
        Risk("Баа", 0.5, 10.0, ""),
        Risk("Зилзала", None, 9.0, "?"),
    )
    spec = _draw("matrix", MatrixData(risks, (4, 8)))
    assert spec["data"][1]["text"] == ["1, 2"]
    assert spec["data"][-1]["name"] == "–  Зилзала: ?"


def test_cuts_of_the_risk_matrix_must_rise() -> None:
    with pytest.raises(SedpError, match="must rise"):
        _draw("matrix", MatrixData((Risk("Сел", 0.5, 10.0, ""),), (8, 4)))


def test_measures_start_at_their_base_and_today_is_a_line() -> None:
    tasks = (Task("Суу", 2025.0, 2027.0, "50 %", 0.5), Task("Жол", None, 2026.0, "башталышы жок"))
    spec = _draw("gantt", GanttData(tasks, as_of=2025.5))
    plan, done = spec["data"]
    assert (plan["base"], plan["x"]) == ([2025.0], [2.0])
    assert (done["base"], done["x"]) == ([2025.0], [1.0])
    assert spec["layout"]["shapes"][0]["x0"] == 2025.5
    assert {"башталышы жок", WORDS["as_of"]} <= set(_notes(spec))


def test_the_longest_name_of_a_measure_is_read_whole_and_its_row_is_higher() -> None:
    name = "Айыл аймагынын борборундагы орто мектептин жылытуу тармагын жана чатырын жаңыртуу " * 2
    tasks = (Task(name, 2025.0, 2026.0), Task("Жол", 2025.0, 2026.0), Task("Суу", 2025.0, 2026.0))
    axis = _draw("gantt", GanttData(tasks))["layout"]["yaxis"]
    assert axis["ticktext"][0].replace("<br>", " ").strip() == name.strip()
    first, second, third = axis["tickvals"]
    assert second - first > 2 and third - second == 1


def test_measures_that_would_fill_more_than_a_page_are_cut_to_it() -> None:
    tasks = tuple(Task("узун аталыштагы иш-чара " * 9, 2025.0, 2026.0) for _ in range(24))
    layout = _draw("gantt", GanttData(tasks))["layout"]
    assert layout["height"] * 16 / 720 < 25.9


@pytest.mark.parametrize("kind", ["bars", "dots"])
def test_the_row_of_a_long_name_has_room_for_it(kind: str) -> None:
    long = "Көчүп келген жана үй-бүлөсү менен туруктуу жашаган адамдар"
    names = ("Суу", long, "Жол")
    data: Any = (
        BarsData(names, (BarSeries("а", (1.0, 2.0, 3.0), ("1", "2", "3")),), True)
        if kind == "bars"
        else DotsData(tuple(DotRow(n, 1.0, 2.0, "1", "2") for n in names))
    )
    spec = CHARTS.get(kind)(data, WORDS, LOOK.halve())
    places = spec["layout"]["yaxis"]["tickvals"]
    assert places[1] > 1 and places == pytest.approx([0, places[1], 2 * places[1]], abs=0.01)
    assert all(trace["y"] == places for trace in spec["data"] if len(trace["y"]) == 3)


def test_a_unit_without_a_number_is_hatched_on_the_map() -> None:
    ring = ((74.0, 42.0), (74.2, 42.0), (74.2, 42.2))
    shapes = (Shape("а", (ring,), 5.0, "5"), Shape("б", (ring,), None, "жок"))
    spec = _draw("map", MapData(shapes, breaks=(3.0,), class_labels=("аз", "көп")))
    assert "fillpattern" not in spec["data"][0]
    assert spec["data"][1]["fillpattern"]["shape"] == "/"
    assert WORDS["missing"] in [trace.get("name") for trace in spec["data"]]


def test_places_on_the_map_are_named_or_listed_when_unknown() -> None:
    spots = (Spot("Ак-Суу", 74.0, 42.0, 5.0, "5"), Spot("Көк-Жар", None, None, 6.0, "6"))
    spec = _draw("map", MapData(spots=spots))
    assert "Ак-Суу: 5" in spec["data"][0]["text"]
    assert spec["data"][-1]["name"] == "–  Көк-Жар: 6"


def test_crowded_names_become_numbers_with_a_key() -> None:
    assert find_sides([(50, 50)] * 6, ["Жаңы-Талап"] * 6, (300, 100), LOOK) is None
    units = tuple(Unit(f"Айыл {i}", 5.0, 5.0, "5") for i in range(6))
    spec = _draw("scatter_change", ChangeData(units, 4.0))
    assert spec["data"][0]["text"] == ["1", "2", "3", "4", "5", "6"]
    assert spec["data"][1]["name"] == "<b>1</b>  Айыл 0: 5"


def test_wide_tables_of_tones_stand_upright() -> None:
    names, row = tuple(f"Айыл {i}" for i in range(40)), tuple(float(i) for i in range(40))
    texts = tuple(map(_label, row))
    spec = _draw("heat", HeatData(("а", "б"), names, (row, row), (texts, texts)))
    assert len(spec["data"][0]["z"]) == 40
    assert len(spec["layout"]["xaxis"]["ticktext"]) == 2


def test_each_row_of_tones_has_its_own_scale_unless_told_otherwise() -> None:
    values, labels = ((1.0, 2.0), (100.0, None)), (("1", "2"), ("100", "жок"))
    own = HeatData(("а", "б"), ("x", "y"), values, labels)
    common = HeatData(("а", "б"), ("x", "y"), values, labels, by_row=False)
    assert _draw("heat", own)["data"][0]["z"] == [[0.0, 1.0], [0.5, None]]
    assert _draw("heat", common)["data"][0]["z"][1] == [1.0, None]


@pytest.mark.parametrize(("day", "side"), [(2026.0, "left"), (2027.0, "center"), (2029.0, "right")])
def test_the_as_of_day_never_hangs_over_the_edge_of_the_plot(day: float, side: str) -> None:
    data = GanttData((Task("а", 2026.0, 2028.0),), day, day="10-июль")
    (label,) = [n for n in _draw("gantt", data)["layout"]["annotations"] if n["text"] == "10-июль"]
    assert label["xanchor"] == side


def test_a_gap_of_neighbouring_bars_is_said_once() -> None:
    series = tuple(
        BarSeries(name, (value,), (_label(value),))
        for name, value in (("чыгым", 5.0), ("төлөм", None), ("түшүм", None))
    )
    spec = _draw("bars", BarsData(("Сугат суу",), series, horizontal=True))
    assert _notes(spec).count("жок") == 1


def test_things_that_are_counted_have_no_half_on_their_axis() -> None:
    axes = [
        _draw("bars", BarsData(("а", "б"), (BarSeries("", values, ("1", "2")),), horizontal=True))[
            "layout"
        ]["xaxis"]
        for values in ((1.0, 2.0), (0.7, 2.0))
    ]
    assert [axis.get("dtick") for axis in axes] == [1, None]


def test_numbers_beside_dots_have_room_between_the_names_and_the_dots() -> None:
    rows = (
        DotRow("Кызмат көрсөтүүлөр", 1.13, 1.17, "1,13", "1,17"),
        DotRow("Курулуш", 0.92, 0.85, "0,92", "0,85"),
    )
    half = LOOK.halve()
    low, high = CHARTS.get("dots")(DotsData(rows), WORDS, half)["layout"]["xaxis"]["range"]
    plot = half.width * 0.5  # at the least, beside names of a good third
    assert (0.85 - low) / (high - low) * plot > 4 * half.size * 0.6
