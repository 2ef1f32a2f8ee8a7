"""Names made comparable: ids, column headings, look-alike letters, near names.

Why: «population.totаl» with a Cyrillic «а» is invisible to the person who typed it. What can be
repaired beyond doubt is repaired and reported by the caller; everything else is only proposed.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from sedp_helpers.errors import InputError
from sedp_helpers.intake.read import RawTable, cell_name
from sedp_helpers.language.letters import propose
from sedp_helpers.models import Finding, Text

NEAR_RULES = frozenset({
    "IN-AGE-DATE", "IN-CODE", "IN-INDICATOR", "IN-ITEM", "IN-KEYNAME", "IN-MARKS", "IN-NUM",
    "IN-REFERENCE", "IN-SEX", "IN-STATUS", "IN-VILLAGE", "IN-YEAR",
})
MOST_NAMED = 13  # entries of a list that a sentence names
_ID = re.compile(r"[a-z0-9][a-z0-9-]{0,63}")
_RECORD_ID = re.compile(r"\w(?:[\w.-]{0,62}\w)?")
_DEVICES = frozenset(
    ["con", "prn", "aux", "nul", *(f"{port}{n}" for port in ("com", "lpt") for n in range(1, 10))]
)
_TO_LATIN = str.maketrans("аеорсухіѕАЕОРСТМНКВХІ", "aeopcyxisAEOPCTMHKBXI")
_MARKUP = re.compile(r"<\s*/?\s*[a-zA-Z!]|^\s*[=@]|^\s*[+-]\s*[A-Za-z]+\s*\(")


def is_id(text: str) -> bool:
    """Whether ``check_id`` accepts the id of a municipality."""
    reserved = text == "reference" or text.startswith("district-") or text in _DEVICES
    return bool(_ID.fullmatch(text)) and not reserved


def check_id(text: str) -> str:
    """The id of a municipality, or ``InputError`` where it could not be a safe folder name.

    >>> check_id("kara-suu")
    'kara-suu'
    """
    if not _ID.fullmatch(text):
        raise InputError(
            f"the id {text!r} is not of the form a-z, 0-9 and hyphens (up to 64 signs)",
            key="id_pattern", id=text,
        )
    if text == "reference" or text.startswith("district-") or text in _DEVICES:
        raise InputError(f"the id {text!r} is reserved", key="id_reserved", id=text)
    return text


def is_record_id(text: str) -> bool:
    """Whether an id of a register row is safe to stand in a key: letters, digits, ``_ . -``.

    >>> is_record_id("v1"), is_record_id("../v1"), is_record_id("a..b")
    (True, False, False)
    """
    return bool(_RECORD_ID.fullmatch(text)) and ".." not in text


def has_markup(text: str) -> bool:
    """Whether a text looks like a tag or a spreadsheet formula, which is kept as plain text.

    >>> has_markup("<script>"), has_markup('=HYPERLINK("x")'), has_markup("Кара-Суу < 5 км")
    (True, True, False)
    """
    return bool(_MARKUP.search(text))


def match_code(text: str, known: Collection[str]) -> str:
    """The known code that was typed, tolerating case and Cyrillic look-alikes; "" for none.

    >>> match_code("Е", {"E", "F"}), match_code("x", {"E"})
    ('E', '')
    """
    if text in known:
        return text
    latin = text.translate(_TO_LATIN)
    for variant in (latin, latin.lower(), latin.upper()):
        if variant in known:
            return variant
    return ""


def find_near(text: str, known: Mapping[str, Any] | Collection[str]) -> list[str]:
    """The ids that may be meant; a mapping of ids to named things is searched by name as well.

    >>> find_near("Кызыл-Добо", {"kd": "Кызыл-Дөбө"})
    ['kd']
    """
    near = propose(text, known)
    if not near and isinstance(known, Mapping):
        by_name: dict[str, list[str]] = {}
        for ident, thing in known.items():
            for name in _list_names(thing):
                by_name.setdefault(name, []).append(ident)
        near = [ident for name in propose(text, by_name) for ident in by_name[name]]
    return list(dict.fromkeys(near))[:3]


def _list_names(thing: object) -> list[str]:
    thing = getattr(thing, "name", thing)
    if isinstance(thing, Text):
        return [name for name in (thing.ky, thing.ru, thing.en) if name]
    return [thing] if isinstance(thing, str) and thing else []


def name_params(text: str, known: Mapping[str, Any] | Collection[str]) -> dict[str, str]:
    """The slots of a "not in the list" sentence: near names, and the beginning of the list."""
    listed = sorted(known)
    names = [*listed[:MOST_NAMED], *(["…"] if len(listed) > MOST_NAMED else [])]
    return {"proposal": ", ".join(find_near(text, known)), "known": ", ".join(names)}


def near_key(rule: str, params: Mapping[str, object]) -> str:
    """The key of the sentence with a proposal where the rule has one and a proposal is there.

    >>> near_key("IN-NUM", {"proposal": 5.0}), near_key("IN-NUM", {"proposal": ""})
    ('IN-NUM-NEAR', '')
    """
    if rule == "DQ-32":  # a mark of a spreadsheet in a cell of intake; the checks know other cases
        return "DQ-32-CELL"
    if rule in NEAR_RULES and params.get("proposal") not in ("", None):
        return f"{rule}-NEAR"
    return ""


@dataclass(frozen=True)
class ColumnMap:
    """Where each known column stands, and what the header row gave cause to say."""

    places: dict[str, int]
    findings: tuple[Finding, ...]


def find_columns(
    raw: RawTable,
    known: Iterable[str],
    *,
    required: Collection[str] = (),
    headers: Mapping[str, str] | None = None,
    silent: Collection[str] = (),
) -> ColumnMap:
    """The place of every known column, by its id first and by a translated heading second.

    ``headers`` maps a translated heading to its id; ``silent`` are unknown columns not reported.
    """
    known = list(known)
    by_title = {title.strip().lower(): ident for title, ident in (headers or {}).items()}
    by_id = {ident.lower(): ident for ident in known}
    places: dict[str, int] = {}
    findings: list[Finding] = []
    unknown: list[int] = []
    for place, title in enumerate(raw.columns):
        ident = by_id.get(title.lower().translate(_TO_LATIN)) or by_id.get(title.lower())
        if ident is None and (ident := by_title.get(title.lower())):
            findings.append(_about_header(raw, "IN-HEADING", "note", place, proposal=ident))
        if ident is None:
            unknown.append(place)
        elif ident in places:
            findings.append(_about_header(raw, "IN-HEADER", "error", place))
            places[ident] = -1
        else:
            places[ident] = place
    doubled = [ident for ident, place in places.items() if place < 0]
    places = {ident: place for ident, place in places.items() if place >= 0}
    free = [ident for ident in known if ident not in places]
    findings += _about_unknown(raw, unknown, free, silent)
    findings += [
        Finding("IN-COLUMN-MISSING", "error", table=raw.name, row=1, column=ident,
                value=", ".join(raw.columns)[:120])
        for ident in required if ident not in places and ident not in doubled
    ]
    return ColumnMap(places, tuple(findings))


def _about_unknown(
    raw: RawTable, unknown: list[int], free: list[str], silent: Collection[str]
) -> list[Finding]:
    """A column nobody knows: a warning where it resembles a free one, else one note for all."""
    findings, others = [], []
    for place in unknown:
        title = raw.columns[place]
        if not title or title in silent:
            continue
        near = propose(title, free)
        if near:
            findings.append(_about_header(raw, "IN-COLUMN-NEAR", "warning", place,
                                          proposal=", ".join(near)))
        else:
            others.append(place)
    if others:
        titles = [raw.columns[place] for place in others]
        findings.append(Finding(
            "IN-COLUMN", "note", table=raw.name, row=1, column=titles[0],
            cell=cell_name(1, others[0]), value=titles[0],
            params={"count": len(titles), "names": ", ".join(titles[:12])},
        ))
    return findings


def _about_header(
    raw: RawTable, rule: str, severity: str, place: int, **params: object
) -> Finding:
    title = raw.columns[place]
    return Finding(rule, severity, table=raw.name, row=1, column=title,  # type: ignore[arg-type]
                   cell=cell_name(1, place), value=title, params=params)
