"""The civic budget (жарандык бюджет): the budget in a few large numbers and rows of coins.

A coin stands for about one som of every hundred, so that a reader without percentages sees the
shares; the exact share stands beside the row. Shares and sums come from results only.
"""

from __future__ import annotations

from sedp_helpers.blocks import Block, Cell, Column, Heading, Table
from sedp_helpers.hearing.hall import Hall, mark_text
from sedp_helpers.hearing.sheet import Coins, Page, Piece, Tiles
from sedp_helpers.language import format_percent, round_half_up
from sedp_helpers.present.book import Entry

MOST_ROWS = 9
TILES = (
    ("revenue", "budget.revenue"),
    ("expenditure", "budget.expenditure"),
    ("per_resident", "budget.expenditure_per_resident"),
    ("own", "budget.own_pct"),
    ("transfers", "budget.transfer_pct"),
    ("development", "budget.development"),
)
SHARES = (("comes", "budget.revenue_share_pct", "budget.revenue"),
          ("goes", "budget.expenditure_share_pct", "budget.expenditure"))


def make_page(hall: Hall) -> Page:
    """The whole civic budget on one sheet."""
    words = hall.words["civic"]
    year = _last_year(hall)
    blocks: list[Piece] = [mark_text(words["what"], "finding")]
    blocks += _tell_numbers(hall)
    for key, shares, total in SHARES:
        blocks += [Heading(2, words[key]), *_draw_shares(hall, key, shares, total)]
    blocks += [Heading(2, words["plan"]), *tell_sources(hall)]
    subtitle = hall.tell(words["subtitle"], year=year)
    return Page(words["heading"], subtitle, tuple(blocks))


def _last_year(hall: Hall) -> int:
    entry = hall.find("budget.expenditure") or hall.find("budget.revenue")
    return entry.year if entry is not None and entry.year else hall.place.base_year


def _tell_numbers(hall: Hall) -> list[Piece]:
    words, entries = hall.words["civic"], []
    for key, ident in TILES:
        entry = hall.find(ident)
        if entry is not None:
            entries.append((words[key], _cell(hall.desk.wording.amount(entry), entry)))
    if entries:
        return [Tiles(tuple(entries))]
    name = hall.desk.wording.name("budget.revenue")
    return [mark_text(hall.tell(words["none"], name=name), "missing")]


def list_shares(hall: Hall, ident: str) -> list[Entry]:
    """The shares of the last year that has them, largest first; zero shares are left out."""
    found = [one for one in hall.book.entries(ident, item=None)
             if one.item and one.known and one.year and one.year <= hall.book.base_year]
    last = max((one.year for one in found if one.year), default=None)
    mine = [one for one in found if one.year == last and one.value > 0]
    return sorted(mine, key=lambda one: -one.value)


def _draw_shares(hall: Hall, key: str, ident: str, total: str) -> list[Piece]:
    words, shares = hall.words["civic"], list_shares(hall, ident)
    if not shares:
        name = hall.desk.wording.name(total)
        return [mark_text(hall.tell(words["none"], name=name), "missing")]
    rows = tuple(
        (hall.desk.wording.item_name(total, one.item),
         _cell(format_percent(one.value, hall.language, 1), one), int(round_half_up(one.value)))
        for one in shares[:MOST_ROWS]
    )
    blocks: list[Piece] = [mark_text(words[f"{key}_lead"]), Coins(rows)]
    if len(shares) > MOST_ROWS:
        blocks.append(mark_text(words["rest"], "note"))
    return blocks


def tell_sources(hall: Hall) -> list[Block]:
    """Money with a source by source, largest first, with its share (Budget form 2)."""
    words = hall.words["civic"]
    found = [one for one in hall.book.entries("plan.funded", item=None)
             if one.item and one.year is None and one.known]
    if not found:
        return [mark_text(words["sources_none"], "missing")]
    rows = tuple(
        (Cell(hall.files.code("funding_sources", one.item)),
         _cell(hall.desk.wording.amount(one), one),
         hall.files.figure("plan.source_share_pct", one.item))
        for one in sorted(found, key=lambda one: -one.value)
    )
    columns = (Column(words["source"], wide=True), Column(words["money"], numeric=True),
               Column(words["share"], "%", numeric=True))
    return [Table(words["plan_sources"], columns, rows)]


def _cell(text: str, entry: Entry) -> Cell:
    return Cell(text, entry.value, entry.key, entry.status)
