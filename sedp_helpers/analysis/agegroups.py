"""Reading and stacking populations by age and sex for the projections.

Checks the shape that CONTRACT 6.4 asks for (equal groups from 0, the last one open) and gives every
projection the same form of result. It projects nothing.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd

from .checks_input import check_known, check_same_labels, check_unique, list_labels, read_table

SEXES = ("female", "male")


def read_population(population: pd.DataFrame, what: str) -> pd.DataFrame:
    """The population as floats, its groups checked: equal width, from 0, female (and male)."""
    table = read_table(population, what)
    if "female" not in table.columns:
        raise ValueError(f"{what}, columns: label 'female' is absent")
    check_known(table.columns, SEXES, f"{what}, columns")
    check_unique(table.index, what)
    if len(table) < 2:
        raise ValueError(f"{what}: at least two age groups are needed, not {len(table)}")
    ages = pd.to_numeric(pd.Series(table.index, dtype=object), errors="coerce").to_numpy(float)
    if np.isnan(ages).any():
        raise ValueError(f"{what}: {list_labels(table.index[np.isnan(ages)])} is not an age")
    if ages[0] != 0:
        raise ValueError(f"{what}: the first age is {ages[0]:g}, not 0")
    steps = np.diff(ages)
    uneven = table.index[1:][(steps != steps[0]) | (steps <= 0)]
    if len(uneven):
        raise ValueError(f"{what}: groups of equal width are needed (see {list_labels(uneven)})")
    whole = ages.astype("int64") if (ages == ages.round()).all() else ages
    table.index = pd.Index(whole, name=table.index.name)
    return table


def read_like(table: pd.DataFrame, population: pd.DataFrame, what: str) -> pd.DataFrame:
    """A second table as floats in the order of the population, its labels exactly the same."""
    numbers = read_table(table, what)
    check_same_labels(numbers.columns, population.columns, f"{what}, columns")
    check_same_labels(numbers.index, population.index, what)
    return numbers.reindex(index=population.index, columns=population.columns)


def take_width(population: pd.DataFrame) -> float:
    """The width of the age groups in years."""
    return float(population.index[1] - population.index[0])


def stack_steps(states: Sequence[pd.DataFrame], ages: pd.Index) -> pd.DataFrame:
    """The states one under the other, with the index levels ``step`` (from 0) and ``age``."""
    stacked = pd.concat(list(states))
    steps = range(len(states))
    stacked.index = pd.MultiIndex.from_product([steps, ages], names=["step", "age"])
    return stacked
