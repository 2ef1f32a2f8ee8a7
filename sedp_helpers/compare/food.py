"""Food security, asked only of the district (R-43, Q52), and its protected areas (R-44, Q83).

The balance is that of the register: what is grown here, what is eaten, what is brought in. A
product with a missing side has no balance; nothing is taken for zero.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

import pandas as pd

from sedp_helpers.compare.refusal import FOOD_RULE, PROTECTED_RULE, RefusedByRule

FOOD_TOPIC, PROTECTED_TOPIC = "food_security", "protected_areas"
_RULES = {FOOD_TOPIC: FOOD_RULE, PROTECTED_TOPIC: PROTECTED_RULE}
ENOUGH_PCT = 100.0


def calc_balance(register: pd.DataFrame) -> pd.DataFrame:
    """Product and year with the three sides, balance_t, self_pct (grown/needed) and covered_pct
    (with imports).

    >>> row = {"product": "wheat", "year": 2024, "produced_t": 40, "needed_t": 80, "imported_t": 30}
    >>> calc_balance(pd.DataFrame([row]))[["balance_t", "self_pct", "covered_pct"]].values.tolist()
    [[-40.0, 50.0, 87.5]]
    """
    frame = register.reset_index(drop=True)
    grown, needed, brought = (pd.to_numeric(frame[name]).astype(float)
                              for name in ("produced_t", "needed_t", "imported_t"))
    some = needed.where(needed > 0)
    return pd.DataFrame({
        "product": frame["product"], "year": frame["year"].astype(float),
        "produced_t": grown, "needed_t": needed, "imported_t": brought,
        "balance_t": grown - needed,
        "self_pct": 100 * grown / some, "covered_pct": 100 * (grown + brought) / some,
    })


def pick_questions(
    questions: Mapping[str, Iterable[Mapping[str, Any]]], level: str
) -> list[Mapping[str, Any]]:
    """The guiding questions of a level; those of the district never reach a municipality.

    >>> asked = {"economy": [{"id": "q", "level": "district"}]}
    >>> pick_questions(asked, "municipality")
    []
    """
    return [one for entries in questions.values() for one in entries
            if one.get("level", "both") in (level, "both")]


def demand_level(topic: str, level: str) -> None:
    """Raise R-43 or R-44 where a topic of the district is asked for on another level.

    >>> demand_level("food_security", "district")
    """
    rule = _RULES.get(topic)
    if rule and level != "district":
        raise RefusedByRule(rule, f"{topic} belongs to the district")
