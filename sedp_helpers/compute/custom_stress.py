"""Budget under stress: what each shock would cost, and what stays beyond the reserve fund.

Two kinds of shocks are told apart by ``method`` and never added to each other: ``registered`` are
the municipality's own risks and duties, ``example`` are the shocks of the handbook (Q32), which are
no norm.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from math import nan
from typing import Any

import numpy as np

from sedp_helpers.analysis.stress import leave_uncovered, take_share
from sedp_helpers.compute.context import Context
from sedp_helpers.compute.custom import CUSTOM
from sedp_helpers.compute.custom_budget import RESERVE, register_fact
from sedp_helpers.compute.custom_plan import group_records, plan_upkeep, read_numbers
from sedp_helpers.compute.derived import compute_row
from sedp_helpers.compute.facts import Fact, add_facts
from sedp_helpers.compute.norms import find_norm
from sedp_helpers.compute.rows import Row, make_row
from sedp_helpers.models import ResultSpec

TRANSFERS = ("equalising_transfer", "targeted_transfer", "incentive_grant")
EXAMPLES = {"transfers": "shock_transfers", "prices": "shock_utility_cost",
            "disaster": "shock_drought"}
UTILITIES = "budget.expenditure[item=utilities]"
ALL = "all_shocks"
Shock = tuple[str, str, Fact | None, list[str]]  # item, method, loss, what is missing for it


def list_shocks(context: Context) -> list[Shock]:
    """Every shock with its yearly loss in som, in the order of a table."""
    return context.once("shocks", _list_shocks)


def _list_shocks(context: Context) -> list[Shock]:
    registered = [*_registered_kinds(context), *_duties(context)]
    risks, mandates = (register_fact(context, name, column) for name, column in
                       (("risks", "impact"), ("unfunded_mandates", "cost")))
    shocks: list[Shock] = [*registered]
    if risks is not None:
        shocks.append(("", "registered", risks, [] if risks.known else ["risks.impact"]))
    if risks is not None and mandates is not None:
        both = add_facts([risks, mandates], method="registered")
        shocks.append((ALL, "registered", both,
                       [] if both.known else ["risks.impact", "unfunded_mandates.cost"]))
    return shocks + _examples(context)


def _registered_kinds(context: Context) -> Iterator[Shock]:
    kinds = group_records(context.records("risks"), lambda one: str(one.get("kind") or ""))
    for kind, rows in kinds.items():
        if kind:
            loss = float(np.array(read_numbers(rows, "impact")).sum())
            missing = [] if loss == loss else ["risks.impact"]
            yield kind, "registered", Fact(loss, "A", (f"risks[kind={kind}]",)), missing


def _duties(context: Context) -> Iterator[Shock]:
    """Unfunded mandates, and the upkeep of new objects once all are in use."""
    mandates = register_fact(context, "unfunded_mandates", "cost")
    if mandates is not None:
        missing = [] if mandates.known else ["unfunded_mandates.cost"]
        yield "mandates", "registered", mandates, missing
    years = list(plan_upkeep(context, context.catalog.results["plan.upkeep_per_year"]))
    if years:
        last = years[-1]
        upkeep = Fact(last.value, "A", (f"plan.upkeep_per_year@{last.year}",))
        yield "upkeep", "registered", upkeep, last.missing.split(";") if last.missing else []


def _examples(context: Context) -> list[Shock]:
    year, facts = context.base_year, context.facts
    sources = [facts.get("budget.revenue", year, item=item) for item in TRANSFERS]
    given = [fact for fact in sources if fact is not None]
    shocks: list[Shock] = []
    if given:
        known = all(fact.known for fact in given)
        base = add_facts(given, method="sum") if known else None
        shocks.append(_example(context, "transfers", base, "budget.revenue"))
    if facts.get("budget.expenditure", year) is not None:
        base = facts.get("budget.expenditure", year, item="utilities")
        shocks.append(_example(context, "prices", base, UTILITIES))
        fixed = Fact(abs(example_size(context, "disaster")), "E", ("norms[shock_drought]",))
        missing = [] if fixed.known else ["norms.shock_drought"]
        shocks.append(("disaster", "example", fixed, missing))
    return shocks


def _example(context: Context, item: str, base: Fact | None, name: str) -> Shock:
    pct = abs(example_size(context, item))
    if base is None or not base.known or pct != pct:
        return item, "example", None, [name]
    loss = Fact(take_share(base.value, pct), "E", (*base.refs, f"norms[{EXAMPLES[item]}]"))
    return item, "example", loss, []


def example_size(context: Context, item: str) -> float:
    """The size of an example shock: per cent of its base, som for a disaster; NaN where unknown."""
    norm = find_norm(context, EXAMPLES[item])
    return norm.value if norm is not None else nan


@CUSTOM.register("stress_pct")
def stress_pct(context: Context, spec: ResultSpec) -> Iterator[Row]:
    """Size of the handbook's example shocks, per cent of what they hit (Q32 P-21)."""
    for item, _, loss, _ in _examples(context):
        if item != "disaster" and loss is not None:
            size = abs(example_size(context, item))
            yield make_row(spec.section, spec.id, context.base_year, size, status="E",
                           inputs=[f"norms[{EXAMPLES[item]}]"], unit=spec.unit, item=item,
                           method="example")


@CUSTOM.register("stress_loss")
@CUSTOM.register("stress_uncovered")
@CUSTOM.register("stress_balance")
def stress(context: Context, spec: ResultSpec) -> Iterator[Row]:
    """A shock's yearly loss; its part beyond the reserve fund; the base year's balance after it."""
    what, year = spec.formula.removeprefix("custom:stress_"), context.base_year
    beside = {"loss": None, "uncovered": _reserve(context), "balance": _balance(context)}[what]
    needs = {"loss": [], "uncovered": [RESERVE], "balance": ["budget.balance"]}[what]
    for item, method, loss, missing in list_shocks(context):
        lacking = list(missing)
        if needs and (beside is None or not beside.known):
            lacking += needs
        used = [fact for fact in (loss, beside) if fact is not None and fact.known]
        value = None
        if not lacking and loss is not None:
            value = _apply(what, loss.value, beside.value if beside else 0.0)
        yield make_row(spec.section, spec.id, year, value, used, missing=lacking, unit=spec.unit,
                       item=item, method=method, rule=spec.rule)


def _apply(what: str, loss: float, beside: float) -> float:
    if what == "uncovered":
        return leave_uncovered([loss], beside)
    return beside - loss if what == "balance" else loss


def _reserve(context: Context) -> Fact | None:
    return context.facts.get(RESERVE, context.base_year)


def _balance(context: Context) -> Fact | None:
    row = compute_row(context.facts, context.catalog.results["budget.balance"],
                      context.base_year, {})
    if row.missing:
        return None
    return Fact(row.value, row.status, tuple(row.inputs.split(";")))


@CUSTOM.register("risk_expected")
@CUSTOM.register("risk_probability")
def expect_losses(context: Context, spec: ResultSpec) -> Iterator[Row]:
    """Σ probability · loss by kind of risk and in all, or that in per cent of the loss (Q32)."""
    risks: list[Mapping[str, Any]] = [*context.records("risks")]
    kinds = group_records(risks, lambda one: str(one.get("kind") or ""))
    kinds.pop("", None)
    for item, rows in {"": risks, **kinds}.items() if risks else ():
        impact, chance = (np.array(read_numbers(rows, name)) for name in ("impact", "probability"))
        missing = [f"risks.{name}" for name, column in
                   (("impact", impact), ("probability", chance)) if np.isnan(column).any()]
        expected, whole = float((impact * chance).sum()), float(impact.sum())
        if spec.formula.endswith("probability"):
            expected = 100 * expected / whole if whole > 0 else nan
        yield make_row(spec.section, spec.id, context.base_year, None if missing else expected,
                       missing=missing or ["risks"], inputs=["risks"], unit=spec.unit, item=item)
