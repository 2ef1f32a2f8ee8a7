"""Letters that only look right, and names typed without a Kyrgyz keyboard.

Look-alikes are repaired and every repair is reported; nothing is repaired silently. Folding is
for comparing only, never for printing: a name is proposed, never decided.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from difflib import get_close_matches
from functools import cache

from sedp_helpers.language.lists import read_pairs, read_rows, read_words

WORD = re.compile(r"[^\W\d_]+")
CYRILLIC = re.compile(r"[\u0400-\u052f]")
LATIN = re.compile(r"[A-Za-zÀ-ɏə]")
APOSTROPHE_N = re.compile(r"(?<=[а-яёөү])н['’ʼ`]")
BROKEN_FONT = re.compile(r"ъ[бвгджзйклмнпрстфхцчшщ]|[аеиоуыэюя]ё[аеёиоуыэюя]")
BROKEN_LETTERS = {"ъ": "ө", "\\": "ү", "ё": "ң", "Ъ": "Ө", "Ё": "Ң"}
FOLDED = str.maketrans({"ө": "о", "ү": "у", "ң": "н", "ё": "е"})


def begin_line(text: str) -> str:
    """A text as the beginning of a line or a sentence, its first letter a capital.

    >>> begin_line("село Ак-Талаа")
    'Село Ак-Талаа'
    """
    return text[:1].upper() + text[1:]


@dataclass(frozen=True)
class Repair:
    """One replaced sign: where it stood in the typed text, what stood there, what was put."""

    position: int
    found: str
    put: str


def repair_letters(text: str) -> tuple[str, list[Repair]]:
    """The text with right Kyrgyz letters, and the list of what was changed.

    Latin letters are changed only inside words that hold Cyrillic letters; «нг» and whole Latin
    words are left alone.

    >>> repair_letters("Kочкор")
    ('Кочкор', [Repair(position=0, found='K', put='К')])
    """
    if not _list_signs().search(text):
        return text, []
    repairs = [*_find_lookalikes(text), *_find_split_letters(text), *_find_broken_font(text)]
    repairs.sort(key=lambda repair: repair.position)
    parts, end = [], 0
    for repair in repairs:
        parts += [text[end : repair.position], repair.put]
        end = repair.position + len(repair.found)
    return "".join(parts) + text[end:], repairs


def fold(text: str) -> str:
    """What is left of a name for comparing: no case, hyphens, spaces, Kyrgyz letters, «айылы».

    >>> fold("Кызыл-Дөбө айылы") == fold("с. Кызыл Добо")
    True
    """
    text = repair_letters(unicodedata.normalize("NFC", text))[0].casefold()
    words = [word for word in text.split() if word not in read_words("place_words")]
    folded = " ".join(words or [text]).translate(FOLDED).replace("нг", "н")
    return re.sub(r"[\W_]+", "", folded)


def propose(name: str, known: Iterable[str]) -> list[str]:
    """The known names a typed name may mean: all that fold to the same, else the nearest three.

    >>> propose("Кызыл-Добо", ["Мантыш", "Кызыл-Дөбө"])
    ['Кызыл-Дөбө']
    """
    folded: dict[str, list[str]] = {}
    for candidate in known:
        folded.setdefault(fold(candidate), []).append(candidate)
    typed = fold(name)
    if typed in folded:
        return folded[typed]
    near = get_close_matches(typed, list(folded), n=3, cutoff=0.7)
    return [candidate for key in near for candidate in folded[key]]


@cache
def _list_lookalikes() -> tuple[dict[str, str], dict[str, str]]:
    everywhere = {row["found"] for row in read_rows("lookalikes") if row["where"] == "anywhere"}
    pairs = read_pairs("lookalikes", "found", "put")
    return {found: pairs[found] for found in everywhere}, pairs


@cache
def _list_signs() -> re.Pattern[str]:
    """What every repair begins with: a look-alike, an apostrophe, a letter of a broken font."""
    signs = {*_list_lookalikes()[1], *"'’ʼ`", *BROKEN_LETTERS}
    return re.compile(f"[{re.escape(''.join(sorted(signs)))}]")


def _find_lookalikes(text: str) -> list[Repair]:
    everywhere, within_words = _list_lookalikes()
    repairs = []
    for word in WORD.finditer(text):
        latin = LATIN.findall(word[0])
        mixed = bool(CYRILLIC.search(word[0])) and all(sign in within_words for sign in latin)
        table = within_words if mixed else everywhere
        for place, sign in enumerate(word[0], start=word.start()):
            if sign in table:
                repairs.append(Repair(place, sign, table[sign]))
    return repairs


def _find_split_letters(text: str) -> list[Repair]:
    return [Repair(found.start(), found[0], "ң") for found in APOSTROPHE_N.finditer(text)]


def _find_broken_font(text: str) -> list[Repair]:
    """Only in words with an impossible ъ or ё: a backslash alone may mean «or» («и\\или»)."""
    return [
        Repair(place, sign, BROKEN_LETTERS[sign])
        for word in re.finditer(r"\S+", text)
        if BROKEN_FONT.search(word[0].casefold())
        for place, sign in enumerate(word[0], start=word.start())
        if sign in BROKEN_LETTERS
    ]
