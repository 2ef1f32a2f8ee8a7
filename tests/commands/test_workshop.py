"""`sedp workshop`: kits for learners come from the solved notebooks and lose only the solutions."""

from __future__ import annotations

from pathlib import Path

import nbformat
import pytest
from click.testing import CliRunner

from sedp_helpers.catalog.load import load_catalog
from sedp_helpers.cli import main
from sedp_helpers.commands.workshop import FOLDER, write_texts
from sedp_helpers.models import LANGUAGES

TOPICS = {topic["id"]: topic for topic in load_catalog().read("workshops.yml")["topics"]}


def call(*words: str):
    return CliRunner().invoke(main, ["workshop", *words])


def cells_with(path: Path, tag: str) -> list[str]:
    return [cell.source for cell in nbformat.read(path, as_version=4).cells
            if tag in cell.metadata.tags]


@pytest.mark.parametrize("name", TOPICS)
def test_every_text_of_a_notebook_stands_in_the_catalogue_and_none_is_left_over(name: str) -> None:
    topic = TOPICS[name]
    notebook = nbformat.read(FOLDER / f"{topic['notebook']}.solutions.ipynb", as_version=4)
    used = [c.source.strip("{}") for c in notebook.cells if c.cell_type == "markdown"]
    for language in LANGUAGES:
        texts = write_texts(topic, load_catalog().words("workshops", language), solved=True)
        assert sorted(texts) == sorted(used), language
        assert all(texts.values())


def test_the_texts_have_the_same_keys_in_every_language() -> None:
    def shape(value):
        if isinstance(value, dict):
            return {key: shape(part) for key, part in value.items()}
        return len(value) if isinstance(value, list) else "text"

    assert len({str(shape(load_catalog().words("workshops", lang))) for lang in LANGUAGES}) == 1


def test_a_kit_has_the_tasks_without_solutions_and_a_key_has_both(tmp_path: Path) -> None:
    assert call("kit", "growth", "--output", str(tmp_path), "--lang", "ru").exit_code == 0
    assert call("key", "growth", "--output", str(tmp_path), "--lang", "ru").exit_code == 0
    kit, key = tmp_path / "20_growth.ipynb", tmp_path / "20_growth.solutions.ipynb"
    assert cells_with(kit, "solution") == [] and len(cells_with(key, "solution")) == 5
    assert cells_with(kit, "exercise") == cells_with(key, "exercise")
    assert cells_with(kit, "guide")[0].startswith("# Прирост и прогноз вручную")
    kept = [cell for cell in nbformat.read(kit, as_version=4).cells if cell.cell_type == "code"]
    assert not any(cell.outputs for cell in kept)
    learner, trainer = (path.with_suffix(".html").read_text("utf-8") for path in (kit, key))
    assert "12130" not in learner and "5,48 %" in learner and "Ваш ответ" in learner
    assert "12130" in trainer and "11500" in learner  # the given table is on both sheets


def test_a_notebook_reads_the_sample_in_the_language_of_the_kit(tmp_path: Path) -> None:
    assert call("kit", "data", "--output", str(tmp_path), "--lang", "en").exit_code == 0
    assert 'language: str = "en"' in cells_with(tmp_path / "10_data.ipynb", "parameters")[0]


def test_a_kit_is_never_written_over_and_an_unknown_topic_is_a_sentence(tmp_path: Path) -> None:
    assert call("kit", "risks", "--output", str(tmp_path)).exit_code == 0
    again = call("kit", "risks", "--output", str(tmp_path))
    assert again.exit_code == 1 and "40_risks.ipynb" in again.stderr
    assert call("kit", "risks", "--output", str(tmp_path), "--force").exit_code == 0
    unknown = call("key", "chess", "--lang", "en")
    assert unknown.exit_code == 1 and "growth" in unknown.stderr
    assert call("kit").exit_code == 2


def test_the_list_names_every_topic_with_its_minutes() -> None:
    lines = call("list", "--lang", "en").stdout.splitlines()
    assert [line.split("\t")[0] for line in lines] == list(TOPICS) and "minutes" in lines[0]
