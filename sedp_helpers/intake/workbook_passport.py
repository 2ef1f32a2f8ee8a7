"""The sheets ``passport`` and ``expert``: municipality.yaml, the notes and the answers.

Why: nobody has to open YAML or Markdown. A row of the passport is named by the path of the entry
(``programme.start``); its text is typed by the same rules as the file. Nothing is written here.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

import pandas as pd

from sedp_helpers.intake.passport import TABLE, Entries
from sedp_helpers.intake.read import RawTable, cell_name
from sedp_helpers.intake.safe_open import SheetCells
from sedp_helpers.intake.workbook_labels import BOOL, STOCK_DATE, Labels, plain
from sedp_helpers.intake.workbook_sheets import ANSWER_COLUMNS, PASSPORT, is_note_key
from sedp_helpers.models import Finding, Municipality

CODED = {"type": "municipality_types", "level": "levels", "document.status": "document_statuses",
         "stock_date": STOCK_DATE,
         **dict.fromkeys(("sample", "closed", "mountain", "border", "large"), BOOL)}
SEQUENCES = ("forecast_methods", "predecessors", "hide_sections")
_STEP = re.compile(r"(?<!\\)\.")
_OWN_NAME = ".*"


@dataclass(frozen=True)
class PassportSheet:
    """The entries typed on the sheet; ``cells`` tells where each path stands."""

    entries: Entries
    cells: Mapping[str, str]
    sheet: str = PASSPORT

    def move(self, finding: Finding) -> Finding:
        """A finding about an entry, at the cell of the sheet."""
        if finding.table != TABLE:
            return finding
        cell = self.cells.get(finding.column, "")
        row = self.entries.lines.get(finding.column)
        return replace(finding, table=self.sheet, cell=cell or finding.cell, row=row)


def split_path(path: str) -> list[str]:
    """The steps of a path; a point inside a name is written with a backslash.

    >>> split_path(r"distances_km.г\\. Нарын")
    ['distances_km', 'г. Нарын']
    """
    return [step.replace("\\.", ".") for step in _STEP.split(path)]


def join_path(*steps: str) -> str:
    """The path of an entry.

    >>> join_path("distances_km", "г. Нарын")
    'distances_km.г\\\\. Нарын'
    """
    return ".".join(step.replace(".", "\\.") for step in steps)


def read_passport(sheet: SheetCells, labels: Labels) -> PassportSheet:
    """The filled entries of the passport sheet."""
    key_column, keys = _find_keys(sheet, labels)
    entries, cells = Entries(), {}
    for row, path in keys.items():
        column = key_column + 2
        text = sheet.text(row, column)
        if path.endswith(_OWN_NAME):
            path = join_path(path.removesuffix(_OWN_NAME), sheet.text(row, key_column + 1))
        if not text or path.endswith("."):
            continue
        if path in cells:
            entries.doubled.append(path)
            continue
        cells[path], entries.lines[path] = cell_name(row + 1, column), row + 1
        entries.quoted.add(path)
        _put(entries.content, split_path(path), _decode(path, text, labels))
    entries.content = {key: _make_lists(value) for key, value in entries.content.items()}
    return PassportSheet(entries, cells, sheet.name)


def _find_keys(sheet: SheetCells, labels: Labels) -> tuple[int, dict[int, str]]:
    """The column of the paths and the path of each row; by the printed names where it is gone."""
    def is_path(text: str) -> bool:
        return split_path(text)[0] in Municipality.model_fields

    best: tuple[int, dict[int, str]] = (-1, {})
    for column in range(4):
        keys = {row: sheet.text(row, column) for row in range(len(sheet.rows))
                if is_path(sheet.text(row, column))}
        if len(keys) > len(best[1]):
            best = (column, keys)
    if len(best[1]) > 1:
        return best
    names = {plain(name): path for words in labels.words.values()
             for path, name in words["passport_rows"].items()}
    named = {row: path for row, texts in enumerate(sheet.rows) for text in texts[:2]
             if (path := names.get(plain(text)))}
    first = next((place for row in named for place, text in enumerate(sheet.rows[row][:2])
                  if text.strip()), 0)
    return first - 1, named


def _decode(path: str, text: str, labels: Labels) -> Any:
    if path in CODED:
        return labels.code(CODED[path], text)
    return text


def _put(content: dict[str, Any], steps: list[str], value: Any) -> None:
    for step in steps[:-1]:
        inner = content.get(step)
        if not isinstance(inner, dict):
            inner = content[step] = {}
        content = inner
    content[steps[-1]] = value


def _make_lists(value: Any) -> Any:
    """A mapping whose keys are the numbers from 0 is a list (signatures.0.name)."""
    if not isinstance(value, dict):
        return value
    inner = {key: _make_lists(part) for key, part in value.items()}
    if inner and all(key.isdigit() for key in inner):
        return [inner[key] for key in sorted(inner, key=int)]
    return inner


def flatten(content: Any, *steps: str) -> dict[str, str]:
    """The entries of a passport as paths and texts; the way back is ``read_passport``.

    >>> flatten({"id": "demo", "hide_sections": ["space"], "programme": {"start": 2026}})
    {'id': 'demo', 'hide_sections': 'space', 'programme.start': '2026'}
    """
    if isinstance(content, dict):
        return {path: text for key, value in content.items()
                for path, text in flatten(value, *steps, str(key)).items()}
    if isinstance(content, (list, tuple)):
        if steps[0] in SEQUENCES:
            return {join_path(*steps): ";".join(str(part) for part in content)}
        return {path: text for place, value in enumerate(content)
                for path, text in flatten(value, *steps, str(place)).items()}
    if isinstance(content, bool):
        return {join_path(*steps): "true" if content else "false"}
    if content is None or content == "":
        return {}
    return {join_path(*steps): str(content)}


def read_expert(sheet: SheetCells) -> tuple[dict[str, str], RawTable]:
    """The notes as ``section.language`` → text, and the answers as a register table.

    A note too long for one cell goes on in the next rows, numbered at the end of the key.
    """
    notes: dict[str, dict[int, str]] = {}
    answers: list[tuple[int, list[str]]] = []
    for row in range(len(sheet.rows)):
        key = sheet.text(row, 0)
        text = sheet.rows[row][2] if len(sheet.rows[row]) > 2 else ""
        if is_note_key(key) and text.strip():
            _, section, language, number = key.split("|")
            notes.setdefault(f"{section}.{language}", {})[int(number)] = text
        elif key.startswith("answer|") and text.strip():
            _, section, question = key.split("|", 2)
            answers.append((row, ["", "", text, sheet.text(row, 3), section, question]))
    frame = pd.DataFrame([texts for _, texts in answers], index=[row for row, _ in answers],
                         columns=range(6), dtype="str")
    columns = ("", "", *ANSWER_COLUMNS[2:], *ANSWER_COLUMNS[:2])
    joined = {name: "".join(parts[number] for number in sorted(parts))
              for name, parts in notes.items()}
    return joined, RawTable(sheet.name, columns, frame, first_row=1)
