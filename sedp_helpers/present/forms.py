"""Forms and other fixed tables: a layout of the catalogue filled with results.

A layout (``catalog/forms/<name>.yml``) says which references stand in which cell; an official annex
replaces ours as one file, without code. Nothing is computed here.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from sedp_helpers.blocks import Cell, Column, Table
from sedp_helpers.errors import CatalogueError
from sedp_helpers.models import LANGUAGES
from sedp_helpers.present.book import Entry, Wanted
from sedp_helpers.present.gaps import tell_needs
from sedp_helpers.present.narrative import read_reference
from sedp_helpers.present.pictures.base import Viewer
from sedp_helpers.present.sparse import is_sparse

ABSENT = "…"


@dataclass(frozen=True)
class Form:
    """A layout in one language for one book; ``names`` are names of items that no code list has."""

    layout: Mapping[str, Any]
    viewer: Viewer
    names: Mapping[str, str] = field(default_factory=dict)

    def text(self, words: Any) -> str:
        """A text of the layout in the reader's language."""
        if not isinstance(words, Mapping) or not set(LANGUAGES) <= set(words):
            raise CatalogueError(f"a text of a form needs ky, ru and en: {words!r}")
        return str(words[self.viewer.wording.language])

    @property
    def title(self) -> str:
        return self.text(self.layout["title"])

    @property
    def status(self) -> str:
        """Whose layout this is and its version; never an official annex unless it says so."""
        return self.text(self.layout["status"]).format(version=self.layout["version"])

    def table(self) -> Table | None:
        """The filled form; None where not one figure is known."""
        columns = list(self._columns())
        rows = [row for block in self.layout["rows"] for row in self._rows(block, columns)]
        if not any(cell.value is not None for row in rows for cell in row):
            return None
        heads = [Column(self.text(self.layout["head"]), wide=True)]
        unit = self.viewer.wording.unit
        heads += [Column(title, unit(code), numeric=True) for _, _, title, code in columns]
        needs = [
            tell_needs(self.viewer, self._lacking(block, item, columns))
            for block in self.layout["rows"]
            for item in self._rows_of(block)
        ]
        table = Table(self.title, tuple(heads), tuple(rows), notes=(self.status,))
        if is_sparse(table):
            return replace(table, whence=tuple(needs))
        label = str(self.viewer.wording.furniture["labels"]["not_computed"])
        notes = [
            label.format(row=row[0].text, needs=need)
            for row, need in zip(rows, needs, strict=True)
            if need
        ]
        return replace(table, notes=(self.status, *notes))

    def _lacking(self, block: Mapping[str, Any], item: str, columns: list) -> list[str]:
        """What the dots of a row are waiting for."""
        found: dict[str, None] = {}
        for key, year, _, _ in columns:
            entry = self._find(block.get("cells", {}).get(key), item, year)
            if entry is not None and not entry.known:
                found |= dict.fromkeys(filter(None, entry.missing.split(";")))
        return list(found)

    def _columns(self) -> Iterator[tuple[str, int, str, str]]:
        """Key, year, title and unit of every column; ``years: ahead`` makes one a forecast year."""
        book = self.viewer.book
        for key, column in self.layout["columns"].items():
            ahead = column.get("years") == "ahead"
            years = range(book.base_year + 1, book.last_year + 1) if ahead else [book.base_year]
            for year in years:
                title = self.text(column["title"]).format(year=year)
                yield key, year, title, column.get("unit", "som")

    def _rows(self, block: Mapping[str, Any], columns: list) -> Iterator[tuple[Cell, ...]]:
        if "each" not in block:
            name = self.text(block["title"])
            yield self._row(name, "", block, columns, style=block.get("style", ""))
            return
        for item in self._rows_of(block):
            printed = self.names.get(item) or self.viewer.wording.item_name(
                read_reference(block["each"], {}).id, item
            )
            yield self._row(printed, item, block, columns)

    def _rows_of(self, block: Mapping[str, Any]) -> list[str]:
        """The items that a block has a row for; a block without items has one row."""
        if "each" not in block:
            return [""]
        skipped = block.get("skip", ())
        return [item for item in self._items(block["each"]) if item not in skipped]

    def _row(
        self, name: str, item: str, block: Mapping[str, Any], columns: list, *, style: str = ""
    ) -> tuple[Cell, ...]:
        cells = (
            self._cell(block.get("cells", {}).get(key), item, year) for key, year, _, _ in columns
        )
        return (Cell(name, style=style), *cells)

    def _cell(self, text: str | None, item: str, year: int) -> Cell:
        """An empty cell where the layout has none, dots where the figure is missing."""
        if text is None:
            return Cell("")
        entry = self._find(text, item, year)
        if entry is None or not entry.known:
            return Cell(ABSENT, status=entry.status if entry else "O", style="muted")
        return self.viewer.cell(entry)

    def _find(self, text: str | None, item: str, year: int) -> Entry | None:
        if text is None:
            return None
        wanted = read_reference(text, {"item": item})
        when = wanted.when if wanted.when == "plan" else str(year)
        return self.viewer.book.find(Wanted(wanted.id, wanted.dims, wanted.method, when))

    def _items(self, text: str) -> list[str]:
        """Items of a result in the order of their code list, else as they came."""
        wanted = read_reference(text, {})
        entries = self.viewer.book.entries(wanted.id, method=wanted.method, item=None)
        items = list(dict.fromkeys(e.item for e in entries if e.item))
        spec = self.viewer.wording.catalog.indicators.get(wanted.id)
        order = list(self.viewer.wording.catalog.codes.get(spec.items, {})) if spec else []
        return sorted(items, key=lambda i: order.index(i) if i in order else len(order))
