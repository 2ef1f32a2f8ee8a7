"""The blocks of an executed notebook, those that an expert added in plain cells too.

Reads outputs only: nothing is executed, and text found here stays text.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import mistune
from bs4 import BeautifulSoup

from sedp_helpers.blocks import (
    MIME,
    Block,
    Cell,
    Column,
    Figure,
    Heading,
    Listing,
    Paragraph,
    Span,
    Table,
    load_block,
)

PLOTLY = "application/vnd.plotly.v1+json"
SKIPPED = {"parameters", "injected-parameters", "setup", "guide", "exercise", "solution"}
_markdown = mistune.create_markdown(renderer="ast")


def collect_blocks(notebook: Mapping[str, Any]) -> list[Block]:
    """Blocks in the order of the cells; cells that teach or prepare are left out."""
    return [block for cell in notebook["cells"] for block in _read_cell(cell)]


def _read_cell(cell: Mapping[str, Any]) -> Iterator[Block]:
    if SKIPPED & set(cell.get("metadata", {}).get("tags") or ()):
        return
    if cell["cell_type"] == "markdown":
        yield from read_markdown(_join(cell["source"]))
    for output in cell.get("outputs") or ():
        yield from _read_output(output.get("data") or {})


def _read_output(data: Mapping[str, Any]) -> Iterator[Block]:
    """The richest form that paper can hold; an output without one says nothing."""
    if MIME in data:
        raw = data[MIME]
        raw = json.loads(raw) if isinstance(raw, str) else raw
        yield from (load_block(item) for item in (raw if isinstance(raw, list) else [raw]))
    elif PLOTLY in data:
        yield read_plotly(data[PLOTLY])
    elif "text/html" in data:
        yield from read_tables(_join(data["text/html"]))
    elif "text/markdown" in data:
        yield from read_markdown(_join(data["text/markdown"]))


def _join(source: str | Sequence[str]) -> str:
    return source if isinstance(source, str) else "".join(source)


# ---- markdown ----------------------------------------------------------------------------
def read_markdown(text: str) -> Iterator[Block]:
    """Headings, paragraphs and lists of a Markdown text; raw HTML in it is printed as text.

    >>> [block.kind for block in read_markdown("## A\\n\\nb **c**\\n\\n- d")]
    ['heading', 'paragraph', 'listing']
    """
    nodes: Any = _markdown(text)
    for node in nodes:
        yield from _read_node(node)


def _read_node(node: Mapping[str, Any]) -> Iterator[Block]:
    kind = node["type"]
    if kind == "heading":
        spans = _read_spans(node["children"])
        yield Heading(node["attrs"]["level"], "".join(span.text for span in spans))
    elif kind == "list":
        yield Listing(tuple(_read_items(node)), ordered=node["attrs"]["ordered"])
    elif kind == "block_quote":
        for child in node["children"]:
            yield from _read_node(child)
    elif kind in ("paragraph", "block_text"):
        yield Paragraph(_read_spans(node["children"]))
    elif node.get("raw", "").strip():
        yield Paragraph((Span(node["raw"].strip()),))


def _read_items(node: Mapping[str, Any]) -> Iterator[tuple[Span, ...]]:
    """The items of a list; those of a list within a list follow their parent."""
    for item in node["children"]:
        for part in item["children"]:
            if part["type"] == "list":
                yield from _read_items(part)
            elif "children" in part:
                yield _read_spans(part["children"])


def _read_spans(nodes: Sequence[Mapping[str, Any]], style: str = "") -> tuple[Span, ...]:
    spans: list[Span] = []
    for node in nodes:
        kind = node["type"]
        if kind in ("softbreak", "linebreak"):
            spans.append(Span(" ", style=style))
        elif "children" in node:
            inner = {"strong": "strong", "emphasis": "em"}.get(kind, style)
            spans.extend(_read_spans(node["children"], inner))
        else:
            spans.append(Span(node.get("raw", ""), style=style))
    return tuple(spans)


# ---- tables ------------------------------------------------------------------------------
def read_tables(html: str) -> Iterator[Table]:
    """The tables of an HTML output, such as a data frame; all other HTML is left out."""
    for found in BeautifulSoup(html, "html.parser").find_all("table"):
        rows = [
            [cell.get_text(" ", strip=True) for cell in row.find_all(["th", "td"])]
            for row in found.find_all("tr")
        ]
        rows = [row for row in rows if row]
        if not rows:
            continue
        caption = found.find("caption")
        yield build_table(caption.get_text(" ", strip=True) if caption else "", rows[0], rows[1:])


def build_table(caption: str, heads: Sequence[str], rows: Sequence[Sequence[str]]) -> Table:
    """A table of texts; a column is numeric when all it holds are numbers."""
    width = max((len(row) for row in rows), default=len(heads))
    heads = [*heads, *[""] * (width - len(heads))]
    full = [[*row, *[""] * (len(heads) - len(row))] for row in rows]
    cells = [[_read_number(text) for text in row] for row in full]
    columns = []
    for place, title in enumerate(heads):
        texts = [row[place] for row in cells if row[place].text]
        numeric = bool(texts) and all(cell.value is not None for cell in texts) and place > 0
        columns.append(Column(title, numeric=numeric))
    return Table(caption, tuple(columns), tuple(tuple(row) for row in cells))


def _read_number(text: str) -> Cell:
    plain = text.replace("\u00a0", "").replace("\u202f", "").replace("\u2212", "-")
    plain = plain.replace(",", ".") if plain.count(",") == 1 and "." not in plain else plain
    if not plain or any(sign not in "0123456789.-eE+" for sign in plain):
        return Cell(text)
    try:
        value = float(plain)
    except ValueError:
        return Cell(text)
    return Cell(text, value, decimals=len(plain.partition(".")[2]) if "e" not in plain else 2)


# ---- figures -----------------------------------------------------------------------------
def read_plotly(spec: Mapping[str, Any]) -> Figure:
    """A plotly output as a figure; its title becomes the caption, its points the table."""
    layout = dict(spec.get("layout") or {})
    title = layout.pop("title", "") or ""
    caption = str(title.get("text") or "") if isinstance(title, Mapping) else str(title)
    traces = list(spec.get("data") or [])
    plain = {"data": traces, "layout": layout}
    return Figure(caption, caption or "plotly", plain, _tabulate_traces(traces))


def _tabulate_traces(traces: Sequence[Mapping[str, Any]]) -> Table:
    rows = [
        (str(trace.get("name") or ""), str(x), str(y))
        for trace in traces
        for x, y in zip(_list_values(trace.get("x")), _list_values(trace.get("y")))
    ]
    return build_table("", ("", "x", "y"), rows)


def _list_values(values: Any) -> list[Any]:
    """The values of a trace; arrays that plotly packed into bytes are left out."""
    return list(values) if isinstance(values, (list, tuple)) else []
