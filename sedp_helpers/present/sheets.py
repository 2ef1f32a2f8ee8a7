"""Sheets of the workbook as a reader of the report meets them: by their names, not by their tabs.

A finding names the sheet and the cell for the one who mends it; in running text and beside a column
that already names the place it is told without them.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from sedp_helpers.catalog.load import Catalog
from sedp_helpers.language import begin_line
from sedp_helpers.present.wording import Wording

SHEETS = ("observations", "passport", "expert")  # sheets that are neither section nor register


def name_sheet(catalog: Catalog, sheet: str, language: str) -> str:
    """The name of a sheet of the workbook in the reader's language; empty where it has none."""
    if sheet in catalog.registers:
        return catalog.registers[sheet].name.get(language)
    section = next((one for one in catalog.sections if one.id == sheet), None)
    if section is not None:
        return section.title.get(language)
    return str(catalog.words("workbook", language).get(sheet, "")) if sheet in SHEETS else ""


def tell_sheet(wording: Wording, sheet: str) -> str:
    """That a sheet of the workbook is to be filled in: its name, and what its tab says."""
    name = name_sheet(wording.catalog, sheet, wording.language)
    return str(wording.furniture["labels"]["fill_sheet"]).format(name=name or sheet, sheet=sheet)


def drop_place(record: Mapping[str, Any], leads: Sequence[str], catalog: Catalog,
               language: str) -> str:
    """What a finding says without the sheet and cell it begins with; a sheet that it names later
    on is called by its name. ``leads`` are the beginnings, the fullest first."""
    text, sheet = str(record[f"message_{language}"]), str(record["table"])
    if not sheet:
        return text
    place = {"table": sheet, "cell": record["cell"], "row": record["row"]}
    begun = (lead.format(**place) for lead in leads)
    rest = next((text.removeprefix(lead) for lead in begun if text.startswith(lead)), text)
    name = name_sheet(catalog, sheet, language)
    for quoted in ("«{}»", "“{}”") if name else ():
        rest = rest.replace(quoted.format(sheet), quoted.format(name))
    return begin_line(rest)
