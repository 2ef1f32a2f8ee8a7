"""The public monitoring sheet: how far each measure is, money spent, changes, decisions.

For the boards and the site (R-34). Residents read it, so it says the state in a word and the money
in millions; the figures are those of the report.
"""

from __future__ import annotations

from collections.abc import Sequence

from sedp_helpers.blocks import Cell, Column, Heading, Table
from sedp_helpers.compute.context import Context
from sedp_helpers.compute.facts import Facts
from sedp_helpers.examination import find_as_of
from sedp_helpers.hearing.hall import Hall, mark_text
from sedp_helpers.hearing.sheet import Page, Piece, Tiles
from sedp_helpers.intake.observations import make_empty_tidy
from sedp_helpers.language import format_date
from sedp_helpers.present import tables_monitoring
from sedp_helpers.process.case import Case
from sedp_helpers.process.cells import text_of
from sedp_helpers.process.monitoring import Progress, list_due, list_progress

NUMBERS = ("monitored", "done", "progress_pct", "spent")


def make_page(hall: Hall) -> Page:
    """One sheet, longer where the plan is; without monitoring a word on that."""
    words, case = hall.words["monitoring"], open_case(hall)
    subtitle = hall.tell(words["subtitle"], date=format_date(case.as_of, hall.language, "plain"))
    found = list_progress(case)
    if not found:
        return Page(words["heading"], subtitle, (mark_text(words["none"], "missing"),))
    blocks: list[Piece] = [Tiles(_list_numbers(hall)), _tabulate(hall, found)]
    late = [hall.text(one, "measure") or text_of(one, "id") for one in list_due(case)]
    if late:
        blocks += [Heading(2, words["due"]), mark_text("; ".join(late))]
    for key, table in (("changes", tables_monitoring.tabulate_changes(hall.files)),
                       ("villages", tables_monitoring.tabulate_places(hall.files))):
        if table is not None:
            blocks += [Heading(2, words[key]), Table("", table.columns, table.rows,
                                                     notes=table.notes)]
    return Page(words["heading"], subtitle, (*blocks, mark_text(words["ask"], "note")), long=True)


def open_case(hall: Hall) -> Case:
    """The plan and its monitoring on the as-of day; observations are not looked at."""
    desk = hall.desk
    facts = Facts(make_empty_tidy(), desk.catalog.indicators)
    context = Context(desk.catalog, desk.municipality, facts, desk.registers)
    return Case(context, find_as_of(desk.municipality))


def _list_numbers(hall: Hall) -> tuple[tuple[str, Cell], ...]:
    words, wording = hall.words["monitoring"], hall.desk.wording
    entries = ((name, hall.find(f"plan.{name}")) for name in NUMBERS)
    tell = {"unit": wording.number}  # a count of measures needs no unit beside its name
    return tuple((words[name], Cell(tell.get(entry.unit, wording.amount)(entry), entry.value,
                                    entry.key))
                 for name, entry in entries if entry is not None)


def _tabulate(hall: Hall, found: Sequence[Progress]) -> Table:
    words, states = hall.words["monitoring"], hall.files.words["progress_states"]
    rows = []
    for one in found:
        ident = text_of(one.measure, "id")
        decision = hall.text(one.record, "decision")
        suggested = hall.files.words["decisions"][
            tables_monitoring.suggest_decision(hall.files, one)]
        rows.append((
            Cell(hall.text(one.measure, "measure") or ident), Cell(hall.when(one.measure)),
            hall.money("plan.measure_cost", ident), hall.money("plan.measure_spent", ident),
            hall.files.figure("plan.measure_progress_pct", ident), Cell(states[one.state]),
            Cell(decision or suggested),
        ))
    columns = (Column(words["measure"], wide=True), Column(words["when"]),
               Column(words["cost"], numeric=True), Column(words["spent_column"], numeric=True),
               Column(words["progress"], "%", numeric=True), Column(words["state"]),
               Column(words["decision"], wide=True))
    return Table("", columns, tuple(rows))
