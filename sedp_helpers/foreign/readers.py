"""From the cells of a foreign file to observations, by the layout of its kind.

Each reader answers the rows that belong to the one who asks; it never adds, scales or guesses a
territory. What is in the file under another name is told in the error.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Any

from sedp_helpers.errors import InputError, UsageError
from sedp_helpers.foreign.cells import Sheet, read_csv, read_json, read_sheets
from sedp_helpers.foreign.layouts import Asked, ForeignRow, Layout, Reading
from sedp_helpers.foreign.names import clean_title, refuse_empty, same_name
from sedp_helpers.foreign.years_table import read_years_table
from sedp_helpers.intake.dialect import LONE_DASHES

CODE_DIGITS = 14
OWN_DIGITS, DISTRICT_DIGITS = 11, 8  # of a place code: the rest names the village

Reader = Callable[[Path, Layout, Asked], Reading]


def read_foreign(path: Path, layout: Layout, asked: Asked) -> Reading:
    """The observations that the file holds for the one who asks."""
    return READERS[layout.reads](path, layout, asked)


# ---- tables with codes of places -----------------------------------------------------------
def read_soate_table(path: Path, layout: Layout, asked: Asked) -> Reading:
    """The total of the place and its villages from a table of place codes, names and numbers.

    Rows of higher units are estimates made in another way and are not read (they do not add up).
    """
    if not asked.soate:
        raise InputError(f"{asked.ident} has no SOATE code", key="needs_soate", name=asked.ident)
    sheets = read_sheets(path)
    places = [place for sheet in sheets for place in _list_places(sheet, layout.fields["columns"])]
    if not places:
        raise refuse_empty(path, [])
    year = str(asked.year or _find_header_year(sheets, layout.fields["header_year"]))
    found = [(place[1], _take_place(place, asked, layout.fields["indicator"], year))
             for place in places if _is_own(place[0], asked)]
    rows = [row for _, row in found if row]
    if not rows:
        raise refuse_empty(path, [name for code, name, _ in places
                                   if code.startswith(asked.soate[:DISTRICT_DIGITS])])
    return Reading(rows, tuple(name for name, row in found if row is None))


def _list_places(
    sheet: Sheet, columns: Mapping[str, str]
) -> Iterator[tuple[str, str, str]]:
    at = {name: ord(letter) - ord("A") for name, letter in columns.items()}
    for row in sheet:
        if len(row) <= max(at.values()):
            continue
        code = "".join(sign for sign in row[at["code"]] if sign.isdigit())
        if len(code) == CODE_DIGITS and row[at["code"]].strip()[-1:].isdigit():
            yield code, row[at["name"]].strip(), row[at["value"]].strip()


def _find_header_year(sheets: Sequence[Sheet], pattern: str) -> int:
    for sheet in sheets:
        for row in sheet[:12]:
            if found := re.search(pattern, " ".join(row), re.IGNORECASE):
                return int(next(group for group in found.groups() if group))
    raise UsageError("no year in the file", key="needs_year")


def _is_own(code: str, asked: Asked) -> bool:
    """Whether a code is that of the place or of a village in it."""
    inside = asked.soate[OWN_DIGITS:] == "000" and code.startswith(asked.soate[:OWN_DIGITS])
    return code == asked.soate or inside


def _take_place(
    place: tuple[str, str, str], asked: Asked, indicator: str, year: str
) -> ForeignRow | None:
    """The figure of a place; None for a village without a figure or unknown to the register."""
    code, name, value = place
    if code == asked.soate:
        return ForeignRow(indicator, year, value, note=name)
    village = next((ident for known, ident in asked.villages.items() if same_name(known, name)), "")
    if not village or value in LONE_DASHES:
        return None
    return ForeignRow(indicator, year, value, village=village, note=name)


# ---- open data -------------------------------------------------------------------------------
def read_opendata(path: Path, layout: Layout, asked: Asked) -> Reading:
    """The series of one territory for the indicator that the person named."""
    if not asked.indicator:
        raise UsageError("no indicator", key="needs_indicator")
    fields, content = layout.fields, read_json(path)
    series = content.get(fields["list"]) if isinstance(content, dict) else None
    series = [one for one in series or () if isinstance(one, dict)]
    names = (asked.row,) if asked.row else asked.names
    titles = [[str(one.get(key) or "") for key in fields["titles"]] for one in series]
    chosen = [one for one, own in zip(series, titles)
              if any(same_name(clean_title(title), name)
                     for title in own for name in names if title)]
    if len(chosen) != 1:
        raise refuse_empty(path, [next(filter(None, own), "") for own in titles])
    unit = fields["units"].get(str(content.get(fields["unit"]) or "").strip().lower(), {})
    return Reading([
        ForeignRow(asked.indicator, str(entry.get(fields["year"], "")),
                   _scale(str(entry.get(fields["value"]) or ""), unit.get("times", 1)),
                   unit=unit.get("unit", ""))
        for entry in chosen[0].get(fields["values"]) or ()])


def _scale(text: str, times: int) -> str:
    try:
        return format(Decimal(text.replace(",", ".")) * times, "f") if times != 1 else text
    except InvalidOperation:
        return text


# ---- open budget -----------------------------------------------------------------------------
def read_okmot(path: Path, layout: Layout, asked: Asked) -> Reading:
    """Actual and planned sums of a local budget of one year."""
    if not asked.year:
        raise UsageError("no year", key="needs_year")
    fields, content = layout.fields, read_json(path)
    name = fields["fields"][asked.type]
    rows = []
    for entry in fields["records"]:
        record = next(filter(None, (_follow(content, path) for path in entry["paths"])), {})
        for key, indicator in ((name, entry["indicator"]),
                               (name + fields["plan_suffix"], entry["plan"])):
            if record.get(key) not in (None, ""):
                rows.append(ForeignRow(indicator, str(asked.year), str(record[key]),
                                       item=entry["item"], unit=fields["unit"]))
    if not rows:
        raise refuse_empty(path, [name])
    return Reading(rows)


def _follow(content: Any, path: Sequence[int]) -> Mapping[str, Any]:
    """The record at the end of a path; a list of one record counts as the record."""
    for step in path:
        content = content[step] if isinstance(content, list) and len(content) > step else {}
    while isinstance(content, list) and content:
        content = content[0]
    return content if isinstance(content, dict) else {}


# ---- SDMX ------------------------------------------------------------------------------------
def read_sdmx(path: Path, layout: Layout, asked: Asked) -> Reading:
    """The observations of one area; a code of a total becomes an empty dimension."""
    fields = layout.fields
    head, *body = read_csv(path) or [[]]
    at = {title.strip().lstrip("\ufeff"): place for place, title in enumerate(head)}
    absent = [title for name, title in fields["columns"].items()
              if name in ("indicator", "year", "value") and title not in at]
    if absent:
        raise InputError(f"{path.name} lacks {absent}", key="foreign_columns", path=path.name,
                         names=", ".join(absent))
    records = [{title: row[place].strip() for title, place in at.items() if place < len(row)}
               for row in body if any(row)]
    area = fields["area"]
    areas = (asked.row,) if asked.row else (asked.ident, asked.soate)
    mine = [one for one in records if area not in at or one.get(area) in areas]
    if not mine:
        raise refuse_empty(path, sorted({one.get(area, "") for one in records}))
    return Reading([_take(one, fields) for one in mine])


def _take(record: Mapping[str, str], fields: Mapping[str, Any]) -> ForeignRow:
    codes: Mapping[str, Mapping[str, str]] = fields["codes"]
    found = {}
    for name, title in fields["columns"].items():
        text = record.get(title, "")
        plain = name in ("value", "note", "year")
        found[name] = text if plain else "" if text in fields["totals"] else \
            codes.get(name, {}).get(text, text)
    return ForeignRow(**found)


READERS: dict[str, Reader] = {"soate_table": read_soate_table, "opendata": read_opendata,
                              "okmot": read_okmot, "sdmx": read_sdmx,
                              "years_table": read_years_table}
