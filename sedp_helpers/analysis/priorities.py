"""Which problem comes first, by several reasons at once, and how much the order hangs on them.

An order is advice: the group decides. So every place in it comes with its range and with what
happens to it when one reason is left out. A reason that is not known for a problem is left out
for it, never counted as zero.
"""

from __future__ import annotations

from collections.abc import Hashable, Mapping

import numpy as np
import pandas as pd

from .checks_input import check_known, read_table
from .ranks import rank_with_uncertainty, rank_without_each

CRITERIA = {"votes": 1, "causes": 1, "coverage_gap_pct": 1, "legal_duty": 1, "cost": -1}
DRAWS = 1000


def rank_priorities(
    table: pd.DataFrame,
    weights: Mapping[Hashable, float] | None = None,
    *,
    directions: Mapping[Hashable, int] | None = None,
    draws: int = DRAWS,
    seed: int = 0,
) -> pd.DataFrame:
    """Which problem is first, and would it still be if the reasons counted otherwise?

    ``table``: problems × criteria (``votes``; ``causes`` = problems driven; ``coverage_gap_pct``;
    ``legal_duty`` 0 or 1; ``cost`` som, cheaper first), others by ``directions``. Columns that
    nobody has are dropped. → ``score, rank, rank_low, rank_high, group`` of
    ``rank_with_uncertainty``; ``known`` = criteria the problem has; ``rank_least, rank_most`` = its
    ranks when one criterion after another is left out; ``hangs_on`` = the criterion whose leaving
    out moves it most ("" where none moves it). Source: handbook Q18, Q60; DOMAIN 6.5.

    >>> table = pd.DataFrame({"votes": [90, 40, 10], "cost": [9e6, 2e6, 1e6]},
    ...                      index=["water", "road", "hall"])
    >>> rank_priorities(table, {"votes": 9, "cost": 1})["rank"].to_dict()
    {'water': 1.0, 'road': 2.0, 'hall': 3.0}
    """
    numbers = read_table(table, "table").dropna(axis=1, how="all")
    if numbers.columns.empty:
        raise ValueError("table: no criterion has a value")
    signs = _choose_signs(numbers.columns, directions)
    chosen = {name: float((weights or {}).get(name, 1)) for name in numbers.columns}
    ranked = rank_with_uncertainty(numbers, chosen, draws, seed, signs)
    without = rank_without_each(numbers, chosen, signs)
    moved = without.sub(ranked["rank"], axis=0).abs()
    ranked["known"] = numbers.notna().sum(axis=1)
    ranked["rank_least"] = without.min(axis=1).fillna(ranked["rank"])
    ranked["rank_most"] = without.max(axis=1).fillna(ranked["rank"])
    ranked["hangs_on"] = [_name_strongest(row) for _, row in moved.iterrows()]
    return ranked


def count_driven(matrix: pd.DataFrame) -> pd.Series:
    """How many other problems each problem drives, directly or through others.

    ``matrix``: problems × problems, row drives column where the cell is above 0 (handbook Q19: the
    node that pulls most others along is solved first).

    >>> drives = pd.DataFrame([[0, 1, 0], [0, 0, 1], [0, 0, 0]], list("abc"), list("abc"))
    >>> count_driven(drives).to_dict()
    {'a': 2, 'b': 1, 'c': 0}
    """
    check_known(matrix.columns, matrix.index, "matrix")
    direct = matrix.reindex(columns=matrix.index).fillna(0).to_numpy() > 0
    reached = direct.copy()
    for middle in range(len(reached)):
        reached |= np.outer(reached[:, middle], reached[middle])
    np.fill_diagonal(reached, False)
    return pd.Series(reached.sum(axis=1), index=matrix.index)


def _choose_signs(
    columns: pd.Index, directions: Mapping[Hashable, int] | None
) -> dict[Hashable, int]:
    return {name: int((directions or {}).get(name, CRITERIA.get(str(name), 1)))
            for name in columns}


def _name_strongest(moved: pd.Series) -> str:
    known = moved.dropna()
    return str(known.idxmax()) if len(known) and known.max() > 0 else ""
