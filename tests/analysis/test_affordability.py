"""What a plan needs against what has a source, and what a reserve carries."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from sedp_helpers.analysis.affordability import cover_losses, plan_affordability

PLAN = pd.DataFrame({"cost": [90.0, 40.0], "start": [2026, 2027], "end": [2027, 2027]},
                    index=["road", "pump"])
MONEY = pd.DataFrame({"measure": ["road", "road", "pump"], "year": [2026, 2027, 2027],
                      "amount": [100.0, 30.0, 25.0], "confirmed": [True, False, True]})


def test_money_of_one_year_does_not_pay_for_another_and_hope_is_kept_apart() -> None:
    found = plan_affordability(PLAN, MONEY, [2026, 2027])
    assert found["cost"].to_list() == [45, 85]
    assert found["gap"].to_list() == [0, 30]
    assert found["uncertain"].to_list() == [0, 60]


def test_an_unknown_cost_or_year_leaves_the_years_unknown_and_never_free() -> None:
    no_cost = plan_affordability(PLAN.assign(cost=[np.nan, 40]), MONEY, [2026, 2028])
    assert np.isnan(no_cost.at[2026, "gap"]) and no_cost.at[2028, "cost"] == 0
    no_year = plan_affordability(PLAN.assign(end=[np.nan, 2027]), MONEY, [2030])
    assert np.isnan(no_year.at[2030, "cost"])
    with pytest.raises(ValueError, match="end"):
        plan_affordability(PLAN.drop(columns="end"), MONEY, [2026])


def test_the_reserve_leaves_250_thousand_of_the_handbooks_losses_uncovered() -> None:
    """AC-59."""
    found = cover_losses({"transfers": 200_000, "energy": 150_000, "drought": 400_000}, 500_000)
    assert found.at["all", "uncovered"] == 250_000 and found.at["drought", "uncovered"] == 0
    assert np.isnan(cover_losses({"a": np.nan}, 10).at["all", "uncovered"])
