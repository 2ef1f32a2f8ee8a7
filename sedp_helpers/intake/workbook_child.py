"""The part of reading a workbook that may die: run as a script of its own, never imported for work.

Why: one value in the last row and column makes every reader ask for gigabytes and the process is
ended, not the call. So this script first looks into the package as text, limits its own memory,
and hands the cells over as texts. It interprets no cell and must not import anything of ours.

Calamine (0.9.1) reads an error value (#REF!) as an empty cell and knows no number formats, so
errors, percent cells and formulas without a saved result are found in the XML.
"""

from __future__ import annotations

import datetime
import json
import re
import sys
import zipfile
from collections.abc import Iterator
from decimal import Decimal
from itertools import islice
from pathlib import PurePosixPath
from typing import Any

MEMORY = 1_500_000_000  # bytes of address space
MOST_CELLS = 2_000_000  # of the rectangle around the used cells
MOST_BYTES = 400_000_000  # of the unpacked package
MOST_PARTS = 5_000
STREAM_ROWS, STREAM_COLUMNS = 60_000, 300

_COLUMN = re.compile(rb"[A-Z]+")
_DIMENSION = re.compile(rb'<(?:\w+:)?dimension ref="([A-Z]+)(\d+)(?::([A-Z]+)(\d+))?"')
_FILLED = re.compile(rb'<(?:\w+:)?c\s[^>]*?r="([A-Z]+)(\d+)"(?:[^>]*[^/>])?>')
_ERROR = re.compile(rb'<(?:\w+:)?c\s[^>]*?r="([A-Z]+\d+)"[^>]*?\st="e"')
_FORMULA = re.compile(
    rb'<(?:\w+:)?c\s[^>]*?r="([A-Z]+\d+)"[^>]*>\s*<(?:\w+:)?f(?:\s[^>]*)?(?:/>|>[^<]*</(?:\w+:)?f>)'
    rb"\s*(?:<(?:\w+:)?v\s*/>|<(?:\w+:)?v>\s*</(?:\w+:)?v>)?\s*</(?:\w+:)?c>"
)
_STYLED = re.compile(rb'<(?:\w+:)?c\s[^>]*?r="([A-Z]+\d+)"[^>]*?\ss="(\d+)"')
_TAG = re.compile(rb"<[^>]*>")
_STRING = re.compile(rb"<(?:\w+:)?si>.*?</(?:\w+:)?si>", re.DOTALL)
_RELATION = re.compile(rb"<(?:\w+:)?Relationship\s[^>]*>")
_SHEET = re.compile(rb"<(?:\w+:)?sheet\s[^>]*>")
_FORMAT = re.compile(rb"<(?:\w+:)?numFmt\s[^>]*>")
_XF = re.compile(rb"<(?:\w+:)?xf\s[^>]*>")


def limit_memory() -> None:
    """Let the system refuse memory beyond the limit (not on Windows, which has no such limit)."""
    try:
        import resource
    except ImportError:
        return
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))


def read_package(path: str) -> dict[str, Any]:
    """The sheets of a workbook with their texts, or ``{"refused": reason, "value": …}``."""
    try:
        with zipfile.ZipFile(path) as package:
            return _read_open(path, package)
    except (zipfile.BadZipFile, EOFError, NotImplementedError, RuntimeError) as error:
        return {"refused": "damaged", "value": str(error)[:120]}


def _read_open(path: str, package: zipfile.ZipFile) -> dict[str, Any]:
    parts = package.infolist()
    size = sum(part.file_size for part in parts)
    if size > MOST_BYTES or len(parts) > MOST_PARTS:
        return {"refused": "bomb", "value": f"{size // 1_000_000} MB"}
    names = {part.filename for part in parts}
    if "xl/workbook.xml" not in names:
        return {"refused": "other", "value": _name_kind(package, names)}
    places = _locate_sheets(package)
    percents = _percent_styles(package, names)
    scans = {name: _scan(package, package.read(place), percents)
             for name, place in places.items() if place in names}
    return {
        "macros": any(name.endswith("vbaProject.bin") for name in names),
        "links": sum(name.startswith("xl/externalLinks/externalLink") for name in names),
        "sheets": list(_read_sheets(path, scans)),
    }


def _name_kind(package: zipfile.ZipFile, names: set[str]) -> str:
    if "mimetype" in names and b"opendocument" in package.read("mimetype")[:80]:
        return "ODS"
    return "DOCX" if "word/document.xml" in names else "ZIP"


def _attribute(tag: bytes, name: bytes) -> str:
    found = re.search(rb"[\s:]" + name + rb'="([^"]*)"', tag)
    return found[1].decode("utf-8", "replace") if found else ""


def _locate_sheets(package: zipfile.ZipFile) -> dict[str, str]:
    """Sheet names in order and the part of the package that holds each."""
    relations = {
        _attribute(tag, b"Id"): _attribute(tag, b"Target")
        for tag in _RELATION.findall(package.read("xl/_rels/workbook.xml.rels"))
    }
    places = {}
    for tag in _SHEET.findall(package.read("xl/workbook.xml")):
        target = relations.get(_attribute(tag, rb"id"), "")
        place = target.lstrip("/") if target.startswith("/") else str(PurePosixPath("xl") / target)
        places[_unescape(_attribute(tag, b"name"))] = place
    return places


def _unescape(text: str) -> str:
    for code, sign in (("&lt;", "<"), ("&gt;", ">"), ("&quot;", '"'), ("&apos;", "'"),
                       ("&amp;", "&")):
        text = text.replace(code, sign)
    return text


def _percent_styles(package: zipfile.ZipFile, names: set[str]) -> set[bytes]:
    """The style numbers under which a cell shows a hundredth as a percent."""
    if "xl/styles.xml" not in names:
        return set()
    styles = package.read("xl/styles.xml")
    codes = {"9", "10"}
    codes |= {_attribute(tag, b"numFmtId") for tag in _FORMAT.findall(styles)
              if "%" in _attribute(tag, b"formatCode")}
    start = styles.find(b"cellXfs")
    body = styles[start : styles.find(b"cellXfs>", start + 8)] if start >= 0 else b""
    return {str(place).encode() for place, tag in enumerate(_XF.findall(body))
            if _attribute(tag, b"numFmtId") in codes}


def _scan(package: zipfile.ZipFile, xml: bytes, percents: set[bytes]) -> dict[str, Any]:
    """What calamine does not tell about a sheet, by text search in its XML."""
    far = _far_cells(xml) if _area(xml) > MOST_CELLS else []
    return {
        "far": far,
        "far_text": _find_text(package, xml, far[0]) if far else "",
        "errors": [cell.decode() for cell in _ERROR.findall(xml)] if b't="e"' in xml else [],
        "formulas": [cell.decode() for cell in _FORMULA.findall(xml)] if b"<f" in xml or
        b":f" in xml else [],
        "percents": [cell.decode() for cell, style in _STYLED.findall(xml) if style in percents]
        if percents else [],
    }


def _area(xml: bytes) -> int:
    found = _DIMENSION.search(xml[:4000])
    if not found:
        return MOST_CELLS + 1
    return int(found[4] or found[2]) * _number(found[3] or found[1])


def _number(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number


def _far_cells(xml: bytes) -> list[str]:
    """The filled cells outside the area that is read, when the rectangle around all is too big."""
    cells = [(int(row), letters) for letters, row in _FILLED.findall(xml)]
    columns = {letters: _number(letters) for _, letters in cells}
    if max((row for row, _ in cells), default=0) * max(columns.values(), default=0) <= MOST_CELLS:
        return []
    far = [f"{letters.decode()}{row}" for row, letters in cells
           if row > STREAM_ROWS or columns[letters] > STREAM_COLUMNS]
    return far or ["XFD1048576"]


def _find_text(package: zipfile.ZipFile, xml: bytes, cell: str) -> str:
    """The text of one cell, which may stand among the shared texts of the package."""
    found = re.search(rb'<(?:\w+:)?c\s([^>]*?r="' + cell.encode() + rb'"[^>]*)>(.*?)</(?:\w+:)?c>',
                      xml, re.DOTALL)
    text = _TAG.sub(b"", found[2]) if found else b""
    if found and b't="s"' in found[1] and text.isdigit():
        shared = _STRING.findall(package.read("xl/sharedStrings.xml"))
        text = _TAG.sub(b"", shared[int(text)]) if int(text) < len(shared) else b""
    return _unescape(text.decode("utf-8", "replace"))


def _read_sheets(path: str, scans: dict[str, dict[str, Any]]) -> Iterator[dict[str, Any]]:
    from python_calamine import SheetTypeEnum, SheetVisibleEnum, load_workbook

    book = load_workbook(path)
    for meta in book.sheets_metadata:
        if meta.typ != SheetTypeEnum.WorkSheet or meta.name not in scans:
            continue
        scan, merged = scans[meta.name], []
        if scan["far"]:
            rows = list(_stream(path, meta.name))
        else:
            sheet = book.get_sheet_by_name(meta.name)
            rows = sheet.to_python(skip_empty_area=False)
            merged = sheet.merged_cell_ranges or []
        texts = [[cell if cell.__class__ is str else write_cell(cell) for cell in row]
                 for row in rows]
        _put_percents(texts, scan["percents"])
        yield {"name": meta.name, "hidden": meta.visible != SheetVisibleEnum.Visible,
               "rows": texts, "merged": merged, **scan}


def _stream(path: str, name: str) -> Iterator[list[Any]]:
    """The first rows and columns of a sheet whose last value lies far away."""
    from openpyxl import load_workbook

    sheet = load_workbook(path, read_only=True, data_only=True)[name]
    sheet.reset_dimensions()
    blank = 0
    for row in islice(sheet.iter_rows(max_col=STREAM_COLUMNS, max_row=STREAM_ROWS,
                                      values_only=True), STREAM_ROWS):
        if all(cell is None for cell in row):
            blank += 1
            continue
        yield from ([] for _ in range(blank))
        blank = 0
        yield ["" if cell is None else cell for cell in row]


def write_cell(cell: Any) -> str:
    """A typed cell as the text a person would have typed."""
    if isinstance(cell, bool):
        return "true" if cell else "false"
    if isinstance(cell, int):
        return str(cell)
    if isinstance(cell, float):
        if cell.is_integer() and abs(cell) < 1e22:
            return str(int(cell))
        text = repr(cell)
        return format(Decimal(text), "f") if "e" in text and cell - cell == 0 else text
    if isinstance(cell, datetime.datetime):
        if cell.time() == datetime.time():
            return cell.date().isoformat()
        return cell.isoformat(sep=" ", timespec="seconds")
    if isinstance(cell, datetime.date):
        return cell.isoformat()
    return str(cell)


def _put_percents(texts: list[list[str]], cells: list[str]) -> None:
    """A cell that shows 5,48 % holds 0.0548; here it becomes the text that is seen."""
    for cell in cells:
        letters = _COLUMN.match(cell.encode())
        column, row = _number(letters[0]) - 1, int(cell[len(letters[0]):]) - 1  # type: ignore[index]
        if row < len(texts) and column < len(texts[row]):
            try:
                number = Decimal(texts[row][column]).scaleb(2)
            except ArithmeticError:
                continue
            texts[row][column] = f"{number.normalize():f} %"


def main() -> None:
    """Read the file named on the command line and write its cells to standard output."""
    limit_memory()
    sys.stdout.write(json.dumps(read_package(sys.argv[1])))


if __name__ == "__main__":
    main()
