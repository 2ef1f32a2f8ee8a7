"""Money in sentences: «80 сом», «500 миң сом», «48,6 млн сом».

Tables print the full amount; only sentences scale it. One decimal is kept after scaling and a
zero decimal is not written.
"""

from __future__ import annotations

from sedp_helpers.language.counts import count_noun
from sedp_helpers.language.locales import get_setting
from sedp_helpers.language.numbers import Number, format_number, round_half_up
from sedp_helpers.language.phrases import Phrase, cut_pattern

SCALES = (("money.thousand", 3), ("money.million", 6), ("money.billion", 9))


def write_money(value: Number, lang: str) -> Phrase:
    """An amount in som, scaled to thousand, million or billion and cut around its figure.

    A language without a word for the thousand (English) writes the full number there.

    >>> write_money(48_600_000, "ky").figure
    '48,6'
    """
    for key, power in reversed(SCALES):
        scaled = round_half_up(value, 1 - power).scaleb(-power)
        pattern = get_setting(lang, key)
        if abs(scaled) >= 1 and pattern:
            decimals = 0 if scaled == scaled.to_integral_value() else 1
            return cut_pattern(pattern, format_number(scaled, lang, decimals))
    return count_noun(value, "som", lang)


def format_money(value: Number, lang: str) -> str:
    """An amount in som as text.

    >>> format_money(500_000, "ru").replace("\\u00a0", " ")
    '500 тыс. сомов'
    """
    return write_money(value, lang).text
