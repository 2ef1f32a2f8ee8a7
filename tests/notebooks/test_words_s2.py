"""The words of services, inclusion, space and environment fit their rules in three languages."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pytest

from sedp_helpers.catalog.load import load_catalog
from sedp_helpers.language.slots import find_typed_digits, list_slots, read_template
from sedp_helpers.models import LANGUAGES
from sedp_helpers.present.conditions import holds
from sedp_helpers.present.narrative import read_reference

CATALOG = load_catalog()
SECTIONS = ("services", "inclusion", "space", "environment")
PLACES = {"place", "kind", "section", "district", "item", "subject", "base", "end"}
MOST_WORDS = 22
FUNCTIONS = {
    name: lambda *_: None
    for name in ("known", "status", "method", "trend", "year", "kind", "alike", "parts")
}


def topics(section: str) -> dict[str, Any]:
    return CATALOG.read(f"narrative/{section}.yml")


def rules(section: str) -> Iterator[tuple[dict[str, Any], dict[str, Any]]]:
    for topic in topics(section).values():
        for choice in topic["choose"]:
            for rule in choice if isinstance(choice, list) else [choice]:
                yield topic, rule


def words(section: str, language: str) -> dict[str, str]:
    return CATALOG.words(f"sentences/{section}", language)


@pytest.mark.parametrize("section", SECTIONS)
def test_every_rule_has_words_and_every_word_has_a_rule(section: str) -> None:
    named = [rule["id"] for _, rule in rules(section) if "id" in rule]
    assert len(named) == len(set(named)), "rule ids are unique within a section"
    for language in LANGUAGES:
        assert set(words(section, language)) == set(named), language


@pytest.mark.parametrize("section", SECTIONS)
def test_slots_name_a_figure_of_their_topic(section: str) -> None:
    for topic, rule in rules(section):
        if "id" not in rule:
            continue
        lets = topic.get("let", {})
        ready = {*PLACES, *topic.get("each", {})}
        ready |= {f"{name}{end}" for name in lets for end in ("", "_year", "_missing")}
        for language in LANGUAGES:
            used = {slot.name for slot in list_slots(words(section, language)[rule["id"]])}
            assert used <= ready, (rule["id"], language, used - ready)


@pytest.mark.parametrize("section", SECTIONS)
def test_references_name_results_of_the_catalogue(section: str) -> None:
    known = {*CATALOG.indicators, *CATALOG.results}
    suffixes = re.compile(r"\.(growth_pct|change|period_change_pct|forecast)$")
    for topic in topics(section).values():
        for text in [*topic.get("let", {}).values(), *topic.get("each", {}).values()]:
            if "$id" not in text:
                ident = read_reference(text, {"item": "x"}).id
                assert suffixes.sub("", ident) in known, text


@pytest.mark.parametrize("section", SECTIONS)
def test_conditions_can_be_read_and_a_missing_number_never_holds(section: str) -> None:
    for topic, rule in rules(section):
        values = {**dict.fromkeys(topic.get("let", {})), "item": ""}
        text = rule.get("when", "")
        told = holds(text, values, FUNCTIONS)
        if told and text:
            assert "not known" in text or "item ==" in text, (rule, "told without any number")


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("section", SECTIONS)
def test_sentences_are_short_and_hold_no_typed_numbers(section: str, language: str) -> None:
    for ident, template in words(section, language).items():
        assert not find_typed_digits(template), ident
        text = "".join(p if isinstance(p, str) else "N" for p in read_template(template))
        if not ident.startswith("caption"):
            assert text.endswith((".", "?")), ident
        for sentence in re.split(r"[.?!:;]\s+", text):
            assert len(sentence.split()) <= MOST_WORDS, (ident, language, sentence)


@pytest.mark.parametrize("section", SECTIONS)
def test_topics_have_the_same_headings_in_every_language(section: str) -> None:
    headings = [set(CATALOG.words(f"topics/{section}", language)) for language in LANGUAGES]
    assert headings[0] == headings[1] == headings[2]
    assert headings[0] <= set(topics(section))


def test_the_reader_is_told_whom_to_ask_for_what_is_missing() -> None:
    for ident in (
        "access_absent",
        "payment_missing",
        "cost_missing",
        "revenue_ask_both",
        "revenue_ask_households",
        "revenue_ask_provider",
    ):
        assert "сурап алуу керек" in words("services", "ky")[ident], ident
        assert "запросить у" in words("services", "ru")[ident], ident
        assert "requested from" in words("services", "en")[ident], ident
