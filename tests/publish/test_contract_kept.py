"""A report that a person edited is neither lost nor taken for the program's own."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast

import pytest

from sedp_helpers.commands.staleness import is_current
from sedp_helpers.fingerprint import hash_file


@pytest.fixture
def made(tmp_path: Path) -> tuple[Any, dict[str, Any]]:
    report = tmp_path / "report.html"
    report.write_text("made", encoding="utf-8")
    state = {"key": "k", "outputs": {"report.html": hash_file(report)}}
    return cast("Any", SimpleNamespace(folder=tmp_path, key="k")), state


def test_a_report_as_it_was_made_is_current(made: tuple[Any, dict[str, Any]]) -> None:
    assert is_current(*made)


def test_an_edited_report_is_made_again_even_where_no_figure_changed(
    made: tuple[Any, dict[str, Any]],
) -> None:
    task, state = made
    (task.folder / "report.html").write_text("mine", encoding="utf-8")
    assert not is_current(task, state)
