"""The hearing contest of 2018: nine weighted criteria (003; AC-81, AC-82).

An example of how a hearing can be judged, not a rule of the methodology.
"""

from __future__ import annotations

from collections.abc import Mapping

WEIGHTS = {
    "information": 15.0,
    "participants": 10.0,
    "civic_budget": 10.0,
    "presentation": 10.0,
    "effect": 10.0,
    "feedback": 15.0,
    "realism": 10.0,
    "priorities": 10.0,
    "strategic": 10.0,
}


def weigh_scores(
    scores: Mapping[str, float | None], weights: Mapping[str, float] | None = None
) -> float | None:
    """Weighted mean of the criteria, 0–100; None while one of them has no score or no weight.

    >>> weigh_scores({name: 80.0 for name in WEIGHTS})
    80.0
    """
    weights = WEIGHTS if weights is None else weights
    values = [scores.get(name) for name in weights]
    if not weights or set(scores) - set(weights) or any(value is None for value in values):
        return None
    whole = sum(weights.values())
    added = sum(weight * (value or 0.0) for weight, value in zip(weights.values(), values))
    return added / whole if whole > 0 else None
