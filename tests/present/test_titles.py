"""The title of a figure says what it finds: other figures, another title; doubted ones say so."""

from __future__ import annotations

from collections.abc import Iterable

import pandas as pd
import pytest

from sedp_helpers.catalog.load import load_catalog
from sedp_helpers.compute.rows import COLUMNS, make_row
from sedp_helpers.models import LANGUAGES
from sedp_helpers.present.book import ResultBook
from sedp_helpers.present.narrative import Narrator
from sedp_helpers.present.titles import tell_title

CATALOG = load_catalog()
YEAR = 2024


def row(
    ident: str,
    value: float | None,
    *,
    year: object = YEAR,
    method: str = "",
    status: str = "",
    **dims: str,
) -> tuple:
    made = make_row("x", ident, year, value, unit="pct", method=method, **dims)
    return made._replace(status=status) if status else made


def tell(
    section: str, topic: str, rows: Iterable[tuple], language: str = "en", **bound: str
) -> str:
    book = ResultBook(pd.DataFrame(rows, columns=COLUMNS), YEAR, YEAR + 3)
    topics = {**CATALOG.read("narrative/common.yml"), **CATALOG.read(f"narrative/{section}.yml")}
    words = {
        **CATALOG.words("sentences/common", language),
        **CATALOG.words(f"sentences/{section}", language),
    }
    narrator = Narrator(book, topics, words, {}, str, lambda ident: 0, lambda unit: "", language)
    spans = tell_title(narrator, CATALOG.statuses, f"caption_{topic}", **{"id": "x.y", **bound})
    return "".join(span.text for span in spans)


def by_item(ident: str, **values: float | None) -> list[tuple]:
    return [row(ident, value, item=item) for item, value in values.items()]


CHILD, OLD = ({"ident": "population.share_pct", "item": item} for item in ("child", "old"))
CASES = [
    (
        "population",
        "pyramid",
        [
            row(**CHILD, value=35.0, year=2018),
            row(**CHILD, value=30.0),
            row(**OLD, value=8.0, year=2018),
            row(**OLD, value=11.0),
        ],
        "children fell (30 %), that of older people rose (11 %)",
    ),
    (
        "population",
        "pyramid",
        [row(**CHILD, value=30.0, year=2018), row(**CHILD, value=35.0)],
        "children rose to 35 %",
    ),
    ("population", "pyramid", [row(**CHILD, value=30.0)], "children are 30 %"),
    ("population", "pyramid", [], "structure of the population"),
    (
        "services",
        "rates",
        by_item("services.collection_pct", water=95.0, waste=60.0, roads=None),
        "least is collected for “waste”, 60 %",
    ),
    (
        "services",
        "rates",
        by_item("services.collection_pct", water=95.0, waste=92.0),
        "at least 92 % is collected for every service",
    ),
    (
        "services",
        "equipment",
        by_item("services.equipment_gap", water=-3.0, waste=0.0),
        "nothing is lacking",
    ),
    (
        "services",
        "equipment",
        by_item("services.equipment_gap", water=-3.0, waste=4.0),
        "the largest shortage is “waste”, 4 %",
    ),
    ("services", "money", [row("services.below_cost_count", 0.0)], "payments cover the cost"),
    (
        "economy",
        "growth_share",
        by_item("economy.real_growth_pct", trade=-2.0, industry=-1.0),
        "no sector grew",
    ),
    (
        "economy",
        "growth_share",
        by_item("economy.real_growth_pct", trade=2.0, industry=-1.0),
        "“trade” grows fastest, 2 %",
    ),
    ("inclusion", "parts", [row("inclusion.support_pct", 40.0)], "reached only 40 %"),
    ("inclusion", "parts", [row("inclusion.support_pct", 60.0)], "reached 60 %"),
    (
        "space",
        "areas",
        [
            *by_item("x.y", state_fund=9.0, pasture=5.0, arable=3.0),
            *by_item("space.land_pct", state_fund=90.0, pasture=50.0),
        ],
        "“pasture”, 50 %",
    ),
    (
        "environment",
        "bars",
        [row("x.y", 0.0, village="v1"), row("x.y", 0.0, village="v2")],
        "none in any village",
    ),
    ("budget", "lines", [row("budget.balance", -5.0)], "expenditure 5 % higher in 2024"),
    ("budget", "lines", [row("budget.balance", 5.0)], "revenue 5 % higher in 2024"),
    (
        "budget",
        "risk_matrix",
        [
            row("budget.stress_loss", 9.0, item="upkeep", method="registered"),
            row("budget.stress_loss", 7.0, item="prices", method="registered"),
            row("budget.stress_loss", 99.0, item="disaster", method="example"),
            row("budget.risk_probability_pct", 50.0, item="prices"),
        ],
        "“prices”, 7 %",
    ),
    (
        "participation",
        "heard",
        [
            row("participation.heard_pct", 57.0, item="women"),
            row("participation.residents_pct", 49.0, item="women"),
        ],
        "women were 57 % of those heard and 49 % of residents",
    ),
    (
        "participation",
        "heard",
        [
            row("participation.heard_pct", 20.0, item="women", year=YEAR + 1),
            row("participation.residents_pct", 48.0, item="women", year=YEAR + 1),
        ],
        "women less, 20 % of those heard and 48 % of residents",
    ),
    (
        "participation",
        "heard",
        [
            row("participation.heard_pct", 50.0, item="women", year=YEAR + 1),
            row("participation.residents_pct", 48.0, item="women", year=YEAR + 1),
            row("participation.heard_pct", 20.0, item="youth", year=YEAR + 1),
            row("participation.residents_pct", 22.0, item="youth", year=YEAR + 1),
        ],
        "no group much below",
    ),
    (
        "participation",
        "guesses_revenue",
        [
            row("participation.guess_revenue_pct", 60.0, item="rent"),
            row("budget.revenue_share_pct", 20.0, item="rent"),
        ],
        "in fact less, 20 %",
    ),
    (
        "participation",
        "guesses_revenue",
        [
            row("participation.guess_revenue_pct", 10.0, item="rent"),
            row("budget.revenue_share_pct", 20.0, item="rent"),
        ],
        "in fact more, 20 %",
    ),
    (
        "plan",
        "priorities",
        [
            row("plan.priority_rank", 2.0, year="", item="p1"),
            row("plan.priority_rank", 1.0, year="", item="p2"),
            row("plan.priority_high", 1.0, year="", item="p2"),
        ],
        "“p2” comes first and stays so",
    ),
    (
        "plan",
        "priorities",
        [
            row("plan.priority_rank", 1.0, year="", item="p2"),
            row("plan.priority_high", 3.0, year="", item="p2"),
        ],
        "may fall to 3rd place",
    ),
    ("plan", "plan_gantt", [row("plan.measures", 4.0, year="")], "no monitoring"),
    (
        "plan",
        "plan_gantt",
        [
            row("plan.measures", 4.0, year=""),
            row("plan.monitored", 4.0, year=""),
            row("plan.done", 0.0, year=""),
        ],
        "none of 4 monitored",
    ),
]


@pytest.mark.parametrize(("section", "topic", "rows", "words"), CASES)
def test_the_title_follows_the_figures(
    section: str, topic: str, rows: list[tuple], words: str
) -> None:
    assert words in tell(section, topic, rows).replace("\u00a0", " ")


@pytest.mark.parametrize("state", ["approved", "late", "running", "ahead", ""])
def test_the_calendar_says_where_the_programme_stands(state: str) -> None:
    told = tell("participation", "calendar", [], state=state, step="Hearing")
    assert ("Hearing" in told) is (state in ("late", "running", "ahead"))
    assert ("approved" in told) is (state == "approved")


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_title_that_rests_on_a_doubted_figure_says_so(language: str) -> None:
    sure, doubted = (
        tell("inclusion", "parts", [row("inclusion.support_pct", 60.0, status=status)], language)
        for status in ("A", "U")
    )
    assert doubted == f"{sure} ({CATALOG.statuses['U']['sentence'].get(language)})"


def test_a_figure_that_nothing_is_known_of_has_a_title_without_a_finding() -> None:
    assert tell("inclusion", "parts", []) == "Coverage of support"
    assert tell("inclusion", "nothing_written", []) == "x.y"
