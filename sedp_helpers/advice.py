"""Parts of the report that advise: priorities, the choice of measures, the budget under risk.

They are proposals for the group's talk; a part without figures says what is missing, or nothing.
"""

from __future__ import annotations

from sedp_helpers.blocks import Block, Fold, Heading, Paragraph, Span
from sedp_helpers.present import tables_advice
from sedp_helpers.present.records import Files
from sedp_helpers.section import PARTS, Section


def open_files(section: Section) -> Files:
    """The registers of the municipality with the words of these parts."""
    words = section.desk.catalog.words("advice", section.language)
    return Files(section.viewer, section.desk.registers, words)


@PARTS.register("priorities")
def priorities(section: Section) -> list[Block]:
    """Which problem comes first, why, and how sure the order is."""
    files = open_files(section)
    picture = tables_advice.view_priorities(files)
    heading = Heading(2, files.words["priorities_title"], "plan-priorities")
    if picture.empty:
        return [heading, Paragraph((Span(files.words["no_priorities"]),), role="missing")]
    table = tables_advice.tabulate_priorities(files)
    drawn = section.draw(picture, tables_advice.RANK, "priorities")
    reasons = [Fold(table.caption, (table,))] if table else []  # the figure tells the order alone
    return [heading, drawn, *reasons]


@PARTS.register("selection")
def selection(section: Section) -> list[Block]:
    """Which measures the certain money pays for, and what each village gets of it."""
    files = open_files(section)
    chosen = tables_advice.tabulate_selection(files)
    shares = tables_advice.tabulate_village_shares(files)
    return [*([Fold(chosen.caption, (chosen,))] if chosen else []), *([shares] if shares else [])]


@PARTS.register("budget_ahead")
def budget_ahead(section: Section) -> list[Block]:
    """The forecast budget with the limits between which risks may move its balance."""
    table = tables_advice.tabulate_ahead(open_files(section))
    return [table] if table is not None else []
