"""The documents say what is true: paths exist, commands are described, versions agree."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest

from sedp_helpers.cli import main

ROOT = Path(__file__).parents[2]
DOCUMENTS = ["README.md", "CONTRIBUTING.md", "DECISIONS.md", "CHANGELOG.md"]
LIMITS = {"README.md": 120, "CONTRIBUTING.md": 150}


def read(name: str) -> str:
    return (ROOT / name).read_text(encoding="utf-8")


def test_every_path_of_the_change_table_exists() -> None:
    table = read("README.md").split("I want to change", 1)[1]
    paths = re.findall(r"`((?:sedp_helpers|notebooks|data|docs|tools)/[^`]*)`", table)
    assert len(paths) >= 12
    for path in paths:
        assert list(ROOT.glob(path.replace("<lang>", "ky").replace("<section>", "population")
                              .replace("<kind>", "trend").rstrip("/"))), path


@pytest.mark.parametrize("name", DOCUMENTS)
def test_documents_are_there_and_short(name: str) -> None:
    assert len(read(name).splitlines()) <= LIMITS.get(name, 400)


def test_the_newest_entry_of_the_change_log_is_the_version() -> None:
    version = tomllib.loads(read("pyproject.toml"))["project"]["version"]
    newest = re.search(r"^## \[([0-9.]+)\]", read("CHANGELOG.md"), re.MULTILINE)
    assert newest and newest[1] == version


def test_every_command_is_described() -> None:
    commands = read("README.md") + read("docs/commands.md")
    for name, command in main.commands.items():
        assert command.help, name
        assert f"sedp {name}" in commands, name


def test_decisions_are_dated_and_short() -> None:
    entries = re.split(r"^## ", read("DECISIONS.md"), flags=re.MULTILINE)[1:]
    assert entries
    for entry in entries:
        assert re.match(r"\d{4}-\d{2}-\d{2} · ", entry), entry[:40]
        assert len(entry.strip().splitlines()) <= 10, entry[:40]
