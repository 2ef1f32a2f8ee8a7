"""Where small figures and turned tables stand on the page, and what an empty topic becomes."""

from __future__ import annotations

from sedp_helpers.blocks import (
    Block,
    Box,
    Column,
    Figure,
    Heading,
    Paragraph,
    Span,
    Table,
)
from sedp_helpers.publish.assemble import (
    gather_missing_topics,
    join_sentences,
    say_missing_once,
)
from sedp_helpers.publish.beside import Row, place_beside
from sedp_helpers.publish.turning import part_pages

DATA = Table("", (), ())
SMALL, WIDE = Figure("s", "", {}, DATA, width=400), Figure("w", "", {}, DATA)
WORDS = {"topics_missing": "nothing on {topics}"}


def say(text: str, role: str = "text") -> Paragraph:
    return Paragraph((Span(text),), role)


def make_table(texts: int) -> Table:
    return Table("t", tuple(Column(f"c{n}", wide=True) for n in range(texts)), ())


def test_a_small_figure_takes_the_text_before_it_to_its_side() -> None:
    heading, text = Heading(2, "topic"), say("a" * 300)
    assert place_beside([heading, text, SMALL]) == [heading, Row((text,), (SMALL,))]


def test_two_small_figures_share_a_row_and_the_text_stays_above() -> None:
    text = say("a" * 300)
    assert place_beside([text, SMALL, SMALL]) == [text, Row((SMALL,), (SMALL,))]


def test_a_text_that_is_higher_than_the_figure_stays_above() -> None:
    text = say("a" * 2000)
    assert place_beside([text, SMALL]) == [text, Row((), (SMALL,))]
    assert place_beside([say("short"), SMALL]) == [Row((say("short"),), (SMALL,))]


def test_notes_after_a_small_figure_stand_at_its_side_while_there_is_room() -> None:
    text, near, far = say("a" * 300), say("b" * 90, "note"), say("c" * 900, "note")
    assert place_beside([text, SMALL, near, far]) == [Row((text, near), (SMALL,)), far]


def test_questions_findings_and_wide_figures_stay_as_they_are() -> None:
    finding = say("a" * 300, "finding")
    assert place_beside([finding, SMALL])[0] == finding
    assert place_beside([say("a" * 300), WIDE])[1] is WIDE


def test_nothing_is_lost_and_the_order_of_reading_is_kept() -> None:
    blocks: list[Block] = [say("a" * 200), SMALL, say("b"), SMALL, SMALL, SMALL, WIDE]
    flat = [one for block in place_beside(blocks)
            for one in ((*block.left, *block.right) if isinstance(block, Row) else (block,))]
    assert flat == blocks


def test_tables_of_many_texts_turn_the_page_and_take_their_headings_along() -> None:
    heading, lead, wide, narrow = Heading(2, "plan"), say("goal"), make_table(7), make_table(3)
    runs = part_pages([say("before"), heading, wide, lead, wide, narrow])
    assert [(turned, len(run)) for turned, run in runs] == [(False, 1), (True, 4), (False, 1)]


def test_topics_without_figures_become_one_sentence_that_names_them() -> None:
    gap = say("no data", "missing")
    blocks: list[Block] = [Heading(1, "Section"), say("finding", "finding"), Heading(2, "Roads"),
                           gap, Heading(2, "Water"), Box((gap,), "missing"), Heading(2, "Light"),
                           say("there is light")]
    kept = gather_missing_topics(blocks, WORDS)
    assert [b.text for b in kept if isinstance(b, Heading)] == ["Section", "Light"]
    told = [b.spans[0].text for b in kept if isinstance(b, Paragraph)]
    assert told == ["finding", "nothing on Roads; Water", "there is light"]


def test_a_topic_that_lists_what_is_missing_by_name_is_kept() -> None:
    listed = Box((say("ask the office", "missing"),), "missing", title="Missing")
    blocks: list[Block] = [Heading(2, "Figures"), listed]
    assert gather_missing_topics(blocks, WORDS) == blocks


def test_sentences_of_an_answer_run_on_but_two_questions_stay_apart() -> None:
    blocks = join_sentences([say("q1", "question"), *[say("a", "answer")] * 6,
                             say("q2", "question"), say("b", "answer")])
    assert [(b.role, "".join(s.text for s in b.spans)) for b in blocks] == [
        ("question", "q1"), ("answer", "a a a a a a"), ("question", "q2"), ("answer", "b")]


def test_what_two_figures_miss_alike_is_said_once() -> None:
    gap = Box((say("no data by village", "missing"),), "missing")
    assert say_missing_once([say("a"), gap, gap, say("b"), gap]) == [say("a"), gap, say("b")]
