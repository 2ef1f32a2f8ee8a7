"""What a trend promises: gaps and breaks stay visible, forecasts never look like facts."""

from __future__ import annotations

from typing import Any

import pytest

from sedp_helpers.errors import SedpError
from sedp_helpers.present.charts import ALT_FACTS, CHARTS
from sedp_helpers.present.charts.trend import TrendData
from sedp_helpers.present.charts.trend_lines import Forecast, Line
from sedp_helpers.present.theme import Look

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


def test_a_missing_number_is_no_point_at_zero() -> None:
    (line,) = _draw("trend", _trend((2020, 2021), (5.0, float("nan"))))["data"]
    assert line["y"] == [5.0, None]


def _trend(years: tuple[int, ...], values: tuple[float | None, ...], statuses=()) -> TrendData:
    return TrendData((Line("Калк", years, values, tuple(map(_label, values)), statuses),))


def test_a_year_without_a_number_breaks_the_line() -> None:
    (line,) = _draw("trend", _trend((2020, 2021, 2023), (5.0, 6.0, 8.0)))["data"]
    assert line["x"] == [2020, 2021, 2022, 2023]
    assert line["y"] == [5.0, 6.0, None, 8.0]
    assert line["connectgaps"] is False


def test_a_break_of_the_series_is_marked_and_not_joined() -> None:
    spec = _draw("trend", _trend((2020, 2021), (5.0, 9.0), ("A", "B")))
    assert spec["data"][0]["x"] == [2020, 2020.5, 2021]
    assert spec["data"][0]["y"] == [5.0, None, 9.0]
    assert [shape["x0"] for shape in spec["layout"]["shapes"]] == [2020.5]
    assert "⟦break⟧" in _notes(spec)


def test_estimates_have_open_signs_and_a_legend() -> None:
    spec = _draw("trend", _trend((2020, 2021, 2022), (5.0, 6.0, 7.0), ("A", "E", "P")))
    assert spec["data"][0]["marker"]["symbol"] == ["circle", "square-open", "circle-open"]
    assert [t["name"] for t in spec["data"][1:]] == ["⟦status_E⟧", "⟦status_P⟧"]


def test_forecast_is_dashed_within_its_intervals_and_the_handbook_a_diamond() -> None:
    data = _trend((2023, 2024), (10.0, 11.0))
    ahead = Forecast((2025,), (12.0,), ("12",), (11.5,), (12.5,), (11.0,), (13.0,))
    book = Forecast((2025,), (12.1,), ("12,1",))
    spec = _draw("trend", TrendData(data.lines, ahead, book))
    wide, narrow, line, dashed, diamond = spec["data"]
    assert (wide["name"], narrow["name"]) == (WORDS["interval_95"], WORDS["interval_80"])
    assert (wide["x"], wide["y"]) == ([2024, 2025, 2025, 2024], [11.0, 11.0, 13.0, 11.0])
    assert (dashed["x"], dashed["y"]) == ([2024, 2025], [11.0, 12.0])
    assert line["line"]["dash"] == "solid" != dashed["line"]["dash"]
    assert diamond["marker"]["symbol"] == "diamond-open"


def test_a_forecast_without_history_or_bounds_is_drawn() -> None:
    spec = _draw("trend", TrendData((), Forecast((2025, 2026), (1.0, 2.0), ("1", "2"))))
    assert [trace["name"] for trace in spec["data"]] == ["⟦forecast⟧"]


def test_few_lines_are_named_at_their_ends_and_many_in_the_legend() -> None:
    lines = tuple(Line(f"Катар {i}", (2023, 2024), (1.0, 2.0 + i), ("", "2")) for i in range(8))
    few, many = (_draw("trend", TrendData(lines[:n])) for n in (3, 8))
    assert (few["layout"]["showlegend"], many["layout"]["showlegend"]) == (False, True)
    assert sum("Катар" in text for text in _notes(few)) == 3
    dashes = [(t["line"]["dash"], t["marker"]["symbol"][0]) for t in many["data"]]
    assert len(set(dashes)) == 8


def test_trend_facts_are_in_order_of_years_whatever_the_order_given() -> None:
    facts = ALT_FACTS.get("trend")(_trend((2022, 2020, 2021), (7.0, 5.0, None)))
    assert (facts["first_at"], facts["last_at"], facts["missing"]) == (2020, 2022, [2021])
    assert (facts["min_value"], facts["max_label"], facts["n"]) == (5.0, "7", 2)


def test_columns_of_different_length_are_refused() -> None:
    with pytest.raises(SedpError, match="differ in length"):
        _draw("trend", TrendData((Line("x", (2020, 2021), (1.0, 2.0), ("1",)),)))


def test_the_last_number_of_a_forecast_keeps_off_the_sign_of_the_other_method() -> None:
    data = _trend((2023, 2024), (10.0, 11.0))
    sides = []
    for other in (12.2, 11.8):
        ahead, book = (Forecast((2025,), (v,), (str(v),)) for v in (12.0, other))
        *_, dashed, _ = _draw("trend", TrendData(data.lines, ahead, book))["data"]
        sides.append(dashed["textposition"])
    assert sides == ["bottom center", "top center"]


@pytest.mark.parametrize(("last", "side"), [(502000.0, "top center"), (900000.0, "bottom center")])
def test_the_first_number_stands_over_a_gentle_slope_and_under_a_steep_one(last, side) -> None:
    (line,) = _draw("trend", _trend((2020, 2021, 2022), (500000.0, last, 990000.0)))["data"]
    assert line["textposition"][0] == side


def test_a_line_that_another_covers_has_open_signs_around_those_of_the_other() -> None:
    rows = [
        Line(name, (2023, 2024), (10.0, end), ("", ""))
        for name, end in (("Киреше", 90.0), ("Чыгаша", 91.0), ("Карыз", 20.0))
    ]
    spec = CHARTS.get("trend")(TrendData((rows[0], rows[1])), WORDS, LOOK)
    apart = CHARTS.get("trend")(TrendData((rows[0], rows[2])), WORDS, LOOK)
    signs = [spec["data"][0]["marker"]["symbol"][0], apart["data"][0]["marker"]["symbol"][0]]
    assert signs == ["square-open", "square"]
