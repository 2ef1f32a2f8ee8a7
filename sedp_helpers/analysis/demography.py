"""Cohort-component projection: where people, deaths, births and moves lead a population.

One step carries every age group on by its own width. The rates are the caller's and are used as
they are: nothing is fitted, rounded or filled. Half-and-half treatment of migrants is another
convention and not offered.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import pandas as pd

from .agegroups import read_like, read_population, stack_steps, take_width
from .checks_input import (
    check_known,
    check_same_labels,
    check_unique,
    list_labels,
    read_series,
    read_table,
    read_whole_number,
)

BIRTH = "birth"


def cohort_component(
    population: pd.DataFrame,
    survival: pd.DataFrame | Sequence[pd.DataFrame],
    fertility: pd.Series | Sequence[pd.Series],
    migration: pd.DataFrame | Sequence[pd.DataFrame] | None = None,
    srb: float | Sequence[float] = 1.05,
    steps: int = 1,
) -> pd.DataFrame:
    """How many people of each age and sex will there be after each step of one group width?

    ``population``: persons; index = lower ages of equal groups from 0, the last open; columns
    ``female`` and, for two sexes, ``male``. ``survival``: the same columns, index ``"birth"`` and
    the ages; row x carries group x into the next, the row before the last into the open group, the
    last row keeps the open group. ``fertility``: births of both sexes per woman per year by lower
    age; ages before the first and after the last given one bear no children. ``migration``: net
    persons per step, added at its end. ``srb``: boys per girl at birth. These four may be lists
    with one entry a step.

    Index (step, age) from step 0, full precision; ``.attrs["births"]`` lists the births of both
    sexes, step by step. Missing numbers stay missing in all that depends on them.
    Source: Preston, Heuveline & Guillot (2001), box 6.1.

    >>> women = pd.DataFrame({"female": [100.0, 80.0]}, index=[0, 15])
    >>> alive = pd.DataFrame({"female": [0.9, 0.8, 0.5]}, index=["birth", 0, 15])
    >>> later = cohort_component(women, alive, pd.Series({15: 0.1}), srb=1.0)
    >>> later.loc[1, "female"].to_list(), later.attrs["births"]
    ([67.5, 120.0], [150.0])
    """
    current = read_population(population, "population")
    steps = read_whole_number(steps, "steps", least=0)
    survivals = _spread(survival, steps, "survival")
    fertilities = _spread(fertility, steps, "fertility")
    migrations = _spread(migration, steps, "migration")
    ratios = _spread(srb, steps, "srb")
    states, births = [current], []
    for step in range(steps):
        alive = _read_survival(survivals[step], current)
        rates = _read_fertility(fertilities[step], current)
        later, born = _advance(current, alive, rates, _read_ratio(ratios[step]))
        if migrations[step] is not None:
            later = later + read_like(migrations[step], current, "migration")
        states.append(later)
        births.append(born)
        current = later
    projected = stack_steps(states, population.index)
    projected.attrs["births"] = births
    return projected


def _advance(
    current: pd.DataFrame, survival: pd.DataFrame, fertility: pd.Series, srb: float
) -> tuple[pd.DataFrame, float]:
    people, alive = current.to_numpy(), survival.to_numpy()
    later = np.full_like(people, np.nan)
    later[1:] = people[:-1] * alive[1:-1]
    later[-1] = later[-1] + people[-1] * alive[-1]
    girls_alive = survival.loc[BIRTH, "female"] / (1 + srb)
    born = _count_births(current, later, fertility, girls_alive)
    by_sex = {"female": born / (1 + srb), "male": born * srb / (1 + srb)}
    later[0] = [by_sex[sex] for sex in current.columns] * alive[0]
    return pd.DataFrame(later, index=current.index, columns=current.columns), born


def _count_births(
    current: pd.DataFrame, later: np.ndarray, fertility: pd.Series, girls_alive: float
) -> float:
    """Births of both sexes in a step, from the women at its start and at its end."""
    women_start = current["female"].to_numpy()
    women_end = later[:, list(current.columns).index("female")].copy()
    rates = fertility.to_numpy()
    width = take_width(current)
    # Women at the end in the first group are the girls born in the step: solved, not iterated.
    women_end[0] = 0.0
    bearing = rates != 0
    exposed = (women_start[bearing] + women_end[bearing]) / 2
    own = width * rates[0] * girls_alive / 2 if rates[0] != 0 else 0.0
    return float(width * np.sum(rates[bearing] * exposed) / (1 - own))


def _spread(value: Any, steps: int, what: str) -> list[Any]:
    if not isinstance(value, list | tuple):
        return [value] * steps
    if len(value) != steps:
        raise ValueError(f"{what}: {len(value)} entries for {steps} steps")
    return list(value)


def _read_survival(survival: pd.DataFrame, population: pd.DataFrame) -> pd.DataFrame:
    table = read_table(survival, "survival")
    rows = pd.Index([BIRTH, *population.index], dtype=object)
    check_same_labels(table.columns, population.columns, "survival, columns")
    check_same_labels(table.index, rows, "survival")
    ordered = table.reindex(index=rows, columns=population.columns)
    negative = ordered.index[(ordered < 0).any(axis=1)]
    if len(negative):
        raise ValueError(f"survival: negative at {list_labels(negative)}")
    return ordered


def _read_fertility(fertility: pd.Series, population: pd.DataFrame) -> pd.Series:
    rates = read_series(fertility, "fertility")
    check_unique(rates.index, "fertility")
    ages = population.index
    check_known(rates.index, ages, "fertility")
    if (rates < 0).any():
        raise ValueError(f"fertility: negative at {list_labels(rates.index[rates < 0])}")
    if len(rates):
        between = ages[(ages >= min(rates.index)) & (ages <= max(rates.index))]
        check_same_labels(rates.index, between, "fertility")
    # Outside the given span nobody bears children, which is a statement and not a missing number.
    return rates.reindex(ages, fill_value=0.0)


def _read_ratio(srb: float) -> float:
    ratio = float(srb)
    if not ratio >= 0:
        raise ValueError(f"srb: boys per girl must be at least 0, not {srb!r}")
    return ratio
