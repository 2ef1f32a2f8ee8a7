"""What if: growth, people who come or go, irrigation, a plant, an object, a tariff, a shock.

Everything starts from the planning forecast and the chains of the handbook; the page says which
coefficients are examples. A figure that is missing leaves what rests on it missing.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import ipywidgets
import pandas as pd

from sedp_helpers.analysis.chains import run_chain
from sedp_helpers.blocks import Block, Cell, Table
from sedp_helpers.models import LANGUAGES
from sedp_helpers.present.charts.trend import TrendData
from sedp_helpers.present.charts.trend_lines import Line
from sedp_helpers.widgets.base import (
    TAXES,
    TRANSFERS,
    Scene,
    choose_places,
    name_places,
    open_scene,
)
from sedp_helpers.widgets.chain_page import CHAINS, MILLION, NONE, name_chains, tell_chain
from sedp_helpers.widgets.controls import (
    Answer,
    Dial,
    Panel,
    State,
    read_query,
    read_state,
    show_panel,
)

EFFECTS = ("plant", "tariff", "shock", "upkeep")


def list_dials(municipalities: list[str], municipality: str, language: str) -> list[Dial]:
    """The controls of the what-if page; at their defaults nothing differs from the forecast."""
    return [
        Dial("language", language, options=LANGUAGES),
        Dial("municipality", municipality, options=tuple(municipalities)),
        Dial("growth", 0.0, -3, 3, 0.1),
        Dial("migration", 0.0, -300, 300, 10),
        Dial("chain", NONE, options=(NONE, *CHAINS)),
        Dial("irrigation", 0.0, 0, 100, 1),
        Dial("plant", 0.0, 0, 20, 0.5),
        Dial("object", 0.0, 0, 100, 1),
        Dial("tariff", 0.0, -20, 50, 1),
        Dial("shock", 0.0, 0, 50, 1),
        Dial("spread", 0.0, 0, 50, 5),
    ]


def project_people(
    forecast: Mapping[int, float], growth: float, migration: float
) -> dict[int, float]:
    """Residents by year if growth differed by so many points and so many more came each year.

    Without both it is the forecast itself; never below 0.

    >>> project_people({2025: 100.0, 2026: 200.0}, 0, 5)
    {2025: 105.0, 2026: 215.0}
    """
    found: dict[int, float] = {}
    before, last = None, 0.0
    for year, planned in sorted(forecast.items()):
        rate = planned / before if before else 1.0
        start = planned if before is None else last * rate
        last = max(0.0, start * (1 + growth / 100) + migration)
        found[year], before = last, planned
    return found


def weigh_budget(scene: Scene, state: State) -> pd.DataFrame:
    """Balance by year as forecast and with the changes, each effect in som (year × columns).

    Plant and upkeep follow chain C5 (Q32); tariff and shock are shares of the forecast of paid
    services and transfers. The years count from the base year.
    """
    revenue, expenditure = (scene.ahead(f"budget.{side}") for side in ("revenue", "expenditure"))
    taxes, paid, transfers = (scene.sum_ahead("budget.revenue", items)
                              for items in (TAXES, ("paid_services",), TRANSFERS))
    cost = state["object"] * MILLION
    rows = {}
    for year in scene.years:
        run = run_chain(scene.chains["budget"], {"own_taxes": taxes[year], "object_cost": cost},
                        [year - scene.base_year], values={"plant_tax": state["plant"]})
        found = run.set_index("node")["value"]
        rows[year] = {
            "forecast": revenue[year] - expenditure[year],
            "plant": found["plant_revenue"] if state["plant"] else 0.0,
            "tariff": paid[year] * state["tariff"] / 100 if state["tariff"] else 0.0,
            "shock": -transfers[year] * state["shock"] / 100 if state["shock"] else 0.0,
            "upkeep": -found["new_upkeep"] if cost else 0.0,
        }
    table = pd.DataFrame.from_dict(rows, orient="index")
    table["then"] = table[["forecast", *EFFECTS]].sum(axis=1, skipna=False)
    return table


def answer_whatif(scene: Scene, state: State) -> Answer:
    """Text, figures and numbers of a state of the what-if page."""
    people = scene.ahead("population.total")
    changed = project_people(people, state["growth"], state["migration"])
    budget = weigh_budget(scene, state)
    last = scene.years[-1]
    numbers = {"people": changed[last], "balance": float(budget.at[last, "then"])}
    blocks: list[Block] = [
        scene.say("people", "finding", year=str(last),
                  then=_people(scene, changed[last]), forecast=_people(scene, people[last])),
        scene.say("balance", "finding", year=str(last), then=scene.money(numbers["balance"]),
                  forecast=scene.money(float(budget.at[last, "forecast"]))),
        tabulate_years(scene, people, changed, budget),
        *tell_chain(scene, state),
    ]
    specs = (draw_pair(scene, people, changed, "people", "person"),
             draw_pair(scene, budget["forecast"].to_dict(), budget["then"].to_dict(),
                       "balance", "som"))
    return Answer(tuple(blocks), specs, numbers=numbers)


def _people(scene: Scene, value: float) -> tuple[float, str] | str:
    return (value, scene.amount(value, "person")) if value == value else scene.words["missing"]


def tabulate_years(scene: Scene, people: Mapping[int, float], changed: Mapping[int, float],
                   budget: pd.DataFrame) -> Table:
    """Baseline and «what if» side by side, year by year."""
    columns = (scene.head("year", numeric=False), scene.head("people_forecast", "person"),
               scene.head("people_then", "person"), scene.head("balance_forecast", "som"),
               *(scene.head(name, "som") for name in EFFECTS), scene.head("balance_then", "som"))
    rows = tuple(
        (Cell(str(year)), scene.cell(people[year]), scene.cell(changed[year]),
         *(scene.cell(float(budget.at[year, name])) for name in ("forecast", *EFFECTS, "then")))
        for year in scene.years)
    return Table(scene.words["tables"]["years"], columns, rows)


def draw_pair(scene: Scene, forecast: Mapping[int, float], then: Mapping[int, float], name: str,
              unit: str) -> dict[str, Any]:
    """Forecast and «what if» as two lines."""
    scale = MILLION if unit == "som" else 1
    lines = tuple(
        Line(scene.words["lines"][key], tuple(series),
             tuple(value / scale if value == value else None for value in series.values()),
             tuple(scene.number(value / scale, 1 if scale > 1 else 0) for value in series.values()))
        for key, series in (("then", then), ("forecast", forecast)))
    label = scene.words["units"][name]
    spec = scene.draw("trend", TrendData(lines))
    spec["layout"]["title"] = {"text": label, "font": {"size": 15}, "x": 0, "xanchor": "left"}
    return spec


def make_whatif(municipality: str, language: str, query: str | None = None) -> Panel:
    """The what-if page in the state of a link."""
    dials = list_dials(*choose_places(municipality), language)

    def answer(state: State) -> Answer:
        return answer_whatif(open_scene(state["municipality"], state["language"]), state)

    return Panel("whatif", dials, answer, read_state(dials, read_query(query)),
                 names={"municipality": name_places, "chain": name_chains})


def show_whatif(municipality: str = "demo", language: str = "ky") -> ipywidgets.VBox:
    """The what-if page for JupyterLab."""
    return show_panel(make_whatif, municipality, language)


def show_municipality(municipality: str = "demo", language: str = "ky") -> ipywidgets.VBox:
    """The dashboard of a municipality: the what-if page, in the state of its link."""
    return show_panel(make_whatif, municipality, language)
