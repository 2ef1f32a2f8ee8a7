"""Small multiples: every unit keeps its panel, all on one scale, gaps stay gaps."""

from __future__ import annotations

import pytest

from sedp_helpers.errors import SedpError
from sedp_helpers.present.charts.multiples import MOST, MultiplesData, Panel, draw_multiples
from sedp_helpers.present.theme import Look

WORDS = {"no_data": "nothing", "own": "own", "median": "middle", "unit": ""}
YEARS = (2022, 2023, 2024)


def draw(*panels: Panel) -> dict:
    return draw_multiples(MultiplesData(YEARS, panels, (1.0, 2.0, 3.0)), WORDS, Look("en"))


def test_a_unit_without_figures_keeps_its_panel_and_says_so() -> None:
    spec = draw(Panel("A", (1.0, None, 3.0), "3"), Panel("B", (None, None, None), "no data"))
    texts = [note["text"] for note in spec["layout"]["annotations"]]
    assert texts == ["<b>A</b>", "3", "<b>B</b>", "no data"]
    own = [trace for trace in spec["data"] if trace["name"] == "own"]
    assert own[0]["y"] == [1.0, None, 3.0] and own[1]["y"] == [None] * 3
    assert not any(trace["connectgaps"] for trace in spec["data"])


def test_all_panels_share_one_scale() -> None:
    layout = draw(Panel("A", (1.0, 2.0, 3.0), "3"), Panel("B", (50.0, 60.0, 70.0), "70"))["layout"]
    assert layout["yaxis"]["range"] == layout["yaxis2"]["range"]


def test_no_figures_at_all_are_a_sentence() -> None:
    spec = draw(Panel("A", (None, None, None), ""))
    assert spec["data"] == [] and "nothing" in str(spec["layout"]["annotations"])


def test_more_panels_than_a_page_holds_are_refused() -> None:
    with pytest.raises(SedpError):
        draw(*(Panel(str(number), (1.0, 2.0, 3.0), "3") for number in range(MOST + 1)))
