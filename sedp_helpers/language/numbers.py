"""Numbers on the page: decimal comma, no-break groups, real minus, half-up rounding.

The only place where a number loses digits. Missing is never zero: a missing value has no digits
and is refused, the caller says in words that it is missing.
"""

from __future__ import annotations

import math
from decimal import ROUND_HALF_UP, Decimal, localcontext
from numbers import Integral, Real

from sedp_helpers.errors import NotDerivable
from sedp_helpers.language.locales import get_setting

Number = int | float | Decimal
NO_BREAK_SPACE = "\u00a0"


def round_half_up(value: Number, decimals: int = 0) -> Decimal:
    """The value rounded as people round: the shortest decimal text of the number, half away from 0.

    >>> round_half_up(2.675, 2), round_half_up(0.5), round_half_up(-2.5), round_half_up(-0.2)
    (Decimal('2.68'), Decimal('1'), Decimal('-3'), Decimal('0'))
    """
    exact = _read_exactly(value)
    with localcontext() as context:
        context.prec = 400
        rounded = exact.quantize(Decimal(1).scaleb(-decimals), rounding=ROUND_HALF_UP)
    return abs(rounded) if rounded == 0 else rounded


def format_number(value: Number, lang: str, decimals: int = 0, unit: str = "") -> str:
    """A number in the writing of a language; ``unit`` is a text set behind a no-break space.

    >>> format_number(12130.4, "ky").replace("\\u00a0", "_"), format_number(12130.4, "en", 1)
    ('12_130', '12,130.4')
    """
    rounded = round_half_up(value, decimals)
    whole, _, fraction = f"{abs(rounded):,f}".partition(".")
    digits = whole.replace(",", get_setting(lang, "group"))
    if fraction:
        digits += get_setting(lang, "decimal") + fraction
    sign = get_setting(lang, "minus") if rounded < 0 else ""
    return sign + digits + (NO_BREAK_SPACE + unit if unit else "")


def format_percent(value: Number, lang: str, decimals: int = 1) -> str:
    """A percentage given as 0–100, with a no-break space before the sign.

    >>> format_percent(5.48, "ky", 2).replace("\\u00a0", "_")
    '5,48_%'
    """
    return get_setting(lang, "percent").format(format_number(value, lang, decimals))


def format_range(low: Number, high: Number, lang: str, decimals: int = 0, *, unit: str = "") -> str:
    """Two ends with an en dash; ``unit`` «%» or a word follows the second end.

    Where an end is negative the sign would run into the dash, so an ellipsis parts them.

    >>> format_range(10, 15, "ky", unit="%").replace("\\u00a0", "_")
    '10–15_%'
    """
    ends = [format_number(end, lang, decimals) for end in (low, high)]
    text = range_dash(low, high, lang).join(ends)
    return text + (NO_BREAK_SPACE + unit if unit else "")


def range_dash(low: Number, high: Number, lang: str) -> str:
    """What stands between two ends of a range: a dash, or an ellipsis where a sign would meet it.

    >>> range_dash(10, 15, "ky"), range_dash(-14, -13, "ky")
    ('–', '…')
    """
    return get_setting(lang, "range_negative" if low < 0 or high < 0 else "range")


def _read_exactly(value: Number) -> Decimal:
    if isinstance(value, Decimal):
        exact = value
    elif isinstance(value, Integral):
        exact = Decimal(int(value))
    elif isinstance(value, Real):
        exact = Decimal(repr(float(value)))
    else:
        raise NotDerivable(f"not a number: {value!r}", word=str(value))
    if math.isfinite(exact):
        return exact
    raise NotDerivable("a missing value has no digits", word=str(value))
