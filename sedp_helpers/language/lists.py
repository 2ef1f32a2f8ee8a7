"""The word lists of ``catalog/language``: what no rule of the language can know.

Only reads small CSV files, each once. It must not know a word itself and must not import the
catalogue's loader, so that asking for one word form stays instant.
"""

from __future__ import annotations

import csv
from functools import cache
from pathlib import Path

from sedp_helpers.errors import CatalogueError

FOLDER = Path(__file__).parent.parent / "catalog" / "language"


@cache
def read_rows(name: str) -> tuple[dict[str, str], ...]:
    """All rows of ``catalog/language/<name>.csv``, in the order of the file.

    >>> read_rows("numerals")[1]
    {'value': '1', 'word': 'бир'}
    """
    path = FOLDER / f"{name}.csv"
    if not path.is_file():
        raise CatalogueError(f"the word list {path.name} is missing", path=path.name)
    with path.open(encoding="utf-8", newline="") as lines:
        return tuple(csv.DictReader(lines))


@cache
def read_pairs(name: str, key: str, value: str) -> dict[str, str]:
    """One column of a list by another one, as a dictionary.

    >>> read_pairs("plurals", "word", "plural")["бала"]
    'балдар'
    """
    return {row[key]: row[value] for row in read_rows(name)}


@cache
def read_words(name: str) -> frozenset[str]:
    """The column ``word`` of a list.

    >>> "киши" in read_words("plain_words")
    True
    """
    return frozenset(row["word"] for row in read_rows(name))
