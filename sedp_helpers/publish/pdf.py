"""The report as a tagged, archivable PDF by Typst: no printer, no browser, no network.

The file claims PDF/A-2a and PDF/UA-1; Typst refuses to write it if an alt text, a title or a
heading level is missing, so a broken claim cannot leave this module.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import typst

from sedp_helpers.blocks import Document
from sedp_helpers.errors import OutputError
from sedp_helpers.publish.glyphs import list_characters, replace_unknown
from sedp_helpers.publish.look import read_templates
from sedp_helpers.publish.numbering import arrange_paper
from sedp_helpers.publish.typst_source import TypstSource

STANDARDS: Any = ["a-2a", "ua-1"]


def render_pdf(
    document: Document,
    words: Mapping[str, str],
    svgs: Mapping[str, bytes],
    fonts_dir: Path,
    timestamp: int,
) -> bytes:
    """The PDF of a document; ``svgs`` maps anchors to drawn figures, ``timestamp`` is Unix time.

    A figure without a drawing is printed as the table behind it. Same arguments, same bytes.
    """
    characters = list_characters(fonts_dir)
    pictures = {anchor: f"figures/{anchor}.svg" for anchor in svgs}
    source = TypstSource(words, pictures, characters).write(arrange_paper(document, words))
    files: Any = {"main.typ": source.encode("utf-8"), **read_templates()}
    for anchor, svg in svgs.items():
        files[pictures[anchor]] = _clean_svg(svg, characters)
    try:
        return typst.compile(
            files,
            font_paths=[str(fonts_dir)],
            ignore_system_fonts=True,
            format="pdf",
            pdf_standards=STANDARDS,
            timestamp=timestamp,
        )
    except typst.TypstError as error:
        raise OutputError(f"the PDF could not be set: {error}", key="pdf_failed") from error


def _clean_svg(svg: bytes, characters: frozenset[int]) -> bytes:
    text = svg.decode("utf-8")
    return replace_unknown(text, characters).encode("utf-8")
