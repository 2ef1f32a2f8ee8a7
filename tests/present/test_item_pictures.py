"""Pictures of items: what they show, what they leave out, and that their table says the same."""

from __future__ import annotations

from typing import Any

import pandas as pd
import pytest

from sedp_helpers.catalog.load import load_catalog
from sedp_helpers.compute.rows import Row, frame_rows
from sedp_helpers.present.book import ResultBook
from sedp_helpers.present.charts import CHARTS
from sedp_helpers.present.pictures import PICTURES, Picture, Viewer
from sedp_helpers.present.theme import Look
from sedp_helpers.present.wording import Wording

CATALOG = load_catalog()


def make_viewer(rows: list[Row]) -> Viewer:
    frame: pd.DataFrame = frame_rows(rows)
    furniture = CATALOG.words("furniture", "ky")
    return Viewer(ResultBook(frame, 2024, 2027), Wording(CATALOG, "ky", furniture=furniture))


def row(ident: str, year: int, value: float, item: str = "", village: str = "") -> Row:
    return Row("space", ident, year, value, item=item, village=village, method="observed")


def printed(picture: Picture) -> list[list[str]]:
    return [[cell.text for cell in line] for line in picture.table.rows]


def test_dots_join_the_first_year_to_the_last_up_to_the_base_year() -> None:
    ident = "services.coverage_pct"
    viewer = make_viewer([row(ident, 2020, 30.0, "water"), row(ident, 2024, 60.0, "water"),
                          row(ident, 2025, 99.0, "water"), row(ident, 2024, 40.0, "waste")])
    picture = PICTURES.get("dots")(viewer, ident)
    assert [(d.first, d.second) for d in picture.data.rows] == [(30.0, 60.0), (None, 40.0)]
    assert printed(picture)[0][1:] == ["2020", "30,0", "2024", "60,0"]


def test_groups_say_where_a_figure_is_missing_and_never_draw_it_as_zero() -> None:
    viewer = make_viewer([row("services.cost", 2024, 90.0, "water"),
                          row("services.cost", 2024, 50.0, "waste"),
                          row("services.billed", 2024, 70.0, "water")])
    picture = PICTURES.get("groups")(viewer, ["services.cost", "services.billed"])
    cost, billed = picture.data.series
    assert cost.values == (90.0, 50.0) and billed.values == (70.0, None)
    assert billed.labels[1] == CATALOG.words("furniture", "ky")["charts"]["missing"]


def test_land_inside_other_land_has_no_area_of_its_own_but_a_row_in_the_table() -> None:
    rows = [row("space.land_ha", 2024, value, item) for item, value in
            (("arable", 60.0), ("irrigated", 50.0), ("pasture", 40.0))]
    picture = PICTURES.get("areas")(make_viewer(rows), "space.land_ha")
    assert [area.value for area in picture.data.items] == [60.0, 40.0]
    assert len(picture.table.rows) == 3


def test_parts_keep_only_items_known_in_full_and_not_negative() -> None:
    used, left = "space.land_used_ha", "space.unused_ha"
    viewer = make_viewer([
        row(used, 2024, 6.0, "arable"), row(left, 2024, 4.0, "arable"),
        row(used, 2024, 6.0, "pasture"),
        row(used, 2024, 9.0, "forest"), row(left, 2024, -2.0, "forest"),
        row(used, 2024, 3.0, "irrigated"), row(left, 2024, 1.0, "irrigated"),
    ])
    picture = PICTURES.get("parts")(viewer, [used, left])
    assert [part.values for part in picture.data.parts] == [(6.0,), (4.0,)]


def test_heat_shows_the_last_year_by_item_and_village_on_one_scale() -> None:
    ident = "environment.households_in_hazard_zone"
    viewer = make_viewer([row(ident, 2023, 99.0, "flood", "v1"),
                          row(ident, 2024, 7.0, "mudflow", "v1"),
                          row(ident, 2024, 2.0, "flood", "v2")])
    data = PICTURES.get("heat")(viewer, ident).data
    assert data.values == ((7.0, None), (None, 2.0)) and not data.by_row


def test_lines_stop_at_the_base_year_and_leave_out_figures_without_any_year() -> None:
    made, left = "environment.waste_generated_t", "environment.waste_collected_t"
    viewer = make_viewer([row(made, 2023, 5.0), row(made, 2024, 6.0), row(made, 2025, 7.0)])
    picture = PICTURES.get("lines")(viewer, [made, left])
    assert [line.years for line in picture.data.lines] == [(2023, 2024)]


def test_a_need_stands_beside_the_last_known_supply_in_every_year() -> None:
    need, have = "needs.school_places", "education.school_places"
    viewer = make_viewer([row(need, 2024, 120.0), row(need, 2025, 130.0),
                          row(have, 2022, 90.0), row(have, 2023, 100.0)])
    asked, there = PICTURES.get("need")(viewer, need, supply=have).data.series
    assert asked.values == (120.0, 130.0) and there.values == (100.0, 100.0)


KINDS: list[tuple[str, Any, dict[str, str]]] = [
    ("dots", "services.coverage_pct", {}), ("groups", ["services.cost", "services.billed"], {}),
    ("areas", "space.land_ha", {}), ("parts", ["space.land_used_ha", "space.unused_ha"], {}),
    ("heat", "environment.households_in_hazard_zone", {}),
    ("lines", ["environment.waste_generated_t"], {}),
    ("need", "needs.school_places", {"supply": "education.school_places"}),
]


@pytest.mark.parametrize(("kind", "ident", "options"), KINDS)
def test_without_figures_a_picture_is_empty(
    kind: str, ident: Any, options: dict[str, str]
) -> None:
    assert PICTURES.get(kind)(make_viewer([]), ident, **options).empty


@pytest.mark.parametrize(("kind", "ident", "options"), KINDS)
def test_every_picture_is_drawn_and_its_table_has_a_cell_for_every_column(
    kind: str, ident: Any, options: dict[str, str]
) -> None:
    idents = [ident] if isinstance(ident, str) else ident
    rows = [row(one, year, 9.0 + year - 2023, item, village)
            for one in [*idents, *options.values()] for year in (2023, 2024)
            for item, village in (("", ""), ("water", ""), ("flood", "v1"))]
    picture = PICTURES.get(kind)(make_viewer(rows), ident, **options)
    words = {**CATALOG.words("furniture", "ky")["charts"], "unit": picture.unit}
    assert CHARTS.get(picture.kind)(picture.data, words, Look("ky"))["data"]
    assert {len(line) for line in picture.table.rows} == {len(picture.table.columns)}
