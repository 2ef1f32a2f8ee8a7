"""What every picture needs: the book and the printed side of it, and what a picture is."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from sedp_helpers.blocks import Cell, Table
from sedp_helpers.compute.protect import HIDDEN
from sedp_helpers.language import format_number
from sedp_helpers.present.book import Entry, ResultBook
from sedp_helpers.present.hidden import SMALL
from sedp_helpers.present.wording import Wording


@dataclass(frozen=True)
class Picture:
    """What a chart needs: its kind, data, words to add, and the table behind it."""

    kind: str
    data: object
    table: Table
    empty: bool = False
    unit: str = ""
    words: Mapping[str, str] = field(default_factory=dict)  # names of axes, of the two dots …


@dataclass(frozen=True)
class Viewer:
    """The book and the printed side of it, as every picture needs both; ``places`` are the
    villages with latitude and longitude, None where nobody has measured them."""

    book: ResultBook
    wording: Wording
    places: Mapping[str, tuple[float | None, float | None]] = field(default_factory=dict)

    def cell(self, entry: Entry | None) -> Cell:
        """A table cell of an entry; a missing one is empty with its status."""
        if entry is None:
            return Cell("", status="O")
        if not entry.known:
            return Cell(SMALL if entry.missing == HIDDEN else "", status=entry.status)
        return Cell(
            self.wording.number(entry),
            entry.value,
            entry.key,
            entry.status,
            self.wording.decimals(entry.result),
        )

    def values(self, entries: Sequence[Entry | None]) -> tuple[float | None, ...]:
        return tuple(e.value if e is not None and e.known else None for e in entries)

    def labels(self, entries: Sequence[Entry | None]) -> tuple[str, ...]:
        return tuple(self.wording.short_label(e) if e is not None else "" for e in entries)

    def head(self, text: str) -> str:
        return str(self.wording.furniture["heads"].get(text, text))

    def unit_of(self, ident: str) -> str:
        thing = self.wording.catalog.indicators.get(ident) or self.wording.catalog.results.get(
            ident
        )
        return self.wording.unit(thing.unit) if thing else ""

    def name_with_unit(self, ident: str) -> str:
        """«Output, som»; a unit that the name already says is not said twice."""
        name, unit = self.wording.name(ident), self.unit_of(ident)
        said = not unit or unit.casefold() in name.casefold().split()
        return name if said else f"{name}, {unit}"

    def number(self, ident: str, value: float) -> str:
        """A number that is not a row of its own (a sum of bars), printed like the result."""
        return format_number(value, self.wording.language, self.wording.decimals(ident))
