"""The grammar of sentence templates: text with slots like ``{population|bare,dat}``.

A slot is ``{name}`` followed by directives after ``|`` or ``,``. A directive is a word or
``word:argument``. Digits typed outside slots are a mistake: a sentence's numbers come from results.
This module reads templates; it fills none.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from sedp_helpers.errors import CatalogueError
from sedp_helpers.language.stems import CASES

PIECE = re.compile(r"\{([^{}]*)\}|([^{}]+)|(.)", re.DOTALL)
NAME = re.compile(r"[A-Za-z_]\w*")
SHAPES = ("bare", "full", "words", "ordinal", "pct", "point")
SHAPES_WITH_ARGUMENT = ("count", "unit")
CALENDAR = ("year", "years", "date")
ENDINGS = (*CASES, "px3", "pl", "adj")
PLAIN_DIRECTIVES = (*SHAPES, *ENDINGS, "abs")


@dataclass(frozen=True)
class Slot:
    """A place of a template to be filled: the value's name and what to do with it."""

    name: str
    shape: str = ""
    argument: str = ""
    case: str = "nom"
    plural: bool = False
    possessive: bool = False
    adjective: bool = False
    absolute: bool = False
    decimals: int | None = None


def read_template(template: str) -> list[str | Slot]:
    """The template as a list of texts and slots; a stray brace or unknown word is refused.

    >>> read_template("Калк {p|dat} өстү.")[1].case
    'dat'
    """
    pieces: list[str | Slot] = []
    for slot, text, stray in PIECE.findall(template):
        if stray:
            raise CatalogueError(f"a brace without its pair in «{template}»")
        pieces.append(text or read_slot(slot))
    return pieces


def read_slot(body: str) -> Slot:
    """One slot from what stands between the braces.

    >>> read_slot("x|count:person|px3.acc").possessive
    True
    """
    name, *words = re.split(r"[|,]", body)
    if not NAME.fullmatch(name.strip()):
        raise CatalogueError(f"a slot without a name: «{{{body}}}»")
    settings: dict[str, Any] = {"name": name.strip()}
    for word in words:
        for part in [word] if ":" in word else word.split("."):
            _add_directive(part.strip(), settings, body)
    return Slot(**settings)


def list_slots(template: str) -> list[Slot]:
    """The slots of a template, for the tests of the catalogue.

    >>> [slot.name for slot in list_slots("{a} {b|gen}")]
    ['a', 'b']
    """
    return [piece for piece in read_template(template) if isinstance(piece, Slot)]


def find_typed_digits(template: str) -> list[str]:
    """Numbers typed into the text of a template, where they escape every check.

    >>> find_typed_digits("{a|pct} 2024-жылы, 80 % {b}")
    ['2024', '80']
    """
    texts = [piece for piece in read_template(template) if isinstance(piece, str)]
    return [number for text in texts for number in re.findall(r"\d+", text)]


def _add_directive(word: str, settings: dict[str, Any], body: str) -> None:
    kind, colon, argument = word.partition(":")
    if kind == "decimals" and argument.isdigit():
        settings["decimals"] = int(argument)
    elif kind in SHAPES_WITH_ARGUMENT + CALENDAR and argument:
        settings |= {"shape": kind, "argument": argument}
    elif colon or kind not in PLAIN_DIRECTIVES:
        raise CatalogueError(f"unknown directive «{word}» in the slot «{{{body}}}»", name=word)
    elif kind in SHAPES:
        settings["shape"] = kind
    elif kind in CASES:
        settings["case"] = kind
    else:
        names = {"px3": "possessive", "pl": "plural", "adj": "adjective", "abs": "absolute"}
        settings[names[kind]] = True
