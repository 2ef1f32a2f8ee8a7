"""Blocks as plain HTML for the notebook on the screen. The report has its own template."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape

from sedp_helpers.blocks import Block, Box, Figure, Fold, Heading, Listing, Paragraph, Span, Table


def write_screen(blocks: Iterable[Block]) -> str:
    """HTML of blocks; text from data is only ever text."""
    return "\n".join(_write(block) for block in blocks)


def write_plain(blocks: Iterable[Block]) -> str:
    """The words of blocks without any markup."""
    return "\n".join(filter(None, (_plain(block) for block in blocks)))


def _write(block: Block) -> str:
    if isinstance(block, Heading):
        level = block.level + 1
        return f"<h{level}>{escape(' '.join(filter(None, (block.number, block.text))))}</h{level}>"
    if isinstance(block, Paragraph):
        return f"<p>{_spans(block.spans)}</p>"
    if isinstance(block, Listing):
        tag = "ol" if block.ordered else "ul"
        items = "".join(f"<li>{_spans(item)}</li>" for item in block.items)
        return f"<{tag}>{items}</{tag}>"
    if isinstance(block, Table):
        return _table(block)
    if isinstance(block, Figure):
        return f"<p><em>{escape(block.caption)}</em></p>"
    if isinstance(block, (Fold, Box)):
        title = f"<p><strong>{escape(block.title)}</strong></p>" if block.title else ""
        return title + write_screen(block.blocks)
    return ""


def _spans(spans: Iterable[Span]) -> str:
    return "".join(
        f'<data value="{span.value!r}">{escape(span.text)}</data>'
        if span.key
        else escape(span.text)
        for span in spans
    )


def _table(table: Table) -> str:
    kinds = ["" if column.numeric else " class='words'" for column in table.columns]
    heads = "".join(
        f"<th scope='col'{kind}>{escape(', '.join(filter(None, (c.title, c.unit))))}</th>"
        for kind, c in zip(kinds, table.columns, strict=True)
    )
    rows = "".join(
        "<tr>" + "".join(f"<td{kind}>{escape(cell.text)}</td>"
                         for kind, cell in zip(kinds, row)) + "</tr>"
        for row in table.rows
    )
    caption = f"<caption>{escape(table.caption)}</caption>" if table.caption else ""
    return f"<table>{caption}<thead><tr>{heads}</tr></thead><tbody>{rows}</tbody></table>"


def _plain(block: Block) -> str:
    if isinstance(block, Heading):
        return block.text
    if isinstance(block, Paragraph):
        return "".join(span.text for span in block.spans)
    if isinstance(block, Listing):
        return "\n".join("- " + "".join(s.text for s in item) for item in block.items)
    if isinstance(block, Table):
        return "\n".join("\t".join(cell.text for cell in row) for row in block.rows)
    if isinstance(block, Figure):
        return block.caption
    if isinstance(block, (Fold, Box)):
        return write_plain(block.blocks)
    return ""
