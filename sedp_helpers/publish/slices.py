"""The hashes of everything a notebook may have looked at, under the names that it notes.

The names are those of ``sedp_helpers.watch``: a result by its id, ``findings`` and
``findings:population``, ``register:plan``, ``observation:budget.debt``, ``note:population``,
``words:population``, ``as_of``. What is not there has no hash, and an empty one is compared.
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Mapping
from pathlib import Path

from sedp_helpers.catalog.load import Catalog
from sedp_helpers.fingerprint import hash_bytes, hash_data, hash_file

TOLD = ("narrative/{part}.yml", "text/{language}/sentences/{part}.yml",
        "text/{language}/topics/{part}.yml")


def slice_inputs(inputs: Mapping[str, bytes]) -> dict[str, str]:
    """Results by id, findings as a whole and by section."""
    found = {name: hash_bytes(b"\n".join(lines))
             for name, lines in _group_lines(inputs["results.csv"], 1).items()}
    found["findings"] = hash_bytes(inputs["findings.csv"])
    sections: dict[str, list[list[str]]] = {}
    for row in csv.reader(io.StringIO(inputs["findings.csv"].decode("utf-8"))):
        if len(row) > 2:
            sections.setdefault(row[2], []).append(row)
    return found | {f"findings:{name}": hash_data(rows) for name, rows in sections.items()}


def slice_folder(folder: Path, language: str) -> dict[str, str]:
    """Observations by indicator, registers, and the expert's texts in a language."""
    table = folder / "observations.csv"
    rows = _group_lines(table.read_bytes() if table.is_file() else b"", 0)
    # the last cell says where a figure stood in the table: no figure of the report
    found = {f"observation:{name}": hash_bytes(b"\n".join(line.rpartition(b",")[0]
                                                          for line in lines))
             for name, lines in rows.items()}
    for path in sorted((folder / "registers").glob("*.csv")):
        found[f"register:{path.stem}"] = hash_file(path)
    notes = folder / "notes.json"
    texts = json.loads(notes.read_text(encoding="utf-8")) if notes.is_file() else {}
    ending = f".{language}"
    return found | {f"note:{name.removesuffix(ending)}": hash_data(text)
                    for name, text in texts.items() if name.endswith(ending)}


def slice_words(catalog: Catalog, language: str) -> dict[str, str]:
    """What each part of the report is told with: its rules, sentences and headings."""
    parts = [path.stem for path in sorted((catalog.folder / "narrative").glob("*.yml"))]
    return {f"words:{part}": hash_data([hash_file(catalog.find(name.format(
        part=part, language=language))) for name in TOLD]) for part in parts}


def _group_lines(content: bytes, column: int) -> dict[str, list[bytes]]:
    """The lines of a table by a column of plain codes."""
    groups: dict[bytes, list[bytes]] = {}
    for line in content.split(b"\n")[1:]:
        cells = line.split(b",", column + 1)
        if len(cells) > column + 1:
            groups.setdefault(cells[column], []).append(line)
    return {name.decode("utf-8", "replace"): lines for name, lines in groups.items()}
