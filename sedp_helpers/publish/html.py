"""The report as one HTML file that works without a network and without a server.

Style, scripts and fonts stand in the file itself; the security policy names every script by its
hash and forbids all else, so text from data can never run and nothing is ever requested.
"""

from __future__ import annotations

import base64
import hashlib
import json
from collections.abc import Iterator, Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined, Template

from sedp_helpers.blocks import Document, Figure, Heading
from sedp_helpers.publish.beside import is_small, place_beside
from sedp_helpers.publish.fonts import make_data_uri, write_font_faces
from sedp_helpers.publish.guard import Bundle, check_traces
from sedp_helpers.publish.numbering import (
    find_marks,
    label_figure,
    label_table,
    number_document,
    title_column,
    title_heading,
    walk,
    walk_document,
)

TEMPLATES = Path(__file__).parent / "templates"
WIDE_COLUMNS = 7


def render_html(
    document: Document,
    words: Mapping[str, str],
    *,
    bundle: Bundle | None = None,
    fonts: Path | None = None,
    figures: Mapping[str, bytes] | None = None,
) -> str:
    """One page of the whole report; the same document gives the same bytes.

    ``bundle`` draws the figures; it is put in only if there are any. ``figures`` (anchor -> SVG)
    are still pictures for a page without the bundle. With neither, the data stand open.
    """
    document = number_document(document)
    drawn = [block for block in walk_document(document) if isinstance(block, Figure)]
    scripts = [_read("report.js")]
    if bundle and drawn:
        for figure in drawn:
            check_traces(figure.spec, bundle.traces, where=figure.anchor)
        scripts = [bundle.script, bundle.locale, _read("figures.js"), *scripts]
    scripts = [script for script in scripts if script]
    return load_page().render(
        meta=document.meta,
        language=document.meta.get("language", "ky"),
        words=words,
        sections=document.sections,
        contents=list(_list_contents(document)),
        marks=find_marks(document.meta, words),
        policy=_make_policy(scripts),
        style=(write_font_faces(fonts) if fonts else "") + _read("report.css"),
        scripts=[_protect_script(script) for script in scripts],
        drawing=bundle is not None and bool(drawn),
        pictures={
            anchor: make_data_uri("image/svg+xml", svg) for anchor, svg in (figures or {}).items()
        },
        captions=_caption_tables(document, words),
    )


@lru_cache(maxsize=1)
def load_page() -> Template:
    """The page with all that it includes, compiled once a process."""
    for name in _environment().list_templates(extensions=["j2"]):
        _environment().get_template(name)
    return _environment().get_template("report.html.j2")


@lru_cache(maxsize=1)
def _environment() -> Environment:
    environment = Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
        undefined=StrictUndefined,
    )
    environment.filters["island"] = write_island
    environment.filters["exact"] = repr
    environment.globals.update(
        label_figure=label_figure,
        is_small=is_small,
        label_table=label_table,
        title_heading=title_heading,
        title_column=title_column,
        wide_columns=WIDE_COLUMNS,
        place_beside=place_beside,
    )
    return environment


def _list_contents(document: Document) -> Iterator[tuple[Heading, list[Heading]]]:
    """The contents: every section title with the titles of level 2 beneath it."""
    for _, _, blocks in document.sections:
        titles = [block for block in walk(blocks) if isinstance(block, Heading)]
        yield titles[0], [title for title in titles[1:] if title.level == 2]


def _caption_tables(document: Document, words: Mapping[str, str]) -> dict[str, str]:
    """Captions of the tables behind figures: their own, else «3-сүрөттүн маалыматтары»."""
    return {
        block.data.anchor: block.data.caption or words["data_of_figure"].format(n=block.number)
        for block in walk_document(document)
        if isinstance(block, Figure)
    }


def write_island(value: Any) -> str:
    """JSON that cannot end the script element it stands in, whatever the text says.

    >>> print(write_island({"name": "</script>&"}))
    {"name":"\\u003c/script\\u003e\\u0026"}
    """
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    for sign in "<>&\u2028\u2029":
        text = text.replace(sign, f"\\u{ord(sign):04x}")
    return text


def _protect_script(script: str) -> str:
    """A script element ends at the first «</script», so none may stand in the code."""
    if "</script" in script.lower() or "<!--" in script:
        raise ValueError("a vendored script contains the end of a script element")
    return script


def _make_policy(scripts: list[str]) -> str:
    hashes = " ".join(
        "'sha256-" + base64.b64encode(hashlib.sha256(s.encode("utf-8")).digest()).decode() + "'"
        for s in scripts
    )
    return (
        f"default-src 'none'; script-src {hashes}; style-src 'unsafe-inline'; font-src data:; "
        "img-src data: blob:; base-uri 'none'; form-action 'none'"
    )


def _read(name: str) -> str:
    return (TEMPLATES / name).read_text(encoding="utf-8")
