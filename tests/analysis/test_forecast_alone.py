"""Unrelated series in one call are forecast as if each were alone."""

from __future__ import annotations

import numpy as np
import pandas as pd
from pandas.testing import assert_frame_equal

from sedp_helpers.analysis import forecast, forecast_tested
from sedp_helpers.analysis.proof import PROOF


def make_series(unit: str, values: list[float], last: int = 2024) -> pd.DataFrame:
    years = range(last - len(values) + 1, last + 1)
    return pd.DataFrame({"unit": unit, "year": list(years), "value": values})


def test_every_unit_gets_what_it_would_get_by_itself() -> None:
    generator = np.random.default_rng(3)
    parts = [
        make_series("residents", [6000.0 + 90 * i for i in range(9)]),
        make_series("budget", list(2e7 + 1e6 * generator.normal(size=8).cumsum())),
        make_series("one", [5.0]),
        make_series("late", [10.0, 12.0, 11.0, 15.0, 14.0], last=2022),
    ]
    whole = pd.concat(parts, ignore_index=True)
    together = forecast_tested(whole, horizon=3, alone=True).drop(columns=[*PROOF])
    alone = pd.concat([forecast(part, horizon=3) for part in parts], ignore_index=True)
    assert_frame_equal(together, alone)
