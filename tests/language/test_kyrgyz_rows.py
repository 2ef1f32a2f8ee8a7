"""Every checked Kyrgyz form, and the paradigm tables, come out of the rules and lists."""

from __future__ import annotations

import csv
from datetime import date
from pathlib import Path

import pytest

from sedp_helpers.language import (
    adjective,
    format_date,
    format_date_range,
    format_year,
    format_year_range,
    inflect,
)

FOLDER = Path(__file__).parent
ORDER = ("gen", "dat", "acc", "loc", "abl")


def read_csv(name: str, delimiter: str = ";") -> list[dict[str, str]]:
    with (FOLDER / name).open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines, delimiter=delimiter))


def split_wanted(wanted: str) -> dict[str, object]:
    parts = wanted.split(".")
    case = next((part for part in parts if part in ORDER), "nom")
    return {"case": case, "plural": "pl" in parts, "possessive": "px3" in parts}


DATES = {
    "180": lambda: format_year(2024, "ky", "in"),
    "181": lambda: format_year(2024, "ky", "of"),
    "182": lambda: format_year(2027, "ky", "by"),
    "183": lambda: format_year(2021, "ky", "since"),
    "184": lambda: format_year(2024, "ky", "adjective"),
    "185": lambda: format_year_range(2021, 2024, "ky", "in"),
    "186": lambda: format_year_range(2025, 2027, "ky", "for"),
    "187": lambda: format_date(date(2024, 3, 5), "ky"),
    "188": lambda: format_date(date(2025, 5, 14), "ky", "on"),
    "189": lambda: format_date(date(2025, 1, 1), "ky", "as_of"),
    "190": lambda: format_date_range(date(2025, 5, 10), date(2025, 5, 20), "ky", year=False),
    "191": lambda: format_date_range(date(2025, 5, 10), date(2025, 5, 20), "ky"),
    "192": lambda: format_date(date(2025, 6, 1), "ky", "by"),
    "193": lambda: format_date(date(2025, 4, 7), "ky", "adjective") + " № 19 токтому",
}


def derive(row: dict[str, str]) -> str:
    kind, typed = row["kind"], row["input"]
    if kind == "date":
        return DATES[row["no"]]()
    if kind == "loc-adj":
        return adjective(typed.split(" →")[0].split(" (")[0])
    if kind == "abbr":
        typed, wanted = typed.split(" ")
        return inflect(typed, **split_wanted(wanted))
    wanted = split_wanted(row["want"])
    if kind == "phrase":
        return inflect(typed.replace(" + ", " "), **(wanted | {"possessive": True}))
    return inflect(typed, **wanted)


@pytest.mark.parametrize("row", read_csv("kyrgyz_rows.csv"), ids=lambda row: row["no"])
def test_checked_form_is_derived(row):
    assert derive(row) == row["form"]


@pytest.mark.parametrize("spaces", ["\u00a0", "\u202f"])
def test_checked_forms_keep_their_no_break_spaces(spaces):
    for row in read_csv("kyrgyz_rows.csv"):
        if row["kind"].split("+")[0] in ("digits", "percent", "unit"):
            typed = row | {"input": row["input"].replace(" ", spaces)}
            assert derive(typed) == row["form"].replace(" ", spaces), row["no"]


def test_the_list_of_checked_forms_is_whole():
    assert [row["no"] for row in read_csv("kyrgyz_rows.csv")] == [str(n) for n in range(1, 210)]


@pytest.mark.parametrize("row", read_csv("paradigms.csv"), ids=lambda row: row["word"])
def test_paradigm_of_the_tables_is_derived(row):
    for case in ORDER:
        if row[case]:
            assert inflect(row["word"], case) == row[case]
    if row["adjective"]:
        assert adjective(row["word"]) == row["adjective"]


@pytest.mark.parametrize("row", read_csv("months.csv"), ids=lambda row: row["month"])
def test_month_without_and_with_possessive(row):
    month = row["month"]
    for case in ("dat", "loc", "abl"):
        assert inflect(month, case) == row[case]
        assert inflect(month, case, possessive=True) == row[f"px3_{case}"]
    assert inflect(month, "nom", possessive=True) == row["px3"]
    assert adjective(month, possessive=True) == row["adjective"]


@pytest.mark.parametrize("row", read_csv("digit_suffixes.csv"), ids=lambda row: row["digits"])
def test_suffix_of_digits_follows_what_is_heard(row):
    for case in ORDER:
        assert inflect(row["digits"], case) == row["digits"] + row[case].removeprefix("-")
    px3 = inflect(row["digits"], "nom", possessive=True)
    assert px3 == row["digits"] + row["px3"].removeprefix("-")


def test_percent_forms_follow_the_word_for_percent():
    forms = {
        ("62 %", "gen", False): "62 %дын",
        ("40 %", "loc", False): "40 %да",
        ("30 %", "dat", True): "30 %ына",
        ("2 %", "abl", True): "2 %ынан",
        ("25,3 %", "gen", True): "25,3 %ынын",
    }
    for (typed, case, possessive), form in forms.items():
        assert inflect(typed, case, possessive=possessive) == form
