"""General, economy and budget are told for full, sparse and empty municipalities, in words that
fit their rules in three languages."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from sedp_helpers.blocks import Box, Figure, Table
from sedp_helpers.catalog.load import load_catalog
from sedp_helpers.compute.context import Context
from sedp_helpers.compute.facts import Facts
from sedp_helpers.compute.results import compute_results
from sedp_helpers.desk import Desk
from sedp_helpers.errors import CatalogueError
from sedp_helpers.facade import Section
from sedp_helpers.language.slots import find_typed_digits, list_slots
from sedp_helpers.models import LANGUAGES, Municipality, Place, Text
from sedp_helpers.present.forms import Form

NOTEBOOKS = Path(__file__).parents[2] / "notebooks" / "sections"
FILES = {"general": "10_general", "economy": "40_economy", "budget": "80_budget"}
COLUMNS = ["indicator", "year", "value", "sex", "age", "village", "item", "status"]
CATALOG = load_catalog()
YEARS = (2021, 2022, 2023, 2024)
ITEMS = {"sectors": ("agriculture", "trade", "public"), "livestock": ("cattle", "sheep"),
         "revenue_sources": ("land_tax", "income_tax", "equalising_transfer")}
FREE = {"economy.crop_area_ha": ("wheat",), "economy.crop_output_t": ("wheat",),
        "budget.expenditure": ("roads", "management"),
        "budget.expenditure_plan": ("roads", "management")}
REGISTERS = {
    "villages": pd.DataFrame({"id": ["v1", "v2"], "name_ky": ["Мантыш", "Орток"],
                              "name_ru": ["Мантыш", "Орток"], "name_en": ["Mantysh", "Ortok"],
                              "lat": [42.0, 42.1], "lon": [75.5, 75.7]}),
    "crops": pd.DataFrame({"crop": ["wheat"], "year": [2024], "price_som_kg": [20.0],
                           "cost_per_ha": [10.0], "currency": ["KGS"], "rate": [float("nan")]}),
    "risks": pd.DataFrame({"name": ["a", "b"], "kind": ["transfers", "prices"],
                           "probability": [0.2, 0.6], "impact": [40.0, 30.0]}),
    "unfunded_mandates": pd.DataFrame({"name": ["a"], "cost": [12.0], "documented": [True]}),
    "plan": pd.DataFrame({"id": ["m1"], "section": ["services"], "measure": ["Жол оңдоо"],
                          "measure_ru": ["Ремонт дороги"], "measure_en": ["Road repair"],
                          "start": [2025], "end": [2026], "cost": [90.0], "capital": [True],
                          "upkeep_per_year": [4.0]}),
    "funding": pd.DataFrame({"measure": ["m1"], "year": [2026], "source": ["local_budget"],
                             "amount": [50.0], "confirmed": [True]}),
}
Rows = list[tuple[Any, ...]]


def row(ident: str, year: int, value: float, item: str = "", *, village: str = "",
        status: str = "A") -> tuple[Any, ...]:
    return (ident, year, value, "", "", village, item, status)


def series(ident: str, values: list[float], item: str = "", status: str = "A") -> Rows:
    return [row(ident, 2024 - len(values) + 1 + step, float(value), item, status=status)
            for step, value in enumerate(values)]


def full_rows() -> Rows:
    """Every indicator of the three sections, a little higher every year."""
    rows = series("population.households", [200, 205, 210, 215])
    rows += [row("population.total", year, 400.0 + year - 2020, village=village)
             for year in YEARS for village in ("v1", "v2")]
    rows += [row("population.employed", year, 50.0, item)
             for year in YEARS for item in ITEMS["sectors"]]
    for ident, spec in CATALOG.indicators.items():
        if spec.section in FILES:
            items = FREE.get(ident) or ITEMS.get(spec.items, ()) if "item" in spec.dims else ()
            for step, year in enumerate(YEARS):
                rows += [row(ident, year, 40.0 + 4 * step, item) for item in items or ("",)]
            if items and ident == "economy.volume_index_pct":
                rows += series(ident, [102, 103, 104, 105])
    return rows


def sparse_rows() -> Rows:
    return [row("population.total", 2024, 900.0), row("budget.revenue", 2024, 5e6),
            row("budget.reserve_fund", 2024, 1e5), row("economy.wage", 2024, 15_000.0)]


ROWS = {"full": full_rows, "sparse": sparse_rows, "empty": list}


def make_place(**fields: Any) -> Municipality:
    name = Text(ky="Мантыш", ru="Мантыш", en="Mantysh")
    return Municipality(id="x", name=name, base_year=2024, **fields)


def compute(rows: Rows, registers: dict[str, pd.DataFrame] | None = None) -> pd.DataFrame:
    frame, registers = pd.DataFrame(rows, columns=COLUMNS), registers or {}
    villages = registers["villages"]["id"] if "villages" in registers else ()
    facts = Facts(frame, CATALOG.indicators, villages)
    district = {"district": Facts(frame, CATALOG.indicators)} if registers else {}
    return compute_results(Context(CATALOG, make_place(), facts, registers, district), frame)


@lru_cache(maxsize=4)
def results_of(kind: str) -> pd.DataFrame:
    return compute(ROWS[kind](), REGISTERS if kind == "full" else None)


def open_on(results: pd.DataFrame, section: str, language: str = "ky", *, full: bool = False,
            **fields: Any) -> Section:
    columns = ["rule", "section", "severity", *(f"message_{lang}" for lang in LANGUAGES)]
    findings = pd.DataFrame(columns=columns)
    registers = REGISTERS if full else {}
    return Section(section, Desk(CATALOG, make_place(**fields), language, results, findings,
                                 registers, {}))


def open_kind(kind: str, section: str, language: str = "ky") -> Section:
    return open_on(results_of(kind), section, language, full=kind == "full")


def cells(section: str) -> Iterator[tuple[str, str]]:
    book = json.loads((NOTEBOOKS / f"{FILES[section]}.ipynb").read_text(encoding="utf-8"))
    for cell in book["cells"]:
        source = "".join(cell["source"])
        if source.startswith("section."):
            yield cell["metadata"]["tags"][0], source


def run(section: Section, source: str) -> Any:
    return eval(source, {"section": section})  # a cell of our own notebook


def texts(view: Any) -> dict[str, str]:
    """Rule id -> sentence of every paragraph of a view."""
    return {block.rule: "".join(span.text for span in block.spans)
            for block in view.blocks if getattr(block, "rule", "")}


def tell(rows: Rows, section: str, topic: str, language: str = "ky",
         registers: dict[str, pd.DataFrame] | None = None, **fields: Any) -> dict[str, str]:
    return texts(open_on(compute(rows, registers), section, language, **fields).say(topic))


# ---- every cell for every kind of municipality ----------------------------------------------
@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("kind", ROWS)
@pytest.mark.parametrize("section", FILES)
def test_every_cell_works_and_the_section_says_something(section, kind, language) -> None:
    opened = open_kind(kind, section, language)
    shown = [run(opened, source) for _, source in cells(section)]
    assert texts(shown[0]), "the opening has a finding"
    told = [text for view in shown for text in texts(view).values()]
    assert len(told) >= {"full": 10, "sparse": 4, "empty": 4}[kind]
    for text in told:
        assert not re.search(r"[{}]|\bnan\b", text), text


@pytest.mark.parametrize("section", FILES)
def test_an_empty_municipality_is_told_no_number(section) -> None:
    opened = open_kind("empty", section)
    for tag, source in cells(section):
        if tag == "narrative":
            for rule, text in texts(run(opened, source)).items():
                spoken = rule.startswith(("coverage", "answer"))
                assert spoken or not any(c.isdigit() for c in text), text


@pytest.mark.parametrize("section", FILES)
def test_every_figure_of_a_full_municipality_is_drawn_with_the_table_behind_it(section) -> None:
    opened = open_kind("full", section)
    for tag, source in cells(section):
        if tag == "figure":
            figure, *beside = run(opened, source).blocks
            assert isinstance(figure, Figure) and figure.spec["data"] and figure.data.rows, source
            assert all(paragraph.rule.startswith("proof") for paragraph in beside)


# ---- flipping a series flips the sentence ---------------------------------------------------
@pytest.mark.parametrize("index, rule", [(103.0, "opening_real_rise"), (97.0, "opening_real_fall"),
                                         (100.2, "opening_real_flat")])
def test_the_finding_of_the_economy_follows_the_volume_index(index, rule) -> None:
    rows = [row("economy.output", 2024, 5e6), row("economy.volume_index_pct", 2024, index)]
    assert rule in texts(open_on(compute(rows), "economy").opening())


def test_growth_that_only_prices_made_is_called_so() -> None:
    rows = [*series("economy.output", [1e6, 1.2e6]), row("economy.volume_index_pct", 2024, 98.0)]
    assert "output_prices" in tell(rows, "economy", "output")
    rows[-1] = row("economy.volume_index_pct", 2024, 104.0)
    assert "output_both" in tell(rows, "economy", "output")


@pytest.mark.parametrize("spent, rule", [(9e6, "opening_surplus"), (11e6, "opening_deficit"),
                                         (10e6, "opening_balanced")])
def test_the_finding_of_the_budget_follows_its_balance(spent, rule) -> None:
    rows = [row("budget.revenue", 2024, 10e6, "land_tax"), row("budget.expenditure", 2024, spent)]
    assert rule in texts(open_on(compute(rows), "budget").opening())


def test_a_budget_that_lives_on_transfers_is_called_dependent() -> None:
    rows = [row("budget.revenue", 2024, 8e6, "equalising_transfer"),
            row("budget.revenue", 2024, 2e6, "land_tax"), row("budget.expenditure", 2024, 9e6)]
    assert "opening_surplus_dependent" in texts(open_on(compute(rows), "budget").opening())
    assert "dependence_high" in tell(rows, "budget", "dependence")


def test_revenue_that_is_not_given_by_source_is_not_called_all_foreign() -> None:
    rows = series("budget.revenue", [9e6, 10e6])
    assert "revenue_own_none" in tell(rows, "budget", "revenue")
    assert set(tell(rows, "budget", "dependence")) == {"dependence_none"}


@pytest.mark.parametrize("reserve, rules", [
    (50_000.0, {"reserve_kept"}), (500_000.0, {"reserve_broken", "reserve_cap", "reserve_floor"}),
])
def test_ac_52_the_reserve_rule_is_told_with_the_cap_where_it_is_broken(reserve, rules) -> None:
    rows = [row("budget.reserve_fund", 2024, reserve), row("budget.expenditure", 2024, 3e6)]
    assert set(tell(rows, "budget", "reserve")) == rules


def test_a_reserve_without_expenditure_is_not_checkable() -> None:
    told = tell([row("budget.reserve_fund", 2024, 5e5)], "budget", "reserve")
    assert set(told) == {"reserve_unknown", "reserve_floor"}
    assert "25\u00a0млн\u00a0сом" in told["reserve_floor"]


STEPS = {"step_priorities", "step_sources", "step_cheap", "step_stages", "step_community"}


def test_ac_65_five_steps_are_told_only_where_the_money_ends_with_protected_items() -> None:
    rows = [row("budget.revenue", 2024, 9e6), row("budget.protected", 2024, 9e6)]
    told = tell(rows, "budget", "protected")
    assert list(told) == ["protected_only", "step_priorities", "step_sources", "step_cheap",
                          "step_stages", "step_community"]
    rows[0] = row("budget.revenue", 2024, 12e6)
    assert not STEPS & set(tell(rows, "budget", "protected"))


def test_the_five_steps_name_the_money_of_the_plan_where_there_is_one() -> None:
    rows = [row("budget.revenue", 2024, 9e6), row("budget.protected", 2024, 9e6)]
    funding = REGISTERS["funding"].assign(source="community")
    told = tell(rows, "budget", "protected",
                registers={"plan": REGISTERS["plan"], "funding": funding})
    assert "40\u00a0сом" in told["step_sources_gap"]
    assert "50\u00a0сом" in told["step_stages_confirmed"]
    assert "50\u00a0сом" in told["step_community_money"]


def test_five_steps_are_told_when_next_year_is_expected_to_end_with_protected_items() -> None:
    rows = series("budget.revenue", [12e6, 11e6, 10e6]) + series("budget.protected",
                                                                 [5e6, 7e6, 9.8e6])
    told = tell(rows, "budget", "protected")
    assert "protected_soon" in told and set(told) >= STEPS


@pytest.mark.parametrize("price, rule", [(1.0, "crop_loss"), (13.0, "crop_profit"),
                                         (40.0, "crop_high")])
def test_a_crop_is_told_by_its_profitability(price, rule) -> None:
    rows = [row("economy.crop_area_ha", 2024, 10.0, "wheat"),
            row("economy.crop_output_t", 2024, 10.0, "wheat")]
    crops = REGISTERS["crops"].assign(price_som_kg=price, cost_per_ha=10_000.0)
    assert set(tell(rows, "economy", "crop_profits", registers={"crops": crops})) == {rule}


def test_without_a_district_specialisation_is_withheld() -> None:
    rows = series("economy.output", [5, 6], "trade")
    assert set(tell(rows, "economy", "special")) == {"special_none"}


@pytest.mark.parametrize("section, ident, rule", [
    ("economy", "economy.output", "output_estimate"),
    ("budget", "budget.revenue", "revenue_estimate"),
])
def test_estimated_and_doubtful_figures_are_hedged(section, ident, rule) -> None:
    topic = ident.rpartition(".")[2]
    assert rule in tell(series(ident, [5e6, 6e6], status="E"), section, topic)
    opened = open_on(compute(series(ident, [5e6, 6e6], status="U")), section)
    assert "opening_doubtful" in texts(opened.opening())


@pytest.mark.parametrize("values, rule", [([900, 950], "people_rise"), ([950, 900], "people_fall"),
                                          ([900, 900], "people_flat"),
                                          ([900, 990, 900, 985], "people_volatile")])
def test_the_residents_of_the_passport_section_follow_their_series(values, rule) -> None:
    assert rule in tell(series("population.total", values), "general", "people")


def test_flags_of_the_passport_are_told_only_where_they_are_set() -> None:
    told = tell([], "general", "place", mountain=True,
                district=Place(id="d", name=Text(ky="Кочкор")))
    assert {"place_mountain", "place_district"} <= set(told) and "place_border" not in told
    assert "Кочкор районунун" in told["place_district"]


# ---- passport and forms ---------------------------------------------------------------------
def table_of(view: Any) -> Table:
    return next(block for block in view.blocks if isinstance(block, Table))


def test_the_passport_prints_figures_as_results_and_says_what_is_missing() -> None:
    opened = open_on(results_of("full"), "general", full=True, altitude_m=2215.0,
                     distances_km={"Район борбору": 45.5})
    rows = {cells_[0].text: cells_[1] for cells_ in table_of(opened.passport()).rows}
    assert rows["Деңиз деңгээлинен бийиктиги"].text == "2\u00a0215\u00a0метр"
    assert rows["Аралык: Район борбору"].text == "45,5\u00a0километр"
    assert rows["Айылдардын тизмеси"].text == "Мантыш, Орток"
    people = rows["Туруктуу калктын саны, адам, 2024"]
    assert people.value == 808 and people.key.startswith("population.total|2024")
    [box] = [b for b in open_kind("empty", "general").passport().blocks if isinstance(b, Box)]
    told = ["".join(span.text for span in item) for item in box.blocks[0].items]
    assert any("Деңиз деңгээлинен бийиктиги" in one and "passport" in one for one in told)
    assert any("Туруктуу калктын саны, адам" in one for one in told)


def test_form_1_has_plan_fact_execution_and_every_forecast_year() -> None:
    table = table_of(open_kind("full", "budget").form("budget_form_1"))
    titles = [column.title for column in table.columns]
    assert titles[1:4] == ["Бекитилген план, 2024", "Такталган план, 2024", "Иш жүзүндө, 2024"]
    assert titles[-3:] == ["Болжол, 2025", "Болжол, 2026", "Болжол, 2027"]
    land = next(cells_ for cells_ in table.rows if cells_[0].text == "Жер салыгы")
    assert [cell.value for cell in land[1:5]] == [52.0, 52.0, 52.0, 100.0]
    assert all(cell.key for cell in land[1:])
    assert "расмий тиркеме эмес" in table.notes[0]


@pytest.mark.parametrize("language, name", [("ky", "Жол оңдоо"), ("ru", "Ремонт дороги"),
                                            ("en", "Road repair")])
def test_form_2_shows_each_measure_with_its_cost_sources_and_gap(language, name) -> None:
    table = table_of(open_kind("full", "budget", language).form("budget_form_2"))
    measure, total, local = table.rows
    assert measure[0].text == name
    assert [cell.value for cell in measure[1:]] == [90.0, 50.0, 50.0, 40.0]
    assert [cell.value for cell in total[1:]] == [90.0, 50.0, 50.0, 40.0]
    assert local[2].value == 50.0


def test_the_stress_table_keeps_registered_risks_and_examples_apart() -> None:
    table = table_of(open_kind("full", "budget", "en").form("budget_stress"))
    rows = {cells_[0].text: [cell.value for cell in cells_[1:]] for cells_ in table.rows}
    assert rows["Fall in transfers"] == [40.0, 52.0 - 40.0, 0.0]
    assert rows["All risks together"][0] == 70.0
    assert rows["Risks and unfunded mandates"][0] == 82.0
    assert rows["Example: transfers are cut"][0] == 52 * 0.2
    assert rows["Example: utility costs rise"] == [None, None, None]


def test_a_layout_without_one_language_is_an_error_of_the_catalogue() -> None:
    viewer = open_kind("full", "budget").viewer
    with pytest.raises(CatalogueError, match="ky, ru and en"):
        Form({"title": {"ky": "Форма"}}, viewer).title.strip()


# ---- words ----------------------------------------------------------------------------------
PLACES = {"place", "kind", "section", "district", "subject", "base", "end", "item", "village"}
MOST_WORDS = 22


def rules(section: str) -> Iterator[tuple[dict[str, Any], dict[str, Any]]]:
    for topic in CATALOG.read(f"narrative/{section}.yml").values():
        for choice in topic["choose"]:
            for rule in choice if isinstance(choice, list) else [choice]:
                yield topic, rule


@pytest.mark.parametrize("section", FILES)
def test_every_rule_has_words_and_every_word_has_a_rule(section) -> None:
    named = [rule["id"] for _, rule in rules(section)]
    assert len(named) == len(set(named)), "rule ids are unique within a section"
    for language in LANGUAGES:
        words = set(CATALOG.words(f"sentences/{section}", language))
        assert words == set(named) - {"caption_plain"}, language


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("section", FILES)
def test_slots_name_a_figure_of_their_topic_and_no_digit_is_typed(section, language) -> None:
    words = CATALOG.words(f"sentences/{section}", language)
    for topic, rule in rules(section):
        ready = PLACES | {f"{name}{end}" for name in topic["let"]
                          for end in ("", "_year", "_item", "_missing")}
        template = words.get(rule["id"], "")
        assert {slot.name for slot in list_slots(template)} <= ready, rule["id"]
        assert not find_typed_digits(template), rule["id"]


@pytest.mark.parametrize("section", FILES)
def test_kyrgyz_sentences_are_short(section) -> None:
    for ident, text in CATALOG.words(f"sentences/{section}", "ky").items():
        for sentence in re.split(r"[.:;!?](?:\s|$)", re.sub(r"\{[^}]*\}", "Х", text)):
            assert len(sentence.split()) <= MOST_WORDS, ident


@pytest.mark.parametrize("section", FILES)
def test_headings_belong_to_topics_and_stand_in_three_languages(section) -> None:
    headings = [set(CATALOG.words(f"topics/{section}", language)) for language in LANGUAGES]
    assert headings[0] == headings[1] == headings[2]
    assert headings[0] <= set(CATALOG.read(f"narrative/{section}.yml"))


# ---- beside a forecast stands how it did in the past ------------------------------------------
STEADY = [100, 112, 121, 134, 146, 161, 178, 195]


@pytest.mark.parametrize("values, rule", [
    (STEADY, "proof_better"), ([100, 125, 98, 124, 101, 126, 99, 125], "proof_same"),
    ([100, 140, 98, 139, 101, 141, 99, 140], "proof_same_hand"),
    ([100, 3000, 50, 2000, 80, 2500, 60, 1900], "proof_unfit"),
    ([100, 110, 121], "proof_none"),
])
def test_a_forecast_is_told_with_its_past_errors(values, rule) -> None:
    told = texts(open_on(compute(series("economy.wage", values)), "economy").chart("economy.wage"))
    assert [*told] == [rule]  # and nothing on peers without a panel


def test_an_error_above_half_of_the_figure_is_told_in_words_and_never_as_thousands_of_per_cent(
) -> None:
    wild = compute(series("economy.wage", [100, 3000, 50, 2000, 80, 2500, 60, 1900]))
    told = texts(open_on(wild, "economy").chart("economy.wage"))
    assert "%" not in " ".join(told.values())


def test_a_forecast_that_a_simple_way_would_have_beaten_says_so() -> None:
    results = compute(series("economy.wage", STEADY))
    simple = (results["result"] == "economy.wage.forecast_error_pct") & (
        results["method"] == "handbook")
    results.loc[simple, "value"] = type(results["value"].iloc[0])(0)
    assert "proof_worse" in texts(open_on(results, "economy").chart("economy.wage"))


def test_the_errors_beside_a_forecast_are_printed_from_results_in_three_languages() -> None:
    results = compute(series("economy.wage", STEADY))
    errors = results[results["result"] == "economy.wage.forecast_error_pct"]
    assert set(errors["method"].str.split(":").str[0]) == {"recommended", "handbook", "last"}
    for language in LANGUAGES:
        opened = open_on(results, "economy", language)
        _, proof = opened.chart("economy.wage").blocks
        printed = {span.value for span in proof.spans if span.key}
        assert set(errors["value"].astype(float)) <= printed
