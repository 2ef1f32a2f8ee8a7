"""What people said and did in numbers: votes, guesses of the budget, initiatives, contest."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import numpy as np
import pandas as pd

from sedp_helpers.compute.context import Context
from sedp_helpers.compute.custom import CUSTOM
from sedp_helpers.compute.custom_plan import (
    add_amounts,
    group_records,
    numbers,
    read_numbers,
    year_of,
)
from sedp_helpers.compute.rows import Row, make_row
from sedp_helpers.models import ResultSpec

LEAST_PEOPLE = 5  # a share that would give fewer people away is not made
TOTAL = ""


@CUSTOM.register("problem_votes")
def problem_votes(context: Context, spec: ResultSpec) -> Iterator[Row]:
    """Votes of each problem, of each village, and in all; unknown while a problem has no votes."""
    problems = context.records("problems")
    if all(vote != vote for vote in read_numbers(problems, "votes")):
        return
    yield _votes(spec, problems)
    for ident, rows in group_records(problems, lambda one: one["id"]).items():
        yield _votes(spec, rows, item=str(ident))
    for village, rows in sorted(group_records(problems, lambda one: one["village"]).items()):
        if village:
            yield _votes(spec, rows, village=str(village))


def _votes(spec: ResultSpec, rows: Sequence[Mapping[str, Any]], *, item: str = "",
           village: str = "") -> Row:
    return make_row(spec.section, spec.id, "", add_amounts(read_numbers(rows, "votes")),
                    missing=["problems.votes"], inputs=["problems"], unit=spec.unit, item=item,
                    village=village)


@CUSTOM.register("budget_guess")
def budget_guess(context: Context, spec: ResultSpec) -> Iterator[Row]:
    """What people think a part of the budget is, in per cent: mean of the groups, weighted by the
    people asked where every group says how many they were."""
    mine = [one for one in context.records("budget_guesses")
            if one["side"] == spec.params["side"] and one["year"] == one["year"]]
    groups = group_records(mine, lambda one: (one["year"], one["item"]))
    for (year, item), rows in sorted(groups.items()):
        share, people = (np.array(read_numbers(rows, name)) for name in ("guess_pct", "people"))
        weights = people if people.sum() > 0 else np.ones(len(rows))
        whole = float((share * weights).sum() / weights.sum())
        value = whole if whole == whole else None
        yield make_row(spec.section, spec.id, int(year), value,
                       missing=["budget_guesses.guess_pct"], inputs=["budget_guesses"],
                       unit=spec.unit, item=str(item))


@CUSTOM.register("count_rows_plan")
def count_records(context: Context, spec: ResultSpec) -> Iterator[Row]:
    """Records of a register, for the whole programme."""
    register = context.register(spec.params["register"])
    if len(register):
        yield make_row(spec.section, spec.id, TOTAL, float(len(register)),
                       inputs=[spec.params["register"]], unit=spec.unit)


# ---- local initiatives -------------------------------------------------------------------
def list_initiatives(context: Context) -> Iterator[tuple[int | str, Mapping]]:
    """Initiatives with the year they belong to."""
    for record in context.records("initiatives"):
        year = record.get("year")
        found: Any = year if pd.notna(year) else year_of(record.get("date"))
        yield (int(found) if pd.notna(found) else ""), record


@CUSTOM.register("initiative_count")
def initiative_count(context: Context, spec: ResultSpec) -> Iterator[Row]:
    """Initiatives by year."""
    years = [year for year, _ in list_initiatives(context)]
    for year in sorted(set(years), key=str):
        yield make_row(spec.section, spec.id, year, float(years.count(year)),
                       inputs=["initiatives"], unit=spec.unit)


@CUSTOM.register("initiative_column")
def initiative_column(context: Context, spec: ResultSpec) -> Iterator[Row]:
    """A number of each initiative, and their sum over the years where all are known."""
    column, found = spec.params["column"], []
    for year, record in list_initiatives(context):
        value = _number(record, column)
        found.append(value)
        yield _initiative_row(spec, year, record, value, column)
    if found and spec.params.get("total"):
        known = [value for value in found if value is not None]
        total = sum(known) if len(known) == len(found) else None
        yield make_row(spec.section, spec.id, TOTAL, total, missing=[f"initiatives.{column}"],
                       inputs=["initiatives"], unit=spec.unit)


@CUSTOM.register("initiative_ratio")
def initiative_ratio(context: Context, spec: ResultSpec) -> Iterator[Row]:
    """``times`` · top / bottom of each initiative (AC-86, AC-87).

    A share of people is not made where the part is 1–4: with the total it would give them away.
    """
    top, bottom, times = (spec.params[name] for name in ("top", "bottom", "times"))
    for year, record in list_initiatives(context):
        part, whole = _number(record, top), _number(record, bottom)
        small = spec.params.get("people") and part is not None and 0 < part < LEAST_PEOPLE
        if part is None and spec.params.get("people"):
            continue
        known = part is not None and whole and not small
        value = times * part / whole if known else None
        missing = "hidden_small" if small else top if part is None else bottom
        yield _initiative_row(spec, year, record, value, missing)


@CUSTOM.register("initiative_local_share")
def initiative_local_share(context: Context, spec: ResultSpec) -> Iterator[Row]:
    """The local budget's part of the cost of all initiatives, in per cent (AC-85)."""
    pairs = [(_number(r, "local_budget"), _number(r, "cost")) for _, r in list_initiatives(context)]
    if not pairs:
        return
    known = all(part is not None and whole is not None for part, whole in pairs)
    whole = sum(cost or 0.0 for _, cost in pairs)
    value = 100 * sum(part or 0.0 for part, _ in pairs) / whole if known and whole else None
    yield make_row(spec.section, spec.id, TOTAL, value, missing=["initiatives.cost"],
                   inputs=["initiatives"], unit=spec.unit)


def _number(record: Mapping, column: str) -> float | None:
    value = record.get(column)
    return None if value is None or value == "" or pd.isna(value) else float(value)


def _initiative_row(spec: ResultSpec, year: int | str, record: Mapping, value: float | None,
                    missing: str) -> Row:
    ident = str(record["id"])
    name = missing if missing.startswith("hidden") else f"initiatives.{missing}[{ident}]"
    return make_row(spec.section, spec.id, year, value, missing=[name],
                    inputs=[f"initiatives[{ident}]"], unit=spec.unit, item=ident)


# ---- contest and rules -------------------------------------------------------------------
@CUSTOM.register("contest_score")
def contest_score(context: Context, spec: ResultSpec) -> Iterator[Row]:
    """The weighted score of a hearing, 0–100, by contest (AC-82); weights as given, else of 003.

    Not computable while one of the nine criteria has no score.
    """
    scores = context.register("contest_scores")
    for contest, rows in scores.groupby("contest", sort=True) if len(scores) else ():
        for place, (_, mine) in enumerate(rows.groupby("entrant", sort=False)):
            ident = str(contest) if not place else f"{contest}:{place + 1}"
            value = weigh_scores(_read(mine, "score"), _read_weights(mine, spec.params["weights"]))
            yield make_row(spec.section, spec.id, "", value, missing=["contest_scores.score"],
                           inputs=["contest_scores"], unit=spec.unit, item=ident)


@CUSTOM.register("contest_criterion")
def contest_criterion(context: Context, spec: ResultSpec) -> Iterator[Row]:
    """The score of each criterion of the latest contest."""
    scores = context.register("contest_scores")
    if not len(scores):
        return
    last = scores.sort_values("date", kind="stable").iloc[-1]
    mine = scores[(scores["contest"] == last["contest"]) & (scores["entrant"] == last["entrant"])]
    for criterion, score in _read(mine, "score").items():
        yield make_row(spec.section, spec.id, "", score, missing=["contest_scores.score"],
                       inputs=["contest_scores"], unit=spec.unit, item=criterion)


def _read(rows: pd.DataFrame, column: str) -> dict[str, float | None]:
    pairs = zip(rows["criterion"], numbers(rows, column))
    return {str(name): None if pd.isna(value) else float(value) for name, value in pairs}


def _read_weights(rows: pd.DataFrame, default: Mapping[str, float]) -> Mapping[str, float]:
    given = {name: value for name, value in _read(rows, "weight_pct").items() if value is not None}
    return given if set(given) == set(default) else default


def weigh_scores(
    scores: Mapping[str, float | None], weights: Mapping[str, float]
) -> float | None:
    """Weighted mean of the criteria; None while one of them has no score.

    >>> weigh_scores({"a": 80.0, "b": 50.0}, {"a": 75, "b": 25})
    72.5
    """
    values = [scores.get(name) for name in weights]
    whole = sum(weights.values())
    if whole <= 0 or any(value is None for value in values):
        return None
    return sum(w * (v or 0.0) for w, v in zip(weights.values(), values)) / whole


@CUSTOM.register("rule_count")
def rule_count(context: Context, spec: ResultSpec) -> Iterator[Row]:
    """Rules of the methodology by verdict, and all of them."""
    counts = context.verdict_counts
    for verdict, count in counts.items():
        yield make_row(spec.section, spec.id, "", float(count), unit=spec.unit, item=verdict,
                       inputs=["rules"])
    if counts:
        yield make_row(spec.section, spec.id, "", float(sum(counts.values())), unit=spec.unit,
                       inputs=["rules"])


@CUSTOM.register("event_column")
def event_column(context: Context, spec: ResultSpec) -> Iterator[Row]:
    """A number of each dated event, as typed."""
    column = spec.params["column"]
    for record in context.records("events"):
        year, value = year_of(record.get("date")), _number(record, column)
        if pd.notna(year) and value is not None:
            ident = str(record["id"])
            yield make_row(spec.section, spec.id, int(year), value, unit=spec.unit, item=ident,
                           inputs=[f"events[id={ident}]"])
