"""Numbers as people type them (dialect of CONTRACT 3; AC-25, AC-26)."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sedp_helpers.intake import parse_amount
from sedp_helpers.intake.amounts import parse_money_unit, parse_number_cell, scale_exactly


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("6 млн 970 миң сом", 6970000), ("524,0 мин сом", 524000),
        ("2 млн. 945,0 миӊ сом", 2945000), ("52 млн. 67 миӊ сом", 52067000),
        ("811 076 сом", 811076), ("400,0 с.", 400), ("300,0 миң сом", 300000),
        ("1,1 млрд сом", 1_100_000_000), ("12 тыс. сомов", 12000), ("-5 000 сом", -5000),
    ],
)
def test_ac_25_amounts_with_words_are_read_in_som(text: str, value: float) -> None:
    assert parse_amount(text) == value


def test_ac_26_grouped_numbers_percents_and_days_are_read() -> None:
    assert parse_amount("17 539") == 17539
    assert parse_amount("5,48%") == 5.48
    days = [parse_amount(text) for text in ("20- мая", "1- июня", "10- март")]
    assert days == [(20, 5), (1, 6), (10, 3)]
    assert [str(day) for day in days] == ["20 May", "1 June", "10 March"]


@pytest.mark.parametrize("text", ["", "абв", "1.5.2", "12 13", "1 млн 2 млн", "1e5", "5 попугаев",
                                  "1 миң 2 млн", "31- апреля", "nan", "inf", "1_000", "٣"])
def test_what_is_no_amount_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"."):
        parse_amount(text)


@pytest.mark.parametrize("space", [" ", "\u00a0", "\u202f"])
@pytest.mark.parametrize("mark", [",", "."])
@pytest.mark.parametrize("sign", ["-", "\u2212", ""])
def test_each_accepted_sign_group_and_mark_gives_the_same_number(space, mark, sign) -> None:
    reading = parse_number_cell(f"{sign}1{space}234{space}567{mark}25", "som")
    assert reading.value == (-1234567.25 if sign else 1234567.25)
    assert reading.note == "form" and not reading.error


@pytest.mark.parametrize("text", ["12", "1234.5", "-3", "0"])
def test_the_plain_form_needs_no_note(text: str) -> None:
    reading = parse_number_cell(text, "som")
    assert reading.value == float(text) and reading.note == ""


@pytest.mark.parametrize(
    ("text", "unit", "value"),
    [("524,0 миң сом", "som", 524000), ("6 млн 970 миң сом", "som_per_month", 6970000),
     ("5,48 %", "pct", 5.48), ("12 130 адам", "person", 12130), ("12,5 миң адам", "person", 12500),
     ("120 үй чарба", "household", 120), ("3,5 га", "ha", 3.5), ("7 тонна", "t", 7)],
)
def test_words_that_fit_the_unit_are_read_with_a_note(text, unit, value) -> None:
    reading = parse_number_cell(text, unit, unit in ("person", "household"))
    assert (reading.value, reading.note, reading.worded) == (value, "text", True)


@pytest.mark.parametrize(
    ("text", "unit", "error", "proposal"),
    [("524,0 миң сом", "person", "unit", 524000), ("4,5 %", "person", "unit", 4.5),
     ("5 миң", "pct", "unit", 5000), ("12 га", "som", "unit", 12),
     ("1.234,5", "som", "marks", 1234.5), ("1,234,567", "person", "marks", 1234567),
     ("1.2.3", "person", "marks", None), ("12,130", "person", "ambiguous", 12130),
     ("12.000", "person", "ambiguous", 12000), ("12,130 адам", "person", "ambiguous", 12130),
     ("12 13", "person", "number", 1213), ("1e5", "person", "number", 100000),
     ("+5", "person", "number", 5), ("көп", "person", "number", None),
     ("9" * 400, "som", "number", None)],
)
def test_a_doubtful_number_is_not_used_but_its_reading_is_proposed(
    text, unit, error, proposal
) -> None:
    reading = parse_number_cell(text, unit, unit == "person")
    assert (reading.value, reading.error, reading.proposal) == (None, error, proposal)


def test_three_digits_after_a_mark_are_doubtful_only_for_whole_units() -> None:
    assert parse_number_cell("12,130", "ha", False).value == 12.13
    assert parse_number_cell("1,1305", "person", True).value == 1.1305


@pytest.mark.parametrize("text", ["…", "...", "нет", "Жок", "н/д", "N/A"])
def test_words_for_none_are_missing_and_never_zero(text: str) -> None:
    reading = parse_number_cell(text, "person", True)
    assert (reading.value, reading.note, reading.error) == (None, "missing", "")


@pytest.mark.parametrize("text", ["-", "–", "—", "\u2212"])
def test_a_lone_dash_is_missing_with_its_own_note(text: str) -> None:
    assert parse_number_cell(text, "person", True).note == "dash"


def test_an_empty_cell_is_missing_without_a_note() -> None:
    reading = parse_number_cell("  ", "person", True)
    assert (reading.value, reading.note, reading.error) == (None, "", "")


def test_money_units_are_read_from_codes_and_words() -> None:
    units = [parse_money_unit(text) for text in ("сом", "миң сом", "млн сом", "thousand_som")]
    assert units == ["som", "thousand_som", "million_som", "thousand_som"]
    with pytest.raises(ValueError, match="not a unit of money"):
        parse_money_unit("доллар")


@given(st.integers(-10**12, 10**12), st.integers(0, 2), st.sampled_from(" \u00a0\u202f"),
       st.sampled_from(".,"))
def test_a_formatted_number_reads_back_to_itself(digits, decimals, space, mark) -> None:
    value = digits / 10**decimals
    text = f"{value:,.{decimals}f}".replace(",", "_").replace(".", mark).replace("_", space)
    assert parse_number_cell(text, "som").value == value


@given(st.floats(-1e9, 1e9, allow_nan=False).map(lambda x: round(x, 4)))
def test_scaling_by_a_unit_equals_moving_the_decimal_mark(value: float) -> None:
    assert scale_exactly(value, 3) == float(f"{value!r}e3") if "e" not in repr(value) else True
