"""A sentence that needs a figure which is not there is passed over; the section is still told."""

from __future__ import annotations

import pandas as pd

from sedp_helpers.compute.rows import COLUMNS, make_row
from sedp_helpers.present.book import ResultBook
from sedp_helpers.present.narrative import Narrator

TOPICS = {"crop": {
    "let": {"rate": "crop.rate@base", "even": "crop.even@base"},
    "choose": [[{"id": "both", "when": "known('rate')"}, {"id": "rate_alone"}]],
}}
SENTENCES = {"both": "{rate|pct}, {even|full}", "rate_alone": "{rate|pct}"}


def tell(*rows: object) -> list[str]:
    book = ResultBook(pd.DataFrame(rows, columns=COLUMNS), 2024, 2026)
    narrator = Narrator(book, TOPICS, SENTENCES, {}, str, lambda ident: 0, lambda unit: "", "en")
    return [paragraph.rule for paragraph in narrator.tell("crop")]


def test_words_that_print_a_missing_figure_are_passed_over_for_the_next() -> None:
    rate = make_row("economy", "crop.rate", 2024, 40.0, unit="pct")
    even = make_row("economy", "crop.even", 2024, 12.0, unit="som")
    assert tell(rate, even) == ["both"]
    assert tell(rate) == ["rate_alone"]
    assert tell(rate, make_row("economy", "crop.even", 2024, None, unit="som")) == ["rate_alone"]


def test_nothing_is_said_where_no_figure_is_there() -> None:
    assert tell(make_row("economy", "crop.rate", 2024, None, unit="pct")) == []
