"""The writing habits of one language: ``catalog/text/<lang>/_locale.yml``.

The file is flat on purpose (one key and one quoted text a line), so that it can be read here in a
millisecond and without the YAML library, which only the catalogue may use.
"""

from __future__ import annotations

import json
import re
from functools import cache
from pathlib import Path

from sedp_helpers.errors import CatalogueError

FOLDER = Path(__file__).parent.parent / "catalog" / "text"
LINE = re.compile(r'^([\w.]+): (".*")$')


@cache
def read_locale(lang: str) -> dict[str, str]:
    """Every setting of a language; a line of another shape is a fault of the catalogue.

    >>> read_locale("ky")["decimal"]
    ','
    """
    path = FOLDER / lang / "_locale.yml"
    if not path.is_file():
        raise CatalogueError(f"no language «{lang}»: {path.name} is missing", lang=lang)
    settings = {}
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
        if not line.strip() or line.startswith("#"):
            continue
        found = LINE.match(line.rstrip())
        if found is None:
            raise CatalogueError(f'{path.name} ({lang}), line {number}: not «key: "text"»')
        settings[found[1]] = json.loads(found[2])
    return settings


def get_setting(lang: str, key: str) -> str:
    """One setting of a language.

    >>> get_setting("en", "list.pair")
    '{} and {}'
    """
    settings = read_locale(lang)
    if key not in settings:
        raise CatalogueError(f"the language «{lang}» does not say «{key}»", lang=lang, name=key)
    return settings[key]


def list_languages() -> list[str]:
    """The languages a report can be written in: every folder with a ``_locale.yml``.

    >>> list_languages()
    ['en', 'ky', 'ru']
    """
    return sorted(path.parent.name for path in FOLDER.glob("*/_locale.yml"))
