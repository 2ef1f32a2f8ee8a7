"""municipality.yaml: the only file of the raw data that is YAML, read and written here.

Why: YAML reads ``id: 007`` as 7 and ``no`` as false. Here a scalar stays what was typed, with the
line where it stands; what it means is decided by the passport. No entry is judged here.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import yaml

from sedp_helpers.errors import InputError
from sedp_helpers.files import write_atomic
from sedp_helpers.intake.passport import NEEDED, TABLE, Entries, type_municipality
from sedp_helpers.intake.read import decode_text, describe_unreadable
from sedp_helpers.models import Finding, Municipality

FILE = "municipality.yaml"
_Loader = getattr(yaml, "CBaseLoader", yaml.BaseLoader)
_DEEPEST = 12


def read_municipality(folder: Path) -> tuple[Municipality | None, list[Finding]]:
    """The passport of a raw folder and what was found in it.

    None where the file is missing or unreadable, where its format is newer than ours, where the id
    is unsafe or not the folder's name, or where a needed entry (name, base_year) has no value.
    """
    path = folder / FILE
    if not path.is_file():
        return None, [Finding("IN-PASSPORT", "error", table=TABLE, value=folder.name)]
    try:
        source = read_entries(decode_text(path.read_bytes()))
    except InputError as error:
        return None, [describe_unreadable(error, TABLE)]
    except ValueError as error:
        return None, [Finding("IN-YAML", "error", table=TABLE, row=int(str(error)))]
    return type_municipality(source, folder.name)


def read_entries(text: str) -> Entries:
    """The entries of a YAML mapping; ``ValueError`` with the line where it is not one.

    >>> read_entries("id: 007").content
    {'id': '007'}
    """
    try:
        node = yaml.compose(text, Loader=_Loader)
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        last = text.count("\n", 0, len(text.rstrip())) + 1
        raise ValueError(str(min(mark.line + 1, last) if mark else 1)) from error
    if not isinstance(node, yaml.MappingNode):
        raise ValueError("1")
    entries = Entries()
    entries.content = _take(node, "", entries, 0)
    return entries


def _take(node: yaml.Node, path: str, entries: Entries, depth: int) -> Any:
    if depth > _DEEPEST:
        return ""
    if isinstance(node, yaml.ScalarNode):
        if node.style in ("'", '"'):
            entries.quoted.add(path)
        return "" if node.style is None and node.value in ("~", "null") else node.value
    if isinstance(node, yaml.SequenceNode):
        return [_take(item, f"{path}.{place}", entries, depth + 1)
                for place, item in enumerate(node.value)]
    content: dict[str, Any] = {}
    for key_node, value_node in node.value:
        key = str(key_node.value)
        inner = f"{path}.{key}" if path else key
        entries.lines.setdefault(inner, key_node.start_mark.line + 1)
        if key in content:
            entries.doubled.append(inner)
            continue
        content[key] = _take(value_node, inner, entries, depth + 1)
    return content


def write_municipality(folder: Path, municipality: Municipality) -> Path:
    """The passport as the file that ``read_municipality`` reads back to the same model."""
    write_atomic(folder / FILE, dump_municipality(municipality).encode("utf-8"))
    return folder / FILE


def dump_municipality(municipality: Municipality) -> str:
    """The passport as YAML, entries that are not filled left out."""
    always = ("format", *NEEDED, "type")
    content = municipality.model_dump(mode="json")
    plain = {
        key: _prune(value) for key, value in content.items()
        if key in always or value != Municipality.model_fields[key].default
    }
    return yaml.safe_dump(
        {key: value for key, value in plain.items() if value not in ({}, [], None)},
        allow_unicode=True, sort_keys=False, width=100,
    )


def _prune(value: Any) -> Any:
    if isinstance(value, dict):
        pruned = {key: _prune(inner) for key, inner in value.items()}
        return {key: inner for key, inner in pruned.items() if inner not in ("", None, {}, [])}
    return value
