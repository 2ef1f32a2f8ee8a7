"""The back-test counts what it says it counts and never looks ahead."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from sedp_helpers.analysis.backtest import COLUMNS, backtest, collect_errors, past_errors
from sedp_helpers.analysis.forecast import METHODS, forecast


def make_panel(units: int = 24, years: int = 14, seed: int = 0) -> pd.DataFrame:
    draw = np.random.default_rng(seed)
    size = np.exp(draw.normal(8, 1, (units, 1)))
    growth = draw.normal(0.004, 0.01, (units, 1)) + draw.normal(0, 0.01, (units, years))
    values = size * np.exp(np.cumsum(growth, axis=1))
    return pd.DataFrame(
        {
            "unit": np.repeat([f"u{row}" for row in range(units)], years),
            "year": np.tile(np.arange(2005, 2005 + years), units),
            "value": values.ravel(),
        }
    )


def test_table_has_every_method_horizon_and_size_class() -> None:
    result = backtest(make_panel())
    assert list(result.columns) == list(COLUMNS)
    assert len(result) == len(METHODS) * 3 * 5
    assert set(result["size_class"]) == {"q1", "q2", "q3", "q4", "all"}
    whole = result[result["size_class"] == "all"].set_index(["method", "horizon"])
    parts = result[result["size_class"] != "all"].groupby(["method", "horizon"])["n"].sum()
    pd.testing.assert_series_equal(whole["n"].sort_index(), parts.sort_index())


def test_origins_have_the_history_before_and_the_horizon_after() -> None:
    result = backtest(make_panel(), horizons=(1, 5), methods=["last"], min_history=5)
    whole = result[result["size_class"] == "all"].set_index("horizon")
    assert whole["origins"].to_dict() == {1: 14 - 5 - 1, 5: 14 - 5 - 5}
    assert whole["n"].to_dict() == {1: 8 * 24, 5: 4 * 24}
    errors = collect_errors(make_panel(), (1,), ["last"], 5)
    assert errors["origin"].min() == 2010


def test_errors_are_those_worked_out_by_hand() -> None:
    table = pd.DataFrame({"unit": "a", "year": range(2000, 2005), "value": [100, 100, 80, 100, 50]})
    result = backtest(table, horizons=(1,), methods=["last"], min_history=2).iloc[-1]
    assert result["origins"] == 2
    assert result["mape"] == pytest.approx((20 + 100) / 2)
    assert result["mdape"] == pytest.approx(60)
    assert result["bias_pct"] == pytest.approx((-20 + 100) / 2)


def test_what_happens_later_changes_no_forecast_made_earlier() -> None:
    table = make_panel()
    wild = table.assign(value=table["value"].where(table["year"] <= 2014, table["value"] * 7))
    columns = ["method", "horizon", "unit", "origin", "forecast", "lower_80", "upper_95"]
    known, other = (
        collect_errors(panel, (1, 3), None, 5).query("origin <= 2014")[columns]
        for panel in (table, wild)
    )
    pd.testing.assert_frame_equal(known, other)


@pytest.mark.parametrize("method", ["auto", "handbook", "ets", "pooled"])
def test_back_test_uses_the_very_forecast_a_user_would_have_got(method: str) -> None:
    table = make_panel()
    then = forecast(table[table["year"] <= 2013], horizon=3, method=method)
    errors = collect_errors(table, (3,), [method], 5).query("origin == 2013")
    merged = errors.merge(then, on=["unit", "year"], suffixes=("", "_then"))
    assert len(merged) == 24
    np.testing.assert_allclose(merged["forecast"], merged["value"])
    np.testing.assert_allclose(merged["upper_80"], merged["upper_80_then"])
    np.testing.assert_allclose(merged["lower_95"], merged["lower_95_then"])


def test_gap_is_neither_an_origin_nor_an_actual_and_zero_has_no_percentage() -> None:
    table = make_panel(units=10)
    table.loc[(table["unit"] == "u0") & (table["year"] == 2012), "value"] = np.nan
    table.loc[(table["unit"] == "u1") & (table["year"] == 2012), "value"] = 0
    errors = collect_errors(table, (1,), ["last"], 5)
    assert errors.query("unit == 'u0' and (origin == 2012 or year == 2012)").empty
    assert errors.query("unit == 'u1' and year == 2012").empty
    assert np.isfinite(errors["error"]).all()


def test_too_short_panel_gives_an_empty_table_with_the_columns() -> None:
    result = backtest(make_panel(years=4))
    assert result.empty
    assert list(result.columns) == list(COLUMNS)


def test_past_errors_of_a_place_are_its_rows_with_years_and_signed_errors() -> None:
    table = make_panel()
    own = past_errors(table, "u3", horizons=(3,), methods=["auto"])
    assert own["year"].tolist() == (own["origin"] + 3).tolist()
    expected = (own["forecast"] / own["actual"] - 1) * 100
    np.testing.assert_allclose(own["error_pct"], expected)
    truth = table.set_index(["unit", "year"])["value"]
    assert own["actual"].tolist() == [truth["u3", year] for year in own["year"]]
    with pytest.raises(ValueError, match="nowhere"):
        past_errors(table, "nowhere")


def test_unknown_method_or_horizon_is_a_value_error() -> None:
    with pytest.raises(ValueError, match="magic"):
        backtest(make_panel(), methods=["magic"])
    with pytest.raises(ValueError, match="horizon 0"):
        backtest(make_panel(), horizons=(0, 1))
