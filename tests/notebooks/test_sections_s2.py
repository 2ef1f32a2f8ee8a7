"""Services, inclusion, space and environment are told for full, sparse and empty municipalities."""

from __future__ import annotations

import json
import re
from functools import lru_cache
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from sedp_helpers.catalog.load import load_catalog
from sedp_helpers.compute.context import Context
from sedp_helpers.compute.facts import Facts
from sedp_helpers.compute.results import compute_results
from sedp_helpers.desk import Desk
from sedp_helpers.facade import Section
from sedp_helpers.models import LANGUAGES, Municipality, Text

NOTEBOOKS = Path(__file__).parents[2] / "notebooks" / "sections"
FILES = {"services": "30_services", "inclusion": "50_inclusion", "space": "60_space",
         "environment": "70_environment"}
COLUMNS = ["indicator", "year", "value", "sex", "age", "village", "item", "status"]
CATALOG = load_catalog()
YEARS = (2021, 2022, 2023, 2024)
ITEMS = {"services": ("water", "waste"), "vulnerable": ("low_income", "violence_survivor"),
         "hazards": ("mudflow",), "restrictions": ("water_zone",), "land": ("arable", "settlement"),
         "free": ("kyrgyz",)}
Rows = list[tuple[Any, ...]]


def row(ident: str, year: int, value: float, item: str = "", status: str = "A",
        village: str = "", sex: str = "") -> tuple[Any, ...]:
    return (ident, year, value, sex, "", village, item, status)


def full_rows() -> Rows:
    """Every indicator of the four sections, each a little higher every year."""
    rows = [row("population.total", year, 1_000.0) for year in YEARS]
    rows += [row("population.households", year, 200.0) for year in YEARS]
    rows += [row("population.births", year, 20.0) for year in range(2018, 2025)]
    for ident, spec in CATALOG.indicators.items():
        if spec.section in FILES:
            items = ITEMS.get(spec.items, ()) if "item" in spec.dims else ()
            for step, year in enumerate(YEARS):
                level = 40.0 + 4 * step
                rows += [] if spec.item_required else [row(ident, year, 2 * level)]
                rows += [row(ident, year, level, item) for item in items]
    rows += [row("environment.households_in_hazard_zone", 2024, 9.0, "mudflow", village="v1"),
             row("environment.illegal_dumps", 2024, 2.0, village="v1")]
    return [one for one in rows if one[0] != "space.plot_ha"] + [row("space.plot_ha", 2024, 0.08)]


def sparse_rows() -> Rows:
    return [row("population.total", 2024, 900.0), row("education.pupils", 2024, 150.0),
            row("services.tariff", 2024, 80.0, "waste")]


ROWS = {"full": full_rows, "sparse": sparse_rows, "empty": list}


def compute(rows: Rows) -> pd.DataFrame:
    frame = pd.DataFrame(rows, columns=COLUMNS)
    place = make_place()
    return compute_results(Context(CATALOG, place, Facts(frame, CATALOG.indicators, ("v1",))),
                           frame)


@lru_cache(maxsize=8)
def results_of(name: str) -> pd.DataFrame:
    return compute(ROWS[name]())


def make_place() -> Municipality:
    return Municipality(id="x", name=Text(ky="Мантыш", ru="Мантыш", en="Mantysh"), base_year=2024)


def open_on(results: pd.DataFrame, section: str, language: str = "ky") -> Section:
    columns = ["rule", "section", "severity", *(f"message_{lang}" for lang in LANGUAGES)]
    findings = pd.DataFrame(columns=columns)
    return Section(section, Desk(CATALOG, make_place(), language, results, findings, {}, {}))


def cells(section: str) -> list[tuple[str, str]]:
    book = json.loads((NOTEBOOKS / f"{FILES[section]}.ipynb").read_text(encoding="utf-8"))
    return [(cell["metadata"]["tags"][0], "".join(cell["source"])) for cell in book["cells"]]


def run(section: Section, source: str) -> Any:
    names = {"section": section}
    *before, last = source.split("\n")
    exec("\n".join(before), names)
    return eval(last, names)


def texts(view: Any) -> dict[str, str]:
    """Rule id -> sentence of every paragraph of a view."""
    return {block.rule: "".join(span.text for span in block.spans)
            for block in view.blocks if getattr(block, "rule", "")}


def tell(rows: Rows, section: str, topic: str, language: str = "ky") -> dict[str, str]:
    return texts(open_on(compute(rows), section, language).say(topic))


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("kind", ROWS)
@pytest.mark.parametrize("section", FILES)
def test_every_cell_works_and_says_something_for(section: str, kind: str, language: str) -> None:
    opened = open_on(results_of(kind), section, language)
    shown = [run(opened, source) for tag, source in cells(section)
             if tag in ("narrative", "figure", "table", "caveats")]
    assert texts(shown[0]), "the opening has a finding"
    told = [text for view in shown for text in texts(view).values()]
    assert len(told) >= {"full": 10, "sparse": 4, "empty": 4}[kind]
    for text in told:
        assert not re.search(r"[{}]|\bNone\b|\bnan\b", text), text


@pytest.mark.parametrize("section", FILES)
def test_an_empty_municipality_is_told_no_number(section: str) -> None:
    opened = open_on(results_of("empty"), section)
    for tag, source in cells(section):
        if tag == "narrative":
            for rule, text in texts(run(opened, source)).items():
                assert rule.startswith("coverage") or not any(c.isdigit() for c in text), text


@pytest.mark.parametrize("section", FILES)
def test_every_figure_of_a_full_municipality_is_drawn(section: str) -> None:
    opened = open_on(results_of("full"), section)
    for tag, source in cells(section):
        if tag == "figure":
            view = run(opened, source)
            assert view.figure.data and len(view.frame), source


def coverage(served: list[float], status: str = "A") -> Rows:
    rows = [row("population.total", year, 1_000.0) for year in YEARS]
    return rows + [row("services.residents_served", year, value, "water", status)
                   for year, value in zip(YEARS, served, strict=True)]


@pytest.mark.parametrize(("served", "rule"), [
    ([300, 400, 500, 600], "access_rise"), ([600, 500, 400, 300], "access_fall"),
    ([600, 600, 601, 602], "access_flat"), ([300, 700, 300, 620], "access_volatile"),
    ([960, 970, 980, 990], "access_full"), ([900, 990, 1000, 1100], "access_more"),
])
def test_flipping_the_series_flips_the_sentence(served: list[float], rule: str) -> None:
    assert rule in tell(coverage([float(v) for v in served]), "services", "access")


def test_doubtful_and_estimated_figures_are_hedged() -> None:
    assert "access_unsure" in tell(coverage([300.0, 400.0, 500.0, 600.0], "U"), "services",
                                   "access")
    assert "access_estimate" in tell(coverage([300.0, 400.0, 500.0, 600.0], "E"), "services",
                                     "access")
    opened = open_on(compute(coverage([300.0, 400.0, 500.0, 600.0], "U")), "services")
    assert "opening_doubtful" in texts(opened.opening())


@pytest.mark.parametrize(("language", "missing"), [
    ("ky", ("Үй чарбаларынын саны", "Төлөмдөрдүн чогултулуу деңгээли", "сурап алуу керек")),
    ("ru", ("Число домохозяйств", "Собираемость платежей", "следует запросить")),
    ("en", ("Households", "Collection rate", "should be requested")),
])
def test_ac_71_says_which_figures_are_missing_and_from_whom(
    language: str, missing: tuple[str, ...]
) -> None:
    told = tell(sparse_rows(), "services", "revenue", language)
    assert set(told) == {"revenue_missing", "revenue_ask_both"}
    for words in missing:
        assert words in " ".join(told.values())


def paid(collected: float, cost: float) -> Rows:
    return [row("services.cost", 2024, cost, "waste"), row("services.billed", 2024, 100.0, "waste"),
            row("services.collected", 2024, collected, "waste"),
            row("services.tariff", 2024, 50.0, "waste")]


def test_the_break_even_tariff_is_told_only_where_it_is_above_the_tariff() -> None:
    short, enough = tell(paid(60.0, 120.0), "services", "cost"), tell(paid(100.0, 80.0),
                                                                     "services", "cost")
    assert "cost_part" in short and "100\u00a0сом" in short["cost_even"]
    assert "cost_full" in enough and "cost_even" not in enough


def test_a_need_is_told_with_its_year_its_gap_and_that_the_norm_is_an_example() -> None:
    rows = [row("population.births", year, 100.0) for year in range(2018, 2025)]
    short = [*rows, row("education.kindergarten_places", 2024, 200.0)]
    told = tell(short, "services", "needs_kindergarten")
    assert "2027-жылы" in told["kindergarten_short"] and "40" in told["kindergarten_short"]
    assert {"kindergarten_already", "kindergarten_births"} <= set(told)
    assert "needs_example" in tell(short, "services", "needs")
    enough = [*rows, row("education.kindergarten_places", 2024, 300.0)]
    assert "kindergarten_enough" in tell(enough, "services", "needs_kindergarten")


@pytest.mark.parametrize(("last", "rule"), [(30.0, "families_fall"), (50.0, "families_rise")])
def test_low_income_families_follow_the_figures(last: float, rule: str) -> None:
    rows = [row("inclusion.low_income_families", 2023, 40.0),
            row("inclusion.low_income_families", 2024, last)]
    assert rule in tell(rows, "inclusion", "families")


def test_survivors_of_violence_and_counts_below_five_are_never_told() -> None:
    rows = [row("population.total", 2024, 1_000.0)]
    for item, count in (("violence_survivor", 60.0), ("orphan", 4.0), ("disability", 70.0)):
        rows += [row("inclusion.vulnerable", 2024, count, item),
                 row("inclusion.supported", 2024, count, item)]
    section = open_on(compute(rows), "inclusion")
    told = " ".join("".join(span.text for span in block.spans)
                    for topic in ("groups", "support") for block in section.say(topic).blocks
                    if hasattr(block, "spans"))
    assert "Ден соолугунун" in told
    assert "Зомбулук" not in told and "Жетим" not in told


@pytest.mark.parametrize(("shares", "rule"), [((200.0, 300.0), "pasture_rise"),
                                              ((300.0, 200.0), "pasture_fall"),
                                              ((300.0, 300.0), "pasture_flat")])
def test_degraded_pasture_follows_the_figures(shares: tuple[float, float], rule: str) -> None:
    rows = [row("environment.pasture_ha", year, 1_000.0) for year in (2023, 2024)]
    rows += [row("environment.pasture_degraded_ha", year, value)
             for year, value in zip((2023, 2024), shares, strict=True)]
    assert rule in tell(rows, "environment", "pasture")


def test_parts_of_arable_land_are_not_told_beside_it() -> None:
    rows = [row("space.land_ha", 2024, value, item) for item, value in
            (("arable", 60.0), ("pasture", 40.0), ("irrigated", 50.0), ("rainfed", 10.0))]
    blocks = open_on(compute(rows), "space").say("structure").blocks
    assert len(blocks) == 2


@pytest.mark.parametrize("section", FILES)
def test_notebooks_keep_to_the_rules_of_section_notebooks(section: str) -> None:
    found = cells(section)
    assert [tag for tag, _ in found[:4]] == ["guide", "parameters", "setup", "narrative"]
    allowed = {"parameters", "setup", "guide", "narrative", "figure", "table", "caveats"}
    assert {tag for tag, _ in found} <= allowed
    for tag, source in found:
        lines = source.split("\n")
        assert tag == "guide" or len(lines) <= 8
        assert tag == "guide" or not any(word in source for word in ("def ", "for ", "while "))
    population = json.loads((NOTEBOOKS / "20_population.ipynb").read_text(encoding="utf-8"))
    first = next(cell for cell in population["cells"]
                 if cell["metadata"]["tags"] == ["parameters"])
    assert found[1][1] == "".join(first["source"])
