"""Rules of the notebooks in git: thin, empty of outputs, the same parameters everywhere."""

from __future__ import annotations

import ast
import json
import re
from pathlib import Path
from statistics import median

import pytest

from sedp_helpers.catalog.load import load_catalog

FOLDER = Path(__file__).parents[2] / "notebooks"
TOLD = sorted([*FOLDER.glob("sections/*.ipynb"), *FOLDER.glob("frame/*.ipynb")])
TAGS = {"parameters", "setup", "guide", "narrative", "figure", "table", "caveats", "exercise",
        "solution", "nbval-ignore-output", "nbval-skip"}
SECTIONS = ["10_general", "20_population", "30_services", "40_economy", "50_inclusion",
            "60_space", "70_environment", "80_budget"]
FORBIDDEN = (ast.FunctionDef, ast.ClassDef, ast.For, ast.If, ast.While, ast.Try)


def read(path: Path) -> dict:
    return json.loads(path.read_text(encoding="utf-8"))


def code_cells(path: Path) -> list[dict]:
    return [cell for cell in read(path)["cells"] if cell["cell_type"] == "code"]


def source(cell: dict) -> str:
    return "".join(cell["source"])


def test_the_eight_sections_are_there_in_order() -> None:
    assert [path.stem for path in sorted(FOLDER.glob("sections/*.ipynb"))] == SECTIONS


@pytest.mark.parametrize("path", sorted(FOLDER.rglob("*.ipynb")), ids=lambda p: p.stem)
def test_no_outputs_and_no_counts_are_kept(path: Path) -> None:
    if path.name.endswith(".solutions.ipynb"):
        return
    for cell in code_cells(path):
        assert not cell["outputs"] and cell["execution_count"] is None


@pytest.mark.parametrize("path", TOLD, ids=lambda p: p.stem)
def test_tags_come_from_the_closed_list(path: Path) -> None:
    for cell in read(path)["cells"]:
        tags = set(cell["metadata"].get("tags", ()))
        assert tags and tags <= TAGS, source(cell)


@pytest.mark.parametrize("path", TOLD, ids=lambda p: p.stem)
def test_every_notebook_has_the_same_parameters(path: Path) -> None:
    first = [cell for cell in code_cells(TOLD[0]) if "parameters" in cell["metadata"]["tags"]]
    mine = [cell for cell in code_cells(path) if "parameters" in cell["metadata"]["tags"]]
    assert len(mine) == 1
    assert source(mine[0]) == source(first[0])


@pytest.mark.parametrize("path", TOLD, ids=lambda p: p.stem)
def test_cells_are_thin_and_only_tell(path: Path) -> None:
    lengths = []
    for cell in code_cells(path):
        if "parameters" in cell["metadata"]["tags"]:
            continue
        text = source(cell)
        lengths.append(len(text.splitlines()))
        for node in ast.walk(ast.parse(text)):
            assert not isinstance(node, FORBIDDEN), text
            if isinstance(node, (ast.Import, ast.ImportFrom)):
                assert getattr(node, "module", "") == "sedp_helpers", text
        assert not re.search(r"[А-Яа-яҢңӨөҮү]", text), "a reader's words stand in the catalogue"
        assert "/" not in text or "http" not in text
    assert max(lengths) <= 8 and median(lengths) <= 2


@pytest.mark.parametrize("path", TOLD, ids=lambda p: p.stem)
def test_every_id_named_stands_in_the_catalogue(path: Path) -> None:
    catalog = load_catalog()
    known = {*catalog.indicators, *catalog.results}
    for cell in code_cells(path):
        for name in re.findall(r'"([a-z_]+\.[a-z_0-9]+)(?:\.[a-z_0-9]+)?"', source(cell)):
            assert name in known, name
