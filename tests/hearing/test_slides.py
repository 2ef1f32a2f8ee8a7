"""The deck: twelve to fifteen slides, grey, readable without colour and without a browser."""

from __future__ import annotations

import io
import json
import re
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pptx import Presentation

from sedp_helpers.blocks import Span
from sedp_helpers.hearing.deck import HEIGHT, SIZES, Slide, fit_points, measure_points, render_deck
from sedp_helpers.hearing.grey import Picture, turn_grey
from sedp_helpers.hearing.hall import Hall, open_hall
from sedp_helpers.hearing.papers import make_deck
from sedp_helpers.hearing.slides import plan_slides
from sedp_helpers.paths import Workspace

PIXEL = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010806000000"
    "1f15c4890000000d49444154789c6360000002000001e221bc330000000049454e44ae426082")


@pytest.mark.parametrize("language", ["ky", "ru", "en"])
def test_the_sample_has_twelve_to_fifteen_slides(workspace: Workspace, language: str) -> None:
    slides = plan_slides(open_hall(workspace, "demo", language))
    assert 12 <= len(slides) <= 15
    assert all(slide.title for slide in slides)
    assert all(slide.points or slide.table or slide.figure for slide in slides)


def test_an_empty_municipality_gets_a_short_deck_that_names_what_is_missing(empty: Hall) -> None:
    slides = plan_slides(empty)
    told = "".join(span.text for slide in slides for spans in slide.points for span in spans)
    assert 3 <= len(slides) < 12
    for section in empty.desk.catalog.sections:
        assert section.title.get("ky") in told
    assert empty.register_name("plan") in told


def test_a_figure_without_a_browser_is_shown_as_its_table(slides: list[Slide], deck: bytes
                                                          ) -> None:
    figures = [slide for slide in slides if slide.figure]
    pages = Presentation(io.BytesIO(deck)).slides
    tables = [shape for page in pages for shape in page.shapes if shape.has_table]
    assert figures and len(tables) >= len(figures)


def test_every_picture_has_a_text_alternative_and_every_slide_a_title(
    demo: Hall, slides: list[Slide]
) -> None:
    pictures = {slide.figure.anchor: Picture(PIXEL) for slide in slides if slide.figure}
    deck = Presentation(io.BytesIO(render_deck(slides, demo.meta, pictures)))
    shown = [shape for page in deck.slides for shape in page.shapes if shape.shape_type == 13]
    assert len(shown) == len(pictures)
    assert all(shape._element.nvPicPr.cNvPr.get("descr") for shape in shown)
    assert [page.shapes.title.text for page in deck.slides] == [slide.title for slide in slides]


def test_every_colour_of_a_slide_picture_is_a_grey(slides: list[Slide]) -> None:
    for slide in slides:
        if slide.figure:
            text = json.dumps(turn_grey(slide.figure.spec))
            for color in re.findall(r"#([0-9a-fA-F]{6})\b", text):
                assert color[:2].lower() == color[2:4].lower() == color[4:].lower()


def test_the_same_figures_give_the_same_bytes(demo: Hall, deck: bytes, no_browser: Any) -> None:
    assert make_deck(demo, no_browser) == deck


def test_nothing_of_a_slide_hangs_over_its_edge(deck: bytes) -> None:
    for page in Presentation(io.BytesIO(deck)).slides:
        for shape in page.shapes:
            assert (shape.top + shape.height) / 36000 <= HEIGHT + 1, shape.name


@settings(max_examples=30)
@given(st.lists(st.text(max_size=300), max_size=12))
def test_a_smaller_size_never_needs_more_room(texts: list[str]) -> None:
    points = tuple((Span(text),) for text in texts)
    rooms = [measure_points(points, size) for size in SIZES]
    assert rooms == sorted(rooms, reverse=True)
    assert fit_points(points, 10_000) == SIZES[0]
