"""Several things in one sentence: «Мантыш, Орток жана Кызыл-Дөбө»."""

from __future__ import annotations

from collections.abc import Sequence

from sedp_helpers.language.locales import get_setting


def join_words(words: Sequence[str], lang: str) -> str:
    """The words joined with commas and the language's «and»; an empty list is an empty text.

    >>> join_words(["Мантыш", "Орток", "Кызыл-Дөбө"], "ky")
    'Мантыш, Орток жана Кызыл-Дөбө'
    """
    if len(words) < 2:
        return "".join(words)
    head = words[0]
    for word in words[1:-1]:
        head = get_setting(lang, "list.more").format(head, word)
    return get_setting(lang, "list.pair").format(head, words[-1])
