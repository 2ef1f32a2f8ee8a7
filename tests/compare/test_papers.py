"""Papers of the district: a page to each municipality, reminders, two pages for the head."""

from __future__ import annotations

import io
from dataclasses import replace
from functools import lru_cache
from pathlib import Path

import pandas as pd
import pypdf
import pytest

from sedp_helpers.blocks import Document, Table
from sedp_helpers.catalog.load import load_catalog
from sedp_helpers.commands.district_head import SHORT_LIST
from sedp_helpers.commands.district_papers import Papers
from sedp_helpers.commands.district_record import PaperFolder
from sedp_helpers.compare.joint_services import calc_gain
from sedp_helpers.compare.lateness import Step
from sedp_helpers.compare.needs import find_request
from sedp_helpers.compare.status import find_due, list_lacking
from sedp_helpers.district.book import DistrictBook
from sedp_helpers.paths import Workspace
from sedp_helpers.publish.brief import render_brief
from tests.compare.district_case import NAMES, make_book, make_data, make_member, make_panel

FUND = pd.DataFrame(
    [
        {
            "year": 2020.0 + n,
            "source": "district_fund",
            "direction": "social",
            "planned": 1000.0 + n,
            "spent": 900.0,
            "project": f"School {n}",
            "municipality": "a" if n else "b",
        }
        for n in range(9)
    ]
)
EVENTS = pd.DataFrame(columns=["id", "kind", "date"])


@lru_cache
def make_district() -> DistrictBook:
    """A district of 24 members; the first has no hearing although its day has passed."""
    units = tuple(f"{name}{n}" if n else name for n in range(3) for name in NAMES)
    members = {unit: make_member(unit) for unit in units}
    members["a"] = make_member("a", events=EVENTS)
    return make_book(make_data(units=units, members=members, registers={"development_fund": FUND}))


def make_papers(language: str = "en") -> Papers:
    known = make_district()
    return Papers(
        DistrictBook(known.data, known.results, known.findings, language),
        PaperFolder(Workspace(Path("unused")), known.data, language),
    )


def count_pages(document: Document, language: str) -> int:
    content = render_brief(document, load_catalog().words("publish", language))
    return len(pypdf.PdfReader(io.BytesIO(content)).pages)


def list_tables(document: Document) -> list[Table]:
    return [block for block in document.sections[0][2] if isinstance(block, Table)]


@pytest.mark.parametrize("language", ["ky", "ru", "en"])
def test_a_municipality_gets_one_page_with_its_own_projects_and_the_head_two_pages(
    language: str,
) -> None:
    papers = make_papers(language)
    down = papers.make_down("a")
    assert count_pages(down, language) == 1
    assert count_pages(papers.make_head(), language) == 2
    projects = list_tables(down)[0]
    assert [row[0].text for row in projects.rows] == [f"School {n}" for n in (8, 7, 6, 5, 4)]
    assert projects.rows[0][-1].value == 1008.0
    assert projects.rows[0][-1].key.startswith("fund.project|2028")


@pytest.mark.parametrize("language", ["ky", "ru", "en"])
def test_the_fullest_first_page_for_the_head_still_leaves_two_pages(language: str) -> None:
    """As many members as share the first page, each late and figures of several to be checked."""
    units = (*NAMES, "i", "j", "k", "l")[:SHORT_LIST]
    panel = make_panel(units)
    for unit, measure in (
        ("b", "population.poor"),
        ("c", "population.employed"),
        ("d", "budget.expenditure"),
        ("e", "services.collected"),
    ):
        panel.loc[(panel["unit"] == unit) & (panel["indicator"] == measure), "value"] *= 60
    data = make_data(
        units=units,
        registers={"development_fund": FUND},
        members={unit: make_member(unit, events=EVENTS, documents=EVENTS) for unit in units},
    )
    book = make_book(replace(data, panel=panel), language)
    papers = Papers(book, PaperFolder(Workspace(Path("unused")), book.data, language))
    head = papers.make_head()
    assert len([t for t in list_tables(head) if t.caption == book.words["tables"]["outliers"]]) == 1
    assert count_pages(head, language) == 2


def test_a_municipality_without_projects_is_told_so_and_sees_no_other_s() -> None:
    down = make_papers().make_down("c")
    text = str(down)
    assert "No project of the fund or the state is given" in text and "School" not in text


def test_a_reminder_names_what_is_late_since_when_and_which_figures_lack() -> None:
    letter = make_papers().make_reminder("a")
    assert letter is not None
    hearing = letter.rows[0]
    assert hearing[1:3] == ("Hearing", "20 May 2025") and "104" in hearing[3]
    assert "Must-have indicators still missing" in letter.rows[-1][1]


def test_the_step_that_is_due_is_the_latest_one_and_else_the_first_open_one() -> None:
    steps = [Step("a", "hearing", "late", 5.0), Step("a", "approval", "late", 9.0)]
    due = find_due(steps)
    assert due is not None and due.step == "approval"
    waiting = find_due(
        [Step("a", "hearing", "done"), Step("a", "requests", "open"), Step("a", "approval", "open")]
    )
    assert waiting is not None and waiting.step == "approval"
    unrecorded = find_due([Step("a", "hearing", "unknown"), Step("a", "approval", "open")])
    assert unrecorded is not None and unrecorded.step == "hearing"
    assert find_due([Step("a", "requests", "unknown"), Step("a", "hearing", "done")]) is None


def test_a_must_have_figure_counts_only_where_the_base_year_has_a_number() -> None:
    indicators = load_catalog().indicators
    known = pd.DataFrame(
        [
            ("population.total", 2024, 5.0),
            ("population.births", 2023, 1.0),
            ("population.deaths", 2024, None),
        ],
        columns=["indicator", "year", "value"],
    )
    lacking, number = list_lacking(known, indicators, 2024)
    assert "population.total" not in lacking and len(lacking) == number - 1
    assert {"population.births", "population.deaths"} <= set(lacking)


def test_the_gain_of_a_shared_service_needs_all_four_figures() -> None:
    assert calc_gain([100.0, 300.0], [10.0, 15.0]) == 150.0
    assert calc_gain([100.0, float("nan")], [10.0, 15.0]) != calc_gain([100.0, 1.0], [10.0, 15.0])
    assert calc_gain([100.0, float("nan")], [10.0, 15.0]) != 0
    assert calc_gain([100.0, 300.0], [10.0, 0.0]) != 0


def test_a_problem_is_joined_with_the_request_that_names_it_and_with_no_other() -> None:
    sent = pd.DataFrame(
        [
            {"direction": "up", "topic": "p2", "answer": "x"},
            {"direction": "down", "topic": "p1", "answer": "y"},
        ]
    )
    assert find_request({"id": "p1", "problem": "No road"}, sent) == {}
    assert find_request({"id": "p2", "problem": ""}, sent)["answer"] == "x"
