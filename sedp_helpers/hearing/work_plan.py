"""Work plans: one page for each responsible role, and the plan by village, group and year."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from sedp_helpers.blocks import Cell, Column, Heading, Table
from sedp_helpers.hearing.hall import Hall, mark_text
from sedp_helpers.hearing.sheet import Page, Piece
from sedp_helpers.hearing.village_page import tabulate_measures
from sedp_helpers.language import begin_line
from sedp_helpers.process.cells import Record, list_of, span_of, text_of

Records = list[dict[str, Any]]


def make_work_plans(hall: Hall) -> list[Page]:
    """One page for each responsible, in the order of the plan."""
    words = hall.words["work"]
    if not hall.rows("plan"):
        return [Page(words["heading"], hall.place_title,
                     (mark_text(words["none"], "missing"),))]
    pages = []
    for who, measures in _group(hall.rows("plan"), lambda one: [hall.text(one, "responsible")]):
        subtitle = hall.tell(words["subtitle"], who=who) if who else words["nobody"]
        pages.append(Page(words["heading"], f"{hall.place_title} · {subtitle}",
                          (_tabulate_work(hall, measures),)))
    return pages


def _group(records: Records, keys: Callable[[Record], list[Any]]) -> list[tuple[Any, Records]]:
    """Records under each of their keys, in order of first appearance; no key is «»."""
    found: dict[Any, Records] = {}
    for one in records:
        for key in keys(one) or [""]:
            found.setdefault(key, []).append(one)
    return list(found.items())


def _tabulate_work(hall: Hall, measures: Records) -> Table:
    words = hall.words["work"]
    rows = tuple(
        (Cell(_name(hall, one)), Cell(_result(hall, one)), Cell(hall.when(one)),
         hall.money("plan.measure_cost", text_of(one, "id")),
         _progress(hall, text_of(one, "id")))
        for one in measures
    )
    columns = (Column(words["measure"], wide=True), Column(words["result"], wide=True),
               Column(words["when"]), Column(words["cost"], numeric=True),
               Column(words["done"], "%", numeric=True))
    return Table("", columns, rows)


def _name(hall: Hall, measure: Record) -> str:
    """The measure with its village."""
    place = hall.files.village(measure) or hall.words["work"]["whole"]
    return f"{hall.text(measure, 'measure') or text_of(measure, 'id')} ({place})"


def _result(hall: Hall, measure: Record) -> str:
    """Indicator with baseline and target."""
    ident = text_of(measure, "id")
    ends = [hall.files.own_unit(f"plan.measure_{end}", ident) for end in ("baseline", "target")]
    arrow = " → ".join(end.text for end in ends if end.key)
    return ": ".join(filter(None, (hall.text(measure, "indicator"), arrow))) or hall.words["dash"]


def _progress(hall: Hall, ident: str) -> Cell:
    """Progress of a monitored measure; an empty cell to be filled in by hand otherwise."""
    cell = hall.files.figure("plan.measure_progress_pct", ident)
    return cell if cell.key else Cell("")


def make_views(hall: Hall) -> list[Page]:
    """The plan by village, by group and by year."""
    words = hall.words["work"]
    parts = (("by_village", _by_village), ("by_group", _by_group), ("by_year", _by_year))
    return [Page(words[key], hall.place_title,
                 tuple(tell(hall)) or (mark_text(words["none"], "missing"),), long=True)
            for key, tell in parts]


def _by_village(hall: Hall) -> list[Piece]:
    blocks: list[Piece] = []
    groups = dict(_group(hall.measures, lambda one: [text_of(one, "village")]))
    for village in (*hall.villages, *(one for one in groups if one not in hall.villages)):
        name = begin_line(hall.village_name(village)) if village else hall.words["work"]["whole"]
        mine = groups.get(village, [])
        if groups:
            blocks.append(Heading(2, name))
            blocks.append(tabulate_measures(hall, mine, most=len(mine)) if mine
                          else mark_text(hall.words["village"]["planned_none"]))
    return blocks


def _by_group(hall: Hall) -> list[Piece]:
    names, blocks = hall.words["groups"], list[Piece]()
    groups = _group(hall.measures, lambda one: list_of(one, "groups"))
    for group, measures in sorted(groups, key=lambda pair: pair[0] == ""):
        title = names.get(group, group) if group else hall.words["work"]["no_group"]
        blocks += [Heading(2, title), tabulate_measures(hall, measures, most=len(measures))]
    return blocks


def _by_year(hall: Hall) -> list[Piece]:
    words, blocks = hall.words["work"], list[Piece]()
    groups = _group(hall.measures, _years)
    for year, measures in sorted(groups, key=lambda pair: (pair[0] == "", str(pair[0]))):
        title = hall.tell(words["year"], year=year) if year else words["no_year"]
        blocks += [Heading(2, title), _tabulate_year(hall, measures, year)]
    return blocks


def _years(measure: Record) -> list[int]:
    ends = span_of(measure, "start", "end")
    return list(range(ends[0].year, ends[1].year + 1)) if ends else []


def _tabulate_year(hall: Hall, measures: Records, year: int | str) -> Table:
    words, village = hall.words["work"], hall.words["village"]
    columns = (Column(words["measure"], wide=True), Column(words["village"]),
               Column(words["year_money"], numeric=True), Column(village["who"], wide=True))
    rows = tuple((Cell(hall.text(one, "measure") or text_of(one, "id")),
                  Cell(hall.files.village(one) or words["whole"]),
                  _year_money(hall, text_of(one, "id"), year),
                  Cell(hall.text(one, "responsible") or hall.words["dash"])) for one in measures)
    return Table("", columns, rows)


def _year_money(hall: Hall, ident: str, year: int | str) -> Cell:
    entry = hall.files.entry("plan.measure_funded", ident, int(year)) if year else None
    if entry is None or not entry.known:
        return Cell(hall.words["dash"], style="muted")
    return Cell(hall.desk.wording.amount(entry), entry.value, entry.key, entry.status)
