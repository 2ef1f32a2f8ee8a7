"""The passport of a raw folder: municipality.yaml and the sheet ``passport`` as one.

Why: nobody has to open YAML, so what the sheet says goes before the file. A file that the program
wrote itself (``MARK`` stands in its first line) only fills gaps and is brought up to date from the
sheet; a file that a person wrote is never changed, and where it says something else that is an
error with both places.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from sedp_helpers.errors import InputError
from sedp_helpers.files import write_atomic
from sedp_helpers.intake.municipality import (
    FILE,
    dump_municipality,
    read_entries,
    read_municipality,
)
from sedp_helpers.intake.passport import TABLE, Entries, type_municipality
from sedp_helpers.intake.read import decode_text
from sedp_helpers.intake.workbook_passport import PassportSheet, flatten
from sedp_helpers.models import Finding, Municipality

MARK = "# sedp new"
_NAMED = {"name": "ky", "oblast": "id", "district": "id"}


def join_passport(
    folder: Path, sheet: PassportSheet | None
) -> tuple[Municipality | None, list[Finding]]:
    """The passport of a folder whose workbook may hold entries too, and what was found."""
    if sheet is None or not set(sheet.entries.content) - {"format"}:
        return read_municipality(folder)
    try:
        text = decode_text((folder / FILE).read_bytes()) if (folder / FILE).is_file() else MARK
        entries = read_entries(text) if text.strip() != MARK else Entries()
    except (InputError, ValueError):
        return read_municipality(folder)
    said = [] if text.startswith(MARK) else _list_contradictions(entries, sheet)
    municipality, found = type_municipality(_lay_over(entries, sheet.entries), folder.name)
    return municipality, [*said, *(_place(finding, sheet) for finding in found)]


def update_passport(folder: Path, municipality: Municipality | None) -> bool:
    """Write what is known into a file that the program wrote; whether it changed.

    Other places (district, list of programmes) read the file without opening the workbook.
    """
    path = folder / FILE
    text = path.read_text(encoding="utf-8", errors="replace") if path.is_file() else ""
    if municipality is None or not text.startswith(MARK):
        return False
    new = f"{text.splitlines()[0]}\n{dump_municipality(municipality)}"
    if read_municipality(folder)[0] == municipality:
        return False
    write_atomic(path, new.encode("utf-8"))
    return True


def _list_contradictions(entries: Entries, sheet: PassportSheet) -> list[Finding]:
    """Entries to which the sheet and the file give different values."""
    file = flatten({key: _open_name(key, value) for key, value in entries.content.items()})
    typed = flatten(sheet.entries.content)
    return [Finding("WB-PASSPORT", "error", section="general", table=sheet.sheet, column=path,
                    row=sheet.entries.lines.get(path), cell=sheet.cells.get(path, ""), value=text,
                    params={"other": file[path], "line": str(entries.lines.get(path, ""))})
            for path, text in typed.items()
            if path in file and _fold(text) != _fold(file[path])]


def _fold(text: str) -> str:
    return text.strip().replace(",", ".").casefold()


def _open_name(key: str, value: Any) -> Any:
    """A short form (``name: Ак-Суу``) as the mapping that the sheet holds."""
    return {_NAMED[key]: value} if key in _NAMED and isinstance(value, str) and value else value


def _lay_over(file: Entries, sheet: Entries) -> Entries:
    """The entries of the file with those of the sheet laid over them."""
    content = {key: _open_name(key, value) for key, value in file.content.items()}
    return Entries(_merge(content, sheet.content), {**file.lines, **sheet.lines},
                   [*file.doubled, *sheet.doubled], file.quoted | sheet.quoted)


def _merge(low: dict[str, Any], high: dict[str, Any]) -> dict[str, Any]:
    merged = dict(low)
    for key, value in high.items():
        both = isinstance(value, dict) and isinstance(merged.get(key), dict)
        merged[key] = _merge(merged[key], value) if both else value
    return merged


def _place(finding: Finding, sheet: PassportSheet) -> Finding:
    """A finding about an entry of the sheet, at its cell; others stay with the file."""
    return sheet.move(finding) if finding.table == TABLE and finding.column in sheet.cells \
        else finding
