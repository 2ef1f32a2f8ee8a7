"""The chapter on the action plan: measures, money, time, monitoring, the previous programme."""

from __future__ import annotations

from sedp_helpers.blocks import Block
from sedp_helpers.present import tables_money, tables_monitoring, tables_plan
from sedp_helpers.present.pictures import PICTURES, schedule
from sedp_helpers.process.cells import text_of
from sedp_helpers.process.monitoring import list_due, list_progress
from sedp_helpers.programme.base import (
    draw,
    fold,
    fold_figure,
    head,
    list_unfilled,
    make_figure,
    open_case,
    open_files,
    show,
    tell,
)
from sedp_helpers.section import PARTS, Section

REGISTERS = ("plan", "funding", "higher_programmes", "monitoring", "previous_plan")


@PARTS.register("plan_table")
def plan_table(section: Section) -> list[Block]:
    """Seven columns, each problem and goal as a band; long, so on paper in the annex."""
    return fold(tables_plan.tabulate_plan(open_files(section)))


@PARTS.register("targets")
def targets(section: Section) -> list[Block]:
    """A line per target of the plan."""
    return show(tables_plan.tabulate_targets(open_files(section)))


@PARTS.register("goals")
def goals(section: Section) -> list[Block]:
    """Goals of the plan and of higher programmes."""
    files = open_files(section)
    return head(
        section,
        "goals",
        show(tables_plan.tabulate_higher(files), tables_plan.tabulate_goals(files)),
    )


@PARTS.register("funding_table")
def funding_table(section: Section) -> list[Block]:
    """Budget form 2: cost and money of each measure by year; long, so on paper in the annex."""
    return fold(tables_money.tabulate_funding(open_files(section)))


@PARTS.register("funding")
def funding(section: Section) -> list[Block]:
    """What is funded when, as a picture."""
    picture = PICTURES.get("funding")(section.viewer, "plan.funded")
    return draw(section, picture, "plan.funded", "funding")


@PARTS.register("source_table")
def source_table(section: Section) -> list[Block]:
    """Money by source and year."""
    return show(tables_money.tabulate_sources(open_files(section)))


@PARTS.register("plan_gantt")
def plan_gantt(section: Section) -> list[Block]:
    """The measures in time with the as-of line."""
    picture = schedule.view_plan(open_files(section), as_of=section.desk.as_of)
    return draw(section, picture, "plan.measures", "plan_gantt")


@PARTS.register("progress")
def progress(section: Section) -> list[Block]:
    """Progress of each monitored measure beside the time that has passed, in a fold: the bars of
    the plan and the table of deviations say the same on paper."""
    files = open_files(section)
    found = [
        (text_of(one.measure, "id"), files.text(one.measure, "measure"), one.expected)
        for one in list_progress(open_case(section))
    ]
    picture = schedule.view_progress(files, found)
    figure = make_figure(section, picture, "plan.progress_pct", "progress")
    return fold_figure(section, figure, "progress")


@PARTS.register("monitoring_table")
def monitoring_table(section: Section) -> list[Block]:
    """Baseline, target, actual, money, deviation and decision; by village and source; what changed
    since the monitoring before; what is overdue."""
    case, files = open_case(section), open_files(section)
    return [
        *fold(tables_monitoring.tabulate_monitoring(files, list_progress(case))),
        *show(
            tables_monitoring.tabulate_changes(files),
            tables_monitoring.tabulate_places(files),
            tables_monitoring.tabulate_source_progress(files),
            tables_monitoring.tabulate_due(files, list_due(case)),
        ),
    ]


@PARTS.register("previous")
def previous(section: Section) -> list[Block]:
    """How the previous programme was carried out."""
    table = tables_monitoring.tabulate_previous(open_files(section))
    return tell(section, "previous", show(table))


@PARTS.register("plan_unfilled")
def plan_unfilled(section: Section) -> list[Block]:
    """The registers of the chapter that nobody has filled in, named once."""
    return list_unfilled(section, REGISTERS)
