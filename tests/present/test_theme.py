"""The look: legible on paper, in grey, and for people who do not tell red from green."""

from __future__ import annotations

import dataclasses
from itertools import combinations, pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sedp_helpers.present.theme import (
    SERIES,
    Look,
    choose_ink,
    darken_for_text,
    fade,
    measure_contrast,
    measure_lightness,
    mix,
    read_rgb,
    suggest_height,
)

LOOK = Look("ky")
COLORS = st.integers(0, 0xFFFFFF).map(lambda number: f"#{number:06x}")
# Viénot, Brettel and Mollon (1999) on linear RGB: what is left for red-blind and green-blind eyes.
BLIND = {
    "protan": ((0.11238, 0.88762, 0.0), (0.11238, 0.88762, 0.0), (0.00401, -0.00401, 1.0)),
    "deutan": ((0.29275, 0.70725, 0.0), (0.29275, 0.70725, 0.0), (-0.02234, 0.02234, 1.0)),
}


def _see(color: str, matrix: tuple[tuple[float, ...], ...]) -> str:
    linear = [part**2.2 for part in read_rgb(color)]
    seen = [sum(m * c for m, c in zip(row, linear, strict=True)) for row in matrix]
    return "#" + "".join(f"{round(255 * max(0.0, min(1.0, s)) ** (1 / 2.2)):02x}" for s in seen)


def test_every_line_stands_three_to_one_off_the_paper() -> None:
    assert [s for s in SERIES if measure_contrast(s.color, LOOK.paper) < 3] == []


def test_neighbours_stay_apart_in_grey() -> None:
    ring = [*SERIES, SERIES[0]]
    gaps = [abs(measure_lightness(a.color) - measure_lightness(b.color)) for a, b in pairwise(ring)]
    assert min(gaps) >= 20


@pytest.mark.parametrize("eyes", sorted(BLIND))
def test_neighbours_stay_apart_for_colour_blind_readers(eyes: str) -> None:
    seen = [_see(s.color, BLIND[eyes]) for s in SERIES]
    gaps = [abs(measure_lightness(a) - measure_lightness(b)) for a, b in pairwise(seen)]
    assert min(gaps) >= 12


def test_no_two_series_share_marker_or_dash_and_hatching_repeats_only_where_lightness_does_not():
    for first, second in combinations(SERIES, 2):
        assert first.symbol != second.symbol
        assert first.dash != second.dash
        far = abs(measure_lightness(first.color) - measure_lightness(second.color)) >= 15
        assert first.pattern != second.pattern or far


def test_smallest_letter_is_nine_points_on_paper() -> None:
    assert LOOK.smallest_print_pt >= 9
    assert Look("ky", size=14).smallest_print_pt < 9


def test_ink_and_muted_text_read_on_paper() -> None:
    assert measure_contrast(LOOK.ink, LOOK.paper) >= 7
    assert measure_contrast(LOOK.muted, LOOK.paper) >= 4.5


def test_a_look_cannot_be_changed_by_a_figure() -> None:
    with pytest.raises(dataclasses.FrozenInstanceError):
        LOOK.size = 3  # type: ignore[misc]


def test_separators_follow_the_language() -> None:
    assert LOOK.separators == ",\u00a0"
    assert Look("en", decimal=".", group=",").separators == ".,"


@given(COLORS)
def test_chosen_ink_reads_on_every_background(background: str) -> None:
    assert measure_contrast(choose_ink(background, LOOK), background) >= 4.5


@given(COLORS)
def test_darkened_colour_reads_as_text(color: str) -> None:
    assert measure_contrast(darken_for_text(color, LOOK), LOOK.paper) >= 4.5


@given(COLORS, COLORS)
def test_contrast_is_symmetric_and_mix_keeps_its_ends(first: str, second: str) -> None:
    assert measure_contrast(first, second) == measure_contrast(second, first) >= 1
    assert (mix(first, second, 0), mix(first, second, 1)) == (first, second)


def test_styles_come_round_after_the_last() -> None:
    assert LOOK.style(len(SERIES)) == LOOK.style(0)


def test_height_grows_with_rows_within_its_limits() -> None:
    heights = [suggest_height(rows) for rows in range(80)]
    assert heights == sorted(heights)
    assert (heights[0], heights[-1]) == (250, 1400)


def test_faded_colour_keeps_its_parts() -> None:
    assert fade("#0B4F8A", 0.3) == "rgba(11,79,138,0.3)"
