"""A number on its way into a sentence: value, unit, decimals and the key of its result.

The default text of an amount follows its unit: «12 130 адам», «5,48 %», «48,6 млн сом».
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from sedp_helpers.errors import NotDerivable
from sedp_helpers.language.counts import count_noun
from sedp_helpers.language.lists import read_rows
from sedp_helpers.language.locales import get_setting, read_locale
from sedp_helpers.language.money import write_money
from sedp_helpers.language.numbers import format_number, round_half_up
from sedp_helpers.language.phrases import Phrase, cut_pattern

MONEY = "som"


@dataclass(frozen=True)
class Amount:
    """A value in full precision with its unit's code, printed decimals and result key."""

    value: float
    unit: str
    decimals: int = 0
    key: str = ""

    def as_absolute(self) -> Amount:
        """The same amount without its sign, for «38 fewer»; the key stays.

        >>> Amount(-38, "person").as_absolute().value
        38
        """
        return replace(self, value=abs(self.value))


def write_amount(amount: Amount, lang: str, *, scaled: bool = True) -> Phrase:
    """The amount with its unit; money is scaled to thousand, million, billion unless told not to.

    >>> write_amount(Amount(48_600_000, "som"), "ky").figure
    '48,6'
    """
    if amount.unit == MONEY and scaled:
        return write_money(amount.value, lang)
    return count_noun(amount.value, amount.unit, lang, amount.decimals)


def write_bare(amount: Amount, lang: str) -> Phrase:
    """The digits alone.

    >>> write_bare(Amount(37, "person"), "ky").text
    '37'
    """
    return Phrase("", format_number(amount.value, lang, amount.decimals), "")


def write_ordinal_words(amount: Amount, lang: str) -> Phrase:
    """A place from first to tenth in words («төртүнчү»); others have no words.

    >>> write_ordinal_words(Amount(4, "place"), "ky").text
    'төртүнчү'
    """
    for row in read_rows("ordinals"):
        if int(row["value"]) == amount.value:
            return Phrase("", row[lang], "")
    raise NotDerivable(f"no ordinal word for {amount.value}", value=amount.value)


def write_ordinal_digits(amount: Amount, lang: str) -> Phrase:
    """A place in digits: «4-» (the noun follows without a space), «4th», «21st».

    >>> write_ordinal_digits(Amount(4, "place"), "ky").text
    '4-'
    """
    place = int(round_half_up(amount.value))
    last = place % 10 if place % 100 not in (11, 12, 13) else 0
    own = f"ordinal.{last}"
    key = own if own in read_locale(lang) else "ordinal"
    return cut_pattern(get_setting(lang, key), format_number(place, lang))
