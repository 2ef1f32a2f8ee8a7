"""What is handed out: village pages, brief, civic budget, forms, answers, work plans."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator
from typing import Any

import docx
import pypdf
import pytest

from sedp_helpers.blocks import Cell, Listing, Paragraph, Span, Table
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
from sedp_helpers.hearing.deck import Slide
from sedp_helpers.hearing.hall import Hall
from sedp_helpers.hearing.letter import render_letter
from sedp_helpers.hearing.papers import make_papers
from sedp_helpers.hearing.sheet import Coins, Page, Tiles, render_pages
from sedp_helpers.paths import Workspace


def count_pages(content: bytes) -> int:
    return len(pypdf.PdfReader(io.BytesIO(content)).pages)


def list_figures(blocks: Any) -> Iterator[Span | Cell]:
    """Every printed piece that carries the key of a result."""
    for block in blocks:
        pieces: list[Any] = []
        if isinstance(block, Paragraph):
            pieces = list(block.spans)
        elif isinstance(block, Listing):
            pieces = [span for item in block.items for span in item]
        elif isinstance(block, Table):
            pieces = [cell for row in block.rows for cell in row]
        elif isinstance(block, Coins):
            pieces = [cell for _, cell, _ in block.rows]
        elif isinstance(block, Tiles):
            pieces = [cell for _, cell in block.entries]
        yield from (piece for piece in pieces if piece.key)


def every_page(hall: Hall) -> list[Page]:
    return [*village_page.make_pages(hall).values(), *brief.make_pages(hall),
            civic_budget.make_page(hall), answers.make_page(hall),
            monitoring_sheet.make_page(hall),
            *work_plan.make_work_plans(hall), *work_plan.make_views(hall),
            *forms.make_pages(hall).values(),
            *(page for pages in drafts.make_drafts(hall).values() for page in pages)]


def tell(page: Page) -> str:
    texts: list[str] = [page.title, page.subtitle]
    for block in page.blocks:
        texts += [getattr(block, "text", "")]
        texts += [span.text for span in getattr(block, "spans", ())]
        texts += [span.text for item in getattr(block, "items", ()) for span in item]
        for row in getattr(block, "rows", ()):
            texts += [getattr(cell, "text", str(cell)) for cell in row]
    return " ".join(texts)


def test_every_printed_figure_is_a_row_of_the_results(demo: Hall, slides: list[Slide]) -> None:
    frame = demo.desk.results
    names = ["result", "year", "sex", "age", "village", "item", "method"]
    known = {"|".join(map(str, key)): value
             for *key, value in frame[[*names, "value"]].itertuples(index=False)}
    points = [Paragraph(spans) for slide in slides for spans in slide.points]
    figures = [*list_figures(b for page in every_page(demo) for b in page.blocks),
               *list_figures(points)]
    assert len(figures) > 150
    for figure in figures:
        assert known[figure.key] == figure.value, figure


def test_every_village_has_its_page_even_one_without_anything(demo: Hall) -> None:
    pages = village_page.make_pages(demo)
    assert list(pages) == ["v1", "v2", "v3", "v4"]
    bare, words = tell(pages["v4"]), demo.words["village"]
    assert words["asked_none"] in bare and words["planned_none"] in bare


def test_a_village_page_answers_what_when_how_much_who_and_why_not(demo: Hall) -> None:
    told = tell(village_page.make_page(demo, "v3"))
    for text in ("Таза суу бардык үйлөргө жете бербейт", "Ичүүчү суу түтүгүн реконструкциялоо",
                 "2026–2027", "15,5", "Муниципалдык ишкана", "Жол коргоо зонасы аркылуу өтөт"):
        assert text in told


def test_a_problem_without_a_measure_is_named_as_not_planned(with_rows: Callable[..., Hall]
                                                             ) -> None:
    hall = with_rows(problems=[{"id": "p99", "problem": "Көпүрө жок", "village": "v4",
                                "votes": 7.0}])
    told = tell(village_page.make_page(hall, "v4"))
    assert hall.tell(hall.words["village"]["unplanned"], text="Көпүрө жок") in told


def test_a_village_with_very_much_still_has_one_page(with_rows: Callable[..., Hall],
                                                     words: dict[str, str]) -> None:
    plan = [{"id": f"x{n}", "measure": "Узун аталыштагы иш-чара " * 2, "village": "v1",
             "responsible": "Адис", "start": "2026", "end": "2027", "cost": 1000.0}
            for n in range(60)]
    problems = [{"id": f"q{n}", "problem": "Узун аталыштагы көйгөй " * 2, "village": "v1",
                 "votes": 1.0} for n in range(60)]
    hall = with_rows(plan=plan, problems=problems)
    page = village_page.make_page(hall, "v1")
    assert count_pages(render_pages([page], words, hall.meta)) == 1
    assert hall.words["village"]["more"] in tell(page)
    assert hall.words["village"]["more_lines"] in tell(page)


def test_the_brief_has_exactly_two_pages_and_the_civic_budget_one(
    demo: Hall, empty: Hall, words: dict[str, str]
) -> None:
    for hall in (demo, empty):
        assert count_pages(render_pages(brief.make_pages(hall), words, hall.meta)) == 2
        assert count_pages(render_pages([civic_budget.make_page(hall)], words, hall.meta)) == 1


def test_coins_stand_for_the_rounded_share_of_a_hundred(demo: Hall) -> None:
    coins = [block for block in civic_budget.make_page(demo).blocks if isinstance(block, Coins)]
    rows = [row for block in coins for row in block.rows]
    assert len(coins) == 2 and rows
    for _, cell, count in rows:
        assert cell.value is not None and abs(cell.value - count) <= 0.5


def test_an_unknown_budget_is_said_to_be_unknown_and_no_coin_is_drawn(empty: Hall) -> None:
    page = civic_budget.make_page(empty)
    assert not any(isinstance(block, (Coins, Tiles)) for block in page.blocks)
    assert sum(getattr(block, "role", "") == "missing" for block in page.blocks) == 4


def test_the_columns_of_every_form_are_columns_of_the_register_it_is_typed_into(demo: Hall
                                                                               ) -> None:
    for register, columns in forms.COLUMNS.values():
        known = {one.id: one for one in demo.desk.catalog.registers[register].columns}
        assert set(columns) <= set(known)
        assert not any(known[column].private for column in columns)


@pytest.mark.parametrize(("status", "reason", "key"), [
    ("accepted", "", "accepted_plain"), ("rejected", "", "mute"), ("partly", "", "mute"),
    ("", "", "mute"), ("open", "", "open"), ("pending", "", "open"),
])
def test_a_proposal_without_a_reason_is_never_answered_as_if_it_had_one(
    demo: Hall, status: str, reason: str, key: str
) -> None:
    """AC-46: a rejected proposal without a reason is listed as unanswered."""
    record = {"id": "none", "status": status, "reason": reason}
    assert answers.answer(demo, record) == demo.words["answers"][key]


def test_an_accepted_proposal_is_answered_with_its_measure_and_time(demo: Hall) -> None:
    told = answers.answer(demo, {"id": "pr01", "status": "accepted"})
    assert "асфальттоо" in told and "2026–2027" in told


def test_answers_stand_under_every_village_and_only_of_this_drafting_year(demo: Hall) -> None:
    told = tell(answers.make_page(demo))
    assert all(demo.village_name(village) in told for village in demo.villages)
    assert "Китепкананы оңдоо" not in told  # a proposal of the year before


def test_each_measure_stands_in_one_work_plan_and_in_every_year_it_runs(demo: Hall) -> None:
    plans = work_plan.make_work_plans(demo)
    assert sum(len(block.rows) for page in plans for block in page.blocks
               if isinstance(block, Table)) == len(demo.rows("plan"))
    by_year = work_plan.make_views(demo)[2]
    shown = [row[0].text for block in by_year.blocks if isinstance(block, Table)
             for row in block.rows]
    assert shown.count("Ичүүчү суу түтүгүн реконструкциялоо") == 2  # 2026 and 2027


def test_a_work_plan_stays_on_one_page(demo: Hall, words: dict[str, str]) -> None:
    plans = work_plan.make_work_plans(demo)
    assert count_pages(render_pages(plans, words, demo.meta)) == len(plans)


def test_no_name_of_a_member_is_printed_anywhere(demo: Hall, words: dict[str, str]) -> None:
    told = " ".join(map(tell, every_page(demo)))
    assert "-мүчө" not in told
    order = render_letter(drafts.make_drafts(demo)["group-order"], words, demo.meta)
    cells = [cell.text for table in docx.Document(io.BytesIO(order)).tables
             for row in table.rows for cell in row.cells]
    assert cells and not any("-мүчө" in text for text in cells)


def test_the_board_sheets_are_the_three_of_the_rule(demo: Hall) -> None:
    """R-75: decision of the council, order of the head, list of the group."""
    pages = drafts.make_board(demo)
    assert [tell(page).count(demo.words["drafts"][key]) for page, key in zip(
        pages, ("board_decision", "board_order", "board_list"), strict=True)] == [1, 1, 1]


def test_an_empty_municipality_gets_every_paper_without_a_figure_in_it(
    workspace: Workspace, no_browser: Any
) -> None:
    files = make_papers(workspace, "bosh", "en", renderer=no_browser)
    assert {"slides.pptx", "brief.pdf", "civic-budget.pdf", "answers.docx", "protocol.docx",
            "question-sheet.pdf", "tally-sheet.pdf", "group-order.docx", "work-plans.pdf",
            "council-resolution.docx", "board-sheets.docx", "notice-not-ready.txt"} <= set(files)
    assert all(files.values())


def test_the_whole_set_of_the_sample_is_made(workspace: Workspace, no_browser: Any) -> None:
    files = make_papers(workspace, "demo", "ky", renderer=no_browser)
    assert sum(name.startswith("my-village-") for name in files) == 4
    for name, content in files.items():
        start = {"pdf": b"%PDF", "docx": b"PK", "pptx": b"PK", "png": b"\x89PNG"}
        assert content.startswith(start.get(name.rpartition(".")[2], b"")), name


def test_the_monitoring_sheet_tells_state_money_change_and_decision(demo: Hall) -> None:
    page = monitoring_sheet.make_page(demo)
    tiles, table = page.blocks[:2]
    assert isinstance(tiles, Tiles) and isinstance(table, Table)
    assert [cell.text for _, cell in tiles.entries[:3]] == ["9", "2", "57\u00a0%"]
    assert len(table.rows) == 9 and all(row[-1].text and row[-2].text for row in table.rows)
    told = tell(page)
    assert demo.words["monitoring"]["changes"] in told and "Күмүш-Булак" in told


def test_without_monitoring_the_sheet_says_so(empty: Hall) -> None:
    page = monitoring_sheet.make_page(empty)
    assert tell(page).endswith(empty.words["monitoring"]["none"])
    assert not list(list_figures(page.blocks))
