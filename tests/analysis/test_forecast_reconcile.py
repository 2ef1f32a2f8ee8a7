"""Parts and total agree after reconciling, and nothing else changes."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sedp_helpers.analysis.reconcile import reconcile_parts


@given(
    st.lists(st.lists(st.floats(0, 1e6), min_size=3, max_size=3), min_size=1, max_size=6),
    st.floats(0, 1e7),
)
def test_parts_add_up_to_the_total_and_stay_in_order(rows: list[list[float]], goal: float) -> None:
    parts = pd.DataFrame(rows, columns=["a", "b", "c"])
    total = pd.Series(goal, index=parts.index)
    fitted = reconcile_parts(parts, total)
    np.testing.assert_allclose(fitted.sum(axis=1), total, rtol=1e-9, atol=1e-9)
    assert (fitted >= 0).all(axis=None)


def test_shares_are_kept() -> None:
    parts = pd.DataFrame({"a": [30.0], "b": [10.0]}, index=[2026])
    fitted = reconcile_parts(parts, pd.Series([48.0], index=[2026]))
    assert fitted.loc[2026].tolist() == [36.0, 12.0]


def test_a_missing_part_leaves_its_year_missing_and_no_other() -> None:
    parts = pd.DataFrame({"a": [1.0, np.nan], "b": [1.0, 2.0]}, index=[2026, 2027])
    fitted = reconcile_parts(parts, pd.Series([4.0, 4.0], index=[2026, 2027]))
    assert fitted.loc[2026].tolist() == [2.0, 2.0]
    assert fitted.loc[2027].isna().all()


def test_years_that_differ_and_negative_parts_are_value_errors() -> None:
    parts = pd.DataFrame({"a": [1.0]}, index=[2026])
    with pytest.raises(ValueError, match="year 2027"):
        reconcile_parts(parts, pd.Series([1.0, 1.0], index=[2026, 2027]))
    with pytest.raises(ValueError, match="'a'"):
        reconcile_parts(-parts, pd.Series([1.0], index=[2026]))
