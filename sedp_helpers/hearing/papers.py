"""All papers of the hearing of one municipality and language as files in memory.

What cannot be made is not made by halves: a notice that lacks a field becomes a text that names it.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from sedp_helpers.hearing import (
    answers,
    brief,
    civic_budget,
    drafts,
    forms,
    monitoring_sheet,
    village_page,
    work_plan,
)
from sedp_helpers.hearing.deck import render_deck
from sedp_helpers.hearing.grey import Picture, draw_grey
from sedp_helpers.hearing.hall import Hall, open_hall
from sedp_helpers.hearing.letter import render_letter
from sedp_helpers.hearing.notice import NoticeIncomplete, write_notice
from sedp_helpers.hearing.sheet import render_notice, render_pages
from sedp_helpers.hearing.slides import plan_slides
from sedp_helpers.paths import Workspace
from sedp_helpers.publish.figures import FigureRenderer, open_renderer
from sedp_helpers.publish.numbering import find_marks

TEMPLATES = Path(__file__).parent / "templates"


def make_papers(
    workspace: Workspace, ident: str, language: str, *, base_year: int = 0, horizon: int = 0,
    level: str = "", renderer: FigureRenderer | None = None,
) -> dict[str, bytes]:
    """File name -> content, to be placed into reports/<id>/<language>/hearing/."""
    hall = open_hall(workspace, ident, language, base_year=base_year, horizon=horizon, level=level)
    words = hall.desk.catalog.words("publish", language)
    files = {**make_notice_files(hall, words), **_make_sheets(hall, words),
             **_make_letters(hall, words)}
    if renderer is not None:
        files["slides.pptx"] = make_deck(hall, renderer)
    else:
        with open_renderer(workspace.reports / ".cache" / "figures") as own:
            files["slides.pptx"] = make_deck(hall, own)
    return dict(sorted(files.items()))


def make_deck(hall: Hall, renderer: FigureRenderer) -> bytes:
    slides = plan_slides(hall)
    figures = [slide.figure for slide in slides if slide.figure]
    pictures: dict[str, Picture] = draw_grey(figures, renderer, hall.language) if figures else {}
    return render_deck(slides, hall.meta, pictures)


def make_notice_files(hall: Hall, words: Mapping[str, str]) -> dict[str, bytes]:
    """Poster, message and card; instead of them the word on what is missing (R-22)."""
    try:
        notice = write_notice(hall)
    except NoticeIncomplete as refused:
        return {"notice-not-ready.txt": f"{refused}\n".encode()}
    told = hall.words["notice"]
    foot = [hall.place_title, *(text for _, text in find_marks(hall.meta, words))]
    texts = {"call": told["call"], "name": told["heading"], "title": notice.title,
             "lines": notice.lines(hall), "closing": (notice.proposals, told["come"]),
             "foot": " · ".join(foot)}
    return {
        "notice-poster.pdf": render_notice(texts, words, hall.meta),
        "notice-card.png": render_notice(texts, words, hall.meta, phone=True),
        "notice-card.html": write_card(texts, hall.language).encode("utf-8"),
        "notice-message.txt": f"{notice.message}\n".encode(),
    }


def write_card(texts: Mapping[str, Any], language: str) -> str:
    """The card as a page of its own: no script, no request, text only ever as text."""
    environment = Environment(loader=FileSystemLoader(TEMPLATES), autoescape=True,
                              trim_blocks=True, undefined=StrictUndefined)
    return environment.get_template("card.html.j2").render(language=language, **texts)


def _make_sheets(hall: Hall, words: Mapping[str, str]) -> dict[str, bytes]:
    """Everything that is printed and handed out."""
    pages = {
        "brief.pdf": brief.make_pages(hall),
        "civic-budget.pdf": (civic_budget.make_page(hall),),
        "answers.pdf": (answers.make_page(hall),),
        "monitoring-sheet.pdf": (monitoring_sheet.make_page(hall),),
        "work-plans.pdf": work_plan.make_work_plans(hall),
        "plan-views.pdf": work_plan.make_views(hall),
        **{f"my-village-{name_file(village)}.pdf": (page,)
           for village, page in village_page.make_pages(hall).items()},
        **{f"{name}.pdf": (page,) for name, page in forms.make_pages(hall).items()},
    }
    return {name: render_pages(made, words, hall.meta) for name, made in pages.items()}


def name_file(ident: str) -> str:
    """An id as part of a file name.

    >>> name_file("v/1")
    'v-1'
    """
    return "".join(sign if sign.isalnum() or sign in "-_" else "-" for sign in ident)


def _make_letters(hall: Hall, words: Mapping[str, str]) -> dict[str, bytes]:
    """Everything that the office goes on editing."""
    pages = {**{name: (page,) for name, page in forms.make_pages(hall).items()},
             **drafts.make_drafts(hall), "answers": (answers.make_page(hall),)}
    return {f"{name}.docx": render_letter(made, words, hall.meta)
            for name, made in pages.items()}
