"""Caveats say what is hidden and what is not, and places in plain words."""

from __future__ import annotations

import pytest

from sedp_helpers.blocks import Paragraph, Span
from sedp_helpers.catalog.load import load_catalog
from sedp_helpers.compute.rows import Row, frame_rows
from sedp_helpers.models import LANGUAGES
from sedp_helpers.present.book import ResultBook
from sedp_helpers.present.caveats import tell_statuses
from sedp_helpers.present.gaps import tell_needs
from sedp_helpers.present.narrative import Narrator
from sedp_helpers.present.pictures import Viewer
from sedp_helpers.present.sheets import drop_place
from sedp_helpers.present.wording import Wording
from sedp_helpers.publish.assemble import MOST_SENTENCES, join_sentences

CATALOG = load_catalog()
LEFT, OUTPUT, SHARE = "population.departures", "economy.output", "economy.share_pct"


def row(result: str, value: float | None, year: int = 2024, **fields: str) -> Row:
    return Row(result.split(".")[0], result, year, value, unit="person", **fields)


def tell(ids: list[str], *rows: Row, language: str = "en") -> list[str]:
    labels = CATALOG.words("furniture", language)
    viewer = Viewer(
        ResultBook(frame_rows(rows), 2024, 2027), Wording(CATALOG, language, {}, {}, labels)
    )
    return [
        "".join(span.text for span in line) for line in tell_statuses(viewer, ids, labels["labels"])
    ]


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_total_that_is_printed_is_never_called_hidden(language: str) -> None:
    hidden = CATALOG.statuses["Q"]["label"].get(language)
    part = row(LEFT, None, item="health", status="Q")
    (whole,) = tell([LEFT], part, language=language)
    (parts,) = tell([LEFT], part, row(LEFT, 112.0), language=language)
    assert whole.startswith(hidden) and not parts.startswith(hidden)


def test_what_is_computed_from_an_estimate_is_not_named_beside_it() -> None:
    rows = [row(OUTPUT, 5.0, status="E"), row(SHARE, 5.0, item="trade", status="E")]
    (both,) = tell([OUTPUT, SHARE], *rows)
    assert "Share" not in both and "computed from" in both
    (alone,) = tell([SHARE], *rows)
    assert CATALOG.results[SHARE].name.get("en") in alone and "computed from" not in alone


def test_a_forecast_of_years_to_come_is_no_caveat() -> None:
    assert tell([LEFT], row(LEFT, 5.0, 2027, status="F")) == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_finding_is_told_without_sheet_and_cell_and_the_year_stays(language: str) -> None:
    leads = CATALOG.words("frame", language)["finding_leads"]
    begun = leads[0].format(table="observations", cell="C7", row="7")
    record = {
        "table": "observations",
        "cell": "C7",
        "row": "7",
        f"message_{language}": f"{begun}2024: sum {leads[-1].format(table='plan')}",
    }
    told = drop_place(record, leads, CATALOG, language)
    assert told.startswith("2024: sum") and "observations" not in told and "C7" not in told


def test_a_sheet_named_within_a_finding_is_called_by_its_name() -> None:
    record = {"table": "plan", "cell": "", "row": "", "message_ky": "Анда «plan» барагы бош."}
    name = CATALOG.registers["plan"].name.get("ky")
    assert drop_place(record, ["«{table}» барагы, "], CATALOG, "ky") == f"Анда «{name}» барагы бош."


def test_figures_that_print_alike_are_told_once() -> None:
    rules = {
        "let": {"a": "x.a@base", "b": "x.b@base"},
        "choose": [[{"id": "same", "when": "alike('a', 'b')"}, {"id": "apart"}]],
    }
    for second, rule in ((2145.6, "same"), (2144.0, "apart"), (None, "apart")):
        book = ResultBook(frame_rows([row("x.a", 2146.2), row("x.b", second)]), 2024, 2027)
        narrator = Narrator(
            book,
            {"t": rules},
            {"same": "Same.", "apart": "Apart."},
            {},
            str,
            lambda ident: 0,
            lambda unit: "",
            "en",
        )
        assert [one.rule for one in narrator.tell("t")] == [rule]


def test_a_sentence_that_speaks_of_the_one_before_is_never_parted_from_it() -> None:
    rules = {
        "each": {"item": "x.a"},
        "let": {"a": "x.a[item]@base"},
        "choose": [{"id": "first"}, {"id": "second"}],
    }
    book = ResultBook(frame_rows([row("x.a", 5.0, item=name) for name in "abc"]), 2024, 2027)
    narrator = Narrator(
        book,
        {"t": rules},
        {"first": "It is {item}.", "second": "That is low."},
        {},
        str,
        lambda ident: 0,
        lambda unit: "",
        "en",
    )
    lead = [Paragraph((Span("Lead."),))] * (MOST_SENTENCES - 1)
    joined = [
        "".join(s.text for s in block.spans)
        for block in join_sentences([*lead, *narrator.tell("t")])
    ]
    assert not any(text.startswith("That is low") for text in joined) and len(joined) > 1


def test_what_a_figure_lacks_is_named_with_its_office_or_its_sheet() -> None:
    viewer = Viewer(
        ResultBook(frame_rows([row(LEFT, 1.0)]), 2024, 2027),
        Wording(CATALOG, "en", {}, {}, CATALOG.words("furniture", "en")),
    )
    told = tell_needs(viewer, ["budget.expenditure[item=utilities]", "plan.upkeep_per_year[m2]"])
    office = CATALOG.sources[CATALOG.indicators["budget.expenditure"].source[0]]["name"].en
    assert (
        f"Utility costs ({office})" in told
        and "(plan)" in told
        and CATALOG.registers["plan"].name.en in told
    )


def test_that_groups_overlap_is_said_only_where_there_are_several() -> None:
    topic = {"people": {"let": {}, "choose": [{"id": "overlap", "when": "parts('x.a') > 1"}]}}
    for items, told in (("a", []), ("ab", ["overlap"])):
        book = ResultBook(frame_rows([row("x.a", 5.0, item=name) for name in items]), 2024, 2027)
        narrator = Narrator(
            book,
            topic,
            {"overlap": "Groups overlap."},
            {},
            str,
            lambda ident: 0,
            lambda unit: "",
            "en",
        )
        assert [one.rule for one in narrator.tell("people")] == told
