"""Ages, years, days, times, yes and no as typed."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sedp_helpers.intake.ages import AgeDate, age_bounds, parse_age
from sedp_helpers.intake.dates import (
    parse_bool,
    parse_date,
    parse_day_month,
    parse_time,
    parse_year,
    propose_year,
    split_list,
)


@pytest.mark.parametrize(
    ("text", "band", "bounds"),
    [("0-4", "0-4", (0, 4)), ("5–9", "5-9", (5, 9)), (" 10 — 14 ", "10-14", (10, 14)),
     ("63+", "63+", (63, None)), ("17", "17", (17, 17)), ("17.0", "17", (17, 17))],
)
def test_an_age_band_has_one_written_form_and_both_ends(text, band, bounds) -> None:
    assert parse_age(text) == band and age_bounds(text) == bounds


@pytest.mark.parametrize(
    ("text", "proposal"),
    [("05.сен", "5-9"), ("сен.05", "5-9"), ("5-Sep", "5-9"), ("09.май", "5-9"),
     ("2024-09-05 00:00:00", "5-9"), ("05.09.2024", "5-9"), ("1900-01-04", "4"),
     ("14.окт", "10-14"), ("45540", "5-9")],
)
def test_a_date_in_the_age_column_is_refused_with_the_band_it_was(text, proposal) -> None:
    with pytest.raises(AgeDate) as caught:
        parse_age(text)
    assert caught.value.proposal == proposal


@pytest.mark.parametrize("text", ["9-5", "150", "0-200", "жаш", "-5", "5-"])
def test_what_is_no_age_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="not an age"):
        parse_age(text)


@given(st.integers(0, 129), st.integers(0, 129))
def test_a_band_reads_back_to_its_bounds(one: int, other: int) -> None:
    low, high = sorted((one, other))
    assert age_bounds(f"{low}-{high}") == (low, high)


@pytest.mark.parametrize("text", ["2024", "2024-ж.", "2024-жылы", "2024 г.", "2024.0", "2024 год"])
def test_a_year_is_read_in_its_usual_forms(text: str) -> None:
    assert parse_year(text) == 2024


@pytest.mark.parametrize(("text", "proposal"), [("20244", 2024), ("1989", None), ("22025", 2025)])
def test_an_impossible_year_is_refused_and_a_slip_gets_a_proposal(text, proposal) -> None:
    with pytest.raises(ValueError, match="not a year"):
        parse_year(text)
    assert propose_year(text) == proposal


def test_days_are_iso_texts_whatever_the_form() -> None:
    texts = ["2024-03-05", "05.03.2024", "5.3.2024", "2024-03-05 00:00:00", "2024-03-05T00:00:00"]
    assert {parse_date(text) for text in texts} == {"2024-03-05"}


@pytest.mark.parametrize("text", ["31.02.2024", "2024-13-01", "март", "45356", "5/2024"])
def test_a_doubtful_day_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"."):
        parse_date(text)


def test_a_day_of_a_month_is_read_in_kyrgyz_and_russian() -> None:
    days = [parse_day_month(text) for text in ("14-майы", "20- мая", "5 сентября", "3 июну")]
    assert days == [(14, 5), (20, 5), (5, 9), (3, 6)]


def test_yes_and_no_are_read_in_three_languages_and_nothing_else_is() -> None:
    assert [parse_bool(text) for text in ("true", "1", "Ооба", "да", "yes")] == [True] * 5
    assert [parse_bool(text) for text in ("false", "0", "жок", "нет", "No")] == [False] * 5
    with pytest.raises(ValueError, match="neither"):
        parse_bool("балким")


def test_times_and_lists_are_read() -> None:
    assert parse_time("14.30") == "14:30" and split_list("a; b;;") == ("a", "b")
    with pytest.raises(ValueError, match="time"):
        parse_time("25:00")
