"""The sheets ``passport`` and ``expert`` of the fill-in workbook."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd

from sedp_helpers.fillin.book import LONGEST_TEXT, Book
from sedp_helpers.fillin.styles import TABS
from sedp_helpers.intake.workbook_passport import CODED, flatten
from sedp_helpers.intake.workbook_sheets import ANSWER_COLUMNS, EXPERT, PASSPORT
from sedp_helpers.models import LANGUAGES, Municipality

FREE_PLACES = 3
_NAMES = ("ky", "ru", "en")
GROUPS: dict[str, tuple[str, ...]] = {
    "main": ("id", *(f"name.{lang}" for lang in _NAMES), "type", "base_year", "level", "soate"),
    "period": ("horizon", "drafting_year", "programme.start", "programme.end", "as_of"),
    "document": ("document.status", "document.version", "document.date", "document.resolution"),
    "place": ("oblast.id", *(f"oblast.name.{lang}" for lang in _NAMES), "district.id",
              *(f"district.name.{lang}" for lang in _NAMES), "centre", "founded",
              *("distances_km.*",) * FREE_PLACES, "altitude_m", "relief", "mountain", "border"),
    "office": tuple(f"signatures.{place}.{part}" for place in range(3)
                    for part in ("role", "name")),
    "settings": ("stock_date", "forecast_methods", "planning_method", "large", "predecessors",
                 "logo", "hide_sections", "sample", "closed", "format"),
}
NEEDED = ("id", "name.ky", "base_year")
_NUMBERS = ("base_year", "horizon", "drafting_year", "programme.start", "programme.end")


def write_passport(book: Book, municipality: Municipality | None, ident: str = "") -> None:
    """The sheet of municipality.yaml: one row an entry, named by its path in column A."""
    sheet = book.add_sheet(PASSPORT, TABS["data"], landscape=False)
    for column, width in enumerate((1.6, 40, 44, 62)):
        sheet.set_column(column, column, width, book.styles["plain"])
    book.text(sheet, 0, 1, book.words[PASSPORT], "title")
    book.text(sheet, 1, 1, book.words["hint_passport"], "hint")
    for column, name in enumerate(("name", "value", "hint"), 1):
        book.text(sheet, 2, column, book.words["passport_columns"][name], "head_left")
    sheet.set_row(0, 26)
    sheet.set_row(2, 20)
    sheet.freeze_panes(3, 0)
    content = municipality.model_dump(mode="json") if municipality else {"format": 1, "id": ident}
    entries, row = flatten(content), 3
    for group, paths in GROUPS.items():
        book.text(sheet, row, 1, book.words["passport_groups"][group], "group")
        sheet.set_row(row, 22)
        row += 1
        for path in [*_own_names(entries, paths), *paths, *_others(entries, group)]:
            _write_entry(book, sheet, row, path, entries.get(path, ""))
            row += 1
    sheet.print_area(0, 0, row - 1, 3)


def _own_names(entries: Mapping[str, str], paths: tuple[str, ...]) -> list[str]:
    """The filled entries under a name of the user's own (distances)."""
    starts = tuple({path.removesuffix("*") for path in paths if path.endswith(".*")})
    return [path for path in entries if starts and path.startswith(starts)]


def _others(entries: Mapping[str, str], group: str) -> list[str]:
    """The filled entries that have no row of their own, put under the settings."""
    if group != "settings":
        return []
    known = {path for paths in GROUPS.values() for path in paths}
    return [path for path in entries
            if path not in known and not path.startswith("distances_km.")]


def _write_entry(book: Book, sheet: Any, row: int, path: str, text: str) -> None:
    names, hints = book.words["passport_rows"], book.words["passport_hints"]
    free = path.endswith(".*")
    place = path.removeprefix("distances_km.").replace("\\.", ".")
    name = names.get(path) or (place if path.startswith("distances_km.") else path)
    star = " *" if path in NEEDED else ""
    book.text(sheet, row, 0, path, "key")
    book.text(sheet, row, 1, "" if free else name + star, "input_part" if free else "part")
    book.text(sheet, row, 3, hints.get(path, ""), "small")
    listed = CODED.get(path, "")
    if text.isdigit() and path in _NUMBERS:
        book.value(sheet, row, 2, int(text), "input_year")
    else:
        shown = book.labels.label(listed, text, book.language) if listed else text
        book.text(sheet, row, 2, shown, "input_text")
    if listed:
        rule = {"validate": "list", "source": book.list_range(listed), "error_type": "stop"}
        book.prompt(sheet, (row, 2, row, 2), rule, name, book.words["prompt"]["list"])
    elif hint := hints.get(path):
        book.prompt(sheet, (row, 2, row, 2), {"validate": "any"}, names.get(path, name), hint)


def write_expert(
    book: Book, notes: Mapping[str, str], answers: pd.DataFrame | None
) -> None:
    """The sheet of the expert's words: a note per section, then the guiding questions."""
    sheet = book.add_sheet(EXPERT, TABS["data"], landscape=False)
    for column, width in enumerate((1.6, 46, 84, 26)):
        sheet.set_column(column, column, width, book.styles["plain"])
    book.text(sheet, 0, 1, book.words[EXPERT], "title")
    book.text(sheet, 1, 1, book.words["hint_expert"], "hint")
    for column, name in enumerate(("name", "text", "source"), 1):
        book.text(sheet, 2, column, book.words["expert_columns"][name], "head_left")
    sheet.set_row(0, 26)
    sheet.set_row(2, 20)
    sheet.freeze_panes(3, 0)
    sheet.repeat_rows(2)
    given, row = _group_answers(answers), 3
    titles = {section.id: section.title.get(book.language)
              for section in book.labels.catalog.sections}
    for section in [*titles, *_other_sections(titles, notes, given)]:
        book.text(sheet, row, 1, titles.get(section, section), "group")
        sheet.set_row(row, 22)
        row = _write_notes(book, sheet, row + 1, section, notes)
        row = _write_answers(book, sheet, row, section, given.get(section, []))
    sheet.print_area(0, 0, row - 1, 3)


def _group_answers(answers: pd.DataFrame | None) -> dict[str, list[dict[str, str]]]:
    found: dict[str, list[dict[str, str]]] = {}
    for row in [] if answers is None else answers.to_dict("records"):
        found.setdefault(str(row["section"]), []).append(
            {str(name): str(value) for name, value in row.items()})
    return found


def _other_sections(
    titles: Mapping[str, str], notes: Mapping[str, str], answers: Mapping[str, Any]
) -> list[str]:
    named = [name.rpartition(".")[0] for name in notes] + list(answers)
    return [name for name in dict.fromkeys(named) if name not in titles]


def _write_notes(
    book: Book, sheet: Any, row: int, section: str, notes: Mapping[str, str]
) -> int:
    """A row for the note in the language of the workbook, and one for each other that is there."""
    for language in LANGUAGES:
        text = notes.get(f"{section}.{language}", "")
        if not text and language != book.language:
            continue
        name = book.words["note_of"].format(language=book.words["languages"][language])
        parts = [text[start : start + LONGEST_TEXT - 1000]
                 for start in range(0, max(len(text), 1), LONGEST_TEXT - 1000)] or [""]
        for number, part in enumerate(parts, 1):
            book.text(sheet, row, 0, f"note|{section}|{language}|{number}", "key")
            book.text(sheet, row, 1, name, "part")
            book.text(sheet, row, 2, part, "input_wrap")
            sheet.set_row(row, _height(part, 60))
            row += 1
    return row


def _write_answers(
    book: Book, sheet: Any, row: int, section: str, given: list[dict[str, str]]
) -> int:
    """A row per guiding question of a municipality, and the answers to other questions."""
    questions = {entry["id"]: entry["text"].get(book.language)
                 for entry in book.labels.catalog.questions.get(section, ())
                 if entry.get("level") != "district"}
    answered = [answer["question"] for answer in given]
    rows = [*given, *({"question": ident, "text": "", "source": ""} for ident in questions
                      if ident not in answered)]
    order = {ident: place for place, ident in enumerate(questions)}
    for answer in sorted(rows, key=lambda row: order.get(row["question"], len(order))):
        ident = answer["question"]
        book.text(sheet, row, 0, f"answer|{section}|{ident}", "key")
        book.text(sheet, row, 1, questions.get(ident) or book.words["answer_extra"], "part")
        book.text(sheet, row, 2, answer["text"], "input_wrap")
        book.text(sheet, row, 3, answer.get("source", ""), "input_wrap")
        lines = -(-len(questions.get(ident, "")) // 44)
        sheet.set_row(row, max(_height(answer["text"], 30), 13.5 * lines + 3))
        row += 1
    return row


def _height(text: str, least: float) -> float:
    lines = sum(-(-len(line) // 86) or 1 for line in text.split("\n")) if text else 1
    return min(max(least, 13.5 * lines), 400)


def fits_expert(answers: pd.DataFrame | None) -> bool:
    """Whether the answers say no more than the sheet ``expert`` can hold."""
    if answers is None:
        return True
    extra = [name for name in answers.columns if name not in (*ANSWER_COLUMNS, "origin")]
    return not any((answers[name].astype(str).str.strip() != "").any() for name in extra)
