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
from .standardise import normalise_columns, robust_z

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
    normal = normalise_columns(numbers.to_numpy(), robust_z)
    mine = np.arange(len(numbers)) == numbers.index.get_loc(unit)
    apart = np.asfortranarray(np.abs(normal - normal[mine])[~mine])
    present = ~np.isnan(apart)
    common = present @ shares
    squares = np.square(np.where(present, apart, 0.0)) @ shares
    distance = np.sqrt(np.divide(squares, common, out=np.full(len(apart), np.nan),
                                 where=common > 0))
    order = np.argsort(distance, kind="stable")
    order = order[~np.isnan(distance[order])][:count]
    facts = dict(zip(OWN_COLUMNS, (distance[order], present.sum(axis=1)[order])))
    parts = pd.DataFrame(apart[order], columns=numbers.columns)
    return pd.DataFrame({**facts, **parts}).set_axis(numbers.index[~mine][order])
