"""What can go wrong, for people.

    SedpError                  anything a user can cause; shown as a sentence, never as a traceback
    ├── UsageError             the command was called wrongly                      (exit code 2)
    ├── NotFoundError          a municipality, indicator, file or name is unknown  (exit code 1)
    ├── InputError             a file of the user cannot be read at all            (exit code 1)
    ├── CatalogueError         the knowledge files contradict their schema         (exit code 1)
    ├── OutputError            something could not be written                      (exit code 1)
    └── NotDerivable           a word form cannot be derived safely                (exit code 1)

A message is a key of ``catalog/text/<lang>/messages.yml`` with its parameters, so that the person
reads it in her own language; ``str(error)`` is the English sentence of the raiser for developers.
"""

from __future__ import annotations

import errno
from collections.abc import Iterable
from difflib import get_close_matches
from typing import Any


class SedpError(Exception):
    """Base of everything a user can cause."""

    exit_code = 1

    def __init__(self, text: str, *, key: str = "", **params: Any) -> None:
        super().__init__(text)
        self.key = key
        self.params = params


class UsageError(SedpError):
    exit_code = 2


class NotFoundError(SedpError):
    pass


class InputError(SedpError):
    pass


class CatalogueError(SedpError):
    pass


class OutputError(SedpError):
    pass


class NotDerivable(SedpError, ValueError):
    pass


_REASONS = (errno.ENOSPC, errno.EACCES, errno.EROFS, errno.EFBIG)


def tell_reason(error: OSError) -> str:
    """Why the system refused: the name of a reason that has words in our languages, else its own
    sentence."""
    if error.errno in _REASONS:
        return errno.errorcode[error.errno]
    return error.strerror or str(error)


def name_nearest(name: str, known: Iterable[str]) -> str:
    """The sentence part «did you mean …?» or the list of what exists."""
    known = sorted(known)
    near = get_close_matches(name, known, n=3, cutoff=0.6)
    if near:
        return f"did you mean {', '.join(near)}?"
    return f"known: {', '.join(known[:40])}"
