"""The Word report: styles, fields and tables that an office can go on editing."""

from __future__ import annotations

import io
import zipfile

import docx
import pytest
from docx.enum.section import WD_ORIENT
from docx.oxml.ns import qn

from sedp_helpers.blocks import (
    Box,
    Cell,
    Column,
    Document,
    Figure,
    Listing,
    Paragraph,
    Span,
    Table,
    make_band,
)
from sedp_helpers.publish.docx import render_docx


@pytest.fixture(scope="module")
def content(document, words, pngs):
    return render_docx(document, words, pngs)


@pytest.fixture(scope="module")
def word(content):
    return docx.Document(io.BytesIO(content))


def read_cells(table) -> list[list[str]]:
    rows = []
    for row in table.rows:
        cells = {id(cell._tc): cell.text for cell in row.cells}  # merged cells come once
        rows.append(list(cells.values()))
    return rows


def test_same_document_gives_the_same_bytes(document, words, pngs, content):
    assert render_docx(document, words, pngs) == content
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        assert {member.date_time[0] for member in archive.infolist()} == {1980}


def test_every_table_of_the_page_is_an_editable_table_with_the_same_cells(word, html_tables):
    assert len(word.tables) == 6
    found = sorted(read_cells(table) for table in word.tables)
    assert found == sorted(html_tables)


def test_headings_are_real_headings_in_order(word, words):
    titles = [(p.style.name, p.text) for p in word.paragraphs if p.style.name.startswith("Heading")]
    assert titles == [
        ("Heading 1", "2. Калк"),
        ("Heading 2", "Саны жана түзүмү"),
        ("Heading 1", "Бюджет"),
        ("Heading 1", words["annexes"]),
        ("Heading 2", "1-тиркеме. Айылдар <script>"),
        ("Heading 3", "Дагы"),
        ("Heading 1", words["figure_data"]),
    ]


def test_contents_are_a_field_that_is_not_empty_when_the_file_is_opened(word, words):
    lines = [p for p in word.paragraphs if p.style.name.startswith("toc")]
    assert 'TOC \\o "1-1"' in lines[0]._p.xml
    links = [link.get(qn("w:anchor")) for p in lines for link in p._p.iter(qn("w:hyperlink"))]
    names = {mark.get(qn("w:name")) for mark in word.element.body.iter(qn("w:bookmarkStart"))}
    assert len(links) == 4 and set(links) <= names
    assert lines[-1].text.strip() == words["figure_data"]
    assert all(f"PAGEREF {link} " in line._p.xml for link, line in zip(links, lines))
    marks = [
        sum(line._p.xml.count(f'w:fldCharType="{end}"') for line in lines)
        for end in ("begin", "end")
    ]
    assert marks == [5, 5]  # the contents and the number of each page


def test_heads_are_repeated_and_rows_are_never_split(word):
    for table in word.tables:
        marks = [row._tr.trPr for row in table.rows]
        assert marks[0].find(qn("w:tblHeader")) is not None
        assert all(mark.find(qn("w:cantSplit")) is not None for mark in marks)


def test_captions_keep_the_numbers_of_the_other_formats(word):
    captions = [p for p in word.paragraphs if p.style.name == "Caption"]
    numbered = [p.text for p in captions if "SEQ" in p._p.xml]
    assert numbered == [
        "1-сүрөт. Калк тогуз жылда 9,9 % өстү (1)",
        "2-сүрөт. Калк тогуз жылда 9,9 % өстү (2)",
        "1-таблица. Бюджеттин кирешелери",
        "3-сүрөт. Калк тогуз жылда 9,9 % өстү (3)",
        "2-таблица. Бош таблица",
        "3-таблица. Айылдар боюнча калктын саны",
    ]
    assert "SEQ Table \\* ARABIC \\r 3" in captions[5]._p.xml


def test_page_font_and_language_follow_the_rules_of_office_work(word):
    section = word.sections[0]
    margins = (section.left_margin, section.right_margin, section.top_margin, section.bottom_margin)
    assert [round(margin.mm) for margin in margins] == [30, 15, 20, 20]
    assert word.styles["Normal"].font.name == "Times New Roman"
    assert word.styles["Normal"].font.size.pt == 14
    assert {lang.get(qn("w:val")) for lang in word.styles.element.iter(qn("w:lang"))} == {"ky-KG"}
    assert " PAGE " in section.footer._element.xml
    assert "ДОЛБООР (3-вариант" in section.footer._element.xml
    assert "ДОЛБООР (3-вариант" in section.first_page_footer._element.xml


def test_approval_stands_on_the_cover_without_a_layout_table(word):
    assert word.paragraphs[0].text == "МАКУЛДАШЫЛДЫ\tБЕКИТЕМИН"


def test_every_picture_has_its_alternative_text(word):
    described = [one.get("descr") for one in word.element.body.iter(qn("wp:docPr"))]
    assert len(described) == 3
    assert all(text.startswith("Сызык: 2016-жылы") for text in described)


def test_text_from_data_is_only_text_and_strange_signs_do_not_break_the_file(words, evil):
    odd = Table("a\x02b", (Column("А"),), ((Cell("x\x0by\ud800"),),))
    spans = tuple((Span(text + "\x01"),) for text in evil)
    made = render_docx(Document({}, (("a", "А", (Listing(spans), odd)),)), words, {})
    texts = [p.text for p in docx.Document(io.BytesIO(made)).paragraphs]
    assert set(evil) <= set(texts)


def test_figure_without_a_picture_shows_its_data_in_place(document, words):
    word = docx.Document(io.BytesIO(render_docx(document, words, {})))
    assert len(word.tables) == 6
    assert [p.text for p in word.paragraphs].count(words["no_renderer"]) == 3
    assert words["figure_data"] not in [p.text for p in word.paragraphs]


def test_each_numbered_list_begins_at_one(words):
    items = ((Span("а"),), (Span("б"),))
    listing = Listing(items, ordered=True)
    blocks = (listing, Paragraph((Span("в"),)), listing)
    word = docx.Document(io.BytesIO(render_docx(Document({}, (("a", "А", blocks),)), words, {})))
    numbers = [p._p.pPr.numPr.numId.val for p in word.paragraphs if p.style.name == "List Number"]
    assert numbers[0] == numbers[1] != numbers[2] == numbers[3]


def test_only_a_table_too_wide_for_an_upright_page_turns_it(words):
    columns = tuple(Column("ө" * 12, numeric=True) for _ in range(12))
    wide = Table("А", columns, (tuple(Cell("1") for _ in columns),))
    blocks = (wide, Paragraph((Span("в"),)))
    word = docx.Document(io.BytesIO(render_docx(Document({}, (("a", "А", blocks),)), words, {})))
    turned = [section.orientation == WD_ORIENT.LANDSCAPE for section in word.sections]
    assert turned == [False, True, False]


def test_the_data_of_figures_stand_upright_but_for_wide_ones_which_come_last(words, pngs):
    def draw(name, columns):
        data = Table("", columns, (tuple(Cell("1") for _ in columns),))
        return Figure(name, "", {}, data, anchor=name)

    narrow = (Column("А"), Column("Б", numeric=True))
    wide = tuple(Column("ө" * 12, numeric=True) for _ in range(12))
    figures = tuple(draw(f"f{n}", columns) for n, columns in enumerate((wide, narrow, wide)))
    png = next(iter(pngs.values()))
    content = render_docx(
        Document({}, (("a", "А", figures),)), words, {figure.anchor: png for figure in figures}
    )
    word = docx.Document(io.BytesIO(content))
    turned = [section.orientation == WD_ORIENT.LANDSCAPE for section in word.sections]
    assert turned == [False, True], "one turn for all wide tables"
    assert [len(table.columns) for table in word.tables] == [2, 12, 12]


def test_a_band_is_one_cell_over_all_columns(words):
    table = Table(
        "Т", (Column("Аты"), Column("Иши")), (make_band("Топ", 2), (Cell("а"), Cell("б")))
    )
    made = docx.Document(io.BytesIO(render_docx(Document({}, (("a", "А", (table,)),)), words, {})))
    assert read_cells(made.tables[-1]) == [["Аты", "Иши"], ["Топ"], ["а", "б"]]


def test_no_row_stands_alone_at_the_foot_or_the_top_of_a_page(words):
    table = Table("Т", (Column("А"),), tuple((Cell(str(number)),) for number in range(5)))
    made = docx.Document(io.BytesIO(render_docx(Document({}, (("a", "А", (table,)),)), words, {})))
    kept = [
        bool(row.cells[0].paragraphs[0].paragraph_format.keep_with_next)
        for row in made.tables[-1].rows
    ]
    assert kept == [True, True, False, False, True, False]


def test_an_empty_cell_is_no_higher_than_a_full_one(words):
    table = Table("Т", (Column("А"), Column("Б")), ((Cell("а"), Cell("")),))
    made = docx.Document(io.BytesIO(render_docx(Document({}, (("a", "А", (table,)),)), words, {})))
    full, empty = (cell.paragraphs[0]._p for cell in made.tables[-1].rows[1].cells)
    size = full.r_lst[0].rPr.find(qn("w:sz")).get(qn("w:val"))
    assert empty.pPr.find(qn("w:rPr")).find(qn("w:sz")).get(qn("w:val")) == size


def test_the_line_that_ends_a_box_stays_with_the_last_words_of_the_box(words):
    box = Box((Listing(((Span("биринчи"),), (Span("экинчи"),))),), title="Эске алуу")
    made = render_docx(Document({}, (("a", "А", (box,)),)), words, {})
    ends = docx.Document(io.BytesIO(made)).paragraphs[-3:]
    assert [one.text for one in ends] == ["биринчи", "экинчи", ""]
    assert [one.paragraph_format.keep_with_next for one in ends] == [None, True, None]
