"""The only reader of the knowledge folder: YAML and CSV in, frozen models out.

An unknown key, a missing overlay file or a doubled id is an error of the catalogue, raised here
and nowhere later. Kyrgyz stands beside the structure; ``text/<lang>/`` lays the other languages
over it. A folder named by the variable SEDP_CATALOG replaces single files of the same name, so
that official layouts can take the place of ours without code.
"""

from __future__ import annotations

import csv
import os
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Any

import yaml
from pydantic import ValidationError

from sedp_helpers.errors import CatalogueError
from sedp_helpers.models import (
    LANGUAGES,
    RESULT_SECTIONS,
    Indicator,
    Register,
    ResultSpec,
    SectionSpec,
    Text,
)
from sedp_helpers.paths import CATALOG

try:
    from yaml import CSafeLoader as SafeLoader  # ten times as fast, where it was built
except ImportError:
    from yaml import SafeLoader


@dataclass(frozen=True)
class Catalog:
    """Everything the programme knows, read once per process."""

    folder: Path = CATALOG
    override: Path | None = None

    # ---- reading -------------------------------------------------------------------------
    def find(self, name: str) -> Path:
        """The file of that name, taken from the override folder where it lies there."""
        if self.override and (self.override / name).exists():
            return self.override / name
        return self.folder / name

    def read(self, name: str) -> Any:
        """The content of a knowledge file; an absent optional file reads as an empty mapping."""
        return _read_yaml(self.find(name))

    def overlay(self, name: str) -> dict[str, Any]:
        """The translated twin of a file: language -> content."""
        return {lang: self.read(f"text/{lang}/{name}") for lang in LANGUAGES if lang != "ky"}

    # ---- models --------------------------------------------------------------------------
    @cached_property
    def sections(self) -> tuple[SectionSpec, ...]:
        titles = {lang: self.words("sections", lang) for lang in LANGUAGES if lang != "ky"}
        return tuple(
            SectionSpec(**{**raw, "title": _text(raw["title"], titles, raw["id"])})
            for raw in self.read("sections.yml")["sections"]
        )

    @cached_property
    def indicators(self) -> dict[str, Indicator]:
        return self._collect("indicators", Indicator)

    @cached_property
    def results(self) -> dict[str, ResultSpec]:
        return self._collect("results", ResultSpec)

    def _collect(self, kind: str, model: Any) -> dict[str, Any]:
        found: dict[str, Any] = {}
        for section in RESULT_SECTIONS:
            raw = self.read(f"indicators/{section}.yml").get(kind) or {}
            overlay = self.overlay(f"{section}.yml")
            names = {lang: words.get("names", {}) for lang, words in overlay.items()}
            definitions = {lang: words.get("definitions", {}) for lang, words in overlay.items()}
            for ident, fields in raw.items():
                if ident in found:
                    raise CatalogueError(f"{ident} stands twice in the catalogue")
                fields = dict(fields)
                fields["name"] = _text(fields.get("name", ""), names, ident)
                fields["definition"] = _text(fields.get("definition", ""), definitions, ident)
                found[ident] = _build(model, f"{section}.yml: {ident}", id=ident, section=section,
                                      **fields)
        return found

    @cached_property
    def codes(self) -> dict[str, dict[str, Text]]:
        overlay = self.overlay("codes.yml")
        return {
            name: {
                str(code): _text(text, {lang: o.get(name, {}) for lang, o in overlay.items()}, code)
                for code, text in codes.items()
            }
            for name, codes in self.read("codes.yml").items()
        }

    @cached_property
    def units(self) -> dict[str, dict[str, Any]]:
        overlay = self.overlay("units.yml")
        return {
            code: {
                **raw,
                "name": _field_text(raw, overlay, code, "name"),
                "short": _field_text(raw, overlay, code, "short"),
            }
            for code, raw in self.read("units.yml").items()
        }

    @cached_property
    def registers(self) -> dict[str, Register]:
        overlay = self.overlay("registers.yml")
        found = {}
        for ident, raw in self.read("registers.yml").items():
            names = {lang: o.get(ident, {}) for lang, o in overlay.items()}
            columns = [
                {
                    **column,
                    "name": _text(
                        column.get("name", ""),
                        {lang: n.get("columns", {}) for lang, n in names.items()},
                        column["id"],
                    ),
                }
                for column in raw["columns"]
            ]
            fields = {**raw, "name": _text(raw["name"], names, "name"), "columns": columns}
            found[ident] = _build(Register, f"registers.yml: {ident}", id=ident, **fields)
        return found

    def table(self, name: str) -> dict[str, dict[str, Any]]:
        """A mapping file (sources, rules, statuses …) with every text field as ``Text``.

        A field is a text when the overlay of that entry has it.
        """
        overlay = self.overlay(f"{name}.yml")
        merged = {}
        for ident, raw in self.read(f"{name}.yml").items():
            translated = {lang: o.get(ident, {}) for lang, o in overlay.items()}
            fields = {key for words in translated.values() for key in words}
            merged[ident] = {
                key: _text(value, translated, key) if key in fields else value
                for key, value in raw.items()
            }
        return merged

    @cached_property
    def sources(self) -> dict[str, dict[str, Any]]:
        return self.table("sources")

    @cached_property
    def rules(self) -> dict[str, dict[str, Any]]:
        return self.table("rules")

    @cached_property
    def statuses(self) -> dict[str, dict[str, Any]]:
        return self.table("statuses")

    @cached_property
    def norms(self) -> dict[str, dict[str, Any]]:
        return self.table("norms")

    def listed(self, name: str) -> dict[str, list[dict[str, Any]]]:
        """questions.yml or measures.yml: section -> entries with ``text`` in three languages."""
        overlay = self.overlay(f"{name}.yml")
        return {
            section: [{**raw, "text": _text(raw["text"], overlay, raw["id"])} for raw in entries]
            for section, entries in self.read(f"{name}.yml").items()
        }

    @cached_property
    def questions(self) -> dict[str, list[dict[str, Any]]]:
        return self.listed("questions")

    @cached_property
    def measures(self) -> dict[str, list[dict[str, Any]]]:
        return self.listed("measures")

    @cached_property
    def glossary(self) -> list[dict[str, str]]:
        with self.find("glossary.csv").open(encoding="utf-8", newline="") as handle:
            return list(csv.DictReader(handle))

    def warm(self) -> None:
        """Make everything that is made once: before processes are forked that all need it."""
        for name, thing in vars(Catalog).items():
            if isinstance(thing, cached_property):
                getattr(self, name)

    # ---- words ---------------------------------------------------------------------------
    def words(self, name: str, language: str) -> dict[str, Any]:
        """The content of text/<lang>/<name>.yml."""
        return self.read(f"text/{language}/{name}.yml")

    def name(self, ident: str, language: str) -> str:
        """The reader's name of an indicator or result."""
        thing = self.indicators.get(ident) or self.results.get(ident)
        return thing.name.get(language) if thing else ident


def _text(ky: Any, overlays: Mapping[str, Mapping[Any, Any]], key: Any) -> Text:
    if isinstance(ky, Text):
        return ky
    words = {lang: str(overlay.get(key, "") or "") for lang, overlay in overlays.items()}
    return Text(ky=str(ky or ""), **words)


def _field_text(raw: dict, overlay: dict, code: str, key: str) -> Text:
    translated = {lang: o.get(code, {}) for lang, o in overlay.items()}
    return _text(raw.get(key, ""), translated, key)


def _build(model: Any, where: str, **fields: Any) -> Any:
    try:
        return model(**fields)
    except ValidationError as error:
        raise CatalogueError(f"{where}: {error}") from error


@lru_cache(maxsize=256)
def _read_yaml(path: Path) -> Any:
    if not path.exists():
        return {}
    try:
        return yaml.load(path.read_text(encoding="utf-8"), Loader=SafeLoader) or {}
    except yaml.YAMLError as error:
        raise CatalogueError(f"{path.name} is not readable YAML: {error}") from error


@lru_cache(maxsize=4)
def _load(folder: Path, override: Path | None) -> Catalog:
    return Catalog(folder, override)


def load_catalog(folder: Path = CATALOG) -> Catalog:
    """The catalogue of the package, with the user's replacements laid over it."""
    override = os.environ.get("SEDP_CATALOG")
    return _load(folder, Path(override) if override else None)
