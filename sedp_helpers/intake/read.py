"""A CSV file as a table of text cells, with the address every cell has in a spreadsheet.

Why: what is wrong with a file as a whole (encoding, emptiness, another format) is said here, once,
as a finding. This module never interprets a cell.
"""

from __future__ import annotations

import csv
import io
import re
import warnings
from collections.abc import Iterable, Sequence
from functools import cached_property
from pathlib import Path

import pandas as pd

from sedp_helpers.errors import InputError, NotFoundError
from sedp_helpers.models import Finding

_SIGNATURES = {
    b"%PDF": "PDF",
    b"PK\x03\x04": "XLSX, DOCX, ZIP",
    b"\xd0\xcf\x11\xe0": "XLS, DOC",
    b"\x89PNG": "PNG",
    b"\xff\xd8\xff": "JPEG",
    b"\x1f\x8b": "GZIP",
    b"Rar!": "RAR",
    b"{\\rtf": "RTF",
}
_OVERFLOW = "\x00overflow"
_ADDRESS = re.compile(r"([A-Z]+)(\d+)")
_SMALL = 100_000  # characters: below, reading row by row is faster than setting up a parser


class RawTable:
    """A table as typed: every cell is text, an empty cell is "", the header is row 1.

    Held as a frame or as rows of equal width, whichever it came as; the frame of rows is made only
    when somebody asks for it. ``findings`` tells what is wrong with the file; an unreadable file
    has no columns.
    """

    def __init__(
        self,
        name: str,
        columns: tuple[str, ...],
        frame: pd.DataFrame | None = None,
        first_row: int = 2,
        findings: tuple[Finding, ...] = (),
        *,
        rows: Sequence[Sequence[str]] = (),
    ) -> None:
        self.name, self.columns = name, columns
        self.first_row, self.findings = first_row, findings
        self._rows = rows
        if frame is not None:
            self.frame = frame

    @cached_property
    def frame(self) -> pd.DataFrame:
        """The cells with columns numbered from 0; the index is the position below ``first_row``."""
        return pd.DataFrame([*self._rows], columns=range(len(self.columns)), dtype=str)

    @property
    def readable(self) -> bool:
        return bool(self.columns)

    def cell(self, position: int, column: int) -> str:
        """The address of a cell by its row position in the frame and its column number from 0."""
        return cell_name(position + self.first_row, column)

    def texts(self, column: int) -> pd.Series:
        """The cells of a column by its number."""
        return self.frame.iloc[:, column]

    def find_text(self, cell: str) -> str | None:
        """The text of a cell by its address; None where the table has no such cell."""
        row, column = split_cell(cell)
        if not 0 <= column < len(self.columns):
            return None
        return self.texts(column).get(row - self.first_row)

    def filled_rows(self) -> tuple[list[int], list[Sequence[str]]]:
        """The numbers, as a spreadsheet counts, and the cells of the rows that hold something."""
        positions: list[int] = [*range(len(self._rows))]
        rows: Iterable[Sequence[str]] = self._rows
        if "frame" in self.__dict__:
            positions = self.frame.index.tolist()
            rows = zip(*(self.frame.iloc[:, place].tolist()
                         for place in range(self.frame.shape[1])))
        filled = [(number + self.first_row, row) for number, row in zip(positions, rows)
                  if any(cell and not cell.isspace() for cell in row)]
        return [number for number, _ in filled], [row for _, row in filled]


def cell_name(row: int, column: int) -> str:
    """The address of a cell as a spreadsheet shows it, from a row number and a column from 0.

    >>> cell_name(7, 2), cell_name(1, 27)
    ('C7', 'AB1')
    """
    return f"{column_letters(column)}{row}"


def column_letters(column: int) -> str:
    """The letters of a column counted from 0.

    >>> column_letters(0), column_letters(25), column_letters(26), column_letters(702)
    ('A', 'Z', 'AA', 'AAA')
    """
    letters = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def split_cell(cell: str) -> tuple[int, int]:
    """The row number and the column from 0 behind an address; (0, -1) for none.

    >>> split_cell("C7"), split_cell("AB1"), split_cell("")
    ((7, 2), (1, 27), (0, -1))
    """
    found = _ADDRESS.fullmatch(cell)
    column = 0
    for letter in found[1] if found else "":
        column = 26 * column + ord(letter) - 64
    return (int(found[2]) if found else 0), column - 1


def read_csv_table(path: Path) -> RawTable:
    """The cells of a CSV file (UTF-8, comma or semicolon, RFC 4180 quotes).

    A file that is not such a table comes back without columns and with the finding that says why.
    Cells that a short row leaves out read as empty; a row longer than the header is an error and
    comes back empty, because its cells may have shifted.
    """
    if not path.is_file():
        raise NotFoundError(f"no such file: {path.name}", key="file_missing", file=path.name)
    name = path.stem
    try:
        text = decode_text(path.read_bytes())
    except _Unreadable as problem:
        return _refuse(name, problem.finding(name))
    head = text.partition("\n")[0].partition("\r")[0]
    separator = ";" if _outside_quotes(head, ";") > _outside_quotes(head, ",") else ","
    if separator not in head and any(sign in head for sign in "\t|"):
        return _refuse(name, Finding("IN-SEPARATOR", "error", table=name, row=1, cell="A1",
                                     value=head[:80]))
    try:
        header = next(csv.reader(io.StringIO(text, newline=""), delimiter=separator))
        columns = [cell.strip() for cell in header]
        if not any(columns):
            return _refuse(name, Finding("IN-NOHEADER", "error", table=name, row=1, cell="A1"))
        return _build_table(name, text, separator, columns)
    except csv.Error as error:
        return _refuse(name, Finding("IN-QUOTES", "error", table=name, value=str(error)[:80]))


def decode_text(data: bytes) -> str:
    """The text of a file, UTF-8 with or without a byte order mark; raises ``InputError``."""
    for signature, kind in _SIGNATURES.items():
        if data.startswith(signature):
            raise _Unreadable("IN-FILETYPE", value=kind)
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise _Unreadable("IN-ENCODING", value="UTF-16")
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        row = data.count(b"\n", 0, error.start) + 1
        raise _Unreadable("IN-ENCODING", value="Windows-1251", row=row) from error
    if "\x00" in text:
        raise _Unreadable("IN-ENCODING", value="UTF-16")
    if not text.strip("\ufeff \t\r\n,;"):
        raise _Unreadable("IN-EMPTY")
    return text


class _Unreadable(InputError):
    """A file that is no text table; carries what its finding needs."""

    def __init__(self, rule: str, *, value: str = "", row: int | None = None) -> None:
        super().__init__(f"{rule}: {value}", key=rule, value=value)
        self.rule, self.value, self.row = rule, value, row

    def finding(self, table: str) -> Finding:
        return Finding(self.rule, "error", table=table, row=self.row, value=self.value)


def describe_unreadable(error: InputError, table: str) -> Finding:
    """The finding of a file that ``decode_text`` refused."""
    if not isinstance(error, _Unreadable):
        raise TypeError("only errors of decode_text have such a finding")
    return error.finding(table)


def _outside_quotes(line: str, sign: str) -> int:
    return sum(part.count(sign) for part in line.split('"')[::2])


def _build_table(name: str, text: str, separator: str, columns: list[str]) -> RawTable:
    doubled = {title for title in columns if title and columns.count(title) > 1}
    if doubled:
        place = max(i for i, title in enumerate(columns) if title in doubled)
        return _refuse(name, Finding("IN-HEADER", "error", table=name, row=1,
                                     column=columns[place], cell=cell_name(1, place),
                                     value=columns[place]))
    if len(text) <= _SMALL:
        try:
            return _build_from_rows(name, text, separator, columns)
        except csv.Error:  # a text after a closing quote: the other parser may still read it
            pass
    frame = _read_fast(text, separator, len(columns))
    if frame is None:
        return _build_from_rows(name, text, separator, columns)
    frame.columns = range(len(columns))
    return RawTable(name, tuple(columns), frame)


def _build_from_rows(name: str, text: str, separator: str, columns: list[str]) -> RawTable:
    rows, findings = _read_slow(name, text, separator, columns)
    return RawTable(name, tuple(columns), findings=tuple(findings), rows=rows)


def _read_fast(text: str, separator: str, width: int) -> pd.DataFrame | None:
    """The rows by the C parser, or None where a row is longer than the header or not closed."""
    with warnings.catch_warnings():
        warnings.simplefilter("error", pd.errors.ParserWarning)
        try:
            frame = pd.read_csv(
                io.BytesIO(text.encode("utf-8")), sep=separator, header=None, skiprows=1,
                names=[*range(width), _OVERFLOW], dtype=str, na_filter=False,
                skip_blank_lines=False, index_col=False, engine="c", encoding="utf-8",
            )
        except pd.errors.EmptyDataError:
            return pd.DataFrame(columns=range(width), dtype=str)
        except (pd.errors.ParserWarning, pd.errors.ParserError):
            return None
    overflow = frame.pop(_OVERFLOW)
    return None if (overflow != "").any() else frame


def _read_slow(
    name: str, text: str, separator: str, columns: list[str]
) -> tuple[list[list[str]], list[Finding]]:
    """The rows one by one; a row whose extra cells hold something is emptied and reported."""
    rows, findings, width = [], [], len(columns)
    records = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    next(records)
    for number, record in enumerate(records, 2):
        extra = [cell for cell in record[width:] if cell.strip()]
        if extra:
            findings.append(Finding(
                "IN-ROW", "error", table=name, row=number, cell=cell_name(number, width),
                value=extra[0], params={"count": len(record), "known": width},
            ))
            record = []
        rows.append([*record[:width], *[""] * (width - len(record))])
    return rows, findings


def _refuse(name: str, finding: Finding) -> RawTable:
    return RawTable(name, (), pd.DataFrame(), findings=(finding,))
