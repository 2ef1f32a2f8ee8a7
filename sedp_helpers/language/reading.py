"""From a typed text to the stem whose ending changes: last word, number, percent, abbreviation.

What cannot be inflected safely is refused here with ``NotDerivable``: Latin letters, Russian
adjectival names, words without a vowel, closing quotation marks. The way out for a template is
always the same: the unchanged name before a generic noun («ХХХ Тазалык» ишканасына).
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import replace

from sedp_helpers.errors import NotDerivable
from sedp_helpers.language.lists import read_pairs, read_words
from sedp_helpers.language.numerals import read_number
from sedp_helpers.language.possessed import find_plain_form, list_keepers
from sedp_helpers.language.sounds import find_last_vowel
from sedp_helpers.language.stems import Stem

PERCENT_HEARD = "пайыз"
CYRILLIC = re.compile(r"[А-Яа-яЁёҢңӨөҮү]+")
ADJECTIVAL = re.compile(r"[сц]к(?:ий|ая|ое|ие)$|(?:ое|ые)$")


def read_stem(text: str) -> Stem:
    """The stem of a word, name, phrase, number or percentage.

    >>> read_stem("Кочкор району").plain, read_stem("5,48 %").heard, read_stem("КТК").heard
    ('район', 'пайыз', 'ка')
    """
    text = unicodedata.normalize("NFC", text).strip()
    if not text:
        raise NotDerivable("an empty text has no forms", word=text)
    if text[-1].isdigit():
        return Stem(text, "", read_number(text), fixed=True)
    if text[-1] == "%":
        read_number(text[:-1].rstrip())  # a sign without its number cannot be read aloud
        return Stem(text, "", PERCENT_HEARD, fixed=True)
    return _read_word(text)


def _read_word(text: str) -> Stem:
    word = re.split(r"\s", text)[-1]
    tail = word.rsplit("-", 1)[-1]
    before = text[: len(text) - len(tail)]
    _refuse_foreign(tail, text)
    if _is_abbreviation(tail):
        return Stem(before, tail, _hear_abbreviation(tail), fixed=True)
    if not find_last_vowel(tail.casefold()) or tail in read_words("never_inflected"):
        raise NotDerivable(f"«{text}» cannot be read aloud: write it in full", word=text)
    stem = Stem(before, tail, tail.casefold())
    return _mark_possessive(stem, text, word)


def _mark_possessive(stem: Stem, text: str, word: str) -> Stem:
    phrase = " ".join(text.split()).casefold()
    if any(phrase == typed or phrase.endswith(" " + typed) for typed in list_keepers()):
        return replace(stem, keeper=True)
    plain = find_plain_form(stem.written, alone=word == text, part=word != stem.written)
    return stem if plain is None else replace(stem, possessive=True, plain=plain)


def _refuse_foreign(tail: str, text: str) -> None:
    if not CYRILLIC.fullmatch(tail):
        raise NotDerivable(f"«{text}» does not end in a Cyrillic word", word=text)
    if ADJECTIVAL.search(tail):
        raise NotDerivable(f"«{text}» is a Russian adjectival name", word=text)


def _is_abbreviation(tail: str) -> bool:
    capitals = sum(letter.isupper() for letter in tail)
    if tail.isupper():
        return len(tail) > 1 or not find_last_vowel(tail.casefold())
    return capitals > 1 and not find_last_vowel(tail.casefold())


def _hear_abbreviation(tail: str) -> str:
    """Read as a word where it has a vowel (СЭӨП), else letter by letter (КТК: ка-тэ-ка)."""
    heard = tail.casefold()
    if find_last_vowel(heard):
        return heard
    return read_pairs("letter_names", "letter", "name")[heard[-1]]
