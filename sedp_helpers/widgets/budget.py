"""The budget under risk: forecast, upkeep, shocks drawn many times, the plan's money, the reserve.

Registered risks carry the municipality's own probabilities; the shocks on the dials are the
handbook's examples and no norm. Money without a source is never counted as found.
"""

from __future__ import annotations

from typing import Any

import ipywidgets
import pandas as pd

from sedp_helpers.analysis import budget_simulation
from sedp_helpers.analysis.affordability import cover_losses, plan_affordability
from sedp_helpers.blocks import Block, Cell, Heading, Paragraph, Span, Table
from sedp_helpers.models import LANGUAGES
from sedp_helpers.present.charts.bars import BarsData, BarSeries
from sedp_helpers.present.charts.trend import TrendData
from sedp_helpers.present.charts.trend_lines import Forecast, Line
from sedp_helpers.widgets.base import TRANSFERS, Scene, choose_places, name_places, open_scene
from sedp_helpers.widgets.controls import (
    Answer,
    Dial,
    Panel,
    State,
    read_query,
    read_state,
    show_panel,
)

DRAWS = 4000
MILLION = 1e6
SHOCK_COLUMNS = ["name", "side", "item", "amount", "probability"]
LEVELS = ("p10", "p50", "p90")


def list_dials(municipalities: list[str], municipality: str, language: str) -> list[Dial]:
    """The controls; the sizes of the shocks begin at the handbook's examples (P-21)."""
    return [
        Dial("language", language, options=LANGUAGES),
        Dial("municipality", municipality, options=tuple(municipalities)),
        Dial("risks", "registered", options=("registered", "example")),
        Dial("transfers", 20.0, 0, 50, 1),
        Dial("utilities", 10.0, 0, 50, 1),
        Dial("drought", 0.4, 0, 5, 0.1),
        Dial("chance", 20.0, 0, 100, 5),
        Dial("upkeep", True),
    ]


def plan_expenditure(scene: Scene, *, upkeep: bool) -> pd.DataFrame:
    """Programmes × forecast years in som; with the upkeep of new objects as a row of its own."""
    table = scene.table_ahead("budget.expenditure")
    if upkeep and len(table):
        known = {e.year: e.value for e in scene.book.entries("plan.upkeep_per_year")}
        table.loc["new_upkeep"] = [known.get(year, 0.0) for year in scene.years]
    return table


def list_shocks(scene: Scene, state: State) -> pd.DataFrame:
    """``name, side, item, amount, probability`` of the municipality's own risks or of the shocks of
    the dials; the two kinds are never added to each other."""
    rows = _list_registered(scene) if state["risks"] == "registered" else _list_examples(
        scene, state)
    return pd.DataFrame(rows, columns=SHOCK_COLUMNS)


def _list_registered(scene: Scene) -> list[list[Any]]:
    risks = scene.desk.registers.get("risks", pd.DataFrame())
    return [[str(row.get(f"name_{scene.language}") or row["name"]), "expenditure", "",
             pd.to_numeric(row.get("impact"), errors="coerce"),
             pd.to_numeric(row.get("probability"), errors="coerce")]
            for row in risks.to_dict("records")]


def _list_examples(scene: Scene, state: State) -> list[list[Any]]:
    names, chance = scene.words["shocks"], state["chance"] / 100
    transfers = scene.base_sum("budget.revenue", TRANSFERS)
    utilities = scene.base("budget.expenditure", "utilities")
    return [
        [names["transfers"], "revenue", "", -transfers * state["transfers"] / 100, chance],
        [names["utilities"], "expenditure", "", utilities * state["utilities"] / 100, chance],
        [names["drought"], "revenue", "", -state["drought"] * MILLION, chance],
    ]


def simulate(scene: Scene, state: State) -> pd.DataFrame:
    """P10, P50, P90 of the balance and the chance of a gap by year (CONTRACT 6.10)."""
    shocks = list_shocks(scene, state).dropna(subset=["amount", "probability"])
    revenue = scene.table_ahead("budget.revenue")
    expenditure = plan_expenditure(scene, upkeep=state["upkeep"])
    reserve = scene.base("budget.reserve_fund")
    return budget_simulation(revenue, expenditure, shocks, scene.years, draws=DRAWS,
                             reserve=reserve if reserve == reserve else 0.0)


def answer_budget(scene: Scene, state: State) -> Answer:
    """Text, figures and numbers of a state of the budget page."""
    if not len(scene.table_ahead("budget.revenue")):
        return Answer((Paragraph((Span(scene.words["sentences"]["no_budget"]),), "missing"),))
    risk = simulate(scene, state)
    shocks = list_shocks(scene, state)
    last = scene.years[-1]
    chance = float(risk.at[last, "gap_probability_pct"])
    blocks: list[Block] = [
        scene.say("gap", "finding", year=str(last), chance=_percent(scene, chance),
                  middle=scene.money(float(risk.at[last, "p50"])),
                  low=scene.money(float(risk.at[last, "p10"])),
                  high=scene.money(float(risk.at[last, "p90"]))),
        Paragraph((Span(scene.words["sentences"]["shock_examples"]),), "note"),
        tabulate_risk(scene, risk),
        *tabulate_reserve(scene, shocks),
        *tabulate_plan(scene),
    ]
    specs = (draw_risk(scene, risk), draw_sources(scene))
    return Answer(tuple(blocks), specs, numbers={"chance": chance,
                                                 "p50": float(risk.at[last, "p50"])})


def _percent(scene: Scene, value: float) -> tuple[float, str] | str:
    missing = str(scene.words["missing"])
    return (value, scene.amount(value, "pct", 1)) if value == value else missing


def tabulate_risk(scene: Scene, risk: pd.DataFrame) -> Table:
    columns = (scene.head("year", numeric=False), *(scene.head(level, "som") for level in LEVELS),
               scene.head("chance", "pct"))
    rows = tuple((Cell(str(year)), *(scene.cell(float(row[level])) for level in LEVELS),
                  scene.cell(float(row["gap_probability_pct"]), 1))
                 for year, row in risk.iterrows())
    return Table(scene.words["tables"]["risk"], columns, rows)


def tabulate_reserve(scene: Scene, shocks: pd.DataFrame) -> list[Block]:
    """What the reserve fund carries of each shock alone and of all of them in one year."""
    reserve = scene.base("budget.reserve_fund")
    losses = dict(zip(shocks["name"], shocks["amount"].abs()))
    table = cover_losses(losses, reserve)
    names = {"all": scene.words["shocks"]["all"]}
    rows = tuple((Cell(names.get(str(name), str(name))), *(scene.cell(float(row[column]))
                  for column in ("loss", "covered", "uncovered")))
                 for name, row in table.iterrows())
    columns = (scene.head("shock", numeric=False), scene.head("loss", "som"),
               scene.head("covered", "som"), scene.head("uncovered", "som"))
    return [scene.say("reserve", "", amount=scene.money(reserve)),
            Table(scene.words["tables"]["reserve"], columns, rows)]


def tabulate_plan(scene: Scene) -> list[Block]:
    """The plan by year: what it needs, what is certain, what is hoped for, what is lacking."""
    plan = scene.desk.registers.get("plan", pd.DataFrame())
    funding = scene.desk.registers.get("funding", pd.DataFrame())
    if not len(plan) or not len(funding) or not {"cost", "start", "end"} <= set(plan):
        return []
    spans = plan.assign(**{side: plan[side].astype(str).str[:4] for side in ("start", "end")})
    years = pd.to_numeric(spans[["start", "end"]].stack(), errors="coerce").dropna().astype(int)
    found = plan_affordability(spans.set_index("id"),
                               funding[funding["source"] != "unfunded"],
                               range(years.min(), years.max() + 1))
    names = ("cost", "confirmed", "hoped", "gap")
    columns = (scene.head("year", numeric=False), *(scene.head(f"plan_{n}", "som") for n in names))
    rows = tuple((Cell(str(year)), *(scene.cell(float(row[name])) for name in names))
                 for year, row in found.iterrows())
    return [Heading(1, scene.words["tables"]["plan_title"]),
            Table(scene.words["tables"]["plan"], columns, rows)]


def draw_risk(scene: Scene, risk: pd.DataFrame) -> dict[str, Any]:
    """The balance of past years, and between what limits it may move."""
    past = scene.book.series("budget.balance", until=scene.base_year)
    line = Line(scene.words["lines"]["balance"], tuple(e.year or 0 for e in past),
                tuple(e.value / MILLION for e in past),
                tuple(scene.number(e.value / MILLION, 1) for e in past))
    low, middle, high = (tuple(None if v != v else v / MILLION for v in risk[level])
                         for level in LEVELS)
    labels = tuple(scene.number(value / MILLION, 1) for value in risk["p50"])
    ahead = Forecast(tuple(int(year) for year in risk.index), middle, labels, low, high)
    spec = scene.draw("trend", TrendData((line,), ahead),
                      interval_80=scene.words["lines"]["middle_80"])
    spec["layout"]["title"] = {"text": scene.words["units"]["balance"], "font": {"size": 15},
                               "x": 0, "xanchor": "left"}
    return spec


def draw_sources(scene: Scene) -> dict[str, Any]:
    """Revenue by source: the base year and the last forecast year."""
    items = scene.book.items("budget.revenue")[:8]
    last = scene.years[-1]
    series = []
    for name, values in ((str(scene.base_year), [scene.base("budget.revenue", i) for i in items]),
                         (str(last), [scene.ahead("budget.revenue", i)[last] for i in items])):
        shown = tuple(None if value != value else value / MILLION for value in values)
        series.append(BarSeries(name, shown, tuple(scene.number(value / MILLION, 1)
                                                   for value in values)))
    names = tuple(scene.desk.wording.item_name("budget.revenue", item) for item in items)
    spec = scene.draw("bars", BarsData(names, tuple(series), horizontal=True))
    spec["layout"]["title"] = {"text": scene.words["units"]["sources"], "font": {"size": 15},
                               "x": 0, "xanchor": "left"}
    return spec


def make_budget(municipality: str, language: str, query: str | None = None) -> Panel:
    """The budget page in the state of a link."""
    dials = list_dials(*choose_places(municipality), language)

    def answer(state: State) -> Answer:
        return answer_budget(open_scene(state["municipality"], state["language"]), state)

    return Panel("budget", dials, answer, read_state(dials, read_query(query)),
                 names={"municipality": name_places})


def show_budget(municipality: str = "demo", language: str = "ky") -> ipywidgets.VBox:
    """The dashboard of a municipality's budget under risk."""
    return show_panel(make_budget, municipality, language)
