"""Figures that do not fit what is left of a page let the text run on, and stay in their order."""

from __future__ import annotations

import pytest
from fontTools.ttLib import TTFont
from hypothesis import given
from hypothesis import strategies as st

from sedp_helpers.blocks import (
    Block,
    Box,
    Cell,
    Column,
    Figure,
    Heading,
    Listing,
    Paragraph,
    Span,
    Table,
)
from sedp_helpers.publish.beside import Afloat, Row, place_beside
from sedp_helpers.publish.filling import PageFiller, measure_opening
from sedp_helpers.publish.heights import CAPTION, PAGE, TEXT, measure_block, measure_figure
from sedp_helpers.publish.letters import REGULAR, count_lines, read_advances
from sedp_helpers.publish.look import LOOK, read_templates

DATA = Table("", (), ())


def say(letters: int) -> Paragraph:
    return Paragraph((Span(("aaaa " * letters)[:letters]),))


def draw(name: str, *, width: int = 720, height: int = 400) -> Figure:
    return Figure(name, "", {}, DATA, width=width, height=height)


def fill(blocks: list[Block], used: float) -> list[Block | Row | Afloat]:
    return PageFiller(used).fill(place_beside(blocks))


def list_figures(blocks: list[Block | Row | Afloat]) -> list[str]:
    names = []
    for block in blocks:
        pieces = (
            (*block.left, *block.right)
            if isinstance(block, Row)
            else block.figures
            if isinstance(block, Afloat)
            else (block,)
        )
        names += [piece.caption for piece in pieces if isinstance(piece, Figure)]
    return names


def test_a_figure_that_fits_its_page_stays_where_it_is_spoken_of() -> None:
    blocks = [say(100), draw("wide"), say(100)]
    assert fill(blocks, 100) == blocks


def test_the_text_runs_on_before_a_figure_that_does_not_fit() -> None:
    wide, after = draw("wide"), say(300)
    assert fill([wide, after], PAGE - 200) == [Afloat((wide,)), after]


def test_a_gap_of_a_few_lines_is_left_alone() -> None:
    wide = draw("wide")
    assert fill([wide], PAGE - 40) == [wide]


def test_small_figures_that_wait_stand_side_by_side_after_the_texts_that_speak_of_them() -> None:
    one, two = draw("1", width=400), draw("2", width=400)
    told, more = say(200), say(300)
    assert fill([told, one, more, two], PAGE - 150) == [told, more, Afloat((one, two))]


def test_a_small_figure_waits_no_longer_than_its_page() -> None:
    one = draw("1", width=400)
    placed = fill([say(200), one, *[say(500)] * 3], PAGE - 150)
    assert placed.index(Afloat((one,))) == 2


def test_a_figure_right_under_its_heading_goes_with_it() -> None:
    blocks = [Heading(2, "topic"), draw("wide")]
    assert fill(blocks, PAGE - 200) == blocks


def test_after_a_figure_that_waits_no_figure_stands_on_the_same_page() -> None:
    wide, small = draw("wide"), draw("small", width=400, height=60)
    placed = fill([wide, say(100), small], PAGE - 200)
    assert placed == [Afloat((wide,)), say(100), Afloat((small,))]


def test_a_chapter_needs_room_for_the_text_of_its_first_figure_but_not_for_the_figure() -> None:
    title, small = Heading(1, "chapter"), draw("1", width=400, height=900)
    with_text = measure_opening(place_beside([title, say(700), small]))
    assert with_text < measure_figure(small) < measure_opening(place_beside([title, small]))


@given(st.lists(st.sampled_from("hhtTwWss"), max_size=40), st.floats(0, PAGE))
def test_figures_keep_their_order_and_nothing_is_lost(kinds: str, used: float) -> None:
    make = {
        "h": lambda n: Heading(2, n),
        "t": lambda n: say(90),
        "T": lambda n: say(900),
        "w": lambda n: draw(n, height=150),
        "W": lambda n: draw(n, height=700),
        "s": lambda n: draw(n, width=400, height=250),
    }
    blocks = [make[kind](str(place)) for place, kind in enumerate(kinds)]
    placed = fill(blocks, used)
    assert list_figures(placed) == [b.caption for b in blocks if isinstance(b, Figure)]
    texts = sum(
        isinstance(piece, (Paragraph, Heading))
        for block in placed
        for piece in (block.left if isinstance(block, Row) else (block,))
    )
    assert texts == sum(isinstance(b, (Paragraph, Heading)) for b in blocks)


def test_heights_grow_with_the_text_and_follow_the_size_of_the_drawing() -> None:
    assert measure_block(say(900)) > measure_block(say(90))
    tall, flat = draw("x", height=600), draw("x", height=300)
    assert round(measure_figure(tall) - measure_figure(flat)) == round(300 * 467 / 720)


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("", 1),
        ("Кыргызстан", 1),
        ("бир эки үч төрт", 1),
        ("бир эки үч төрт " * 9, 2),
        ("835,5\u00a0млн\u00a0сом " * 3, 1),
        ("Жаңы-" * 60, 4),
        ("ө" * 200, 1),
    ],
)
def test_lines_are_counted_by_the_widths_of_the_font_and_words_stay_whole(
    text: str, lines: int
) -> None:
    assert count_lines(text, 467, 9.4) == lines


def test_widths_of_letters_are_those_that_a_font_library_reads() -> None:
    with TTFont(REGULAR) as font:
        sizes, units = font["hmtx"], font["head"].unitsPerEm
        known = {sign: sizes[name][0] / units for sign, name in font.getBestCmap().items()}
    known = {sign: width for sign, width in known.items() if sign < 0xFFFF}
    assert dict(read_advances(REGULAR)) == pytest.approx(known)


def test_more_figures_than_a_page_holds_wait_for_the_page_after_it() -> None:
    filler, talls = PageFiller(PAGE - 100), [draw(str(n), height=700) for n in range(3)]
    filler.fill([*talls, say(900)])
    filler.turn()
    assert measure_figure(talls[0]) * 2 > PAGE > filler.used > measure_figure(talls[0])


def test_a_heading_turns_with_the_table_that_finds_no_room_under_it() -> None:
    table = Table("T", (Column("a"),), tuple((Cell("x"),) for _ in range(8)))
    filler = PageFiller(PAGE - measure_block(table))
    filler.fill([Heading(2, "topic"), table])
    assert filler.used == pytest.approx(measure_block(Heading(2, "topic")) + measure_block(table))


def test_the_page_is_reckoned_by_the_sizes_that_the_typesetter_reads() -> None:
    template = read_templates()["report.typ"].decode("utf-8")
    assert 'json("look.json")' in template
    assert [LOOK["text"], LOOK["caption"]] == [TEXT, CAPTION]


def test_a_short_framed_list_stands_on_one_page() -> None:
    short, long = (
        Box((Listing(tuple((Span("a"),) for _ in range(n))),), "missing", "Жок") for n in (7, 30)
    )
    used = []
    for box in (short, long):
        filler = PageFiller(PAGE - 60)
        filler.fill([box])
        used.append(filler.used)
    assert used[0] == measure_block(short)
    assert used[1] < measure_block(long)
