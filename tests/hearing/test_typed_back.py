"""What a secretary wrote on the paper forms is typed into the workbook under the same headings."""

from __future__ import annotations

import io
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from openpyxl import load_workbook

from sedp_helpers.catalog.load import load_catalog
from sedp_helpers.fillin.template import write_template
from sedp_helpers.hearing import forms
from sedp_helpers.hearing.hall import Hall
from sedp_helpers.hearing.sheet import Blank, Page
from sedp_helpers.intake.collect import Collected
from sedp_helpers.intake.history import collect_place

VILLAGES = pd.DataFrame({"id": ["v1"], "name_ky": ["Мантыш"], "name_ru": ["Мантыш"]})
PASSPORT = """format: 1
id: x
name: {ky: Икс, ru: Икс, en: X}
base_year: 2024
"""
# part of a form -> what is written on it by hand, column by column, and what the register holds
WRITTEN: dict[str, dict[str, tuple[Any, Any]]] = {
    "protocol": {
        "id": ("e9", "e9"), "kind": ("Коомдук угуу", "hearing"),
        "date": ("14.05.2025", "2025-05-14"), "time": ("14:00", "14:00"),
        "place": ("Клуб", "Клуб"), "village": ("Мантыш", "v1"), "participants": (40, 40.0),
        "women": (18, 18.0), "youth": (9, 9.0), "vulnerable": (5, 5.0),
        "notice_date": ("02.05.2025", "2025-05-02"), "notice_place": ("Такта", "Такта"),
        "draft_place": ("Айыл өкмөтү", "Айыл өкмөтү")},
    "said": {
        "text": ("Көпүрө салуу", "Көпүрө салуу"), "village": ("Мантыш", "v1"),
        "channel": ("Коомдук угуу", "hearing"), "status": ("Эске алынган жок", "rejected"),
        "reason": ("Каражат жок", "Каражат жок")},
    "tally": {
        "problem": ("Суу жок", "Суу жок"), "village": ("Мантыш", "v1"),
        "group": ("Аялдар", "Аялдар"), "votes": (12, 12.0)},
}
CODES = {"said": {"id": "s9", "event": "e9"}, "tally": {"id": "p9"},  # as the note on the form asks
         "protocol": {"protocol": "ооба"}}


def list_heads(page: Page, known: set[str]) -> set[str]:
    """The headings on a form, be they over columns or before lines to write on."""
    blanks = [block for block in page.blocks if isinstance(block, Blank)]
    return {text for blank in blanks
            for text in (*blank.heads, *(row[0] for row in blank.rows))} & known


@pytest.fixture(scope="module")
def typed(tmp_path_factory: pytest.TempPathFactory) -> Collected:
    """The workbook of a municipality with one row of each form typed below its headings."""
    catalog = load_catalog()
    book = load_workbook(io.BytesIO(write_template(
        catalog, "ky", years=range(2024, 2025), registers={"villages": VILLAGES}, ident="x")))
    for part, cells in WRITTEN.items():
        register = forms.COLUMNS[part][0]
        columns = {one.id: one.name.get("ky") for one in catalog.registers[register].columns}
        sheet = next(one for one in book if one["A2"].value == catalog.registers[register].name.ky)
        heads = {str(cell.value).rstrip(" *"): cell.column for cell in sheet[4]}
        for column, value in {**{name: pair[0] for name, pair in cells.items()},
                              **CODES[part]}.items():
            sheet.cell(5, heads[columns[column]]).value = value
    folder = Path(tmp_path_factory.mktemp("typed")) / "x"
    folder.mkdir()
    book.save(folder / "workbook.xlsx")
    (folder / "municipality.yaml").write_text(PASSPORT, encoding="utf-8")
    return collect_place(folder, catalog)


@pytest.mark.parametrize("part", WRITTEN)
def test_what_is_written_on_a_form_is_read_from_the_workbook_as_it_was(
    typed: Collected, part: str
) -> None:
    (row,) = typed.registers[forms.COLUMNS[part][0]].to_dict("records")
    assert {name: row[name] for name in WRITTEN[part]} == {
        name: pair[1] for name, pair in WRITTEN[part].items()}


def test_a_protocol_typed_back_shows_that_there_is_one(typed: Collected) -> None:
    assert typed.registers["events"]["protocol"].tolist() == [True]
    assert typed.registers["proposals"]["event"].tolist() == ["e9"]
    assert not [one for one in typed.findings if one.severity == "error"]


@pytest.mark.parametrize(("name", "parts"), [("protocol", ("protocol", "said")),
                                             ("tally-sheet", ("tally",))])
def test_a_form_asks_for_every_column_that_is_typed_back(
    demo: Hall, name: str, parts: tuple[str, ...]
) -> None:
    page = forms.make_pages(demo)[name]
    wanted = {demo.column_name(forms.COLUMNS[part][0], column)
              for part in parts for column in WRITTEN[part]}
    assert list_heads(page, wanted) == wanted
