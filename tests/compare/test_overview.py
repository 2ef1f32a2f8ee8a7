"""The overview: one row per programme, two pages, samples apart, and quickly."""

from __future__ import annotations

import json
import time
from io import BytesIO
from pathlib import Path

import openpyxl
import pypdf
import pytest

from sedp_helpers.analysis.methods_single import SINGLE_METHODS
from sedp_helpers.catalog.load import load_catalog
from sedp_helpers.commands.overview import make_paper, write_overview
from sedp_helpers.commands.overview_rows import Rows
from sedp_helpers.commands.overview_tables import Overview
from sedp_helpers.compare.overview import (
    Programme,
    count_measures,
    find_identical,
    list_stragglers,
    split_kinds,
    summarise,
)
from sedp_helpers.models import Municipality, Text
from sedp_helpers.paths import Workspace

HEAD = (
    "section,result,year,value,lower_80,upper_80,lower_95,upper_95,unit,sex,age,village,item,"
    "status,method,inputs,missing,rule\n"
)
RESULTS = HEAD + "".join(
    f"{row}\n"
    for row in (
        "population,population.total,2024,700.0,,,,,person,f,,,,A,observed,,,",
        "population,population.total,2024,1500.0,,,,,person,,,,,A,observed,,,",
        "general,quality.filled,2024,30.0,,,,,unit,,,,population,A,,,,",
        "general,quality.expected,2024,40.0,,,,,unit,,,,population,A,,,,",
        "plan,plan.cost,,1000.0,,,,,som,,,,,A,,,,",
        "plan,plan.funded,,250.0,,,,,som,,,,,A,,,,",
        "plan,plan.gap,,,,,,,som,,,,,O,,,plan.cost,",
    )
)


def write_place(
    root: Path, ident: str, *, sample: bool = False, oblast: int = 1, results: str = RESULTS
) -> None:
    place = Municipality(
        id=ident,
        name=Text(ky=f"Айыл {ident}"),
        base_year=2024,
        sample=sample,
        oblast={"id": f"o{oblast}", "name": {"ky": f"Облус {oblast}"}},
    )
    raw, done = root / "data" / "raw" / ident, root / "data" / "processed" / ident
    raw.mkdir(parents=True)
    done.mkdir(parents=True)
    mark = {"municipality": place.model_dump(mode="json"), "counts": {"error": 2, "warning": 1}}
    (done / "prepared.json").write_text(json.dumps(mark), encoding="utf-8")
    (done / "results.csv").write_text(results, encoding="utf-8")


@pytest.fixture(scope="module")
def country(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, float]:
    root = tmp_path_factory.mktemp("country")
    for number in range(264):
        write_place(root, f"m{number:03d}", oblast=number % 9)
    write_place(root, "demo", sample=True)
    started = time.monotonic()
    write_overview(Workspace(root))
    return root / "reports" / "overview" / "ky", time.monotonic() - started


def test_264_rows_are_written_in_under_ten_seconds(country: tuple[Path, float]) -> None:
    folder, seconds = country
    book = openpyxl.load_workbook(folder / "overview.xlsx")
    sheet = book.worksheets[1]
    names = [
        cell.value
        for row in sheet.iter_rows()
        for cell in row
        if isinstance(cell.value, str) and cell.value.startswith("Айыл m")
    ]
    assert len(names) == len(set(names)) == 264
    assert seconds < 10


def test_the_paper_has_exactly_two_pages_however_many_there_are(
    country: tuple[Path, float], tmp_path: Path
) -> None:
    folder, _ = country
    assert len(pypdf.PdfReader(folder / "overview.pdf").pages) == 2
    for number in range(3):
        write_place(tmp_path, f"x{number}")
    write_overview(Workspace(tmp_path), tmp_path / "out", ("ru",))
    content = (tmp_path / "out" / "ru" / "overview.pdf").read_bytes()
    assert len(pypdf.PdfReader(BytesIO(content)).pages) == 2


def test_samples_stand_on_a_sheet_of_their_own(country: tuple[Path, float]) -> None:
    book = openpyxl.load_workbook(country[0] / "overview.xlsx")
    texts = [{str(cell.value) for row in sheet.iter_rows() for cell in row} for sheet in book]
    assert "Айыл demo" in texts[2] and "Айыл demo" not in texts[1]


def test_a_missing_number_is_a_gap_and_never_zero(tmp_path: Path) -> None:
    write_place(tmp_path, "x", results=HEAD)
    write_overview(Workspace(tmp_path))
    book = openpyxl.load_workbook(tmp_path / "reports" / "overview" / "ky" / "overview.xlsx")
    values = [cell.value for row in book.worksheets[1].iter_rows() for cell in row]
    assert "…" in values and 0 not in values


def test_an_empty_workspace_says_so_and_does_not_fail(tmp_path: Path) -> None:
    (tmp_path / "data" / "raw").mkdir(parents=True)
    assert len(write_overview(Workspace(tmp_path), None, ("en",))) == 2


def test_the_total_is_read_past_the_rows_of_its_parts() -> None:
    rows = Rows(RESULTS.encode(), 2024, [("population.total", False), ("population.births", False)])
    assert rows.find("population.total", 2024) == 1500
    assert rows.find("plan.cost") == 1000 and rows.find("plan.gap") is None
    assert rows.list_items("quality.filled", 2024) == [30.0]
    assert rows.share_must(2024) == 50.0
    empty = Rows(b"", 2024, [("population.total", False)])
    assert empty.find("plan.cost") is None and empty.share_must(2024) is None


def make(ident: str, **fields: object) -> Programme:
    return Programme(ident, ident, "", "", "draft", 2024, False, **fields)  # type: ignore


def test_the_least_complete_come_first_and_unknown_before_known() -> None:
    found = [make("a", filled=5, expected=10), make("b"), make("c", filled=1, expected=10)]
    assert [p.id for p in list_stragglers(found, 2)] == ["b", "c"]


def test_a_complete_programme_without_errors_is_no_straggler_and_all_of_them_are_told_so() -> None:
    whole = {"filled": 10, "expected": 10}
    found = [make("a", **whole), make("b", **whole, errors=2)]
    assert [p.id for p in list_stragglers(found, 5)] == ["b"]
    for language in ("ky", "ru", "en"):
        words = load_catalog().words("district", language)["overview"]
        told = str(make_paper([make("a", **whole)], language, sample=False).sections)
        assert words["complete"] in told and words["stragglers"] not in told


def test_summaries_count_and_never_add_money() -> None:
    summary = summarise(
        [
            make("a", filled=5, expected=10, cost=7.0, measures=3),
            make("b", filled=9, expected=10),
            make("c"),
        ]
    )
    assert (summary.programmes, summary.with_plan, summary.filled_median) == (3, 1, 70.0)
    assert not any(name in vars(summary) for name in ("cost", "funded", "gap", "revenue"))
    assert summarise([make("c")]).filled_median is None


def test_kinds_are_split() -> None:
    sample = Programme("s", "s", "", "", "draft", 2024, True)
    assert split_kinds([sample, make("a")]) == ([make("a")], [sample])


def test_measures_are_counted_by_goal_and_group_and_the_same_words_are_found() -> None:
    first = make(
        "a",
        plan=({"goal": "Clean water", "groups": "women; youth", "measure": "Repair the pipe."},),
    )
    second = make(
        "b",
        plan=(
            {"goal": "clean  water", "groups": "women", "measure": "repair the pipe"},
            {"goal": "Roads", "measure": "Build a bridge"},
        ),
    )
    goals = count_measures([first, second], "goal")
    assert [(one.key, one.measures, one.ids) for one in goals] == [
        ("Clean water", 2, ("a", "b")),
        ("Roads", 1, ("b",)),
    ]
    assert {one.key: one.measures for one in count_measures([first, second], "groups")} == {
        "women": 2,
        "youth": 1,
    }
    (same,) = find_identical([first, second])
    assert (same.key, same.ids) == ("Repair the pipe.", ("a", "b"))


@pytest.mark.parametrize("language", ["ky", "ru", "en"])
def test_a_known_group_is_told_by_its_name_and_another_as_it_was_typed(language: str) -> None:
    plan = ({"id": "m1", "groups": "women"}, {"id": "m2", "groups": "beekeepers"})
    table = Overview(language).tabulate_counts([make("a", plan=plan)], "group")
    assert {row[0].text for row in table.rows} == {
        load_catalog().words("hearing", language)["groups"]["women"],
        "beekeepers",
    }


@pytest.mark.parametrize("language", ["ky", "ru", "en"])
def test_every_method_that_can_make_a_forecast_has_a_name(language: str) -> None:
    names = load_catalog().words("district", language)["forecast_methods"]
    assert set(names) == {*SINGLE_METHODS, "pooled"}
    assert all(name.strip() for name in names.values())
