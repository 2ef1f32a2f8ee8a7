"""The title of a figure of the district book is its finding, with the numbers of the results."""

from __future__ import annotations

from dataclasses import replace

import pytest

from sedp_helpers.blocks import Figure
from sedp_helpers.district.book import DistrictBook
from tests.compare.district_case import NAMES, make_book, make_data, make_far_panel, make_panel
from tests.compare.test_book import full


def draw(book: DistrictBook, *chart: str) -> Figure:
    (figure,) = book.chart(*chart).blocks
    assert isinstance(figure, Figure)
    return figure


CHARTS = [
    ("map",),
    ("heat", "population"),
    ("ranks",),
    ("fund",),
    ("food",),
    ("needs",),
    ("multiples", "population.total"),
    ("change", "population.total"),
]


@pytest.fixture(scope="module", params=["ky", "ru", "en"])
def book(request) -> DistrictBook:
    return make_book(full(), request.param)


@pytest.mark.parametrize("chart", CHARTS, ids="-".join)
def test_every_title_says_more_than_the_name_of_the_figure(book, chart) -> None:
    figure = draw(book, *chart)
    words = book.words["captions"][chart[0]]
    plain = words.format(subject=chart[-1], unit="")
    assert figure.caption != plain and "{" not in figure.caption
    assert "".join(span.text for span in figure.told) == figure.caption


def test_the_highest_and_the_lowest_are_named_with_numbers_of_the_results() -> None:
    figure = draw(make_book(make_data()), "multiples", "population.total")
    assert "highest in H (8,000" in figure.caption and "lowest in A (1,000" in figure.caption
    assert {span.value for span in figure.told if span.key} == {1000.0, 8000.0}


def test_a_figure_that_is_asked_about_is_neither_the_highest_nor_the_lowest() -> None:
    panel = make_far_panel()
    figure = draw(
        make_book(replace(make_data(), panel=panel)), "multiples", "services.coverage_pct[water]"
    )
    assert "highest in C" not in figure.caption and "highest in" in figure.caption


def test_who_fell_is_named_and_a_rise_of_all_is_said_of_those_with_data() -> None:
    panel = make_panel(NAMES[:6])
    risen = draw(make_book(make_data(present=NAMES[:6])), "change", "population.total").caption
    later = panel["year"] == panel["year"].max()
    fell = later & (panel["indicator"] == "population.total") & panel["unit"].isin(["a", "b"])
    panel.loc[fell, "value"] -= 100
    data = replace(make_data(present=NAMES[:6]), panel=panel)
    assert "up in every member with data" in risen and "6 of 8" in risen
    assert "down in A and B" in draw(make_book(data), "change", "population.total").caption


def test_members_that_cannot_be_told_apart_are_not_led_by_anybody() -> None:
    alike = make_panel()
    alike["value"] = alike.groupby(["indicator", "item"])["value"].transform("first")
    figure = draw(make_book(replace(make_data(), panel=alike)), "ranks")
    assert "cannot be told apart" in figure.caption
