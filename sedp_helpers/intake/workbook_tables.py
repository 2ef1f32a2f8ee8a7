"""The sheets that are plain tables: registers and ``observations``.

Why: such a sheet becomes the same RawTable that a CSV file becomes, every cell at its own address,
so that one set of checks judges both. Chosen labels are turned back into their codes; nothing
else is changed, and what is no label stays as typed for the checks to judge.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field

import pandas as pd

from sedp_helpers.intake.dates import split_list
from sedp_helpers.intake.read import RawTable, cell_name
from sedp_helpers.intake.safe_open import SheetCells
from sedp_helpers.intake.workbook_labels import plain
from sedp_helpers.models import Finding

_TOP = 14
_FURNITURE = 8
_PHRASES = 3  # cells of a line above the data: a label, a unit, a hint

Recode = Callable[[str], str]


@dataclass(frozen=True)
class Known:
    """What a table sheet may be headed by: ids, their translated titles, phrases above the data."""

    ids: tuple[str, ...]
    titles: Mapping[str, str]
    phrases: Collection[str] = field(default_factory=frozenset)


def read_table(cells: SheetCells, name: str, known: Known) -> RawTable:
    """The sheet as a table of texts; without columns where no heading was found."""
    found: list[Finding] = []
    head = _find_row(cells, lambda text: text.casefold() in known.ids)
    titles = _find_row(cells, lambda text: plain(text) in known.titles, skip=head)
    if head is None and titles is None:
        if any(cell.strip() for row in cells.rows for cell in row):
            found.append(Finding("WB-NO-HEADINGS", "error", table=name, row=1, cell="A1"))
        return RawTable(name, (), pd.DataFrame(), findings=tuple(found))
    if head is None:
        found.append(Finding("WB-TITLES", "note", table=name, row=(titles or 0) + 1,
                             cell=cell_name((titles or 0) + 1, 0)))
    columns = _name_columns(cells, head, titles, known)
    start = min(place for place in (head, titles) if place is not None) + 1
    rows = [place for place in range(start, len(cells.rows))
            if not _is_furniture(cells, place, titles, known)]
    found += _say_unnamed(cells, name, columns, rows) + _say_odd(cells, name, columns, rows)
    width = len(columns)
    texts = [[*cells.rows[place][:width], *[""] * (width - len(cells.rows[place]))]
             for place in rows]
    frame = pd.DataFrame(texts, index=rows, columns=range(width), dtype="str")
    return RawTable(name, tuple(columns), frame, first_row=1, findings=tuple(found))


def _find_row(
    cells: SheetCells, fits: Callable[[str], bool], skip: int | None = None
) -> int | None:
    """The row near the top in which most cells fit; at least two, or all that are filled."""
    best, most = None, 0
    for place, row in enumerate(cells.rows[:_TOP]):
        filled = [cell.strip() for cell in row if cell.strip()]
        count = sum(fits(text) for text in filled)
        enough = (count >= 2 and 2 * count >= len(filled)) or count == len(filled) > 0
        if place != skip and enough and count > most:
            best, most = place, count
    return best


def _name_columns(
    cells: SheetCells, head: int | None, titles: int | None, known: Known
) -> list[str]:
    """The id of each column, else the id its title stands for, else the title itself."""
    width = max((len(row) for row in cells.rows), default=0)
    ids = [cells.text(head, place) if head is not None else "" for place in range(width)]
    taken = {ident.casefold() for ident in ids}
    for place, ident in enumerate(ids):
        title = cells.text(titles, place) if titles is not None else ""
        if ident or not title:
            continue
        named = known.titles.get(plain(title), title)
        ids[place] = title if named in taken else named
        taken.add(ids[place])
    while ids and not ids[-1]:
        ids.pop()
    return ids


def _is_furniture(cells: SheetCells, row: int, titles: int | None, known: Known) -> bool:
    """Whether a row is the title, the hint or the headings of the template and not data."""
    filled = [plain(cell) for cell in cells.rows[row] if cell.strip()]
    if not filled or row == titles:
        return True
    if row >= _FURNITURE:
        return False
    headings = sum(text in known.titles for text in filled)
    above = row < titles if titles is not None else len(filled) <= _PHRASES
    return (filled[0] in known.phrases and above) or (
        len(filled) > 1 and 2 * headings > len(filled))


def _say_unnamed(
    cells: SheetCells, name: str, columns: list[str], rows: list[int]
) -> list[Finding]:
    found = []
    width = max((len(cells.rows[row]) for row in rows), default=0)
    for place in range(width):
        if place < len(columns) and columns[place]:
            continue
        row = next((row for row in rows if cells.text(row, place)), None)
        if row is not None:
            found.append(Finding("WB-COLUMN", "warning", table=name, row=row + 1,
                                 cell=cell_name(row + 1, place), value=cells.text(row, place)))
    return found


def _say_odd(cells: SheetCells, name: str, columns: list[str], rows: list[int]) -> list[Finding]:
    """Errors and formulas without a result among the data."""
    odd = cells.errors | cells.formulas
    if not odd:
        return []
    return [
        Finding("WB-FORMULA" if address in cells.formulas else "WB-ERROR-CELL", "error",
                table=name, row=row + 1, column=column, cell=address)
        for row in rows for place, column in enumerate(columns)
        if column and (address := cell_name(row + 1, place)) in odd
    ]


def recode_columns(raw: RawTable, recodes: Mapping[str, Recode]) -> RawTable:
    """The table with the labels of some columns turned into codes; each text is looked up once."""
    frame = raw.frame.copy()
    for place, column in enumerate(raw.columns):
        if recode := recodes.get(column):
            texts = frame.iloc[:, place]
            codes = {text: recode(text.strip()) for text in texts.unique() if text.strip()}
            frame[place] = texts.map(lambda text, codes=codes: codes.get(text, text))
    return RawTable(raw.name, raw.columns, frame, raw.first_row, raw.findings)


def recode_list(recode: Recode) -> Recode:
    """The same for a cell that holds several labels."""
    return lambda text: ";".join(recode(entry) for entry in split_list(text))
