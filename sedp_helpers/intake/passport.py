"""The entries of a passport as texts become the typed model of a municipality, or findings.

Why: the passport is typed by hand, in YAML or on a sheet of the workbook, so every mistake is named
by its key and line, and one wrong optional entry does not stop the report. No file is touched here.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from pydantic import BaseModel, ValidationError

from sedp_helpers.errors import InputError
from sedp_helpers.intake.clean import check_id, has_markup, near_key
from sedp_helpers.intake.dates import parse_bool, parse_date, parse_year, propose_year, split_list
from sedp_helpers.language.letters import propose
from sedp_helpers.models import DocumentState, Finding, Municipality, Period, Place, Text

TABLE = "municipality"
FORMAT = 1
NEEDED = ("id", "name", "base_year")
LONGEST_HORIZON = 30
_NESTED: dict[str, type[BaseModel]] = {
    "name": Text, "oblast": Place, "district": Place, "oblast.name": Text, "district.name": Text,
    "programme": Period, "document": DocumentState,
}
_BOOLEANS = ("sample", "closed", "mountain", "border", "large")
_LISTS = ("forecast_methods", "predecessors", "hide_sections")
_NUMBERS = ("altitude_m",)
_YEARS = ("base_year", "drafting_year")


@dataclass
class Entries:
    """A passport as typed: ``content`` of texts, lists and mappings.

    ``lines``, ``doubled`` and ``quoted`` hold paths such as ``programme.start``.
    """

    content: dict[str, Any] = field(default_factory=dict)
    lines: dict[str, int] = field(default_factory=dict)
    doubled: list[str] = field(default_factory=list)
    quoted: set[str] = field(default_factory=set)


def type_municipality(
    source: Entries, folder_name: str
) -> tuple[Municipality | None, list[Finding]]:
    """The model of a passport whose entries are texts; also used for the sheet of the workbook."""
    reader = _Reader(source)
    content = dict(source.content)
    for key in source.doubled:
        reader.say("IN-KEY-TWICE", "error", key)
    if not reader.accept_format(content) or not reader.accept_id(content, folder_name):
        return None, reader.found
    content = reader.drop_unknown(content)
    reader.check_soate(content)
    reader.point_at_markup(content)
    typed = {key: reader.convert(key, value) for key, value in content.items()}
    typed = {key: value for key, value in typed.items() if value not in ("", None, {}, [])}
    return reader.build(typed), reader.found


class _Reader:
    def __init__(self, source: Entries) -> None:
        self.source = source
        self.found: list[Finding] = []

    def say(self, rule: str, severity: str, key: str, value: Any = None, **params: Any) -> None:
        typed = self._typed(key) if value is None else value
        row = self.source.lines.get(key)
        self.found.append(Finding(
            rule, severity, section="general", table=TABLE, row=row,  # type: ignore[arg-type]
            column=key, value=str(typed), text=near_key(rule, params), params=params,
        ))

    def _typed(self, key: str) -> Any:
        value: Any = self.source.content
        for part in key.split("."):
            value = value.get(part, "") if isinstance(value, dict) else ""
        return value

    def accept_format(self, content: dict[str, Any]) -> bool:
        """Whether the layout of the file is one that this version reads."""
        text = str(content.get("format") or FORMAT)
        if text.isdigit() and 1 <= int(text) <= FORMAT:
            return True
        self.say("IN-FORMAT", "error", "format", known=str(FORMAT), needed=text)
        return False

    def accept_id(self, content: dict[str, Any], folder_name: str) -> bool:
        """Whether the id is safe and is the name of its folder."""
        ident = content.get("id", "")
        if not ident:
            self.say("IN-ID-EMPTY", "warning", "id", proposal=folder_name)
            content["id"] = ident = folder_name
        try:
            check_id(str(ident))
        except InputError:
            self.say("IN-FOLDER-ID", "error", "id", ident)
            return False
        if ident != folder_name:
            self.say("IN-FOLDER", "error", "id", proposal=folder_name)
            return False
        return True

    def drop_unknown(self, content: Mapping[str, Any], prefix: str = "") -> dict[str, Any]:
        """The content without keys that no one knows; each is a warning with a near name."""
        model = _NESTED.get(prefix, Municipality)
        known: dict[str, Any] = {}
        for key, value in content.items():
            path = f"{prefix}.{key}" if prefix else key
            if key not in model.model_fields:
                self.say("IN-KEYNAME", "warning", path,
                         proposal=", ".join(propose(key, model.model_fields)),
                         known=", ".join(model.model_fields))
            elif path in _NESTED and isinstance(value, dict):
                known[key] = self.drop_unknown(value, path)
            else:
                known[key] = value
        return known

    def check_soate(self, content: dict[str, Any]) -> None:
        """Fourteen digits; typed without quotes they are taken with a note."""
        code = str(content.get("soate") or "")
        if code and not (code.isdigit() and len(code) == 14):
            self.say("IN-SOATE", "error", "soate", count=len(code))
            del content["soate"]
        elif code and "soate" not in self.source.quoted:
            self.say("IN-SOATE-PLAIN", "note", "soate")

    def point_at_markup(self, content: Mapping[str, Any], prefix: str = "") -> None:
        """Say where a text looks like a tag or a formula; it is kept as plain text."""
        for key, value in content.items():
            if isinstance(value, dict):
                self.point_at_markup(value, f"{prefix}{key}.")
            elif isinstance(value, str) and has_markup(value):
                self.say("IN-MARKUP", "warning", f"{prefix}{key}")

    def convert(self, key: str, value: Any) -> Any:
        """A text on its way into the model; what cannot be typed is left to the model to refuse."""
        if key in _BOOLEANS:
            return self._parse(parse_bool, key, value, "IN-BOOL")
        if key == "as_of":
            return self._parse(parse_date, key, value, "IN-DATE")
        if key in _YEARS:
            return self._parse(parse_year, key, value, "IN-YEAR")
        if key == "horizon":
            return self._parse(_parse_horizon, key, value, "IN-PASSPORT-TYPE")
        if key in _LISTS and isinstance(value, str):
            return list(split_list(value))
        if key == "name" and isinstance(value, str):
            return {"ky": value}
        if key in ("oblast", "district"):
            return _type_place(value)
        if key == "document" and isinstance(value, dict):
            day = self._parse(parse_date, "document.date", value.get("date"), "IN-DATE")
            return {inner: text for inner, text in {**value, "date": day}.items() if text}
        if key == "programme" and isinstance(value, dict):
            return self._parse_period(value)
        return _type_numbers(key, value)

    def _parse_period(self, value: Mapping[str, Any]) -> dict[str, Any]:
        """Its two years; where the end stands before the beginning neither is used."""
        years = {inner: self._parse(parse_year, f"programme.{inner}", text, "IN-YEAR")
                 for inner, text in value.items()}
        start, end = years.get("start"), years.get("end")
        if start and end and end < start:
            self.say("IN-PASSPORT-TYPE", "error", "programme.end", known=f"≥ {start}")
            return {}
        return years

    def _parse(
        self, parse: Callable[[str], Any], key: str, value: Any, rule: str
    ) -> Any:
        """The parsed text, None where it is empty or refused (which is said)."""
        if not value:
            return None
        try:
            return parse(str(value))
        except ValueError:
            proposal = str(propose_year(str(value)) or "") if rule == "IN-YEAR" else ""
            self.say(rule, "error", key, proposal=proposal, known=f"1–{LONGEST_HORIZON}")
            return None

    def build(self, typed: dict[str, Any]) -> Municipality | None:
        """The model; an optional entry of a wrong type is said and left out."""
        for _ in range(len(typed) + 1):
            try:
                return Municipality(**typed)
            except ValidationError as error:
                needed = [self._refuse(problem, typed) for problem in error.errors()]
            if any(needed):
                return None
        return None

    def _refuse(self, problem: Any, typed: dict[str, Any]) -> bool:
        """Say one wrong entry, take it out, and tell whether the passport needs it."""
        key = str(problem["loc"][0])
        path = ".".join(str(part) for part in problem["loc"])
        missing = problem["type"] == "missing"
        rule = "IN-PASSPORT-EMPTY" if missing else "IN-PASSPORT-TYPE"
        expected = problem.get("ctx", {}).get("expected", "")
        self.say(rule, "error", path, known=str(expected).replace("'", "") or _name_type(problem))
        typed.pop(key, None)
        return key in NEEDED


def _parse_horizon(text: str) -> int:
    """The number of forecast years."""
    years = int(text)
    if not 1 <= years <= LONGEST_HORIZON:
        raise ValueError(f"not a number of years from 1 to {LONGEST_HORIZON}: {text!r}")
    return years


def _type_place(value: Any) -> Any:
    if isinstance(value, str):
        return {"id": value} if value else None
    if isinstance(value, dict) and isinstance(value.get("name"), str):
        return {**value, "name": {"ky": value["name"]}}
    return value


def _type_numbers(key: str, value: Any) -> Any:
    """Decimal commas of the two entries that are measured."""
    if key in _NUMBERS and isinstance(value, str):
        return value.replace(",", ".").replace(" ", "")
    if key == "distances_km" and isinstance(value, dict):
        return {place: str(text).replace(",", ".") for place, text in value.items()}
    return value


def _name_type(problem: Mapping[str, Any]) -> str:
    """An example of what the entry holds, for the sentence."""
    examples = {"int": "2025", "float": "12.5", "bool": "true", "dict": "{…}", "model": "{…}",
                "tuple": "[…]", "list": "[…]"}
    return next((example for kind, example in examples.items()
                 if str(problem["type"]).startswith(kind)), "…")
