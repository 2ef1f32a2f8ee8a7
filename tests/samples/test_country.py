"""The national sample: whole districts, the same bytes, figures that obey their own rules."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sedp_helpers.intake.collect import collect_folder
from sedp_helpers.intake.municipality import FILE, read_municipality
from sedp_helpers.models import Place
from sedp_helpers.samples import generate, write_samples
from sedp_helpers.samples.district import District
from sedp_helpers.samples.folders import split_districts
from sedp_helpers.samples.names import count_names, draw_names
from sedp_helpers.samples.table import split_whole


def members(country):
    return [folder for folder in country if FILE in folder.files]


def test_same_seed_gives_the_same_bytes_and_another_seed_does_not(catalog):
    one, two = (list(generate(catalog, municipalities=6, seed=3)) for _ in range(2))
    other = list(generate(catalog, municipalities=6, seed=4))
    assert [(f.id, dict(f.files)) for f in one] == [(f.id, dict(f.files)) for f in two]
    assert [f.id for f in one] != [f.id for f in other]


def test_every_district_is_whole_and_named_in_the_reference(country, table, tmp_path):
    write_samples(tmp_path, country)
    raw = tmp_path / "data" / "raw"
    counts: dict[str, int] = {}
    for folder in members(country):
        municipality, findings = read_municipality(raw / folder.id)
        assert municipality is not None and municipality.sample and not findings
        assert municipality.district and municipality.oblast
        counts[municipality.district.id] = counts.get(municipality.district.id, 0) + 1
    districts = table(country[-1], "districts.csv")
    assert dict(zip(districts["id"], districts["members"].astype(int), strict=True)) == counts
    assert all(6 <= count <= 11 for count in counts.values())
    assert {f"district-{ident.removeprefix('d-')}" for ident in counts} == {
        folder.id for folder in country if folder.id.startswith("district-")}


@given(st.integers(1, 400), st.integers(0, 50))
@settings(max_examples=60, deadline=None)
def test_districts_of_any_country_have_six_to_eleven_members(municipalities, seed):
    sizes = split_districts(np.random.default_rng(seed), municipalities)
    assert sum(sizes) == municipalities
    assert municipalities < 6 or all(6 <= size <= 11 for size in sizes)


def test_no_municipality_at_all_is_refused(catalog):
    with pytest.raises(ValueError, match="at least one"):
        next(generate(catalog, municipalities=0, seed=1))


def test_names_are_unique_ascii_slugs_and_enough_for_the_country():
    slugs = [name.slug for name in draw_names(np.random.default_rng(0))]
    assert len(set(slugs)) == len(slugs) == count_names() >= 264 + 40
    assert all(slug.isascii() and slug == slug.lower() for slug in slugs)


def test_balance_of_every_municipality_sex_and_village_closes(country, observations):
    flows = {"births": 1, "deaths": -1, "arrivals": 1, "departures": -1}
    for folder in members(country)[:8]:
        frame = observations(folder)
        frame = frame[(frame["age"] == "") & (frame["item"] == "")]
        wide = frame.pivot_table(index=["sex", "village", "year"], columns="indicator",
                                 values="value")
        wide = wide.dropna(subset=["population.total", "population.births"])
        change = wide["population.total"].groupby(level=["sex", "village"]).diff()
        explained = sum(sign * wide[f"population.{name}"] for name, sign in flows.items())
        gaps = (change - explained)[change.notna()]
        assert len(gaps) >= 7 * 3 * (1 + 1)
        assert (gaps == 0).all(), folder.id


def test_parts_of_every_additive_dimension_sum_to_their_total(country, observations, catalog):
    dims = ["sex", "age", "village", "item"]
    checked = 0
    for folder in members(country)[:5]:
        frame = observations(folder)
        cells = {(row.indicator, row.year, row.sex, row.age, row.village, row.item): row.value
                 for row in frame.itertuples()}
        for indicator, rows in frame.groupby("indicator"):
            model = catalog.indicators[indicator]
            for dim in model.adds_over:
                parts = rows[(rows[dim] != "") & ~rows["item"].isin(model.of_which)]
                rest = [name for name in dims if name != dim]
                for key, total in parts.groupby(["year", *rest])["value"].sum().items():
                    whole = dict(zip(["year", *rest], key, strict=True)) | {dim: ""}
                    known = cells.get((indicator, whole["year"], *(whole[n] for n in dims)))
                    assert known is None or known == pytest.approx(total), (folder.id, key)
                    checked += known is not None
    assert checked > 5_000


def test_no_row_or_register_cell_breaks_a_rule_of_the_intake(country, catalog, tmp_path):
    write_samples(tmp_path, country)
    for folder in members(country)[:6]:
        collected = collect_folder(tmp_path / "data" / "raw" / folder.id, catalog)
        bad = [f for f in collected.findings if f.severity != "note"]
        assert not bad, [(f.rule, f.table, f.cell, f.value) for f in bad[:5]]
        assert len(collected.observations) > 5_000


def test_every_figure_up_to_tier_two_that_exists_is_given(country, observations, catalog):
    given_ids = set(observations(members(country)[0])["indicator"])
    wanted = {ident for ident, model in catalog.indicators.items()
              if model.tier <= 2 and model.exists_at in ("municipality", "district")}
    assert wanted <= given_ids
    assert given_ids <= set(catalog.indicators)


def test_land_is_the_territory_and_a_year_opens_with_what_the_last_left(country, series):
    for folder in members(country)[:5]:
        assert (series(folder, "space.land_ha") == series(folder, "territory.area_ha")).all()
        opening = series(folder, "budget.opening_balance")
        left = opening + series(folder, "budget.revenue") - series(folder, "budget.expenditure")
        assert opening.iloc[1:].tolist() == left.iloc[:-1].tolist()
        assert (left >= 0).all()
        reserve, spent = (series(folder, f"budget.{n}") for n in ("reserve_fund", "expenditure"))
        assert (reserve <= 0.02 * spent).all()


def test_money_of_a_service_is_consistent(country, series):
    for folder in members(country)[:5]:
        for item in ("water", "waste"):
            money = {name: series(folder, f"services.{name}", item=item)
                     for name in ("cost", "billed", "collected", "subsidy", "tariff", "payers",
                                  "households_contracted")}
            assert (money["billed"] == money["households_contracted"] * money["tariff"] * 12).all()
            assert (money["collected"] == money["payers"] * money["tariff"] * 12).all()
            assert (money["collected"] + money["subsidy"] <= money["cost"]).all()


def test_funding_of_every_measure_adds_up_to_its_cost(country, table):
    for folder in members(country):
        plan, funding = table(folder, "plan.csv"), table(folder, "funding.csv")
        given = funding.astype({"amount": float}).groupby("measure")["amount"].sum()
        cost = plan.set_index("id")["cost"].astype(float)
        assert set(given.index) == set(cost.index) and 15 <= len(cost) <= 25
        assert ((given - cost).abs() <= 3_000).all()  # each amount is rounded to thousands


def test_figures_are_believable(country, series):
    for folder in members(country):
        people = series(folder, "population.total").loc[2024]
        births, deaths = (series(folder, f"population.{n}").mean() for n in ("births", "deaths"))
        assert 12 <= 1000 * births / people <= 35
        assert 2 <= 1000 * deaths / people <= 9
        assert 2_500 <= series(folder, "budget.revenue").loc[2024] / people <= 6_500
        assert 3.5 <= people / series(folder, "population.households").loc[2024] <= 6.5


def test_a_district_never_holds_the_sum_of_municipal_revenues(country, observations):
    districts = [folder for folder in country if folder.id.startswith("district-")]
    for folder in districts:
        indicators = set(observations(folder)["indicator"])
        assert {"economy.output", "population.employed", "population.total"} <= indicators
        assert not any(ident.startswith("budget.") for ident in indicators)


@given(st.lists(st.integers(0, 5_000), min_size=1, max_size=6),
       st.lists(st.floats(0.01, 100), min_size=1, max_size=9))
@settings(max_examples=60, deadline=None)
def test_whole_parts_always_add_up_to_the_total(totals, weights):
    parts = split_whole(np.array(totals), dict(enumerate(weights)))
    assert np.sum(list(parts.values()), axis=0).tolist() == totals
    assert all((part >= 0).all() for part in parts.values())


def test_a_district_folder_drops_the_prefix_of_its_id():
    assert District(Place(id="d-kochkor"), Place(id="o-naryn"), 6).id == "district-kochkor"
