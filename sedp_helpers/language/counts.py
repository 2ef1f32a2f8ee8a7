"""Counted nouns: «12 130 адам», «21 ребёнок», «3 villages».

The nouns are data (``catalog/language/nouns.csv``, the key is the unit's code where it is a unit).
A cell with ``{}`` says where the figure stands; without it the figure comes first.
"""

from __future__ import annotations

from sedp_helpers.errors import CatalogueError, name_nearest
from sedp_helpers.language.lists import read_rows
from sedp_helpers.language.locales import get_setting
from sedp_helpers.language.numbers import NO_BREAK_SPACE, Number, format_number, round_half_up
from sedp_helpers.language.phrases import FIGURE, Phrase, cut_pattern, pick_russian_form


def list_nouns() -> list[str]:
    """The keys of all nouns that can be counted.

    >>> "person" in list_nouns()
    True
    """
    return [row["key"] for row in read_rows("nouns")]


def count_noun(value: Number, noun_key: str, lang: str, decimals: int = 0) -> Phrase:
    """A number with its noun, cut around the figure; the noun agrees with the printed number.

    >>> count_noun(12130, "person", "ky").after.strip()
    'адам'
    """
    pattern = _find_noun(noun_key)[_pick_column(value, lang, decimals)]
    figure = format_number(value, lang, decimals)
    if FIGURE not in pattern:
        pattern = FIGURE + NO_BREAK_SPACE + pattern
    return cut_pattern(pattern, figure)


def format_count(value: Number, noun_key: str, lang: str, decimals: int = 0) -> str:
    """A number with its noun as text: singular in Kyrgyz, agreeing in Russian and English.

    >>> format_count(214, "child", "ru").replace("\\u00a0", " "), format_count(1, "village", "en")
    ('214 детей', '1\\xa0village')
    """
    return count_noun(value, noun_key, lang, decimals).text


def _find_noun(noun_key: str) -> dict[str, str]:
    for row in read_rows("nouns"):
        if row["key"] == noun_key:
            return row
    raise CatalogueError(f"no noun «{noun_key}»: {name_nearest(noun_key, list_nouns())}")


def _pick_column(value: Number, lang: str, decimals: int) -> str:
    kind = get_setting(lang, "plural")
    if kind == "none":
        return lang
    printed = round_half_up(value, decimals)
    if kind == "russian":
        return f"{lang}_{pick_russian_form(printed, decimals)}"
    return f"{lang}_one" if abs(printed) == 1 and decimals == 0 else f"{lang}_other"
