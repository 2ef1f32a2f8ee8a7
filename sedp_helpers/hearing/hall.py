"""What every paper for the hearing needs: registers, results and words of one municipality.

Opens the same figures as the report does; every number a paper prints comes from here as a span
with the key of its result. Nothing is computed, nothing is written.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

from sedp_helpers.blocks import Cell, Paragraph, Span
from sedp_helpers.catalog.load import load_catalog
from sedp_helpers.desk import Desk, override, read_place
from sedp_helpers.intake.store import Store
from sedp_helpers.language import Amount, begin_line, fill
from sedp_helpers.meta import make_meta
from sedp_helpers.models import Municipality
from sedp_helpers.paths import Workspace
from sedp_helpers.prepare import prepare, recompute
from sedp_helpers.present.book import Entry, ResultBook
from sedp_helpers.present.records import Files
from sedp_helpers.process.cells import Record, day_of, number_of, text_of
from sedp_helpers.publish.manifest import build_time
from sedp_helpers.section import Section

Spans = tuple[Span, ...]


@dataclass(frozen=True)
class Hall:
    """One municipality and language, ready to be told to residents."""

    desk: Desk
    meta: dict[str, Any]

    # ---- words ---------------------------------------------------------------------------
    @cached_property
    def words(self) -> dict[str, Any]:
        return self.desk.catalog.words("hearing", self.language)

    @property
    def language(self) -> str:
        return self.desk.language

    @property
    def place(self) -> Municipality:
        return self.desk.municipality

    @property
    def place_name(self) -> str:
        """«Мантыш айыл аймагы»."""
        return str(self.meta["municipality"])

    @property
    def place_title(self) -> str:
        """The same at the beginning of a line: «Айылный аймак …» in Russian."""
        return begin_line(self.place_name)

    @property
    def years(self) -> tuple[int, int]:
        """First and last year of the programme."""
        return self.place.plan_years.start, self.place.plan_years.end

    def village_name(self, ident: str) -> str:
        """«Мантыш айылы»; the id where nobody has named it."""
        generic = self.desk.furniture["generic"]["village"]
        return str(generic.format(name=self.desk.wording.villages.get(ident, ident)))

    def say(self, template: str, **values: object) -> Spans:
        """A template of hearing.yml with its figures marked."""
        common: dict[str, object] = {
            "place": self.place_name, "years": self.years,
            "office": self.words["office"][self.place.type],
            "council": self.words["council"][self.place.type],
            "kind": self.desk.furniture["generic"][f"{self.place.type}_alone"],
        }
        return tuple(fill(template, {**common, **values}, self.language))

    def tell(self, template: str, **values: object) -> str:
        """The same as plain text."""
        return "".join(span.text for span in self.say(template, **values))

    # ---- results -------------------------------------------------------------------------
    @cached_property
    def section(self) -> Section:
        return Section("plan", self.desk)

    @cached_property
    def files(self) -> Files:
        words = self.desk.catalog.words("programme", self.language)
        return Files(self.section.viewer, self.desk.registers, words)

    @property
    def book(self) -> ResultBook:
        return self.section.book

    def find(self, ident: str, **dims: str) -> Entry | None:
        """The latest known figure up to the base year, else the one without a year."""
        series = self.book.series(ident, until=self.book.base_year, **dims)
        whole = [e for e in self.book.entries(ident, **dims) if e.year is None and e.known]
        found = series or whole
        return found[-1] if found else None

    def amount(self, entry: Entry) -> Amount:
        return Amount(entry.value, entry.unit, self.desk.wording.decimals(entry.result), entry.key)

    def money(self, ident: str, item: str) -> Cell:
        """A sum of a measure as «10,5 млн сом» with its key; the mark of missing otherwise."""
        entry = self.files.entry(ident, item)
        if entry is None or not entry.known:
            return Cell(self.words["dash"], style="muted")
        return Cell(self.desk.wording.amount(entry), entry.value, entry.key, entry.status)

    # ---- records -------------------------------------------------------------------------
    def rows(self, register: str) -> list[dict[str, Any]]:
        return self.files.rows(register)

    def text(self, record: Record, column: str) -> str:
        return self.files.text(record, column)

    @property
    def villages(self) -> list[str]:
        return [text_of(one, "id") for one in self.rows("villages")]

    def register_name(self, name: str) -> str:
        return self.desk.catalog.registers[name].name.get(self.language)

    def column_name(self, register: str, column: str) -> str:
        columns = self.desk.catalog.registers[register].columns
        return next(one.name.get(self.language) for one in columns if one.id == column)

    @cached_property
    def hearing(self) -> dict[str, Any] | None:
        """The next hearing of the drafting year, else the latest; None where none is known."""
        found = [one for one in self.rows("events") if one.get("kind") == "hearing"]
        of_year = [one for one in found if text_of(one, "date")[:4] == str(self.place.drafting)]
        dated = sorted(of_year or found, key=lambda one: text_of(one, "date"))
        undated = [one for one in found if not text_of(one, "date")]
        if undated and not of_year:
            return undated[-1]
        coming = [one for one in dated if text_of(one, "date") >= (self.place.as_of or "9999")]
        chosen = coming[:1] or dated[-1:]
        return chosen[0] if chosen else None

    @cached_property
    def proposals(self) -> list[dict[str, Any]]:
        """Proposals of the drafting year and undated ones; where there are none, all."""
        found = self.rows("proposals")
        mine = [one for one in found
                if text_of(one, "date")[:4] in ("", str(self.place.drafting))]
        return mine or found

    @cached_property
    def problems(self) -> list[dict[str, Any]]:
        """Problems by votes, most first; those without votes last."""
        return sorted(self.rows("problems"), key=lambda one: -(number_of(one, "votes") or 0))

    @cached_property
    def measures(self) -> list[dict[str, Any]]:
        """Measures by cost, largest first; those without cost last."""
        return sorted(self.rows("plan"), key=lambda one: -(number_of(one, "cost") or 0))

    def when(self, measure: Record) -> str:
        """«2026–2027» or two days; the mark of missing where neither is given."""
        ends = [self.files.day(measure.get(name)) for name in ("start", "end")]
        known = list(dict.fromkeys(end for end in ends if end))
        dash = "–" if all(len(end) == 4 for end in known) else " – "
        return dash.join(known) or str(self.words["dash"])


def open_hall(
    workspace: Workspace, ident: str, language: str, *, base_year: int = 0, horizon: int = 0,
    level: str = "",
) -> Hall:
    """The hall of a municipality, prepared first where that is due."""
    prepare(workspace, ident)
    catalog, store = load_catalog(), Store(workspace)
    stored = read_place(store, ident)
    place = override(stored, base_year, horizon, level)
    results = (store.read(ident, "results") if place == stored
               else recompute(workspace, place, ident, catalog))
    desk = Desk(catalog, place, language, results, store.read(ident, "findings"),
                store.read_registers(ident, catalog.registers), {})
    return Hall(desk, make_meta(catalog, place, language, build_time()))


def mark_text(text: str, role: str = "text") -> Paragraph:
    return Paragraph((Span(text),), role)


def join_text(spans: Iterable[Span]) -> str:
    return "".join(span.text for span in spans)


def date_of(record: Record | None) -> date | None:
    """The day of a hearing; None without a hearing or without a day."""
    return day_of(record, "date") if record is not None else None
