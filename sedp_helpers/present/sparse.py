"""A table with more holes than cells is told as a list: what is known, what is missing and where
to get it. Nothing that is known is lost on the way."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from sedp_helpers.blocks import (
    Block,
    Box,
    Cell,
    Fold,
    Heading,
    Listing,
    Paragraph,
    Span,
    Table,
    is_band,
)
from sedp_helpers.present.hidden import ABSENT

Row = tuple[Cell, ...]
Item = tuple[Span, ...]
UNASKED = ("M", "Q")  # cannot exist; hidden on purpose: neither is a hole


def list_sparse(blocks: Iterable[Block], labels: Mapping[str, Any]) -> list[Block]:
    """The blocks, each table with more than half its cells missing as a list, folds and boxes too.
    """
    found: list[Block] = []
    for block in blocks:
        if isinstance(block, Table) and is_sparse(block):
            found += _tell(block, labels)
        elif isinstance(block, Fold | Box):
            inner = [one for one in list_sparse(block.blocks, labels)
                     if not (isinstance(one, Heading) and one.text == block.title)]
            found.append(replace(block, blocks=tuple(inner)))
        else:
            found.append(block)
    return found


def drop_repeated(blocks: Iterable[Block]) -> list[Block]:
    """The blocks without a heading that the title right under it says again."""
    kept: list[Block] = []
    for block in blocks:
        above = kept[-1].text if kept and isinstance(kept[-1], Heading) else None
        if above is not None and isinstance(block, Table) and block.caption == above:
            kept.pop()
        if above is None or not isinstance(block, Heading) or block.text != above:
            kept.append(block)
    return kept


def is_sparse(table: Table) -> bool:
    """Whether more than half of the cells beside the names of the rows are missing."""
    cells = [cell for row in table.rows if not is_band(row) for cell in _beside(row)]
    return 2 * sum(map(_absent, cells)) > len(cells)


def _absent(cell: Cell) -> bool:
    return cell.text == ABSENT and cell.status not in UNASKED


def _named(row: Row) -> int:
    """Where the row says what it is about: its first cell that holds something."""
    return next((at for at, cell in enumerate(row) if cell.text and not _absent(cell)), 0)


def _beside(row: Row) -> list[Cell]:
    named = _named(row)
    return [cell for at, cell in enumerate(row) if at != named]


def _tell(table: Table, labels: Mapping[str, Any]) -> list[Block]:
    blocks: list[Block] = []
    if table.caption:
        blocks.append(Heading(3, table.caption, table.anchor))
    blocks += _tell_known(table)
    missing = tuple(_list_missing(table))
    blocks.append(Box((Listing(missing),), "missing", labels["missing"]))
    return [*blocks, *(Paragraph((Span(note),), role="note") for note in table.notes)]


def _tell_known(table: Table) -> list[Block]:
    """A line a row with what it holds, the bands as small headings over their rows."""
    blocks: list[Block] = []
    lines: list[Item] = []
    for row in table.rows:
        if is_band(row):
            blocks += [Listing(tuple(lines))] * bool(lines)
            lines = []
            blocks.append(Paragraph((Span(row[0].text, style="strong"),)))
        elif line := _tell_row(table, row):
            lines.append(line)
    return [*blocks, *[Listing(tuple(lines))] * bool(lines)]


def _tell_row(table: Table, row: Row) -> Item:
    """«Name — head: figure; head: figure»; in a table of two columns the value alone; a row that
    holds nothing but a name that its column explains stands as the name."""
    named = _named(row)
    known = [(table.columns[at].title, cell) for at, cell in enumerate(row)
             if at != named and cell.text and not _absent(cell)]
    if not known and len(row) == 2:
        return ()
    spans = [_span(row[named])]
    for head, cell in known:
        spans += [Span("; " if len(spans) > 1 else " — "),
                  *([Span(f"{head}: ")] if len(row) > 2 else []), _span(cell)]
    return tuple(spans)


def _span(cell: Cell) -> Span:
    return Span(cell.text, cell.value, cell.key)


def _list_missing(table: Table) -> Iterable[Item]:
    """What all rows miss once, by its column; rows with the same holes and source together."""
    rows = [row for row in table.rows if not is_band(row)]
    given = table.whence or ("",)
    sources = given if len(given) == len(rows) else given * len(rows)
    everywhere = _empty_columns(rows) if len(rows) > 1 and len(set(sources)) == 1 else []
    if everywhere:
        yield _line(", ".join(table.columns[at].title for at in everywhere), sources[0])
    alike: dict[tuple[str, str], list[str]] = {}
    for row, source in zip(rows, sources, strict=False):
        heads = [table.columns[at].title for at, cell in enumerate(row)
                 if _absent(cell) and at not in everywhere and at != _named(row)]
        if heads:
            told = ", ".join(heads) if len(row) > 2 else ""
            alike.setdefault((told, source), []).append(row[_named(row)].text)
    for (told, source), names in alike.items():
        yield _line(": ".join(filter(None, (told, "; ".join(names)))), source)


def _empty_columns(rows: Sequence[Row]) -> list[int]:
    return [at for at in range(len(rows[0])) if all(_absent(row[at]) for row in rows)]


def _line(text: str, source: str) -> Item:
    return (Span(f"{text} — {source}" if source else text),)
