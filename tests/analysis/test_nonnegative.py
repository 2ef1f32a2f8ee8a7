"""The quick way to the best fit gives what trying all subsets gives, to the last digit."""

from __future__ import annotations

import numpy as np
import pytest

from sedp_helpers.analysis import nonnegative
from sedp_helpers.analysis.nonnegative import fit_nonnegative


def make_tables(kind: str, rng: np.random.Generator) -> tuple[np.ndarray, np.ndarray]:
    rows = int(rng.integers(1, 14))
    tables = rng.standard_normal((5, rows, 4))
    if kind == "alike":
        tables[:, :, 2] = 2 * tables[:, :, 0]
        tables[2, :, 3] = 0.0
    target = rng.standard_normal(rows)
    if kind == "exact":
        target = tables[0] @ np.array([1.0, 0.0, 0.0, 0.5])
    return tables, target


@pytest.mark.parametrize("kind", ["free", "alike", "exact"])
def test_the_quick_choice_is_that_of_all_subsets(kind: str) -> None:
    rng = np.random.default_rng(7)
    for _ in range(60):
        tables, target = make_tables(kind, rng)
        for table, (miss, parts) in zip(tables, fit_nonnegative(tables, target)):
            expected = nonnegative._try_all(table, target)
            assert miss == expected[0] and parts.tolist() == expected[1].tolist()


def test_no_coefficient_is_negative_and_nothing_fits_worse_than_no_column() -> None:
    tables, target = make_tables("free", np.random.default_rng(3))
    for miss, parts in fit_nonnegative(-np.abs(tables), np.abs(target)):
        assert miss == float(np.abs(target) @ np.abs(target)) and not parts.any()
