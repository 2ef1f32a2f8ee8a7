"""The district book: every chapter tells on full, sparse and empty districts, in three languages,
and every printed number is a row of its results."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from sedp_helpers.blocks import Box, Cell, Figure, Paragraph, Span, Table, result_key
from sedp_helpers.catalog.load import load_catalog
from sedp_helpers.compare.data import DistrictData
from sedp_helpers.district.book import DistrictBook
from sedp_helpers.errors import UsageError
from sedp_helpers.models import LANGUAGES
from tests.compare.district_case import NAMES, make_book, make_data, make_member

NOTEBOOKS = sorted((Path(__file__).parents[2] / "notebooks" / "district").glob("*.ipynb"))
REGISTERS = {
    "development_fund": pd.DataFrame([
        {"year": year, "source": "district_fund", "direction": way, "planned": 10.0,
         "spent": 8.0 + year - 2023} for year in (2023.0, 2024.0)
        for way in ("social", "infrastructure")]),
    "food_balance": pd.DataFrame([{"product": "wheat", "year": 2024.0, "produced_t": 5.0,
                                   "needed_t": 9.0, "imported_t": 1.0}]),
    "protected_areas": pd.DataFrame([{"name": "N", "kind": "K", "municipality": "a",
                                      "area_ha": 12.0, "restrictions": "", "effect": ""}]),
    "state_projects": pd.DataFrame([{"name": "P", "sector": "trade", "municipality": "a",
                                     "start": "2025", "end": "2026", "amount": 7.0,
                                     "status": "planned"}]),
    "coordination_council": pd.DataFrame([{"role": "chair", "body": "district", "sex": "f",
                                           "municipality": "a", "order_date": "2025-02-10"}]),
    "exchanges": pd.DataFrame([{"id": "x", "direction": "down", "with": "w", "topic": "t",
                                "request_date": "2025-01-15", "answer_date": "",
                                "answer": ""}]),
}
PLAN = pd.DataFrame([{"id": "m1", "start": "2026", "end": "2027", "cost": 100.0,
                      "measure": "road"}])
PROBLEMS = pd.DataFrame([{"id": "p1", "problem": "water", "section": "services", "votes": 9.0}])
CAUSES = pd.DataFrame([{"problem": "p1", "solvable_by": "no"}])


def full() -> DistrictData:
    places = {unit: pd.DataFrame([{"id": "v1", "name_ky": "V", "lat": 42 + place / 20,
                                   "lon": 74.0}]) for place, unit in enumerate(NAMES)}
    members = {unit: make_member(unit, villages=places[unit], plan=PLAN, problems=PROBLEMS,
                                 causes=CAUSES) for unit in NAMES}
    stated = pd.DataFrame([["population.total", 2024, 36000.0, "", "", "", "", "A", ""],
                           ["economy.output", 2024, 1e6, "", "", "", "agriculture", "A", ""]],
                          columns=["indicator", "year", "value", "sex", "age", "village", "item",
                                   "status", "origin"])
    return make_data(members=members, registers=REGISTERS, observations=stated)


CASES = {
    "full": full,
    "sparse": lambda: make_data(present=NAMES[:3], expected=11),
    "no_panel": lambda: make_data(panel=False),
    "empty": lambda: make_data(units=(), panel=False, expected=4),
}


def run_chapter(path: Path, book: DistrictBook) -> list[Any]:
    """The views of a chapter's cells, as its notebook calls them."""
    views = []
    for cell in json.loads(path.read_text(encoding="utf-8"))["cells"]:
        if cell["cell_type"] == "code" and not {"parameters", "setup"} & set(
                cell["metadata"]["tags"]):
            views.append(eval("".join(cell["source"]), {"book": book}))
    return views


def list_marks(block: Any) -> Iterator[Span | Cell]:
    if isinstance(block, Box):
        for inner in block.blocks:
            yield from list_marks(inner)
    elif isinstance(block, Paragraph):
        yield from block.spans
    elif isinstance(block, Table):
        for row in block.rows:
            yield from row
    elif isinstance(block, Figure):
        yield from list_marks(block.data)


def test_the_chapters_are_there() -> None:
    assert [path.stem for path in NOTEBOOKS] == [
        "10_members", "20_comparison", "30_ranks", "40_gaps", "50_money", "60_joint"]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("case", CASES)
def test_every_chapter_is_told_whatever_is_missing(case: str, language: str) -> None:
    book = make_book(CASES[case](), language)
    for path in NOTEBOOKS:
        views = run_chapter(path, book)
        assert all(view._repr_mimebundle_()[0]["text/plain"] is not None for view in views)
        assert views[0].blocks[0].level == 1


def test_every_printed_number_is_a_row_of_the_results() -> None:
    book = make_book(full())
    known = {result_key(r.result, r.year, r.sex, r.age, r.village, r.item, r.method): r.value
             for r in book.results.itertuples()}
    marks = [mark for path in NOTEBOOKS for view in run_chapter(path, book)
             for block in view.blocks for mark in list_marks(block) if mark.key]
    assert len(marks) > 200
    for mark in marks:
        assert known[mark.key] == mark.value, mark.key


def test_a_number_without_a_mark_never_stands_in_a_table() -> None:
    book = make_book(full())
    for path in NOTEBOOKS:
        for view in run_chapter(path, book):
            for block in view.blocks:
                cells = [c for c in list_marks(block) if isinstance(c, Cell)]
                assert all(cell.key for cell in cells if cell.value is not None)


def test_the_eight_sections_stand_in_the_comparison_in_their_order() -> None:
    catalog = load_catalog()
    for language in LANGUAGES:
        path = next(one for one in NOTEBOOKS if one.stem == "20_comparison")
        views = run_chapter(path, make_book(full(), language))
        heads = [b.text for v in views for b in v.blocks if b.kind == "heading" and b.level == 2]
        assert heads[:8] == [one.title.get(language) for one in catalog.sections]


def test_every_section_says_what_can_be_told_apart_so_that_no_heading_stands_alone() -> None:
    for case, rule in (("full", {"section_same", "section_groups", "section_unranked"}),
                       ("no_panel", {"section_none"})):
        book = make_book(CASES[case]())
        for section in load_catalog().sections:
            last = book.section(section.id).blocks[-1]
            assert last.kind == "paragraph" and last.rule in rule


def test_food_and_nature_stand_in_the_district_book() -> None:
    book = make_book(full())
    assert book.table("food").blocks[0].kind == "table"
    assert book.table("protected").blocks[0].kind == "table"


def test_what_is_missing_is_said_in_place_of_the_figure() -> None:
    book = make_book(make_data(panel=False))
    assert [b.role for b in book.chart("heat", "budget").blocks] == ["missing"]
    assert [b.role for b in book.table("food").blocks] == ["missing"]


def test_an_unknown_language_is_refused_with_those_that_exist() -> None:
    from sedp_helpers.district import open_district

    with pytest.raises(UsageError, match="ky, ru, en"):
        open_district("demo", "de")


def test_every_sentence_topic_and_word_exists_in_three_languages() -> None:
    catalog = load_catalog()
    ids = {rule["id"] for topic in catalog.read("narrative/district.yml").values()
           for choice in topic["choose"]
           for rule in (choice if isinstance(choice, list) else [choice]) if "id" in rule}
    for language in LANGUAGES:
        assert set(catalog.words("sentences/district", language)) == ids
    topics = [set(catalog.words("topics/district", one)) for one in LANGUAGES]
    assert topics[0] == topics[1] == topics[2]
    words = [catalog.words("district", one) for one in LANGUAGES]
    for key, value in words[0].items():
        kinds = [set(w[key]) if isinstance(value, dict) else w[key] != "" for w in words]
        assert kinds[0] == kinds[1] == kinds[2], key


def test_every_sentence_can_be_filled_where_its_condition_holds() -> None:
    """Rising and falling spending of the fund choose different sentences."""
    fund = REGISTERS["development_fund"]
    falling = fund.assign(spent=fund["spent"].where(fund["year"] == 2023, 1.0))
    books = {name: make_book(make_data(registers={"development_fund": register}))
             for name, register in (("up", fund), ("down", falling))}
    said = {name: book.opening("money").blocks[1].rule for name, book in books.items()}
    assert said == {"up": "fund_up", "down": "fund_down"}
