"""The order of the members with how sure it is: by section and over all sections.

Thin layer over ``analysis.rank_with_uncertainty``: chooses what may be ranked (measures with a
direction, known for enough members) and never ranks those that have too few of them.
"""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from sedp_helpers.analysis import rank_with_uncertainty

LEAST_UNITS = 3  # an order of two says nothing
LEAST_SHARE = 0.5  # of the measures that a member needs to be ranked
DRAWS = 1000


def rank_members(
    table: pd.DataFrame, directions: Mapping[str, int], *, seed: int = 0, draws: int = DRAWS
) -> pd.DataFrame:
    """Score, rank, range of the rank and group of each member; empty where no order can be given.

    ``table``: members × measures. Measures without direction, and those that fewer than three
    members have, do not count; members with less than half of the rest are not ranked.
    """
    counted = [name for name in table.columns
               if name in directions and table[name].notna().sum() >= LEAST_UNITS]
    used = table[counted]
    used = used[used.notna().mean(axis=1) >= LEAST_SHARE] if counted else used.head(0)
    if len(used) < LEAST_UNITS:
        return pd.DataFrame(columns=["score", "rank", "rank_low", "rank_high", "group"])
    signs = {name: directions[name] for name in counted}
    return rank_with_uncertainty(used, directions=signs, seed=seed, draws=draws)


def share_group(ranks: pd.DataFrame) -> dict[int, list[str]]:
    """Group number -> the members that cannot be told apart, best group first.

    >>> frame = pd.DataFrame({"rank": [1, 2], "group": [1, 1]}, index=["a", "b"])
    >>> share_group(frame)
    {1: ['a', 'b']}
    """
    groups: dict[int, list[str]] = {}
    for unit, row in ranks.sort_values(["rank"], kind="stable").iterrows():
        groups.setdefault(int(row["group"]), []).append(str(unit))
    return groups
