"""Guiding questions get a figure or the exact name of what is missing; problems get evidence."""

from __future__ import annotations

import itertools

import pandas as pd
import pytest

from sedp_helpers.blocks import Fold, Heading, Listing, Paragraph
from sedp_helpers.catalog.load import load_catalog
from sedp_helpers.compute.rows import Row, frame_rows
from sedp_helpers.language.slots import list_slots
from sedp_helpers.models import SECTIONS
from sedp_helpers.present.book import ResultBook
from sedp_helpers.present.gaps import write_letters
from sedp_helpers.present.passport import name_landmark
from sedp_helpers.present.pictures import Viewer
from sedp_helpers.present.problems import find_worsening, list_problems
from sedp_helpers.present.questions import (
    Answerer,
    answer_questions,
    find_section_gaps,
    pick_text,
    tell_course,
    tell_figure,
    write_figure,
)
from sedp_helpers.present.tables import tabulate_parts
from sedp_helpers.present.wording import Wording

CATALOG = load_catalog()
LANGUAGES = ("ky", "ru", "en")
NOTHING = pd.DataFrame()


def row(result: str, year: int, value: float | None, unit: str, **fields: str) -> Row:
    if value is None:
        return Row(
            result.split(".")[0],
            result,
            year,
            unit=unit,
            **{"status": "O", "missing": result, **fields},
        )
    return Row(result.split(".")[0], result, year, value, unit=unit, **fields)


def answerer(*rows: Row, language: str = "en", own: pd.DataFrame = NOTHING) -> Answerer:
    book = ResultBook(frame_rows(rows), 2024, 2027)
    furniture = CATALOG.words("furniture", language)
    viewer = Viewer(book, Wording(CATALOG, language, {"v1": "Ак-Суу"}, {}, furniture))
    return Answerer(
        viewer, CATALOG.words("answers", language), "Сыноо айыл аймагы", (2026, 2028), own
    )


def text(block: Paragraph) -> str:
    return "".join(span.text for span in block.spans)


def answers_to(asked: Answerer, section: str, question: str) -> list[Paragraph]:
    """The paragraphs between one question and the next."""
    found, inside = [], False
    for block in answer_questions(asked, section):
        if isinstance(block, Paragraph) and block.role == "question":
            inside = block.rule == question
        elif inside and isinstance(block, Paragraph):
            found.append(block)
    return found


def series(result: str, unit: str, *values: float) -> list[Row]:
    return [row(result, 2025 - len(values) + at, value, unit) for at, value in enumerate(values)]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("section", SECTIONS)
def test_each_question_is_answered_or_names_what_is_missing_even_with_no_data(section, language):
    blocks = answer_questions(answerer(language=language), section)
    asked = [b for b in blocks if isinstance(b, Paragraph) and b.role == "question"]
    wanted = [q for q in CATALOG.questions[section] if q["level"] != "district"]
    assert [b.rule for b in asked] == [q["id"] for q in wanted]
    for first, second in itertools.pairwise(blocks):
        if isinstance(first, Paragraph) and first.role == "question":
            assert isinstance(second, Paragraph) and second.role == "missing"


def test_a_question_of_the_district_is_not_asked_of_a_municipality():
    rules = [b.rule for b in answer_questions(answerer(), "economy") if isinstance(b, Paragraph)]
    assert "eco-4" not in rules and "eco-3" in rules


@pytest.mark.parametrize(
    ("values", "rule"),
    [
        pytest.param((100, 120, 140), "answer_rising", id="rising"),
        pytest.param((140, 120, 100), "answer_falling", id="falling"),
        pytest.param((100, 100, 100), "answer_flat", id="flat"),
        pytest.param((100, 180, 90, 150), "answer_volatile", id="volatile"),
        pytest.param((100,), "answer_single", id="single"),
    ],
)
def test_the_answer_follows_the_series(values, rule):
    asked = answerer(*series("population.poverty_rate_pct", "pct", *values))
    assert answers_to(asked, "population", "pop-4")[0].rule == rule


def test_printed_figures_of_an_answer_carry_value_and_key():
    asked = answerer(*series("population.poverty_rate_pct", "pct", 20.0, 30.123456))
    spans = [s for s in answers_to(asked, "population", "pop-4")[0].spans if s.key]
    assert [s.value for s in spans] == [20.0, 30.123456]
    assert spans[1].key == "population.poverty_rate_pct|2024|||||"


def test_an_estimate_is_called_an_estimate():
    asked = answerer(row("population.poverty_rate_pct", 2024, 30.0, "pct", status="E"))
    sentence = CATALOG.statuses["E"]["sentence"].en
    assert sentence and sentence in text(answers_to(asked, "population", "pop-4")[0])


def test_parts_are_told_largest_first_where_there_is_no_total():
    rows = [
        row("services.coverage_pct", 2024, value, "pct", item=item)
        for item, value in (("water", 40.0), ("waste", 90.0), ("lighting", 10.0))
    ]
    told = text(answers_to(answerer(*rows), "services", "srv-1")[0])
    names = [CATALOG.codes["services"][code].en for code in ("waste", "water", "lighting")]
    assert [told.index(name) for name in names] == sorted(told.index(name) for name in names)


def test_a_missing_figure_is_traced_to_its_indicator_and_its_office():
    asked = answerer(
        row("population.poverty_rate_pct", 2024, None, "pct", missing="population.poor")
    )
    told = next(text(p) for p in answers_to(asked, "population", "pop-4") if p.role == "missing")
    spec = CATALOG.indicators["population.poor"]
    assert spec.name.en in told and CATALOG.sources[spec.source[0]]["dative"].en in told


def test_a_number_that_is_there_is_asked_for_only_by_the_part_that_is_missing():
    asked = answerer(row("population.total", 2024, 7037.0, "person"))
    told = {
        question: " ".join(text(p) for p in answers_to(asked, section, question))
        for section, question in (("services", "srv-1"), ("services", "srv-8"), ("space", "spa-6"))
    }
    people = CATALOG.indicators["population.total"].name.en
    assert people not in told["srv-1"], "coverage needs the residents, who are known"
    assert f"{people} (aged 1–6)" in told["srv-8"]
    homes = answerer(
        row("population.households", 2024, 1229.0, "household"),
        row(
            "space.housing_land_need_ha",
            2027,
            None,
            "hectare",
            missing="space.housing_queue;population.households.forecast",
        ),
    )
    needed = " ".join(text(p) for p in answers_to(homes, "space", "spa-6"))
    assert f"{CATALOG.indicators['population.households'].name.en} (for earlier years" in needed


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_ready_letter_asks_each_office_once_for_all_its_figures(language):
    asking = answerer(language=language)
    gaps = find_section_gaps(asking, "services")
    fold = write_letters(
        asking.viewer, gaps.values(), asking.words, place="Үлгү айыл аймагы", programme=(2026, 2028)
    )
    assert isinstance(fold, Fold)
    assert answer_questions(asking, "services")[-1].rule == "letters_where"
    offices = [text(b) for b in fold.blocks if isinstance(b, Paragraph) and b.spans[0].style]
    assert len(offices) == len(set(offices)) >= 2
    asked = [item[0].text for b in fold.blocks if isinstance(b, Listing) for item in b.items]
    assert asked and all("2020–2024" in line for line in asked)


def test_a_hidden_small_count_is_not_asked_for_again():
    asked = answerer(
        row("population.poverty_rate_pct", 2024, None, "pct", status="Q", missing="hidden_other")
    )
    told = [text(p) for p in answers_to(asked, "population", "pop-4")]
    assert any(CATALOG.statuses["Q"]["sentence"].en in line for line in told)
    assert not any(CATALOG.indicators["population.poor"].name.en in line for line in told)


def test_the_answer_of_the_office_is_printed_with_its_source_and_language_mark():
    own = pd.DataFrame(
        [{"section": "general", "question": "gen-3", "text": "Жол жакын.", "source": "Айыл өкмөтү"}]
    )
    told = text(answers_to(answerer(own=own), "general", "gen-3")[0])
    assert told == "Жол жакын. (ky) (Айыл өкмөтү (ky))."
    assert text(answers_to(answerer(own=own, language="ky"), "general", "gen-3")[0]) == (
        "Жол жакын (Айыл өкмөтү)."
    )


def test_a_twin_text_is_taken_in_the_readers_language():
    assert pick_text({"text": "Жол", "text_ru": "Дорога"}, "text", "ru") == "Дорога"


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_figure_of_the_catalogue_can_be_written_in_a_sentence(language):
    asked = answerer(language=language)
    words = {"subject": "x"}
    for thing in [*CATALOG.indicators.values(), *CATALOG.results.values()]:
        book = ResultBook(frame_rows([row(thing.id, 2024, 1234.5, thing.unit)]), 2024, 2027)
        entry = book.entries(thing.id)[0]
        spans = write_figure(
            asked.viewer, asked.words["answer_rising"], {"first": entry, "last": entry}, words
        )
        assert [span.value for span in spans if span.key] == [1234.5, 1234.5]


@pytest.mark.parametrize(
    ("ident", "unit", "up", "down"),
    [
        ("population.total", "person", "көбөйүүдө", "азайып жатат"),
        ("population.poverty_rate_pct", "pct", "өсүүдө", "төмөндөп жатат"),
        ("economy.wage", "som_per_month", "өсүүдө", "төмөндөп жатат"),
        ("economy.output", "som", "өсүүдө", "кыскарууда"),
        ("space.land_ha", "ha", "кеңейүүдө", "кыскарууда"),
    ],
)
def test_kyrgyz_people_money_area_and_shares_rise_and_fall_by_their_own_verbs(
    ident, unit, up, down
):
    for verb, values in ((up, (200, 250, 310)), (down, (310, 250, 200))):
        asked = answerer(*series(ident, unit, *values), language="ky")
        told = text(tell_course(asked, ident, asked.viewer.book.series(ident, until=2024)))
        assert f" {verb}: " in told


# ---- problems ------------------------------------------------------------------------------
def test_a_rising_share_of_poor_people_is_a_problem_and_a_falling_one_is_not():
    worse = answerer(*series("population.poverty_rate_pct", "pct", 20, 25, 31))
    better = answerer(*series("population.poverty_rate_pct", "pct", 31, 25, 20))
    assert [one.rule for one in find_worsening(worse, "population")] == ["problem_rising"]
    assert find_worsening(better, "population") == []


def test_a_measured_problem_has_evidence_a_goal_and_example_measures():
    worse = answerer(*series("population.poverty_rate_pct", "pct", 20, 25, 31))
    blocks = list_problems(worse, "population", {})
    assert isinstance(blocks[0], Heading)
    assert [b.rule for b in blocks if isinstance(b, Paragraph)] == [
        "problem_rising",
        "goal_down",
        "measures_example",
    ]
    assert isinstance(blocks[-1], Listing) and blocks[-1].items


def test_a_figure_that_has_turned_is_no_problem_of_the_old_direction():
    """The table beside it shows the last five years, in which it falls."""
    turned = answerer(*series("budget.debt_service_pct", "pct", 0.0, 0.55, 0.5, 0.4, 0.3, 0.25))
    assert find_worsening(turned, "budget") == []


@pytest.mark.parametrize(
    ("section", "ident", "unit", "values"),
    [
        ("population", "population.natural_increase", "person", (150, 130, 104)),
        ("services", "education.school_load_pct", "pct", (110, 115, 121)),
    ],
)
def test_where_no_measure_of_the_handbook_fits_a_problem_it_says_so(section, ident, unit, values):
    blocks = list_problems(answerer(*series(ident, unit, *values)), section, {})
    told = [b.rule for b in blocks if isinstance(b, Paragraph)]
    assert told[-1] == "measures_none" and not any(isinstance(b, Listing) for b in blocks)


def test_problems_of_residents_come_by_votes_and_without_the_number_or_the_group():
    frame = pd.DataFrame(
        [
            {
                "id": "p1",
                "problem": "Dust",
                "section": "population",
                "votes": "3",
                "group": "Few",
                "village": "v1",
                "sex": "f",
            },
            {
                "id": "p2",
                "problem": "Jobs",
                "section": "population",
                "votes": "90",
                "group": "All",
                "village": "",
                "sex": "",
            },
        ]
    )
    causes = pd.DataFrame([{"problem": "p2", "cause": "No courses", "effect": "People leave"}])
    blocks = list_problems(
        answerer(language="ky"), "population", {"problems": frame, "causes": causes}
    )
    assert [b.text for b in blocks if isinstance(b, Heading)] == ["Jobs", "Dust"]
    told = " ".join(text(b) for b in blocks if isinstance(b, Paragraph))
    assert "No courses" in told and "Ак-Суу" in told
    assert "90" not in told and "Few" not in told


@pytest.mark.parametrize(
    ("rows", "rule"),
    [
        pytest.param([], "problems_unknown", id="no data"),
        pytest.param(
            series("population.poverty_rate_pct", "pct", 31, 20), "problems_none", id="good"
        ),
    ],
)
def test_no_problem_is_said_in_words_and_not_knowing_is_not_the_same(rows, rule):
    blocks = list_problems(answerer(*rows), "population", {})
    assert [b.rule for b in blocks if isinstance(b, Paragraph)] == [rule]


def test_words_of_answers_use_the_same_values_in_every_language():
    source = {
        key: {slot.name for slot in list_slots(words)}
        for key, words in CATALOG.words("answers", "ky").items()
    }
    for language in ("ru", "en"):
        words = CATALOG.words("answers", language)
        assert {key: {slot.name for slot in list_slots(t)} for key, t in words.items()} == source


# ---- protected counts on the page ------------------------------------------------------------
def test_a_hidden_small_count_is_printed_as_below_five_and_its_companion_as_absent():
    rows = [row("inclusion.vulnerable", 2024, 40, "person")]
    rows += [
        row("inclusion.vulnerable", 2024, None, "person", item=item, status="Q", missing=why)
        for item, why in (("orphan", "hidden_small"), ("disability", "hidden_other"))
    ]
    table = tabulate_parts(answerer(*rows).viewer, ["inclusion.vulnerable"])
    assert table is not None
    total, *parts = table.rows
    assert (total[-1].value, total[-1].style) == (40, "total")
    assert [cells[-1].text for cells in parts] == ["…", "‹5"]
    assert all(cells[-1].value is None for cells in parts)


@pytest.mark.parametrize(
    ("language", "printed", "told"),
    [
        ("ky", "жок, артыгы 17", "2024-жылы жетишпегени жок, 17 артык"),
        ("ru", "нет, запас 17", "в 2024 году нехватки нет, запас — 17"),
        ("en", "none, 17 to spare", "no shortage in 2024, 17 to spare"),
    ],
)
def test_a_shortage_below_zero_is_called_a_surplus(language: str, printed: str, told: str) -> None:
    gap = row("needs.plots_gap", 2024, -17.0, "unit")
    asked = answerer(gap, language=language)
    (entry,) = asked.viewer.book.entries("needs.plots_gap")
    cell = asked.viewer.cell(entry)
    assert (cell.text, cell.value) == (printed, -17.0)
    assert told in text(tell_figure(asked, "needs.plots_gap"))
    nearly = answerer(row("needs.plots_gap", 2024, -0.3, "unit"), language=language).viewer
    assert "0" in nearly.cell(nearly.book.entries("needs.plots_gap")[0]).text
    assert not nearly.wording.is_surplus(nearly.book.entries("needs.plots_gap")[0])
    balance = answerer(row("budget.balance", 2024, -5.0, "som"), language=language)
    assert "5" in balance.viewer.cell(balance.viewer.book.entries("budget.balance")[0]).text
    assert printed[-4:] not in text(tell_figure(balance, "budget.balance"))


@pytest.mark.parametrize(
    ("entered", "language", "printed"),
    [
        ("Район борбору", "ru", "Районный центр"),
        ("район борбору", "en", "District centre"),
        ("Районный центр", "ky", "Район борбору"),
        ("Балыкчы темир жол бекети", "ru", "Железнодорожная станция (Балыкчы)"),
        ("Балыкчы темир жол бекети", "ky", "Балыкчы темир жол бекети"),
        ("Мырзаташ булагы", "ru", "Мырзаташ булагы (ky)"),
        ("Мырзаташ булагы", "ky", "Мырзаташ булагы"),
    ],
)
def test_where_a_distance_leads_to_is_said_in_the_language_of_the_reader(
    entered: str, language: str, printed: str
) -> None:
    assert name_landmark(answerer(language=language).viewer, entered) == printed


@pytest.mark.parametrize("section", SECTIONS)
def test_no_guiding_question_stays_without_an_answer(section: str) -> None:
    """Of a place that knows nothing each is followed by what is missing and whom to ask."""
    asked = [
        block
        for block in answer_questions(answerer(language="ky"), section)
        if isinstance(block, Paragraph) and block.role != "note"
    ]
    for question, answer in itertools.pairwise([*asked, asked[0]]):
        assert question.role != "question" or answer.role in ("answer", "missing"), text(question)
    assert asked[-1].role != "question"
