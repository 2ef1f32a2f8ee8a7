"""Registers: typed cells, keys, references, private columns."""

from __future__ import annotations

import math

import pytest

from sedp_helpers.intake.register_cells import Lists
from sedp_helpers.intake.registers import make_empty_register, tidy_register
from sedp_helpers.models import Column, Register, Text

PLAN = Register(
    id="plan", name=Text(ky="План"), key="id",
    columns=(
        Column(id="id", type="id"), Column(id="measure"),
        Column(id="village", refers="villages.id"), Column(id="cost", type="money"),
        Column(id="capital", type="bool"), Column(id="start", type="date"),
        Column(id="end", type="year"), Column(id="share", type="pct"),
        Column(id="members", type="int"), Column(id="kind", type="code", codes="kinds"),
        Column(id="groups", type="list", codes="kinds"), Column(id="time", type="time"),
        Column(id="recipient", private=True),
    ),
)
LISTS = Lists(codes={"kinds": {"goods": 1, "works": 1}}, ids={"villages.id": {"kd": "Кызыл-Дөбө"}})


@pytest.fixture
def tidy(write_table):
    def make(*rows: str, lists: Lists = LISTS, headers=None):
        return tidy_register(write_table("\n".join(rows) + "\n", name="plan"), PLAN, lists, headers)

    return make


def test_each_column_comes_out_in_the_type_of_its_model(tidy) -> None:
    frame, findings = tidy(
        "id;measure;village;cost;capital;start;end;share;members;kind;groups;time",
        "m1;Суу;kd;1,5 млн сом;ооба;05.03.2026;2027;62,5;12;works;goods; works;9.30".replace(
            "goods; works", '"goods; works"'))
    row = frame.iloc[0]
    assert row[["id", "measure", "village", "start", "kind", "groups", "time"]].tolist() == [
        "m1", "Суу", "kd", "2026-03-05", "works", "goods;works", "09:30"]
    assert row[["cost", "end", "share", "members"]].tolist() == [1500000, 2027, 62.5, 12]
    assert row["capital"] is True and row["origin"] == "plan!A2"
    assert {finding.rule for finding in findings} == {"IN-TEXTNUMBER", "IN-FORM"}


def test_empty_cells_are_missing_and_never_zero_or_no(tidy) -> None:
    frame, findings = tidy("id,cost,capital,end", "m1,,,")
    row = frame.iloc[0]
    assert math.isnan(row["cost"]) and math.isnan(row["end"]) and row["capital"] is None
    assert row["measure"] == "" and findings == []


@pytest.mark.parametrize(
    ("column", "text", "rule", "proposal"),
    [("cost", "12 адам", "IN-UNIT", 12), ("cost", "көп", "IN-NUM", ""),
     ("start", "31.02.2026", "IN-DATE", None), ("end", "20266", "IN-YEAR", "2026"),
     ("capital", "балким", "IN-BOOL", None), ("time", "25:00", "IN-TIME", None),
     ("kind", "work", "IN-CODE", "works"), ("village", "Кызыл-Добо", "IN-VILLAGE", "kd"),
     ("groups", "goods;x1", "IN-CODE", ""), ("members", '"12,130"', "IN-AMBIGUOUS", 12130)],
)
def test_a_bad_cell_is_left_empty_and_said_and_the_record_stays(
    tidy, say, column, text, rule, proposal
) -> None:
    frame, (finding,) = tidy(f"id,{column}", f"m1,{text}")
    assert frame.id.tolist() == ["m1"]
    value = frame.loc[0, column]
    assert value is None or value == "" or math.isnan(value)
    assert (finding.rule, finding.severity, finding.cell) == (rule, "error", "B2")
    assert finding.value == text.strip('"') and finding.params.get("proposal") == proposal
    assert all("B2" in said for said in say(finding).values())


def test_a_record_without_its_key_is_not_used(tidy) -> None:
    frame, (finding,) = tidy("id,measure", "m1,a", ",b")
    assert frame.id.tolist() == ["m1"] and (finding.rule, finding.cell) == ("IN-REQUIRED", "A3")


def test_different_records_with_one_key_are_both_unused_and_equal_ones_count_once(tidy) -> None:
    frame, findings = tidy("id,measure", "m1,a", "m1,b", "m2,c", "m2,c", "m3,d")
    assert frame.id.tolist() == ["m2", "m3"]
    assert [(f.rule, f.severity, f.cell) for f in findings] == [
        ("IN-KEY", "error", "A3"), ("IN-DUPLICATE", "note", "A5")]
    assert findings[0].params["first"] == "A2"


def test_private_cells_leave_neither_in_the_table_nor_in_a_finding(tidy) -> None:
    frame, findings = tidy("id,recipient", "m1,Асанов А.", "m2,<b>Асанов</b>")
    assert "recipient" not in frame.columns
    assert [(f.rule, f.params["count"]) for f in findings] == [("IN-PRIVATE", 2)]
    assert "Асанов" not in repr(findings)


def test_unlisted_columns_stay_in_the_raw_table_and_are_counted(tidy) -> None:
    frame, (finding,) = tidy("id,phone,passport_no", "m1,0555,AN1")
    assert set(frame.columns).isdisjoint({"phone", "passport_no"})
    assert finding.rule == "IN-COLUMN" and finding.params["count"] == 2
    assert "0555" not in repr(finding)


def test_language_twins_of_a_text_column_are_kept(tidy) -> None:
    frame, findings = tidy("id,measure,measure_ru", "m1,Суу,Вода")
    assert frame.loc[0, ["measure", "measure_ru"]].tolist() == ["Суу", "Вода"] and not findings


def test_money_without_words_is_in_the_unit_of_the_sheet(tidy) -> None:
    lists = Lists(money_unit="thousand_som")
    frame, _ = tidy("id,cost", "m1,1.001", "m2,5 млн сом", lists=lists)
    assert frame.cost.tolist() == [1001, 5000000]


def test_references_are_not_checked_where_the_other_register_is_not_known(tidy) -> None:
    frame, findings = tidy("id,village", "m1,any", lists=Lists())
    assert frame.village.tolist() == ["any"] and findings == []


def test_blank_rows_and_empty_registers_make_no_records(tidy) -> None:
    frame, findings = tidy("id,measure", ",", "m1,a")
    assert frame.origin.tolist() == ["plan!A3"] and findings == []
    frame, findings = tidy("id,measure")
    assert frame.empty and findings == []
    assert list(frame.columns) == list(make_empty_register(PLAN).columns)


def test_a_register_without_its_key_column_is_not_used(tidy) -> None:
    frame, (finding,) = tidy("measure", "a")
    assert frame.empty and (finding.rule, finding.column) == ("IN-COLUMN-MISSING", "id")
