"""Whatever is called workbook.xlsx, the answer is a sentence and never a crash or a full memory."""

from __future__ import annotations

import shutil
import zipfile
from pathlib import Path

import pytest
import xlsxwriter

from sedp_helpers.catalog.load import load_catalog
from sedp_helpers.errors import NotFoundError
from sedp_helpers.intake import workbook_child
from sedp_helpers.intake.safe_open import open_workbook
from sedp_helpers.intake.workbook_read import read_workbook
from sedp_helpers.models import Finding
from tests.intake.conftest import assert_told


def write_book(path: Path, *, rows: int = 1, far: str = "") -> Path:
    """A small workbook with a sheet «a», an optional far value and formatted rows."""
    book = xlsxwriter.Workbook(path, {"constant_memory": True})
    sheet = book.add_worksheet("a")
    bold = book.add_format({"bold": True})
    sheet.write(0, 0, "population.total||||")
    for row in range(1, rows):
        sheet.write_blank(row, 0, None, bold)
    if far:
        sheet.write(far, 7)
    book.close()
    return path


def rewrite(path: Path, change: dict[str, bytes]) -> Path:
    """The same package with some parts replaced or added."""
    with zipfile.ZipFile(path) as package:
        parts = {name: package.read(name) for name in package.namelist()} | change
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in parts.items():
            package.writestr(name, content)
    return path


def found_in(path: Path) -> list[Finding]:
    """The findings of a workbook of which nothing can be used."""
    content = read_workbook(path, load_catalog())
    assert not content.parts or not any(len(part.rows) for part in content.parts)
    return list(content.findings)


@pytest.mark.parametrize(
    ("content", "rule", "value"),
    [
        (b"", "IN-EMPTY", ""),
        (b"%PDF-1.7 ...", "IN-FILETYPE", "PDF"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "WB-OLE", ""),
        (b"indicator,year,value\n", "IN-FILETYPE", "TXT, CSV"),
        (b"PK\x03\x04 and then nothing", "WB-DAMAGED", None),
    ],
)
def test_a_file_that_is_no_workbook_is_named_for_what_it_is(
    tmp_path: Path, content: bytes, rule: str, value: str | None
) -> None:
    path = tmp_path / "workbook.xlsx"
    path.write_bytes(content)
    (finding,) = open_workbook(path).findings
    assert_told(finding, rule, "error", "workbook", "",
                finding.value if value is None else value, value or "")


def test_another_package_renamed_to_xlsx_is_named(tmp_path: Path) -> None:
    path = tmp_path / "workbook.xlsx"
    with zipfile.ZipFile(path, "w") as package:
        package.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
    (finding,) = open_workbook(path).findings
    assert (finding.rule, finding.value) == ("IN-FILETYPE", "ODS")


def test_a_missing_file_is_an_error_of_the_caller(tmp_path: Path) -> None:
    with pytest.raises(NotFoundError):
        open_workbook(tmp_path / "workbook.xlsx")


def test_a_bomb_is_refused_before_it_is_unpacked(tmp_path: Path) -> None:
    path = write_book(tmp_path / "workbook.xlsx")
    with zipfile.ZipFile(path, "a", zipfile.ZIP_DEFLATED, compresslevel=1) as package, \
            package.open("xl/worksheets/sheet2.xml", "w", force_zip64=True) as part:
        for _ in range(workbook_child.MOST_BYTES // 8_000_000 + 1):
            part.write(b"\0" * 8_000_000)
    assert path.stat().st_size < 5_000_000
    (finding,) = found_in(path)
    assert finding.value.endswith(" MB")
    assert_told(finding, "WB-BOMB", "error", "workbook", "", finding.value, finding.value)


@pytest.mark.parametrize("damage", [b"", b"<worksheet><sheetData><row r='1'><c r='A1'"])
def test_a_damaged_sheet_is_a_finding(tmp_path: Path, damage: bytes) -> None:
    path = rewrite(write_book(tmp_path / "workbook.xlsx"), {"xl/worksheets/sheet1.xml": damage})
    assert all(one.rule in ("WB-DAMAGED", "WB-UNKNOWN-SHEET") for one in found_in(path))


def test_a_lone_value_in_the_last_row_and_column_is_left_out_and_the_rest_is_read(
    tmp_path: Path,
) -> None:
    path = write_book(tmp_path / "workbook.xlsx", far="XFD1048576")
    opened = open_workbook(path)
    assert opened.sheets[0].rows[0][0] == "population.total||||"
    (finding,) = opened.findings
    assert_told(finding, "WB-FAR", "warning", "a", "XFD1048576", "7", "XFD1048576")


def test_a_lone_text_far_away_is_quoted_from_the_shared_texts(tmp_path: Path) -> None:
    path = tmp_path / "workbook.xlsx"
    book = xlsxwriter.Workbook(path)  # keeps its texts in one shared list
    sheet = book.add_worksheet("a")
    sheet.write("A1", "population.total||||")
    sheet.write("XFD1048576", "Кара-Суу & Ко")
    book.close()
    (finding,) = open_workbook(path).findings
    assert_told(finding, "WB-FAR", "warning", "a", "XFD1048576", "Кара-Суу & Ко")


def test_a_sheet_that_lies_about_its_size_ends_its_own_process_only(tmp_path: Path) -> None:
    path = write_book(tmp_path / "workbook.xlsx", far="GS1048576")
    with zipfile.ZipFile(path) as package:
        sheet = package.read("xl/worksheets/sheet1.xml")
    lie = sheet.replace(b"A1:XFD1048576", b"A1:B2").replace(b"A1:GS1048576", b"A1:B2")
    rewrite(path, {"xl/worksheets/sheet1.xml": lie})
    assert b'ref="A1:B2"' in lie
    (finding,) = found_in(path)
    assert_told(finding, "WB-TOO-BIG", "error", "workbook", "", finding.value)


def test_a_million_formatted_rows_are_harmless(tmp_path: Path) -> None:
    path = write_book(tmp_path / "workbook.xlsx")
    row = b'<row r="%d" s="1" customFormat="1"><c r="A%d" s="1"/></row>'
    rows = b"".join(row % (number, number) for number in range(2, 1_048_577))
    with zipfile.ZipFile(path) as package:
        sheet = package.read("xl/worksheets/sheet1.xml")
    rewrite(path, {"xl/worksheets/sheet1.xml": sheet.replace(b"</sheetData>",
                                                             rows + b"</sheetData>")})
    opened = open_workbook(path)
    assert not opened.findings
    assert opened.sheets[0].rows == [["population.total||||"]]


def test_macros_and_links_are_noted_and_never_followed(tmp_path: Path) -> None:
    path = rewrite(write_book(tmp_path / "workbook.xlsx"), {
        "xl/vbaProject.bin": b"\0",
        "xl/externalLinks/externalLink1.xml": b'<externalLink xmlns="x"/>',
        "xl/externalLinks/externalLink2.xml": b'<externalLink xmlns="x"/>',
    })
    found = {finding.rule: finding for finding in open_workbook(path).findings}
    assert_told(found["WB-MACROS"], "WB-MACROS", "note", "workbook")
    assert_told(found["WB-LINKS"], "WB-LINKS", "warning", "workbook", "", "", "(2)")


def test_a_file_that_is_open_in_excel_is_said(tmp_path: Path) -> None:
    path = write_book(tmp_path / "workbook.xlsx")
    shutil.copy(path, tmp_path / "~$workbook.xlsx")
    (finding,) = open_workbook(path).findings
    assert_told(finding, "WB-OPEN", "warning", "workbook", "", "workbook.xlsx", "workbook.xlsx")


def test_a_file_held_by_another_program_is_a_finding(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = write_book(tmp_path / "workbook.xlsx")

    def refuse(*args: object, **kwargs: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "open", refuse)
    (finding,) = open_workbook(path).findings
    assert_told(finding, "WB-LOCKED", "error", "workbook", "", "Permission denied")
