"""What a row of a section sheet is, told by its name where its key is gone.

Why: a person who pastes rows or deletes the grey column leaves only the printed names. A name is
read within its indicator («Аялдар» under «Туруктуу калктын саны»), in any of the three languages.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from sedp_helpers.intake.workbook_labels import Labels, plain
from sedp_helpers.intake.workbook_sheets import WideRow, list_wide_rows
from sedp_helpers.models import LANGUAGES

Key = tuple[str, str, str, str, str]


def name_row(
    row: WideRow, labels: Labels, language: str, *, villages: Mapping[str, str] | None = None,
    items: Mapping[str, str] | None = None,
) -> str:
    """The printed name of a row in a language."""
    indicator = labels.catalog.indicators[row.indicator]
    if row.kind in ("head", "total"):
        return indicator.name.get(language)
    if row.kind == "sex":
        return labels.label("sexes", row.sex, language)
    if row.kind == "age":
        return f"{labels.label('sexes', row.sex, language)}, {print_band(row.age)}"
    if row.kind == "village":
        return (villages or {}).get(row.village) or row.village
    if row.kind == "item":
        label = labels.label(indicator.items, row.item, language)
        return (items or {}).get(row.item) or label
    return ""


def print_band(age: str) -> str:
    """A band as printed, with an en dash, which no spreadsheet takes for a date.

    >>> print_band("0-4"), print_band("80+")
    ('0–4', '80+')
    """
    return age.replace("-", "–")


@dataclass
class RowNames:
    """The names of all rows of the section sheets."""

    labels: Labels
    villages: Mapping[str, str] = field(default_factory=dict)
    names: dict[str, dict[str, Key]] = field(default_factory=dict)
    indicators: dict[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for ident, indicator in self.labels.catalog.indicators.items():
            rows = list(list_wide_rows(indicator, self.labels.catalog.codes,
                                       villages=list(self.villages)))
            self.names[ident] = dict(self._name_all(rows))
            for language in LANGUAGES:
                self.indicators[plain(indicator.name.get(language))] = ident

    def _name_all(self, rows: list[WideRow]) -> Iterable[tuple[str, Key]]:
        for row in rows:
            if row.kind in ("total", "head", "free"):
                continue
            for language in LANGUAGES:
                name = name_row(row, self.labels, language, villages=self.villages)
                yield plain(name), (row.indicator, row.sex, row.age, row.village, row.item)

    def walk(self) -> RowWalk:
        """A reader that goes down a sheet row by row."""
        return RowWalk(self)


@dataclass
class RowWalk:
    """Keeps the indicator under which the next rows stand."""

    names: RowNames
    current: str = ""

    def step(self, texts: list[str], key: Key | None) -> Key | None:
        """The key of a row by its first texts, or None; a row with a key only moves on."""
        if key is not None:
            self.current = key[0]
            return None
        for text in texts:
            folded = plain(text)
            if not folded:
                continue
            if ident := self.names.indicators.get(folded):
                self.current = ident
                required = self.names.labels.catalog.indicators[ident].item_required
                return None if required else (ident, "", "", "", "")
            return self.names.names.get(self.current, {}).get(folded)
        return None
