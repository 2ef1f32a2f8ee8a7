"""The words of the papers: the same in three languages, no number typed into them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from sedp_helpers.catalog.load import load_catalog
from sedp_helpers.language import find_typed_digits, list_slots

DECADE = "20"  # of the blank «20__» of a date written by hand
OWN = {"answers.forwarded"}  # names the kind of place only where the language inflects it


def flatten(words: Any, path: str = "") -> Iterator[tuple[str, str]]:
    pairs = words.items() if isinstance(words, dict) else enumerate(words)
    for key, value in pairs:
        here = f"{path}.{key}" if path else str(key)
        if isinstance(value, str):
            yield here, value
        else:
            yield from flatten(value, here)


@pytest.mark.parametrize("language", ["ru", "en"])
def test_every_word_is_there_in_each_language_with_the_same_slots(language: str) -> None:
    source = dict(flatten(load_catalog().words("hearing", "ky")))
    other = dict(flatten(load_catalog().words("hearing", language)))
    assert set(source) == set(other)
    for key in set(source) - OWN:
        slots = [{slot.name for slot in list_slots(text[key])} for text in (source, other)]
        office = {"office", "council", "place", "kind"}
        assert slots[0] - office == slots[1] - office, key


@pytest.mark.parametrize("language", ["ky", "ru", "en"])
def test_no_number_is_typed_into_a_template(language: str) -> None:
    for key, text in flatten(load_catalog().words("hearing", language)):
        assert set(find_typed_digits(text)) <= {DECADE}, key
