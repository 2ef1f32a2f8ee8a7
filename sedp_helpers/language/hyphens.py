"""Soft hyphens for long Kyrgyz and Russian words in narrow table cells.

No hyphenation patterns for Kyrgyz exist in the usual renderers, so syllables are cut here. For
display only: text for search and export must stay without soft hyphens.
"""

from __future__ import annotations

import re
from itertools import pairwise

from sedp_helpers.language.lists import read_rows
from sedp_helpers.language.sounds import VOWELS

SOFT_HYPHEN = "\u00ad"
SHORTEST = 9
EDGE = 2
WORD = re.compile(rf"[А-Яа-яЁёҢңӨөҮү]{{{SHORTEST},}}")
LANGUAGES = ("ky", "ru")


def hyphenate(text: str, lang: str) -> str:
    """The text with soft hyphens inside long Cyrillic words; other languages stay unchanged.

    >>> hyphenate("муниципалитет", "ky").replace("\\u00ad", "-")
    'му-ни-ци-па-ли-тет'
    """
    if lang not in LANGUAGES:
        return text
    return WORD.sub(lambda found: _hyphenate_word(found[0]), text)


def _hyphenate_word(word: str) -> str:
    if word.isupper():
        return word
    return SOFT_HYPHEN.join(split_syllables(word))


def split_syllables(word: str) -> list[str]:
    """The syllables between which a word may be broken; no single letter is left alone.

    >>> split_syllables("программа"), split_syllables("айылдыктын")
    (['про', 'грам', 'ма'], ['айыл', 'дык', 'тын'])
    """
    lower = word.lower()
    nuclei = [place for place, letter in enumerate(lower) if letter in VOWELS]
    cuts = [_find_cut(lower, a, b) for a, b in pairwise(nuclei)]
    parts, start = [], 0
    for cut in cuts:
        if cut - start >= EDGE and len(word) - cut >= EDGE:
            parts.append(word[start:cut])
            start = cut
    return [*parts, word[start:]]


def _find_cut(lower: str, first: int, second: int) -> int:
    """Where the syllable of the second vowel begins; 0 where the two must stay together."""
    between = lower[first + 1 : second]
    if not between:
        return second if lower[first] != lower[second] else 0
    onset = second - 1
    if lower[onset] in "ьъ":
        return second
    cluster = lower[onset - 1 : second] if len(between) > 1 else ""
    if cluster in _list_onsets() and (len(between) > 2 or cluster[1] == "р"):
        onset -= 1
    return onset


def _list_onsets() -> frozenset[str]:
    return frozenset(row["cluster"] for row in read_rows("onsets"))
