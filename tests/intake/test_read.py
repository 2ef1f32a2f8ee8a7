"""A CSV file as a table of text cells."""

from __future__ import annotations

import pytest

from sedp_helpers.errors import NotFoundError
from sedp_helpers.intake.read import cell_name, read_csv_table
from tests.intake.conftest import assert_told


def test_a_byte_order_mark_and_semicolons_do_not_change_the_table(write_table) -> None:
    plain = write_table("a,b\n1,x\n")
    other = write_table(b"\xef\xbb\xbfa;b\r\n1;x\r\n")
    assert plain.columns == other.columns == ("a", "b")
    assert plain.frame.equals(other.frame) and not other.findings


def test_the_separator_is_decided_once_by_the_header(write_table) -> None:
    raw = write_table('a;b\n"1,5";2,5\n')
    assert raw.frame.iloc[0].tolist() == ["1,5", "2,5"]


def test_quoted_cells_keep_separators_line_breaks_and_quotes(write_table) -> None:
    raw = write_table('a,b\n"x, ""y""\nz",2\n3,4\n')
    assert raw.texts(0).tolist() == ['x, "y"\nz', "3"]
    assert raw.cell(1, 0) == "A3"


def test_a_heading_with_a_line_break_is_one_heading(write_table) -> None:
    raw = write_table('"a\nb",c\n1,2\n')
    assert raw.columns == ("a\nb", "c") and raw.frame.iloc[0].tolist() == ["1", "2"]


def test_text_that_looks_like_missing_or_a_number_stays_as_typed(write_table) -> None:
    raw = write_table("a,b\nNA,007\nnull,1.50\n,nan\n")
    assert raw.texts(0).tolist() == ["NA", "null", ""]
    assert raw.texts(1).tolist() == ["007", "1.50", "nan"]


def test_blank_lines_keep_their_row_numbers(write_table) -> None:
    raw = write_table("a,b\n1,2\n\n3,4\n")
    assert raw.texts(0).tolist() == ["1", "", "3"] and raw.cell(2, 1) == "B4"


def test_a_short_row_reads_as_empty_cells(write_table) -> None:
    raw = write_table("a,b,c\n1\n")
    assert raw.frame.iloc[0].tolist() == ["1", "", ""] and not raw.findings


def test_a_row_longer_than_the_header_is_an_error_and_the_others_stay(write_table, say) -> None:
    raw = write_table("a,b\n1,2\n3,4,5,6\n5,6\n")
    assert raw.texts(0).tolist() == ["1", "", "5"]
    (finding,) = raw.findings
    assert (finding.rule, finding.row, finding.cell) == ("IN-ROW", 3, "C3")
    assert all("C3" in text for text in say(finding).values())


def test_extra_empty_cells_at_the_end_of_rows_are_harmless(write_table) -> None:
    raw = write_table("a,b\n1,2,,\n3,4,\n")
    assert raw.texts(1).tolist() == ["2", "4"] and not raw.findings


def test_a_header_without_rows_is_an_empty_table(write_table) -> None:
    raw = write_table("a,b\n")
    assert raw.columns == ("a", "b") and len(raw.frame) == 0 and not raw.findings


CYRILLIC = "indicator,note\npopulation.total,Кара-Суу айылы\n"


@pytest.mark.parametrize(
    ("content", "rule", "value"),
    [
        pytest.param(CYRILLIC.encode("cp1251"), "IN-ENCODING", "Windows-1251", id="cp1251"),
        pytest.param(CYRILLIC.encode("utf-16"), "IN-ENCODING", "UTF-16", id="utf-16"),
        pytest.param(CYRILLIC.encode("utf-16-le"), "IN-ENCODING", "UTF-16", id="utf-16 no mark"),
        pytest.param(b"", "IN-EMPTY", "", id="empty"),
        pytest.param(b"\xef\xbb\xbf \r\n;;;\n", "IN-EMPTY", "", id="only separators"),
        pytest.param(b"%PDF-1.7\n%\xe2\xe3", "IN-FILETYPE", "PDF", id="PDF renamed"),
        pytest.param(b"PK\x03\x04rest", "IN-FILETYPE", "XLSX, DOCX, ZIP", id="workbook renamed"),
        pytest.param(b"\xd0\xcf\x11\xe0rest", "IN-FILETYPE", "XLS, DOC", id="old workbook"),
        pytest.param(b"a,b,a\n1,2,3\n", "IN-HEADER", "a", id="heading twice"),
        pytest.param(b"\na,b\n1,2\n", "IN-NOHEADER", "", id="no heading"),
        pytest.param(b"a\tb\n1\t2\n", "IN-SEPARATOR", "a\tb", id="tabs"),
        pytest.param(b'a,b\n"1,2\n3,4\n', "IN-QUOTES", None, id="open quote"),
    ],
)
def test_a_file_that_is_no_table_becomes_one_error_in_three_languages(
    write_table, content, rule, value
) -> None:
    raw = write_table(content)
    assert not raw.readable
    (finding,) = raw.findings
    assert (finding.rule, finding.severity) == (rule, "error")
    assert value is None or finding.value == value
    assert_told(finding, rule, "error", "observations", finding.cell, finding.value, "observations")


def test_a_missing_file_is_not_found_rather_than_a_traceback(tmp_path) -> None:
    with pytest.raises(NotFoundError):
        read_csv_table(tmp_path / "none.csv")


def test_cells_are_named_as_a_spreadsheet_names_them() -> None:
    names = [cell_name(row, column) for row, column in ((7, 2), (1, 25), (2, 26), (3, 701))]
    assert names == ["C7", "Z1", "AA2", "ZZ3"]
