"""Numbers and texts on their way into a figure."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from sedp_helpers.present.charts.texts import format_tick, pick_ticks, plain, wrap
from sedp_helpers.present.theme import Look

LOOK = Look("ky")


@given(st.text(max_size=80), st.integers(4, 40), st.integers(1, 3))
def test_wrapped_text_has_no_markup_but_line_ends(text: str, letters: int, lines: int) -> None:
    wrapped = wrap(text, letters, lines=lines)
    assert wrapped.count("<br>") < lines
    assert "<" not in wrapped.replace("<br>", "")
    assert "<" not in plain(text)


@given(st.floats(0, 1e9), st.floats(0.001, 1e9))
def test_ticks_are_few_round_and_within_the_range(low: float, span: float) -> None:
    ticks = pick_ticks(low, low + span)
    assert len(ticks) <= 7
    assert all(low - span * 0.01 <= tick <= (low + span) + span * 0.01 for tick in ticks)


def test_axis_numbers_use_the_signs_of_the_language() -> None:
    assert format_tick(-1234.5, LOOK) == "1\u00a0234,5"
    assert format_tick(1234.5, Look("en", decimal=".", group=",")) == "1,234.5"
