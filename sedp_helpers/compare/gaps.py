"""Gaps between the villages of a municipality, and members whose figure is far from the rest.

A gap is told in the figure's own unit between the best and the worst off village; a village with
fewer than five people has no rate that could be shown.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

import numpy as np
import pandas as pd

from sedp_helpers.analysis.standardise import robust_z

LEAST_PEOPLE = 5  # CONTRACT section 7: smaller groups are never shown
LEAST_VILLAGES = 2
OUTLIER = 3.5  # robust standard deviations; Iglewicz and Hoaglin (1993)
LEAST_APART = 0.2  # of the median: less is no oddity, however alike the rest are
LEAST_MEMBERS = 5  # fewer have no «rest» to be far from


class Gap(NamedTuple):
    """A measure within one municipality; villages without the figure are counted, not guessed."""

    unit: str
    measure: str
    year: int
    low_village: str
    low: float
    high_village: str
    high: float
    have: int
    of: int

    @property
    def gap(self) -> float:
        return self.high - self.low


def calc_village_rates(
    observations: pd.DataFrame, part: str, whole: str, *, item: str = "", times: float = 100.0
) -> pd.DataFrame:
    """``times``·part/whole by village and year from one municipality's observations.

    Only rows of whole villages (no sex, no age) are used; villages below five people have none.
    """
    rows = observations[(observations["village"] != "") & (observations["sex"] == "")
                        & (observations["age"] == "")].dropna(subset="value")
    top = rows[(rows["indicator"] == part) & (rows["item"] == item)]
    base = rows[(rows["indicator"] == whole) & (rows["item"] == "")]
    both = top.merge(base, on=["village", "year"], suffixes=("", "_whole"))
    both = both[both["value_whole"] >= LEAST_PEOPLE]
    return pd.DataFrame({"village": both["village"], "year": both["year"].astype(int),
                         "value": times * both["value"] / both["value_whole"]})


def find_gap(
    unit: str, measure: str, rates: pd.DataFrame, villages: list[str], base_year: int
) -> Gap | None:
    """The gap of the latest year with two villages or more; None where there is none.

    >>> rates = pd.DataFrame({"village": ["v1", "v2"], "year": [2024, 2024], "value": [40., 90.]})
    >>> find_gap("a", "water", rates, ["v1", "v2", "v3"], 2024).gap
    50.0
    """
    known = rates[(rates["year"] <= base_year) & rates["village"].isin(villages)]
    counts = known["year"].value_counts()
    years = counts.index[counts >= LEAST_VILLAGES]
    if not len(years):
        return None
    mine = known[known["year"] == max(years)].set_index("village")["value"]
    low, high = str(mine.idxmin()), str(mine.idxmax())
    return Gap(unit, measure, int(max(years)), low, float(mine[low]), high, float(mine[high]),
               len(mine), len(villages))


def find_outliers(table: pd.DataFrame) -> Iterator[tuple[str, str, float]]:
    """Member, measure and robust z of every figure far from the rest of the district.

    A figure of this kind is asked about, never removed: it may be right.
    """
    for measure in table.columns:
        known = table[measure].dropna()
        if len(known) < LEAST_MEMBERS:
            continue
        values = known.to_numpy(dtype=float)
        apart, middle = robust_z(values), float(np.median(values))
        far = np.abs(values - middle) >= LEAST_APART * abs(middle)
        for place in np.flatnonzero(far & (np.abs(apart) > OUTLIER)):
            yield str(known.index[place]), str(measure), float(apart[place])
