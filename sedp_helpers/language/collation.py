"""Alphabetical order: the 36 Kyrgyz letters, where code points put Ё, Ң, Ө and Ү wrong.

Order of characters: spaces, other signs, digits, the letters of the language, other letters.
Case and the rest decide only between texts with the same letters.
"""

from __future__ import annotations

import unicodedata
from functools import cache

from sedp_helpers.language.locales import get_setting

SortKey = tuple[tuple[tuple[int, int], ...], str]


@cache
def _rank_letters(lang: str) -> dict[str, int]:
    return {letter: rank for rank, letter in enumerate(get_setting(lang, "alphabet"))}


def sort_key(text: str, lang: str = "ky") -> SortKey:
    """The key to sort names by; small letters come before capital ones.

    >>> sorted(["Өзгөн", "Ош", "Нарын", "Ңандай", "Пап"], key=sort_key)
    ['Нарын', 'Ңандай', 'Ош', 'Өзгөн', 'Пап']
    """
    text = unicodedata.normalize("NFC", text)
    ranks = _rank_letters(lang)
    return tuple(_weigh(sign, ranks) for sign in text.lower()), text.swapcase()


def _weigh(sign: str, ranks: dict[str, int]) -> tuple[int, int]:
    if sign in ranks:
        return 3, ranks[sign]
    if sign.isspace():
        return 0, 0
    if sign.isdigit():
        return 2, unicodedata.digit(sign)
    return (4 if sign.isalpha() else 1), ord(sign)
