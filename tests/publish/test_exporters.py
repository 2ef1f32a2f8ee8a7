"""Notebook files become blocks, blocks become every format, and all formats tell the same."""

from __future__ import annotations

import dataclasses
import io
import json
import re

import docx
import nbformat
import openpyxl
import pytest
from bs4 import BeautifulSoup

from sedp_helpers.blocks import (
    MIME,
    Document,
    Figure,
    Fold,
    Heading,
    Listing,
    Paragraph,
    Table,
    dump_block,
    load_block,
)
from sedp_helpers.errors import NotFoundError
from sedp_helpers.publish.collect import build_table, collect_blocks
from sedp_helpers.publish.exporters import (
    DocxExporter,
    HtmlExporter,
    PdfExporter,
    XlsxExporter,
    read_document,
    render_all,
)
from sedp_helpers.publish.figures import open_renderer
from sedp_helpers.publish.numbering import arrange_paper, number_document, walk_document


def as_json(block) -> dict:
    return json.loads(json.dumps(dump_block(block), ensure_ascii=False))


def make_notebook(document):
    """An executed notebook with the blocks of a document, one cell a section."""
    notebook = nbformat.v4.new_notebook(metadata={"sedp": json.loads(json.dumps(document.meta))})
    for _, _, blocks in document.sections:
        cell = nbformat.v4.new_code_cell("section.show()")
        cell.outputs = [
            nbformat.v4.new_output("display_data", data={MIME: as_json(block)}) for block in blocks
        ]
        notebook.cells.append(cell)
    return notebook


def make_cell(source, *, tags=(), outputs=()):
    new = nbformat.v4.new_code_cell if outputs else nbformat.v4.new_markdown_cell
    cell = new(source, metadata={"tags": list(tags)})
    for data in outputs:
        cell.outputs.append(nbformat.v4.new_output("display_data", data=data))
    return cell


def collect(*cells):
    return collect_blocks(nbformat.v4.new_notebook(cells=list(cells)))


def test_blocks_come_back_from_a_notebook_unchanged(document):
    blocks = [block for _, _, part in document.sections for block in part]
    expected = [load_block(as_json(block)) for block in blocks]
    assert collect_blocks(make_notebook(document)) == expected


@pytest.mark.parametrize(
    "tag", ["parameters", "injected-parameters", "setup", "guide", "exercise", "solution"]
)
def test_cells_that_teach_or_prepare_are_left_out(tag):
    cells = (
        make_cell("# Окуу", tags=[tag]),
        make_cell("x", tags=[tag], outputs=[{"text/html": "<table><tr><th>а</th></tr></table>"}]),
    )
    assert collect(*cells) == []
    assert len(collect(make_cell("# Окуу"))) == 1


def test_markdown_of_an_expert_becomes_plain_blocks():
    blocks = collect(make_cell("## Баа\n\nБул **маанилүү** [шилтеме](http://a.b) <b>x</b>\n\n1. а"))
    assert [type(block) for block in blocks] == [Heading, Paragraph, Listing]
    assert (blocks[0].level, blocks[0].text) == (2, "Баа")
    assert "".join(span.text for span in blocks[1].spans) == "Бул маанилүү шилтеме <b>x</b>"
    assert [span.style for span in blocks[1].spans if span.text == "маанилүү"] == ["strong"]
    assert blocks[2].ordered


def test_data_frame_of_an_expert_becomes_a_table_with_numbers():
    html = (
        "<style>p{}</style><table><thead><tr><th></th><th>жыл</th><th>адам</th></tr></thead>"
        "<tr><th>0</th><td>а</td><td>1234.5</td></tr><tr><th>1</th><td>б</td><td></td></tr></table>"
    )
    (table,) = collect(make_cell("x", outputs=[{"text/html": html, "text/plain": "x"}]))
    assert isinstance(table, Table)
    assert [column.numeric for column in table.columns] == [False, False, True]
    assert (table.rows[0][2].value, table.rows[0][2].decimals) == (1234.5, 1)
    assert table.rows[1][2].value is None


def test_plotly_output_of_an_expert_becomes_a_figure_with_its_data():
    spec = {
        "data": [{"type": "bar", "name": "а", "x": [2020], "y": [3.5]}],
        "layout": {"title": {"text": "Баасы"}},
    }
    (figure,) = collect(make_cell("x", outputs=[{"application/vnd.plotly.v1+json": spec}]))
    assert isinstance(figure, Figure)
    assert figure.caption == figure.alt == "Баасы"
    assert "title" not in figure.spec["layout"]
    assert [cell.text for cell in figure.data.rows[0]] == ["а", "2020", "3.5"]


def test_output_that_paper_cannot_hold_says_nothing():
    assert collect(make_cell("x", outputs=[{"text/plain": "<object at 0x1>"}])) == []


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("1 234", None),
        ("1\u00a0234,5", 1234.5),
        ("\u22123", -3.0),
        ("5-9", None),
        ("", None),
        ("2024", 2024.0),
        ("1e3", 1000.0),
        ("жок", None),
    ],
)
def test_only_what_is_a_number_is_read_as_one(text, value):
    table = build_table("", ["а", "б"], [["x", text]])
    assert table.rows[0][1].value == value


def test_titles_of_level_one_begin_a_section(document):
    read = read_document(make_notebook(document))
    assert [(ident, title) for ident, title, _ in read.sections] == [("population", "Калк")]
    assert read.meta["municipality"] == document.meta["municipality"]
    loose = nbformat.v4.new_notebook(metadata={"sedp": {"section": "budget"}})
    loose.cells = [make_cell("сөз")]
    assert read_document(loose).sections[0][0] == "budget"
    assert read_document(nbformat.v4.new_notebook()).sections == ()


def test_numbers_are_the_same_however_often_they_are_given(document, words):
    once = number_document(document)
    assert number_document(once) == once
    assert [b.number for b in walk_document(once) if isinstance(b, Figure)] == [1, 2, 3]
    assert [b.number for b in walk_document(once) if isinstance(b, Table)] == [3, 1, 2]
    paper = arrange_paper(document, words)  # the folded one comes last: no gap in the body
    assert [b.number for b in walk_document(paper) if isinstance(b, Table)] == [1, 2, 3]
    assert not [b for b in walk_document(paper) if isinstance(b, Fold)]


def test_a_table_named_like_its_annex_keeps_its_title_on_paper(words):
    table, other = build_table("План", ["А"], [["1"]]), build_table("Башка", ["А"], [["1"]])
    folded = Fold("План", (table, other))
    numbered = number_document(Document({}, (("a", "А", (Heading(1, "А", "a"), folded)),)))
    found = [b for b in walk_document(arrange_paper(numbered, words)) if isinstance(b, Table)]
    assert [(one.caption, one.number) for one in found] == [("План", 1), ("Башка", 2)]


def test_anchors_never_meet_and_no_heading_level_is_left_out():
    headings = tuple(Heading(level, "А", "a b") for level in (1, 3, 3, 1, 2))
    numbered = number_document(Document({}, (("a", "А", headings), ("a", "А", ()))))
    found = [b for b in walk_document(numbered) if isinstance(b, Heading)]
    assert [heading.level for heading in found] == [1, 2, 3, 1, 2, 1]
    assert len({heading.anchor for heading in found}) == 6


def test_all_formats_hold_the_same_cells(document, words, html_tables, tmp_path):
    with open_renderer(tmp_path) as renderer:
        made = render_all(document, words, ("html", "docx", "xlsx", "pdf"), renderer)
    assert made["pdf"].startswith(b"%PDF")
    page = BeautifulSoup(made["html"].decode("utf-8"), "html.parser")
    marked = [float(mark["value"]) for mark in page.select("table data")]
    book = openpyxl.load_workbook(io.BytesIO(made["xlsx"]), data_only=True)
    numbers = [
        cell.value
        for sheet in book.worksheets[1:]
        for row in sheet.iter_rows()
        for cell in row
        if cell.data_type == "n" and cell.value is not None
    ]
    bare = [cell.get_text() for cell in page.select("tbody th, tbody td") if not cell.data]
    years = [int(text) for text in bare if re.fullmatch("[1-9][0-9]{3}", text)]
    assert years and sorted(numbers) == sorted(marked + years)
    word = docx.Document(io.BytesIO(made["docx"]))
    assert len(word.tables) == len(html_tables) == len(page.find_all("table"))


def test_unknown_format_is_answered_with_the_known_ones(document, words):
    with open_renderer() as renderer, pytest.raises(NotFoundError, match="docx, html, pdf, xlsx"):
        render_all(document, words, ("odt",), renderer)


def test_pages_without_print_formats_start_no_browser(document, words):
    with open_renderer() as renderer:
        render_all(document, words, ("html", "xlsx"), renderer)
        assert renderer.drawn == 0


@pytest.mark.parametrize(
    ("exporter", "start", "ending"),
    [
        (HtmlExporter, "<!doctype html>", ".html"),
        (PdfExporter, b"%PDF", ".pdf"),
        (DocxExporter, b"PK", ".docx"),
        (XlsxExporter, b"PK", ".xlsx"),
    ],
)
def test_any_executed_notebook_is_exported_by_name(document, exporter, start, ending):
    short = dataclasses.replace(document, sections=document.sections[1:])
    content, resources = exporter().from_notebook_node(make_notebook(short))
    assert content.startswith(start)
    assert resources["output_extension"] == ending
