"""Numbers, percentages, money and counted nouns as the page prints them."""

from __future__ import annotations

import csv
from decimal import Decimal
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sedp_helpers.errors import CatalogueError, NotDerivable
from sedp_helpers.language import (
    format_count,
    format_money,
    format_number,
    format_percent,
    format_range,
    inflect,
    list_nouns,
    round_half_up,
)
from sedp_helpers.language.lists import FOLDER

UNITS = {
    "person", "household", "family", "place", "unit", "ha", "t", "som", "head", "pct",
    "som_per_month", "som_per_household_month",
}  # fmt: skip


def plain(text: str) -> str:
    return text.replace("\u00a0", " ")


@pytest.mark.parametrize(
    ("value", "lang", "decimals", "text"),
    [
        (12130, "ky", 0, "12\u00a0130"), (7037, "ru", 0, "7\u00a0037"), (12130, "en", 0, "12,130"),
        (5.48, "ky", 2, "5,48"), (5.48, "en", 2, "5.48"), (-1234.5, "ky", 1, "\u22121\u00a0234,5"),
        (-0.4, "ky", 0, "0"), (0.5, "en", 0, "1"), (1.5, "en", 0, "2"), (2.5, "en", 0, "3"),
        (1.005, "en", 2, "1.01"), (2.675, "ky", 2, "2,68"),
        (1e16, "en", 0, "10,000,000,000,000,000"),
        (10**20, "en", 0, "100,000,000,000,000,000,000"), (5, "ky", 2, "5,00"),
    ],
)  # fmt: skip
def test_number_is_written_as_the_language_does(value, lang, decimals, text):
    assert format_number(value, lang, decimals) == text


def test_numpy_numbers_are_written_like_python_numbers():
    assert format_number(np.float64(2.675), "en", 2) == "2.68"
    assert format_number(np.int64(12130), "en") == "12,130"


@pytest.mark.parametrize("value", [float("nan"), float("inf"), None, "12"])
def test_missing_value_is_never_written_as_a_number(value):
    with pytest.raises(NotDerivable):
        format_number(value, "ky")


@settings(max_examples=200, deadline=None)
@given(st.decimals(-(10**9), 10**9, places=4), st.integers(0, 3))
def test_rounding_never_moves_a_number_further_than_half_a_unit(value, decimals):
    printed = format_number(value, "en", decimals).replace(",", "").replace("\u2212", "-")
    error = abs(Fraction(Decimal(printed)) - Fraction(value))
    assert error <= Fraction(1, 2 * 10**decimals)
    assert not printed.startswith("-0") or Decimal(printed) != 0


def test_rounding_to_zero_leaves_no_sign():
    assert str(round_half_up(-0.2)) == "0"
    assert str(round_half_up(-0.004, 2)) == "0.00"


def test_percent_and_range_keep_their_signs_together():
    assert format_percent(5.48, "ky", 2) == "5,48\u00a0%"
    assert format_percent(5.48, "en", 2) == "5.48\u00a0%"
    assert format_range(10, 15, "ky", unit="%") == "10–15\u00a0%"
    assert format_range(-5, 10, "ru") == "\u22125…10"


@pytest.mark.parametrize(
    ("value", "ky", "ru", "en"),
    [
        (48_600_000, "48,6 млн сом", "48,6 млн сомов", "48.6 million som"),
        (500_000, "500 миң сом", "500 тыс. сомов", "500,000 som"),
        (80, "80 сом", "80 сомов", "80 som"),
        (21, "21 сом", "21 сом", "21 som"),
        (14_000_000, "14 млн сом", "14 млн сомов", "14 million som"),
        (-900_000, "\u2212900 миң сом", "\u2212900 тыс. сомов", "\u2212900,000 som"),
        (999_960, "1 млн сом", "1 млн сомов", "1 million som"),
        (2_300_000_000, "2,3 млрд сом", "2,3 млрд сомов", "2.3 billion som"),
        (0, "0 сом", "0 сомов", "0 som"),
    ],
)
def test_money_is_scaled_in_words(value, ky, ru, en):
    assert [plain(format_money(value, lang)) for lang in ("ky", "ru", "en")] == [ky, ru, en]


@pytest.mark.parametrize(
    ("value", "noun", "decimals", "ky", "ru", "en"),
    [
        (1, "person", 0, "1 адам", "1 человек", "1 person"),
        (2, "person", 0, "2 адам", "2 человека", "2 people"),
        (11, "village", 0, "11 айыл", "11 сёл", "11 villages"),
        (21, "child", 0, "21 бала", "21 ребёнок", "21 children"),
        (214, "birth", 0, "214 бала", "214 детей", "214 births"),
        (112, "year", 0, "112 жыл", "112 лет", "112 years"),
        (3.2, "point", 1, "3,2 пайыздык пункт", "3,2 процентного пункта", "3.2 percentage points"),
        (1.0, "point", 1, "1,0 пайыздык пункт", "1,0 процентного пункта", "1.0 percentage points"),
        (6.0, "point", 1, "6,0 пайыздык пункт", "6,0 процентного пункта", "6.0 percentage points"),
        (1.2, "ha", 1, "1,2 гектар", "1,2 гектара", "1.2 hectares"),
        (5.48, "pct", 2, "5,48 %", "5,48 %", "5.48 %"),
        (350, "som_per_month", 0, "айына 350 сом", "350 сомов в месяц", "350 som a month"),
        (11, "municipality", 0, "11 айыл аймагы", "11 айылных аймаков", "11 municipalities"),
    ],
)  # fmt: skip
def test_counted_noun_agrees_with_the_printed_number(value, noun, decimals, ky, ru, en):
    texts = [plain(format_count(value, noun, lang, decimals)) for lang in ("ky", "ru", "en")]
    assert texts == [ky, ru, en]


def test_every_unit_and_every_counted_noun_has_all_forms():
    assert set(list_nouns()) >= UNITS
    with (FOLDER / "nouns.csv").open(encoding="utf-8", newline="") as lines:
        for row in csv.DictReader(lines):
            assert None not in row and all(row.values()), row["key"]
    assert len(list_nouns()) == len(set(list_nouns()))


@pytest.mark.parametrize("noun", list_nouns())
def test_every_counted_noun_takes_kyrgyz_case_endings(noun):
    text = format_count(24, noun, "ky")
    assert inflect(text, "dat") != text


def test_unknown_noun_is_named_with_the_nearest_one():
    with pytest.raises(CatalogueError, match="person"):
        format_count(3, "persn", "ky")
