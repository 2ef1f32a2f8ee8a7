"""The chapter on methods and sources: what was computed how, with what right, from whom.

Texts are data (``text/<lang>/methods.yml``); this module only lays them out. It never claims
that a layout is the official annex (O-01): layouts are ours, versioned and replaceable.
"""

from __future__ import annotations

import fnmatch
from collections.abc import Iterable, Mapping
from typing import Any

import pandas as pd

from sedp_helpers.blocks import Block, Cell, Column, Fold, Heading, Listing, Paragraph, Span, Table
from sedp_helpers.catalog.load import Catalog
from sedp_helpers.language import format_number
from sedp_helpers.present.citations import name_sources

PARTS = ("formula", "assumes", "avoid", "source")


def pick_used(methods: Mapping[str, Mapping[str, str]], patterns: Mapping[str, Iterable[str]],
              results: pd.DataFrame) -> dict[str, Mapping[str, str]]:
    """The methods behind the figures that are known; the others would only lengthen the report."""
    known = results[results["value"].notna()]
    names = set(known["result"] + "#" + known["method"].fillna(""))
    return {ident: method for ident, method in methods.items()
            if any(fnmatch.filter(names, pattern) for pattern in patterns[ident])}


def tell_methods(methods: Mapping[str, Mapping[str, str]], words: Mapping[str, Any]) -> list[Block]:
    """Each method: what it answers, formula, assumptions, when not to use it, source; folded."""
    blocks: list[Block] = []
    for ident, method in methods.items():
        blocks.append(Heading(2, method["title"], f"method-{ident}".replace("_", "-")))
        blocks.append(Paragraph((Span(method["what"]),), rule=f"method_{ident}"))
        items = tuple((Span(f"{words[part]}: ", style="strong"), Span(method[part]))
                      for part in PARTS if method.get(part))
        blocks.append(Listing(items))
    return [Fold(words["methods"], tuple(blocks))] if blocks else []


def list_sources(catalog: Catalog, language: str, words: Mapping[str, Any]) -> Table:
    """Offices and registers with the number of indicators that are asked of each."""
    rows = []
    for ident, source in catalog.sources.items():
        sections = dict.fromkeys(
            spec.section for spec in catalog.indicators.values() if ident in spec.source)
        titles = [s.title.get(language) for s in catalog.sections if s.id in sections]
        if titles:
            rows.append((Cell(source["name"].get(language)), Cell(", ".join(titles))))
    columns = (Column(words["source"], wide=True), Column(words["used_in"], wide=True))
    return Table(words["sources"], columns, tuple(rows), "sources")


def fold_contradictions(catalog: Catalog, language: str, words: Mapping[str, Any]) -> Fold:
    """Contradictions inside the handbook and the other documents: printed against computed."""
    rows = []
    for ident, raw in catalog.read("contradictions.yml").items():
        unit = catalog.units.get(raw["unit"], {}).get("short")
        short = unit.get(language) if unit and raw["unit"] not in ("unit", "ratio") else ""
        rows.append((
            Cell(ident), Cell(catalog.rules[ident]["title"].get(language)),
            Cell(_number(raw["printed"], language)), Cell(_number(raw["computed"], language)),
            Cell(short), Cell(name_sources(str(raw["source"]), words["question_number"],
                              words["slides_number"])),
        ))
    columns = (Column(words["rule"]), Column(words["contradiction"], wide=True),
               Column(words["printed"], numeric=True), Column(words["computed"], numeric=True),
               Column(words["unit"]), Column(words["source"]))
    table = Table(words["contradictions"], columns, tuple(rows), "contradictions")
    lead = Paragraph((Span(words["contradictions_lead"]),), role="note")
    return Fold(words["contradictions"], (lead, table))


def _number(value: float | None, language: str) -> str:
    """A number of a document as text; it is no result of this municipality."""
    if value is None:
        return "–"
    return format_number(value, language, 0 if float(value).is_integer() else 2)
