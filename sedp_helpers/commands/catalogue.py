"""`sedp catalogue`: what the programme knows, as a list."""

from __future__ import annotations

import csv
import io
import json
from typing import Any

from sedp_helpers.catalog.load import Catalog, load_catalog
from sedp_helpers.commands.methods_page import list_methods, write_methods
from sedp_helpers.models import LANGUAGES, Text

FIELDS = ("id", "kind", "section", "name", "unit", "formula", "source", "rule", "tier", "ref")
DETAILS = ("time", "dims", "adds_over", "items", "of_which", "by", "availability", "exists_at",
           "direction", "decimals", "severity", "threshold", "definition",
           *(f"name_{lang}" for lang in LANGUAGES))


def list_catalogue(language: str, form: str, *, inferred: bool = False,
                   sentences: bool = False, methods: bool = False) -> str:
    """Indicators, results, rules, units, sources and norms; or inferred Russian terms; or all
    sentences; or all methods. A person reads the main fields, a program gets the details too."""
    catalog = load_catalog()
    if methods:
        return (write_methods(catalog, language) if form == "text"
                else write_rows(list_methods(catalog, language), form))
    if inferred:
        return write_rows([row for row in catalog.glossary if row["ru_mark"] == "I"], form)
    if sentences:
        return write_rows(list_sentences(catalog), form)
    rows = [*list_numbers(catalog, language), *list_rules(catalog, language),
            *list_entries(catalog, language)]
    if form == "text":
        rows = [{name: row[name] for name in FIELDS} for row in rows]
    return write_rows(rows, form)


def list_numbers(catalog: Catalog, language: str) -> list[dict[str, Any]]:
    """A row an indicator and a result."""
    rows = []
    for spec in catalog.indicators.values():
        dims = [f"{dim}!" if dim == "item" and spec.item_required else dim for dim in spec.dims]
        rows.append(_row(
            spec.id, "indicator", spec.name, language, section=spec.section, unit=spec.unit,
            source=" ".join(spec.source), tier=spec.tier, ref=spec.ref, time=spec.time,
            dims=" ".join(dims), adds_over=" ".join(spec.adds_over), items=spec.items,
            of_which=" ".join(spec.of_which), availability=" ".join(spec.availability),
            exists_at=spec.exists_at, direction=spec.direction, decimals=spec.decimals,
            definition=spec.definition.get(language)))
    for result in catalog.results.values():
        inputs = ", ".join(f"{role}={text}" for role, text in result.inputs.items())
        rows.append(_row(
            result.id, "result", result.name, language, section=result.section, unit=result.unit,
            formula=f"{result.formula}({inputs})" if inputs else result.formula,
            rule=result.rule, ref=result.ref, by=" ".join(result.by), direction=result.direction,
            decimals=result.decimals, definition=result.definition.get(language)))
    return rows


def list_rules(catalog: Catalog, language: str) -> list[dict[str, Any]]:
    """A row a rule, with its limits."""
    return [_row(ident, "rule", rule["title"], language, section=str(rule.get("kind", "")),
                 ref=str(rule.get("source", "")), severity=str(rule.get("severity", "")),
                 formula=str(rule.get("check", "")), threshold=_write(rule.get("threshold")))
            for ident, rule in catalog.rules.items()]


def list_entries(catalog: Catalog, language: str) -> list[dict[str, Any]]:
    """A row a unit, a source and a norm."""
    rows = [_row(ident, "unit", unit["name"], language, ref=str(unit.get("kind", "")))
            for ident, unit in catalog.units.items()]
    rows += [_row(ident, "source", source["name"], language, ref=str(source.get("kind", "")))
             for ident, source in catalog.sources.items()]
    rows += [_row(ident, "norm", norm["name"], language, unit=norm["unit"],
                  source=str(norm.get("status", "")), ref=str(norm.get("source", "")),
                  threshold=_write(norm["value"]))
             for ident, norm in catalog.norms.items()]
    return rows


def _row(ident: str, kind: str, name: Text, language: str, **fields: Any) -> dict[str, Any]:
    named = {f"name_{lang}": name.get(lang) for lang in LANGUAGES}
    fields = {"id": ident, "kind": kind, "name": name.get(language), **named, **fields}
    return {name: fields.get(name, "") for name in (*FIELDS, *DETAILS)}


def _write(value: Any) -> str:
    """A limit of a rule, or several by name, as one text."""
    if isinstance(value, dict):
        return "; ".join(f"{name}={_write(one)}" for name, one in value.items())
    return " ".join(map(str, value)) if isinstance(value, list) else str(value or "")


def list_sentences(catalog: Catalog) -> list[dict[str, Any]]:
    """A row a sentence, with its words in all languages."""
    rows = []
    folder = catalog.folder / "text" / "ky" / "sentences"
    for path in sorted(folder.glob("*.yml")):
        words = {lang: catalog.words(f"sentences/{path.stem}", lang) for lang in LANGUAGES}
        for ident in words["ky"]:
            rows.append({"section": path.stem, "rule": ident,
                         **{lang: words[lang].get(ident, "") for lang in LANGUAGES}})
    return rows


def write_rows(rows: list[dict[str, Any]], form: str) -> str:
    """Rows as csv, json or lines of text."""
    if form == "json":
        return json.dumps(rows, ensure_ascii=False, indent=1)
    if form == "csv":
        out = io.StringIO()
        writer = csv.DictWriter(out, list(rows[0]) if rows else FIELDS, lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)
        return out.getvalue()
    return "\n".join(" · ".join(str(v) for v in row.values() if v not in ("", None))
                     for row in rows)
