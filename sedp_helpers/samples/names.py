"""Names that could stand on a map but do not: two parts from a list, in three languages."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from sedp_helpers.models import Text
from sedp_helpers.paths import PACKAGE

TEXTS = PACKAGE / "samples" / "texts"


@dataclass(frozen=True)
class Name:
    """An invented name: the ascii id and the spelling in three languages."""

    slug: str
    text: Text


def read_texts(name: str) -> list[dict[str, str]]:
    """The rows of a text file of this package."""
    with (TEXTS / f"{name}.csv").open(encoding="utf-8", newline="") as handle:
        return list(csv.DictReader(handle))


@lru_cache(maxsize=1)
def _list_names() -> tuple[Name, ...]:
    parts: dict[str, list[dict[str, str]]] = {"first": [], "last": []}
    for row in read_texts("name_parts"):
        parts[row["part"]].append(row)
    return tuple(_join(first, last) for first in parts["first"] for last in parts["last"])


def _join(first: dict[str, str], last: dict[str, str]) -> Name:
    words = {lang: f"{first[lang]}-{last[lang]}" for lang in ("ky", "ru", "en")}
    return Name(words["en"].lower(), Text(**words))


def count_names() -> int:
    """How many different names can be made."""
    return len(_list_names())


def draw_names(rng: np.random.Generator) -> Iterator[Name]:
    """All names once, in random order."""
    names = _list_names()
    return (names[place] for place in rng.permutation(len(names)))


def find_name(slug: str) -> Name:
    """The name with that ascii id."""
    return next(name for name in _list_names() if name.slug == slug)
