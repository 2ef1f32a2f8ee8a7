"""The frame notebooks tell something true for a full, a sparse and an empty municipality."""

from __future__ import annotations

import ast
import json
import shutil
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from sedp_helpers.blocks import Block, Box, Fold, Heading, Listing, Paragraph, Table
from sedp_helpers.catalog.load import load_catalog
from sedp_helpers.language.slots import find_typed_digits, list_slots
from sedp_helpers.paths import NOTEBOOKS, Workspace
from sedp_helpers.prepare import prepare

ROOT = NOTEBOOKS.parent
FRAME = ("00_cover", "05_summary", "90_data_quality", "95_methods")
LANGUAGES = ("ky", "ru", "en")
TAGS = {"parameters", "setup", "guide", "narrative", "figure", "table", "caveats"}
PASSPORT = """\
format: 1
id: {id}
name: {{ky: Сыноо, ru: Проба, en: Trial}}
type: aimak
base_year: 2024
"""
SPARSE = """\
indicator,year,value,sex,age,village,item,status,source,note
population.total,2023,9000,,,,,,,
population.total,2024,9100,,,,,,,
budget.revenue,2024,14000000,,,,,,,
"""
DECLARED = {"declared": "forecast_methods: [handbook]\n", "seven": "hide_sections: [environment]\n"}


@pytest.fixture(scope="module")
def workspace(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("frame")
    shutil.copytree(ROOT / "data" / "raw" / "demo", root / "data" / "raw" / "demo")
    for ident in ("sparse", "empty"):
        folder = root / "data" / "raw" / ident
        folder.mkdir(parents=True)
        (folder / "municipality.yaml").write_text(PASSPORT.format(id=ident), encoding="utf-8")
    (root / "data" / "raw" / "sparse" / "observations.csv").write_text(SPARSE, encoding="utf-8")
    for ident, line in DECLARED.items():
        shutil.copytree(root / "data" / "raw" / "sparse", root / "data" / "raw" / ident)
        (root / "data" / "raw" / ident / "municipality.yaml").write_text(
            PASSPORT.format(id=ident) + line, encoding="utf-8")
    for ident in ("demo", "sparse", "empty", *DECLARED):
        prepare(Workspace(root), ident)
    return root


def cells_of(name: str) -> list[dict[str, Any]]:
    text = (NOTEBOOKS / "frame" / f"{name}.ipynb").read_text(encoding="utf-8")
    return json.loads(text)["cells"]


def run(name: str, workspace: Path, monkeypatch: pytest.MonkeyPatch, municipality: str,
        language: str) -> list[Block]:
    """The blocks of a notebook, its code cells run as the kernel would."""
    monkeypatch.setenv("SEDP_ROOT", str(workspace))
    monkeypatch.delenv("SEDP_REPORT", raising=False)
    space: dict[str, Any] = {}
    blocks: list[Block] = []
    for cell in cells_of(name):
        if cell["cell_type"] != "code":
            continue
        tree = ast.parse("".join(cell["source"]))
        last = tree.body[-1]
        if "parameters" in cell["metadata"]["tags"] or not isinstance(last, ast.Expr):
            exec(compile(tree, name, "exec"), space)
            space |= {"municipality": municipality, "language": language}
            continue
        exec(compile(ast.Module(tree.body[:-1], []), name, "exec"), space)
        view = eval(compile(ast.Expression(last.value), name, "eval"), space)
        blocks += view.blocks
    return blocks


def texts_of(blocks: Any) -> list[str]:
    """Every text that a reader sees."""
    told: list[str] = []
    for block in blocks:
        if isinstance(block, Heading):
            told.append(block.text)
        elif isinstance(block, Paragraph):
            told.append("".join(span.text for span in block.spans))
        elif isinstance(block, Listing):
            told += ["".join(span.text for span in item) for item in block.items]
        elif isinstance(block, Table):
            told += [block.caption, *(cell.text for row in block.rows for cell in row)]
        elif isinstance(block, (Fold, Box)):
            told += [block.title, *texts_of(block.blocks)]
    return told


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("municipality", ["demo", "sparse", "empty"])
@pytest.mark.parametrize("name", FRAME)
def test_every_chapter_tells_something_for_full_sparse_and_empty_data(
    name, municipality, language, workspace, monkeypatch
):
    blocks = run(name, workspace, monkeypatch, municipality, language)
    told = texts_of(blocks)
    assert isinstance(blocks[0], Heading) and blocks[0].level == 1
    assert len(told) > 3
    assert not any("nan" in text.split() or "{" in text for text in told)


def test_the_summary_of_a_full_municipality_has_findings_figures_problems_and_money(
    workspace, monkeypatch
):
    blocks = run("05_summary", workspace, monkeypatch, "demo", "en")
    findings = next(b for b in blocks if isinstance(b, Listing) and b.role == "finding")
    assert 5 <= len(findings.items) <= 7
    table = next(b for b in blocks if isinstance(b, Table))
    keyed = [cell.key.split("|")[0] for row in table.rows for cell in row if cell.key]
    total = "population.total"
    assert {total, f"{total}.change", f"{total}.forecast"} <= set(keyed)
    rules = {b.rule for b in blocks if isinstance(b, Paragraph)}
    assert rules & {"money_gap", "money_covered"}


def test_the_summary_of_an_empty_municipality_says_what_is_missing(workspace, monkeypatch):
    blocks = run("05_summary", workspace, monkeypatch, "empty", "en")
    rules = {b.rule for b in blocks if isinstance(b, Paragraph)}
    assert {"summary_none", "money_none", "coverage_line"} <= rules
    assert not any(isinstance(b, Table) for b in blocks)


def test_data_quality_names_whom_to_ask_for_each_missing_indicator(workspace, monkeypatch):
    told = " ".join(texts_of(run("90_data_quality", workspace, monkeypatch, "sparse", "ky")))
    catalog = load_catalog()
    for ident in ("population.births", "budget.expenditure"):
        spec = catalog.indicators[ident]
        assert spec.name.ky in told
        assert catalog.sources[spec.source[0]]["dative"].ky in told


def test_findings_are_listed_with_place_and_action(workspace, monkeypatch):
    raw = workspace / "data" / "raw" / "sparse" / "observations.csv"
    before = raw.read_text(encoding="utf-8")
    raw.write_text(before + "budget.debt,2024,abc,,,,,,,\n", encoding="utf-8")
    try:
        prepare(Workspace(workspace), "sparse")
        blocks = run("90_data_quality", workspace, monkeypatch, "sparse", "en")
    finally:
        raw.write_text(before, encoding="utf-8")
        prepare(Workspace(workspace), "sparse")
    table = next(b for b in blocks if isinstance(b, Table) and b.anchor == "findings")
    place, message, action, level = (cell.text for cell in table.rows[0])
    assert "observations" in place and "C5" in place
    assert message and action and level == "Error"


def test_methods_name_formula_limits_and_source_and_claim_no_official_layout(
    workspace, monkeypatch
):
    blocks = run("95_methods", workspace, monkeypatch, "demo", "en")
    rules = {b.rule for b in blocks if isinstance(b, Paragraph)}
    assert {"layouts_ours", "layouts_examples"} <= rules
    methods, sources, contradictions = (b for b in blocks if isinstance(b, Fold))
    told = {b.rule.removeprefix("method_") for b in methods.blocks if isinstance(b, Paragraph)}
    texts = load_catalog().words("methods", "en")
    assert set(texts) >= told >= {"growth", "handbook_forecast", "needs", "budget_stress"}
    assert "hamilton_perry" not in told, "nothing of demo was computed with it"
    assert set(load_catalog().read("methods.yml")) == set(texts)
    parts = {"title", "what", "formula", "assumes", "avoid", "source"}
    assert all(set(method) == parts for method in texts.values())
    assert sources.blocks[0].rows
    ids = [row[0].text for b in contradictions.blocks if isinstance(b, Table) for row in b.rows]
    assert ids == [f"DQ-{number:02d}" for number in range(1, 38)]


@pytest.mark.parametrize("name", ["methods", "frame", "answers"])
def test_words_of_the_frame_exist_in_all_three_languages(name):
    catalog = load_catalog()
    source = catalog.words(name, "ky")
    assert source
    for language in ("ru", "en"):
        words = catalog.words(name, language)
        assert words.keys() == source.keys()
        for key, text in source.items():
            assert bool(words[key]) == bool(text)
            if isinstance(text, dict):
                assert words[key].keys() == text.keys()


@pytest.mark.parametrize("name", ["cover", "summary", "data_quality", "methods"])
def test_every_sentence_rule_has_words_with_the_same_values_in_each_language(name):
    catalog = load_catalog()
    topics = catalog.read(f"narrative/{name}.yml")
    rules = {rule["id"]: set(topic["let"]) for topic in topics.values()
             for choice in topic["choose"]
             for rule in (choice if isinstance(choice, list) else [choice]) if rule.get("id")}
    for language in LANGUAGES:
        words = catalog.words(f"sentences/{name}", language)
        assert words.keys() == rules.keys()
        for rule, template in words.items():
            assert {slot.name for slot in list_slots(template)} <= rules[rule]
            assert not find_typed_digits(template)


@pytest.mark.parametrize("name", FRAME)
def test_a_frame_notebook_is_thin_and_carries_no_output(name):
    for cell in cells_of(name):
        assert len(cell["metadata"]["tags"]) == 1 and cell["metadata"]["tags"][0] in TAGS
        if cell["cell_type"] == "code":
            assert cell["outputs"] == [] and cell["execution_count"] is None
            assert len(cell["source"]) <= 8
            kinds = {type(node) for node in ast.walk(ast.parse("".join(cell["source"])))}
            assert not kinds & {ast.FunctionDef, ast.For, ast.While, ast.If, ast.Try, ast.ClassDef}


# ---- acceptance cases --------------------------------------------------------------------
def findings_of(workspace: Path, ident: str, rule: str) -> list[dict[str, str]]:
    path = workspace / "data" / "processed" / ident / "findings.csv"
    found = pd.read_csv(path, dtype=str, keep_default_na=False)
    return found[found["rule"] == rule].to_dict("records")


def test_ac_91_without_the_module_the_report_is_made_and_the_method_is_declared(
        workspace, monkeypatch):
    """R-08: nothing of the module is needed; the method is named in the passport and printed."""
    for name in FRAME:
        assert run(name, workspace, monkeypatch, "declared", "en")
    assert findings_of(workspace, "declared", "R-08") == []
    label = load_catalog().words("frame", "en")["forecast_methods"]
    [row] = [row for block in run("00_cover", workspace, monkeypatch, "declared", "en")
             if isinstance(block, Table) for row in block.rows if row[0].text == label]
    assert row[1].text not in ("", "…")


def test_ac_91_a_method_that_is_not_declared_is_a_finding_and_stops_no_report(
        workspace, monkeypatch):
    [finding] = findings_of(workspace, "sparse", "R-08")
    assert finding["severity"] != "error" and finding["action_ky"]
    assert all(run(name, workspace, monkeypatch, "sparse", "ky") for name in FRAME)


def test_ac_94_a_report_without_one_section_says_seven_of_eight(workspace):
    [finding] = findings_of(workspace, "seven", "R-06")
    assert all("7" in finding[f"message_{language}"] for language in LANGUAGES)
    assert findings_of(workspace, "sparse", "R-06") == []
