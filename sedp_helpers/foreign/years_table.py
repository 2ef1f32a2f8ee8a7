"""Tables with a year a column and a territory a row, named in one or more languages."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from sedp_helpers.errors import UsageError
from sedp_helpers.foreign.cells import Sheet, read_sheets
from sedp_helpers.foreign.layouts import Asked, ForeignRow, Layout, Reading
from sedp_helpers.foreign.names import clean_title, refuse_empty, same_name

Series = tuple[list[str], dict[str, str]]  # the labels of a row, year -> cell


def read_years_table(path: Path, layout: Layout, asked: Asked) -> Reading:
    """The series of one territory for the indicator that the person named."""
    if not asked.indicator:
        raise UsageError("no indicator", key="needs_indicator")
    names = (asked.row,) if asked.row else asked.names
    series = [one for sheet in read_sheets(path) for one in _list_series(sheet, layout.fields)]
    chosen = [cells for labels, cells in series
              if any(same_name(clean_title(label), name) for label in labels for name in names)]
    if len(chosen) != 1:
        raise refuse_empty(path, [labels[0] for labels, _ in series])
    return Reading([ForeignRow(asked.indicator, year, text) for year, text in chosen[0].items()
                    if text not in layout.fields["missing"]])


def _list_series(sheet: Sheet, fields: Mapping[str, Any]) -> list[Series]:
    """Every labelled row below the row of headings."""
    for place, row in enumerate(sheet):
        years = {column: cell.strip() for column, cell in enumerate(row)
                 if re.fullmatch(fields["year"], cell.strip())}
        if len(years) >= fields["years_needed"]:
            return [one for below in sheet[place + 1:] if (one := _read_row(below, years))]
    return []


def _read_row(row: Sequence[str], years: Mapping[int, str]) -> Series | None:
    labels = [cell.strip() for cell in row[:min(years)] if cell.strip()]
    cells = {year: row[column].strip() for column, year in years.items() if column < len(row)}
    return (labels, cells) if labels and any(cells.values()) else None
