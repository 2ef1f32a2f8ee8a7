"""`sedp catalogue --methods`: every method the program knows, as a page to be read.

Why: a report explains the methods it used; whoever teaches or examines the program wants them all.
"""

from __future__ import annotations

from sedp_helpers.catalog.load import Catalog
from sedp_helpers.present.methods import PARTS


def list_methods(catalog: Catalog, language: str) -> list[dict[str, str]]:
    """A row a method: what it answers, formula, assumptions, when not to use it, source."""
    return [{"id": ident, **{name: text[name] for name in ("title", "what", *PARTS)}}
            for ident, text in catalog.words("methods", language).items()]


def write_methods(catalog: Catalog, language: str) -> str:
    """The same as Markdown: a heading, a paragraph and its conditions for each method."""
    words = catalog.words("frame", language)
    lines = [f"# {words['methods']}"]
    for row in list_methods(catalog, language):
        lines += ["", f"## {row['title']}", "", row["what"], ""]
        lines += [f"- **{words[name]}:** {row[name]}" for name in PARTS]
    return "\n".join(lines)
