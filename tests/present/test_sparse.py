"""A table with more than half its cells missing is told as a list of what is missing and where."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from sedp_helpers.blocks import Box, Cell, Column, Fold, Heading, Listing, Table, make_band
from sedp_helpers.catalog.load import load_catalog
from sedp_helpers.facade import open_section
from sedp_helpers.paths import PROJECT
from sedp_helpers.present.sparse import drop_repeated, is_sparse, list_sparse

LABELS = load_catalog().words("furniture", "en")["labels"]
HOLE = Cell("…", status="O")
KNOWN = Cell("12", 12.0, "budget.revenue|2024|||||observed")


def make_table(*rows: tuple[Cell, ...], whence: tuple[str, ...] = ("ask the office",)) -> Table:
    columns = tuple(Column(name) for name in ("Name", "2023", "2024", "Who"))[:len(rows[0])]
    return Table("A table", columns, rows, whence=whence)


def lines(listing: Listing) -> list[str]:
    return ["".join(span.text for span in item) for item in listing.items]


def missing(blocks: list, title: str = LABELS["missing"]) -> list[str]:
    [box] = [block for block in blocks if isinstance(block, Box)]
    assert (box.role, box.title) == ("missing", title)
    return lines(box.blocks[0])


def test_half_missing_stays_a_table_and_one_more_hole_makes_it_a_list():
    half = make_table((Cell("Roads"), KNOWN, HOLE), (Cell("Water"), HOLE, KNOWN))
    more = make_table((Cell("Roads"), KNOWN, HOLE), (Cell("Water"), HOLE, HOLE))
    assert list_sparse([half], LABELS) == [half]
    assert not any(isinstance(block, Table) for block in list_sparse([more], LABELS))


def test_what_is_known_stays_with_its_key_and_what_is_missing_names_its_source():
    blocks = list_sparse([make_table((Cell("Roads"), KNOWN, HOLE, HOLE),
                                     (Cell("Water"), HOLE, HOLE, HOLE))], LABELS)
    [known] = [block for block in blocks if isinstance(block, Listing)]
    assert lines(known) == ["Roads — 2023: 12", "Water"]
    assert KNOWN.key in {span.key for item in known.items for span in item}
    assert missing(blocks) == ["2024, Who — ask the office", "2023: Water — ask the office"]


def test_each_row_has_its_own_source_and_two_columns_need_no_heads():
    table = make_table((Cell("Area"), HOLE), (Cell("Centre"), HOLE), (Cell("Oblast"), Cell("Osh")),
                       whence=("land office", "fill in the sheet", ""))
    assert missing(list_sparse([table], LABELS)) == [
        "Area — land office", "Centre — fill in the sheet"]


def test_rows_with_the_same_holes_and_source_are_named_together():
    table = make_table((Cell("Area"), HOLE), (Cell("Plots"), HOLE), whence=("land office",) * 2)
    assert missing(list_sparse([table], LABELS)) == ["2023 — land office"]
    wide = make_table(*[(Cell(name), HOLE, KNOWN, HOLE) for name in ("Area", "Plots")],
                      (Cell("Dumps"), KNOWN, HOLE, HOLE), (Cell("Roads"), HOLE, HOLE, HOLE))
    assert missing(list_sparse([wide], LABELS)) == [
        "Who — ask the office", "2023: Area; Plots — ask the office",
        "2024: Dumps — ask the office", "2023, 2024: Roads — ask the office"]


def test_a_band_heads_its_rows_and_a_row_is_named_by_its_first_known_cell():
    table = make_table(make_band("Goal: water", 4), (HOLE, Cell("A pipe"), HOLE, HOLE),
                       make_band("Goal: roads", 4), (HOLE, Cell("A road"), HOLE, HOLE))
    blocks = list_sparse([table], LABELS)
    assert [lines(block) for block in blocks if isinstance(block, Listing)] == [
        ["A pipe"], ["A road"]]
    assert missing(blocks) == ["Name, 2024, Who — ask the office"]


@pytest.mark.parametrize("status", ["Q", "M"])
def test_what_is_hidden_or_cannot_exist_is_no_hole(status):
    assert not is_sparse(make_table((Cell("Orphans"), Cell("…", status=status), KNOWN)))


def test_tables_in_folds_are_told_as_lists_too():
    sparse = make_table((Cell("Roads"), HOLE))
    [fold] = list_sparse([Fold("More", (sparse,))], LABELS)
    assert isinstance(fold, Fold) and not any(isinstance(b, Table) for b in fold.blocks)


def test_a_list_in_a_fold_does_not_repeat_the_title_of_the_fold():
    sparse = make_table((Cell("Roads"), HOLE))
    [fold] = list_sparse([Fold(sparse.caption, (sparse,))], LABELS)
    assert not any(isinstance(block, Heading) for block in fold.blocks)


@pytest.fixture(scope="module")
def little(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A workspace with Kara-Suu alone."""
    root = tmp_path_factory.mktemp("little")
    shutil.copytree(PROJECT / "data" / "raw" / "kara-suu", root / "data" / "raw" / "kara-suu")
    return root


@pytest.mark.parametrize("language", ["ky", "ru", "en"])
def test_the_plan_of_a_place_with_little_data_says_what_is_missing(little, monkeypatch, language):
    monkeypatch.setenv("SEDP_ROOT", str(little))
    [fold] = open_section("plan", "kara-suu", language).part("plan_table").blocks
    assert isinstance(fold, Fold)
    blocks = fold.blocks
    assert not any(isinstance(block, Table) for block in blocks)
    labels = load_catalog().words("furniture", language)["labels"]
    everywhere = missing(list(blocks), labels["missing"])[0]
    name = load_catalog().registers["plan"].name.get(language)
    assert everywhere.endswith(labels["fill_sheet"].format(name=name, sheet="plan"))


@pytest.mark.parametrize("language", ["ky", "ru", "en"])
def test_a_rule_that_many_measures_break_is_told_once_with_their_names(little, monkeypatch,
                                                                      language):
    monkeypatch.setenv("SEDP_ROOT", str(little))
    section = open_section("plan", "kara-suu", language)
    [_, listing] = section.caveats().blocks
    [told] = [line for line in lines(listing) if line == section.desk.tell_rule("R-73")]
    names = [name for name in section.desk.measure_names.values() if name in told]
    assert len(names) == 3 and "m01" not in told and "10 (" in told


def test_a_heading_that_the_title_under_it_repeats_is_left_out():
    table, note = make_table((Cell("Roads"), KNOWN, KNOWN)), Listing(())
    assert drop_repeated([Heading(2, "A table"), table]) == [table]
    assert drop_repeated([Heading(2, "Money"), Heading(3, "Money"), note]) == [
        Heading(2, "Money"), note]
    others = [Heading(2, "Other"), table, Heading(2, "A table"), note, table]
    assert drop_repeated(others) == others
