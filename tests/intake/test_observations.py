"""What tidy_observations keeps, and what it leaves out and says."""

from __future__ import annotations

import time
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sedp_helpers.intake.observations import TIDY, tidy_observations


def rules(findings) -> list[str]:
    return [finding.rule for finding in findings]


def test_plain_rows_come_out_in_their_order_with_the_cell_they_stand_in(observe, context) -> None:
    raw = observe("population.total,2024,12130,,,,,,nsc,",
                  "population.total,2023,11500,f,0-4,kd,,E,,x")
    frame, findings = tidy_observations(raw, context)
    assert tuple(frame.columns) == TIDY and findings == []
    assert frame.to_dict("records") == [
        {"indicator": "population.total", "year": 2024, "value": 12130.0, "sex": "", "age": "",
         "village": "", "item": "", "status": "A", "source": "nsc", "note": "",
         "basis": "current", "origin": "observations!C2"},
        {"indicator": "population.total", "year": 2023, "value": 11500.0, "sex": "f",
         "age": "0-4", "village": "kd", "item": "", "status": "E", "source": "", "note": "x",
         "basis": "current", "origin": "observations!C3"},
    ]


def test_columns_are_found_in_any_order_by_id_or_translated_heading(observe, context) -> None:
    raw = observe("12,population.births,2024", header="Мааниси,Indicator,жыл")
    frame, findings = tidy_observations(raw, replace(context, headers={"Мааниси": "value",
                                                                       "Жыл": "year"}))
    assert frame.loc[0, ["indicator", "year", "value"]].tolist() == ["population.births", 2024, 12]
    assert rules(findings) == ["IN-HEADING", "IN-HEADING"] and frame.origin[0].endswith("!A2")


def test_an_unknown_column_is_told_and_a_near_one_is_proposed(observe, context) -> None:
    raw = observe("population.births,2024,1,f,7", header="indicator,year,value,vilage,oops")
    frame, findings = tidy_observations(raw, context)
    assert len(frame) == 1
    assert [(f.rule, f.severity, f.cell) for f in findings] == [
        ("IN-COLUMN-NEAR", "warning", "D1"), ("IN-COLUMN", "note", "E1")]
    assert findings[0].params["proposal"] == "village"


def test_a_table_without_a_needed_column_is_not_used(observe, context) -> None:
    frame, findings = tidy_observations(observe("a,2024", header="indicator,year"), context)
    assert frame.empty and rules(findings) == ["IN-COLUMN-MISSING"]
    assert tuple(frame.columns) == TIDY


def test_missing_value_is_never_counted_as_zero(observe, context) -> None:
    raw = observe("population.total,2021,,,,,,,,", "population.total,2022,жок,,,,,,,",
                  "population.total,2023,–,,,,,L,,", "population.total,2024,0,,,,,,,")
    frame, findings = tidy_observations(raw, context)
    assert frame.value.isna().tolist() == [True, True, True, False]
    assert frame.status.tolist() == ["O", "O", "L", "A"] and frame.value[3] == 0
    assert sorted(rules(findings)) == ["IN-DASH", "IN-MISSING"]


def test_a_value_with_a_missing_status_is_an_error(observe, context) -> None:
    for status in "OLMQ":
        frame, (finding,) = tidy_observations(
            observe(f"population.total,2021,5,,,,,{status},,"), context)
        assert frame.empty and (finding.rule, finding.cell) == ("IN-STATUS-VALUE", "C2")


def test_a_status_without_a_value_reads_as_missing_with_a_warning(observe, context) -> None:
    frame, (finding,) = tidy_observations(observe("population.total,2021,,,,,,E,,"), context)
    assert frame.status.tolist() == ["O"] and finding.rule == "IN-STATUS-EMPTY"


def test_odd_forms_are_one_note_with_count_and_first_five_cells(observe, context) -> None:
    rows = [f'population.total,{year},"1 {year - 1500}",,,,,,,' for year in range(2010, 2018)]
    frame, (note,) = tidy_observations(observe(*rows), context)
    assert frame.value.tolist() == [1000.0 + year - 1500 for year in range(2010, 2018)]
    assert (note.rule, note.severity, note.cell, note.value) == ("IN-FORM", "note", "C2", "1 510")
    assert note.params["count"] == 8 and note.params["cells"] == "C2, C3, C4, C5, C6"


@pytest.mark.parametrize(
    ("unit", "text", "value"),
    [("", "524.1", 524.1), ("som", "524.1", 524.1), ("thousand_som", "1.001", 1001),
     ("thousand_som", '"1,001"', 1001), ("million_som", "2.3", 2300000),
     ("thousand_som", "524 миң сом", 524000)],
)
def test_money_is_stored_in_som_whatever_the_unit_column_says(observe, context, unit, text, value):
    raw = observe(f"budget.revenue,2024,{text},{unit},fines",
                  header="indicator,year,value,unit,item")
    frame, _ = tidy_observations(raw, context)
    assert frame.value.tolist() == [value]


def test_the_money_unit_of_a_sheet_holds_where_the_unit_cell_is_empty(observe, context) -> None:
    raw = observe("budget.revenue,2024,12,,,,fines,,,", "population.total,2024,12,,,,,,,")
    frame, _ = tidy_observations(raw, replace(context, money_unit="thousand_som"))
    assert frame.value.tolist() == [12000, 12]


def test_a_unit_that_is_not_the_indicators_own_is_an_error(observe, context) -> None:
    raw = observe("population.total,2024,5,thousand_som", "territory.area_ha,2024,5,ha",
                  header="indicator,year,value,unit")
    frame, (finding,) = tidy_observations(raw, context)
    assert frame.indicator.tolist() == ["territory.area_ha"]
    assert (finding.rule, finding.cell, finding.value) == ("IN-UNITCOLUMN", "D2", "thousand_som")


def test_stocks_of_the_beginning_of_a_year_belong_to_the_year_before(observe, context) -> None:
    raw = observe("population.total,2026,5,,,,,,,", "population.births,2026,5,,,,,,,",
                  "territory.area_ha,2026,5,,,,,,,")
    frame, _ = tidy_observations(raw, replace(context, stock_date="year_start"))
    assert frame.year.tolist() == [2025, 2026, 2026]


def test_the_same_key_with_one_value_is_read_once_with_a_note(observe, context) -> None:
    raw = observe("population.total,2024,12130,,0-4,,,,,",
                  'population.total,2024,"12 130",,0–4,,,,,')
    frame, findings = tidy_observations(raw, context)
    assert frame.origin.tolist() == ["observations!C2"]
    note = next(f for f in findings if f.rule == "IN-DUPLICATE")
    assert (note.severity, note.cell, note.params["first"]) == ("note", "C3", "C2")


def test_the_same_key_with_two_values_is_an_error_and_neither_is_used(observe, context) -> None:
    raw = observe("population.total,2024,12130,,,,,,,", "population.total,2024,12131,,,,,,,",
                  "population.total,2023,11500,,,,,,,")
    frame, (finding,) = tidy_observations(raw, context)
    assert frame.year.tolist() == [2023]
    assert (finding.rule, finding.cell, finding.value) == ("IN-CONFLICT", "C3", "12131")
    assert (finding.params["first"], finding.params["other"]) == ("C2", "12130")


def test_a_missing_row_and_a_value_for_one_key_contradict_each_other(observe, context) -> None:
    raw = observe("population.total,2024,12130,,,,,,,", "population.total,2024,,,,,,M,,")
    frame, findings = tidy_observations(raw, context)
    assert frame.empty and rules(findings) == ["IN-CONFLICT"]


def test_dimensions_of_another_indicator_are_an_error(observe, context) -> None:
    raw = observe("population.births,2024,5,,0-4,,,,,", "territory.area_ha,2024,5,f,,,,,,",
                  "economy.crop_output_t,2024,5,,,,,,,")
    frame, findings = tidy_observations(raw, context)
    assert frame.empty
    assert [(f.rule, f.cell) for f in findings] == [
        ("IN-DIM", "E2"), ("IN-DIM", "D3"), ("IN-ITEM-EMPTY", "G4")]


def test_an_item_is_checked_against_its_list_unless_the_list_is_free(observe, context) -> None:
    raw = observe("budget.revenue,2024,5,,,,fine,,,", "economy.crop_output_t,2024,5,,,,potato,,,",
                  "economy.crop_output_t,2024,6,,,,Картошка,,,")
    frame, findings = tidy_observations(raw, context)
    assert frame.item.tolist() == ["potato", "Картошка"]
    assert [(f.rule, f.severity, f.cell) for f in findings] == [
        ("IN-ITEM", "error", "G2"), ("IN-CODE-FREE", "note", "G4")]
    assert findings[0].params["proposal"] == "fines"


def test_look_alike_letters_in_codes_and_notes_are_repaired_with_a_note(observe, context) -> None:
    raw = observe("pоpulation.total,2024,5,,,,,Е,,Kочкор")
    frame, findings = tidy_observations(raw, context)
    assert frame.loc[0, ["indicator", "status", "note"]].tolist() == [
        "population.total", "E", "Кочкор"]
    assert rules(findings) == ["IN-LETTERS"] * 3
    assert [f.column for f in findings] == ["indicator", "status", "note"]


def test_a_village_typed_by_name_is_proposed_but_never_chosen(observe, context) -> None:
    frame, (finding,) = tidy_observations(
        observe("population.total,2024,5,,,Кызыл-Добо,,,,"), context)
    assert frame.empty and (finding.rule, finding.cell) == ("IN-VILLAGE", "F2")
    assert finding.params["proposal"] == "kd"


def test_shares_outside_0_to_100_and_parts_of_a_person_are_warnings_and_used(
    observe, context
) -> None:
    raw = observe("services.satisfaction_pct,2024,120,,,,,,,", "population.births,2024,5.5,,,,,,,",
                  "economy.volume_index_pct,2024,104.5,,,,,,,")
    frame, findings = tidy_observations(raw, context)
    assert frame.value.tolist() == [120, 5.5, 104.5]
    assert [(f.rule, f.severity, f.cell) for f in findings] == [
        ("IN-RANGE", "warning", "C2"), ("IN-FRACTION", "warning", "C3")]


def test_a_balance_may_be_negative_and_a_revenue_may_not(observe, context) -> None:
    raw = observe("budget.opening_balance,2024,-5,,,,,,,", "budget.revenue,2024,-5,,,,fines,,,")
    frame, (finding,) = tidy_observations(raw, context)
    assert frame.indicator.tolist() == ["budget.opening_balance"]
    assert (finding.rule, finding.cell) == ("IN-NEGATIVE", "C3")


def test_blank_rows_are_passed_over_and_rows_keep_their_numbers(observe, context) -> None:
    frame, findings = tidy_observations(
        observe(",,,,,,,,,", "", "population.total,2024,5,,,,,,,"), context)
    assert frame.origin.tolist() == ["observations!C4"] and findings == []


def test_a_row_without_an_indicator_is_an_error(observe, context) -> None:
    frame, (finding,) = tidy_observations(observe(",2024,5,,,,,,,"), context)
    assert frame.empty and (finding.rule, finding.cell) == ("IN-INDICATOR-EMPTY", "A2")


def test_a_header_without_rows_gives_an_empty_tidy_table(observe, context) -> None:
    frame, findings = tidy_observations(observe(), context)
    assert frame.empty and tuple(frame.columns) == TIDY and findings == []


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.floats(0, 1e15, allow_nan=False), min_size=1, max_size=8))
def test_every_number_written_by_repr_reads_back_to_the_same_double(observe, context, values):
    rows = [f"territory.area_ha,{2000 + i},{np.format_float_positional(v)},,,,,,,"
            for i, v in enumerate(values)]
    frame, _ = tidy_observations(observe(*rows), context)
    assert frame.value.tolist() == values


def test_nine_thousand_canonical_rows_take_less_than_half_a_second(observe, context) -> None:
    rows = [f"population.total,{2000 + i % 25},{i},{'fm'[i % 2]},{i // 50 % 90}-{i // 50 % 90 + 4},"
            f"{('kd', 'mantysh')[i // 4500 % 2]},,A,nsc," for i in range(9000)]
    raw = observe(*rows)
    started = time.perf_counter()
    frame, findings = tidy_observations(raw, context)
    assert len(frame) == 9000 and findings == []
    assert time.perf_counter() - started < 0.5
