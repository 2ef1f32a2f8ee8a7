"""A dashboard's state: what a link says, and what it cannot say."""

from __future__ import annotations

import json
from html import unescape

from hypothesis import given
from hypothesis import strategies as st

from sedp_helpers.errors import NotFoundError
from sedp_helpers.models import LANGUAGES
from sedp_helpers.widgets.controls import (
    PLOTLY_MIME,
    Answer,
    Dial,
    Panel,
    State,
    read_query,
    read_state,
    show_panel,
    write_link,
)

DIALS = [Dial("language", "ky", options=LANGUAGES), Dial("growth", 0.0, -3, 3, 0.1),
         Dial("upkeep", True), Dial("view", "table", options=("table", "chart", "map"))]


@given(st.sampled_from(LANGUAGES), st.integers(-30, 30), st.booleans(),
       st.sampled_from(["table", "map"]))
def test_a_link_restores_the_state(language: str, tenths: int, upkeep: bool, view: str) -> None:
    state = {"language": language, "growth": tenths / 10, "upkeep": upkeep, "view": view}
    assert read_state(DIALS, read_query(write_link(DIALS, state)[1:])) == state


def test_a_wrong_link_falls_back_to_the_default_and_to_the_limits() -> None:
    given_ = read_query("language=xx&growth=nan&view=<script>&upkeep=0&token=secret")
    assert read_state(DIALS, given_) == {"language": "ky", "growth": 0.0, "upkeep": False,
                                         "view": "table"}
    assert read_state(DIALS, {"growth": "1e9"})["growth"] == 3


def make_panel(state: State, *, broken: bool = False) -> Panel:
    def answer(now: State) -> Answer:
        if broken:
            raise NotFoundError("<b>no</b>", key="no_panel")
        return Answer(specs=({"data": [], "layout": {"height": 100 + now["growth"]}},))

    dials = [one for one in DIALS if one.id != "upkeep"]
    return Panel("whatif", dials, answer, state)


def test_moving_a_control_changes_figure_and_link_and_keeps_what_was_chosen() -> None:
    panel = make_panel({"language": "ky", "growth": 0.0, "view": "map"})
    assert panel.controls["view"].value == "map" and panel.controls["view"].label == "Карта"
    panel.controls["growth"].value = 2.0
    told = panel.figures.children[0].outputs[0]["data"]
    spec = told[PLOTLY_MIME]
    assert json.loads(unescape(told["text/html"].split('"')[3])) == spec, "both say the same"
    assert spec["layout"]["height"] == 102
    assert "view=map" in panel.link.value and "growth=2" in panel.link.value
    panel.controls["language"].value = "en"
    assert panel.controls["view"].value == "map" and panel.controls["view"].label == "Map"
    assert "What if?" in panel.title.value


def test_a_slider_writes_its_number_as_the_language_does() -> None:
    panel = make_panel({"language": "ky", "growth": 0.5, "view": "map"})
    assert panel.controls["growth"].label == "0,5"
    panel.controls["language"].value = "en"
    assert panel.controls["growth"].label == "0.5" and panel.state["growth"] == 0.5


def test_a_number_between_two_positions_of_a_slider_becomes_the_nearer_one() -> None:
    dial = Dial("alike", 2.5, 0, 10, 1)
    assert read_state([dial], {"alike": "6.8"}) == {"alike": 7.0}
    assert read_state([dial], {}) == {"alike": 2.5}, "the usual one is a position too"


def test_an_error_is_a_sentence_in_the_readers_language() -> None:
    panel = make_panel({"language": "en", "growth": 0.0, "view": "map"}, broken=True)
    assert "There are no data to compare" in panel.lead.value and not panel.figures.children


def test_a_page_that_cannot_be_made_says_why_in_its_place() -> None:
    def make(place: str, language: str) -> Panel:
        raise NotFoundError("no panel", key="no_panel")

    (said,) = show_panel(make, "demo", "en").children
    assert "There are no data to compare" in said.value and "role='alert'" in said.value
