"""The report as a Word file that an office can go on editing: real styles, fields and tables.

No table is used for layout, so every table of the file holds data. Same document, same bytes.
"""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence

import docx
from docx.enum.section import WD_ORIENT, WD_SECTION
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml.text.paragraph import CT_P
from docx.shared import Mm, Pt
from docx.text.paragraph import Paragraph as WordParagraph

from sedp_helpers.blocks import (
    Block,
    Box,
    Document,
    Figure,
    Heading,
    Listing,
    PageBreak,
    Paragraph,
    Span,
    Table,
)
from sedp_helpers.publish.beside import is_small
from sedp_helpers.publish.columns import fit_table
from sedp_helpers.publish.docx_parts import (
    add_bookmark,
    add_field,
    add_link,
    begin_field,
    clean_text,
    end_field,
    fix_dates,
    put_paragraph,
    put_picture,
    put_run,
    restart_list,
    set_language,
    use_list,
)
from sedp_helpers.publish.docx_styles import HALF, ROLES, WIDTH, prepare_styles
from sedp_helpers.publish.docx_tables import add_caption, add_cells
from sedp_helpers.publish.numbering import (
    arrange_paper,
    find_marks,
    read_stamp,
    title_heading,
    walk_document,
)
from sedp_helpers.publish.turning import part_pages

FIGURE_DATA = "figure-data"  # anchor of the last annex


def render_docx(document: Document, words: Mapping[str, str], pngs: Mapping[str, bytes]) -> bytes:
    """The Word file of a document; ``pngs`` maps anchors of figures to their pictures.

    The data behind every figure stand in an annex; a figure without a picture shows them in place.
    """
    writer = DocxWriter(arrange_paper(document, words), words, pngs)
    return writer.write()


class DocxWriter:
    """Writes one document from the cover to the annex."""

    def __init__(
        self, document: Document, words: Mapping[str, str], pngs: Mapping[str, bytes]
    ) -> None:
        self.document = document
        self.meta = document.meta
        self.words = words
        self.pngs = pngs
        self.word = docx.Document()
        self._part = self.word.sections[0]  # asking the file for it takes a search each time
        self.marked = 0  # bookmarks and pictures share one count of ids

    def write(self) -> bytes:
        prepare_styles(self.word)
        set_language(self.word, self.meta.get("language", "ky"))
        self._set_page()
        self._set_properties()
        self._add_cover()
        self._add_contents()
        for _, _, blocks in self.document.sections:
            self._add_blocks(blocks)
        self._add_figure_data()
        target = io.BytesIO()
        self.word.save(target)
        return fix_dates(target.getvalue())

    # ---- frame ---------------------------------------------------------------------------
    def _set_page(self) -> None:
        section = self.word.sections[0]
        section.page_width, section.page_height = Mm(210), Mm(297)
        section.left_margin, section.right_margin = Mm(30), Mm(15)
        section.top_margin = section.bottom_margin = Mm(20)
        section.header_distance = section.footer_distance = Mm(10)
        section.different_first_page_header_footer = True
        marks = " · ".join(text for _, text in find_marks(self.meta, self.words))
        self._add_small(section.first_page_footer.paragraphs[0], marks)
        self._add_small(section.header.paragraphs[0], self.meta.get("municipality", ""))
        before, _, after = self.words["page"].partition("{n}")
        foot = section.footer.paragraphs[0]
        self._add_small(foot, before)
        add_field(foot, "PAGE", "2")
        foot.add_run(after)
        self._add_small(section.footer.add_paragraph(), marks)

    def _add_small(self, paragraph: WordParagraph, text: str) -> None:
        paragraph.style = "Sedp Margin"
        paragraph.add_run(clean_text(text))
        paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER

    def _set_properties(self) -> None:
        properties = self.word.core_properties
        stamp = read_stamp(self.meta).replace(tzinfo=None)
        properties.title = clean_text(self.meta.get("title", ""))[:255]
        properties.author = clean_text(self.meta.get("municipality", ""))[:255]
        properties.subject = clean_text(self.meta.get("subtitle", ""))[:255]
        properties.language = self.meta.get("language", "ky")
        properties.comments = properties.keywords = properties.last_modified_by = ""
        properties.created = properties.modified = stamp
        properties.revision = 1

    def _add_cover(self) -> None:
        sides = list(self.meta.get("approval") or ())
        columns = [[side["title"], *side["lines"]] for side in sides]
        for place in range(max((len(column) for column in columns), default=0)):
            cells = [column[place] if place < len(column) else "" for column in columns]
            line = self._add_text("\t".join(cells))
            for at in range(1, len(cells)):
                line.paragraph_format.tab_stops.add_tab_stop(int(WIDTH * at / len(cells)))
            line.paragraph_format.space_after = Pt(2)
            line.runs[0].bold = place == 0
        name = self._add_text(self.meta.get("municipality", ""), "Subtitle")
        name.paragraph_format.space_before = Mm(55)
        self._add_text(self.meta.get("title", ""), "Title")
        if self.meta.get("subtitle"):
            self._add_text(self.meta["subtitle"], "Subtitle")
        place_line = self._add_text(self.meta.get("place", ""), "Subtitle")
        place_line.paragraph_format.space_before = Mm(75)

    def _add_contents(self) -> None:
        self._add_text(self.words["contents"], "Sedp Contents")
        headings = (b for b in walk_document(self.document) if isinstance(b, Heading))
        entries = [heading for heading in headings if heading.level == 1]
        if self._list_drawn():
            entries.append(Heading(1, self.words["figure_data"], anchor=FIGURE_DATA))
        lines = [put_paragraph(self.word, f"toc {entry.level}") for entry in entries]
        if not lines:
            return
        begin_field(lines[0], 'TOC \\o "1-1" \\h \\z \\u')
        for line, entry in zip(lines, entries):
            add_link(line, entry.anchor, title_heading(entry))
            line.add_run("\t")
            add_field(line, f"PAGEREF {entry.anchor} \\h", "", stale=True)
        end_field(lines[-1])

    # ---- blocks --------------------------------------------------------------------------
    def _add_blocks(self, blocks: Sequence[Block]) -> None:
        for turned, run in part_pages(blocks):
            self._turn_page(turned)
            for block in run:
                self._add_block(block)

    def _turn_page(self, landscape: bool) -> None:
        """Begins a turned page only where the direction changes."""
        section = self._part
        if landscape == (section.orientation == WD_ORIENT.LANDSCAPE):
            return
        turned = self.word.add_section(WD_SECTION.NEW_PAGE)
        turned.different_first_page_header_footer = False
        turned.orientation = WD_ORIENT.LANDSCAPE if landscape else WD_ORIENT.PORTRAIT
        turned.page_width, turned.page_height = section.page_height, section.page_width
        self._part = turned

    def _add_block(self, block: Block) -> None:
        if isinstance(block, Heading):
            self._add_heading(block)
        elif isinstance(block, Paragraph):
            self._add_spans(block.spans, ROLES.get(block.role, "Normal"))
        elif isinstance(block, Listing):
            self._add_listing(block)
        elif isinstance(block, Table):
            add_cells(self.word, block, self.words)
        elif isinstance(block, Figure):
            self._add_figure(block)
        elif isinstance(block, Box):
            self._add_box(block)
        elif isinstance(block, PageBreak):
            self.word.add_page_break()
        else:
            raise TypeError(f"paper has no form for a block of kind {block.kind!r}")

    def _add_heading(self, heading: Heading) -> None:
        paragraph = self._add_text(title_heading(heading), f"Heading {heading.level}")
        if heading.anchor:
            add_bookmark(paragraph, heading.anchor, self._take_id())

    def _add_listing(self, listing: Listing) -> None:
        style = "List Number" if listing.ordered else "List Bullet"
        number = restart_list(self.word, style) if listing.ordered else 0
        for item in listing.items:
            paragraph = self._add_spans(item, style)
            if number:
                use_list(paragraph, number)

    def _add_box(self, box: Box) -> None:
        if box.title:
            self._add_text(box.title, "Sedp Box Title")
        for block in box.blocks:
            self._add_block(block)
        last = self.word.element.body[-2]  # after it only the page set-up
        if isinstance(last, CT_P):  # the line that ends a box never stands alone on a page
            last.get_or_add_pPr().get_or_add_keepNext()
        self._add_text("", "Sedp Box End")

    def _add_figure(self, figure: Figure) -> None:
        png = self.pngs.get(figure.anchor)
        if png is None:
            self._add_text(self.words["no_renderer"], ROLES["note"])
            add_cells(self.word, figure.data, self.words, figure=figure)
            return
        add_caption(self.word, self.words, "figure", figure.number, figure.caption)
        put_picture(
            put_paragraph(self.word, "Sedp Picture"),
            png,
            HALF if is_small(figure) else WIDTH,
            figure.anchor,
            figure.alt,
            self._take_id(),
        )
        source = self.words["source"].format(text=figure.source) if figure.source else ""
        self._add_text(source, ROLES["source"])

    def _add_figure_data(self) -> None:
        """The annex with the table behind every drawn figure; wide ones last, on turned pages."""
        drawn = sorted(self._list_drawn(), key=_has_wide_data)
        if not drawn:
            return
        self._turn_page(_has_wide_data(drawn[0]))
        self._add_heading(Heading(1, self.words["figure_data"], anchor=FIGURE_DATA))
        for figure in drawn:
            self._turn_page(_has_wide_data(figure))
            caption = figure.data.caption or self.words["data_of_figure"].format(n=figure.number)
            add_cells(self.word, figure.data, self.words, caption=caption)

    def _list_drawn(self) -> list[Figure]:
        return [
            block
            for block in walk_document(self.document)
            if isinstance(block, Figure) and block.anchor in self.pngs
        ]

    # ---- text ----------------------------------------------------------------------------
    def _add_text(self, text: str, style: str = "Normal") -> WordParagraph:
        return put_paragraph(self.word, style, str(text))

    def _add_spans(self, spans: Sequence[Span], style: str) -> WordParagraph:
        paragraph = put_paragraph(self.word, style)
        for span in spans:
            put_run(
                paragraph._p,
                clean_text(span.text),
                strong=span.style == "strong",
                em=span.style == "em",
            )
        return paragraph

    def _take_id(self) -> int:
        self.marked += 1
        return self.marked


def _has_wide_data(figure: Figure) -> bool:
    """Whether the table behind a figure needs a turned page."""
    return bool(figure.data.columns) and fit_table(figure.data).landscape
