"""Choosing projects under a budget: best, fair where asked, and how surely."""

from __future__ import annotations

from itertools import combinations, product
from math import inf

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sedp_helpers.analysis import knapsack
from sedp_helpers.analysis.knapsack import choose_best
from sedp_helpers.analysis.selection import select_projects, share_villages

PROJECTS = pd.DataFrame(
    {"value": [9.0, 6, 5, 4], "cost": [8.0, 5, 4, np.nan], "village": ["v1", "v1", "v2", ""]},
    index=["road", "water", "school", "unpriced"])


def test_the_best_set_within_the_budget_is_chosen_and_the_rest_of_the_money_is_said() -> None:
    found = select_projects(PROJECTS, 10, draws=5)
    assert list(found.index[found["chosen"]]) == ["water", "school"]
    assert found.attrs == {"spent": 9.0, "left": 1.0}


def test_a_project_without_a_cost_is_not_judged_instead_of_being_free() -> None:
    found = select_projects(PROJECTS, 100, draws=5)
    assert not found.at["unpriced", "chosen"] and not found.at["unpriced", "judged"]
    assert np.isnan(found.at["unpriced", "stays_pct"])
    with pytest.raises(ValueError, match="unpriced"):
        select_projects(PROJECTS, 100, required=["unpriced"])


def test_villages_can_be_guaranteed_a_project_or_limited_in_their_share() -> None:
    rich = PROJECTS.assign(value=[50.0, 6, 5, 4])
    assert not select_projects(rich, 9, draws=5).at["school", "chosen"]
    with pytest.raises(ValueError, match="cannot be met"):
        select_projects(rich, 4, every_village=True, draws=5)
    fair = select_projects(rich, 12, every_village=True, draws=5)
    assert fair.at["school", "chosen"] and fair.at["road", "chosen"]
    capped = select_projects(rich, 13, most_village_pct=50, draws=5)
    assert capped.index[capped["chosen"]].to_list() == ["water", "school"]


def test_what_is_required_stays_in_every_draw() -> None:
    found = select_projects(PROJECTS, 10, required=["road"], noise_pct=5, draws=20)
    assert found.at["road", "stays_pct"] == 100 and found.at["road", "chosen"]


def test_how_often_a_project_stays_in_follows_the_noise_and_the_seed() -> None:
    calm, wild = (select_projects(PROJECTS, 9, noise_pct=pct, draws=40) for pct in (0, 60))
    assert calm["stays_pct"].dropna().to_list() == [0, 100, 100]
    assert (wild["stays_pct"].dropna() % 100 > 0).any()
    pd.testing.assert_frame_equal(wild, select_projects(PROJECTS, 9, noise_pct=60, draws=40))


def test_the_shares_of_the_villages_are_those_of_what_was_chosen() -> None:
    shares = share_villages(select_projects(PROJECTS, 9, draws=5))
    assert shares["cost"].to_dict() == {"": 0, "v1": 5, "v2": 4}
    assert shares["share_pct"].sum() == pytest.approx(100)


def test_negative_costs_and_lacking_columns_are_refused() -> None:
    with pytest.raises(ValueError, match="water"):
        select_projects(PROJECTS.assign(cost=[8, -5, 4, 1]), 10)
    with pytest.raises(ValueError, match="cost"):
        select_projects(PROJECTS[["value"]], 10)


@settings(max_examples=20, deadline=None)
@given(st.lists(st.tuples(st.integers(1, 20), st.integers(1, 20)), min_size=1, max_size=6),
       st.integers(0, 60))
def test_no_other_set_within_the_budget_is_better(
    pairs: list[tuple[int, int]], budget: int
) -> None:
    table = pd.DataFrame(pairs, columns=["value", "cost"], dtype=float)
    found = select_projects(table, budget, draws=1)
    sets = [set(some) for size in range(len(pairs) + 1)
            for some in combinations(range(len(pairs)), size)]
    best = max(sum(pairs[i][0] for i in some) for some in sets
               if sum(pairs[i][1] for i in some) <= budget)
    assert found.loc[found["chosen"], "value"].sum() == best


@settings(max_examples=60, deadline=None)
@given(st.integers(0, 10_000), st.integers(1, 9), st.booleans(), st.sampled_from([40.0, 100.0]))
def test_the_search_finds_the_largest_value_of_all_choices_that_are_allowed(
    seed: int, size: int, every_village: bool, most: float
) -> None:
    rng = np.random.default_rng(seed)
    value, cost = rng.uniform(0.1, 9, size), rng.uniform(0.1, 5, size)
    groups, must = rng.integers(-1, 3, size), rng.random(size) < 0.1
    names = sorted(set(groups) - {-1})
    groups = np.array([names.index(group) if group >= 0 else -1 for group in groups])
    budget = 0.5 * cost.sum()
    cap = budget * most / 100 if most < 100 else inf
    allowed = [
        value[picked].sum()
        for picked in (np.array(bits, bool) for bits in product([0, 1], repeat=size))
        if cost[picked].sum() <= budget and picked[must].all()
        and all(cost[picked & (groups == one)].sum() <= cap for one in range(len(names)))
        and (not every_village or set(groups[picked]) >= set(range(len(names))))
    ]
    ours = choose_best(value, cost, budget, groups.tolist(), [cap] * len(names),
                       one_each=every_village, required=must)
    assert (ours is None) == (not allowed)
    if ours is not None:
        assert value[ours].sum() == pytest.approx(max(allowed))


def test_a_case_too_large_for_the_search_is_given_to_the_solver(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    table = pd.DataFrame({"value": [9, 6, 5], "cost": [8, 5, 4]}, index=list("abc"))
    monkeypatch.setattr(knapsack, "STEPS", 1)
    assert select_projects(table, 9, draws=2)["chosen"].to_list() == [False, True, True]
