"""Small counts never leave the house, and cannot be won back from what does."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sedp_helpers.catalog.load import load_catalog
from sedp_helpers.compute.additive import list_chains, list_equations
from sedp_helpers.compute.protect import protect_small_counts
from sedp_helpers.compute.rows import Row, frame_rows

CATALOG = load_catalog()
DEPARTURES, VULNERABLE, TOTAL = (
    "population.departures", "inclusion.vulnerable", "population.total")


def row(result: str, value: float, *, unit: str = "person", inputs: str = "", year: int = 2025,
        **dims: str) -> Row:
    return Row(result.split(".")[0], result, year, value, unit=unit, method="observed",
               inputs=inputs, **dims)


def protect(*rows: Row, district: bool = False) -> pd.DataFrame:
    return protect_small_counts(frame_rows(rows), CATALOG, district=district)


def shown(frame: pd.DataFrame, **dims: str) -> float:
    chosen = frame
    for name in ("result", "sex", "age", "village", "item"):
        if name in dims or name != "result":
            chosen = chosen[chosen[name] == dims.get(name, "")]
    return float(chosen["value"].iloc[0])


def test_a_count_of_three_is_hidden_and_says_so():
    frame = protect(row(VULNERABLE, 3, item="orphan"))
    assert np.isnan(frame["value"].iloc[0])
    assert (frame["status"].iloc[0], frame["missing"].iloc[0]) == ("Q", "hidden_small")


@pytest.mark.parametrize("value", [0.0, 5.0, 240.0])
def test_counts_of_none_or_of_five_and_more_are_shown(value):
    assert shown(protect(row(VULNERABLE, value, item="orphan")), item="orphan") == value


def test_a_total_without_dimensions_is_kept_however_small():
    assert shown(protect(row("population.deaths", 3))) == 3


def test_one_more_cell_is_hidden_so_that_the_total_does_not_tell():
    frame = protect(row(DEPARTURES, 60), row(DEPARTURES, 3, item="study"),
                    row(DEPARTURES, 40, item="work"), row(DEPARTURES, 17, item="family"))
    assert shown(frame) == 60 and shown(frame, item="work") == 40
    assert np.isnan(shown(frame, item="study")) and np.isnan(shown(frame, item="family"))


def test_two_small_cells_of_one_sum_protect_each_other():
    frame = protect(row(DEPARTURES, 47), row(DEPARTURES, 3, item="study"),
                    row(DEPARTURES, 40, item="work"), row(DEPARTURES, 4, item="family"))
    assert shown(frame, item="work") == 40


def test_categories_that_overlap_need_no_second_hidden_cell():
    frame = protect(row(VULNERABLE, 60), row(VULNERABLE, 3, item="orphan"),
                    row(VULNERABLE, 55, item="disability"), row(VULNERABLE, 30, item="low_income"))
    assert shown(frame, item="disability") == 55 and shown(frame, item="low_income") == 30


def test_categories_that_happen_to_add_up_are_treated_as_a_sum():
    frame = protect(row(VULNERABLE, 58), row(VULNERABLE, 3, item="orphan"),
                    row(VULNERABLE, 55, item="disability"))
    assert np.isnan(shown(frame, item="disability"))


def test_violence_is_never_shown_for_a_municipality_whatever_the_count():
    rows = [row(VULNERABLE, 61, item="violence_survivor"),
            row("inclusion.vulnerable_pct", 1.2, unit="pct", item="violence_survivor",
                inputs="inclusion.vulnerable[item=violence_survivor]@2025;population.total@2025")]
    assert protect(*rows)["value"].isna().all()
    assert protect(*rows, district=True)["value"].notna().all()


def test_a_rate_or_growth_made_of_a_hidden_count_is_hidden_with_it():
    frame = protect(
        row(VULNERABLE, 3, item="orphan"), row(VULNERABLE, 10, item="orphan", year=2024),
        row("inclusion.vulnerable.growth_pct", -70, unit="pct", item="orphan",
            inputs="inclusion.vulnerable[item=orphan]@2025;inclusion.vulnerable[item=orphan]@2024"),
        row("inclusion.support_pct", 50, unit="pct", item="disability",
            inputs="inclusion.supported[item=disability]@2025"))
    assert list(frame["value"].isna()) == [True, False, True, False]
    assert frame["missing"].iloc[2] == "hidden_other"


def test_the_share_of_a_hidden_part_is_hidden_though_the_sum_of_its_parts_is_known():
    parts = "population.departures[item=study]@2025;population.departures[item=work]@2025"
    share = "population.departures_reason_pct"
    frame = protect(
        row(DEPARTURES, 43, inputs=parts), row(DEPARTURES, 2, item="study"),
        row(DEPARTURES, 41, item="work"),
        *(row(share, value, unit="pct", inputs=f"population.departures[item={item}]@2025;{parts}",
              item=item) for item, value in (("study", 200 / 43), ("work", 4100 / 43))))
    assert shown(frame) == 43
    assert frame[frame["result"] == share]["value"].isna().all()


def test_a_rate_of_the_whole_is_kept_though_it_was_added_up_from_hidden_parts():
    parts = {"study": 3.0, "work": 40.0, "family": 17.0}
    inputs = ";".join(f"{DEPARTURES}[item={name}]@2025" for name in parts)
    frame = protect(row(DEPARTURES, 60), *(row(DEPARTURES, v, item=k) for k, v in parts.items()),
                    row("population.net_migration", -12, inputs=inputs))
    assert shown(frame, result="population.net_migration") == -12


def test_limits_of_a_forecast_vanish_with_its_value():
    small = row(TOTAL + ".forecast", 3.4, sex="f", age="85+")._replace(lower_80=2.0, upper_80=5.0)
    frame = protect(small)
    assert frame[["value", "lower_80", "upper_80"]].isna().all().all()


def test_a_total_with_one_small_part_only_is_hidden_because_it_is_that_part():
    frame = protect(row(DEPARTURES, 3), row(DEPARTURES, 3, item="study"))
    assert frame["value"].isna().all()


def test_the_size_of_a_group_named_in_an_order_is_shown():
    assert shown(protect(row("participation.group_members", 3, item="commission")),
                 item="commission") == 3


def test_a_change_of_a_few_people_in_a_category_is_not_shown_either():
    frame = protect(row(f"{VULNERABLE}.change", -3, item="orphan"), row(f"{TOTAL}.change", 3))
    assert list(frame["value"].isna()) == [True, False]


def test_a_very_fine_table_is_protected_in_a_moment():
    rows = [row(TOTAL, (7 * age + village) % 9, sex=sex, age=str(age) if age < 90 else "90+",
                village=f"v{village}")
            for sex in ("f", "m") for age in range(91) for village in range(8)]
    rows += [row(TOTAL, 2900, sex="f"), row(TOTAL, 2900, sex="m"), row(TOTAL, 5800)]
    frame = protect(*rows)
    assert shown(frame) == 5800 and shown(frame, sex="f") == 2900
    assert frame.loc[frame["age"] != "", "value"].isna().all()


def test_money_hectares_and_households_are_left_alone():
    frame = protect(row("budget.revenue", 3, unit="som", item="rent"),
                    row("environment.households_in_hazard_zone", 2, unit="household", village="v"))
    assert frame["value"].notna().all()


def test_the_frame_given_is_not_changed_and_the_order_of_rows_is_kept():
    frame = frame_rows([row(VULNERABLE, 3, item="orphan"), row(TOTAL, 900)])
    before = frame.copy()
    after = protect_small_counts(frame, CATALOG)
    pd.testing.assert_frame_equal(frame, before)
    assert list(after["result"]) == [VULNERABLE, TOTAL]


def test_nested_age_bands_give_every_way_to_subtract():
    assert list_chains(frozenset({"0-4", "5-9", "0-9", "10+"}), 0, None) == [
        ["0-9", "10+"], ["0-4", "5-9", "10+"]]


def test_an_empty_frame_stays_empty():
    assert protect_small_counts(frame_rows([]), CATALOG).empty


# ---- no way back ---------------------------------------------------------------------------
counts = st.integers(min_value=0, max_value=12)


@st.composite
def crossed(draw) -> list[Row]:
    """Departures by sex and reason (or village) with every margin printed."""
    other = draw(st.sampled_from(["item", "village"]))
    names = ["study", "work", "family"][: draw(st.integers(1, 3))]
    inner = {(s, n): draw(counts) for s in ("f", "m") for n in names}
    rows = [row(DEPARTURES, sum(inner.values()))]
    rows += [row(DEPARTURES, v, sex=s, **{other: n}) for (s, n), v in inner.items()]
    if draw(st.booleans()):
        rows += [row(DEPARTURES, sum(inner[s, n] for n in names), sex=s) for s in ("f", "m")]
    rows += [row(DEPARTURES, inner["f", n] + inner["m", n], **{other: n}) for n in names]
    return rows


def recoverable(rows: list[Row]) -> list[tuple]:
    """Small counts that the protected rows still determine: an unknown is determined when no
    direction that keeps all sums moves it."""
    frame = protect(*rows)
    small = {(r.sex, r.age, r.village, r.item) for r in rows if 0 < r.value < 5}
    cells = {(r.sex, r.age, r.village, r.item): r for r in frame.itertuples()}
    values = {key: None if np.isnan(r.value) else r.value for key, r in cells.items()}
    spec = CATALOG.indicators[frame["result"].iloc[0]]
    sums = list_equations(spec, dict.fromkeys(values, 1.0))
    names = sorted({key for one in sums for key in one if values.get(key) is None})
    if not names:
        return []
    matrix = np.array([[1.0 if name in one else 0.0 for name in names] for one in sums])
    _, sizes, basis = np.linalg.svd(matrix, full_matrices=True)
    free = basis[int((sizes > 1e-9).sum()):]
    moves = np.abs(free).max(axis=0) if len(free) else np.zeros(len(names))
    return [name for name, move in zip(names, moves)
            if move < 1e-9 and name in small and any(name)]


@given(crossed())
@settings(max_examples=150, deadline=None)
def test_no_hidden_count_follows_from_the_shown_ones(rows):
    frame = protect(*rows)
    kept = frame[frame["value"].notna()]
    small = kept[(kept["value"] > 0) & (kept["value"] < 5)]
    assert not small[["sex", "age", "village", "item"]].any(axis=None)
    assert recoverable(rows) == []


@given(st.lists(counts, min_size=2, max_size=8), st.lists(counts, min_size=2, max_size=8))
@settings(max_examples=60, deadline=None)
def test_no_hidden_age_follows_from_totals_by_sex_and_age(female, male):
    size = min(len(female), len(male))
    bands = [f"{5 * i}-{5 * i + 4}" for i in range(size - 1)] + [f"{5 * (size - 1)}+"]
    rows = [row(TOTAL, f, sex="f", age=b) for f, b in zip(female, bands)]
    rows += [row(TOTAL, m, sex="m", age=b) for m, b in zip(male, bands)]
    rows += [row(TOTAL, f + m, age=b) for f, m, b in zip(female, male, bands)]
    rows += [row(TOTAL, sum(female[:size]) + sum(male[:size]))]
    assert recoverable(rows) == []


def test_a_small_old_age_group_does_not_follow_from_the_dependency_ratio():
    bands = ["0-15", "16-57", "58-62", "63-84", "85+"]
    numbers = {"f": [300, 500, 60, 80, 3], "m": [310, 520, 55, 70, 20]}
    rows = [row(TOTAL, v, sex=s, age=b) for s, line in numbers.items()
            for b, v in zip(bands, line)]
    rows += [row(TOTAL, sum(line), sex=s) for s, line in numbers.items()]
    frame = protect(*rows, row(TOTAL, sum(map(sum, numbers.values()))))
    hidden = frame[frame["value"].isna()]
    old = {("f", "58-62"), ("f", "63-84"), ("f", "85+"), ("m", "63-84"), ("m", "85+")}
    assert len({(r.sex, r.age) for r in hidden.itertuples()} & old) >= 2
