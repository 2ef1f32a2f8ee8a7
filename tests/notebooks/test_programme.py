"""The chapters on participation and on the action plan: words, cells and tables."""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from sedp_helpers import open_section
from sedp_helpers.blocks import Figure, Fold, Listing, is_band
from sedp_helpers.catalog.load import load_catalog
from sedp_helpers.language import find_typed_digits
from sedp_helpers.models import LANGUAGES
from sedp_helpers.present.charts import CHARTS
from sedp_helpers.present.charts.influence import Body, InfluenceData, place_bodies
from sedp_helpers.present.theme import Look
from sedp_helpers.section import Section

ROOT = Path(__file__).parents[2]
CHAPTERS = {"participation": "85_participation", "plan": "87_plan"}
PLACES = ("demo", "demo-bulut-bel", "demo-asman-kyr")  # full, sparse, empty


def list_rules(topics: dict) -> Iterator[str]:
    for topic in topics.values():
        for choice in topic["choose"]:
            for rule in choice if isinstance(choice, list) else [choice]:
                yield rule["id"]


@pytest.fixture(scope="module")
def workspace(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("programme")
    for name in (*PLACES, "reference"):
        shutil.copytree(ROOT / "data/raw" / name, root / "data/raw" / name)
    return root


@pytest.fixture
def tell(workspace: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., Section]:
    monkeypatch.setenv("SEDP_ROOT", str(workspace))
    monkeypatch.delenv("SEDP_REPORT", raising=False)
    return open_section


@pytest.mark.parametrize("chapter", CHAPTERS)
def test_every_rule_has_words_in_three_languages_and_none_is_idle(chapter: str) -> None:
    catalog = load_catalog()
    rules = set(list_rules(catalog.read(f"narrative/{chapter}.yml")))
    for lang in LANGUAGES:
        words = catalog.words(f"sentences/{chapter}", lang)
        assert set(words) == rules, lang
        assert not [one for one in words.values() if find_typed_digits(one)]


@pytest.mark.parametrize("chapter", CHAPTERS)
def test_a_sentence_uses_only_figures_its_topic_knows(chapter: str) -> None:
    catalog = load_catalog()
    for topic in catalog.read(f"narrative/{chapter}.yml").values():
        known = {*topic.get("let", ()), *topic.get("each", ()), "step"}
        for rule in list_rules({"": topic}):
            for lang in LANGUAGES:
                text = catalog.words(f"sentences/{chapter}", lang)[rule]
                slots = {re.sub("_(year|missing)$", "", name)
                         for name in re.findall(r"{(\w+)", text)}
                assert slots <= known, (rule, lang)


def test_the_words_of_the_pages_have_one_form_in_three_languages() -> None:
    shapes = [json.dumps(shape(load_catalog().words("programme", lang)), sort_keys=True)
              for lang in LANGUAGES]
    assert shapes[0] == shapes[1] == shapes[2]


def shape(thing: object) -> object:
    if isinstance(thing, dict):
        return {key: shape(value) for key, value in thing.items()}
    if isinstance(thing, list):
        return [shape(value) for value in thing]
    return sorted(re.findall(r"{\w+}", str(thing)))


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize("chapter", CHAPTERS)
def test_every_cell_runs_for_a_full_a_sparse_and_an_empty_place(
    tell: Callable, chapter: str, place: str, language: str
) -> None:
    section = tell(chapter, place, language)
    path = ROOT / f"notebooks/frame/{CHAPTERS[chapter]}.ipynb"
    for cell in json.loads(path.read_text(encoding="utf-8"))["cells"]:
        if cell["cell_type"] == "code" and not {"parameters", "setup"} & set(
                cell["metadata"]["tags"]):
            view = eval("".join(cell["source"]), {"section": section})
            assert view._repr_mimebundle_()[0]


def blocks_of(section: Section, part: str) -> list:
    return list(section.part(part).blocks)


def test_all_rules_stand_in_the_table_with_a_reason(tell: Callable) -> None:
    fold = blocks_of(tell("participation", "demo", "en"), "verdicts")[-1]
    assert isinstance(fold, Fold)
    table = fold.blocks[0]
    listed = [item[0].text for b in fold.blocks if isinstance(b, Listing) for item in b.items]
    unjudged = [rule for line in listed for rule in line.split(": ")[0].split(", ")]
    assert len({row[0].text for row in table.rows} | set(unjudged)) == 62
    assert unjudged and len(table.rows) + len(unjudged) == 62
    assert all(cell.text for row in table.rows for cell in row)
    assert any(note.startswith("R-15: ") for note in table.notes)
    assert any(note.startswith("R-14: ") for note in table.notes)


def test_the_plan_has_seven_columns_under_problem_and_goal(tell: Callable) -> None:
    (fold,) = blocks_of(tell("plan", "demo", "en"), "plan_table")
    (table,) = fold.blocks
    assert {len(row) for row in table.rows} == {len(table.columns)} == {7}
    bands = [row[0].text for row in table.rows if is_band(row)]
    assert len(table.rows) - len(bands) == 22
    assert len(bands) == 13 and is_band(table.rows[0])
    assert all(text.startswith("Problem: ") and "Goal: " in text for text in bands)


def test_money_of_the_funding_table_is_marked_with_its_results(tell: Callable) -> None:
    section = tell("plan", "demo", "en")
    table = blocks_of(section, "funding_table")[0].blocks[0]
    known = {(row.result, row.item, row.year): row.value
             for row in section.desk.results.itertuples()}
    marked = [cell for row in table.rows for cell in row if cell.key]
    assert len(marked) > 100
    for cell in marked:
        result, year, _, _, _, item, _ = cell.key.split("|")
        assert known[result, item, year] == cell.value


def test_an_empty_place_says_once_which_registers_are_not_filled_in(tell: Callable) -> None:
    section = tell("participation", "demo-asman-kyr", "en")
    for part in ("votes", "heard", "resources", "events", "proposals", "causes", "institutions",
                 "guesses", "initiatives", "contest"):
        assert blocks_of(section, part) == []
    (told,) = blocks_of(section, "participation_unfilled")
    assert told.role == "missing"
    names = section.desk.catalog.registers
    assert all(f"“{names[one].name.en}”" in told.spans[0].text
               for one in ("events", "problems", "resources", "budget_guesses", "proposals"))


@pytest.mark.parametrize("part", ["votes", "heard", "resources", "causes", "institutions",
                                  "guesses", "initiatives", "contest"])
def test_a_full_place_shows_every_method_of_the_needs(tell: Callable, part: str) -> None:
    assert blocks_of(tell("participation", "demo", "en"), part)


def test_monitoring_is_told_by_measure_village_source_and_change(tell: Callable) -> None:
    fold, *others = blocks_of(tell("plan", "demo", "en"), "monitoring_table")
    tables = {one.anchor: one for one in (*fold.blocks, *others)}
    assert list(tables)[:4] == ["monitoring", "changes", "by-village", "by-source"]
    assert [row[1].value for row in tables["changes"].rows] == [25.0, 25.0, 40.0]
    assert all(row[-1].text for row in tables["monitoring"].rows)  # a decision, taken or called for


def test_no_member_of_a_group_is_printed(tell: Callable, workspace: Path) -> None:
    text = (workspace / "data/raw/demo/working_group.csv").read_text(encoding="utf-8")
    members = {line.split(",")[1] for line in text.splitlines()[1:]}
    for chapter, notebook in CHAPTERS.items():
        section = tell(chapter, "demo", "ky")
        cells = json.loads((ROOT / f"notebooks/frame/{notebook}.ipynb").read_text("utf-8"))["cells"]
        for cell in cells:
            if "table" in cell["metadata"]["tags"]:
                view = eval("".join(cell["source"]), {"section": section})
                printed = view._repr_mimebundle_()[0]["text/html"]
                assert not [name for name in members if name in printed]


def test_as_of_of_the_build_moves_the_state_of_the_steps(
    tell: Callable, monkeypatch: pytest.MonkeyPatch
) -> None:
    section = tell("participation", "demo-asman-kyr", "en")
    monkeypatch.setenv("SEDP_AS_OF", "2025-04-05")
    states = [row[-1].text for row in blocks_of(section, "calendar")[1].blocks[0].rows]
    assert states[:4] == ["Time passed", "Time passed", "Running", "Ahead"]
    assert section.part("calendar").figure.layout.shapes


def test_a_stronger_tie_stands_closer_and_nobody_is_left_out() -> None:
    bodies = tuple(Body(name, 3.0, relation) for name, relation in
                   (("a", "strong"), ("b", "weak"), ("c", "none"), ("d", "conflict")))
    near = [(x / 1.25) ** 2 + y**2 for x, y in place_bodies(bodies)]
    assert near[0] < near[1] < near[2]
    words = {"no_data": "none", "centre": "people"}
    spec = CHARTS.get("influence")(InfluenceData(bodies), words, Look("en"))
    said = [note["text"] for note in spec["layout"]["annotations"]]
    assert all(any(text.startswith(body.name) for text in said) for body in bodies)
    assert CHARTS.get("influence")(InfluenceData(()), words, Look("en"))["data"] == []


def test_every_target_has_its_baseline_and_the_change_it_needs_a_year(tell: Callable) -> None:
    section = tell("plan", "demo", "en")
    (table,) = blocks_of(section, "targets")
    assert len(table.rows) == 22
    row = next(r for r in table.rows if r[0].text.startswith("Residents with clean water"))
    baseline, target, year, yearly = row[1], row[2], row[3], row[4]
    assert (baseline.value, target.value, year.text) == (78.0, 92.0, "2027")
    assert yearly.value == pytest.approx((92 - 78) / (2027 - section.book.base_year))
    assert yearly.key.startswith("plan.measure_yearly_change|")


def test_a_target_named_as_in_the_catalogue_stands_beside_its_forecast(tell: Callable) -> None:
    section = tell("plan", "demo", "ky")
    name = section.desk.catalog.indicators["education.kindergarten_places"].name.ky
    (table,) = blocks_of(section, "targets")
    forecast = {r[0].text: r[5] for r in table.rows}[name]
    assert forecast.key.startswith("education.kindergarten_places.forecast|2027|")


def test_goals_stand_beside_the_higher_goals_they_serve(tell: Callable) -> None:
    _, higher, goals = blocks_of(tell("plan", "demo", "en"), "goals")
    assert len(higher.rows) >= 2
    served = {row[0].text for row in goals.rows if is_band(row)}
    assert served == {"Infrastructure direction of the district programme"}
    assert all(cell.text for row in goals.rows if not is_band(row) for cell in row)
    empty = tell("plan", "demo-asman-kyr", "en")
    assert blocks_of(empty, "goals") == []
    (unfilled,) = blocks_of(empty, "plan_unfilled")
    name = empty.desk.catalog.registers["higher_programmes"].name.en
    assert unfilled.role == "missing" and f"“{name}”" in unfilled.spans[0].text


def test_every_figure_of_the_full_sample_has_a_title_that_says_what_it_finds(
    tell: Callable
) -> None:
    """A finding names a figure; three say it in words alone."""
    general, bare = tell("general", "demo", "en"), []
    for path in sorted(ROOT.glob("notebooks/[sf]*/*.ipynb")):
        section = general.beside(path.stem.partition("_")[2])
        for cell in json.loads(path.read_text(encoding="utf-8"))["cells"]:
            source = "".join(cell["source"])
            if cell["cell_type"] == "code" and ".chart(" in source:
                exec(source.replace("section.chart(", "view = section.chart("),
                     scope := {"section": section})
                bare += [one.caption for one in scope["view"].blocks
                         if isinstance(one, Figure) and not any(s.key for s in one.told)]
    for part in ("calendar", "heard", "resources", "votes", "causes", "institutions", "guesses"):
        blocks = general.beside("participation").part(part).blocks
        bare += [one.caption for one in blocks
                 if isinstance(one, Figure) and not any(s.key for s in one.told)]
    assert [text.split(": ")[1] for text in bare] == [
        "rises in some years and falls in others", "the programme is approved",
        "no group much below its share of residents"]
