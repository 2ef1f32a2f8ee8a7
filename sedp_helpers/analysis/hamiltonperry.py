"""Hamilton–Perry projection: two counts by age and sex are enough where births and deaths are not.

Cohort-change and child–woman ratios of the last interval are held constant; they mix survival and
moves and must not be read as either.
"""

from __future__ import annotations

from typing import NamedTuple

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


class Ratios(NamedTuple):
    """Cohort change by the age that is reached, and children per woman by child group."""

    cohort: pd.DataFrame
    children: pd.DataFrame


def hamilton_perry(
    population_0: pd.DataFrame,
    population_1: pd.DataFrame,
    steps: int = 1,
    controls: pd.Series | pd.DataFrame | None = None,
    interval: float | None = None,
    women: tuple[float, float] = (15, 44),
) -> pd.DataFrame:
    """How many people will there be if each cohort goes on changing as between two counts?

    ``population_0`` and ``population_1``: persons by lower age (equal groups from 0, the last
    open), columns ``female`` and, for two sexes, ``male``, ``interval`` years apart (default: the
    group width; a multiple of it). Groups younger than the interval follow from women of the ages
    ``women`` (limits included; each older child group shifts both limits by a width).
    ``controls``: totals by step (Series), or by step and sex (DataFrame), to which a step is scaled
    before the next; a step without a control is left as projected. Index (step, age), step 0 =
    ``population_1``. A ratio whose base is 0 is undefined, and what follows from it is NaN.
    Source: Hamilton & Perry (1962); Smith, Tayman & Swanson (2013).

    >>> before = pd.DataFrame({"female": [100.0, 80.0, 50.0]}, index=[0, 15, 30])
    >>> after = pd.DataFrame({"female": [90.0, 95.0, 60.0]}, index=[0, 15, 30])
    >>> hamilton_perry(before, after, women=(15, 29)).loc[1, "female"].round(2).to_list()
    [81.0, 85.5, 71.54]
    """
    first = read_population(population_0, "population_0")
    last = read_population(population_1, "population_1")
    first = read_like(first, last, "population_0")
    steps = read_whole_number(steps, "steps", least=0)
    shift = _count_groups(last, interval)
    scales = _read_controls(controls, last, steps)
    ratios = measure_ratios(first, last, shift, women)
    states = [last]
    for step in range(1, steps + 1):
        later = apply_ratios(ratios, states[-1], shift, women)
        states.append(_scale(later, scales.get(step)))
    return stack_steps(states, population_1.index)


def measure_ratios(
    first: pd.DataFrame, last: pd.DataFrame, shift: int, women: tuple[float, float]
) -> Ratios:
    """The cohort-change and child–woman ratios between two counts ``shift`` groups apart."""
    cohort = last.iloc[shift:] / _gather_origins(first, shift).replace(0.0, np.nan)
    bearing = [_count_women(last, women, group) or np.nan for group in range(shift)]
    return Ratios(cohort, last.iloc[:shift].div(bearing, axis=0))


def apply_ratios(
    ratios: Ratios, current: pd.DataFrame, shift: int, women: tuple[float, float]
) -> pd.DataFrame:
    """The population one interval later at these ratios."""
    later = pd.DataFrame(np.nan, index=current.index, columns=current.columns)
    later.iloc[shift:] = (ratios.cohort * _gather_origins(current, shift)).to_numpy()
    # The oldest child group first, because its women are no children of this step.
    for group in reversed(range(shift)):
        bearing = _count_women(later, women, group)
        later.iloc[group] = (ratios.children.iloc[group] * bearing).to_numpy()
    return later


def _gather_origins(population: pd.DataFrame, shift: int) -> pd.DataFrame:
    """By the age reached: the people who reach it, for the open group all who do."""
    reached = population.index[shift:]
    origins = population.iloc[: len(reached)].copy()
    origins.iloc[-1] = population.iloc[len(reached) - 1 :].sum(skipna=False)
    return origins.set_axis(reached)


def _count_women(population: pd.DataFrame, women: tuple[float, float], group: int) -> float:
    width, ages = take_width(population), population.index
    low, beyond = women[0] + group * width, women[1] + 1 + group * width
    for limit in (low, beyond):
        if limit not in ages:
            raise ValueError(f"women: the limit {limit:g} lies inside a group or in the open one")
    if women[0] < width or low >= beyond:
        raise ValueError(f"women: {women!r} is no span of childbearing ages for these groups")
    return float(population["female"][(ages >= low) & (ages < beyond)].sum(skipna=False))


def _count_groups(population: pd.DataFrame, interval: float | None) -> int:
    width = take_width(population)
    groups = 1.0 if interval is None else float(interval) / width
    if groups != int(groups) or not 1 <= groups < len(population):
        raise ValueError(f"interval: {interval!r} is no multiple of {width:g} inside the ages")
    return int(groups)


def _read_controls(
    controls: pd.Series | pd.DataFrame | None, population: pd.DataFrame, steps: int
) -> dict[int, pd.Series | float]:
    if controls is None:
        return {}
    by_sex = isinstance(controls, pd.DataFrame)
    read = read_table(controls, "controls") if by_sex else read_series(controls, "controls")
    check_unique(read.index, "controls")
    check_known(read.index, range(1, steps + 1), "controls")
    if by_sex:
        check_same_labels(read.columns, population.columns, "controls, columns")
    negative = read.index[(read < 0).any(axis=1) if by_sex else read < 0]
    if len(negative):
        raise ValueError(f"controls: negative at {list_labels(negative)}")
    return {int(step): read.loc[step] for step in read.index}


def _scale(population: pd.DataFrame, control: pd.Series | float | None) -> pd.DataFrame:
    if control is None:
        return population
    if isinstance(control, pd.Series):
        factor = control / population.sum(skipna=False)
        return population * factor.where(control.notna(), 1.0)
    if np.isnan(control):
        return population
    return population * (control / population.to_numpy().sum())
