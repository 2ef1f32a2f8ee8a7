"""Names of territories in foreign files: what is the same name, and what to say when none fits."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path

from sedp_helpers.errors import InputError
from sedp_helpers.language.letters import fold

MOST_NAMED = 12


def same_name(first: str, second: str) -> bool:
    """Whether two names mean the same place: no case, look-alike letters as one.

    >>> same_name("Кочкор ", "кочкор"), same_name("Кочкор", "Нарын")
    (True, False)
    """
    return _fold(first) == _fold(second)


def _fold(name: str) -> str:
    """A name for comparing; a Latin «c.» is also read as the sign of a village."""
    return fold(re.sub(r"^c\.\s*", "", " ".join(name.split()), flags=re.IGNORECASE))


def clean_title(title: str) -> str:
    """A title without the notes in brackets and the word for town.

    >>> clean_title("г.Бишкек (1)")
    'Бишкек'
    """
    return re.sub(r"^г\.\s*|\s*\(.*\)\s*$", "", title.strip())


def refuse_empty(path: Path, known: Sequence[str]) -> InputError:
    """Nothing in the file is about the one who asks; what is in it is told."""
    names = [name for name in dict.fromkeys(known) if name][:MOST_NAMED]
    return InputError(f"{path.name} holds nothing for this place", key="foreign_empty",
                      path=path.name, known=", ".join(names) or "—")
