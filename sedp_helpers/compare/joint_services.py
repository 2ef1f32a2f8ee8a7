"""Services that neighbours could run together: near each other, both short of the same thing.

A pair is a suggestion to be talked over: distances are as the crow flies and limits are examples,
not norms (catalog/district.yml).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import combinations
from math import asin, cos, nan, radians, sin, sqrt
from typing import Any, NamedTuple

import pandas as pd

EARTH_KM = 6371.0
INDICATORS = {"coverage": "services.coverage_pct", "recovery": "services.cost_recovery_pct"}
COST, SERVED = "services.cost", "services.residents_served"
SERVICE_MEASURES = (*INDICATORS.values(), COST, SERVED)


class Pair(NamedTuple):
    """Two neighbours and a service: its coverage and cost recovery in each; NaN = not known."""

    service: str
    first: str
    second: str
    distance_km: float
    residents: float
    reason: str  # coverage · recovery
    gain: float = nan  # som a year, if the dearer one came down to the cheaper one's cost per head


def measure_distance(first: tuple[float, float], second: tuple[float, float]) -> float:
    """Kilometres as the crow flies between two places (latitude, longitude); haversine.

    >>> round(measure_distance((42.0, 74.0), (42.0, 75.0)), 1)
    82.6
    """
    (lat1, lon1), (lat2, lon2) = ((radians(a), radians(b)) for a, b in (first, second))
    half = sin((lat2 - lat1) / 2) ** 2 + cos(lat1) * cos(lat2) * sin((lon2 - lon1) / 2) ** 2
    return 2 * EARTH_KM * asin(sqrt(half))


def find_centre(villages: pd.DataFrame | None) -> tuple[float, float] | None:
    """The middle of the villages that have coordinates; None where none has."""
    if villages is None or not {"lat", "lon"} <= set(villages):
        return None
    known = villages[["lat", "lon"]].astype(float).dropna()
    return (float(known["lat"].mean()), float(known["lon"].mean())) if len(known) else None


def list_neighbours(
    centres: Mapping[str, tuple[float, float]], within_km: float
) -> Iterator[tuple[str, str, float]]:
    """Pairs of members no further apart than that, nearest first."""
    pairs = [(a, b, measure_distance(centres[a], centres[b]))
             for a, b in combinations(sorted(centres), 2)]
    yield from sorted((pair for pair in pairs if pair[2] <= within_km), key=lambda pair: pair[2])


def find_pairs(
    level: pd.DataFrame,
    centres: Mapping[str, tuple[float, float]],
    residents: Mapping[str, float],
    limits: Mapping[str, Any],
) -> list[Pair]:
    """Neighbours that both fall short in a service, nearest first.

    ``level``: unit, indicator, item (= service), value. ``limits``: within_km, coverage_below_pct,
    recovery_below_pct. Both must have the figure; a missing one is no shortage.
    """
    values = {(row.unit, row.indicator, row.item): row.value for row in level.itertuples()}
    services = sorted({item for _, ident, item in values if item and ident in INDICATORS.values()})
    found = []
    for first, second, distance in list_neighbours(centres, limits["within_km"]):
        together = residents.get(first, float("nan")) + residents.get(second, float("nan"))
        for service in services:
            reason = _find_reason(values, first, second, service, limits)
            if reason:
                costs, served = ([values.get((unit, ident, service), nan)
                                  for unit in (first, second)] for ident in (COST, SERVED))
                found.append(Pair(service, first, second, distance, together, reason,
                                  calc_gain(costs, served)))
    return found


def calc_gain(costs: Sequence[float], served: Sequence[float]) -> float:
    """What a year would cost less if every place paid the lowest cost per resident of them.

    A first figure to talk about, no promise: terrain and state of the network differ. NaN where a
    cost or the number of residents served is missing or nobody is served.

    >>> calc_gain([100_000.0, 300_000.0], [1000.0, 1500.0])
    150000.0
    """
    if any(not cost >= 0 or not people > 0 for cost, people in zip(costs, served)):
        return nan
    lowest = min(cost / people for cost, people in zip(costs, served))
    return sum(cost - lowest * people for cost, people in zip(costs, served))


def _find_reason(
    values: Mapping[tuple[str, str, str], float], first: str, second: str, service: str,
    limits: Mapping[str, Any],
) -> str:
    for reason, ident in INDICATORS.items():
        both = [values.get((unit, ident, service)) for unit in (first, second)]
        if all(one is not None and one < limits[f"{reason}_below_pct"] for one in both):
            return reason
    return ""
