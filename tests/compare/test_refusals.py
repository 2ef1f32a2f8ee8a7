"""What rules forbid is refused with the rule, wherever somebody tries (AC-66, AC-67, AC-68)."""

from __future__ import annotations

import pandas as pd
import pytest

from sedp_helpers.catalog.load import load_catalog
from sedp_helpers.compare.food import demand_level, pick_questions
from sedp_helpers.compare.refusal import RefusedByRule, refuse_union
from sedp_helpers.compare.results import compute_district
from sedp_helpers.compare.roll import Roll
from sedp_helpers.compare.totals import refuse_sum, sum_members
from sedp_helpers.present.screen import write_plain
from tests.compare.district_case import make_book, make_data, make_panel, pick

CATALOG = load_catalog()


@pytest.mark.parametrize("indicator", [
    "budget.revenue", "budget.revenue_plan", "budget.revenue_revised_plan", "budget.own_revenue",
    "budget.balance"])
def test_ac66_the_revenues_of_twelve_municipalities_are_not_added(indicator: str) -> None:
    units = tuple(f"m{number}" for number in range(12))
    with pytest.raises(RefusedByRule) as refused:
        refuse_sum(indicator, CATALOG.rules, CATALOG.results)
    assert refused.value.rule == "R-41"
    if indicator in CATALOG.indicators:
        with pytest.raises(RefusedByRule, match="R-41"):
            list(sum_members(make_panel(units), indicator, Roll(units, units, 12), CATALOG.rules))


def test_ac66_the_book_answers_the_question_for_the_sum_with_the_rule_in_every_language() -> None:
    data = make_data()
    for language in ("ky", "ru", "en"):
        view = make_book(data, language).total("budget.revenue")
        text = str(view.blocks)
        assert "R-41" in text and "34" in text and "Q34" not in text, "the question in words"
        assert "value=1" not in text, "no number may stand in a refusal"


def test_ac66_the_row_of_the_refused_sum_has_no_value_and_names_the_rule() -> None:
    row = pick(compute_district(make_data()), "budget.revenue", method="sum").iloc[0]
    assert pd.isna(row["value"]) and row["rule"] == "R-41" and row["status"] == "O"


@pytest.mark.parametrize("indicator", ["population.total", "economy.output", "budget.expenditure"])
def test_what_no_rule_protects_may_be_added(indicator: str) -> None:
    refuse_sum(indicator, CATALOG.rules, CATALOG.results)


def test_ac67_a_district_programme_that_is_the_union_of_municipal_ones_is_refused() -> None:
    with pytest.raises(RefusedByRule) as refused:
        refuse_union(["road", "water"], ["road"], ["water", "school"])
    assert refused.value.rule == "R-40"


def test_ac67_no_figure_of_programmes_is_ever_added() -> None:
    for name in ("plan.cost", "plan.gap", "plan.measures"):
        with pytest.raises(RefusedByRule, match="R-40"):
            refuse_sum(name, CATALOG.rules, CATALOG.results)


def test_a_programme_with_a_measure_of_its_own_or_of_one_municipality_only_is_no_union() -> None:
    refuse_union(["road", "reservoir"], ["road"], ["water"])
    refuse_union(["road"], ["road", "water"], ["school"])
    refuse_union([], ["road"], ["water"])


def test_ac68_the_food_question_is_asked_of_the_district_only() -> None:
    topics = {level: {one.get("topic") for one in pick_questions(CATALOG.questions, level)}
              for level in ("municipality", "district")}
    assert "food_security" in topics["district"]
    assert "food_security" not in topics["municipality"]


def test_ac68_asking_a_municipality_for_food_or_nature_is_refused_with_the_rule() -> None:
    for topic, rule in (("food_security", "R-43"), ("protected_areas", "R-44")):
        demand_level(topic, "district")
        with pytest.raises(RefusedByRule) as refused:
            demand_level(topic, "municipality")
        assert refused.value.rule == rule


def test_ac68_the_district_book_shows_the_food_question() -> None:
    assert make_book(make_data()).questions("food_security").blocks


def test_an_open_food_question_is_answered_from_the_tables_it_stands_beside() -> None:
    foods = pd.DataFrame([("wheat", 2024.0, 40.0, 80.0, 30.0), ("meat", 2024.0, 9.0, 5.0, 0.0)],
                         columns=["product", "year", "produced_t", "needed_t", "imported_t"])
    text = write_plain(make_book(make_data(registers={"food_balance": foods}))
                       .questions("food_security").blocks)
    assert "enough of: meat. It lacks: wheat." in text and "from outside: wheat." in text
    assert "No answer is written yet" not in text
    without = write_plain(make_book(make_data()).questions("food_security").blocks)
    assert "No answer is written yet" in without, "without a balance nobody has answered"
