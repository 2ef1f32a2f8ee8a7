"""The comparison with peers as a reader sees it: what holds, under which way, or why not."""

from __future__ import annotations

from math import nan

import pytest

from sedp_helpers.blocks import Fold, Paragraph
from sedp_helpers.catalog.load import load_catalog
from sedp_helpers.compare.figures import Measure
from sedp_helpers.compute.rows import Row, frame_rows
from sedp_helpers.present.book import ResultBook
from sedp_helpers.present.peers import tell_no_panel, tell_peers
from sedp_helpers.present.pictures import Viewer
from sedp_helpers.present.wording import Wording

WAGE = Measure("economy.wage")
OWN = Row("economy", WAGE.id, 2024, 30000.0, unit="som_per_month", method="observed")


def median(model: str, value: float) -> Row:
    return Row("economy", f"{WAGE.id}.peer_median", 2024, value, unit="som_per_month",
               method=model)


def view(language: str, *rows: Row) -> Viewer:
    catalog = load_catalog()
    wording = Wording(catalog, language, furniture=catalog.words("furniture", language))
    return Viewer(ResultBook(frame_rows(rows), 2024, 2027), wording)


def tell(language: str, *rows: Row) -> list:
    words = load_catalog().words("peers", language)
    return tell_peers(view(language, *rows), [WAGE], words, "Медиана")


def text_of(paragraph: Paragraph) -> str:
    return "".join(span.text for span in paragraph.spans)


def test_a_strength_names_the_own_figure_and_the_range_of_medians_with_their_keys() -> None:
    told, fold = tell("en", OWN, median("district", 20000.0), median("nearest", 25000.0),
                      Row("economy", f"{WAGE.id}.verdict", 2024, 1.0, method="peers"))
    assert told.rule == "peers_strength" and "Better than most" in text_of(told)
    assert "20" in text_of(told) and "25" in text_of(told)
    marked = [span.value for span in told.spans if span.key]
    assert marked == [30000.0, 20000.0, 25000.0]
    assert isinstance(fold, Fold) and len(fold.blocks[0].rows) == 1
    shown = [cell.value for cell in fold.blocks[0].rows[0]]
    assert shown[2:] == [30000.0, 20000.0, None, None, 25000.0, None]


def test_a_range_below_zero_gives_the_unit_once_and_no_dash_runs_into_a_sign() -> None:
    """−14,0–1000 адамга −13,4 reads as a sum of three things."""
    measure = Measure("population.natural_increase_per_1000")
    rows = [Row("population", f"{measure.id}.peer_median", 2024, value, unit="per_1000",
                method=model) for model, value in (("district", -14.0), ("nearest", -13.4))]
    judged = Row("population", f"{measure.id}.verdict", 2024, -1.0, method="peers")
    told, _ = tell_peers(view("ky", *rows, judged), [measure],
                         load_catalog().words("peers", "ky"), "")
    text = text_of(told)
    assert "−14,0…−13,4" in text and text.count("1000") == 1
    assert [span.value for span in told.spans if span.key] == [-14.0, -13.4]


def test_where_the_ways_disagree_the_verdict_is_said_to_depend_on_the_way() -> None:
    told, _ = tell("ru", OWN, median("district", 20000.0), median("nearest", 40000.0),
                   Row("economy", f"{WAGE.id}.models_hold", 2024, 1.0, method="peers"))
    assert told.rule == "peers_differs"


@pytest.mark.parametrize(("missing", "rule"), [("comparison_data", "peers_no_panel_brief"),
                                               ("peers", "peers_no_peers")])
def test_without_comparison_one_line_says_why_and_nothing_is_guessed(missing: str,
                                                                     rule: str) -> None:
    row = Row("economy", f"{WAGE.id}.peer_median", 2024, nan, status="O", method="peers",
              missing=missing)
    (told,) = tell("ky", OWN, row)
    assert told.rule == rule and "салыштыруу" in text_of(told)
    assert "prepare" not in text_of(told), "how to make them is said once in the report"


def test_the_report_says_once_that_it_compares_with_nobody_and_how_to_change_that() -> None:
    def told(missing: str) -> list:
        row = Row("economy", f"{WAGE.id}.peer_median", 2024, nan, status="O", method="peers",
                  missing=missing)
        return tell_no_panel(view("ky", OWN, row), [WAGE], load_catalog().words("peers", "ky"))

    assert ["sedp prepare --all" in text_of(one) for one in told("comparison_data")] == [True]
    assert told("peers") == []


def test_a_place_without_any_figure_is_told_nothing() -> None:
    assert tell("ky") == []
