"""The history of a place as the folders and lineage.csv of a workspace tell it."""

from pathlib import Path

import pytest

from sedp_helpers.catalog.load import load_catalog
from sedp_helpers.commands.prepare import prepare_places
from sedp_helpers.console import Console
from sedp_helpers.examination import finding_texts
from sedp_helpers.intake.collect import Collected
from sedp_helpers.intake.findings import findings_frame
from sedp_helpers.intake.history import collect_place, list_forebears
from sedp_helpers.intake.store import Store
from sedp_helpers.panel import PANEL
from sedp_helpers.paths import Workspace
from sedp_helpers.prepare import input_key, list_municipalities
from tests.intake.conftest import assert_told

CATALOG = load_catalog()
SOATE = "41702200000001"
FIGURES = {"old-a": ("2022,1000", "2023,1010"), "old-b": ("2022,400", "2023,410"),
           "new": ("2024,1300",), "other": ("2024,170",)}


def write_lineage(root: Path, *rows: str) -> None:
    path = root / "data" / "raw" / "reference" / "lineage.csv"
    path.parent.mkdir(exist_ok=True)
    path.write_text("\n".join(["old,new,year,share", *rows]) + "\n", encoding="utf-8")


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    for name, rows in FIGURES.items():
        folder = tmp_path / "data" / "raw" / name
        folder.mkdir(parents=True)
        passport = f"id: {name}\nname: {{ky: Айыл}}\nbase_year: 2024\n"
        if name.startswith("old"):
            passport += "closed: true\n"
        if name == "old-a":
            passport += f"soate: '{SOATE}'\n"
        (folder / "municipality.yaml").write_text(passport, encoding="utf-8")
        lines = [f"population.total,{row}" for row in rows]
        (folder / "observations.csv").write_text(
            "\n".join(["indicator,year,value", *lines]) + "\n", encoding="utf-8")
    write_lineage(tmp_path, f"{SOATE},new,2024,1", "old-b,new,2024,0.6", "old-b,other,2024,0.4")
    return Workspace(tmp_path)


def collect(workspace: Workspace, name: str) -> Collected:
    return collect_place(workspace.raw / name, CATALOG)


def history(found: Collected) -> dict[int, float]:
    return dict(zip(found.observations["year"], found.observations["value"]))


def test_a_new_unit_has_the_past_of_those_it_was_made_of_by_id_or_by_code(
    workspace: Workspace,
) -> None:
    found = collect(workspace, "new")
    assert history(found) == {2022: 1240, 2023: 1256, 2024: 1300}
    assert found.observations["basis"].tolist() == ["2024", "2024", "current"]
    assert set(found.observations["origin"]) == {"lineage!A2", "observations!C2"}
    assert history(collect(workspace, "other")) == {2022: 160, 2023: 164, 2024: 170}
    assert history(collect(workspace, "old-a")) == {2022: 1000, 2023: 1010}


def test_a_share_that_is_not_given_is_refused_with_its_cell_in_three_languages(
    workspace: Workspace,
) -> None:
    write_lineage(workspace.root, "old-a,new,2024,1", "old-b,new,2024,0.6", "old-b,other,2024,")
    found = collect(workspace, "other")
    assert history(found) == {2024: 170}
    row = findings_frame(found.findings, finding_texts(CATALOG)).iloc[-1]
    assert (row["rule"], row["severity"], row["cell"]) == ("CK-LINEAGE-SHARE", "error", "A3")
    assert all("old-b" in row[f"message_{lang}"] for lang in ("ky", "ru", "en"))
    assert all("1" in row[f"action_{lang}"] for lang in ("ky", "ru", "en"))


def test_a_row_that_cannot_be_read_is_said_to_the_units_it_names(workspace: Workspace) -> None:
    write_lineage(workspace.root, "old-a,new,20x4,1")
    assert [(one.rule, one.cell) for one in collect(workspace, "new").findings] == [
        ("IN-YEAR", "C2")]
    assert collect(workspace, "other").findings == []


def test_a_unit_that_has_gone_but_is_not_marked_as_closed_is_said(workspace: Workspace) -> None:
    passport = workspace.raw / "old-b" / "municipality.yaml"
    passport.write_text(passport.read_text(encoding="utf-8").replace("closed: true\n", ""),
                        encoding="utf-8")
    assert [one.text for one in collect(workspace, "old-b").findings] == ["CK-LINEAGE-OPEN"]


def test_prepared_figures_and_the_panel_hold_the_same_history(workspace: Workspace) -> None:
    ids = list_municipalities(workspace)
    assert prepare_places(workspace, ids, Console("ky"), panel=True, jobs=1) == 0
    stored = Store(workspace).read_observations("new")
    assert dict(zip(stored["year"], stored["value"])) == {2022: 1240, 2023: 1256, 2024: 1300}
    panel = (workspace.panel / PANEL).read_text(encoding="utf-8")
    assert "population.total,new,,2022,1240.0" in panel
    assert "old-a" not in panel


def test_what_changes_in_a_former_unit_changes_the_key_of_the_new_one(
    workspace: Workspace,
) -> None:
    assert list_forebears(workspace.raw, "new", CATALOG) == ["old-a", "old-b"]
    before = {name: input_key(workspace, name) for name in ("new", "old-a")}
    (workspace.raw / "old-b" / "observations.csv").write_text(
        "indicator,year,value\npopulation.total,2023,500\n", encoding="utf-8")
    assert input_key(workspace, "new") != before["new"]
    assert input_key(workspace, "old-a") == before["old-a"]


def test_a_changed_table_of_the_district_changes_the_key_of_its_members(
    workspace: Workspace,
) -> None:
    passport = workspace.raw / "other" / "municipality.yaml"
    passport.write_text(passport.read_text(encoding="utf-8") + "district: {id: d-x}\n",
                        encoding="utf-8")
    before = input_key(workspace, "other")
    table = workspace.raw / "district-x" / "observations.csv"
    table.parent.mkdir()
    table.write_text("indicator,year,value\npopulation.total,2023,9000\n", encoding="utf-8")
    assert input_key(workspace, "other") != before


def test_two_municipalities_with_one_code_are_both_told_of_the_other(workspace: Workspace) -> None:
    for name in ("new", "other"):
        passport = workspace.raw / name / "municipality.yaml"
        passport.write_text(passport.read_text(encoding="utf-8") + "soate: '41702200000002'\n",
                            encoding="utf-8")
    said = {name: [one for one in collect(workspace, name).findings if one.rule == "IN-SOATE-TWICE"]
            for name in FIGURES}
    assert [name for name, found in said.items() if found] == ["new", "other"]
    for name, other in (("new", "other"), ("other", "new")):
        (twin,) = said[name]
        assert_told(twin, "IN-SOATE-TWICE", "error", "municipality", "", "41702200000002", other,
                    "41702200000002")
