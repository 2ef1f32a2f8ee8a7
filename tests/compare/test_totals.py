"""A total is whole or not there; a part never stands for the district."""

from __future__ import annotations

from dataclasses import replace
from math import isnan

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sedp_helpers.catalog.load import load_catalog
from sedp_helpers.compare.results import compute_district
from sedp_helpers.compare.roll import Roll, choose_kind
from sedp_helpers.compare.totals import can_add, compare_with_statistics, sum_members
from sedp_helpers.district.gather import read_announced
from sedp_helpers.models import Text
from tests.compare.district_case import NAMES, make_book, make_data, make_panel, pick
from tests.compare.test_book import NOTEBOOKS, run_chapter

RULES = load_catalog().rules


@settings(deadline=None)  # what is proved is the sum, not the pace of the machine
@given(st.sets(st.sampled_from(NAMES)))
def test_the_sum_exists_exactly_when_every_member_has_the_figure(present: set[str]) -> None:
    units = tuple(sorted(present))
    panel = make_panel(NAMES)
    panel = panel[panel["unit"].isin(units)]
    totals = {
        t.year: t
        for t in sum_members(panel, "population.total", Roll(NAMES, units, len(NAMES)), RULES)
    }
    for total in totals.values():
        assert isnan(total.value) == (len(units) < len(NAMES))
        assert set(total.missing) == set(NAMES) - present
        assert total.have == len(units) and total.of == len(NAMES)
    if len(units) == len(NAMES):
        assert totals[2024].value == pytest.approx(1000 * sum(range(1, 9)))


def test_a_member_known_only_by_number_makes_the_total_impossible() -> None:
    roll = Roll(NAMES, NAMES, 11)
    total = next(iter(sum_members(make_panel(), "population.total", roll, RULES)))
    assert isnan(total.value) and total.of == 11 and roll.nameless == 3


def test_without_a_stated_number_of_members_nothing_is_whole() -> None:
    assert not Roll(NAMES, NAMES, None).is_whole(NAMES)


def test_rates_and_means_do_not_add_up() -> None:
    catalog = load_catalog()
    kinds = {name: unit.get("kind", "") for name, unit in catalog.units.items()}
    adds = {name: can_add(spec, kinds[spec.unit]) for name, spec in catalog.indicators.items()}
    assert adds["population.total"] and adds["economy.output"] and adds["space.land_ha"]
    assert not adds["economy.wage"] and not adds["services.satisfaction_pct"]
    assert not adds["economy.volume_index_pct"]


def test_real_and_made_up_members_never_stand_together() -> None:
    assert choose_kind({"a": True, "b": False, "c": True}) == (["b"], ["a", "c"])
    assert choose_kind({"a": True, "c": True}) == (["a", "c"], [])


def test_a_missing_member_is_named_under_the_chart_and_counted_in_its_caption() -> None:
    book = make_book(make_data(present=NAMES[:6]))
    view = book.chart("multiples", "population.total")
    figure = view.blocks[0]
    assert "6 of 8" in figure.caption
    assert "G and H" in figure.source, "the names must travel with the figure"
    assert "G and H" in figure.alt


def test_a_member_without_a_folder_is_named_where_the_district_names_it() -> None:
    named = read_announced(
        {
            "municipalities": {
                "a": {"ky": "A"},
                "z": {"ky": "Зет", "ru": "Зэт", "en": "Zet"},
                "y": "",
            }
        },
        {"a": None},
    )
    assert named == {"z": Text(ky="Зет", ru="Зэт", en="Zet"), "y": Text(ky="y")}
    data = make_data()
    whole = replace(
        data, roll=replace(data.roll, known=(*NAMES, "z")), names={**data.names, "z": named["z"]}
    )
    book = make_book(whole)
    figure = book.chart("multiples", "population.total").blocks[0]
    assert "8 of 9" in figure.caption and "Missing: Zet" in figure.source
    (table,) = book.table("members").blocks
    assert [cell.text for cell in table.rows[-1]] == ["Zet", *["…"] * 5, "missing"]
    assert isnan(pick(book.results, "population.total", method="sum").iloc[0]["value"])
    for chapter in NOTEBOOKS:
        assert run_chapter(chapter, book)


def test_a_whole_district_says_nothing_about_missing_members() -> None:
    view = make_book(make_data()).chart("multiples", "population.total")
    figure = view.blocks[0]
    assert "of 8" not in figure.caption + figure.source


def test_missing_members_are_named_in_the_row_that_has_no_value() -> None:
    frame = compute_district(make_data(present=NAMES[:6]))
    row = pick(frame, "population.total", method="sum").iloc[0]
    assert isnan(row["value"]) and row["missing"] == "g;h"
    assert pick(frame, "population.total.have", method="sum")["value"].tolist() == [6.0]


def test_the_registers_are_compared_with_statistics_only_when_whole() -> None:
    assert compare_with_statistics(96.0, 100.0) == (-4.0, -4.0)
    assert compare_with_statistics(96.0, 0.0) == (96.0, None)
