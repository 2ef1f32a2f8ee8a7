"""The development fund of the district: how much a year, for what, and how much was spent (Q34).

The register holds projects of several sources; only the district's own fund is the fund. Planned
and spent are separate; a year with a project whose sum is missing has no total.
"""

from __future__ import annotations

import pandas as pd

FUND = "district_fund"
COLUMNS = ["year", "direction", "planned", "spent", "share_pct"]


def calc_fund(register: pd.DataFrame, *, source: str = FUND) -> pd.DataFrame:
    """Year × direction: planned, spent and the share of the year's spending in per cent.

    >>> rows = [{"year": 2024, "source": "district_fund", "direction": d, "planned": p, "spent": p}
    ...         for d, p in (("social", 30.0), ("economic", 70.0))]
    >>> calc_fund(pd.DataFrame(rows))["share_pct"].tolist()
    [70.0, 30.0]
    """
    if register.empty or "source" not in register:
        return pd.DataFrame(columns=COLUMNS)
    mine = register[(register["source"] == source) & register["year"].notna()]
    parts = mine.groupby(["year", "direction"])[["planned", "spent"]].agg(_sum_all).reset_index()
    whole = parts.groupby("year")["spent"].transform(_sum_all)
    parts["share_pct"] = 100 * parts["spent"] / whole.where(whole > 0)
    parts["year"] = parts["year"].astype(int)
    return parts[COLUMNS]


def calc_trend(parts: pd.DataFrame) -> pd.DataFrame:
    """Year: planned, spent, execution_pct and change_pct of the spending since the year before.

    A year that was left out gives no change: only neighbouring calendar years are compared.
    """
    years = parts.groupby("year")[["planned", "spent"]].agg(_sum_all)
    years["execution_pct"] = 100 * years["spent"] / years["planned"].where(years["planned"] > 0)
    before = years["spent"].reindex(years.index - 1).set_axis(years.index)
    years["change_pct"] = 100 * (years["spent"] / before.where(before > 0) - 1)
    return years.reset_index()


def _sum_all(values: pd.Series) -> float:
    """The sum where all parts are known, else NaN."""
    return float(values.sum(skipna=False))
