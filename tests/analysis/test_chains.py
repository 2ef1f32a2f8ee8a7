"""The causal chains: the handbook's example comes out, and nothing unknown is guessed."""

from __future__ import annotations

import math

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sedp_helpers.analysis.chains import (
    Chain,
    Link,
    Parameter,
    ParameterNotSet,
    compare_scenarios,
    run_chain,
)
from sedp_helpers.catalog.load import load_catalog
from sedp_helpers.compute.chain_models import read_chains, read_scenarios

CHAINS = read_chains(load_catalog())
SET = {"youth_per_income": 2.0, "births_per_youth": 0.1, "kindergarten_coverage": 50.0}


def at(frame: pd.DataFrame, node: str, year: int, column: str = "value") -> float:
    return float(frame[(frame["node"] == node) & (frame["year"] == year)][column].iloc[0])


@pytest.mark.parametrize("som, ha, crop, other, income, houses", [
    pytest.param(20e6, 350, 30, 10, 7e6, 20, id="AC-77"),
    pytest.param(10e6, 175, 15, 5, 3.5e6, 10, id="AC-78"),
])
def test_the_irrigation_example_is_reproduced(som: float, ha: float, crop: float, other: float,
                                              income: float, houses: float) -> None:
    run = run_chain(CHAINS["irrigation"], {"investment": som}, [5, 10])
    found = [at(run, node, 10) for node in
             ("irrigated", "crop_jobs", "processing_jobs", "jobs", "income", "houses")]
    assert found == [ha, crop, other, crop + other, income, houses]
    assert at(run, "houses", 5) == 0 and at(run, "houses", 5, "high") == 0
    unsure = run_chain(CHAINS["irrigation"], {"investment": som}, [8])
    assert [at(unsure, "houses", 8, name) for name in ("low", "value", "high")] == [
        0, houses / 2, houses]


def test_a_chain_without_its_parameters_is_refused_by_their_names() -> None:
    """AC-79."""
    with pytest.raises(ParameterNotSet, match=r"parameter must be set by the user: P-16.*P-17"):
        run_chain(CHAINS["demography"], {"extra_income": 1e6}, [1])
    with pytest.raises(ParameterNotSet):
        run_chain(CHAINS["demography"], {"extra_income": 1e6}, [1], values={"youth_per_income": 2})
    run = run_chain(CHAINS["demography"], {"extra_income": 1e6}, [2, 6], values=SET)
    assert at(run, "kindergarten_places", 2) == 0
    assert at(run, "kindergarten_places", 6) == pytest.approx(2 * 0.1 * 3 * 0.5)


def test_baseline_and_programme_of_the_raspberry_case_stand_side_by_side() -> None:
    """AC-74, AC-75, AC-76."""
    chain = CHAINS["crop"]
    both = compare_scenarios(chain, read_scenarios(load_catalog(), "crop"), [0, 3])
    base, programme = (both[both["scenario"] == name] for name in ("baseline", "programme"))
    assert at(base, "production", 0) == at(programme, "production", 0) == 2200
    # a root and a product of doubles: at most the neighbour of the printed number
    assert at(base, "production", 3) == pytest.approx(2900, rel=2e-16)
    assert at(programme, "production", 3) == pytest.approx(3828, rel=2e-16)
    assert at(programme, "area_planned", 3) == 911.4285714285714


def test_upkeep_of_a_new_object_comes_every_year_and_tax_has_its_printed_range() -> None:
    inputs = {"own_taxes": 1_000_000, "object_cost": 24_000_000}
    run = run_chain(CHAINS["budget"], inputs, [0, 1, 2, 3, 7])
    assert [at(run, "new_upkeep", year) for year in (0, 1, 7)] == pytest.approx([0, 1e6, 1e6])
    assert (at(run, "plant_revenue", 3, "low"), at(run, "plant_revenue", 3, "high")) == (1e5, 1.5e5)
    assert at(run, "net_effect", 3) == pytest.approx(-875_000)


def test_a_missing_input_leaves_what_follows_missing_and_never_zero() -> None:
    inputs = {"working_age": 6000, "entering": 120, "leaving": 80, "migration": -30}
    run = run_chain(CHAINS["working_age"], inputs, [1])
    assert at(run, "working_age", 1) == 6000
    assert all(math.isnan(at(run, "working_then", 1, name)) for name in ("low", "value", "high"))
    run = run_chain(CHAINS["working_age"], {**inputs, "working_deaths": 20}, [0, 2])
    assert [at(run, "working_then", year) for year in (0, 2)] == [6000, 5980]


@pytest.mark.parametrize("ident", list(CHAINS))
def test_every_chain_names_existing_words_and_units(ident: str) -> None:
    raw = load_catalog().read("chains.yml")
    chain = CHAINS[ident]
    for language in ("ru", "en"):
        words = load_catalog().words("chains", language)
        assert ident in words["chains"]
        assert set(chain.nodes) <= set(words["nodes"])
        assert {name for name, one in raw["parameters"].items() if "name" in one} == set(
            words["parameters"])
    assert set(chain.nodes) <= set(raw["nodes"])
    assert {one["unit"] for one in raw["nodes"].values()} <= set(load_catalog().units)


def test_a_parameter_of_the_handbook_is_an_example_and_the_offices_norm_wins() -> None:
    assert CHAINS["irrigation"].parameters["income_per_job"].status == "example"
    own = read_chains(load_catalog(), {"income_per_job": {"value": "200 000", "source": "own"}})
    assert own["irrigation"].parameters["income_per_job"].value == 200_000


def test_a_link_to_something_unknown_is_refused() -> None:
    chain = Chain("c", ("a",), (Link("b", "times", ("a",), ("none",)),), {})
    with pytest.raises(ValueError, match="unknown parameter none"):
        run_chain(chain, {"a": 1}, [0])
    with pytest.raises(ValueError, match="no input z"):
        run_chain(CHAINS["irrigation"], {"z": 1}, [0])


@given(st.floats(0, 1e9), st.floats(0.01, 5), st.floats(0.01, 5))
def test_results_are_proportional_and_the_range_holds_the_value(
    som: float, scale: float, factor: float
) -> None:
    chain = Chain("c", ("a",), (Link("b", "times", ("a",), ("p",)),),
                  {"p": Parameter("p", value=factor)})
    one = run_chain(chain, {"a": som}, [0], spread_pct=20)
    other = run_chain(chain, {"a": som * scale}, [0], spread_pct=20)
    assert at(other, "b", 0) == pytest.approx(scale * at(one, "b", 0))
    assert at(one, "b", 0, "low") <= at(one, "b", 0) <= at(one, "b", 0, "high")
    assert at(one, "b", 0, "high") == pytest.approx(1.2 * at(one, "b", 0))


def test_ac_79_a_chain_runs_once_the_office_has_set_what_nobody_has_printed() -> None:
    norms = {name: {"value": str(value), "unit": "ratio", "source": "survey"}
             for name, value in SET.items()}
    chain = read_chains(load_catalog(), norms)["demography"]
    assert chain.parameters["youth_per_income"].status == "user"
    assert chain.parameters["youth_per_income"].source == "survey"
    run = run_chain(chain, {"extra_income": 1e6}, [6])
    assert at(run, "kindergarten_places", 6) == pytest.approx(2.0 * 0.1 * 3 * 0.5)
