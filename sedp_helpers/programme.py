"""The parts of the two programme chapters by name: participation and action plan.

Each part takes the open section and answers blocks; tables and pictures are made in ``present``,
verdicts in ``process``. A part without records answers a word on what is missing, or nothing.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sedp_helpers.blocks import Block, Fold, Heading, Paragraph, Span, Table
from sedp_helpers.compute.context import Context
from sedp_helpers.frame import PARTS
from sedp_helpers.present import tables_plan, tables_process
from sedp_helpers.present.pictures import Picture, community, schedule
from sedp_helpers.present.records import Files
from sedp_helpers.process import judge_all
from sedp_helpers.process.approval import date_steps
from sedp_helpers.process.case import Case
from sedp_helpers.process.cells import text_of
from sedp_helpers.process.monitoring import list_due, list_progress

if TYPE_CHECKING:
    from sedp_helpers.section import Section


def open_files(section: Section) -> Files:
    """The registers of the municipality with the words of these chapters."""
    words = section.desk.catalog.words("programme", section.language)
    return Files(section.viewer, section.desk.registers, words)


def open_case(section: Section) -> Case:
    """The municipality on the as-of day, for the rules of the process."""
    desk = section.desk
    return Case(Context(desk.catalog, desk.municipality, desk.facts, desk.registers), desk.as_of)


def _lacking(section: Section, name: str) -> list[Block]:
    """A word on the table that is not filled in."""
    register = section.desk.catalog.registers[name].name.get(section.language)
    text = open_files(section).words["not_filled"].format(register=register)
    return [Paragraph((Span(text),), role="missing")]


def _table(section: Section, table: Table | None, register: str) -> list[Block]:
    return [table] if table is not None else _lacking(section, register)


def _folded(section: Section, table: Table | None, register: str) -> list[Block]:
    """A long table: folded on the screen, in the annex on paper."""
    return [Fold(table.caption, (table,))] if table is not None else _lacking(section, register)


def _draw(section: Section, picture: Picture, ident: str, caption: str, register: str
          ) -> list[Block]:
    if picture.empty:
        return _lacking(section, register)
    return [section.draw(picture, ident, caption)]


def _headed(section: Section, key: str, blocks: list[Block]) -> list[Block]:
    heading = Heading(2, open_files(section).words["headings"][key], f"{section.name}-{key}")
    return [heading, *blocks]


# ---- participation -----------------------------------------------------------------------
@PARTS.register("calendar")
def calendar(section: Section) -> list[Block]:
    """The nine steps as a Gantt with the as-of line, and as a table."""
    case, files = open_case(section), open_files(section)
    steps, done = list(case.steps.values()), date_steps(case)
    picture = schedule.view_calendar(files, steps, as_of=case.as_of, done=done)
    table = tables_process.tabulate_calendar(files, steps, done, case.as_of)
    return [section.draw(picture, "participation.rules", "calendar"),
            Fold(table.caption, (table,))]


@PARTS.register("verdicts")
def verdicts(section: Section) -> list[Block]:
    """All rules of the methodology with verdict and why."""
    case = open_case(section)
    texts = {section.language: section.desk.catalog.words("process", section.language)}
    found = judge_all(case.context, case.as_of)
    return tables_process.tabulate_verdicts(open_files(section), found, texts)


@PARTS.register("five_steps")
def five_steps(section: Section) -> list[Block]:
    """The five-step answer, where the money is enough for protected items only (R-56)."""
    case = open_case(section)
    found = {one.rule: one.verdict for one in judge_all(case.context, case.as_of)}
    if found["R-56"] != "warning":
        return []
    return tables_process.list_steps_answer(open_files(section).words)


@PARTS.register("events")
def events(section: Section) -> list[Block]:
    """Meetings and hearings with who came."""
    return _folded(section, tables_process.tabulate_events(open_files(section)), "events")


@PARTS.register("votes")
def votes(section: Section) -> list[Block]:
    """Problems by votes."""
    return _draw(section, community.view_votes(open_files(section)), "participation.votes", "votes",
                 "problems")


@PARTS.register("causes")
def causes(section: Section) -> list[Block]:
    """The tree of causes and effects as a table."""
    return _folded(section, tables_process.tabulate_causes(open_files(section)), "causes")


@PARTS.register("institutions")
def institutions(section: Section) -> list[Block]:
    """The diagram of institutions."""
    return _draw(section, community.view_institutions(open_files(section)),
                 "participation.events", "institutions", "institutions")


@PARTS.register("proposals")
def proposals(section: Section) -> list[Block]:
    """The fate of each proposal."""
    return _folded(section, tables_process.tabulate_proposals(open_files(section)), "proposals")


@PARTS.register("initiatives")
def initiatives(section: Section) -> list[Block]:
    """Local initiatives with people and money."""
    return _table(section, tables_process.tabulate_initiatives(open_files(section)), "initiatives")


@PARTS.register("contest")
def contest(section: Section) -> list[Block]:
    """The nine weighted criteria, where a contest was held."""
    weights = section.desk.catalog.results["participation.contest_score"].params["weights"]
    table = tables_process.tabulate_contest(open_files(section), weights)
    return [Fold(table.caption, (table,))] if table is not None else []


# ---- action plan -------------------------------------------------------------------------
@PARTS.register("plan_table")
def plan_table(section: Section) -> list[Block]:
    """Seven columns under each problem and goal."""
    blocks = tables_plan.tabulate_plan(open_files(section)) or _lacking(section, "plan")
    return _headed(section, "plan", blocks)


@PARTS.register("targets")
def targets(section: Section) -> list[Block]:
    """A line per target of the plan."""
    table = tables_plan.tabulate_targets(open_files(section))
    return [table] if table is not None else []


@PARTS.register("goals")
def goals(section: Section) -> list[Block]:
    """Goals of the plan and of higher programmes."""
    files = open_files(section)
    tables = (tables_plan.tabulate_higher(files), tables_plan.tabulate_goals(files))
    blocks: list[Block] = [table for table in tables if table is not None]
    return _headed(section, "goals", blocks or _lacking(section, "higher_programmes"))


@PARTS.register("funding_table")
def funding_table(section: Section) -> list[Block]:
    """Budget form 2: cost and sources."""
    return _folded(section, tables_plan.tabulate_funding(open_files(section)), "plan")


@PARTS.register("source_table")
def source_table(section: Section) -> list[Block]:
    """Money by source and year."""
    return _table(section, tables_plan.tabulate_sources(open_files(section)), "funding")


@PARTS.register("plan_gantt")
def plan_gantt(section: Section) -> list[Block]:
    """The measures in time with the as-of line."""
    picture = schedule.view_plan(open_files(section), as_of=section.desk.as_of)
    return _draw(section, picture, "plan.measures", "plan_gantt", "plan")


@PARTS.register("progress")
def progress(section: Section) -> list[Block]:
    """Progress of each monitored measure beside the time that has passed."""
    files = open_files(section)
    found = [(text_of(one.measure, "id"), files.text(one.measure, "measure"), one.expected)
             for one in list_progress(open_case(section))]
    return _draw(section, schedule.view_progress(files, found), "plan.progress_pct", "progress",
                 "monitoring")


@PARTS.register("monitoring_table")
def monitoring_table(section: Section) -> list[Block]:
    """Baseline, target, actual, money, deviation and decision; what is overdue."""
    case, files = open_case(section), open_files(section)
    blocks = _folded(section, tables_plan.tabulate_monitoring(files, list_progress(case)),
                     "monitoring")
    due = tables_plan.tabulate_due(files, list_due(case))
    return [*blocks, due] if due is not None else blocks


@PARTS.register("previous")
def previous(section: Section) -> list[Block]:
    """How the previous programme was carried out."""
    return _table(section, tables_plan.tabulate_previous(open_files(section)), "previous_plan")
