"""A browser is found wherever it is, and the doctor tells what is missing and how to get it."""

from __future__ import annotations

from importlib import metadata
from pathlib import Path

import pytest
import yaml

from sedp_helpers import browser, doctor
from sedp_helpers.paths import CATALOG, Workspace

TEXTS = CATALOG / "text"


def write_program(path: Path, body: str) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(f"#!/bin/sh\n{body}\n", encoding="utf-8")
    path.chmod(0o755)
    return path


def test_browser_path_wins_over_every_other_browser(tmp_path: Path) -> None:
    mine = write_program(tmp_path / "my browser", "")
    write_program(tmp_path / "bin" / "chromium", "")
    environment = {"BROWSER_PATH": str(mine), "PATH": str(tmp_path / "bin"), "HOME": str(tmp_path)}
    assert browser.find_browser(environment) == mine


def test_wrong_browser_path_is_passed_over_and_told_by_the_doctor(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = write_program(tmp_path / "bin" / "google-chrome", "")
    environment = {"BROWSER_PATH": str(tmp_path), "PATH": str(tmp_path / "bin"), "HOME": "/nowhere"}
    assert browser.find_browser(environment) == other
    monkeypatch.setenv("BROWSER_PATH", str(tmp_path))
    told = {check.what: check for check in doctor.examine()}["check.browser_path"]
    assert (told.ok, told.needed, told.detail) == (False, False, str(tmp_path))


def test_edge_of_windows_is_found_without_being_on_the_path(tmp_path: Path) -> None:
    edge = write_program(tmp_path / "Microsoft" / "Edge" / "Application" / "msedge.exe", "")
    environment = {"PROGRAMFILES(X86)": str(tmp_path), "PATH": "", "USERPROFILE": "/nowhere"}
    assert browser.find_browser(environment, platform="win32") == edge


def test_browser_in_the_home_folder_of_a_mac_is_found(tmp_path: Path) -> None:
    chrome = write_program(tmp_path / "Applications" / browser.MAC_PROGRAMS[0], "")
    environment = {"PATH": "", "HOME": str(tmp_path)}
    assert browser.find_browser(environment, platform="darwin") == chrome


def test_no_browser_is_none_and_not_an_error(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(browser, "LINUX_PROGRAMS", ())
    assert browser.find_browser({"PATH": "", "HOME": "/nowhere"}, platform="linux") is None


def test_doctor_names_each_package_of_another_version(monkeypatch: pytest.MonkeyPatch) -> None:
    pins = ["numpy==0.0.1", "no-such-package==1.0", f"pandas=={metadata.version('pandas')}"]
    monkeypatch.setattr(doctor.metadata, "requires", lambda name: [*pins, 'x==1; extra == "dev"'])
    check = doctor.check_packages()
    numpy = metadata.version("numpy")
    assert not check.ok
    assert check.detail == f"numpy {numpy} ≠ 0.0.1, no-such-package – ≠ 1.0"


def test_doctor_finds_damaged_fonts(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(doctor.vendored, "find_damaged", lambda: [Path("fonts/A.ttf")])
    check = doctor.check_vendored()
    assert (check.ok, check.detail, check.fix) == (False, "A.ttf", "fix.vendored")


def test_doctor_sets_a_line_of_kyrgyz_with_our_own_font() -> None:
    assert doctor.check_typesetter().ok


def test_doctor_tells_where_it_may_not_write(tmp_path: Path) -> None:
    (tmp_path / "data").write_text("a file where a folder should be", encoding="utf-8")
    check = doctor.check_writable(Workspace(tmp_path))
    assert not check.ok
    assert str(tmp_path / "data" / "processed") in check.detail


def test_doctor_does_not_need_libreoffice(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(doctor.shutil, "which", lambda name: None)
    check = doctor.check_office()
    assert check.ok and not check.needed


def test_doctor_has_words_for_every_check_in_three_languages(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("BROWSER_PATH", "/nowhere")
    checks = doctor.examine()
    texts = {
        language: yaml.safe_load((TEXTS / language / "doctor.yml").read_text(encoding="utf-8"))
        for language in ("ky", "ru", "en")
    }
    wanted = {key for check in checks for key in (check.what, check.fix)}
    assert len(checks) == 10
    for language, words in texts.items():
        assert wanted <= words.keys(), language
        assert words.keys() == texts["ky"].keys()
        assert all(text.strip() for text in words.values())
