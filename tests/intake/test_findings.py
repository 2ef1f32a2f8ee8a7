"""Findings as sentences, as a table and as a listing."""

from __future__ import annotations

import csv
import io
import json
import re
from pathlib import Path

import pytest

from sedp_helpers.catalog.load import load_catalog
from sedp_helpers.errors import CatalogueError
from sedp_helpers.intake import findings as module
from sedp_helpers.intake.clean import NEAR_RULES
from sedp_helpers.intake.findings import (
    Tolerances,
    count_severities,
    findings_frame,
    join_findings,
    list_findings,
    render_finding,
)
from sedp_helpers.models import Finding, Text

TEXTS = {lang: {"IN-X": {"message": lang + " {table} {cell} {value} {n}", "action": "{proposal}"}}
         for lang in ("ky", "ru", "en")}
FINDING = Finding("IN-X", "error", table="plan", row=7, column="cost", cell="C7",
                  value='=HYPERLINK("x")', params={"n": 12130.5, "proposal": 12130.0})
SLOT = re.compile(r"\{(\w+)\}")


def texts() -> dict[str, dict[str, dict[str, str]]]:
    return {lang: load_catalog().words("findings", lang) for lang in ("ky", "ru", "en")}


def test_numbers_follow_the_language_and_proposals_are_forms_that_intake_reads() -> None:
    said = {lang: render_finding(FINDING, TEXTS, lang) for lang in TEXTS}
    assert said["ky"][0].replace("\u00a0", " ").endswith("12 130,5")
    assert said["en"] == ('en plan C7 =HYPERLINK("x") 12,130.5', "12130")


def test_a_typed_value_with_braces_is_printed_and_not_filled() -> None:
    finding = Finding("IN-X", "error", value="{n}", params={"n": 1, "proposal": ""})
    assert "{n}" in render_finding(finding, TEXTS, "en")[0]


def test_a_name_in_three_languages_is_printed_in_the_readers() -> None:
    finding = Finding("IN-X", "note", params={"n": Text(ky="Калк", ru="Население"),
                                              "proposal": ""})
    assert render_finding(finding, TEXTS, "ru")[0].endswith("Население")


def test_an_unknown_text_or_an_unfilled_slot_is_an_error_of_the_catalogue() -> None:
    for finding in (Finding("IN-NONE", "note"), Finding("IN-X", "note")):
        with pytest.raises(CatalogueError):
            render_finding(finding, TEXTS, "ky")


def test_the_table_has_the_columns_of_the_contract_and_values_as_typed() -> None:
    frame = findings_frame([FINDING], TEXTS)
    assert list(frame.columns) == [
        "rule", "severity", "section", "table", "row", "column", "cell", "value", "message_ky",
        "message_ru", "message_en", "action_ky", "action_ru", "action_en"]
    assert frame.loc[0, ["row", "cell", "value"]].tolist() == ["7", "C7", '=HYPERLINK("x")']
    assert list(findings_frame([], TEXTS).columns) == list(frame.columns)


def test_listings_put_the_municipality_first_and_keep_the_value() -> None:
    joined = join_findings({"kara-suu": findings_frame([FINDING], TEXTS)})
    (row,) = csv.DictReader(io.StringIO(list_findings(joined, "csv")))
    assert next(iter(row)) == "municipality" and row["value"] == '=HYPERLINK("x")'
    (record,) = json.loads(list_findings(joined, "json"))
    assert next(iter(record)) == "municipality" and record == row
    text = list_findings(joined, "text", "ru", labels={"error": "Ошибка"})
    assert text.startswith("kara-suu · Ошибка · plan!C7 · IN-X\n  ru plan C7")


def test_no_findings_make_an_empty_table_with_its_header() -> None:
    empty = join_findings({})
    assert list_findings(empty, "csv").startswith("municipality,rule,severity,")
    assert json.loads(list_findings(empty, "json")) == [] and list_findings(empty, "text") == ""


def test_repeated_tolerances_are_one_note_with_a_count_and_five_cells() -> None:
    gathered = Tolerances("plan")
    for row in range(2, 9):
        gathered.add("IN-FORM", "cost", row, f"C{row}", f"{row},5")
    (note,) = gathered.findings()
    assert (note.row, note.cell, note.value) == (2, "C2", "2,5")
    assert note.params == {"count": 7, "cells": "C2, C3, C4, C5, C6"}


def test_severities_are_counted_with_zeroes() -> None:
    assert count_severities([FINDING]) == {"error": 1, "warning": 0, "note": 0}


def test_every_intake_rule_has_a_message_and_an_action_in_three_languages() -> None:
    folder = Path(module.__file__).parent
    code = "".join(path.read_text(encoding="utf-8") for path in sorted(folder.glob("*.py")))
    used = set(re.findall(r'"(IN-[A-Z-]+)"', code)) | {f"{rule}-NEAR" for rule in NEAR_RULES}
    assert len(used) > 50
    for lang, entries in texts().items():
        assert used <= set(entries), (lang, sorted(used - set(entries)))
        for key in used:
            assert entries[key]["message"].strip() and entries[key]["action"].strip(), (lang, key)


def test_the_three_languages_fill_the_same_slots() -> None:
    languages = texts()
    for key, entry in languages["ky"].items():
        for part in ("message", "action"):
            slots = {lang: set(SLOT.findall(languages[lang][key][part])) for lang in languages}
            assert slots["ky"] == slots["ru"] == slots["en"], (key, part)
        assert set(entry) == {"message", "action"}


def test_kyrgyz_sentences_use_the_words_for_sheet_and_column_of_the_guide() -> None:
    said = " ".join(entry["message"] + entry["action"] for key, entry in texts()["ky"].items()
                    if key.startswith("IN-"))
    assert "тилке" not in said and "барагы" in said and "мамыча" in said
