"""What a rule of the district forbids, said wherever somebody tries it.

A refusal is an answer with the rule in it, never an empty result: the reader must learn why there
is no number. Which indicators a rule protects stands in rules.yml.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from sedp_helpers.errors import SedpError
from sedp_helpers.models import ResultSpec

REVENUE_RULE, UNION_RULE, FOOD_RULE, PROTECTED_RULE = "R-41", "R-40", "R-43", "R-44"
PROGRAMME = "plan."  # every result of a programme begins so
MONEY = "som"


class RefusedByRule(SedpError):
    """A rule forbids what was asked for; ``rule`` is its id."""

    def __init__(self, rule: str, what: str) -> None:
        super().__init__(f"{rule} refuses it: {what}", key="refused_by_rule", rule=rule, what=what)
        self.rule = rule


def find_refusal(
    indicator: str, rules: Mapping[str, Mapping[str, Any]], results: Mapping[str, ResultSpec]
) -> str:
    """The rule that forbids adding an indicator over municipalities, or "" where none does.

    R-41 protects the revenue of local budgets and every sum of money made of it (Q34); R-40 the
    figures of programmes (Q18).

    >>> rules = {"R-41": {"threshold": {"indicators": ["budget.revenue"]}}}
    >>> find_refusal("budget.revenue", rules, {}), find_refusal("population.births", rules, {})
    ('R-41', '')
    """
    if indicator.startswith(PROGRAMME):
        return UNION_RULE
    protected = set(rules[REVENUE_RULE]["threshold"]["indicators"])
    spec = results.get(indicator)
    if indicator in protected or (spec and spec.unit == MONEY and _mentions(spec, protected)):
        return REVENUE_RULE
    return ""


def _mentions(spec: ResultSpec, protected: Iterable[str]) -> bool:
    names = [part.strip().partition("[")[0] for text in spec.inputs.values()
             for part in text.split("+")]
    return any(name in protected for name in names)


def refuse_union(districts_measures: Iterable[str], *programmes: Iterable[str]) -> None:
    """Raise R-40 where a district programme is only the union of municipal ones (Q18).

    A union: the district has measures, none is its own, and they come from two programmes or more.

    >>> refuse_union(["road", "reservoir"], ["road"], ["water"])
    """
    own = set(districts_measures)
    sources = [set(programme) & own for programme in programmes]
    if own and own <= set().union(*sources) and sum(map(bool, sources)) > 1:
        raise RefusedByRule(UNION_RULE, "a district programme plans the district's own powers")
