"""Preparing many municipalities: what is written, what is left as it is, what is said."""

import errno
import json
from pathlib import Path
from types import ModuleType

import pytest

from sedp_helpers import panel
from sedp_helpers import prepare as preparing
from sedp_helpers.catalog.load import Catalog
from sedp_helpers.commands import check as checking
from sedp_helpers.commands.prepare import prepare_places
from sedp_helpers.console import Console
from sedp_helpers.errors import InputError
from sedp_helpers.intake.collect import Collected
from sedp_helpers.panel import hash_panel, write_panel
from sedp_helpers.paths import Workspace
from sedp_helpers.prepare import find_prepared, input_key, list_municipalities

PLACES = 10
ROWS = "indicator,year,value\n" + "".join(
    f"population.total,{year},{4000 + 30 * (year - 2015)}\n" for year in range(2015, 2025))


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    for number in range(PLACES):
        folder = tmp_path / "data" / "raw" / f"m{number}"
        folder.mkdir(parents=True)
        folder.joinpath("municipality.yaml").write_text(
            f"id: m{number}\nname:\n  ky: Айыл {number}\nbase_year: 2024\n", encoding="utf-8")
        folder.joinpath("observations.csv").write_text(
            ROWS.replace(",41", f",4{number}"), encoding="utf-8")
    return Workspace(tmp_path)


def prepare(workspace: Workspace, ids: list[str], **options: bool) -> int:
    return prepare_places(workspace, ids, Console("ky"), jobs=1, **options)


def stored(workspace: Workspace, name: str) -> set[str]:
    return {path.name for path in (workspace.processed / name).glob("*")}


def test_without_results_observations_and_findings_are_written_and_nothing_is_marked_done(
    workspace: Workspace,
) -> None:
    assert prepare(workspace, ["m1"], results=False) == 0
    assert {"observations.csv", "findings.csv"} <= stored(workspace, "m1")
    assert not {"results.csv", "prepared.json"} & stored(workspace, "m1")
    assert not workspace.panel.exists()


def test_results_of_older_inputs_are_taken_away_and_those_of_the_same_inputs_stay(
    workspace: Workspace,
) -> None:
    prepare(workspace, ["m1", "m2"])
    raw = workspace.raw / "m1" / "observations.csv"
    raw.write_text(raw.read_text(encoding="utf-8") + "population.births,2024,60\n",
                   encoding="utf-8")
    prepare(workspace, ["m1", "m2"], results=False, force=True)
    assert "results.csv" not in stored(workspace, "m1")
    assert "results.csv" in stored(workspace, "m2")


def test_nothing_is_written_again_where_nothing_changed(workspace: Workspace) -> None:
    ids = list_municipalities(workspace)
    prepare(workspace, ids, panel=True)
    before = {path: path.stat().st_mtime_ns for path in workspace.processed.rglob("*.csv")}
    prepare(workspace, ids, panel=True)
    assert before == {path: path.stat().st_mtime_ns for path in before}


def test_a_touched_file_changes_nothing_and_a_changed_one_changes_everybody_who_is_compared(
    workspace: Workspace,
) -> None:
    ids = list_municipalities(workspace)
    prepare(workspace, ids, panel=True)
    raw = workspace.raw / "m1" / "observations.csv"
    raw.touch()
    assert find_prepared(workspace, "m1", input_key(workspace, "m1")) is not None
    raw.write_text(ROWS.replace("4000", "9000") + "population.total,2014,3900\n",
                   encoding="utf-8")
    write_panel(workspace, ids, jobs=1)
    assert find_prepared(workspace, "m2", input_key(workspace, "m2")) is None


def test_results_do_not_depend_on_whether_the_forecasts_of_the_panel_are_stored(
    workspace: Workspace,
) -> None:
    ids = list_municipalities(workspace)
    prepare(workspace, ids, panel=True)
    target = workspace.processed / "m3" / "results.csv"
    looked_up = target.read_bytes()
    assert b"recommended:" in looked_up and len(hash_panel(workspace)["forecasts.csv"]) == 64
    record = workspace.panel / ".made_from.json"
    record.write_text(json.dumps({**json.loads(record.read_text()), "forecasts": "other"}))
    prepare(workspace, ["m3"], force=True)
    assert target.read_bytes() == looked_up


def test_a_folder_without_a_passport_is_said_and_the_others_are_prepared(
    workspace: Workspace, capsys: pytest.CaptureFixture[str]
) -> None:
    (workspace.raw / "m4" / "municipality.yaml").unlink()
    assert prepare(workspace, ["m4", "m5"]) == 1
    assert "results.csv" in stored(workspace, "m5")
    assert "m4" in "".join(capsys.readouterr())


# ---- one municipality's trouble stays its own ----------------------------------------------
def break_one(monkeypatch: pytest.MonkeyPatch, module: ModuleType, error: Exception) -> None:
    """Let collecting m3 fail as nobody thought of."""
    whole = module.collect_place

    def collect(folder: Path, catalog: Catalog) -> Collected:
        if folder.name == "m3":
            raise error
        return whole(folder, catalog)

    monkeypatch.setattr(module, "collect_place", collect)


@pytest.mark.parametrize(("error", "said"), [
    pytest.param(ZeroDivisionError("nobody thought of it"), "trouble.log", id="bug"),
    pytest.param(PermissionError(13, "no access", "observations.csv"), "observations.csv",
                 id="file held by another program"),
    pytest.param(InputError("no"), "no", id="user"),
])
def test_what_stops_one_municipality_is_told_and_the_others_are_prepared(
    workspace: Workspace, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str],
    error: Exception, said: str,
) -> None:
    for module in (preparing, panel):
        break_one(monkeypatch, module, error)
    ids = list_municipalities(workspace)
    assert prepare(workspace, ids, panel=True) == 1
    assert all("results.csv" in stored(workspace, name) for name in ids if name != "m3")
    told = [line for line in capsys.readouterr().err.splitlines() if line.startswith("m3")]
    assert len(told) == 1 and said in told[0] and "Traceback" not in told[0]


def test_a_bug_leaves_its_whole_story_in_a_file(
    workspace: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    break_one(monkeypatch, preparing, ZeroDivisionError("nobody thought of it"))
    assert prepare(workspace, ["m3", "m4"]) == 1
    story = (workspace.processed / "m3" / "trouble.log").read_text(encoding="utf-8")
    assert "Traceback" in story and "nobody thought of it" in story
    monkeypatch.undo()
    assert prepare(workspace, ["m3"]) == 0
    assert "trouble.log" not in stored(workspace, "m3")


def test_checking_goes_on_after_a_municipality_that_cannot_be_checked(
    workspace: Workspace, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str],
) -> None:
    break_one(monkeypatch, checking, ZeroDivisionError("nobody thought of it"))
    monkeypatch.setattr("sedp_helpers.parallel.os.cpu_count", lambda: 1)
    assert checking.check_places(workspace, ["m3", "m4"], "csv", Console("ky")) == 1
    out, err = capsys.readouterr()
    assert "m4," in out and "m3," not in out
    assert "m3: " in err


def test_a_folder_whose_name_is_no_id_stops_nobody_else(
    workspace: Workspace, capsys: pytest.CaptureFixture[str]
) -> None:
    (workspace.raw / "m1").rename(workspace.raw / "con")
    ids = preparing.select(workspace, (), everything=True)
    assert prepare(workspace, ids, panel=True) == 1
    assert "results.csv" in stored(workspace, "m2")
    assert [line for line in capsys.readouterr().err.splitlines() if line.startswith("con: ")]
    with pytest.raises(InputError):
        preparing.select(workspace, ("con",))


@pytest.mark.parametrize(("name", "content", "why"), [
    ("workbook.xlsx", b"PK\x03\x04 and then nothing", "файл бузулган"),
    ("workbook.xlsx", b"%PDF-1.7 renamed", "PDF"),
    ("observations.csv", "indicator,year,value,note\npopulation.total,2024,5,Ысык\n"
                         .encode("cp1251"), "Windows-1251"),
    ("observations.csv", b"", "бош"),
    ("observations.csv", b"indicator\tyear\tvalue\n", "«observations»"),
])
def test_a_municipality_whose_workbook_or_table_is_refused_was_not_read_also_the_second_time(
    workspace: Workspace, capsys: pytest.CaptureFixture[str], name: str, content: bytes, why: str,
) -> None:
    workspace.raw.joinpath("m1", name).write_bytes(content)
    for _ in range(2):
        assert prepare(workspace, ["m1", "m2"]) == 1
        said = capsys.readouterr().err.splitlines()
        assert said[0].startswith("m1: окулган жок — ") and why in said[0]
        assert said[1].startswith("m2: ") and "окулган жок" not in said[1]
    assert "results.csv" in stored(workspace, "m1")  # what could be read is there all the same


def test_a_wrong_cell_is_no_file_that_could_not_be_read(workspace: Workspace) -> None:
    with workspace.raw.joinpath("m1", "observations.csv").open("a", encoding="utf-8") as table:
        table.write("population.births,2024,many\n")
    assert prepare(workspace, ["m1"]) == 0


@pytest.mark.parametrize(("language", "begins", "why"), [
    ("ky", "m1: аягына чыккан жок — ", "дискте бош орун калган жок"),
    ("ru", "m1: ", "на диске не осталось места"), ("en", "m1: ", "no space is left on the disk")])
def test_a_full_disk_is_said_in_the_language_and_is_no_file_that_could_not_be_read(
    workspace: Workspace, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str],
    language: str, begins: str, why: str,
) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr("sedp_helpers.files.tempfile.mkstemp", refuse)
    assert prepare_places(workspace, ["m1"], Console(language), jobs=1) == 1
    said = capsys.readouterr().err
    assert said.startswith(begins) and why in said and "m1" in said.partition(why)[0]
    assert "No space" not in said and "Traceback" not in said
