"""What callers of ``forecast`` rely on: columns, order, ranges, and never a crash."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sedp_helpers.analysis.forecast import METHODS, forecast


def make_table(series: dict[object, list[float]], first_year: int = 2010) -> pd.DataFrame:
    rows = [
        (unit, first_year + step, value)
        for unit, values in series.items()
        for step, value in enumerate(values)
    ]
    return pd.DataFrame(rows, columns=["unit", "year", "value"])


def make_panel(units: int = 30, years: int = 12, seed: int = 0) -> pd.DataFrame:
    draw = np.random.default_rng(seed)
    size = np.exp(draw.normal(8, 1, (units, 1)))
    growth = draw.normal(0.005, 0.008, (units, 1)) + draw.normal(0, 0.01, (units, years))
    values = size * np.exp(np.cumsum(growth, axis=1))
    return make_table({f"u{row:02}": list(line) for row, line in enumerate(values)})


def test_columns_years_and_units_are_as_agreed_in_order_of_first_appearance() -> None:
    table = make_table({"07": [5, 6, 7], "a b": [3, 3, 4], "Ң": [9, 8, 9]})
    mixed = pd.concat([table.iloc[[8]], table.iloc[:8]])
    result = forecast(mixed, horizon=2)
    assert list(result.columns) == [
        *("unit", "year", "value", "lower_80", "upper_80", "lower_95", "upper_95", "method")
    ]
    assert result["unit"].tolist() == ["Ң", "Ң", "07", "07", "a b", "a b"]
    assert result["year"].tolist() == [2013, 2014] * 3
    assert result["year"].dtype.kind == "i"


def test_each_unit_starts_the_year_after_its_own_last_observation() -> None:
    table = make_table({"a": [1, 2, 3, np.nan, np.nan], "b": [1, np.nan, 3, 4, 5]})
    result = forecast(table, horizon=1, method="last")
    assert result.set_index("unit")["year"].to_dict() == {"a": 2013, "b": 2015}
    assert result.set_index("unit")["value"].to_dict() == {"a": 3.0, "b": 5.0}


def test_input_is_not_modified_and_row_order_does_not_matter() -> None:
    table = make_panel()
    before = table.copy(deep=True)
    direct = forecast(table)
    shuffled = table.sample(frac=1, random_state=1)
    again = forecast(shuffled)
    pd.testing.assert_frame_equal(table, before)
    key = ["unit", "year"]
    pd.testing.assert_frame_equal(
        direct.sort_values(key, ignore_index=True), again.sort_values(key, ignore_index=True)
    )


def test_a_repeated_year_is_a_value_error_that_names_the_unit() -> None:
    table = make_table({"a": [1, 2, 3]})
    with pytest.raises(ValueError, match=r"'a'.*2012"):
        forecast(pd.concat([table, table.tail(1)]))


@pytest.mark.parametrize(
    ("change", "named"),
    [
        ({"method": "prophet"}, "prophet"),
        ({"kind": "people"}, "people"),
        ({"horizon": 0}, "horizon 0"),
        ({"levels": (80, 100)}, "100"),
    ],
)
def test_a_wrong_argument_is_a_value_error_that_names_it(change: dict, named: str) -> None:
    with pytest.raises(ValueError, match=named):
        forecast(make_table({"a": [1, 2, 3]}), **change)


def test_wrong_cells_are_value_errors_that_name_them() -> None:
    table = make_table({"a": [1, 2, 3]})
    with pytest.raises(ValueError, match="many"):
        forecast(table.astype({"value": object}).replace({"value": {2: "many"}}))
    with pytest.raises(ValueError, match="value"):
        forecast(table.drop(columns="value"))
    with pytest.raises(ValueError, match=r"2010\.5"):
        forecast(table.assign(year=[2010.5, 2011, 2012]))


def test_one_observation_is_repeated_as_last_without_intervals() -> None:
    result = forecast(pd.concat([make_panel(), make_table({"new": [120]})]), horizon=3)
    alone = result[result["unit"] == "new"]
    assert alone["value"].tolist() == [120, 120, 120]
    assert alone["method"].tolist() == ["last"] * 3
    assert alone.filter(regex="lower|upper").isna().all(axis=None)
    assert result[result["unit"] != "new"].notna().all(axis=None)


def test_missing_value_is_never_counted_as_zero() -> None:
    table = make_table({"a": [100, np.nan, 104, 106, np.nan]})
    for method in METHODS:
        result = forecast(table, horizon=2, method=method)
        assert (result["value"] > 95).all(), method
        assert result["year"].tolist() == [2014, 2015]


def test_unit_without_any_value_and_empty_panel_give_no_rows() -> None:
    table = make_table({"a": [np.nan, np.nan], "b": [1.0, 2.0]})
    assert set(forecast(table)["unit"]) == {"b"}
    empty = forecast(table.iloc[:0])
    assert list(empty.columns) == list(forecast(table).columns)
    assert empty.empty


def test_levels_make_the_columns_in_their_order() -> None:
    result = forecast(make_panel(), levels=(95, 50, 99.5))
    assert list(result.columns[3:-1]) == [
        *("lower_95", "upper_95", "lower_50", "upper_50", "lower_99.5", "upper_99.5")
    ]
    assert (result["lower_99.5"] <= result["lower_95"]).all()
    assert "lower_80" not in forecast(make_panel(), levels=()).columns


def test_intervals_hold_the_forecast_nest_and_never_shrink_with_the_horizon() -> None:
    table = make_panel()
    for method in METHODS:
        result = forecast(table, method=method)
        assert result["value"].between(result["lower_80"], result["upper_80"]).all()
        assert (result["lower_95"] <= result["lower_80"]).all()
        assert (result["upper_80"] <= result["upper_95"]).all()
        ratio = np.log(result["upper_80"] / result["value"]).groupby(result["unit"])
        assert (ratio.diff().dropna() > -1e-9).all()


def test_few_points_on_a_line_are_not_taken_for_certainty() -> None:
    for values in ([100, np.nan, 121], [100, 110, 121]):
        result = forecast(make_table({"a": values}), horizon=1).iloc[0]
        assert result["upper_80"] - result["lower_80"] > 0.05 * result["value"]


def test_many_places_are_pooled_and_a_place_alone_gets_a_method_for_one_series() -> None:
    table = make_panel()
    assert set(forecast(table)["method"]) == {"pooled"}
    alone = forecast(table[table["unit"] == "u03"])
    assert alone["method"].nunique() == 1
    assert set(alone["method"]) <= set(METHODS) - {"auto", "pooled"}


def test_ranges_of_the_kinds_are_kept() -> None:
    falling = make_table({"a": [50, 30, 12, 1], "b": [90, 94, 97, 99.5]})
    count = forecast(falling, method="drift")
    share = forecast(falling, method="drift", kind="share")
    real = forecast(make_table({"a": [3, 1, -2, -4]}), method="drift", kind="real")
    assert (count.drop(columns=["unit", "method"]) >= 0).all(axis=None)
    bounded = share.drop(columns=["unit", "method", "year"])
    assert bounded.min(axis=None) >= 0
    assert bounded.max(axis=None) <= 100
    assert (real["value"] < -4).all()


def test_nothing_is_rounded() -> None:
    result = forecast(make_table({"a": [9800, 10500, 11000, 11500]}), 1, "handbook")
    assert result["value"].iloc[0] == pytest.approx(12130.591630591631, rel=1e-14)


series = st.lists(
    st.one_of(st.none(), st.just(0.0), st.floats(1e-3, 1e7)),
    min_size=1,
    max_size=12,
)


@settings(max_examples=40, deadline=None)
@given(
    panel=st.lists(series, min_size=1, max_size=12),
    kind=st.sampled_from(["count", "money", "share", "real"]),
    method=st.sampled_from(METHODS),
)
def test_no_series_whatever_makes_it_crash_or_leave_its_range(
    panel: list[list[float | None]], kind: str, method: str
) -> None:
    rows = {
        f"u{row}": [np.nan if cell is None else cell for cell in line]
        for row, line in enumerate(panel)
    }
    table = make_table(rows)
    if kind == "share":
        table["value"] = table["value"].clip(upper=100)
    result = forecast(table, horizon=3, method=method, kind=kind)
    seen = table.dropna()["unit"].nunique()
    assert len(result) == 3 * seen
    assert np.isfinite(result["value"]).all()
    assert set(result["method"]) <= set(METHODS) - {"auto"}
    if kind != "real" and len(result):
        assert (result["value"] >= 0).all()
