"""What every table and picture of the district book needs: data, results and their printed side.

A number is taken from the results, never computed here; text of registers is taken in the
reader's language where the office gave it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sedp_helpers.blocks import Cell, Column
from sedp_helpers.compare.data import DistrictData
from sedp_helpers.compare.figures import Measure
from sedp_helpers.compare.rows import read_member, read_pair
from sedp_helpers.district.wording import DistrictWording
from sedp_helpers.language import format_date, inflect, join_words
from sedp_helpers.present.book import Entry, ResultBook
from sedp_helpers.present.pictures.base import Viewer

GAP = "…"  # printed where a number is missing; the notes say why


@dataclass(frozen=True)
class Sight:
    """The district in one language."""

    data: DistrictData
    book: ResultBook
    wording: DistrictWording
    words: Mapping[str, Any]
    language: str

    @property
    def viewer(self) -> Viewer:
        return Viewer(self.book, self.wording)

    @property
    def units(self) -> tuple[str, ...]:
        """Every known member, present or not."""
        return self.data.roll.known

    # ---- numbers -------------------------------------------------------------------------
    def by_member(
        self, ident: str, *, item: str = "", year: int | None = None, village: str | None = ""
    ) -> dict[str, Entry]:
        """Member -> its entry of a year (default: the latest of each that is known)."""
        found: dict[str, Entry] = {}
        for entry in self.book.entries(ident, item=item, village=village):
            unit = read_member(entry.method)
            if unit and entry.known and year in (None, entry.year):
                found[unit] = entry
        return found

    def one(
        self, ident: str, *, item: str = "", method: str = "", year: int | None = None
    ) -> Entry | None:
        """The entry of the district itself; the latest year where none is given."""
        same = [
            e
            for e in self.book.entries(ident, item=item)
            if e.method == method and year in (None, e.year)
        ]
        return same[-1] if same else None

    def year_of(self, measure: Measure) -> int | None:
        """The year in which the members are compared by a measure."""
        entry = self.one(f"{measure.id}.median", item=measure.item, method="members")
        return entry.year if entry else None

    def cell(self, entry: Entry | None) -> Cell:
        """A number as the table prints it; a gap is never empty."""
        if entry is None or not entry.known:
            return Cell(GAP, status=entry.status if entry else "O", style="muted")
        return self.viewer.cell(entry)

    def measures(self, section: str) -> list[Measure]:
        """The measures of a section that any member has."""
        texts = self.data.settings["compared"].get(section, ())
        return [m for m in map(Measure.read, texts) if self.year_of(m) is not None]

    def unit_of(self, ident: str) -> str:
        own = self.wording.own.get(ident)
        return self.wording.unit(own["unit"]) if own else self.viewer.unit_of(ident)

    # ---- words ---------------------------------------------------------------------------
    def name(self, unit: str) -> str:
        return self.wording.name(unit)

    def names(self, units: Iterable[str]) -> str:
        return join_words([self.name(unit) for unit in units], self.language)

    def head(self, key: str) -> str:
        return str(self.words["heads"][key])

    def name_pair(self, ident: str) -> str:
        """The two members of a row about a pair; empty where there is no such row."""
        entry = next(iter(self.book.entries(ident)), None)
        return self.names(read_pair(entry.method)) if entry else ""

    def column(
        self, key: str, unit: str = "", *, numeric: bool = False, wide: bool = False
    ) -> Column:
        return Column(self.head(key), unit, numeric, wide)

    def code(self, listed: str, code: object) -> str:
        """The name of a code; the code itself where the list lacks it."""
        found = self.data.catalog.codes.get(listed, {}).get(str(code))
        return found.get(self.language) if found else str(code or "")

    def text(self, row: Mapping[str, Any], column: str) -> str:
        """The text of a register in the reader's language, else as it was typed."""
        for key in (f"{column}_{self.language}", column, f"{column}_ky"):
            value = row.get(key)
            if isinstance(value, str) and value:
                return value
        return ""

    def best_text(self, rows: Iterable[Mapping[str, Any]], column: str) -> str:
        """The text of rows that say the same: in the reader's language where one of them has it."""
        told = [(self.text(row, column), str(row.get(column) or "")) for row in rows]
        return next((text for text, own in told if text != own), told[0][0] if told else "")

    def day(self, text: object) -> str:
        """A date as the language prints it; a gap where there is none."""
        try:
            return format_date(date.fromisoformat(str(text)), self.language, "plain")
        except ValueError:
            return GAP

    def of_total(self, have: int, template: str) -> str:
        """«7 of 8» in the words of the language; Kyrgyz gives both numbers their endings."""
        total = self.data.roll.total
        if self.language != "ky":
            return template.format(have=have, of=total, of_gen=total)
        return template.format(
            have=inflect(str(have), "nom", possessive=True),
            of=total,
            of_gen=inflect(str(total), "gen"),
        )

    def coverage(self, units: Iterable[str]) -> str:
        """«7 of 8 municipalities; missing: …», or an empty text where nobody is missing."""
        roll = self.data.roll
        given = set(units)
        if roll.is_whole(given):
            return ""
        text = str(self.words["coverage"]).format(have=len(given), of=roll.total)
        absent = roll.absent(given)
        if absent:
            text += " " + str(self.words["absent"]).format(names=self.names(absent))
        if roll.nameless:
            text += " " + str(self.words["nameless"]).format(count=roll.nameless)
        return text

    def share(self, units: Iterable[str]) -> str:
        """«(7/8)» for a caption; empty where nobody is missing."""
        given = set(units)
        if self.data.roll.is_whole(given):
            return ""
        return self.of_total(len(given), str(self.words["share"]))

    def absent(self, missing: Iterable[str]) -> str:
        """«Missing: A and B», in short."""
        names = self.names(missing)
        return str(self.words["absent"]).format(names=names) if names else ""

    def some(self, units: Sequence[str], most: int) -> str:
        """The first few names and how many more there are; one more is named too."""
        if len(units) <= most + 1:
            return self.names(units)
        more = str(self.words["and_more"]).format(n=len(units) - most)
        return f"{', '.join(self.name(unit) for unit in units[:most])} {more}"


def bind_words(text: str) -> str:
    """A short text that stands on one line of its column.

    >>> bind_words("a b")
    'a\xa0b'
    """
    return text.replace(" ", "\u00a0")
