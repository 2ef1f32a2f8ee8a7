"""Input checks that every method shares, so that a wrong table is refused with its label.

A check either returns floats or raises ``ValueError`` naming the label at fault. It never repairs:
a missing number stays NaN, no label is invented or dropped, and the caller's object is not touched.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Mapping
from typing import Any

import numpy as np
import pandas as pd


def list_labels(labels: Iterable[Any]) -> str:
    """The labels as one readable list, the first ten of them.

    >>> list_labels(["trade", 5])
    "'trade', 5"
    """
    shown = [repr(_plain(label)) for label in labels]
    more = f" and {len(shown) - 10} more" if len(shown) > 10 else ""
    return ", ".join(shown[:10]) + more


def check_unique(labels: pd.Index, what: str) -> None:
    """Refuse labels that occur twice."""
    if labels.has_duplicates:
        repeated = labels[labels.duplicated()].unique()
        raise ValueError(f"{what}: repeated label {list_labels(repeated)}")


def check_same_labels(found: pd.Index, expected: pd.Index, what: str) -> None:
    """Refuse labels that are not exactly the expected ones (their order is free)."""
    check_unique(found, what)
    if found.equals(expected):
        return
    absent = [label for label in expected if label not in found]
    if absent:
        raise ValueError(f"{what}: label {list_labels(absent)} is absent")
    check_known(found, expected, what)


def check_known(found: Iterable[Hashable], known: Iterable[Hashable], what: str) -> None:
    """Refuse labels that are not among the known ones."""
    known = list(known)
    strange = [label for label in found if label not in known]
    if strange:
        raise ValueError(f"{what}: unknown label {list_labels(strange)}")


def read_series(series: pd.Series, what: str) -> pd.Series:
    """The series as floats on its own index; text that is no number is refused with its label."""
    if not isinstance(series, pd.Series):
        raise ValueError(f"{what}: a pandas Series is needed, not {type(series).__name__}")
    if series.dtype == np.float64 and not np.isinf(series.to_numpy()).any():
        return series.copy()
    numbers = pd.to_numeric(series.astype(object), errors="coerce").astype("float64")
    wrong = series.index[(numbers.isna() & series.notna()) | np.isinf(numbers)]
    if len(wrong):
        raise ValueError(f"{what}: no finite number at {list_labels(wrong)}")
    return numbers


def read_table(table: pd.DataFrame, what: str) -> pd.DataFrame:
    """The table as floats on its own labels; repeated columns and text are refused."""
    if not isinstance(table, pd.DataFrame):
        raise ValueError(f"{what}: a pandas DataFrame is needed, not {type(table).__name__}")
    check_unique(table.columns, f"{what}, columns")
    if (table.dtypes == np.float64).all() and not np.isinf(table.to_numpy()).any():
        return pd.DataFrame(table.to_numpy(), table.index, table.columns, copy=True)
    columns = {name: read_series(table[name], f"{what}, {name!r}") for name in table.columns}
    return pd.DataFrame(columns, index=table.index, columns=table.columns, dtype="float64")


def read_whole_number(value: Any, what: str, *, least: int) -> int:
    """A count such as steps or draws; anything but a whole number of at least ``least`` is refused.

    >>> read_whole_number(3.0, "steps", least=0)
    3
    """
    number = pd.to_numeric(value, errors="coerce") if np.isscalar(value) else np.nan
    if not np.isfinite(number) or number != int(number) or number < least:
        raise ValueError(f"{what}: a whole number of at least {least} is needed, not {value!r}")
    return int(number)


def read_weights(
    weights: Mapping[Hashable, float] | pd.Series | None, columns: pd.Index
) -> np.ndarray:
    """Weights in the order of the columns, summing to 1; equal where none are given."""
    if weights is None:
        return np.full(len(columns), 1.0 / len(columns))
    given = read_series(pd.Series(weights), "weights")
    check_same_labels(given.index, columns, "weights")
    ordered = given.reindex(columns)
    wrong = ordered.index[ordered.isna() | (ordered < 0)]
    if len(wrong):
        raise ValueError(f"weights: a number of at least 0 is needed for {list_labels(wrong)}")
    if ordered.sum() == 0:
        raise ValueError(f"weights: all are 0 for {list_labels(columns)}")
    return (ordered / ordered.sum()).to_numpy()


def _plain(label: Any) -> Any:
    return label.item() if isinstance(label, np.generic) else label
