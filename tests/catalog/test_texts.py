"""Every text stands in three languages and is spelt in one alphabet."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest

from sedp_helpers.catalog import load


def shape_of(name: str, source: Any) -> Any:
    """Which texts a source file holds, in the form of its overlay."""
    if name == "sections":
        return {entry["id"] for entry in source["sections"]}
    if name in ("questions", "measures"):
        return {entry["id"] for entries in source.values() for entry in entries}
    if name == "codes":
        return {key: set(codes) for key, codes in source.items()}
    if name == "registers":
        return {key: {column["id"] for column in entry["columns"]} for key, entry in source.items()}
    fields = {"name", "short", "dative", "label", "sentence", "title"}
    return {key: fields & set(entry) for key, entry in source.items()}


def shape_of_overlay(name: str, overlay: Any) -> Any:
    if name in ("sections", "questions", "measures"):
        return set(overlay)
    if name == "registers":
        assert all(entry["name"] for entry in overlay.values())
        return {key: set(entry["columns"]) for key, entry in overlay.items()}
    return {key: set(entry) for key, entry in overlay.items()}


@pytest.mark.parametrize("language", ["ru", "en"])
def test_an_overlay_has_exactly_the_keys_of_its_source(knowledge: Any, language: str) -> None:
    for name in knowledge.sources:
        overlay = knowledge.read(f"text/{language}/{name}.yml")
        source = knowledge.read(f"{name}.yml")
        assert shape_of_overlay(name, overlay) == shape_of(name, source), name
        empty = [text for text in knowledge.texts(overlay) if not text.strip()]
        assert not empty or name == "statuses", name


@pytest.mark.parametrize("language", ["ru", "en"])
def test_every_figure_has_a_name_and_a_definition_in_every_language(
    knowledge: Any, language: str
) -> None:
    for section in knowledge.sections:
        entries = knowledge.section_entries(section)
        overlay = knowledge.read(f"text/{language}/{section}.yml")
        for field, key in (("names", "name"), ("definitions", "definition")):
            assert set(overlay[field]) == set(entries), section
            assert all(overlay[field].values()), section
            assert all(entry[key] for entry in entries.values()), section


def test_names_are_noun_phrases_with_a_capital_and_no_full_stop(knowledge: Any) -> None:
    for section in knowledge.sections:
        names = [entry["name"] for entry in knowledge.section_entries(section).values()]
        for language in ("ru", "en"):
            names += knowledge.read(f"text/{language}/{section}.yml")["names"].values()
        for name in names:
            assert name[0].isupper() or name[0].isdigit(), name
            assert not name.endswith("."), name


def test_no_latin_letter_hides_inside_a_cyrillic_word(knowledge: Any) -> None:
    mixed = re.compile(r"[A-Za-z][А-Яа-яЁёҢңӨөҮү]|[А-Яа-яЁёҢңӨөҮү][A-Za-z]")
    texts = list(knowledge.kyrgyz())
    assert len(texts) > 1000
    for text in texts:
        assert not mixed.search(text), text
        assert not re.search(r"[ӊҥѳÖöҰұ]", text), text


def test_kyrgyz_texts_never_call_an_increase_by_the_name_of_the_index(knowledge: Any) -> None:
    for text in knowledge.kyrgyz():
        assert "өсүү темпи" not in text.lower(), text


def test_glossary_keeps_its_terms_its_marks_and_the_corrections(knowledge: Any) -> None:
    rows = knowledge.glossary
    terms = {row["ky"]: row for row in rows}
    assert len(rows) >= 254 + 100
    assert {row["ru_mark"] for row in rows} == {"S", "=", "I"}
    corrected = {
        int(n) for row in rows for n in re.findall(r"correct(?:ed|ion) \(?(\d+)", row["note"])
    }
    assert corrected == set(range(1, 37))
    assert terms["пайыздык өсүш"]["ru"] == "прирост, темп прироста"
    assert terms["дефекттик акт"]["en"] == "defect act"
    assert "божомол" not in terms
    assert terms["табигый өсүш (өсүү)"]["ru"] == "естественный прирост"


def test_a_dash_in_a_sentence_is_always_the_long_one() -> None:
    """The short one with spaces stands only between the two ends of a range of dates."""
    folder = Path(load.__file__).parent
    short = [f"{path.name}: {line.strip()}" for path in folder.rglob("*.yml")
             for line in path.read_text(encoding="utf-8").splitlines()
             if " – " in line.replace("} – {", "")]
    assert not short
