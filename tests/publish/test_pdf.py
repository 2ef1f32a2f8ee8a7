"""The printed report: tagged, archivable, readable as text, the same bytes every time."""

from __future__ import annotations

import dataclasses
import io

import pypdf
import pytest
from fontTools.ttLib import TTFont
from hypothesis import given
from hypothesis import strategies as st

from sedp_helpers.blocks import Cell, Column, Document, Listing, Paragraph, Span, Table
from sedp_helpers.publish.columns import (
    LANDSCAPE,
    PORTRAIT,
    break_long_words,
    count_unparted,
    fit_table,
)
from sedp_helpers.publish.fonts import FONTS
from sedp_helpers.publish.glyphs import list_characters
from sedp_helpers.publish.pdf import render_pdf
from sedp_helpers.publish.typst_source import TypstSource

STAMP = 1_777_887_000


@pytest.fixture(scope="module")
def content(document, words, svgs):
    return render_pdf(document, words, svgs, FONTS, STAMP)


@pytest.fixture(scope="module")
def reader(content):
    return pypdf.PdfReader(io.BytesIO(content))


@pytest.fixture(scope="module")
def text(reader):
    return "\n".join(page.extract_text() for page in reader.pages)


def list_titles(outline) -> list[str]:
    return [
        title
        for item in outline
        for title in (list_titles(item) if isinstance(item, list) else [item["/Title"]])
    ]


def test_same_document_gives_the_same_bytes(document, words, svgs, content):
    assert render_pdf(document, words, svgs, FONTS, STAMP) == content


def test_file_claims_archive_and_accessibility_standards_and_is_tagged(reader, content):
    root = reader.trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"]
    assert root["/StructTreeRoot"]["/K"]
    assert root["/Lang"] == "ky"
    assert b"pdfuaid:part>1<" in content and b"pdfaid:part>2<" in content
    assert reader.metadata.title.startswith("Кызыл-Дөбө")


def test_letters_of_the_kyrgyz_alphabet_come_out_as_themselves(text):
    assert "Өзгөн-Үстү" in text and "ыңгайлуу" in text and "Ңң Өө Үү" in text
    assert "\u00ad" not in text


def test_every_font_is_embedded(reader):
    fonts = {}
    for page in reader.pages:
        for font in page["/Resources"].get("/Font", {}).values():
            found = font.get_object()
            for part in found["/DescendantFonts"]:
                fonts[found["/BaseFont"]] = part.get_object()["/FontDescriptor"]
    assert any("GolosText" in name for name in fonts)
    assert all("/FontFile2" in descriptor.get_object() for descriptor in fonts.values())


def test_bookmarks_follow_the_headings_and_contents_carry_page_numbers(reader, words):
    titles = list_titles(reader.outline)
    assert titles[0] == "2. Калк"
    assert titles[-3:] == [words["annexes"], "1-тиркеме. Айылдар <script>", "Дагы"]
    contents = reader.pages[1].extract_text()
    page = reader.get_destination_page_number(reader.outline[0]) + 1
    assert words["contents"] in contents
    assert contents.split("2. Калк")[1].strip(" .").startswith(f"{page}\n")


def test_text_from_data_is_never_read_as_markup(text, evil):
    plain = text.replace("\n", "")
    for sample in evil:
        assert sample.replace(" ", "") in plain.replace(" ", "").replace("\u200b", "")


def test_every_page_carries_its_marks_its_number_and_is_not_blank(reader, words):
    for number, page in enumerate(reader.pages, start=1):
        shown = page.extract_text()
        assert "ДОЛБООР (3-вариант" in shown and words["sample"] in shown
        assert number == 1 or f"{number}-бет" in shown
        assert len(shown) > 150


def test_long_table_repeats_its_head_on_every_page(reader):
    pages = [page.extract_text() for page in reader.pages]
    rows = [page for page in pages if "Өзгөн-Үстү" in page]
    assert len(rows) >= 2
    assert all("2023-" in page for page in rows)


def test_every_drawn_figure_has_its_alternative_text(content, reader):
    tree = repr(collect_alts(reader.trailer["/Root"]["/StructTreeRoot"]))
    assert tree.count("Сызык: 2016-жылы") == 3


def collect_alts(node) -> list[str]:
    node = node.get_object() if hasattr(node, "get_object") else node
    if isinstance(node, list):
        return [alt for item in node for alt in collect_alts(item)]
    if not isinstance(node, dict):
        return []
    found = [str(node["/Alt"])] if "/Alt" in node else []
    return found + (collect_alts(node["/K"]) if "/K" in node else [])


def test_figure_without_a_drawing_is_printed_as_its_table(document, words):
    made = pypdf.PdfReader(io.BytesIO(render_pdf(document, words, {}, FONTS, STAMP)))
    shown = "\n".join(page.extract_text() for page in made.pages)
    assert words["no_renderer"].split(",")[0] in shown.replace("\n", " ")
    assert "13\u00a0331,4" in shown or "13 331,4" in shown


@pytest.mark.parametrize("odd", ["\U0001f600", "\u4e2d", "\ue000", "\x01", "a\nb\tc"])
def test_sign_that_no_font_has_does_not_stop_the_report(words, odd):
    meta = {"title": f"А{odd}", "language": "ky"}
    odd_document = Document(meta, (("a", "А", (Paragraph((Span(f"бир {odd} эки"),)),)),))
    assert render_pdf(odd_document, words, {}, FONTS, 0).startswith(b"%PDF")


def test_report_without_a_word_in_its_meta_is_still_printed(words):
    assert render_pdf(Document({}, (("a", "А", ()),)), words, {}, FONTS, 0).startswith(b"%PDF")


def test_characters_of_the_fonts_are_those_that_a_font_library_reads():
    expected: set[int] = set()
    for path in sorted(FONTS.glob("*.ttf")):
        with TTFont(path) as font:
            expected |= set(font.getBestCmap())
    assert list_characters(FONTS) == expected


def test_a_small_heading_and_a_lead_stay_with_what_follows_them(words):
    blocks = (Paragraph((Span("Addressee", style="strong"),)), Paragraph((Span("Please send"),)),
              Listing(((Span("a figure"),),)), Paragraph((Span("The end"),)))
    source = TypstSource(words, {}, frozenset(range(32, 127))).write(
        Document({}, (("a", "A", blocks),)))
    kept = [line for line in source.splitlines() if line.startswith("#kept(")]
    assert ["Addressee" in kept[0], "Please send" in kept[1]] == [True, True] and len(kept) == 2


def test_quote_and_backslash_cannot_leave_their_string(words):
    source = TypstSource(words, {}, frozenset(range(32, 127)))
    assert source.quote('a"b\\c#d') == '"a\\"b\\\\c#d"'


@given(st.lists(st.integers(1, 40), min_size=1, max_size=14), st.integers(1, 6))
def test_columns_always_fill_the_page_and_never_leave_it(lengths, words_in_cell):
    columns = tuple(Column("ж", numeric=place > 0) for place in range(len(lengths)))
    row = tuple(Cell(" ".join(["ө" * length] * words_in_cell)) for length in lengths)
    layout = fit_table(Table("", columns, (row,)))
    assert sum(layout.widths) == pytest.approx(LANDSCAPE if layout.landscape else PORTRAIT)
    assert min(layout.widths) > 0


@given(st.text(max_size=80), st.integers(1, 30))
def test_breaking_long_words_only_adds_places_to_break(text, letters):
    broken = break_long_words(text, letters)
    assert broken.replace("\u200b", "") == text.replace("\u200b", "")
    if "\u200b" not in text:
        parts = broken.replace(" ", "\u200b").replace("-", "-\u200b").split("\u200b")
        assert len(text) <= letters or max(map(len, parts)) <= letters


@pytest.mark.parametrize("name", ["Кумуш-Булак", "Предупреждение", "Түшүндүрмө"])
def test_a_column_made_for_a_word_does_not_part_it(name):
    columns = (*(Column("ж", numeric=True) for _ in range(9)), Column("ж", wide=True))
    layout = fit_table(Table("", columns, ((*(Cell("12 345") for _ in range(9)), Cell(name)),)))
    assert break_long_words(name, layout.letters(9)) == name


def test_a_short_table_is_not_parted_and_a_long_one_may_be():
    short, long = (Table("", (Column("ж"),), (((Cell("ө"),),) * rows)) for rows in (3, 40))
    assert count_unparted(short, fit_table(short)) == 3
    assert count_unparted(long, fit_table(long)) == 0


def test_nine_columns_of_numbers_stay_on_an_upright_page(document):
    fold = next(b for b in document.sections[0][2] if b.kind == "fold")
    assert not fit_table(fold.blocks[0]).landscape
    wide = dataclasses.replace(
        fold.blocks[0],
        columns=fold.blocks[0].columns * 2,
        rows=tuple(row * 2 for row in fold.blocks[0].rows),
    )
    assert fit_table(wide).landscape
