"""Which problem comes first and which measures fit the certain money: a proposal for the group.

The people's votes count as much as the other reasons together (causes, distance from the aim,
legal duty, cost); the weights stand in the catalogue. A reason that is not known for a problem is
left out for it, never counted as zero.
"""

from __future__ import annotations

from collections.abc import Iterator

import pandas as pd

from sedp_helpers.analysis.priorities import rank_priorities
from sedp_helpers.analysis.selection import select_projects, share_villages
from sedp_helpers.compute.context import Context
from sedp_helpers.compute.custom import CUSTOM
from sedp_helpers.compute.custom_plan import numbers, select_funding
from sedp_helpers.compute.rows import Row, make_row
from sedp_helpers.models import ResultSpec

VOTES, FEWEST, DRAWS = "problems.votes", 2, 30


def list_reasons(context: Context) -> pd.DataFrame:
    """Problems × ``votes, causes, coverage_gap_pct, legal_duty, cost``; NaN where nobody said."""
    problems, plan = context.register("problems"), context.register("plan")
    if not len(problems):
        return pd.DataFrame()
    index = pd.Index(problems["id"].astype(str))
    table = pd.DataFrame({"votes": numbers(problems, "votes").to_numpy()}, index=index)
    causes = context.register("causes")
    traced = causes["problem"].astype(str).value_counts() if len(causes) else pd.Series(dtype=float)
    table["causes"] = traced.reindex(index).astype(float)
    matter = problems["matter"] if "matter" in problems else pd.Series("", index=problems.index)
    table["legal_duty"] = [1.0 if isinstance(text, str) and text.strip() else float("nan")
                           for text in matter]
    for name, found in (("coverage_gap_pct", _measure_distance(plan)), ("cost", _add_costs(plan))):
        table[name] = found.reindex(index)
    return table[["votes", "causes", "coverage_gap_pct", "legal_duty", "cost"]]


def _measure_distance(plan: pd.DataFrame) -> pd.Series:
    """How far each problem is from the aims of its measures, mean in per cent of the aim."""
    if not {"problem", "baseline", "target"} <= {*plan.columns}:
        return pd.Series(dtype=float)
    now, aim = numbers(plan, "baseline"), numbers(plan, "target")
    gap = (100 * (aim - now).abs() / aim.abs().where(aim != 0)).clip(upper=100)
    return gap.groupby(plan["problem"].astype(str)).mean()


def _add_costs(plan: pd.DataFrame) -> pd.Series:
    """Σ cost of the measures of each problem; unknown while one measure has none."""
    if not {"problem", "cost"} <= {*plan.columns}:
        return pd.Series(dtype=float)
    return numbers(plan, "cost").groupby(plan["problem"].astype(str)).agg(
        lambda costs: costs.sum(skipna=False))


def rank_problems(context: Context) -> pd.DataFrame | None:
    """The reasons with rank and its ranges; None where fewer than two problems have votes."""
    reasons = list_reasons(context)
    if reasons.empty or reasons["votes"].notna().sum() < FEWEST:
        return None
    voted = reasons[reasons["votes"].notna()]
    weights = context.catalog.results["plan.priority_rank"].params["weights"]
    return voted.join(rank_priorities(voted, weights))


@CUSTOM.register("priority")
def priority(context: Context, spec: ResultSpec) -> Iterator[Row]:
    """A reason or a rank of each problem; ``method`` of a rank names the reason it hangs on."""
    if not len(context.register("problems")):
        return
    ranked = context.once("priorities", rank_problems)
    if ranked is None:
        yield make_row(spec.section, spec.id, "", None, missing=[VOTES], unit=spec.unit)
        return
    column = spec.params["column"]
    for ident, value, reason in zip(ranked.index, ranked[column].tolist(), ranked["hangs_on"]):
        if value == value:
            yield make_row(spec.section, spec.id, "", float(value), unit=spec.unit,
                           inputs=[f"problems[{ident}]", f"causes[{ident}]", f"plan[{ident}]"],
                           item=str(ident), method=reason if column == "rank" else "")


def choose_measures(context: Context) -> tuple[pd.DataFrame, float] | list[str]:
    """The measures with what is chosen, and the money; or what is missing for a choice.

    Use = direct beneficiaries times the place of the problem counted from below; money = what a
    decision or a contract confirms. Each village with a measure gets one, where the money allows.
    """
    ranked, plan = context.once("priorities", rank_problems), context.register("plan")
    funding = select_funding(context, confirmed=True)
    if ranked is None:
        return [VOTES]
    if funding is None or funding["amount"].isna().any():
        return ["funding.amount"]
    absent = [f"plan.{name}" for name in ("cost", "direct_beneficiaries", "problem")
              if name not in plan]
    if absent:
        return absent
    places = len(ranked) + 1 - ranked["rank"]
    people = numbers(plan, "direct_beneficiaries")
    table = pd.DataFrame({
        "value": (people * plan["problem"].astype(str).map(places)).to_numpy(),
        "cost": numbers(plan, "cost").to_numpy(),
        "village": (plan["village"] if "village" in plan else pd.Series("", plan.index)).to_numpy(),
    }, index=plan["id"].astype(str))
    money = float(funding["amount"].sum())
    try:
        return select_projects(table, money, every_village=True, draws=DRAWS), money
    except ValueError:  # too little money for every village
        return select_projects(table, money, draws=DRAWS), money


@CUSTOM.register("selection")
def selection(context: Context, spec: ResultSpec) -> Iterator[Row]:
    """How often each measure stays in; what the choice costs; what each village gets of it."""
    if not len(context.register("plan")) or not len(context.register("problems")):
        return
    found, made_of = context.once("selection", choose_measures), ["plan", "problems", "funding"]
    if isinstance(found, list):
        yield make_row(spec.section, spec.id, "", None, missing=found, unit=spec.unit)
        return
    table, money = found
    what = spec.params["what"]
    if what == "stays":
        for ident, row in table[table["judged"]].iterrows():
            yield make_row(spec.section, spec.id, "", float(row["stays_pct"]), inputs=made_of,
                           unit=spec.unit, item=str(ident),
                           method="chosen" if row["chosen"] else "left")
    elif what == "village":
        for village, row in share_villages(table).iterrows():
            if village and pd.notna(row["share_pct"]):
                yield make_row(spec.section, spec.id, "", float(row["share_pct"]), inputs=made_of,
                               unit=spec.unit, village=str(village))
    else:
        value = {"money": money, "cost": table.attrs["spent"],
                 "count": float(table["chosen"].sum())}[what]
        yield make_row(spec.section, spec.id, "", value, inputs=made_of, unit=spec.unit)
