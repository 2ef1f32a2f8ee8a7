"""The notice: four fields or none of it (R-21, R-22, AC-45)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sedp_helpers.errors import SedpError
from sedp_helpers.hearing.hall import Hall, open_hall
from sedp_helpers.hearing.notice import (
    MOST_LETTERS,
    NoticeIncomplete,
    shorten_message,
    write_notice,
)
from sedp_helpers.hearing.papers import make_notice_files, write_card
from sedp_helpers.paths import Workspace

HEARING = {"id": "e1", "kind": "hearing", "date": "2025-05-14", "time": "11:00", "place": "клуб",
           "village": "v1", "draft_place": "имарат"}


@pytest.mark.parametrize("language", ["ky", "ru", "en"])
def test_the_message_names_all_four_fields_in_at_most_700_letters(
    workspace: Workspace, language: str
) -> None:
    notice = write_notice(open_hall(workspace, "demo", language))
    assert len(notice.message) <= 700
    for field in (notice.time, notice.venue, notice.draft, "2025", "14"):
        assert field in notice.message


@pytest.mark.parametrize("field", ["date", "time", "place", "draft_place"])
def test_a_notice_without_a_field_is_refused_by_the_name_of_that_field(
    with_rows: Callable[..., Hall], field: str
) -> None:
    hall = with_rows(events=[{**HEARING, field: ""}])
    with pytest.raises(NoticeIncomplete) as refused:
        write_notice(hall)
    assert refused.value.fields == (field,)
    assert hall.column_name("events", field) in str(refused.value)


def test_a_very_long_place_is_whole_on_the_poster_and_cut_in_the_message(
    with_rows: Callable[..., Hall]
) -> None:
    place = "чоң зал " * 200
    notice = write_notice(with_rows(events=[{**HEARING, "place": place, "draft_place": place}]))
    assert len(notice.message) <= 700 and "11:00" in notice.message
    assert place.strip() in notice.venue


def test_a_refused_notice_leaves_a_text_and_neither_poster_nor_card(
    with_rows: Callable[..., Hall], words: dict[str, str]
) -> None:
    files = make_notice_files(with_rows(events=[{**HEARING, "draft_place": ""}]), words)
    assert list(files) == ["notice-not-ready.txt"]


def test_without_a_hearing_the_refusal_names_the_table(empty: Hall, words: dict[str, str]) -> None:
    text = make_notice_files(empty, words)["notice-not-ready.txt"].decode()
    assert empty.register_name("events") in text


def test_the_notice_comes_as_poster_card_and_message(demo: Hall, words: dict[str, str]) -> None:
    files = make_notice_files(demo, words)
    assert files["notice-poster.pdf"].startswith(b"%PDF")
    assert files["notice-card.png"].startswith(b"\x89PNG")
    width, height = (int.from_bytes(files["notice-card.png"][at:at + 4], "big") for at in (16, 20))
    assert (width, height) == (1080, 1350)
    assert len(files["notice-message.txt"].decode().strip()) <= 700


def test_markup_in_a_register_stays_text_on_the_card() -> None:
    texts = {"call": "", "name": "", "title": "<script>x</script>", "lines": [("a", "<b>")],
             "closing": (), "foot": ""}
    page = write_card(texts, "ky")
    assert "<script>" not in page and "&lt;script&gt;" in page and "&lt;b&gt;" in page


def test_of_several_hearings_the_next_one_is_announced(with_rows: Callable[..., Hall]) -> None:
    hall = with_rows(events=[{**HEARING, "id": "e2", "date": "2025-05-18"}, HEARING])
    for day, expected in (("2025-05-12", "e1"), ("2025-05-16", "e2"), ("2025-06-01", "e2")):
        place = hall.place.model_copy(update={"as_of": day})
        seen = Hall(replace(hall.desk, municipality=place), hall.meta)
        assert seen.hearing is not None and seen.hearing["id"] == expected


@settings(max_examples=30)
@given(st.text(max_size=900), st.text(max_size=400))
def test_no_message_is_ever_longer_than_allowed(text: str, proposals: str) -> None:
    if len(text) > MOST_LETTERS:
        with pytest.raises(SedpError):
            shorten_message(text, proposals)
    else:
        short = shorten_message(text, proposals)
        assert len(short) <= MOST_LETTERS and short.startswith(text)
