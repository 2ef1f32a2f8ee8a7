"""The few facts of a series that a text alternative tells."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sedp_helpers.present.charts.texts import clean


def pick_facts(
    name: str, places: Sequence[Any], values: Sequence[float | None], labels: Sequence[str]
) -> dict[str, Any]:
    """First, last, lowest and highest with place and printed number; what is missing by place.

    >>> facts = pick_facts("калк", [2021, 2022, 2023], [5.0, None, 7.0], ["5", "", "7"])
    >>> facts["n"], facts["last_label"], facts["min_at"], facts["missing"]
    (2, '7', 2021, [2022])
    """
    rows = list(zip(clean(values), places, labels, strict=True))
    known = [row for row in rows if row[0] is not None]
    missing = [place for value, place, _ in rows if value is None]
    facts: dict[str, Any] = {"name": name, "n": len(known), "missing": missing}
    if not known:
        return facts
    lowest = min(known, key=lambda row: row[0] or 0.0)
    highest = max(known, key=lambda row: row[0] or 0.0)
    chosen = {"first": known[0], "last": known[-1], "min": lowest, "max": highest}
    for word, (value, place, label) in chosen.items():
        facts |= {f"{word}_value": value, f"{word}_at": place, f"{word}_label": label}
    return facts
