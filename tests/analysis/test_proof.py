"""The errors told beside a forecast are those of past years, forecast with what was known then."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from sedp_helpers.analysis import backtest, forecast, forecast_tested
from sedp_helpers.analysis.proof import PROOF


def make_places(units: int = 12, years: int = 12) -> pd.DataFrame:
    draw = np.random.default_rng(4)
    growth = draw.normal(0.01, 0.01, (units, 1)) + draw.normal(0, 0.01, (units, years))
    values = 4000 * np.exp(np.cumsum(growth, axis=1))
    return pd.DataFrame({"unit": np.repeat([f"u{row}" for row in range(units)], years),
                         "year": np.tile(range(2010, 2010 + years), units),
                         "value": values.ravel()})


def test_errors_of_a_short_series_are_those_worked_out_by_hand() -> None:
    table = pd.DataFrame({"unit": "a", "year": range(2018, 2023),
                          "value": [100.0, 110, 121, 121, 150]})
    proof = forecast_tested(table, horizon=2, alone=True).set_index("year")
    # one year ahead from 2020 and 2021: last 121 and 121, handbook 133.1 and 121 · (1 + 6.667 %)
    assert proof.loc[2023, "tests"] == 2
    assert proof.loc[2023, "error_last"] == pytest.approx((0 + 29 / 150 * 100) / 2)
    assert proof.loc[2023, "error_handbook"] == pytest.approx(
        (10 + (150 - 121 * (1 + 0.2 / 3)) / 150 * 100) / 2)
    assert proof.loc[2024, "tests"] == 1
    assert proof.loc[2024, "error_last"] == pytest.approx(29 / 150 * 100)
    assert proof.loc[:, "peers":].isna().all(axis=None)


def test_the_forecast_itself_is_the_same_with_and_without_its_proof() -> None:
    table = make_places()
    tested = forecast_tested(table, horizon=3)
    pd.testing.assert_frame_equal(tested.drop(columns=[*PROOF]), forecast(table, horizon=3))


def test_errors_of_a_place_and_of_its_peers_come_from_the_back_test_of_the_panel() -> None:
    table = make_places()
    tested = forecast_tested(table, horizon=3)
    ahead = tested[tested["year"] == 2024]
    judged = backtest(table, (3,), ["auto", "handbook", "last"], min_history=2)
    judged = judged[judged["size_class"] == "all"].set_index("method")["mape"]
    for method, own in (("auto", "error"), ("handbook", "error_handbook"), ("last", "error_last")):
        assert ahead[own].mean() == pytest.approx(judged[method])
    one = ahead.iloc[0]
    assert one["peers"] == pytest.approx(ahead["error"].iloc[1:].mean())


def test_no_error_is_told_where_no_past_forecast_has_come_due() -> None:
    table = pd.DataFrame({"unit": "a", "year": [2022, 2023, 2024], "value": [5.0, 6.0, 7.0]})
    proof = forecast_tested(table, horizon=1, alone=True).iloc[0]
    assert proof["tests"] == 0
    assert np.isnan(proof["error"])
