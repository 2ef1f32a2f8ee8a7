"""The workbook of tables: typed numbers at full value, text never a formula."""

from __future__ import annotations

import io

import openpyxl
import pytest

from sedp_helpers.blocks import Cell, Column, Document, Table, make_band
from sedp_helpers.publish.xlsx import render_xlsx


@pytest.fixture(scope="module")
def content(document, words):
    return render_xlsx(document, words)


@pytest.fixture(scope="module")
def book(content):
    return openpyxl.load_workbook(io.BytesIO(content))


def read_table(sheet, title: str) -> list[list[object]]:
    """The rows below a caption up to the first row that is not part of the grid."""
    start = next(
        row for row in range(1, sheet.max_row + 1) if title in str(sheet.cell(row, 1).value)
    )
    width = sum(cell.value is not None for cell in sheet[start + 1])
    rows = []
    for row in sheet.iter_rows(min_row=start + 1, max_col=width):
        if row[0].value is None or (width > 1 and all(cell.value is None for cell in row[1:])):
            break
        rows.append([cell.value for cell in row])
    return rows


def build_book(words, *rows, title="А"):
    columns = (Column("Аты"), Column("Саны", "адам", True))
    table = Table("Т", columns, tuple(rows))
    made = render_xlsx(Document({}, (("a", title, (table,)),)), words)
    return openpyxl.load_workbook(io.BytesIO(made)).worksheets[1]


def test_same_document_gives_the_same_bytes(document, words, content):
    assert render_xlsx(document, words) == content


def test_contents_come_first_and_lead_to_every_table_and_figure(book, words):
    assert book.sheetnames == [words["contents"], "Калк", "Бюджет"]
    contents = book.worksheets[0]
    entries = [contents.cell(row, 3) for row in range(5, contents.max_row + 1)]
    assert len(entries) == 6
    for entry in entries:
        name, _, place = entry.hyperlink.location.rpartition("!")
        assert book[name.strip("'")][place].value == entry.value


def test_number_keeps_its_full_value_and_prints_as_in_the_report(book):
    rows = read_table(book["Калк"], "3-таблица")
    assert rows[0][:2] == ["Айыл", "2016-жыл, адам"]
    assert len(rows) == 76
    assert rows[1][1] == 1000.123456789
    income = read_table(book["Бюджет"], "1-таблица")
    assert income[1] == ["Салыктар", 100.25, -7.5]
    cell = next(c for row in book["Бюджет"].iter_rows() for c in row if c.value == 100.25)
    assert cell.number_format == "#,##0.0"


def test_text_from_data_is_never_a_formula_or_a_link(book, evil):
    sheet = book["Калк"]
    cells = {cell.value: cell for row in sheet.iter_rows() for cell in row if cell.value in evil}
    assert set(cells) == set(evil)
    assert {cell.data_type for cell in cells.values()} == {"s"}
    assert all(cell.hyperlink is None for cell in cells.values())


def test_total_is_a_formula_only_where_the_column_adds_up_to_it(book):
    last = read_table(book["Бюджет"], "1-таблица")[-1]
    assert last[0] == "Бардыгы"
    assert last[2] == 99.0
    assert last[1] == 400.75


def test_total_without_gaps_is_a_sum_that_excel_can_recompute(words):
    def row(name, value, style=""):
        return (Cell(name, style=style), Cell(str(value), value, style=style))

    sheet = build_book(words, row("а", 1.5), row("б", 2.5), row("в", 4.0, "total"))
    assert sheet["B8"].value == "=SUM(B6:B7)"
    wrong = build_book(words, row("а", 1.5), row("б", 2.5), row("в", 5.0, "total"))
    assert wrong["B8"].value == 5.0
    gap = build_book(words, row("а", 4.0), (Cell("б"), Cell("…")), row("в", 4.0, "total"))
    assert gap["B8"].value == 4.0


def test_missing_value_is_text_and_never_a_zero(book):
    grants = next(r for r in read_table(book["Бюджет"], "1-таблица") if r[0] == "Гранттар")
    assert grants[1:] == ["…", "‹5"]


def test_a_year_told_as_text_is_a_number_and_a_code_stays_text(words):
    rows = [(Cell(text), Cell("…")) for text in ("2024", "0", "007", "41703000", "2 024", "1.2")]
    sheet = build_book(words, *rows)
    told = [sheet.cell(row, 1).value for row in range(6, 12)]
    assert told == [2024, 0, "007", "41703000", "2 024", "1.2"]
    assert sheet["A6"].number_format == "0", "a year is not grouped"


def test_data_behind_every_figure_stand_in_the_book(book):
    rows = read_table(book["Калк"], "1-сүрөт")
    assert rows[0] == ["Жыл", "Калк, адам"]
    assert rows[1] == [2016, 12131.4]
    assert len(rows) == 10


def test_sheets_are_frozen_and_set_up_for_print(book):
    for sheet in book.worksheets:
        assert sheet.freeze_panes is not None
        assert sheet.page_setup.paperSize == 9
        assert "ДОЛБООР" in sheet.oddFooter.left.text


def test_section_names_that_excel_refuses_become_names_that_differ(words):
    table = Table("Т", (Column("А"),), ((Cell("б"),),))
    long = "Кызматтар жана жергиликтүү инфраструктура [2/3]: толук"
    sections = ((name, long, (table,)) for name in "ab")
    made = render_xlsx(Document({}, tuple(sections)), words)
    names = openpyxl.load_workbook(io.BytesIO(made)).sheetnames
    assert len(set(names)) == 3 and max(map(len, names)) <= 31


@pytest.mark.parametrize("value", [float("nan"), float("inf")])
def test_value_that_is_no_number_is_written_as_its_text(words, value):
    assert build_book(words, (Cell("а"), Cell("—", value)))["B6"].value == "—"


def test_a_band_is_one_merged_cell_and_ends_a_sum(words):
    sheet = build_book(
        words, (Cell("а"), Cell("9", 9.0)), make_band("Топ", 2), (Cell("б"), Cell("1", 1.0)),
        (Cell("в"), Cell("2", 2.0)),
        (Cell("Бардыгы", style="total"), Cell("3", 3.0, style="total")))
    (merged,) = sheet.merged_cells.ranges
    assert sheet.cell(merged.min_row, 1).value == "Топ" and merged.size == {"columns": 2, "rows": 1}
    low = merged.min_row
    assert sheet.cell(low + 3, 2).value == f"=SUM(B{low + 1}:B{low + 2})"


def test_a_row_is_as_high_as_the_lines_of_its_texts(words):
    long_row, short_row = (Cell("узун аталыш " * 12), Cell("1", 1.0)), (Cell("а"), Cell("2", 2.0))
    sheet = build_book(words, long_row, short_row)
    long, short = (sheet.row_dimensions[row] for row in (6, 7))
    assert long.height > 2 * 13 and short.height is None
