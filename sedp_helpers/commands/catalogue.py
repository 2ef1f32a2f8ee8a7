"""`sedp catalogue`: what the programme knows, as a list."""

from __future__ import annotations

import csv
import io
import json
from typing import Any

from sedp_helpers.catalog.load import Catalog, load_catalog
from sedp_helpers.models import LANGUAGES

FIELDS = ("id", "kind", "section", "name", "unit", "formula", "source", "rule", "tier", "ref")


def list_catalogue(language: str, form: str, *, inferred: bool = False,
                   sentences: bool = False) -> str:
    """Indicators, results and rules; or inferred Russian terms; or all sentences."""
    catalog = load_catalog()
    if inferred:
        rows = [row for row in catalog.glossary if row["ru_mark"] == "I"]
    elif sentences:
        rows = list_sentences(catalog)
    else:
        rows = [*list_numbers(catalog, language), *list_rules(catalog, language)]
    return write_rows(rows, form)


def list_numbers(catalog: Catalog, language: str) -> list[dict[str, Any]]:
    """A row an indicator and a result."""
    rows = []
    for spec in catalog.indicators.values():
        rows.append(_row(id=spec.id, kind="indicator", section=spec.section,
                         name=spec.name.get(language), unit=spec.unit,
                         source=" ".join(spec.source), tier=spec.tier, ref=spec.ref))
    for result in catalog.results.values():
        inputs = ", ".join(f"{role}={text}" for role, text in result.inputs.items())
        formula = f"{result.formula}({inputs})" if inputs else result.formula
        rows.append(_row(id=result.id, kind="result", section=result.section,
                         name=result.name.get(language), unit=result.unit, formula=formula,
                         rule=result.rule, ref=result.ref))
    return rows


def list_rules(catalog: Catalog, language: str) -> list[dict[str, Any]]:
    """A row a rule."""
    return [_row(id=ident, kind="rule", section=str(rule.get("kind", "")),
                 name=rule["title"].get(language), ref=str(rule.get("source", "")))
            for ident, rule in catalog.rules.items()]


def _row(**fields: Any) -> dict[str, Any]:
    return {name: fields.get(name, "") for name in FIELDS}


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
