"""A Kyrgyz stem and the endings it can take: plural, possessive, case, «-гы».

What is written and what is heard may differ («12 130» is heard as «…отуз», «%» as «пайыз»): the
ending listens to what is heard and is written to what is written. No word list is known here
but the irregular possessives and plurals, which belong to the stem itself.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from sedp_helpers.errors import NotDerivable
from sedp_helpers.language.lists import read_pairs
from sedp_helpers.language.sounds import (
    VOWELS,
    pick_high,
    pick_low,
    pick_opening,
    pick_plural_opening,
)

CASES = ("nom", "gen", "dat", "acc", "loc", "abl")


@dataclass(frozen=True)
class Stem:
    """A word before its endings.

    ``before`` is everything that never changes; ``fixed`` says that the letters are not the
    heard ones (digits, abbreviations), so that no letter of the stem may change either.
    ``plain`` is the word without its possessive, where the word already carries one; ``keeper``
    is a compound typed without the possessive that belongs to it («айыл аймак»).
    """

    before: str
    written: str
    heard: str
    fixed: bool = False
    possessive: bool = False
    keeper: bool = False
    plain: str = ""

    @property
    def text(self) -> str:
        return self.before + self.written


def soften(stem: Stem) -> Stem:
    """The stem without the final soft sign, which falls before every ending."""
    if stem.fixed or not stem.written.endswith("ь"):
        return stem
    return replace(stem, written=stem.written[:-1], heard=stem.heard.removesuffix("ь"))


def attach(stem: Stem, ending: str) -> Stem:
    """The stem with an ending; three equal consonants are never written (ватт + -тан)."""
    drops = stem.written[-2:] == ending[0] * 2 and ending[0] not in VOWELS
    written = stem.written + (ending[1:] if drops else ending)
    return replace(stem, written=written, heard=stem.heard + ending)


def make_plural(stem: Stem) -> Stem:
    """The plural -LAр; a stem with a possessive is made plural below it (айыл аймактары).

    >>> make_plural(Stem("", "төлөм", "төлөм")).text
    'төлөмдөр'
    """
    if stem.possessive:
        if not stem.plain:
            raise NotDerivable(f"the plain form of «{stem.text}» is not known", word=stem.text)
        plain = replace(stem, written=stem.plain, heard=stem.plain, possessive=False, plain="")
        return make_possessive(make_plural(plain))
    irregular = read_pairs("plurals", "word", "plural").get(stem.written)
    if irregular and not stem.fixed:
        return replace(stem, written=irregular, heard=irregular)
    stem = soften(stem)
    return attach(stem, f"{pick_plural_opening(stem.heard)}{pick_low(stem.heard)}р")


def make_possessive(stem: Stem) -> Stem:
    """The third-person possessive -(с)I; к and п between vowels become г and б.

    >>> make_possessive(Stem("", "аймак", "аймак")).text
    'аймагы'
    >>> make_possessive(Stem("", "калк", "калк")).text
    'калкы'
    """
    if stem.possessive:
        return stem
    plain = stem.written
    irregular = read_pairs("possessives", "word", "possessive").get(plain)
    if irregular and not stem.fixed:
        return replace(stem, written=irregular, heard=irregular, possessive=True, plain=plain)
    stem = soften(stem)
    if stem.heard[-1] in VOWELS:
        stem = attach(stem, "с" + pick_high(stem.heard))
    else:
        stem = attach(_voice_last(stem), pick_high(stem.heard))
    return replace(stem, possessive=True, plain=plain)


def decline(stem: Stem, case: str) -> Stem:
    """One of the six cases; after a possessive the endings are others (районуна, районунда).

    >>> decline(Stem("", "мектеп", "мектеп"), "abl").text
    'мектептен'
    """
    if case not in CASES:
        raise NotDerivable(f"no case «{case}»: {', '.join(CASES)}", case=case)
    if case == "nom":
        return stem
    if stem.possessive:
        return attach(stem, _possessed_ending(stem.heard, case))
    irregular = read_pairs("pronouns", "word", case).get(stem.written)
    if irregular and not stem.fixed:
        return replace(stem, written=irregular, heard=irregular)
    stem = soften(stem)
    return attach(stem, _plain_ending(stem.heard, case))


def make_adjective(stem: Stem) -> Stem:
    """«…that is in»: locative + -гI (жылдагы, районундагы, СЭӨПтөгү)."""
    place = decline(stem, "loc")
    return attach(place, "г" + pick_high(place.heard))


def _voice_last(stem: Stem) -> Stem:
    last = {"к": "г", "п": "б"}.get(stem.written[-1:])
    if stem.fixed or last is None or stem.written[-2] not in VOWELS:
        return stem
    return replace(stem, written=stem.written[:-1] + last, heard=stem.heard[:-1] + last)


def _plain_ending(heard: str, case: str) -> str:
    low, high = pick_low(heard), pick_high(heard)
    n = pick_opening(heard, vowel="н", voiced="д", voiceless="т")
    d = pick_opening(heard, vowel="д", voiced="д", voiceless="т")
    g = pick_opening(heard, vowel="г", voiced="г", voiceless="к")
    endings = {"gen": f"{n}{high}н", "dat": g + low, "acc": n + high}
    return endings.get(case) or {"loc": d + low, "abl": f"{d}{low}н"}[case]


def _possessed_ending(heard: str, case: str) -> str:
    low, high = pick_low(heard), pick_high(heard)
    endings = {"gen": f"н{high}н", "dat": f"н{low}", "acc": "н"}
    return endings.get(case) or {"loc": f"нд{low}", "abl": f"н{low}н"}[case]
