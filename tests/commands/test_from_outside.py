"""The new commands as a person calls them: exit codes and sentences, never a traceback."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from sedp_helpers.catalog.load import load_catalog
from sedp_helpers.cli import main
from sedp_helpers.models import LANGUAGES
from tests.conftest import write_place


@pytest.fixture
def call(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    """The command in a workspace of its own, in this process."""
    monkeypatch.setenv("SEDP_ROOT", str(tmp_path))

    def run(*words: str) -> Result:
        monkeypatch.setattr(sys, "argv", ["sedp", *words])
        return CliRunner().invoke(main, ["--root", str(tmp_path), *words])

    return run


def test_a_new_folder_is_made_refused_checked_and_marked(call, tmp_path: Path) -> None:
    made = call("new", "ak-suu", "--lang", "ru", "--years", "2017-2025")
    assert made.exit_code == 0 and "workbook.xlsx" in made.stderr and not made.stdout
    again = call("new", "ak-suu", "--lang", "en")
    assert again.exit_code == 1 and "exists" in again.stderr
    assert call("check", "ak-suu", "--mark", "--lang", "en").exit_code == 0
    assert (tmp_path / "data" / "raw" / "ak-suu" / "workbook (checked).xlsx").is_file()


def test_a_workbook_knows_its_municipality_and_says_when_it_lies_in_another_folder(
        call, tmp_path: Path) -> None:
    assert call("new", "ak-suu").exit_code == call("new", "kara-suu").exit_code == 0
    raw = tmp_path / "data" / "raw"
    assert "WB-PLACE" not in call("check", "ak-suu", "--format", "csv").stdout
    (raw / "ak-suu" / "workbook.xlsx").replace(raw / "kara-suu" / "workbook.xlsx")
    said = call("check", "kara-suu", "--format", "csv").stdout
    assert "WB-PLACE,warning" in said and "_meta,4,,B4,ak-suu" in said


@pytest.mark.parametrize(("words", "code"), [
    (("new", "ak-suu", "--years", "never"), 2), (("new", "../x"), 1), (("new",), 2),
    (("template", "a.pdf"), 2), (("template", "a.xlsx", "--for", "king"), 1),
    (("merge", "nobody", "a.xlsx"), 1), (("merge", "ak-suu"), 2), (("ask", "nobody"), 1),
    (("import", "opendata", "a.json"), 2), (("import", "magic", "a", "--to", "ak-suu"), 1),
    (("import", "opendata", "a.json", "--to", "nobody"), 1),
])
def test_a_wrong_call_is_a_sentence_with_its_exit_code(call, words: tuple, code: int) -> None:
    done = call(*words)
    assert done.exit_code == code and done.stderr.strip()
    assert done.exception is None or isinstance(done.exception, SystemExit)


def test_the_workspace_may_be_named_anywhere_on_the_line(tmp_path: Path) -> None:
    for words in (["new", "ak-suu", "--root", str(tmp_path)],
                  ["check", f"--root={tmp_path}", "ak-suu", "--lang", "en"]):
        done = CliRunner().invoke(main, words)
        assert done.exit_code == 0, done.output
    assert (tmp_path / "data" / "raw" / "ak-suu").is_dir()


@pytest.mark.parametrize(("words", "code"), [
    (("build", "nobody", "--plan"), 0), (("build", "--plan"), 2), (("check", "--all"), 1),
    (("build", "nobody"), 1), (("build", "--all", "--jobs", "-1"), 2),
    (("build", "--all", "--limit", "-1"), 2), (("sample", "--municipalities", "0"), 2),
])
def test_a_plan_is_always_well_and_wrong_numbers_are_usage_errors(call, words: tuple,
                                                                  code: int) -> None:
    done = call(*words)
    assert done.exit_code == code and done.stderr.strip()


def test_an_unknown_section_is_a_usage_error_with_the_known_ones(call, tmp_path: Path) -> None:
    write_place(tmp_path)
    done = call("build", "ak-suu", "--only", "peace", "--plan", "--lang", "en")
    assert done.exit_code == 2 and "population" in done.stderr


@pytest.mark.parametrize(("content", "said"), [
    ("unit,year\na,2021\n", "columns unit, year, value"), ("unit,year,value\na,2021,x\n", "row 2"),
    ("unit,year,value\na,2021,1\na,2021,2\n", "2021"), (None, "panel.csv"),
])
def test_a_panel_that_cannot_be_forecast_names_its_place(call, tmp_path: Path,
                                                         content: str | None, said: str) -> None:
    path = tmp_path / "panel.csv"
    if content is not None:
        path.write_text(content, encoding="utf-8")
    done = call("forecast", str(path), "--lang", "en")
    assert done.exit_code == 1 and said in done.stderr and not done.stdout


def test_a_panel_as_excel_saves_it_is_forecast(call, tmp_path: Path) -> None:
    path = tmp_path / "panel.csv"
    path.write_text("\ufeffunit;year;value\n007;2023;100\n007;2024;110,5\n", encoding="utf-8")
    done = call("forecast", str(path), "--horizon", "1", "--method", "last")
    assert done.exit_code == 0 and done.stdout.splitlines()[1].startswith("007,2025,110.5,")


def test_a_place_that_cannot_be_written_or_read_is_a_sentence(call, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    failed = call("template", str(tmp_path / "file" / "book.xlsx"), "--lang", "en")
    assert failed.exit_code == 1 and "could not be written" in failed.stderr


def test_a_file_that_may_not_be_read_is_a_sentence(
        call, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write_place(tmp_path)

    def refuse(path: Path) -> bytes:
        raise PermissionError(13, "Permission denied", str(path))

    monkeypatch.setattr(Path, "read_bytes", refuse)
    failed = call("ask", "ak-suu", "--lang", "en")
    assert failed.exit_code == 1 and "not permitted" in failed.stderr
    assert "could not be opened" in failed.stderr


def test_the_sentences_of_commands_have_the_same_keys_and_slots_in_every_language() -> None:
    texts = {lang: load_catalog().words("commands", lang) for lang in LANGUAGES}
    for lang in LANGUAGES:
        assert set(texts[lang]) == set(texts["ky"])
        for key, text in texts[lang].items():
            slots = sorted(part.partition("}")[0] for part in str(text).split("{")[1:])
            source = sorted(part.partition("}")[0] for part in str(texts["ky"][key]).split("{")[1:])
            assert slots == source, (lang, key)
