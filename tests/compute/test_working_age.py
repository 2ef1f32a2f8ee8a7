"""What changed the working-age population, part by part."""

from __future__ import annotations

from typing import Any

import pandas as pd
import pytest

from sedp_helpers.catalog.load import load_catalog
from sedp_helpers.compute.context import Context
from sedp_helpers.compute.facts import Facts
from sedp_helpers.compute.protect import protect_small_counts
from sedp_helpers.compute.results import compute_results
from sedp_helpers.models import Municipality, Text

CATALOG = load_catalog()
COLUMNS = ["indicator", "year", "value", "sex", "age", "village", "item", "status"]
PARTS = ("change", "entering", "ageing_out", "deaths", "migration")
SPLIT = ("0-14", "15", "16-56", "57", "58-61", "62", "63+")
BROAD = ("0-14", "15", "16-57", "58-62", "63+")
# sex -> band -> people at the end of 2023 and 2024
PEOPLE = {"f": {"0-14": (300, 301), "15": (20, 22), "16-56": (500, 509), "57": (8, 9),
                "58-61": (30, 31), "62": (7, 6), "63+": (60, 62)},
          "m": {"0-14": (310, 312), "15": (25, 24), "16-56": (510, 516), "57": (9, 9),
                "58-61": (28, 29), "62": (5, 6), "63+": (40, 42)}}
FLOWS = {"population.deaths": 3, "population.arrivals": 10, "population.departures": 17}
# women 16–57 and men 16–62 at the end of both years
BEFORE, AFTER = 500 + 8 + 510 + 9 + 28 + 5, 509 + 9 + 516 + 9 + 29 + 6


def add_up(bands: tuple[str, ...], sex: str, place: int) -> dict[str, int]:
    mine = {band: pair[place] for band, pair in PEOPLE[sex].items()}
    if bands == BROAD:
        mine["16-57"] = mine.pop("16-56") + mine.pop("57")
        mine["58-62"] = mine.pop("58-61") + mine.pop("62")
    return mine


def make_rows(bands: tuple[str, ...] = SPLIT, without: str = "") -> list[list[Any]]:
    rows = [["population.total", 2023 + place, value, sex, band, "", "", "A"]
            for place in (0, 1) for sex in ("f", "m")
            for band, value in add_up(bands, sex, place).items()]
    rows += [[name, 2024, value, sex, band, "", "", "A"] for name, value in FLOWS.items()
             for sex in ("f", "m") for band in bands if name != without]
    return rows


def compute(rows: list[list[Any]], norms: dict[str, dict[str, str]] | None = None
            ) -> pd.DataFrame:
    frame = pd.DataFrame(rows, columns=COLUMNS)
    frame["value"] = frame["value"].astype(float)
    place = Municipality(id="x", name=Text(ky="Х"), base_year=2024)
    return compute_results(Context(CATALOG, place, Facts(frame, CATALOG.indicators),
                                   norms=norms or {}), frame)


def take(results: pd.DataFrame) -> dict[str, pd.Series]:
    found = {part: results[results["result"] == f"population.working_age_{part}"]
             for part in PARTS}
    assert {len(rows) for rows in found.values()} == {1}
    return {part: rows.iloc[0] for part, rows in found.items()}


def test_single_ages_at_the_limits_count_who_enters_and_who_grows_out() -> None:
    parts = take(compute(make_rows()))
    assert parts["entering"]["value"] == 20 + 25
    assert (parts["ageing_out"]["value"], parts["ageing_out"]["method"]) == (8 + 5, "ages")
    assert parts["change"]["value"] == AFTER - BEFORE
    assert parts["deaths"]["value"] == 3 * (2 + 4)
    assert parts["migration"]["value"] == (10 - 17) * (2 + 4)


def test_where_the_last_working_age_is_no_band_ageing_out_is_the_rest_of_the_change() -> None:
    parts = take(compute(make_rows(BROAD)))
    assert parts["ageing_out"]["method"] == "rest"
    found = {name: row["value"] for name, row in parts.items()}
    assert found["change"] == pytest.approx(
        found["entering"] - found["ageing_out"] - found["deaths"] + found["migration"])


@pytest.mark.parametrize("lost, unknown", [
    ("population.deaths", {"deaths", "ageing_out"}),
    ("population.arrivals", {"migration", "ageing_out"})])
def test_a_part_without_its_ages_is_named_as_missing_and_the_rest_is_not_guessed(
    lost: str, unknown: set[str]
) -> None:
    parts = take(compute(make_rows(BROAD, without=lost)))
    assert {name for name, row in parts.items() if row["status"] == "O"} == unknown
    assert {parts[name]["missing"] for name in unknown} == {lost}


def test_a_limit_inside_a_band_is_not_split() -> None:
    rows = [[*row[:4], {"0-14": "0-14", "15": "15-19"}.get(row[4], row[4]), *row[5:]]
            for row in make_rows(BROAD)]
    parts = take(compute(rows))
    assert {row["missing"].split(";")[0] for row in parts.values() if row["status"] == "O"} == {
        "population.total"} and parts["entering"]["status"] == "O"


def test_without_any_ages_nothing_is_said() -> None:
    results = compute([["population.total", year, 900 + year, "", "", "", "", "A"]
                       for year in (2023, 2024)])
    assert not set(results["result"]) & {f"population.working_age_{part}" for part in PARTS}


def test_sums_at_working_age_are_shown_and_the_small_counts_in_them_stay_hidden() -> None:
    shown = protect_small_counts(compute(make_rows()), CATALOG)
    assert take(shown)["deaths"]["value"] == 18
    cells = shown[(shown["result"] == "population.deaths") & (shown["age"] == "57")]
    assert cells["value"].isna().all()


def test_the_limits_are_norms_that_an_office_may_change() -> None:
    def old(norms: dict[str, dict[str, str]]) -> float:
        results = compute(make_rows(), norms)
        mine = results[(results["result"] == "population.dependency_old_per_1000")
                       & (results["year"] == "2024")]
        return mine["value"].iloc[0]

    aged = 31 + 6 + 62 + 42
    assert old({}) == pytest.approx(1000 * aged / AFTER, rel=1e-12)
    earlier = {"working_age_to_women": {"value": "56", "status": "norm"}}
    assert old(earlier) == pytest.approx(1000 * (aged + 9) / (AFTER - 9), rel=1e-12)
    unread = {"working_age_to_women": {"value": "soon", "status": "norm"}}
    assert old(unread) == old({})
