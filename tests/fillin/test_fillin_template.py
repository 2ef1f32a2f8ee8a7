"""The fill-in workbook has the layout that intake and people rely on, in three languages."""

from __future__ import annotations

import io
import re
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from openpyxl import load_workbook

from sedp_helpers.catalog.load import load_catalog
from sedp_helpers.errors import NotFoundError, SedpError
from sedp_helpers.fillin.roles import find_role, list_roles
from sedp_helpers.fillin.template import write_template
from sedp_helpers.intake.findings import render_finding
from sedp_helpers.intake.workbook_labels import load_labels, plain
from sedp_helpers.intake.workbook_sheets import BANDS, OBSERVATION_COLUMNS, parse_key
from sedp_helpers.models import LANGUAGES, SECTIONS, Finding

CATALOG = load_catalog()
YEARS = range(2017, 2026)
RULE = re.compile(r'"(WB-[A-Z-]+)"')


@pytest.fixture(scope="module")
def books() -> dict[str, Any]:
    return {lang: load_workbook(io.BytesIO(write_template(CATALOG, lang, years=YEARS)))
            for lang in LANGUAGES}


def visible(book: Any) -> list[str]:
    return [sheet.title for sheet in book.worksheets if sheet.sheet_state == "visible"]


def keys_of(sheet: Any) -> list[str]:
    return [text for (text,) in sheet.iter_rows(min_row=5, max_col=1, values_only=True)
            if text and "|" in text]


def test_sheets_are_named_by_ids_and_the_same_in_every_language(books: dict[str, Any]) -> None:
    names = visible(books["ky"])
    registers = {ident for ident, register in CATALOG.registers.items()
                 if register.level in ("municipality", "both")} - {"answers"}
    assert names[0] == "guide"
    assert set(names) == {"guide", "passport", "expert", "observations", *SECTIONS, *registers}
    assert names == visible(books["ru"]) == visible(books["en"])


def test_the_first_line_of_a_sheet_is_its_title_in_the_language(books: dict[str, Any]) -> None:
    for lang, book in books.items():
        for section in CATALOG.sections:
            assert book[section.id]["B1"].value == section.title.get(lang)
        for ident, register in CATALOG.registers.items():
            if ident in book.sheetnames:
                assert book[ident]["A2"].value == register.name.get(lang)


def test_no_heading_is_broken_inside_a_word_and_no_label_of_the_money_unit_is_cut(
    books: dict[str, Any],
) -> None:
    for lang, book in books.items():
        for ident in (*CATALOG.registers, "observations"):
            if ident not in book.sheetnames:
                continue
            sheet = book[ident]
            width = {place: one.width for one in sheet.column_dimensions.values()
                     for place in range(one.min, one.max + 1)}
            for cell in sheet[4]:
                longest = max((len(word) for word in str(cell.value or "").split()), default=0)
                assert longest * 1.2 + 2 < width[cell.column], (lang, ident, cell.value)
            if ident in CATALOG.registers and sheet["B3"].value:
                assert width[1] > 1.2 * len(sheet["A3"].value), (lang, ident)


def test_a_unit_stands_on_one_line(books: dict[str, Any]) -> None:
    for lang, book in books.items():
        units = [cell.value or "" for cell in book["services"]["C"][4:]]
        assert book["services"].column_dimensions["C"].width > max(map(len, units)), lang


def test_every_indicator_has_a_row_that_can_be_filled_in(books: dict[str, Any]) -> None:
    keys = {section: keys_of(books["ky"][section]) for section in SECTIONS}
    parsed = [parse_key(key, CATALOG.indicators) for section in SECTIONS for key in keys[section]]
    assert None not in parsed
    assert {key[0] for key in parsed if key} == set(CATALOG.indicators)
    filled = [key for section in SECTIONS for key in keys[section] if not key.endswith("|*")]
    assert len(filled) == len(set(filled))
    for key in parsed:
        assert key is not None
        model = CATALOG.indicators[key[0]]
        assert key[4] or not model.item_required
        assert all(dim in model.dims for dim, text in zip(("sex", "age", "village", "item"),
                                                          key[1:]) if text)


def test_years_are_headed_by_four_digits(books: dict[str, Any]) -> None:
    heads = [cell.value for cell in books["ky"]["population"][4][3:12]]
    assert heads == list(YEARS)


def test_a_register_hides_its_column_ids_in_the_first_row(books: dict[str, Any]) -> None:
    for ident, register in CATALOG.registers.items():
        if ident not in books["ky"].sheetnames:
            continue
        sheet = books["ky"][ident]
        ids = [cell.value for cell in sheet[1] if cell.value]
        assert ids == [column.id for column in register.columns]
        assert sheet.row_dimensions[1].hidden
    observations = books["ky"]["observations"]
    assert [cell.value for cell in observations[1]] == list(OBSERVATION_COLUMNS)


def test_only_the_yellow_cells_are_open_and_no_password_is_needed(books: dict[str, Any]) -> None:
    for section in SECTIONS:
        sheet = books["ru"][section]
        assert sheet.protection.sheet and not sheet.protection.password
        for row in sheet.iter_rows(min_row=5, max_row=14, max_col=6):
            for cell in row[3:]:
                yellow = cell.fill.start_color.rgb == "FFFFFBE0"
                assert cell.protection.locked is not yellow
            assert row[0].protection.locked


def test_money_sheets_have_one_unit_cell_that_says_thousand_som(books: dict[str, Any]) -> None:
    for section in ("services", "economy", "budget"):
        sheet = books["ky"][section]
        assert (sheet["B3"].value, sheet["C3"].value) == ("Акча бирдиги", "миң сом")
    assert books["ky"]["population"]["B3"].value is None
    assert books["ru"]["plan"]["B3"].value == "тыс. сомов"


def test_the_age_column_is_text_so_that_excel_makes_no_dates(books: dict[str, Any]) -> None:
    sheet = books["ky"]["observations"]
    assert {sheet.cell(row, 5).number_format for row in range(5, 30)} == {"@"}
    assert not any(re.fullmatch(r"\d+-\d+", str(cell.value)) for sheet in books["ky"].worksheets
                   for row in sheet.iter_rows(max_row=60) for cell in row if cell.value)


def test_a_sheet_prints_on_a4_with_its_headings_on_every_page(books: dict[str, Any]) -> None:
    for name in ("population", "budget", "plan", "observations"):
        sheet = books["en"][name]
        assert sheet.page_setup.paperSize == 9
        assert sheet.page_setup.fitToHeight == 0
        assert sheet.print_title_rows == "$4:$4"
        assert sheet.freeze_panes is not None


def test_every_indicator_says_what_it_is_and_who_has_it(books: dict[str, Any]) -> None:
    for lang, book in books.items():
        for section in SECTIONS:
            sheet = book[section]
            texts = {cell for row in sheet.iter_rows(min_row=5, values_only=True)
                     for cell in row[1:] if isinstance(cell, str)}
            for model in CATALOG.indicators.values():
                if model.section == section:
                    assert {model.name.get(lang), model.definition.get(lang)} <= texts
            assert sheet.data_validations.dataValidation


def test_the_longest_list_is_offered_whole(books: dict[str, Any]) -> None:
    book = books["ky"]
    rule = next(rule for rule in book["problems"].data_validations.dataValidation
                if rule.formula1 == "list_sections")
    area = book.defined_names["list_sections"].attr_text
    assert rule.type == "list" and area.startswith("'_lists'!$") and area.endswith("$9")


def test_the_bands_make_the_dependency_ratio_and_the_five_year_bands_computable() -> None:
    starts = [int(re.match(r"\d+", band)[0]) for band in BANDS]  # type: ignore[index]
    ends = [int(band.partition("-")[2] or start) for band, start in zip(BANDS, starts)]
    assert starts[0] == 0 and BANDS[-1] == "80+"
    assert starts[1:] == [end + 1 for end in ends[:-1]]
    assert {16, 58, 63} <= set(starts)
    assert set(range(0, 80, 5)) <= set(starts)


def test_the_words_of_the_workbook_are_the_same_in_three_languages() -> None:
    def shape(words: Any) -> Any:
        if isinstance(words, dict):
            return {key: shape(value) for key, value in words.items()}
        if isinstance(words, list):
            return len(words)
        assert str(words).strip()
        return sorted(re.findall(r"{\w+}", str(words)))

    shapes = {lang: shape(CATALOG.words("workbook", lang)) for lang in LANGUAGES}
    assert shapes["ky"] == shapes["ru"] == shapes["en"]


def test_every_finding_about_a_workbook_has_its_sentence() -> None:
    folder = Path(__file__).parents[2] / "sedp_helpers" / "intake"
    code = "".join(path.read_text(encoding="utf-8") for path in folder.glob("*.py"))
    texts = {lang: CATALOG.words("workbook", lang)["findings"] for lang in LANGUAGES}
    used = set(RULE.findall(code))
    assert used == set(texts["ky"]) and used
    for rule in used:
        finding = Finding(rule, "note", table="population", cell="B5", value="12",
                          params={"count": 2, "other": "plan", "proposal": "2024", "known": "1",
                                  "line": "3", "file": "notes/plan.ru.md", "folder": "ak-suu"})
        for lang in LANGUAGES:
            message, action = render_finding(finding, texts, lang)
            assert message and action


def test_a_label_stands_for_one_code_in_every_list_and_language() -> None:
    labels = load_labels(CATALOG)
    for name, codes in labels.lists.items():
        for lang in LANGUAGES:
            for code in codes:
                assert labels.code(name, labels.label(name, code, lang)) == code, (name, code)


def test_headings_of_a_register_are_told_apart_in_every_language() -> None:
    for register in CATALOG.registers.values():
        for lang in LANGUAGES:
            titles = [plain(column.name.get(lang)) for column in register.columns]
            assert len(titles) == len(set(titles)), (register.id, lang)


# ---- roles -------------------------------------------------------------------------------
def test_each_indicator_is_asked_of_exactly_one_role() -> None:
    roles = list_roles(CATALOG)
    assert {"accountant", "statistician", "land", "social", "provider", "school",
            "health"} <= set(roles)
    seen: list[str] = []
    for role in roles:
        book = load_workbook(io.BytesIO(write_template(CATALOG, "ky", years=range(2023, 2026),
                                                       role=role)))
        sections = [name for name in visible(book) if name in SECTIONS]
        keys = {key.partition("|")[0] for name in sections for key in keys_of(book[name])}
        assert keys == {model.id for model in CATALOG.indicators.values()
                        if find_role(model, CATALOG) == role}
        seen += keys
    assert sorted(seen) == sorted(CATALOG.indicators)


@pytest.mark.parametrize("role", ["accountant", "statistician", "land", "social", "provider",
                                  "school", "health"])
def test_a_copy_for_a_role_has_two_to_five_sheets(role: str) -> None:
    content = write_template(CATALOG, "ru", years=range(2023, 2026), role=role)
    assert 2 <= len(visible(load_workbook(io.BytesIO(content)))) <= 5


def test_an_unknown_role_is_refused_with_the_known_ones() -> None:
    with pytest.raises(NotFoundError, match="accountant"):
        write_template(CATALOG, "ky", years=YEARS, role="acountant")


def test_a_text_that_fits_no_cell_is_refused_and_not_cut() -> None:
    risks = pd.DataFrame({"name": ["а" * 40_000]})
    with pytest.raises(SedpError, match="40000"):
        write_template(CATALOG, "ky", years=YEARS, registers={"risks": risks})
