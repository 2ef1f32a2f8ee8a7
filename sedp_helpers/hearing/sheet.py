"""Papers to hand out: black and grey A4 sheets, each held to one page, and the notice.

The blocks are those of the report, written by its Typst writer; only the look is another
(``templates/sheet.typ``). No picture of a browser is needed here.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import typst

from sedp_helpers.blocks import Block, Cell
from sedp_helpers.errors import OutputError
from sedp_helpers.publish.fonts import FONTS
from sedp_helpers.publish.glyphs import list_characters
from sedp_helpers.publish.numbering import find_marks, read_stamp
from sedp_helpers.publish.pdf import STANDARDS
from sedp_helpers.publish.typst_source import TypstSource, make_array

TEMPLATE = Path(__file__).parent / "templates" / "sheet.typ"
IMPORT = '#import "sheet.typ": *\n'
A4 = {"width": "210mm", "height": "297mm", "margin": "18mm", "scale": "1"}
PHONE = {"width": "108mm", "height": "135mm", "margin": "7mm", "scale": "0.56"}
PHONE_PPI = 254.0  # 1080 × 1350 pixels


@dataclass(frozen=True)
class Coins:
    """Shares of a hundred as rows of coins: (name, share, whole coins)."""

    rows: tuple[tuple[str, Cell, int], ...]
    kind: str = field(default="coins", init=False)


@dataclass(frozen=True)
class Tiles:
    """A few large numbers: (name, number)."""

    entries: tuple[tuple[str, Cell], ...]
    kind: str = field(default="tiles", init=False)


@dataclass(frozen=True)
class Blank:
    """A table to be filled in by hand: rows of ``height`` mm, with what is known in print."""

    heads: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    wide: int = 0  # the column that gets most room
    height: int = 10
    kind: str = field(default="blank", init=False)


Piece = Block | Coins | Tiles | Blank


@dataclass(frozen=True)
class Page:
    """One sheet; ``ask`` leaves ruled lines under it, ``long`` may run over several pages."""

    title: str
    subtitle: str
    blocks: tuple[Piece, ...]
    ask: str = ""
    long: bool = False


class SheetSource(TypstSource):
    """Writes pages in the look of ``sheet.typ``."""

    few_pages = True

    def write_pages(self, pages: Sequence[Page], meta: Mapping[str, Any]) -> str:
        marks = self.quote_all(text for _, text in find_marks(meta, self.words))
        head = (f"#show: papers.with(title: {self.quote(pages[0].title)}, "
                f"language: {self.quote(meta['language'])}, marks: {marks})\n")
        return IMPORT + head + "\n".join(map(self._write_page, pages))

    def _write_page(self, page: Page) -> str:
        pieces = make_array(self._write_block(block) for block in page.blocks)
        start = f"{self.quote(page.title)}, {self.quote(page.subtitle)}, {pieces}"
        return f"#long-sheet({start})" if page.long else f"#sheet({start}, {self.quote(page.ask)})"

    def _write_block(self, block: Any, run: Sequence[Any] = ()) -> str:
        if isinstance(block, Coins):
            piles = (f"({self.quote(name)}, {self.quote(cell.text)}, {count})"
                     for name, cell, count in block.rows)
            return f"coins({make_array(piles)})"
        if isinstance(block, Tiles):
            pairs = (self.quote_all((name, cell.text)) for name, cell in block.entries)
            return f"tiles({make_array(pairs)})"
        if isinstance(block, Blank):
            rows = make_array(map(self.quote_all, block.rows))
            return (f"blank({self.quote_all(block.heads)}, {rows}, {block.wide}, "
                    f"{block.height}mm)")
        return super()._write_block(block, run)


def render_pages(pages: Sequence[Page], words: Mapping[str, str], meta: Mapping[str, Any]) -> bytes:
    """The PDF of some sheets; same pages, same bytes."""
    source = SheetSource(words, {}, list_characters(FONTS)).write_pages(pages, meta)
    return compile_source(source, meta, format="pdf", pdf_standards=STANDARDS)


def render_notice(texts: Mapping[str, Any], words: Mapping[str, str], meta: Mapping[str, Any],
                  *, phone: bool = False) -> bytes:
    """The notice as an A4 poster (PDF) or as a card for phones (PNG).

    ``texts``: call, name, title, lines (label, text), closing, foot.
    """
    writer = SheetSource(words, {}, list_characters(FONTS))
    fields = [f"{name}: {writer.quote(texts[name])}" for name in ("call", "name", "title", "foot")]
    fields += [f"lines: {make_array(map(writer.quote_all, texts['lines']))}",
               f"closing: {writer.quote_all(texts['closing'])}",
               f"language: {writer.quote(meta['language'])}"]
    fields += [f"{name}: {value}" for name, value in (PHONE if phone else A4).items()]
    source = f"{IMPORT}#notice({', '.join(fields)})\n"
    if phone:
        return compile_source(source, meta, format="png", ppi=PHONE_PPI)
    return compile_source(source, meta, format="pdf", pdf_standards=STANDARDS)


def compile_source(source: str, meta: Mapping[str, Any], **options: Any) -> bytes:
    files: Any = {"main.typ": source.encode("utf-8"), "sheet.typ": TEMPLATE.read_bytes()}
    try:
        made = typst.compile(
            files, font_paths=[str(FONTS)], ignore_system_fonts=True,
            timestamp=int(read_stamp(dict(meta)).timestamp()), **options,
        )
    except typst.TypstError as error:
        raise OutputError(f"the paper could not be set: {error}", key="pdf_failed") from error
    return made if isinstance(made, bytes) else made[0]
