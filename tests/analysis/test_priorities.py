"""The order of problems, with how much it hangs on each reason."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from sedp_helpers.analysis.priorities import count_driven, rank_priorities
from sedp_helpers.analysis.ranks import rank_without_each

TABLE = pd.DataFrame(
    {"votes": [96.0, 91, 84, 20, 15], "coverage_gap_pct": [30.0, 45, 60, 5, 2],
     "legal_duty": [0.0, 1, 1, 0, 0], "cost": [11e6, 16e6, np.nan, 3e6, 1e6]},
    index=["road", "water", "kindergarten", "hall", "park"])


def test_weights_decide_and_the_same_seed_gives_the_same_order() -> None:
    by_votes = rank_priorities(TABLE, {"votes": 1, "coverage_gap_pct": 0, "legal_duty": 0,
                                       "cost": 0}, draws=50)
    assert by_votes["rank"].idxmin() == "road"
    by_cost = rank_priorities(TABLE, {"votes": 0, "coverage_gap_pct": 0, "legal_duty": 0,
                                      "cost": 1}, draws=50)
    assert by_cost["rank"].idxmin() == "park" and np.isnan(by_cost.at["kindergarten", "rank"])
    again = [rank_priorities(TABLE, draws=50) for _ in range(2)]
    pd.testing.assert_frame_equal(*again)


def test_a_missing_reason_is_left_out_and_counted_as_such() -> None:
    ranked = rank_priorities(TABLE, draws=50)
    assert ranked.at["kindergarten", "known"] == 3 and ranked.at["kindergarten", "rank"] == 1
    zeroed = rank_priorities(TABLE.fillna({"cost": 0}), draws=50)
    assert zeroed.at["kindergarten", "score"] != ranked.at["kindergarten", "score"]


def test_the_range_says_what_leaving_out_one_reason_does() -> None:
    table = pd.DataFrame({"votes": [10.0, 9, 1], "cost": [90.0, 1, 50]}, index=list("abc"))
    weights = {"votes": 1.0, "cost": 1.0}
    without = rank_without_each(table, weights, {"votes": 1, "cost": -1})
    assert without.at["a", "votes"] == 3 and without.at["a", "cost"] == 1
    ranked = rank_priorities(table, draws=20)
    assert (ranked.at["a", "rank_least"], ranked.at["a", "rank_most"]) == (1, 3)
    assert ranked.at["a", "hangs_on"] in ("votes", "cost")


def test_one_single_reason_is_ranked_without_a_range_of_its_own() -> None:
    ranked = rank_priorities(TABLE[["votes"]], draws=20)
    assert ranked["rank_least"].equals(ranked["rank"]) and set(ranked["hangs_on"]) == {""}


def test_a_table_without_any_value_is_refused() -> None:
    with pytest.raises(ValueError, match="no criterion"):
        rank_priorities(TABLE * np.nan)


def test_a_circle_of_causes_does_not_count_a_problem_as_its_own_cause() -> None:
    matrix = pd.DataFrame([[0, 1, 0], [0, 0, 1], [1, 0, 0]], list("abc"), list("abc"))
    assert count_driven(matrix).to_dict() == {"a": 2, "b": 2, "c": 2}
    with pytest.raises(ValueError, match="'z'"):
        count_driven(pd.DataFrame([[1]], ["a"], ["z"]))
