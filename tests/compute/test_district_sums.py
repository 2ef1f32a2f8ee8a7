"""The district a place is compared with, where only its members have given figures."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pandas as pd
import pytest

from sedp_helpers.analysis import location_quotient, shift_share
from sedp_helpers.commands.prepare import prepare_places
from sedp_helpers.compute.district_sums import FACT_COLUMNS, complete_district, sum_members
from sedp_helpers.console import Console
from sedp_helpers.paths import Workspace
from sedp_helpers.prepare import find_prepared, input_key
from tests.conftest import PASSPORT, write_place

OUTPUT, SECTORS = "economy.output", ("agriculture", "trade")
PLACES = {"ak-suu": [(60, 40), (70, 45)], "kok-suu": [(10, 30), (15, 30)],
          "kyzyl-suu": [(5, 5), (6, 9)]}


def write_workspace(root: Path, members: str, *, skip: Sequence[tuple[str, int, str]] = (),
                    samples: Sequence[str] = ()) -> Workspace:
    for ident, years in PLACES.items():
        rows = [[OUTPUT, str(2023 + place), str(value), "", "", "", sector, "", "", ""]
                for place, pair in enumerate(years) for sector, value in zip(SECTORS, pair)
                if (ident, 2023 + place, sector) not in skip]
        mark = "sample: true\n" if ident in samples else ""
        write_place(root, ident, rows, PASSPORT + mark)
    reference = root / "data" / "raw" / "reference"
    reference.mkdir()
    (reference / "districts.csv").write_text(
        f"id,oblast,name_ky,name_ru,name_en,members\nd-ak-talaa,o-naryn,Ак-Талаа,,,{members}\n",
        encoding="utf-8")
    return Workspace(root)


def prepare(workspace: Workspace) -> pd.DataFrame:
    assert prepare_places(workspace, list(PLACES), Console("ky"), panel=True, jobs=1) == 0
    table = pd.read_csv(workspace.processed / "ak-suu" / "results.csv", dtype={"year": str})
    return table[table["method"] == "output:district"]


def pick(results: pd.DataFrame, ident: str, year: int) -> pd.Series:
    mine = results[(results["result"] == ident) & (results["year"] == str(year))]
    return mine.assign(item=mine["item"].fillna("total")).set_index("item")["value"]


def series(ident: str, year: int) -> pd.Series:
    return pd.Series(PLACES[ident][year - 2023], index=list(SECTORS), dtype=float)


def test_a_place_is_compared_with_the_sum_of_all_members_of_its_district(tmp_path: Path) -> None:
    results = prepare(write_workspace(tmp_path, "3"))
    whole = {year: sum(series(ident, year) for ident in PLACES) for year in (2023, 2024)}
    for year in (2023, 2024):
        expected = location_quotient(series("ak-suu", year), whole[year])
        found = pick(results, "economy.location_quotient", year)
        assert found.to_dict() == pytest.approx(expected.to_dict(), rel=1e-12)
    parts = shift_share(series("ak-suu", 2023), series("ak-suu", 2024), whole[2023], whole[2024])
    for name in ("national", "mix", "local"):
        found = pick(results, f"economy.shift_share_{name}", 2024)
        assert found.to_dict() == pytest.approx(parts[name].to_dict(), rel=1e-12)


@pytest.mark.parametrize(
    ("members", "samples"),
    [pytest.param("4", (), id="a member has no folder"),
     pytest.param("", (), id="nobody says how many members there are"),
     pytest.param("3", ("kyzyl-suu",), id="one of them is a sample")])
def test_without_all_members_there_is_no_district_to_compare_with(
    tmp_path: Path, members: str, samples: Sequence[str]
) -> None:
    results = prepare(write_workspace(tmp_path, members, samples=samples))
    assert results["value"].isna().all()


def test_a_sector_that_one_member_does_not_state_makes_the_year_of_the_district_unknown(
    tmp_path: Path,
) -> None:
    gap = [("kok-suu", 2024, "trade")]
    results = prepare(write_workspace(tmp_path, "3", skip=gap))
    assert pick(results, "economy.location_quotient", 2023).notna().all()
    lost = results[(results["result"] == "economy.location_quotient") & (results["year"] == "2024")]
    assert lost["value"].isna().all()
    assert set(lost["missing"]) == {"district:economy.output"}


def test_what_the_district_gave_itself_is_kept_and_changing_it_makes_the_results_stale(
    tmp_path: Path,
) -> None:
    workspace = write_workspace(tmp_path, "3")
    prepare(workspace)
    folder = workspace.raw / "district-ak-talaa"
    folder.mkdir()
    rows = "".join(f"{OUTPUT},2024,{value},{sector}\n" for sector, value in
                   zip(SECTORS, (700, 300)))
    (folder / "observations.csv").write_text("indicator,year,value,item\n" + rows,
                                             encoding="utf-8")
    assert find_prepared(workspace, "ak-suu", input_key(workspace, "ak-suu")) is None
    found = pick(prepare(workspace), "economy.location_quotient", 2024)
    given = pd.Series([700.0, 300.0], index=list(SECTORS))
    assert found.to_dict() == pytest.approx(
        location_quotient(series("ak-suu", 2024), given).to_dict(), rel=1e-12)


def test_an_incomplete_sum_adds_no_sector_to_those_the_district_names() -> None:
    def frame(*rows: tuple[str, float, str]) -> pd.DataFrame:
        return pd.DataFrame([[OUTPUT, 2024, "", "", "", *row] for row in rows],
                            columns=FACT_COLUMNS)

    given = frame(("agriculture", 10.0, "A"), ("trade", float("nan"), "O"))
    sums = frame(("agriculture", 99.0, "A"), ("trade", 5.0, "E"), ("public", float("nan"), "O"))
    found = complete_district(given, sums)
    assert found["item"].tolist() == ["agriculture", "trade", "trade"]
    assert found["value"].iloc[[0, 2]].tolist() == [10.0, 5.0]


def test_the_revenue_of_local_budgets_is_never_summed() -> None:
    rows = pd.DataFrame({"indicator": "budget.revenue", "unit": ["a", "b"], "item": "",
                         "year": 2024, "value": 1.0, "status": "A"})
    assert sum_members(rows, 2).empty
