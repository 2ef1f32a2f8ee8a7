"""How many children and old people does the working-age population carry?

The age limits are the caller's, with their legal source; nothing is interpolated inside a group.
"""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from .checks_input import check_known, check_unique, list_labels, read_series, read_table

Limit = float | Mapping[str, float]


def dependency_ratios(
    population: pd.DataFrame | pd.Series,
    child_to: Limit = 14,
    old_from: Limit = 65,
    per: float = 100,
) -> pd.Series:
    """How many children, old people and both together are there per ``per`` of working age?

    ``population``: persons by lower age, a Series or the columns ``female`` and ``male``.
    ``child_to`` is the last age of childhood, ``old_from`` the first of old age; a number, or one
    for each sex. A limit inside a group is a ``ValueError``. NaN where a needed number is missing
    or nobody is of working age. Source: standard age dependency ratios; limits by parameter.

    >>> people = pd.Series([300, 600, 100], index=[0, 15, 65])
    >>> dependency_ratios(people).round(2).to_dict()
    {'child': 50.0, 'old': 16.67, 'total': 66.67}
    """
    table = _read_population(population)
    child = working = old = 0.0
    for sex in table.columns:
        first_working = _pick_limit(child_to, str(sex), "child_to") + 1
        first_old = _pick_limit(old_from, str(sex), "old_from")
        _check_limits(table.index, first_working, first_old)
        people, ages = table[sex], table.index
        child += people[ages < first_working].sum(skipna=False)
        working += people[(ages >= first_working) & (ages < first_old)].sum(skipna=False)
        old += people[ages >= first_old].sum(skipna=False)
    base = working if working > 0 else float("nan")
    ratios = {"child": child / base, "old": old / base, "total": (child + old) / base}
    return pd.Series(ratios) * per


def _read_population(population: pd.DataFrame | pd.Series) -> pd.DataFrame:
    if isinstance(population, pd.DataFrame):
        table = read_table(population, "population")
        check_known(table.columns, ("female", "male"), "population, columns")
    else:
        table = read_series(population, "population").to_frame("all")
    if table.empty:
        raise ValueError("population: it has no age groups")
    check_unique(table.index, "population")
    ages = pd.to_numeric(pd.Series(table.index, dtype=object), errors="coerce")
    if ages.isna().any():
        wrong = table.index[ages.isna().to_numpy()]
        raise ValueError(f"population: {list_labels(wrong)} is not an age")
    table.index = pd.Index(ages.astype("float64"))
    if table.index.min() != 0:
        raise ValueError(f"population: the first age is {ages.min()}, not 0")
    return table


def _pick_limit(limit: Limit, sex: str, what: str) -> float:
    if not isinstance(limit, Mapping):
        return float(limit)
    if sex not in limit:
        raise ValueError(f"{what}: no limit for {sex!r}")
    return float(limit[sex])


def _check_limits(ages: pd.Index, first_working: float, first_old: float) -> None:
    limits = {f"child_to={first_working - 1:g}": first_working,
              f"old_from={first_old:g}": first_old}
    for name, limit in limits.items():
        if limit not in ages:
            raise ValueError(f"{name}: the age limit {limit:g} lies inside a group or outside the "
                             "table")
    if first_working >= first_old:
        raise ValueError(f"working age would begin at {first_working:g} and end at {first_old:g}")
