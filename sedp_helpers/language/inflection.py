"""The forms of words, names and numbers: the public face of the Kyrgyz endings.

Decisions: an abbreviation without a vowel is read by its letters, so the name of the last letter
decides (КТК: ка → КТКга); a noun after a number stays singular even where a plural is asked for;
bare digits have no plural; a word that already carries the possessive keeps exactly one.
"""

from __future__ import annotations

from sedp_helpers.errors import NotDerivable
from sedp_helpers.language.numerals import starts_with_count
from sedp_helpers.language.possessed import list_possessed
from sedp_helpers.language.reading import read_stem
from sedp_helpers.language.russian import inflect_russian
from sedp_helpers.language.stems import (
    CASES,
    Stem,
    decline,
    make_adjective,
    make_plural,
    make_possessive,
)


def inflect(
    word: str, case: str, plural: bool = False, possessive: bool = False, lang: str = "ky"
) -> str:
    """A word, name, phrase or number in a case, plural or third-person possessive.

    Cases: nom gen dat acc loc abl. Raises ``NotDerivable`` (a ValueError) where no rule is safe:
    Latin letters, Russian adjectival names, unreadable words, an unknown case; in Russian what
    its list does not hold, in English everything but the word itself.

    >>> inflect("Кочкор району", "loc"), inflect("СЭӨП", "gen"), inflect("12 130", "dat")
    ('Кочкор районунда', 'СЭӨПтүн', '12 130га')
    >>> inflect("чыгаша", "abl", plural=True), inflect("5,48 %", "acc", possessive=True)
    ('чыгашалардан', '5,48 %ын')
    """
    if case not in CASES:
        raise NotDerivable(f"no case «{case}»: {', '.join(CASES)}", word=word, case=case)
    if lang == "ru" and not possessive:
        return inflect_russian(word, case, plural=plural)
    if lang != "ky":
        return _keep_unchanged(word, case, plural or possessive, lang)
    if case == "nom" and not plural and not possessive:
        return word
    if _is_heading(word):
        return inflect(word.lower(), case, plural, possessive).upper()
    return decline(_build_stem(word, plural, possessive), case).text


def adjective(word: str, plural: bool = False, possessive: bool = False) -> str:
    """«…that is in it» in Kyrgyz: the locative and -гы.

    >>> adjective("2024-жыл"), adjective("Кочкор району"), adjective("мектептер")
    ('2024-жылдагы', 'Кочкор районундагы', 'мектептердеги')
    """
    return make_adjective(_build_stem(word, plural, possessive)).text


def _is_heading(word: str) -> bool:
    """Whether a generic word in capitals shows that all is a heading, not an abbreviation."""
    return word.isupper() and word.split()[-1].casefold() in list_possessed()


def _build_stem(word: str, plural: bool, possessive: bool) -> Stem:
    stem = read_stem(word)
    if stem.keeper:
        stem = make_possessive(stem)
    if plural and not starts_with_count(word):
        if stem.fixed and not stem.written:
            raise NotDerivable(f"digits have no plural: «{word}»", word=word)
        stem = make_plural(stem)
    return make_possessive(stem) if possessive else stem


def _keep_unchanged(word: str, case: str, changed: bool, lang: str) -> str:
    if case == "nom" and not changed:
        return word
    raise NotDerivable(f"«{word}» has no form «{case}» in «{lang}»", word=word, case=case)
