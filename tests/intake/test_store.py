"""Stored tables come back as they were written."""

from __future__ import annotations

import pandas as pd
import pytest

from sedp_helpers.intake.store import dump_columns, dump_frame, parse_frame

TEXTS = ["plain", "", "a,b", 'said "so"', "two\nlines", "torn\rline", 'all,"of\r\nit"']


@pytest.mark.parametrize("text", TEXTS)
def test_a_cell_with_the_signs_of_the_file_itself_comes_back_whole(text: str) -> None:
    frame = pd.DataFrame({"name": [text, "next"], "other": ["x", text]}, dtype="str")
    back = parse_frame(dump_frame(frame))
    assert back["name"].tolist() == [text, "next"] and back["other"].tolist() == ["x", text]


def test_plain_columns_are_written_as_their_frame_is() -> None:
    columns = {"name": ["a,b", ""], "value": [0.1 + 0.2, float("nan")], "item": ["", "ө"]}
    frame = pd.DataFrame(columns).astype({"name": "str", "item": "str"})
    assert dump_columns(columns) == dump_frame(frame)
    assert parse_frame(dump_columns(columns))["value"].iloc[0] == 0.1 + 0.2


def test_a_count_among_numbers_is_written_as_a_number_and_an_absent_text_as_nothing() -> None:
    assert dump_columns({"value": [5, 1.5], "item": [None, "a"]}) == b"value,item\n5.0,\n1.5,a\n"
