"""The printed examples in data/raw: Kara-Suu, Orozbekov and the «ХХХ» sets of the handbook."""

from __future__ import annotations

import pytest

from sedp_helpers.intake.collect import collect_folder
from sedp_helpers.paths import PROJECT, Workspace
from sedp_helpers.prepare import examine

RAW = PROJECT / "data" / "raw"
HANDBOOK = sorted(path.name for path in RAW.glob("handbook-*"))


@pytest.fixture(scope="module")
def folders(catalog):
    return {name: collect_folder(RAW / name, catalog)
            for name in ("kara-suu", "orozbekov", *HANDBOOK)}


def value(collected, indicator, year, **dims):
    frame = collected.observations
    wanted = {"sex": "", "age": "", "item": "", **dims}
    rows = frame[(frame["indicator"] == indicator) & (frame["year"] == year)]
    for name, code in wanted.items():
        rows = rows[rows[name] == code]
    return rows["value"].item()


def test_no_printed_example_has_an_error_of_form(folders):
    for name, collected in folders.items():
        bad = [f for f in collected.findings if f.severity != "note"]
        assert not bad, (name, [(f.rule, f.table, f.cell) for f in bad])


def test_ac15_ac16_kara_suu_keeps_its_contradiction_as_printed(folders):
    case = folders["kara-suu"]
    total, women, men = (value(case, "population.total", 2021, sex=s) for s in ("", "f", "m"))
    assert (total, women, men) == (7037, 3475, 3545)
    assert total - women - men == 17
    assert total / value(case, "population.households", 2021) == 5.725793327908869
    assert set(case.observations["status"]) == {"U"}
    assert case.observations["note"].str.contains("year not printed").all()


def test_ac17_ac18_ac19_kara_suu_participation(folders):
    events = folders["kara-suu"].registers["events"].set_index("id")
    assert 100 * events.loc["e2018", "women"] / events.loc["e2018", "participants"] == (
        pytest.approx(39.294117647058826, rel=1e-15))
    pair = events.loc[["e2019", "e2021"], ["participants", "women"]].to_numpy().tolist()
    assert pair == [[273, 157], [273, 157]]
    assert not events["date"].str.startswith("2020").any()  # AC-20: the gap stays a gap


def test_ac21_ac22_ac23_ac24_kara_suu_projects(folders):
    registers = folders["kara-suu"].registers
    plan, funding = registers["plan"], registers["funding"]
    assert len(plan) == 10 and plan["cost"].sum() == 79_886_076 == funding["amount"].sum()
    by_source = funding.groupby("source")["amount"].sum()
    assert by_source["local_budget"] == 3_350_076
    assert by_source.to_dict() == {
        "local_budget": 3_350_076, "donor": 3_896_000, "republican": 52_067_000,
        "charity": 19_673_000, "community": 900_000}
    cost = plan.set_index("id")["cost"]
    assert (funding.groupby("measure")["amount"].sum() == cost).all()
    assert cost["m05"] / 225 / (cost["m04"] / 240) == pytest.approx(3.219228688461241)
    assert funding["year"].isna().all()  # no year is printed, none is invented


def test_ac33_kara_suu_group_of_fifteen_has_eight_executives(folders):
    group = folders["kara-suu"].registers["working_group"]
    assert 100 * (group["body"] == "executive").mean() == pytest.approx(53.333333333333336)


def test_kara_suu_is_real_and_not_marked_as_made_up(folders):
    assert not folders["kara-suu"].municipality.sample
    assert folders["kara-suu"].municipality.altitude_m == 2215
    assert len(folders["kara-suu"].registers["villages"]) == 5


def test_ac85_ac86_ac87_orozbekov_initiatives(folders):
    rows = folders["orozbekov"].registers["initiatives"].set_index("id")
    assert rows["cost"].tolist() == [37_000, 36_000]
    assert (rows["local_budget"] + rows["partner"] == rows["cost"]).all()
    assert 100 * rows["local_budget"].sum() / rows["cost"].sum() == (
        pytest.approx(31.506849315068493))
    assert rows.loc["i1", "cost"] / rows.loc["i1", "participants"] == (
        pytest.approx(393.6170212765957))
    assert rows.loc["i2", ["participants", "women", "disability"]].tolist() == [290, 114, 19]


def test_ac92_handbook_sets_stay_apart_and_are_marked(folders):
    assert len(HANDBOOK) >= 6
    populations = {}
    for name in HANDBOOK:
        collected = folders[name]
        assert collected.municipality.sample and collected.municipality.name.ky.startswith("ХХХ")
        frame = collected.observations
        rows = frame[(frame["indicator"] == "population.total") & (frame["year"] == 2024)
                     & (frame["sex"] == "")]
        populations |= dict.fromkeys([name] * len(rows), rows["value"].max())
    assert set(populations.values()) == {11_500, 17_539, 12_000}


def test_handbook_growth_is_the_series_of_ac01(folders):
    case = folders["handbook-growth"]
    assert case.observations.sort_values("year")["value"].tolist() == [9800, 10500, 11000, 11500]


@pytest.mark.parametrize(("name", "count"), [
    ("handbook-working-age", 2), ("handbook-budget", 5), ("handbook-waste", 2),
    ("handbook-sport", 2), ("handbook-raspberry", 1), ("handbook-raspberry-forecast", 3),
])
def test_what_the_text_claims_stands_in_stated(folders, name, count):
    stated = folders[name].registers["stated"]
    assert len(stated) == count and (stated["text"] != "").all()


def test_ac09_ac10_ac11_working_age_as_printed(folders):
    case = folders["handbook-working-age"]
    ident = "population.working_age"
    assert value(case, ident, 2021) == 9367 == (
        value(case, ident, 2021, sex="f") + value(case, ident, 2021, sex="m"))
    assert (value(case, ident, 2027), value(case, ident, 2027, sex="f")) == (11_132, 7_754)


def test_ac54_ac57_ac59_budget_as_printed(folders):
    case = folders["handbook-budget"]
    amounts = [value(case, "budget.revenue", 2024, item=item)
               for item in ("land_tax", "property_tax", "equalising_transfer")]
    assert amounts == [1_200_000, 800_000, 1_000_000]
    assert case.registers["risks"]["impact"].sum() == 750_000
    assert value(case, "budget.reserve_fund", 2024) == 500_000


def test_ac69_ac70_ac71_waste_leaves_missing_figures_missing(folders):
    case = folders["handbook-waste"]
    frame = case.observations.set_index("indicator")
    missing = ["services.cost", "services.collected", "population.households"]
    assert frame.loc[missing, "value"].isna().all()
    assert set(frame.loc[missing, "status"]) == {"O"}
    installed, needed = (frame.loc[f"services.equipment_{n}", "value"]
                         for n in ("installed", "needed"))
    assert (needed, needed - installed) == (50, 35)


def test_ac73_raspberry_has_no_invented_exchange_rate(folders):
    crop = folders["handbook-raspberry"].registers["crops"].iloc[0]
    assert (crop["price_som_kg"], crop["cost_per_ha"], crop["currency"]) == (150, 3526, "USD")
    assert crop["rate"] != crop["rate"]


def test_ac80_thirteen_municipalities_have_22_priorities_of_112_votes(folders):
    problems = folders["handbook-priorities"].registers["problems"]
    assert (len(problems), problems["votes"].sum(), problems["votes"].max()) == (22, 112, 13)
    assert problems["problem_ru"].iloc[[0, -1]].tolist() == ["Питьевая вода", "Безработица"]


def test_ac83_hearings_by_year_leave_2015_out(folders):
    rows = folders["handbook-hearings"].registers["events"]
    assert not rows["date"].str.startswith("2015").any()
    assert (rows["meetings"].sum(), rows["participants"].sum()) == (262, 21_987)


def test_ac88_ac89_action_plan_examples_keep_their_wrong_units(folders):
    registers = folders["handbook-action-plan"].registers
    amounts = registers["funding"].query("measure == 'm3'")["amount"].tolist()
    assert amounts == [400, 150, 1_300_000]
    row = registers["plan"].set_index("id").loc["m4"]
    assert (row["target"], row["direct_beneficiaries"], row["indirect_beneficiaries"]) == (
        1400, 1000, 3000)


@pytest.mark.parametrize(("name", "wanted"), [
    ("kara-suu", {"DQ-25", "DQ-26", "DQ-27", "DQ-28", "DQ-29", "DQ-31", "R-16"}),
    ("orozbekov", {"DQ-30"}),
    ("handbook-hearings", {"DQ-31"}),
    ("handbook-action-plan", {"DQ-33", "DQ-34", "R-73"}),
])
def test_the_samples_show_their_findings_in_check(name, wanted, catalog):
    workspace = Workspace(PROJECT)
    found = examine(workspace, collect_folder(RAW / name, catalog), catalog)
    assert wanted <= {one.rule for one in found}
