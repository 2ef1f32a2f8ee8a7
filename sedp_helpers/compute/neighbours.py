"""The comparison panel arranged once for the many questions that every municipality asks of it.

Totals by indicator, figures per resident by year, and forecasts made for all places together.
Nothing here reads a file and nothing is estimated for a place that has no figure.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

import pandas as pd

from sedp_helpers.analysis import forecast_tested
from sedp_helpers.analysis.proof import PROOF

FEWEST = 8  # other places that a pooled forecast needs
LIMITS = ("lower_80", "upper_80", "lower_95", "upper_95")
FORECASTS = ("unit", "indicator", "base_year", "last_year", "year", "value", *LIMITS, "method",
             *PROOF)

Question = tuple[str, int, int]  # indicator, base year, last year of the forecast
Answers = Mapping[Question, list[dict[str, Any]]]


@dataclass
class Neighbours:
    """Comparable municipalities of one kind (real or sample).

    ``panel``: long frame indicator, unit, year, value (with ``item``: "" for totals).
    ``answers`` of a unit: the forecasts that were made for the whole panel, by question.
    """

    panel: pd.DataFrame
    answers: Callable[[str], Answers] = lambda unit: {}
    _ratios: dict[int, pd.DataFrame] = field(default_factory=dict)
    _series: dict[tuple[str, int], dict[str, dict[int, float]]] = field(default_factory=dict)

    @cached_property
    def totals(self) -> dict[str, pd.DataFrame]:
        """Indicator -> unit, year, value of its totals, in the order of the units' ids."""
        rows = self.panel
        if "item" in rows:
            rows = rows[rows["item"].fillna("") == ""]
        groups = rows.groupby("indicator", sort=False, observed=True)
        return {str(name): group[["unit", "year", "value"]].sort_values("unit", kind="stable")
                for name, group in groups}

    def ratios(self, year: int) -> pd.DataFrame:
        """Unit × indicator: totals of a year per resident; empty where nobody counts residents."""
        if year not in self._ratios:
            self._ratios[year] = self._divide(year)
        return self._ratios[year]

    def _divide(self, year: int) -> pd.DataFrame:
        found = {name: rows[rows["year"] == year].set_index("unit")["value"]
                 for name, rows in self.totals.items()}
        people = found.get("population.total")
        if people is None or people.empty:
            return pd.DataFrame()
        values = pd.DataFrame({name: found[name] for name in sorted(found) if len(found[name])})
        return values.div(people.where(people > 0), axis=0)

    def series(self, indicator: str, base_year: int) -> dict[str, dict[int, float]]:
        """Unit -> year -> total, up to the base year."""
        known = (indicator, base_year)
        if known not in self._series:
            found: dict[str, dict[int, float]] = {}
            rows = self.totals.get(indicator)
            for unit, year, value in rows.itertuples(index=False) if rows is not None else ():
                if year <= base_year:
                    found.setdefault(unit, {})[year] = value
            self._series[known] = found
        return self._series[known]

    def has_others(self, indicator: str, own: str, base_year: int) -> bool:
        """Whether there are enough other places to borrow strength from."""
        known = self.series(indicator, base_year)
        return len(known) - (own in known) >= FEWEST

    def join(
        self, indicator: str, own: str, base_year: int, series: Mapping[int, float]
    ) -> pd.DataFrame:
        """unit, year, value of all places in the order of their ids, with the own figures given."""
        known = {**self.series(indicator, base_year), own: series}
        return pd.DataFrame(
            [(unit, year, value) for unit in sorted(known) for year, value in
             sorted(known[unit].items())], columns=["unit", "year", "value"])

    def find_answer(
        self, own: str, question: Question, series: Mapping[int, float]
    ) -> list[dict[str, Any]] | None:
        """The stored forecast, if the place's figures are those that it was made from."""
        found = self.answers(own).get(question)
        same = found and self.series(*question[:2]).get(own) == dict(series)
        return found if same else None


def forecast_totals(
    totals: pd.DataFrame, question: Question, units: Iterable[str], *, kind: str
) -> pd.DataFrame:
    """The forecasts of an indicator for those of ``units`` that have two figures or more.

    ``totals``: unit, year, value of all places. Each place is forecast from its last figure to
    the last year, in one pass over all places for each distance between the two.
    """
    indicator, base_year, last_year = question
    rows = totals[totals["year"] <= base_year].sort_values("unit", kind="stable")
    made: list[pd.DataFrame] = []
    if rows["unit"].nunique() > FEWEST:
        ends = rows.groupby("unit")["year"].agg(["max", "count"])
        ends = ends[(ends["count"] >= 2) & ends.index.isin([*units])]
        for end in sorted(set(ends["max"])):
            ahead = forecast_tested(rows, int(last_year - end), kind)
            made.append(ahead[ahead["unit"].isin(ends.index[ends["max"] == end])])
    table = pd.concat(made) if made else pd.DataFrame(columns=list(FORECASTS))
    table = table.assign(indicator=indicator, base_year=base_year, last_year=last_year)
    return table[list(FORECASTS)]
