"""What lies in data/raw: the invented district, exactly as the generator makes it."""

from __future__ import annotations

import pytest

from sedp_helpers.errors import OutputError
from sedp_helpers.intake.collect import collect_folder
from sedp_helpers.paths import PROJECT
from sedp_helpers.samples import refuse_real, write_samples
from sedp_helpers.samples.defects import DEFECTS, find_row, spoil
from sedp_helpers.samples.folders import SampleFolder

RAW = PROJECT / "data" / "raw"
LARGEST = 400_000


def test_shipped_folders_are_what_the_generator_makes(shipped):
    for folder in shipped.values():
        for name, content in folder.files.items():
            assert (RAW / folder.id / name).read_bytes() == content, f"{folder.id}/{name}"
        if folder.id != "reference":
            lying = {path.relative_to(RAW / folder.id).as_posix()
                     for path in (RAW / folder.id).rglob("*") if path.is_file()}
            assert lying == set(folder.files)


def test_every_shipped_folder_is_small_and_marked_as_made_up(shipped):
    for folder in shipped.values():
        assert sum(map(len, folder.files.values())) <= LARGEST, folder.id
        passport = folder.files.get("municipality.yaml") or folder.files.get("district.yaml")
        assert folder.id == "reference" or b"sample: true" in passport


def test_demo_fills_every_table_of_the_catalogue(shipped, catalog, table):
    files = shipped["demo"].files
    wanted = {ident for ident, register in catalog.registers.items()
              if register.level in ("municipality", "both")}
    assert {f"{ident}.csv" for ident in wanted} <= set(files)
    assert all(len(table(shipped["demo"], f"{ident}.csv")) for ident in wanted)


def test_district_demo_fills_every_district_table(shipped, catalog, table):
    wanted = {ident for ident, register in catalog.registers.items()
              if register.level == "district"} | {"state_projects", "requests",
                                                  "higher_programmes"}
    for ident in wanted:
        assert len(table(shipped["district-demo"], f"{ident}.csv")), ident


def test_demo_texts_have_twins_in_russian_and_english(shipped, table):
    for name in ("plan", "problems", "proposals", "risks"):
        frame = table(shipped["demo"], f"{name}.csv")
        for twin in [column for column in frame if column.endswith(("_ru", "_en"))]:
            source = frame[twin[:-3]] != ""
            assert (frame.loc[source, twin] != "").all(), (name, twin)


def test_working_group_of_demo_meets_the_rules_on_sexes_and_executives(shipped, table):
    group = table(shipped["demo"], "working_group.csv").query("group == 'working'")
    assert 0.3 <= (group["sex"] == "f").mean() <= 0.7
    assert (group["body"] == "executive").mean() <= 0.5
    assert {"chair", "secretary", "data_specialist", "finance", "deputy"} <= set(group["role"])
    assert group["member"].str.fullmatch(r"\d+-мүчө").all()


def read_rows(folder):
    lines = folder.files["observations.csv"].decode("utf-8").splitlines()[1:]
    return [line.split(",") for line in lines]


@pytest.mark.parametrize("name", DEFECTS)
def test_every_defect_changes_a_clean_table(shipped, name):
    clean = read_rows(shipped["demo"])
    rows = [row.copy() for row in clean]
    DEFECTS[name](rows)
    assert rows != clean


def test_seeded_defects_are_really_in_the_shipped_files(shipped, table):
    frame = table(shipped["demo-chyrpyk-sai"])
    plain = frame[(frame[["sex", "age", "village", "item"]] == "").all(axis=1)]
    people = frame[(frame["indicator"] == "population.total") & (frame["year"] == "2023")]
    total = int(people.loc[people.index.isin(plain.index), "value"].item())
    sexes = people[(people["sex"] != "") & (people["age"] == "") & (people["village"] == "")]
    assert total - sexes["value"].astype(int).sum() == 207
    collected = frame[frame["indicator"] == "services.collected"].set_index(["year", "item"])
    assert (collected.loc["2021", "value"] == collected.loc["2020", "value"]).all()
    tax = frame[(frame["indicator"] == "budget.revenue") & (frame["item"] == "land_tax")]
    tax = tax.set_index("year")["value"].astype(float)
    assert 700 < tax["2020"] / tax["2021"] < 1_200
    assert {"1,313", "-24", "жүз элүү"} <= set(plain["value"])
    assert "v99" in set(frame["village"]) and "05.сен" in set(frame["age"])
    assert len(plain.query("indicator == 'economy.wage' and year == '2023'")) == 2


def test_the_intake_finds_the_defects_it_is_responsible_for(catalog):
    found = {f.rule for f in collect_folder(RAW / "demo-chyrpyk-sai", catalog).findings
             if f.severity == "error"}
    assert {"IN-AMBIGUOUS", "IN-NEGATIVE", "IN-NUM", "IN-AGE-DATE", "IN-VILLAGE", "IN-INDICATOR",
            "IN-CONFLICT", "IN-STATUS-VALUE"} <= found


def test_spoiling_leaves_the_other_files_alone():
    rows = ["indicator,year,value,sex,age,village,item,status,source,note"]
    with pytest.raises(KeyError, match="2023"):
        spoil({"observations.csv": ("\n".join(rows) + "\n").encode()})
    with pytest.raises(KeyError):
        find_row([["a", "2020", "1", "", "", "", ""]], "a", "2021")


def test_sparse_and_empty_neighbours_are_thin(shipped, catalog):
    sparse = collect_folder(RAW / "demo-bulut-bel", catalog)
    assert 10 < len(sparse.observations) < 60
    assert sorted(set(sparse.observations["year"])) == [2018, 2019, 2022, 2024]
    assert set(shipped["demo-asman-kyr"].files) == {"municipality.yaml"}


@pytest.mark.parametrize("passport", [
    "id: real\nname: {ky: Чыныгы}\nbase_year: 2024\n",
    "id: real\nname: {ky: Чыныгы}\nbase_year: 2024\nsample: false\n",
    "not: [a passport",
    None,
])
def test_samples_are_never_written_beside_a_real_or_unreadable_municipality(tmp_path, passport):
    folder = tmp_path / "data" / "raw" / "real"
    folder.mkdir(parents=True)
    if passport is None:
        (folder / "workbook.xlsx").write_bytes(b"PK")
    else:
        (folder / "municipality.yaml").write_text(passport, encoding="utf-8")
    with pytest.raises(OutputError) as refused:
        write_samples(tmp_path, [SampleFolder("new", {"municipality.yaml": b"id: new\n"})])
    assert refused.value.key == "sample_refused"
    assert not (folder.parent / "new").exists()


def test_samples_may_be_written_again_over_samples(tmp_path, shipped):
    told: list[str] = []
    for _ in range(2):
        assert write_samples(tmp_path, shipped.values(), report=told.append) == 8
    assert len(told) == 2 * (8 + 2)
    refuse_real(tmp_path / "data" / "raw")


def test_readme_of_raw_data_is_short_and_names_every_folder_kind():
    text = (RAW / "README.md").read_text(encoding="utf-8")
    assert len(text.splitlines()) <= 15
    for word in ("demo-chyrpyk-sai", "demo-bulut-bel", "demo-asman-kyr", "kara-suu", "handbook-"):
        assert word in text
