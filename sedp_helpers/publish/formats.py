"""Every format a report can have, by name, and one call that renders several of one document.

Figures are drawn once for all formats. A new format is one function registered here.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass, field
from pathlib import Path

from sedp_helpers.blocks import Document
from sedp_helpers.publish.docx import render_docx
from sedp_helpers.publish.figures import Renderer, draw_figures
from sedp_helpers.publish.fonts import FONTS
from sedp_helpers.publish.guard import Bundle, read_bundle
from sedp_helpers.publish.html import load_page, render_html
from sedp_helpers.publish.numbering import read_stamp
from sedp_helpers.publish.paint import Rendered
from sedp_helpers.publish.pdf import render_pdf
from sedp_helpers.publish.xlsx import render_xlsx
from sedp_helpers.registry import Registry


@dataclass(frozen=True)
class Job:
    """Everything a format may need."""

    document: Document
    words: Mapping[str, str]
    bundle: Bundle
    fonts: Path
    pictures: Mapping[str, Rendered] = field(default_factory=dict)


@dataclass(frozen=True)
class Format:
    """How a format is made, what its file is called and whether it needs drawn figures."""

    render: Callable[[Job], bytes]
    file: str
    drawn: bool
    beside: bool = False  # made mostly outside of Python, while other formats are written


FORMATS: Registry[Format] = Registry("format")


def _render_html(job: Job) -> bytes:
    page = render_html(job.document, job.words, bundle=job.bundle, fonts=job.fonts)
    return page.encode("utf-8")


def _render_pdf(job: Job) -> bytes:
    svgs = {anchor: picture.svg for anchor, picture in job.pictures.items()}
    stamp = int(read_stamp(job.document.meta).timestamp())
    return render_pdf(job.document, job.words, svgs, job.fonts, stamp)


def _render_docx(job: Job) -> bytes:
    pngs = {anchor: picture.png for anchor, picture in job.pictures.items()}
    return render_docx(job.document, job.words, pngs)


def _render_xlsx(job: Job) -> bytes:
    return render_xlsx(job.document, job.words)


FORMATS.add("html", Format(_render_html, "report.html", drawn=False))
FORMATS.add("pdf", Format(_render_pdf, "report.pdf", drawn=True, beside=True))
FORMATS.add("docx", Format(_render_docx, "report.docx", drawn=True))
FORMATS.add("xlsx", Format(_render_xlsx, "tables.xlsx", drawn=False))


def warm_formats(language: str) -> None:
    """Read once what every report of a language is written with."""
    load_page()
    read_bundle(language)


def render_all(
    document: Document,
    words: Mapping[str, str],
    formats: Iterable[str],
    renderer: Renderer,
    fonts: Path = FONTS,
    steps: Callable[[str], AbstractContextManager[object]] = nullcontext,
) -> dict[str, bytes]:
    """The files of a document by format name; ``renderer.notes`` tells of undrawn figures.

    The PDF is set by a library that works beside Python, so the others are written meanwhile.
    ``steps`` measures each step by its name.
    """
    chosen = {name: FORMATS.get(name) for name in formats}
    bundle = read_bundle(str(document.meta.get("language", "ky")))
    pictures: dict[str, Rendered] = {}
    if any(form.drawn for form in chosen.values()):
        with steps("figures"):
            pictures = draw_figures(document, renderer)
    job = Job(document, words, bundle, fonts, pictures)

    def render(name: str) -> bytes:
        with steps(name):
            return chosen[name].render(job)

    with ThreadPoolExecutor(1) as beside:
        waiting = {name: beside.submit(render, name) for name, form in chosen.items()
                   if form.beside}
        made = {name: render(name) for name in chosen if name not in waiting}
        made |= {name: future.result() for name, future in waiting.items()}
    return {name: made[name] for name in chosen}
