"""Which Kyrgyz words already carry the possessive («Кочкор району», «айыл аймагы»).

First the lists: every word of ``generic_words.csv`` in its possessive form. Then, for an unknown
last word of a phrase, the shape of the word; where the shape does not decide, the word is plain.
"""

from __future__ import annotations

import re
from functools import cache

from sedp_helpers.language.lists import read_pairs, read_rows, read_words
from sedp_helpers.language.sounds import HIGH, VOWELS, find_last_vowel
from sedp_helpers.language.stems import Stem, make_plural, make_possessive

LOWERCASE = re.compile(r"[а-яёңөү]{4,}")
PLURAL_ENDING = re.compile(r".{2}[лдт](?:ары|ери|ору|өрү)$")
ABSTRACT_ENDING = re.compile(r"л(?:ыгы|иги|угу|үгү)$")
OPEN_CONSONANTS = "бвджзйлмнңпрстфхцшщ"


@cache
def list_possessed() -> dict[str, str]:
    """Possessive form → plain word, for generic words, their plurals and the months."""
    generic = [row["word"] for row in read_rows("generic_words") if " " not in row["word"]]
    months = [row["ky"] for row in read_rows("months")]
    forms = {}
    irregular = list(read_pairs("possessives", "word", "possessive"))
    for word in generic + months + irregular:
        word = word.rsplit("-", 1)[-1]
        stem = Stem("", word, word)
        forms[make_possessive(stem).text] = word
        forms[make_possessive(make_plural(stem)).text] = make_plural(stem).text
    return forms


@cache
def list_place_words() -> frozenset[str]:
    """Possessive generic words that follow a name, accepted with a capital letter too."""
    words = [row["word"].split()[-1] for row in read_rows("generic_words") if row["after_name"]]
    return frozenset(make_possessive(Stem("", word, word)).text for word in words)


@cache
def list_keepers() -> tuple[str, ...]:
    """Compounds that keep the possessive in every form, as typed without it («айыл аймак»)."""
    return tuple(row["word"] for row in read_rows("generic_words") if row["keeps_possessive"])


def find_plain_form(word: str, *, alone: bool, part: bool) -> str | None:
    """The word without its possessive; empty = has one, plain form unknown; None = has none.

    ``alone``: nothing stands before the word. ``part``: it is the tail of a hyphenated word.

    >>> find_plain_form("району", alone=True, part=False)
    'район'
    >>> find_plain_form("башы", alone=True, part=True) is None
    True
    """
    known = list_possessed()
    if word in known:
        return known[word]
    if not alone and not part and word.casefold() in list_place_words():
        return known[word.casefold()]
    if PLURAL_ENDING.search(word) and LOWERCASE.fullmatch(word):
        return word[:-1]
    if alone or part or not LOWERCASE.fullmatch(word):
        return None
    return _guess_plain_form(word)


def _guess_plain_form(word: str) -> str | None:
    stem, ending = word[:-1], word[-1]
    harmony = HIGH.get(find_last_vowel(stem))
    if ending not in "ыиуү" or ending != harmony or word in read_words("plain_words"):
        return None
    if ABSTRACT_ENDING.search(word):
        return stem[:-1] + "к"
    if stem[-1] == "с" and stem[-2] in VOWELS:
        return ""
    if stem[-1] not in OPEN_CONSONANTS:
        return None
    return "" if stem[-1] == "б" else stem
