"""A causal chain on the what-if page: without and with the programme, side by side, and each step
in words with the standing of its coefficients. A chain that lacks a coefficient is refused."""

from __future__ import annotations

from functools import lru_cache

import pandas as pd

from sedp_helpers.analysis.chains import (
    Chain,
    Link,
    ParameterNotSet,
    compare_scenarios,
    name_parameters,
)
from sedp_helpers.blocks import Block, Box, Cell, Heading, Listing, Paragraph, Span, Table
from sedp_helpers.catalog.load import load_catalog
from sedp_helpers.compute.chain_models import Scenario, read_distance, read_scenarios
from sedp_helpers.widgets.base import Scene
from sedp_helpers.widgets.controls import State

MILLION = 1e6
NONE = "none"
CHAINS = ("demography", "irrigation", "crop", "space", "budget", "working_age", "inclusion")
OWN_INPUTS = {  # inputs of a chain that the municipality's own figures give
    "working_age": {"working_age": "population.working_age",
                    "entering": "population.working_age_entering",
                    "leaving": "population.working_age_ageing_out",
                    "working_deaths": "population.working_age_deaths",
                    "migration": "population.working_age_migration"},
}


def tell_chain(scene: Scene, state: State) -> list[Block]:
    """The chosen chain; irrigation as soon as money is put into it."""
    ident = "irrigation" if state["chain"] == NONE and state["irrigation"] else state["chain"]
    if ident == NONE:
        return []
    chain = scene.chains[ident]
    heading = Heading(2, name_of(scene, "chains", ident))
    scenarios, after = list_scenarios(scene, ident, state), read_distance(scene.desk.catalog, ident)
    try:
        last = compare_scenarios(chain, scenarios, [after], spread_pct=state["spread"])
    except ParameterNotSet as error:
        names = "; ".join(name_of(scene, "parameters", one) for one in error.params["ids"])
        text = scene.words["parameter_not_set"].format(names=names)
        return [heading, Paragraph((Span(text),), "missing")]
    shown = last[last["scenario"] == [*scenarios][-1]].set_index("node")
    told = ["examples"] if any(map(name_parameters, chain.links)) else []
    told += ["houses_lag"] if ident == "irrigation" else []
    notes = tuple(Paragraph((Span(scene.words["sentences"][one]),), "note") for one in told)
    lines = tuple((Span(text),) for text in say_steps(scene, chain, shown))
    caption = scene.words["tables"]["chain"].format(years=after)
    return [heading, tabulate_scenarios(scene, chain, last, [*scenarios], caption),
            Listing(lines, ordered=True), *([Box(notes, "note")] if notes else [])]


def list_scenarios(scene: Scene, ident: str, state: State) -> dict[str, Scenario]:
    """Scenario -> (inputs, values): the handbook's example, or the municipality's own figures."""
    if ident in OWN_INPUTS:
        own = {name: _own(scene, result) for name, result in OWN_INPUTS[ident].items()}
        return {"baseline": (own, {})}
    scenarios = read_scenarios(scene.desk.catalog, ident)
    if ident == "irrigation" and state["irrigation"]:
        money = {"investment": state["irrigation"] * MILLION}
        scenarios["programme"] = (money, scenarios["programme"][1])
    return scenarios


def _own(scene: Scene, result: str) -> float:
    known = scene.book.series(result, until=scene.base_year)
    return known[-1].value if known else float("nan")


def tabulate_scenarios(
    scene: Scene, chain: Chain, last: pd.DataFrame, scenarios: list[str], caption: str
) -> Table:
    """Each node some years on: without the programme, with it, and its limits."""
    parts = {name: last[last["scenario"] == name].set_index("node") for name in scenarios}
    end = parts[scenarios[-1]]
    rows = tuple((Cell(name_of(scene, "nodes", node)), Cell(scene.desk.wording.unit(unit)),
                  *(_cell(scene, part.at[node, "value"]) for part in parts.values()),
                  _cell(scene, end.at[node, "low"]), _cell(scene, end.at[node, "high"]))
                 for node, unit in ((node, chain.units[node]) for node in chain.nodes))
    columns = (scene.head("node", numeric=False), scene.head("unit", numeric=False),
               *(scene.head(name) for name in scenarios), scene.head("lowest"),
               scene.head("highest"))
    return Table(caption, columns, rows)


def _cell(scene: Scene, value: float) -> Cell:
    whole = round(value, 1) == round(value) or abs(value) >= 1000
    return scene.cell(float(value), 0 if whole else 1)


def say_steps(scene: Scene, chain: Chain, last: pd.DataFrame) -> list[str]:
    """One sentence a link: what follows, from what, by which coefficient of which standing."""
    return [_say_step(scene, chain, link, last) for link in chain.links]


def _say_step(scene: Scene, chain: Chain, link: Link, last: pd.DataFrame) -> str:
    words = scene.words["steps"]
    row = last.loc[link.to]
    sources = ", ".join(_say_source(scene, chain, one, last) for one in link.sources)
    used = dict.fromkeys(name_parameters(link))
    factors = "; ".join(_say_parameter(scene, chain, name) for name in used)
    text = words["step"].format(
        name=name_of(scene, "nodes", link.to), sources=sources,
        value=_amount(scene, chain, link, row["value"]))
    if row["high"] > row["low"]:
        text += words["range"].format(low=_amount(scene, chain, link, row["low"]),
                                      high=_amount(scene, chain, link, row["high"]))
    return text + (words["by"].format(factors=factors) if factors else "")


def _say_source(scene: Scene, chain: Chain, node: str, last: pd.DataFrame) -> str:
    """A cause with its size; what is taken off stands behind a minus."""
    name = node.lstrip("-")
    amount = scene.amount(float(last.at[name, "value"]), chain.units[name], 1)
    return ("− " if name != node else "") + f"{name_of(scene, 'nodes', name)} ({amount})"


def _amount(scene: Scene, chain: Chain, link: Link, value: float) -> str:
    return scene.amount(float(value), chain.units[link.to], 1)


def _say_parameter(scene: Scene, chain: Chain, name: str) -> str:
    one = chain.parameters[name]
    about = ", ".join(filter(None, (one.code, one.source)))
    return scene.words["steps"]["parameter"].format(
        name=name_of(scene, "parameters", name), value=scene.number(one.value or 0, one.decimals),
        about=about, mark=scene.words["standing"][one.status])


def name_of(scene: Scene, kind: str, ident: str) -> str:
    """The reader's name of a chain, node or parameter."""
    catalog, language = scene.desk.catalog, scene.language
    raw = catalog.read("chains.yml")
    if language != "ky" and ident in catalog.words("chains", language).get(kind, {}):
        return str(catalog.words("chains", language)[kind][ident])
    one = raw[kind][ident]
    if "norm" in one:
        norm = catalog.norms.get(one["norm"], {})
        return norm["name"].get(language) if norm else ident
    return str(one["name"])


@lru_cache(maxsize=8)
def name_chains(language: str) -> dict[str, str]:
    """Chain -> its code and name; the words for choosing none."""
    catalog = load_catalog()
    chains = catalog.read("chains.yml")["chains"]
    own = catalog.words("chains", language).get("chains", {}) if language != "ky" else {}
    named = {one: f"{chains[one]['code']} {own.get(one, chains[one]['name'])}" for one in CHAINS}
    return {NONE: str(catalog.words("dashboards", language)["no_chain"]), **named}
