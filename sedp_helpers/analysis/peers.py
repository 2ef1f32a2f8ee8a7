"""Which places are most like this one, and in what: the basis of every comparison with peers.

Likeness is measured on the given indicators only; whether they are the right ones for the question
is the caller's decision. A place is never its own peer.
"""

from __future__ import annotations

from collections.abc import Hashable, Mapping

import numpy as np
import pandas as pd

from .checks_input import (
    check_known,
    check_unique,
    list_labels,
    read_table,
    read_weights,
    read_whole_number,
)
from .standardise import robust_z

OWN_COLUMNS = ("distance", "compared")


def find_peers(
    table: pd.DataFrame,
    unit: Hashable,
    weights: Mapping[Hashable, float] | pd.Series | None = None,
    count: int = 5,
) -> pd.DataFrame:
    """Which ``count`` units are nearest to ``unit``, and how far apart are they in each column?

    ``table``: units × indicators. Each column is set on robust z (median, 1.4826·MAD; the standard
    deviation where the MAD is 0). ``distance`` = root of the weighted mean squared difference over
    the columns that both units have; ``compared`` = how many these are; then the absolute
    difference in each column, NaN where either value is missing. Nearest first, ties in the order
    of the table; units with nothing in common with ``unit`` are no peers, so fewer rows may come
    back.

    >>> table = pd.DataFrame({"people": [10, 11, 40], "roads": [5, 5, 9]}, index=list("abc"))
    >>> find_peers(table, "a", count=1).index.to_list()
    ['b']
    """
    numbers = read_table(table, "table")
    check_unique(numbers.index, "table")
    check_known([unit], numbers.index, "table")
    clash = [name for name in OWN_COLUMNS if name in numbers.columns]
    if clash or numbers.columns.empty:
        raise ValueError(f"table: indicator columns are needed other than {list_labels(clash)}")
    count = read_whole_number(count, "count", least=1)
    shares = read_weights(weights, numbers.columns)
    normal = numbers.apply(_standardise_column)
    apart = (normal - normal.loc[unit]).abs().drop(index=unit)
    present = apart.notna().to_numpy()
    common = present @ shares
    squares = np.square(apart.fillna(0.0).to_numpy()) @ shares
    mean_square = np.divide(squares, common, out=np.full(len(apart), np.nan), where=common > 0)
    apart.insert(0, "distance", np.sqrt(mean_square))
    apart.insert(1, "compared", present.sum(axis=1))
    return apart.dropna(subset="distance").sort_values("distance", kind="stable").head(count)


def _standardise_column(column: pd.Series) -> pd.Series:
    present = column.dropna()
    if present.empty:
        return column
    return pd.Series(robust_z(present.to_numpy()), index=present.index).reindex(column.index)
