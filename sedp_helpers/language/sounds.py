"""Kyrgyz sounds: which vowel a suffix takes and which consonant opens it.

Source: the four-way vowel harmony and the consonant classes of the Kyrgyz orthography. This module
knows letters only; words, numbers and exceptions are the business of the modules above it.
"""

from __future__ import annotations

VOWELS = "аеёиоуыэюяөү"
VOICELESS = "кпстфхцчшщ"
LOW = dict(zip("аыяуюоёеэиөү", "аааааооеееөө", strict=True))
HIGH = dict(zip("аыяоёуюеэиөү", "ыыыууууиииүү", strict=True))


def find_last_vowel(heard: str) -> str:
    """The vowel letter that decides the harmony, or an empty text.

    >>> find_last_vowel("апрель"), find_last_vowel("км")
    ('е', '')
    """
    return next((letter for letter in reversed(heard) if letter in VOWELS), "")


def pick_low(heard: str) -> str:
    """The low suffix vowel: а о е ө (after у it is а, after ү it is ө).

    >>> [pick_low(word) for word in ("айыл", "суу", "жол", "бир", "үй")]
    ['а', 'а', 'о', 'е', 'ө']
    """
    return LOW[find_last_vowel(heard)]


def pick_high(heard: str) -> str:
    """The high suffix vowel: ы у и ү.

    >>> [pick_high(word) for word in ("айыл", "жол", "бир", "көл")]
    ['ы', 'у', 'и', 'ү']
    """
    return HIGH[find_last_vowel(heard)]


def pick_opening(heard: str, *, vowel: str, voiced: str, voiceless: str) -> str:
    """The first consonant of a suffix by the last letter of what is heard.

    >>> pick_opening("мектеп", vowel="н", voiced="д", voiceless="т")
    'т'
    """
    last = heard[-1]
    if last in VOWELS:
        return vowel
    return voiceless if last in VOICELESS else voiced


def pick_plural_opening(heard: str) -> str:
    """The first consonant of the plural: л after vowels, р and й, т after voiceless, else д.

    >>> [pick_plural_opening(word) for word in ("тоо", "жер", "айыл", "салык")]
    ['л', 'л', 'д', 'т']
    """
    if heard[-1] in "рй":
        return "л"
    return pick_opening(heard, vowel="л", voiced="д", voiceless="т")
