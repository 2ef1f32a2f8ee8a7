"""The tables on how a district programme is made, and what the book says where it shows a part."""

from __future__ import annotations

from dataclasses import replace

import pandas as pd
import pytest

from sedp_helpers.blocks import Table
from sedp_helpers.compare.data import DistrictData
from sedp_helpers.district.tables.joint import MOST_PROBLEMS
from tests.compare.district_case import (
    make_book,
    make_data,
    make_far_panel,
    make_member,
    make_panel,
)

SENT = pd.DataFrame(
    [
        {
            "id": "x1",
            "direction": "up",
            "with": "District",
            "topic": "p1",
            "answer": "Agreed",
            "request_date": "2025-03-11",
            "answer_date": "2025-04-02",
        },
        {
            "id": "x2",
            "direction": "up",
            "with": "Statistics",
            "topic": "output",
            "answer": "",
            "request_date": "2025-03-20",
            "answer_date": "",
        },
        {
            "id": "x3",
            "direction": "down",
            "with": "District",
            "topic": "goals",
            "answer": "",
            "request_date": "2025-01-15",
            "answer_date": "",
        },
    ]
)
PROBLEMS = pd.DataFrame(
    [{"id": f"p{n}", "problem": f"problem {n}", "votes": 10.0 * n} for n in range(1, 6)]
)
CAUSES = pd.DataFrame([{"problem": f"p{n}", "solvable_by": "help"} for n in range(1, 6)])


def read(table: Table) -> list[list[str]]:
    return [[cell.text for cell in row] for row in table.rows]


def show(data: DistrictData, name: str, language: str = "en") -> Table:
    (table,) = make_book(data, language).table(name).blocks
    assert isinstance(table, Table)
    return table


def make_sender(problems: pd.DataFrame = PROBLEMS) -> DistrictData:
    return make_data(
        units=("a", "b"),
        members={
            "a": make_member("a", exchanges=SENT, problems=problems, causes=CAUSES),
            "b": make_member("b"),
        },
    )


@pytest.mark.parametrize("language", ["ky", "ru", "en"])
def test_the_division_of_work_says_that_it_is_an_example_of_the_handbook(language: str) -> None:
    table = show(make_data(), "powers", language)
    assert len(table.rows) == 2 and table.rows[1][3].text == "…", "no invented task of the state"
    assert "18" in table.notes[0] and "Q18" not in table.notes[0]


def test_the_order_of_steps_prints_days_on_record_and_a_gap_where_there_is_none() -> None:
    council = pd.DataFrame(
        [
            {"role": "chair", "order_date": "2025-02-10"},
            {"role": "member", "order_date": "2025-02-12"},
        ]
    )
    data = make_data(
        present=("a", "b", "c"), registers={"coordination_council": council, "exchanges": SENT}
    )
    days = [row[2] for row in read(show(data, "order"))]
    assert days[:4] == ["12 February 2025", "15 January 2025", "3 of 8", "2 April 2025"]
    assert days[4:] == ["…"] * 4, "a step without a record is a gap, never a date of the plan"


def test_every_request_upward_stands_with_its_answer_and_a_problem_in_its_own_words() -> None:
    rows = read(show(make_sender(), "member_exchanges"))
    assert rows == [
        ["District", "problem 1", "11 March 2025", "2 April 2025", "Agreed", "A"],
        ["Statistics", "output", "20 March 2025", "…", "…", "A"],
    ]


def test_a_request_that_several_members_sent_alike_is_one_row_that_names_them() -> None:
    alike = make_data(
        units=("a", "b"),
        members={unit: make_member(unit, exchanges=SENT.iloc[[1]]) for unit in ("a", "b")},
    )
    assert [row[-1] for row in read(show(alike, "member_exchanges"))] == ["A and B"]


def test_what_is_alike_is_told_in_the_language_of_the_reader_where_one_member_has_it() -> None:
    english = PROBLEMS.assign(problem_en="trouble")
    data = make_data(
        units=("a", "b"),
        members={
            "a": make_member("a", exchanges=SENT, causes=CAUSES, problems=PROBLEMS),
            "b": make_member("b", exchanges=SENT, causes=CAUSES, problems=english),
        },
    )
    assert {row[0] for row in read(show(data, "passed"))} == {"trouble"}
    assert ["trouble", "A and B"] in [
        [row[1], row[-1]] for row in read(show(data, "member_exchanges"))
    ]


def test_a_problem_that_members_name_in_the_same_words_is_one_row_with_its_most_votes() -> None:
    both = make_data(
        units=("a", "b"),
        members={
            unit: make_member(
                unit,
                exchanges=SENT,
                causes=CAUSES,
                problems=PROBLEMS.assign(votes=PROBLEMS["votes"] + more),
            )
            for unit, more in (("a", 0.0), ("b", 5.0))
        },
    )
    table = show(both, "passed")
    assert read(table)[-1][:3] == ["problem 1", "A and B", "15"]
    assert table.rows[-1][2].key, "the votes are a row of the results"
    assert "A: asked 11 March 2025" in read(table)[-1][4]


def test_where_problems_are_left_out_the_table_says_how_many_there_are() -> None:
    table = show(make_sender(), "passed")
    assert [row[0] for row in read(table)] == [f"problem {n}" for n in (5, 4, 3, 2, 1)]
    assert table.notes == (), "nothing is left out or put together"
    many = PROBLEMS.loc[[0] * (MOST_PROBLEMS + 2)].reset_index(drop=True)
    many = many.assign(problem=[f"problem {n}" for n in range(len(many))])
    cut = show(make_sender(many), "passed")
    assert len(cut.rows) == MOST_PROBLEMS
    assert str(MOST_PROBLEMS) in cut.notes[0] and str(len(many)) in cut.notes[0]


def place_at(*latitudes: float) -> DistrictData:
    """Members a, b, … with one village each, at these latitudes on one meridian."""
    places = {
        unit: pd.DataFrame([{"id": "v1", "name_ky": "V", "lat": lat, "lon": 74.0}])
        for unit, lat in zip("abc", latitudes)
    }
    return make_data(
        members={unit: make_member(unit, villages=place) for unit, place in places.items()},
        units=tuple(places),
    )


@pytest.mark.parametrize("language", ["ky", "ru", "en"])
def test_without_a_joint_service_the_nearest_pair_and_the_limit_are_named(language: str) -> None:
    book = make_book(place_at(41.0, 41.5, 42.3), language)
    said = "".join(span.text for block in book.say("services").blocks[1:] for span in block.spans)
    assert book.sight.names(("a", "b")) in said and "55" in said and "25" in said
    assert book.table("joint").blocks == (), "the sentence says it; no second one does"


def test_near_neighbours_that_both_fall_short_stand_in_the_table_with_their_distance() -> None:
    rows = read(show(place_at(41.0, 41.1, 42.3), "joint"))
    assert rows and all(row[1] == "A and B" and row[2] == "11.1" for row in rows)


def test_members_without_coordinates_are_said_to_have_no_known_neighbours() -> None:
    rules = [block.rule for block in make_book(make_data()).say("services").blocks[1:]]
    assert rules[-1] == "services_unplaced"


def test_a_figure_far_from_the_rest_is_named_and_does_not_set_the_scale() -> None:
    panel = make_far_panel()
    book = make_book(replace(make_data(), panel=panel))
    for chart in (("heat", "services"), ("multiples", "services.coverage_pct[water]")):
        (figure,) = book.chart(*chart).blocks
        assert "far from all others: C" in figure.source
    (heat,) = book.chart("heat", "services").blocks
    tones = heat.spec["data"][0]["z"][0]
    assert tones[2] == 1.0 and {0.0, 1.0} <= set(tones[:2] + tones[3:]), "the others keep theirs"
    (plain,) = make_book(make_data()).chart("heat", "services").blocks
    assert "far from" not in plain.source


@pytest.mark.parametrize("language", ["ky", "ru", "en"])
def test_the_rules_name_tables_as_the_reader_knows_them(language: str) -> None:
    book = make_book(
        make_data(
            observations=make_panel(("a",))
            .assign(sex="", age="", village="", origin="")
            .query("indicator == 'economy.output'")
        ),
        language,
    )
    told = str(book.caveats().blocks)
    name = book.catalog.registers["plan"].name.get(language)
    assert name in told and "R-40" in told and "{" not in told
    assert "«plan»" not in told and "“plan”" not in told


def test_heads_on_end_leave_the_cells_their_width_and_each_row_the_height_of_its_name() -> None:
    (figure,) = make_book(make_data()).chart("heat", "services").blocks
    layout, bar = figure.spec["layout"], figure.spec["data"][0]["colorbar"]
    assert layout["xaxis"]["tickangle"] == -90 and bar["orientation"] == "h"
    inner = layout["height"] - layout["margin"]["t"] - layout["margin"]["b"]
    assert 34 <= inner / len(layout["yaxis"]["ticktext"]) <= 64
    assert all("…" not in name for name in layout["yaxis"]["ticktext"])
