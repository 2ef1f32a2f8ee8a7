"""The row of results.csv (CONTRACT section 5) and how rows become a frame."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import partial
from math import isfinite, nan
from operator import itemgetter
from typing import Any, NamedTuple

import numpy as np
import pandas as pd

from sedp_helpers.compute.facts import Fact, join_statuses
from sedp_helpers.models import STATUS_ORDER


class Row(NamedTuple):
    section: str
    result: str
    year: int | str
    value: float = nan
    lower_80: float = nan
    upper_80: float = nan
    lower_95: float = nan
    upper_95: float = nan
    unit: str = ""
    sex: str = ""
    age: str = ""
    village: str = ""
    item: str = ""
    status: str = "A"
    method: str = ""
    inputs: str = ""
    missing: str = ""
    rule: str = ""


fill_row = partial(tuple.__new__, Row)  # all cells in order: a place has twenty thousand rows

COLUMNS = list(Row._fields)
KEY = ["result", "year", "sex", "age", "village", "item", "method"]
_pick_key = itemgetter(*(COLUMNS.index(name) for name in KEY))
NUMBERS = ["value", "lower_80", "upper_80", "lower_95", "upper_95"]


def make_row(
    section: str,
    result: str,
    year: int | str,
    value: float | None,
    facts: Iterable[Fact] = (),
    *,
    missing: Iterable[str] = (),
    inputs: Iterable[str] = (),
    status: str = "",
    unit: str = "",
    sex: str = "",
    age: str = "",
    village: str = "",
    item: str = "",
    method: str = "",
    rule: str = "",
) -> Row:
    """A computed row; without a value it is «not computable» and names what is missing."""
    refs: list[str] = []
    statuses = {status}
    for fact in facts:
        refs += fact.refs
        statuses.add(fact.status)
    refs += inputs
    known = value is not None and isfinite(value)
    return fill_row((
        section, result, year, value if known else nan, nan, nan, nan, nan, unit, sex, age,
        village, item, join_statuses(statuses) if known else "O", method, _join(refs),
        "" if known else _join(missing) or result, rule))


def _join(parts: Iterable[str]) -> str:
    return ";".join(dict.fromkeys(filter(None, parts)))


def list_columns(rows: Iterable[Row]) -> dict[str, Sequence[Any]]:
    """The cells of rows by column, with text years (empty = whole plan)."""
    columns: dict[str, Sequence[Any]] = dict(zip(COLUMNS, zip(*rows)))
    if not columns:
        return dict.fromkeys(COLUMNS, ())
    return columns | {"year": [*map(str, columns["year"])]}


def frame_rows(rows: Iterable[Row]) -> pd.DataFrame:
    """Rows as a frame in the order they came."""
    return pd.DataFrame({
        name: np.array(cells, dtype=float) if name in NUMBERS else pd.Series(cells, dtype="str")
        for name, cells in list_columns(rows).items()})


def keep_first(rows: Iterable[Row]) -> list[Row]:
    """One row a key, the first that came."""
    kept: dict[object, Row] = {}
    for row in rows:
        kept.setdefault(_pick_key(row), row)
    return [*kept.values()]


def list_records(frame: pd.DataFrame) -> list[dict[str, Any]]:
    """The rows of a table as mappings, column by column: many times as fast as pandas does it.

    >>> list_records(pd.DataFrame({"id": ["a", "b"], "cost": [1.5, 2.0]}))
    [{'id': 'a', 'cost': 1.5}, {'id': 'b', 'cost': 2.0}]
    """
    titles = list(frame)
    return [dict(zip(titles, row)) for row in zip(*(frame[title].tolist() for title in titles))]


__all__ = ["COLUMNS", "KEY", "NUMBERS", "STATUS_ORDER", "Row", "frame_rows", "keep_first",
           "list_columns", "list_records", "make_row"]
