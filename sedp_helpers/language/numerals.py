"""How a number in digits is read aloud in Kyrgyz, as far as a suffix has to know.

Only the last word heard decides the suffix. The digits after a decimal comma are read as a whole
number (5,48 → «…кырк сегиз»). This module must not format numbers.
"""

from __future__ import annotations

import re

from sedp_helpers.errors import NotDerivable
from sedp_helpers.language.lists import read_rows

GROUP_SPACES = " \u00a0\u2009\u202f"
NUMBER = rf"(?:\d{{1,3}}(?:[{GROUP_SPACES}]\d{{3}})+|\d+)(?:[.,]\d+)?"
LAST_NUMBER = re.compile(rf"{NUMBER}$")
BROKEN = re.compile(rf"\d[{GROUP_SPACES}]$")  # groups that are not of three digits
COUNTED = re.compile(rf"[\u2212-]?{NUMBER}(?:[–-]{NUMBER})?\s")


def read_last_word(value: int) -> str:
    """The last word of a whole number read aloud: the last non-zero group decides, so a number of
    any size can be read; beyond a thousand trillions it is heard as so many trillions.

    >>> [read_last_word(n) for n in (0, 7037, 12130, 11500, 12000, 2_000_000)]
    ['нөл', 'жети', 'отуз', 'жүз', 'миң', 'миллион']
    """
    if value < 0:
        raise NotDerivable(f"{value} is below zero: the sign is read before it", value=value)
    words = {int(row["value"]): row["word"] for row in read_rows("numerals")}
    for step in (10**12, 10**9, 10**6, 1000, 100):
        if value and value % step == 0:
            return words[step]
    return words.get(value % 100) or words.get(value % 10) or words[value % 100]


def read_number(text: str) -> str:
    """The last word heard of the number that ends a text, with or without a decimal part.

    >>> read_number("12 130"), read_number("5,48"), read_number("5,50"), read_number("№ 19")
    ('отуз', 'сегиз', 'элүү', 'тогуз')
    """
    found = LAST_NUMBER.search(text)
    if found is None or text[: found.start()].endswith("/") or BROKEN.search(text[: found.start()]):
        raise NotDerivable(f"«{text}» does not end in a number read as one", word=text)
    decisive = re.split(r"[.,]", found[0])[-1]
    return read_last_word(int(re.sub(rf"[{GROUP_SPACES}]", "", decisive)))


def starts_with_count(text: str) -> bool:
    """Whether a text counts something («11 айыл аймак»): its noun then stays singular.

    >>> starts_with_count("12 130 адам"), starts_with_count("2024-жылдын бюджети")
    (True, False)
    """
    return COUNTED.match(text) is not None
