"""The start page works without a browser: words, commands, what it finds."""

from __future__ import annotations

import sys
from pathlib import Path

from sedp_helpers.paths import Workspace
from sedp_helpers.widgets.start import StartPage, find_report, run_command


def make_workspace(root: Path) -> Workspace:
    folder = root / "data" / "raw" / "ak-suu"
    folder.mkdir(parents=True)
    (folder / "municipality.yaml").write_text(
        "format: 1\nid: ak-suu\nname: {ky: Ак-Суу, ru: Ак-Суу, en: Ak-Suu}\nbase_year: 2024\n",
        encoding="utf-8")
    return Workspace(root)


def test_the_page_lists_municipalities_and_speaks_the_chosen_language(tmp_path: Path) -> None:
    page = StartPage(make_workspace(tmp_path))
    assert page.place.options == ("ak-suu",)
    assert page.buttons["check"].description == "Текшерүү"
    page.language.value = "en"
    assert page.buttons["build"].description == "Build report"


def test_opening_before_building_says_what_to_do(tmp_path: Path) -> None:
    page = StartPage(make_workspace(tmp_path))
    page.open()
    assert "Отчетту түзүү" in page.state.value
    assert find_report(page.workspace, "ak-suu", "ky") is None


def test_the_check_button_shows_what_the_command_says(tmp_path: Path) -> None:
    page = StartPage(make_workspace(tmp_path))
    page.run("check")
    assert "Текшерүү бүттү" in page.log.value
    assert not page.buttons["check"].disabled


def test_lines_of_a_command_come_one_by_one() -> None:
    assert list(run_command([sys.executable, "-c", "print(1); print(2)"])) == ["1\n", "2\n"]
