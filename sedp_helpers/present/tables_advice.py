"""Proposals for the group's talk on paper: the order of problems, the choice of measures, the
budget under risk. Every number is a result; nothing is decided here."""

from __future__ import annotations

from sedp_helpers.blocks import Cell, Column, Table
from sedp_helpers.present.book import Entry
from sedp_helpers.present.charts.ranks import RankRow, RanksData
from sedp_helpers.present.pictures.base import Picture
from sedp_helpers.present.records import DASH, Files
from sedp_helpers.process.cells import text_of

RANK, LOW, HIGH = "plan.priority_rank", "plan.priority_low", "plan.priority_high"
STAYS = "plan.stays_pct"
MOST = 10  # problems on a page; results.csv has them all
REASONS = {"votes": "participation.votes", "causes": "plan.problem_causes",
           "coverage_gap_pct": "plan.problem_gap_pct", "cost": "plan.problem_cost"}
AHEAD = {"revenue": ("budget.revenue.forecast", "recommended"),
         "expenditure": ("budget.expenditure.forecast", "recommended"),
         "p10": ("budget.balance_p10", ""), "p50": ("budget.balance_p50", ""),
         "p90": ("budget.balance_p90", ""), "chance": ("budget.gap_probability_pct", "")}


def rank_entries(files: Files) -> list[tuple[Entry, str]]:
    """The first ranked problems in their order, with their names."""
    names = {text_of(one, "id"): files.text(one, "problem") for one in files.rows("problems")}
    found = [one for one in files.viewer.book.entries(RANK, item=None) if one.known]
    found.sort(key=lambda one: (one.value, one.item))
    return [(one, names.get(one.item, one.item)) for one in found[:MOST]]


def tabulate_priorities(files: Files) -> Table | None:
    """Each problem with its place, its reasons, and the one its place hangs on."""
    words, rows = files.words, []
    for entry, name in rank_entries(files):
        rows.append((files.figure(RANK, entry.item), Cell(name),
                     *(files.figure(result, entry.item) for result in REASONS.values()),
                     Cell(words["reasons"].get(entry.method, DASH))))
    columns = (Column(words["place"], numeric=True), Column(words["problem"], wide=True),
               *(Column(words["reasons"][name], files.viewer.unit_of(result), numeric=True)
                 for name, result in REASONS.items()),
               Column(words["hangs_on"], wide=True))
    return Table(words["priorities"], columns, tuple(rows), "priorities",
                 notes=(words["priorities_note"],)) if rows else None


def view_priorities(files: Files) -> Picture:
    """The order as dots with the range each place could have."""
    words, rows, cells = files.words, [], []
    for entry, name in rank_entries(files):
        low, high = (files.entry(ident, entry.item) for ident in (LOW, HIGH))
        places = (files.figure(ident, entry.item) for ident in (RANK, LOW, HIGH))
        cells.append((Cell(name), *places))
        rows.append(RankRow(name, entry.value, files.printed(RANK, entry.item),
                            low.value if low else None, high.value if high else None))
    heads = ("place", "best_place", "worst_place")
    columns = (Column(words["problem"]), *(Column(words[name], numeric=True) for name in heads))
    return Picture("ranks", RanksData(tuple(rows)), Table("", columns, tuple(cells)),
                   empty=not rows, words={"others": words["place"], "own": "",
                                          "range": words["range"]})


def tabulate_selection(files: Files) -> Table | None:
    """Each judged measure: whether the certain money pays for it, and how surely."""
    words = files.words
    stays = {one.item: one for one in files.viewer.book.entries(STAYS, item=None) if one.known}
    measures = [one for one in files.rows("plan") if text_of(one, "id") in stays]
    measures.sort(key=lambda one: (stays[text_of(one, "id")].method != "chosen",
                                   -stays[text_of(one, "id")].value))
    rows = tuple((Cell(files.text(one, "measure")),
                  files.figure("plan.measure_direct", ident),
                  files.figure("plan.measure_cost", ident), Cell(words[stays[ident].method]),
                  files.figure(STAYS, ident))
                 for one in measures for ident in (text_of(one, "id"),))
    columns = (Column(words["measure"], wide=True),
               Column(words["beneficiaries"], numeric=True), Column(words["cost"], numeric=True),
               Column(words["choice"]), Column(words["stays"], numeric=True))
    return Table(words["selection"], columns, rows, "selection",
                 notes=(words["selection_note"],)) if rows else None


def tabulate_village_shares(files: Files) -> Table | None:
    """What each village gets of the chosen measures."""
    shares = [one for one in files.viewer.book.entries("plan.village_share_pct", village=None)
              if one.known]
    names = files.viewer.wording.villages
    rows = tuple((Cell(names.get(one.village, one.village)), files.viewer.cell(one))
                 for one in sorted(shares, key=lambda one: -one.value))
    columns = (Column(files.words["village"]), Column(files.words["village_share"], numeric=True))
    return Table(files.words["village_shares"], columns, rows, "village-shares") if rows else None


def tabulate_ahead(files: Files) -> Table | None:
    """The forecast budget of each year and between what limits risks may move its balance."""
    book, words = files.viewer.book, files.words
    found = {name: {one.year: one for one in book.entries(ident, method=method)
                    if one.known and one.year is not None}
             for name, (ident, method) in AHEAD.items()}
    years = sorted(found["p50"])
    rows = tuple((Cell(str(year)), *(files.viewer.cell(found[name].get(year)) for name in AHEAD))
                 for year in years)
    columns = (Column(words["year"]), *(Column(words[name], numeric=True) for name in AHEAD))
    return Table(words["ahead"], columns, rows, "budget-ahead",
                 notes=(words["ahead_note"],)) if rows else None
