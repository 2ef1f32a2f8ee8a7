"""District figures that the district did not give: the sum of all its members, or nothing.

Only what a place is compared with its district in is summed: output and employment by sector. The
revenue of local budgets is not among it and never may be (R-41).
"""

from __future__ import annotations

from math import nan

import numpy as np
import pandas as pd

from sedp_helpers.compute.custom_economy import BASES
from sedp_helpers.compute.facts import join_statuses
from sedp_helpers.models import DIMS, MISSING_STATUSES

COMPARED = tuple(BASES.values())
FACT_COLUMNS = ["indicator", "year", *DIMS, "value", "status"]
KEY = ["indicator", "year", "item"]


def sum_members(rows: pd.DataFrame, members: int | None) -> pd.DataFrame:
    """The sums of a district's ``members`` by indicator, year and item.

    ``rows``: indicator, unit, item, year, value, status of those that are known. A figure that one
    member lacks is a missing figure of the district (status O), not a smaller one; with an unknown
    number of members there are no sums.
    """
    if members is None:
        return pd.DataFrame(columns=FACT_COLUMNS)
    found = []
    known = rows[rows["indicator"].isin(COMPARED)].dropna(subset="value")
    parts: dict[tuple[str, int, str], list[tuple[str, float, str]]] = {}
    for key, part in zip(zip(*(known[name].tolist() for name in KEY)),
                         zip(*(known[name].tolist() for name in ("unit", "value", "status")))):
        parts.setdefault(key, []).append(part)
    for (indicator, year, item), mine in parts.items():
        units, values, statuses = zip(*mine)
        whole = len({*units}) == members
        value = float(np.array(values).sum()) if whole else nan
        status = join_statuses(statuses) if whole else "O"
        found.append([indicator, int(year), "", "", "", item, value, status])
    return pd.DataFrame(found, columns=FACT_COLUMNS)


def complete_district(given: pd.DataFrame, sums: pd.DataFrame) -> pd.DataFrame:
    """What the district gave, with the sums of its members where it gave nothing.

    Where it names sectors of a year itself, those are its sectors: an incomplete sum adds none.
    """
    if not len(sums):
        return given
    has_value = given[~given["status"].isin(MISSING_STATUSES)]
    whole = has_value[(has_value[["sex", "age", "village"]] == "").all(axis=1)]
    stated = {*whole[KEY].itertuples(index=False, name=None)}
    named = {(row.indicator, row.year) for row in given.itertuples() if row.item}
    kept = [(key not in stated) and (status != "O" or key[:2] not in named)
            for key, status in zip(sums[KEY].itertuples(index=False, name=None), sums["status"])]
    added = sums[kept]
    return pd.concat([given, added], ignore_index=True) if len(given) else added
