"""A section sheet: rows of keys and columns of years become rows of observations.

Why: people move and rename columns and delete the grey one. The keys are looked for first; where
they are gone, the names of the rows tell what they are, and it is said. Only cells in a column
headed by a year are read; every other filled cell is reported, none is guessed.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace

from sedp_helpers.intake.amounts import parse_money_unit
from sedp_helpers.intake.dates import parse_year, propose_year
from sedp_helpers.intake.read import cell_name
from sedp_helpers.intake.safe_open import SheetCells
from sedp_helpers.intake.workbook_labels import Labels, plain
from sedp_helpers.intake.workbook_places import Part, make_part
from sedp_helpers.intake.workbook_rows import RowNames
from sedp_helpers.intake.workbook_sheets import ANY_ITEM, DEFAULT_UNIT, MONEY, parse_key
from sedp_helpers.models import DIMS, Finding

_KEY_COLUMNS = 12
_TOP = 40
_PLAIN_YEAR = re.compile(r"\d{4}")

Key = tuple[str, str, str, str, str]


@dataclass
class _Sheet:
    cells: SheetCells
    found: list[Finding] = field(default_factory=list)

    def say(self, rule: str, severity: str, row: int, column: int, **params: object) -> None:
        """A finding at a cell by numbers from 0; ``at`` moves to a text that is not the cell's."""
        self.found.append(Finding(
            rule, severity, table=self.cells.name, row=row + 1,  # type: ignore[arg-type]
            cell=cell_name(row + 1, column), value=self.cells.text(row, column), params=params))


def read_wide(
    cells: SheetCells, labels: Labels, names: RowNames, *,
    find_item: Callable[[str, str], str],
) -> Part:
    """The observations of a section sheet; ``find_item`` gives the code of a typed free item."""
    sheet = _Sheet(cells)
    indicators = labels.catalog.indicators
    key_column = _find_keys(cells, indicators)
    keys = _read_keys(sheet, key_column, names, indicators, find_item)
    head, years = _find_years(sheet, key_column, min(keys, default=len(cells.rows)))
    if not years and keys:
        sheet.say("WB-NO-YEARS", "error", max(min(keys) - 1, 0), max(key_column, 0))
    money = any(indicators[key[0]].unit == MONEY for key in keys.values())
    unit = read_money_unit(sheet.cells, labels, sheet.found) if money else ""
    _check_columns(sheet, key_column, head, years, keys, labels)
    _check_merged(sheet, head, years)
    headings = {column: cells.text(head, column) for column in years}
    part = _collect(sheet, keys, years, key_column, unit, indicators)
    return replace(part, years=headings, headings=dict.fromkeys(
        ("indicator", *DIMS), labels.titles("wide")["key"]))


def _find_keys(cells: SheetCells, indicators: Mapping[str, object]) -> int:
    """The column with most row keys, or -1."""
    width = max((len(row) for row in cells.rows), default=0)
    counts = [sum(parse_key(row[place], indicators) is not None
                  for row in cells.rows if place < len(row) and "|" in row[place])
              for place in range(min(width, _KEY_COLUMNS))]
    best = max(counts, default=0)
    return counts.index(best) if best else -1


def _read_keys(
    sheet: _Sheet, column: int, names: RowNames, indicators: Mapping[str, object],
    find_item: Callable[[str, str], str],
) -> dict[int, Key]:
    """The key of every row that has one; rows without one are told by their names."""
    keys: dict[int, Key] = {}
    named: list[int] = []
    walker = names.walk()
    for place in range(len(sheet.cells.rows)):
        key = parse_key(sheet.cells.text(place, column), indicators) if column >= 0 else None
        texts = sheet.cells.rows[place][max(column + 1, 0) : column + 4]
        guessed = walker.step([text.strip() for text in texts], key)
        if key is None and guessed is not None:
            named.append(place)
        key = key or guessed
        if key and key[4] == ANY_ITEM:
            typed = next((text.strip() for text in texts if text.strip()), "")
            key = (*key[:4], find_item(key[0], typed) or ANY_ITEM)
        if key:
            keys[place] = key
    if column > 0:
        sheet.say("WB-KEYS-MOVED", "note", min(keys), column)
    if named:
        sheet.say("WB-BY-NAME", "note", named[0], max(column + 1, 0), count=len(named))
    return keys


def _find_years(sheet: _Sheet, key_column: int, first: int) -> tuple[int, dict[int, str]]:
    """The row of the headings and the year of each column; the last such row above the data."""
    best = -1
    years: dict[int, str] = {}
    for place in range(min(max(first, 1), len(sheet.cells.rows), _TOP)):
        found = {column: year for column in range(key_column + 1, len(sheet.cells.rows[place]))
                 if (year := _read_year(sheet.cells.text(place, column)))}
        if found and len(found) >= len(years):
            best, years = place, found
    odd = [column for column in years
           if not _PLAIN_YEAR.fullmatch(sheet.cells.text(best, column))]
    if odd:
        sheet.say("WB-YEAR-FORM", "note", best, odd[0], count=len(odd))
    return best, years


def _read_year(text: str) -> str:
    try:
        return str(parse_year(text))
    except ValueError:
        return ""


def read_money_unit(cells: SheetCells, labels: Labels, found: list[Finding]) -> str:
    """The unit of the sums of a sheet; "" where the unit cell is not readable (which is said)."""
    sheet, words = _Sheet(cells, found), {plain(text) for text in
                                          labels.text("money_unit").model_dump().values()}
    for row in range(min(len(cells.rows), _TOP)):
        for column in range(min(len(cells.rows[row]), _KEY_COLUMNS)):
            if plain(cells.text(row, column)) in words:
                return _read_unit(sheet, row, column + 1)
    sheet.say("WB-UNIT-GONE", "warning", 0, 0)
    return DEFAULT_UNIT


def _read_unit(sheet: _Sheet, row: int, start: int) -> str:
    """The unit beside its label; a column may have been put between."""
    for column in range(start, start + 4):
        try:
            return parse_money_unit(sheet.cells.text(row, column))
        except ValueError:
            continue
    if sheet.cells.text(row, start):
        sheet.say("WB-UNIT", "error", row, start)
        return ""
    sheet.say("WB-UNIT-EMPTY", "note", row, start)
    return DEFAULT_UNIT


def _check_columns(
    sheet: _Sheet, key_column: int, head: int, years: Mapping[int, str],
    keys: Mapping[int, Key], labels: Labels,
) -> None:
    """Filled columns that are neither years nor texts of the template are not read, and named."""
    known = {plain(words["wide"][ident]) for words in labels.words.values()
             for ident in words["wide"]}
    last_name = min(years, default=key_column + 1)
    width = max((len(sheet.cells.rows[row]) for row in keys), default=0)
    for column in range(last_name + 1 if years else width, width):
        title = sheet.cells.text(head, column)
        if column in years or plain(title) in known:
            continue
        row = next((row for row in keys if sheet.cells.text(row, column)), None)
        if row is None:
            continue
        proposal = propose_year(title)
        if proposal:
            sheet.say("WB-YEAR", "error", head, column, proposal=str(proposal))
        else:
            sheet.say("WB-COLUMN", "warning", row, column)


def _check_merged(sheet: _Sheet, head: int, years: Mapping[int, str]) -> None:
    for (top, left), (bottom, right) in sheet.cells.merged:
        if bottom >= head >= 0 and any(left <= column <= right for column in years):
            sheet.say("WB-MERGED", "warning", top, left, other=cell_name(bottom + 1, right))


def _collect(
    sheet: _Sheet, keys: Mapping[int, Key], years: Mapping[int, str], key_column: int, unit: str,
    indicators: Mapping[str, object],
) -> Part:
    """Every filled cell of a keyed row under a year."""
    rows: list[int] = []
    places: list[int] = []
    taken: list[tuple[Key, str, str, str]] = []
    odd = sheet.cells.errors | sheet.cells.formulas
    for row in range(len(sheet.cells.rows)):
        key = keys.get(row)
        money = key is not None and indicators[key[0]].unit == MONEY  # type: ignore[attr-defined]
        own = unit if money else _own_unit(key, indicators)
        for column, year in years.items():
            text = sheet.cells.text(row, column)
            if odd and cell_name(row + 1, column) in odd:
                _say_odd(sheet, row, column)
            elif key is not None and text and (unit or not money):
                rows.append(row + 1)
                places.append(column)
                taken.append((key, year, text, own))
        if key is None and row > min(keys, default=0):
            _say_stray(sheet, row, years)
    texts = {name: [key[place] for key, *_ in taken] for place, name in
             enumerate(("indicator", "sex", "age", "village", "item"))}
    texts |= {"year": [year for _, year, *_ in taken], "value": [text for *_, text, _ in taken],
              "unit": [own for *_, own in taken]}
    return make_part(sheet.cells.name, texts, rows, places, key=max(key_column, 0),
                     findings=sheet.found)


def _own_unit(key: Key | None, indicators: Mapping[str, object]) -> str:
    """Som per month or per person is typed as it is, whatever the unit of the sheet."""
    unit = indicators[key[0]].unit if key else ""  # type: ignore[attr-defined]
    return MONEY if unit.startswith(f"{MONEY}_per") else ""


def _say_odd(sheet: _Sheet, row: int, column: int) -> None:
    formula = cell_name(row + 1, column) in sheet.cells.formulas
    sheet.say("WB-FORMULA" if formula else "WB-ERROR-CELL", "error", row, column)


def _say_stray(sheet: _Sheet, row: int, years: Mapping[int, str]) -> None:
    """A row below the first key that has numbers but no key and no known name."""
    column = next((column for column in years if sheet.cells.text(row, column)), None)
    if column is not None and not _read_year(sheet.cells.text(row, column)):
        sheet.say("WB-ROW", "warning", row, column)
