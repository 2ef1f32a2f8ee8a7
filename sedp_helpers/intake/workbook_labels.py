"""Labels of the workbook in three languages and the codes behind them.

Why: people choose «Айыл чарба» from a list, the data hold ``agriculture``. A label stands for a
code only where no other code of that list has it; a code is always accepted as itself.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property, lru_cache
from typing import Any

from sedp_helpers.catalog.load import Catalog
from sedp_helpers.models import LANGUAGES, STATUSES, Column, Register, Text

BOOL, STATUS, INDICATOR = "_bool", "_status", "_indicator"
STOCK_DATE = "_stock_date"


def plain(text: str) -> str:
    """A heading or label for comparing: no case, no doubled spaces, no mark of a needed column.

    >>> plain(" Айыл   чарба * ")
    'айыл чарба'
    """
    return " ".join(text.replace("*", " ").split()).casefold()


class Labels:
    """Lists of labels by language, and the way back from a label to its code."""

    def __init__(self, catalog: Catalog) -> None:
        self.catalog = catalog
        self.words = {lang: catalog.words("workbook", lang) for lang in LANGUAGES}
        self._back: dict[str, dict[str, str]] = {}

    @cached_property
    def lists(self) -> dict[str, Mapping[str, Text]]:
        """Every list a cell is chosen from: code -> label."""
        indicators = {ident: thing.name for ident, thing in self.catalog.indicators.items()}
        statuses = {code: row["label"] for code, row in self.catalog.statuses.items()
                    if code in STATUSES}
        yes_no = {code: self.text(code) for code in ("true", "false")}
        dates = {code: self.text(code) for code in ("year_end", "year_start")}
        return {**self.catalog.codes, BOOL: yes_no, STATUS: statuses, INDICATOR: indicators,
                STOCK_DATE: dates}

    def text(self, key: str) -> Text:
        """A phrase of workbook.yml in its three languages."""
        return Text(**{lang: str(self.words[lang].get(key, "")) for lang in LANGUAGES})

    def titles(self, key: str) -> dict[str, Text]:
        """The headings of a group of workbook.yml by the ids of their columns."""
        return {ident: Text(**{lang: str(self.words[lang][key].get(ident, ""))
                               for lang in LANGUAGES})
                for ident in self.words["ky"][key]}

    def label(self, name: str, code: str, language: str) -> str:
        """The label of a code; the code itself where the way back would be lost."""
        text = self.lists.get(name, {}).get(code)
        label = text.get(language) if text else ""
        return label if label and self._way_back(name).get(plain(label)) == code else code

    def labels(self, name: str, language: str) -> list[str]:
        """All labels of a list in the order of the catalogue."""
        return [self.label(name, code, language) for code in self.lists.get(name, {})]

    def code(self, name: str, typed: str) -> str:
        """The code that a cell means; what is no label of the list comes back as typed."""
        if not typed or typed in self.lists.get(name, {}):
            return typed
        return self._way_back(name).get(plain(typed), typed)

    def _way_back(self, name: str) -> dict[str, str]:
        if name not in self._back:
            found: dict[str, set[str]] = {}
            for code, text in self.lists.get(name, {}).items():
                for language in LANGUAGES:
                    found.setdefault(plain(text.get(language)), set()).add(code)
            self._back[name] = {label: min(codes) for label, codes in found.items()
                                if len(codes) == 1 and label}
        return self._back[name]

    def heading_ids(self, key: str, idents: tuple[str, ...]) -> dict[str, str]:
        """Translated headings of a sheet and their ids; ``key`` is the group in workbook.yml."""
        return {plain(self.words[lang][key].get(ident, ident)): ident
                for lang in LANGUAGES for ident in idents}


def column_list(column: Column) -> str:
    """The name of the list a register column is chosen from, or ""."""
    return BOOL if column.type == "bool" else column.codes


def register_headings(register: Register) -> dict[str, str]:
    """Translated headings of a register and their column ids."""
    return {plain(column.name.get(lang)): column.id
            for column in register.columns for lang in LANGUAGES if column.name.get(lang)}


@lru_cache(maxsize=4)
def load_labels(catalog: Catalog) -> Labels:
    """The labels of a catalogue, built once."""
    return Labels(catalog)


def name_map(frame: Any, key: str) -> dict[str, str]:
    """Names of records (villages, crops, programmes) and their ids, where a name is unique."""
    found: dict[str, set[str]] = {}
    for lang in LANGUAGES:
        if f"name_{lang}" in frame:
            for name, ident in zip(frame[f"name_{lang}"], frame[key]):
                if str(name).strip() and str(ident).strip():
                    found.setdefault(plain(str(name)), set()).add(str(ident).strip())
    return {name: min(idents) for name, idents in found.items() if len(idents) == 1}
