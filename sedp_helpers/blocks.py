"""What a report is made of: the one document model behind HTML, PDF, DOCX and XLSX.

Notebooks produce blocks, executed notebooks carry them as JSON, exporters draw them; so two
layouts cannot drift apart. A printed figure is a Span with its full value and its result key
(``result|year|sex|age|village|item|method``); plain text has neither. Nothing here computes or
formats, and text from data is only ever text: no exporter may read markup in it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, is_dataclass
from typing import Any

MIME = "application/vnd.sedp.block.v1+json"


@dataclass(frozen=True)
class Span:
    """A piece of running text; with ``key`` it is a printed number of results.csv."""

    text: str
    value: float | None = None
    key: str = ""
    style: str = ""  # "", "strong", "em"


@dataclass(frozen=True)
class Heading:
    level: int  # 1 = section title, 2, 3
    text: str
    anchor: str = ""
    number: str = ""  # "2" for section 2; printed before the text
    kind: str = field(default="heading", init=False)


@dataclass(frozen=True)
class Paragraph:
    """role: finding · text · question · answer · missing · caveat · note · warning · source."""

    spans: tuple[Span, ...]
    role: str = "text"
    rule: str = ""  # id of the sentence rule that chose the text
    goes_on: bool = False  # speaks of what the sentence before it names: the two are never parted
    kind: str = field(default="paragraph", init=False)


@dataclass(frozen=True)
class Listing:
    items: tuple[tuple[Span, ...], ...]
    ordered: bool = False
    role: str = "text"
    kind: str = field(default="listing", init=False)


@dataclass(frozen=True)
class Column:
    title: str
    unit: str = ""
    numeric: bool = False
    wide: bool = False  # text that may wrap over several lines


@dataclass(frozen=True)
class Cell:
    """text as printed; value at full precision for XLSX; key where it is a result."""

    text: str
    value: float | None = None
    key: str = ""
    status: str = ""
    decimals: int = 0
    style: str = ""  # "", "total", "muted"; "band" in the first cell: it stands over its whole row


def make_band(text: str, columns: int) -> tuple[Cell, ...]:
    """A row that heads the rows below it: one text over all columns."""
    return (Cell(text, style="band"), *[Cell("")] * (columns - 1))


def is_band(row: Sequence[Cell]) -> bool:
    return bool(row) and row[0].style == "band"


@dataclass(frozen=True)
class Table:
    caption: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]
    anchor: str = ""
    source: str = ""
    notes: tuple[str, ...] = ()
    whence: tuple[str, ...] = ()  # where to get what is missing: once, or a text for each row
    number: int = 0  # set when the report is assembled
    kind: str = field(default="table", init=False)


@dataclass(frozen=True)
class Figure:
    """``spec`` is a plotly figure as plain JSON; ``data`` is the table behind it (for XLSX,
    for readers who do not see, and for machines without a renderer)."""

    caption: str  # the finding, as the title of the figure
    alt: str
    spec: dict[str, Any]
    data: Table
    anchor: str = ""
    source: str = ""
    number: int = 0
    width: int = 720
    height: int = 380
    told: tuple[Span, ...] = ()  # the caption with its figures marked; empty = plain caption
    kind: str = field(default="figure", init=False)


@dataclass(frozen=True)
class Fold:
    """Blocks that a screen shows folded and paper leaves to the annex."""

    title: str
    blocks: tuple[Any, ...]
    kind: str = field(default="fold", init=False)


@dataclass(frozen=True)
class Box:
    """A framed group: role summary · missing · note · sample · approval."""

    blocks: tuple[Any, ...]
    role: str = "note"
    title: str = ""
    kind: str = field(default="box", init=False)


@dataclass(frozen=True)
class PageBreak:
    kind: str = field(default="page_break", init=False)


Block = Heading | Paragraph | Listing | Table | Figure | Fold | Box | PageBreak
_KINDS = {
    "heading": Heading,
    "paragraph": Paragraph,
    "listing": Listing,
    "table": Table,
    "figure": Figure,
    "fold": Fold,
    "box": Box,
    "page_break": PageBreak,
}


@dataclass(frozen=True)
class Document:
    """A whole report: ``meta`` holds title, subtitle, language, municipality, marks (draft,
    sample), dates; ``sections`` are (section id, title, blocks) in order."""

    meta: dict[str, Any]
    sections: tuple[tuple[str, str, tuple[Block, ...]], ...]


def dump_block(block: Any) -> dict[str, Any]:
    """A block as plain JSON data; what is plain already (the specification of a figure) is not
    copied."""
    return {name: _dump(getattr(block, name)) for name in block.__dataclass_fields__}


def _dump(value: Any) -> Any:
    if type(value) in _PLAIN:
        return value
    if isinstance(value, tuple):
        return [_dump(part) for part in value]
    return dump_block(value) if is_dataclass(value) else value


_PLAIN = (str, float, int, bool, type(None))


def load_block(data: dict[str, Any]) -> Block:
    """The block that ``dump_block`` wrote."""
    fields = dict(data)
    kind = fields.pop("kind")
    if kind == "paragraph":
        fields["spans"] = _spans(fields["spans"])
    elif kind == "listing":
        fields["items"] = tuple(_spans(item) for item in fields["items"])
    elif kind == "table":
        fields["columns"] = tuple(Column(**column) for column in fields["columns"])
        fields["rows"] = tuple(tuple(Cell(**cell) for cell in row) for row in fields["rows"])
        fields["notes"] = tuple(fields["notes"])
        fields["whence"] = tuple(fields.get("whence", ()))
    elif kind == "figure":
        fields["data"] = load_block(fields["data"])
        fields["told"] = _spans(fields.get("told", ()))
    elif kind in ("fold", "box"):
        fields["blocks"] = tuple(load_block(inner) for inner in fields["blocks"])
    return _KINDS[kind](**fields)


def _spans(raw: list[dict[str, Any]]) -> tuple[Span, ...]:
    return tuple(Span(**span) for span in raw)


def result_key(
    result: str,
    year: object = "",
    sex: str = "",
    age: str = "",
    village: str = "",
    item: str = "",
    method: str = "",
) -> str:
    """The key of a row of results.csv as one text.

    >>> result_key("population.total", 2024, method="observed")
    'population.total|2024|||||observed'
    """
    return "|".join((result, str(year), sex, age, village, item, method))
