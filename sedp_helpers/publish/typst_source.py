"""The report as Typst source: every text is a quoted string, so none can be read as markup.

The look stands in ``templates/report.typ``; here blocks become calls of its functions.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from sedp_helpers.blocks import (
    Block,
    Box,
    Cell,
    Document,
    Figure,
    Heading,
    Listing,
    PageBreak,
    Paragraph,
    Span,
    Table,
    is_band,
)
from sedp_helpers.publish.beside import Afloat, Row, is_small, place_beside
from sedp_helpers.publish.columns import (
    COMPACT_SIZES,
    SIZES,
    Layout,
    break_long_words,
    count_unparted,
    fit_table,
)
from sedp_helpers.publish.filling import PageFiller, is_whole, measure_contents, measure_opening
from sedp_helpers.publish.glyphs import replace_unknown
from sedp_helpers.publish.numbering import (
    ANNEX,
    find_marks,
    label_figure,
    label_table,
    title_heading,
)
from sedp_helpers.publish.turning import part_pages

MARKS = {"strong": "strong", "em": "emph"}  # style of a span -> function of Typst
Piece = Block | Row | Afloat


class TypstSource:
    """Writes one document; ``pictures`` maps the anchor of a figure to the name of its file."""

    few_pages = False  # a paper that must fit a few pages has no room to keep tables whole
    upright = False  # no page is turned
    sizes: Sequence[float] = SIZES  # of the letters of tables

    def __init__(
        self, words: Mapping[str, str], pictures: Mapping[str, str], characters: frozenset[int]
    ) -> None:
        self.words = words
        self.pictures = pictures
        self.characters = characters
        self.led: tuple[type, ...] = (Table, Figure)  # a paragraph stays with such a block after it

    def write(self, document: Document) -> str:
        """The whole source of a document arranged for paper."""
        lines = ['#import "report.typ": *', self._write_frame(document)]
        filler = None
        if document.meta.get("floats", True):
            filler, self.led = PageFiller(measure_contents(document)), (Table,)
        for ident, _, blocks in document.sections:
            if ident == ANNEX:
                filler, self.sizes = None, COMPACT_SIZES
                lines.append("#show: annexes")
            lines += [f"#{call}" for call in self._write_blocks(blocks, filler)]
        return "\n".join(lines) + "\n"

    def quote(self, text: Any) -> str:
        """A Typst string: only the quote and the backslash mean anything within it."""
        plain = replace_unknown(str(text), self.characters)
        return '"' + plain.replace("\\", "\\\\").replace('"', '\\"') + '"'

    def quote_all(self, texts: Iterable[Any]) -> str:
        return make_array(self.quote(text) for text in texts)

    def _write_frame(self, document: Document) -> str:
        meta = document.meta
        marks = (self.quote_all(mark) for mark in find_marks(meta, self.words))
        approval = (
            f"(title: {self.quote(side['title'])}, lines: {self.quote_all(side['lines'])})"
            for side in meta.get("approval") or ()
        )
        names = ("subtitle", "municipality", "place")
        title = meta.get("title") or meta.get("municipality") or document.sections[0][1]
        fields = [f"{name}: {self.quote(meta.get(name, ''))}" for name in names]
        fields += [
            f"title: {self.quote(title)}",
            f"language: {self.quote(meta.get('language', 'ky'))}",
            f"marks: {make_array(marks)}",
            f"approval: {make_array(approval)}",
            f"contents: {self.quote(self.words['contents'])}",
            f"page-word: {self.quote(self.words['page'])}",
        ]
        return f"#show: report.with({', '.join(fields)})"

    def _write_blocks(
        self, blocks: Sequence[Block], filler: PageFiller | None = None
    ) -> Iterator[str]:
        for turned, run in [(False, blocks)] if self.upright else part_pages(blocks):
            rows = place_beside(run)
            placed = filler.fill(rows) if filler and not turned else rows
            calls = list(self._write_run(placed))
            if turned:
                yield f"turned-page({make_array(calls)})"
            else:
                yield from calls
            if filler and turned:
                filler.turn()

    def _write_run(self, blocks: Sequence[Piece]) -> Iterator[str]:
        """The calls of a run; a paragraph just before a table or a figure stays with it, a heading
        too, and no figure in its place passes one that waits for the next page."""
        for block, before, after in zip(blocks, [None, *blocks], [*blocks[1:], None]):
            headed = isinstance(before, Heading) and isinstance(block, (Row, Figure))
            leads = isinstance(block, Heading) and isinstance(after, (Row, Figure))
            if leads or (isinstance(block, (Row, Figure)) and not headed):
                yield "place.flush()"
            yield _keep(self._write_block(block, blocks), block, after, self.led)

    def _write_block(self, block: Piece, run: Sequence[Piece] = ()) -> str:
        if isinstance(block, Row):
            return self._write_row_of(block)
        if isinstance(block, Afloat):
            return self._write_afloat(block)
        if isinstance(block, Heading):
            room = f", room: {measure_opening(run):.0f}pt" if block.level == 1 else ""
            return f"title({block.level}, {self.quote(title_heading(block))}{room})"
        if isinstance(block, Paragraph):
            return f"para({self.quote(block.role)}, {self._write_spans(block.spans)})"
        if isinstance(block, Listing):
            items = make_array(self._write_spans(item) for item in block.items)
            return f"listing({'true' if block.ordered else 'false'}, {items})"
        if isinstance(block, Table):
            return self._write_table(block, label_table(block, self.words), block.caption)
        if isinstance(block, Figure):
            return self._write_figure(block)
        if isinstance(block, Box):
            inner = make_array(self._write_blocks(block.blocks))
            whole = ", whole: true" if is_whole(block) else ""
            return f"frame({self.quote(block.role)}, {self.quote(block.title)}, {inner}{whole})"
        if isinstance(block, PageBreak):
            return "pagebreak(weak: true)"
        raise TypeError(f"paper has no form for a block of kind {block.kind!r}")

    def _write_spans(self, spans: Sequence[Span]) -> str:
        return make_array(
            f"{MARKS[span.style]}({self.quote(span.text)})"
            if span.style in MARKS
            else self.quote(span.text)
            for span in spans
        )

    def _write_row_of(self, row: Row) -> str:
        """Text or a figure beside a figure; undrawn figures are tables and need the whole width."""
        pieces = [*row.left, *row.right]
        if any(isinstance(b, Figure) and b.anchor not in self.pictures for b in pieces):
            return f"{make_array(self._write_block(block) for block in pieces)}.join()"
        if not row.left:
            return self._write_figure(row.right[0], aside=True)
        sides = (make_array(self._write_block(b) for b in side) for side in (row.left, row.right))
        return f"beside({', '.join(sides)})"

    def _write_afloat(self, afloat: Afloat) -> str:
        """Figures for the next page; undrawn ones are tables, which stay in their places."""
        figures = afloat.figures
        if any(figure.anchor not in self.pictures for figure in figures):
            return f"{make_array(self._write_block(figure) for figure in figures)}.join()"
        if len(figures) > 1:
            sides = (make_array([self._write_figure(figure)]) for figure in figures)
            return f"afloat(beside({', '.join(sides)}))"
        return f"afloat({self._write_figure(figures[0], aside=is_small(figures[0]))})"

    def _write_figure(self, figure: Figure, *, aside: bool = False) -> str:
        label = label_figure(figure, self.words)
        if figure.anchor not in self.pictures:
            note = f'para("note", {self.quote_all([self.words["no_renderer"]])})'
            table = self._write_table(figure.data, label, figure.caption, figure.source)
            return f"[#{note}#{table}]"
        alt = figure.alt or figure.caption or label
        return (
            f"picture({self.quote(self.pictures[figure.anchor])}, alt: {self.quote(alt)}, "
            f"aside: {'true' if aside else 'false'}, "
            f"label: {self.quote(label)}, caption: {self.quote(figure.caption)}, "
            f"lines: {self._write_lines(figure.source, ())})"
        )

    def _write_table(self, table: Table, label: str, caption: str, source: str = "") -> str:
        if not table.columns:
            return f'para("note", {self.quote_all([caption, " ", self.words["empty_table"]])})'
        layout = fit_table(table, upright=self.upright, sizes=self.sizes)
        heads = make_array(self.quote_all((column.title, column.unit)) for column in table.columns)
        numeric = make_array("true" if column.numeric else "false" for column in table.columns)
        rows = make_array(self._write_row(row, layout) for row in table.rows)
        empty = "" if table.rows else self.words["empty_table"]
        return (
            f"data-table(label: {self.quote(label)}, caption: {self.quote(caption)}, "
            f"heads: {heads}, numeric: {numeric}, rows: {rows}, size: {layout.size}pt, "
            f"widths: {make_array(f'{width:.1f}pt' for width in layout.widths)}, "
            f"empty: {self.quote(empty)}, {self._write_stand(table, layout)}"
            f"lines: {self._write_lines(table.source or source, table.notes)})"
        )

    def _write_stand(self, table: Table, layout: Layout) -> str:
        """How a table stands to the end of a page."""
        if self.few_pages:
            return ""
        return "whole: true, " if count_unparted(table, layout) else "opening: table-opening, "

    def _write_row(self, row: Sequence[Cell], layout: Layout) -> str:
        if is_band(row):
            return f'(({self.quote(row[0].text)}, "band"),)'
        cells = []
        for place, cell in enumerate(row):
            text = self.quote(break_long_words(cell.text, layout.letters(place)))
            cells.append(f"({text}, {self.quote(cell.style)})" if cell.style else text)
        return make_array(cells)

    def _write_lines(self, source: str, notes: Sequence[str]) -> str:
        lines = [self.words["source"].format(text=source)] if source else []
        lines += [self.words["note"].format(text=note) for note in notes]
        return self.quote_all(lines)


def _keep(call: str, block: Piece, after: Piece | None, led: tuple[type, ...]) -> str:
    """The call of a paragraph so that it stays with what it leads to: a table, a list, or all that
    follows where it is a small heading."""
    if not isinstance(block, Paragraph):
        return call
    if isinstance(after, led):
        return f"leading({call})"
    if block.role in ("question", "finding", "missing"):  # these have a block of their own
        return call
    heads = bool(block.spans) and all(span.style == "strong" for span in block.spans)
    return f"kept({call})" if heads or isinstance(after, Listing) else call


def make_array(items: Iterable[str]) -> str:
    """A Typst array of ready source pieces, of one item too.

    >>> make_array(["1"]), make_array([])
    ('(1,)', '()')
    """
    items = list(items)
    return f"({', '.join(items)}{',' if len(items) == 1 else ''})"
