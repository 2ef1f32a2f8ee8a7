"""Figures, tables and headings get their numbers and anchors once, the same in every format.

Folded ones are counted last, so that paper, which moves them to the annex, counts without a gap.
Nothing here draws or formats a value.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from typing import Any

from sedp_helpers.blocks import (
    Block,
    Box,
    Document,
    Figure,
    Fold,
    Heading,
    Paragraph,
    Span,
    Table,
)

ANNEX = "annex"
EARLIEST = datetime(1980, 1, 1, tzinfo=UTC)


@dataclass
class _Counter:
    """What has been given out so far."""

    figures: int = 0
    tables: int = 0
    level: int = 1
    anchors: set[str] = field(default_factory=set)

    def take(self, wanted: str, fallback: str) -> str:
        """An anchor nobody else has; letters that a file name or an id cannot hold are left out."""
        base = "".join(c if (c.isalnum() and c.isascii()) or c in "-_" else "-" for c in wanted)
        base = base.strip("-") or fallback
        anchor, again = base, 2
        while anchor in self.anchors:
            anchor, again = f"{base}-{again}", again + 1
        self.anchors.add(anchor)
        return anchor


def number_document(document: Document) -> Document:
    """The document with numbered figures and tables, unique anchors and unbroken heading levels.

    A section that does not begin with its own title gets it. Numbering twice changes nothing.

    >>> table = Table("Калк", (), ())
    >>> numbered = number_document(Document({}, (("population", "Калк", (table, table)),)))
    >>> [block.number for block in numbered.sections[0][2][1:]]
    [1, 2]
    """
    counter = _Counter()
    sections = []
    for ident, title, blocks in document.sections:
        counter.level = 1
        if not (blocks and isinstance(blocks[0], Heading) and blocks[0].level == 1):
            blocks = (Heading(1, title, anchor=ident), *blocks)
        sections.append((ident, title, _number(blocks, counter)))
    full = [(ident, title, _number_folds(blocks, counter)) for ident, title, blocks in sections]
    return Document(document.meta, tuple(full))


def _number(blocks: Sequence[Block], counter: _Counter) -> tuple[Block, ...]:
    return tuple(_number_block(block, counter) for block in blocks)


def _number_folds(blocks: Sequence[Block], counter: _Counter, level: int = 1) -> tuple[Block, ...]:
    """The blocks with what is folded among them numbered; headings in a fold keep its depth."""
    full: list[Block] = []
    for block in blocks:
        if isinstance(block, Heading):
            level = block.level
        if isinstance(block, Fold):
            counter.level = level
            block = replace(block, blocks=_number(block.blocks, counter))
        if isinstance(block, (Box, Fold)):
            block = replace(block, blocks=_number_folds(block.blocks, counter, level))
        full.append(block)
    return tuple(full)


def _number_block(block: Block, counter: _Counter) -> Block:
    if isinstance(block, Heading):
        counter.level = min(block.level, counter.level + 1, 3)
        anchor = counter.take(block.anchor, f"part-{len(counter.anchors) + 1}")
        return replace(block, level=counter.level, anchor=anchor)
    if isinstance(block, Table):
        counter.tables += 1
        anchor = counter.take(block.anchor, f"table-{counter.tables}")
        return replace(block, number=counter.tables, anchor=anchor)
    if isinstance(block, Figure):
        counter.figures += 1
        anchor = counter.take(block.anchor, f"figure-{counter.figures}")
        data = replace(block.data, anchor=counter.take(f"{anchor}-data", f"{anchor}-data"))
        return replace(block, number=counter.figures, anchor=anchor, data=data)
    if isinstance(block, Box):
        return replace(block, blocks=_number(block.blocks, counter))
    return block


def arrange_paper(document: Document, words: Mapping[str, str]) -> Document:
    """The numbered document as paper shows it: folded blocks stand in annexes at the end."""
    annex: list[Block] = []
    sections = [
        (ident, title, tuple(_move_folds(blocks, annex, words)))
        for ident, title, blocks in number_document(document).sections
    ]
    if annex:
        title = words["annexes"]
        sections.append((ANNEX, title, (Heading(1, title, anchor=ANNEX), *annex)))
    return Document(document.meta, tuple(sections))


def _move_folds(
    blocks: Sequence[Block], annex: list[Block], words: Mapping[str, str]
) -> Iterator[Block]:
    for block in blocks:
        if isinstance(block, Fold):
            number = 1 + sum(isinstance(b, Heading) and b.level == 2 for b in annex)
            label = words["annex"].format(n=number)
            annex.append(Heading(2, f"{label}. {block.title}", anchor=f"{ANNEX}-{number}"))
            annex.extend(_lower_headings(block.blocks))
            pointer = words["see_annex"].format(n=number, title=block.title)
            yield Paragraph((Span(pointer),), role="note")
        elif isinstance(block, Box):
            yield replace(block, blocks=tuple(_move_folds(block.blocks, annex, words)))
        else:
            yield block


def _lower_headings(blocks: Iterable[Block]) -> Iterator[Block]:
    for block in blocks:
        if isinstance(block, Heading):
            yield replace(block, level=3)
        elif isinstance(block, Fold):
            yield Heading(3, block.title, anchor="")
            yield from _lower_headings(block.blocks)
        else:
            yield block


def walk(blocks: Sequence[Block]) -> Iterator[Block]:
    """Every block, those within boxes and folds too, in reading order."""
    for block in blocks:
        yield block
        if isinstance(block, (Box, Fold)):
            yield from walk(block.blocks)


def walk_document(document: Document) -> Iterator[Block]:
    """Every block of every section in reading order."""
    for _, _, blocks in document.sections:
        yield from walk(blocks)


def label_figure(figure: Figure, words: Mapping[str, str]) -> str:
    """«3-сүрөт.» in the words of the language; nothing for an unnumbered figure.

    >>> label_figure(Figure("", "", {}, Table("", (), ()), number=3), {"figure": "{n}-сүрөт."})
    '3-сүрөт.'
    """
    return words["figure"].format(n=figure.number) if figure.number else ""


def label_table(table: Table, words: Mapping[str, str]) -> str:
    """«3-таблица.» in the words of the language; nothing for an unnumbered table."""
    return words["table"].format(n=table.number) if table.number else ""


def title_heading(heading: Heading) -> str:
    """The heading with its number before it: «2. Калк»."""
    return f"{heading.number}. {heading.text}" if heading.number else heading.text


def title_column(title: str, unit: str) -> str:
    """A column head with its unit: «Калк, адам»."""
    return f"{title}, {unit}" if title and unit else title or unit


def find_marks(meta: Mapping[str, Any], words: Mapping[str, str]) -> list[tuple[str, str]]:
    """The marks that stand on every page: (kind, text) of draft, sample, internal.

    ``True`` takes the usual word of the language, a text is printed as it is.
    """
    found = []
    for kind in ("internal", "draft", "sample"):
        value = meta.get(kind)
        if value:
            found.append((kind, words[kind] if value is True else str(value)))
    return found


def read_stamp(meta: Mapping[str, Any]) -> datetime:
    """The time of making in the meta (ISO 8601); 1980 where none is given, never the clock."""
    text = meta.get("generated")
    if not text:
        return EARLIEST
    stamp = datetime.fromisoformat(str(text).replace("Z", "+00:00"))
    return stamp.astimezone(UTC) if stamp.tzinfo else stamp.replace(tzinfo=UTC)
