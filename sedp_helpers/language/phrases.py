"""A number with its unit, cut in three: what stands before the figure, the figure, the rest.

The cut lets a report mark exactly the figure («12 130» in «12 130 адамга») with its result key.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from sedp_helpers.errors import NotDerivable
from sedp_helpers.language.inflection import inflect

FIGURE = "{}"


@dataclass(frozen=True)
class Phrase:
    """Text around one printed figure."""

    before: str
    figure: str
    after: str

    @property
    def text(self) -> str:
        return self.before + self.figure + self.after


def cut_pattern(pattern: str, figure: str) -> Phrase:
    """A pattern with ``{}`` in the place of the figure, filled.

    >>> cut_pattern("{} %", "62").after
    ' %'
    """
    before, found, after = pattern.partition(FIGURE)
    if not found:
        raise NotDerivable(f"the pattern «{pattern}» has no place for the figure", word=pattern)
    return Phrase(before, figure, after)


def inflect_phrase(phrase: Phrase, case: str, *, possessive: bool = False) -> Phrase:
    """The Kyrgyz phrase with its case ending behind the figure and unit; the figure stays.

    >>> inflect_phrase(Phrase("", "37", ""), "nom", possessive=True).text
    '37си'
    """
    text = inflect(phrase.text, case, possessive=possessive)
    return Phrase(phrase.before, phrase.figure, text[len(phrase.before) + len(phrase.figure) :])


def pick_russian_form(printed: Decimal, decimals: int) -> str:
    """Russian noun form after a printed number: one, few, many, or fraction after a decimal.

    >>> [pick_russian_form(Decimal(n), 0) for n in (1, 3, 11, 21, 100)]
    ['one', 'few', 'many', 'one', 'many']
    """
    if decimals > 0:
        return "fraction"
    whole = abs(int(printed))
    if whole % 10 == 1 and whole % 100 != 11:
        return "one"
    if whole % 10 in (2, 3, 4) and whole % 100 not in (12, 13, 14):
        return "few"
    return "many"
