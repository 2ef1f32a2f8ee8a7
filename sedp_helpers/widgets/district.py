"""The district's dashboard: one indicator of all members as table, chart or map; order; downloads.

Figures are those of the district book. An order is shown with its range, under the weights the
visitor chooses; a figure that is missing is said and never ranked.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from functools import lru_cache
from statistics import median
from typing import Any

import pandas as pd
from openpyxl import Workbook

from sedp_helpers.analysis import rank_with_uncertainty
from sedp_helpers.blocks import Block, Cell, Column, Paragraph, Span, Table
from sedp_helpers.catalog.load import load_catalog
from sedp_helpers.compare.figures import Measure
from sedp_helpers.compare.peer_rows import find_all_groups
from sedp_helpers.compare.peers import MODELS
from sedp_helpers.district.book import DistrictBook, open_outline
from sedp_helpers.district.gather import read_places
from sedp_helpers.district.pictures.comparison import view_map
from sedp_helpers.errors import NotFoundError
from sedp_helpers.language import begin_line, format_number, get_setting
from sedp_helpers.models import LANGUAGES, Text
from sedp_helpers.paths import open_workspace
from sedp_helpers.present.charts import CHARTS
from sedp_helpers.present.charts.bars import BarsData, BarSeries
from sedp_helpers.present.theme import Look
from sedp_helpers.view import frame_table
from sedp_helpers.widgets.controls import (
    Answer,
    Dial,
    Panel,
    State,
    read_query,
    read_state,
    show_panel,
)

SIZE = "population.total"  # the figure of likeness that has a dial of its own
MOST_PEERS = 12  # rows of the table of peers
VIEWS = ("table", "chart", "map")
LEAST_RANKED = 3  # an order of two says nothing
DRAWS = 300
RISKY = ("=", "+", "-", "@", "\t")  # a text that a spreadsheet would take for a formula


def list_dials(book: DistrictBook, language: str, districts: tuple[str, ...],
               home: str = "") -> list[Dial]:
    """The controls; only what some member has can be chosen. ``home``: the district of the page
    without a link."""
    known = tuple(one.name for one in book.data.measures if book.sight.year_of(one) is not None)
    if not known:
        raise NotFoundError("no comparison data", key="no_panel")
    judged = [name for name in known if name in book.data.directions] or list(known)
    return [
        Dial("language", language, options=LANGUAGES),
        Dial("district", home or book.data.id, options=districts),
        Dial("view", "table", options=VIEWS),
        Dial("measure", judged[0], options=known),
        Dial("second", judged[-1], options=known),
        Dial("weight", 50.0, 0, 100, 10),
        Dial("place", book.sight.units[0], options=book.sight.units),
        Dial("model", MODELS[-1], options=MODELS),
        Dial("alike", float(book.data.weights.get(SIZE, 1)), 0, 10, 1),
    ]


def rank_places(book: DistrictBook, state: State) -> pd.DataFrame:
    """The order of the members by the two chosen indicators; empty where none can be given.

    Indicators without a direction do not count; members without any of the figures have no rank.
    """
    share = {state["measure"]: 100 - state["weight"]}
    share[state["second"]] = share.get(state["second"], 0) + state["weight"]
    level = book.data.level.pivot_table(index="unit", columns="measure", values="value")
    used = [name for name, weight in share.items()
            if weight > 0 and name in book.data.directions and name in level
            and level[name].notna().sum() >= LEAST_RANKED]
    if not used:
        return pd.DataFrame(columns=["rank", "rank_low", "rank_high"])
    return rank_with_uncertainty(level[used].dropna(how="all"), {n: share[n] for n in used}, DRAWS,
                                 directions={n: book.data.directions[n] for n in used})


def tabulate_places(book: DistrictBook, state: State) -> Table:
    """Every member: its figure, and its place between the best and the worst that is possible."""
    words = book.catalog.words("dashboards", book.language)
    measure, sight = Measure.read(state["measure"]), book.sight
    values = sight.by_member(measure.id, item=measure.item, year=sight.year_of(measure))
    ranks = rank_places(book, state)
    rows = []
    for unit in sight.units:
        known = unit in ranks.index
        places = [float(ranks.at[unit, name]) if known else float("nan")
                  for name in ("rank_low", "rank_high")]
        entry = values.get(unit)
        shown = sight.cell(entry) if entry else Cell(words["missing"], status="O")
        rows.append((Cell(sight.name(unit)), shown, *(_rank_cell(place) for place in places)))
    columns = (Column(words["heads"]["place"]),
               Column(sight.wording.measure(measure), sight.unit_of(measure.id), True),
               Column(words["heads"]["rank_low"], numeric=True),
               Column(words["heads"]["rank_high"], numeric=True))
    return Table(words["tables"]["district"], columns, tuple(rows))


def _rank_cell(place: float) -> Cell:
    return Cell(f"{place:.0f}", place) if place == place else Cell("", status="O")


def answer_district(book: DistrictBook, state: State) -> Answer:
    """Text, figure, files and numbers of a state of the district page."""
    words, table = book.catalog.words("dashboards", book.language), tabulate_places(book, state)
    said = words["sentences"]
    year = book.sight.year_of(Measure.read(state["measure"]))
    known = sum(row[1].value is not None for row in table.rows)
    name = book.furniture["generic"]["district"].format(name=book.data.name.get(book.language))
    name = begin_line(name)  # it opens the sentence
    blocks: list[Block] = [_tell(said["district_level"].format(name=name, count=known, year=year),
                                 "finding"),
                           _tell(said["order_unsure"], "note")]
    spec = draw_places(book, state, table) if state["view"] != "table" else None
    if state["view"] == "map":
        blocks.append(_tell(said["map_note"] if spec else said["no_map"], "note"))
    if spec is None:
        blocks.append(table)
    blocks += tell_peers(book, state)
    numbers = {row[0].text: row[1].value for row in table.rows if row[1].value is not None}
    return Answer(tuple(blocks), (spec,) if spec else (), write_files(table, state["measure"]),
                  numbers)


def tell_peers(book: DistrictBook, state: State) -> list[Block]:
    """Whom a member is like in the chosen way and why, with the figure of each and the middle."""
    words, sight = book.catalog.words("dashboards", book.language), book.sight
    place = state["place"] if state["place"] in sight.units else sight.units[0]
    groups = find_all_groups(book.data, [place], {SIZE: state["alike"]})
    group = next((one for one in groups.get(place, ()) if one.model == state["model"]), None)
    name = sight.name(place)
    if group is None or not group.peers:
        return [_tell(words["sentences"]["no_peers"].format(name=name), "note")]
    measure = Measure.read(state["measure"])
    known = book.data.figures
    known = known[(known["indicator"] == measure.id) & (known["item"] == measure.item)
                  & (known["year"] == sight.year_of(measure))]
    values = dict(zip(known["unit"], known["value"]))
    decimals = sight.wording.decimals(measure.id)
    shown = group.peers[:MOST_PEERS]
    rows = [(Cell(sight.name(unit)), _number(book, values.get(unit), decimals),
             Cell(_write_reasons(book, group.reasons.get(unit, ())))) for unit in shown]
    theirs = [values[unit] for unit in group.peers if unit in values]
    middle = float(median(theirs)) if theirs else None
    rows.append((Cell(words["median"], style="total"), _number(book, middle, decimals), Cell("")))
    columns = (Column(words["heads"]["place"]),
               Column(sight.wording.measure(measure), sight.unit_of(measure.id), True),
               Column(words["heads"]["why"], wide=True))
    caption = words["tables"]["peers"].format(name=name, shown=len(shown), of=len(group.peers))
    return [Table(caption, columns, tuple(rows))]


def _number(book: DistrictBook, value: float | None, decimals: int) -> Cell:
    if value is None:
        return Cell(book.catalog.words("dashboards", book.language)["missing"], status="O")
    return Cell(format_number(value, book.language, decimals), value)


def _write_reasons(book: DistrictBook, reasons: Sequence[str]) -> str:
    """What makes a place like another: shared traits, or the figures that are closest."""
    said = []
    for reason in reasons:
        trait, _, value = reason.partition(":")
        known = book.words["reasons"].get(f"{trait}_{value}") or book.words["reasons"].get(trait)
        said.append(str(known) if known else book.sight.wording.measure(Measure.read(reason)))
    return "; ".join(said)


def _tell(text: str, role: str = "") -> Paragraph:
    return Paragraph((Span(text),), role)


def draw_places(book: DistrictBook, state: State, table: Table) -> dict[str, Any] | None:
    """The figure of the view; None where there is nothing to draw it from."""
    look = Look(book.language, get_setting(book.language, "decimal"),
                get_setting(book.language, "group"))
    measure = Measure.read(state["measure"])
    words = {**book.furniture["charts"], "unit": book.sight.unit_of(measure.id)}
    if state["view"] == "map":
        picture = view_map(book.sight, state["measure"])
        if picture.empty:
            return None
        return CHARTS.get("map")(picture.data, {**words, **book.words, **picture.words}, look)
    rows = sorted(table.rows, key=lambda row: -(row[1].value or float("-inf")))
    series = BarSeries(book.sight.wording.measure(measure), tuple(row[1].value for row in rows),
                       tuple(row[1].text for row in rows))
    names = tuple(row[0].text for row in rows)
    return CHARTS.get("bars")(BarsData(names, (series,), horizontal=True), words, look)


def write_files(table: Table, name: str) -> dict[str, bytes]:
    """The table as CSV and XLSX, names guarded against being read as formulas."""
    frame = frame_table(table)
    rows = [list(frame.columns), *frame.to_numpy().tolist()]
    rows = [[_guard(cell) for cell in row] for row in rows]
    text = io.StringIO()
    csv.writer(text, lineterminator="\n").writerows(rows)
    book = Workbook()
    for row in rows:
        book.active.append(row)
    content = io.BytesIO()
    book.save(content)
    stem = name.replace("[", "_").rstrip("]").replace(".", "_")
    return {f"{stem}.csv": text.getvalue().encode("utf-8-sig"), f"{stem}.xlsx": content.getvalue()}


def _guard(cell: Any) -> Any:
    return f"'{cell}" if isinstance(cell, str) and cell.startswith(RISKY) else cell


@lru_cache(maxsize=8)
def _open_first(district: str) -> DistrictBook:
    return open_outline(district, "ky")


def open_book(district: str, language: str) -> DistrictBook:
    """The district's book; figures are computed once, another language changes the words only."""
    first = _open_first(district)
    return DistrictBook(first.data, first.results, first.findings, language)


def list_districts() -> tuple[str, ...]:
    """Districts of the municipalities in the workspace."""
    return tuple(sorted(_read_district_names()))


@lru_cache(maxsize=1)
def _read_district_names() -> dict[str, Text]:
    """District -> its name; the passports are read once, not with every move of a control."""
    places = read_places(open_workspace()).values()
    return {one.district.id: one.district.name for one in places if one.district}


def make_district(district: str, language: str, query: str | None = None) -> Panel:
    """The district page in the state of a link."""
    given, districts = read_query(query), list_districts()
    if not districts:
        raise NotFoundError("no municipality names a district", key="no_district")
    home = _find_district(district, districts) or districts[0]
    shown = _find_district(given.get("district", ""), districts) or home

    def follow(state: State) -> list[Dial]:
        nonlocal shown
        found = list_dials(open_book(state["district"], language), language, districts, home)
        shown = state["district"]
        return found

    def answer(state: State) -> Answer:
        return answer_district(open_book(state["district"], state["language"]), state)

    def name_members(language: str) -> dict[str, str]:
        sight = open_book(shown, language).sight
        return {unit: sight.name(unit) for unit in sight.units}

    def name_measures(language: str) -> dict[str, str]:
        book = open_book(shown, language)
        return {one.name: book.sight.wording.measure(one) for one in book.data.measures}

    dials = list_dials(open_book(shown, language), language, districts, home)
    return Panel("district", dials, answer, read_state(dials, {**given, "district": shown}),
                 follow=follow,
                 names={"measure": name_measures, "second": name_measures,
                        "district": name_districts, "place": name_members,
                        "model": name_models})


def _find_district(text: str, districts: tuple[str, ...]) -> str:
    """The district of a link, with or without its «d-»; empty where there is none."""
    return next((code for code in (text, f"d-{text}") if code in districts), "")


def name_models(language: str) -> dict[str, str]:
    return dict(load_catalog().words("district", language)["models"])


def name_districts(language: str) -> dict[str, str]:
    """District -> its name."""
    return {ident: name.get(language) for ident, name in _read_district_names().items()}


def show_district(district: str = "demo", language: str = "ky") -> Any:
    """The dashboard of a district."""
    return show_panel(make_district, district, language)
