"""The chapter on participation: process, rules, needs, group, hearing, proposals, initiatives."""

from __future__ import annotations

from sedp_helpers.blocks import Block, Figure
from sedp_helpers.present import tables_needs, tables_process
from sedp_helpers.present.pictures import PICTURES, community, schedule
from sedp_helpers.process import judge_all
from sedp_helpers.process.approval import date_steps, find_state
from sedp_helpers.programme.base import (
    draw,
    fold,
    fold_figure,
    list_unfilled,
    make_figure,
    open_case,
    open_files,
    show,
    tell,
)
from sedp_helpers.section import PARTS, Section

REGISTERS = ("events", "problems", "causes", "institutions", "resources", "budget_guesses",
             "working_group", "proposals", "initiatives", "documents")


@PARTS.register("calendar")
def calendar(section: Section) -> list[Block]:
    """The nine steps as a Gantt with the as-of line, and as a table."""
    case, files = open_case(section), open_files(section)
    steps, done = list(case.steps.values()), date_steps(case)
    picture = schedule.view_calendar(files, steps, as_of=case.as_of, done=done)
    table = tables_process.tabulate_calendar(files, steps, done, case.as_of)
    state, step = find_state(steps, done, case.as_of)
    title = step.title.get(section.language) if step else ""
    drawn = section.draw(picture, "participation.rules", "calendar", state=state, step=title)
    return [drawn, *fold(table)]


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
    """Meetings and hearings with who came: those of the latest year, earlier ones in a fold."""
    files = open_files(section)
    latest, earlier = tables_process.tabulate_events(files)
    return [*show(latest), *fold(earlier)]


@PARTS.register("votes")
def votes(section: Section) -> list[Block]:
    """Problems by votes, and who named what; where only ranks are written, priorities by year."""
    files = open_files(section)
    return [*draw(section, community.view_votes(files), "participation.votes", "votes"),
            *show(tables_needs.tabulate_voices(files), tables_needs.tabulate_priorities(files))]


@PARTS.register("heard")
def heard(section: Section) -> list[Block]:
    """Who was heard, against the population."""
    picture = community.view_heard(open_files(section))
    return draw(section, picture, community.HEARD, "heard")


@PARTS.register("resources")
def resources(section: Section) -> list[Block]:
    """What residents put on the map, as a picture; counts, areas and uses in a fold."""
    files = open_files(section)
    picture = community.view_resources(files)
    return [*draw(section, picture, "participation.resources", "resources"),
            *fold(tables_needs.tabulate_resources(files))]


@PARTS.register("causes")
def causes(section: Section) -> list[Block]:
    """The tree of causes and effects as a picture; all of it with solutions in a fold."""
    files = open_files(section)
    table = tables_process.tabulate_causes(files)
    tree = draw(section, community.view_tree(files), "participation.votes", "tree")
    return [*tree, *fold(table)]


@PARTS.register("institutions")
def institutions(section: Section) -> list[Block]:
    """The diagram of institutions."""
    return draw(section, community.view_institutions(open_files(section)), "participation.events",
                "institutions")


@PARTS.register("guesses")
def guesses(section: Section) -> list[Block]:
    """What people think the budget is made of, beside what it is (the pie)."""
    spending, revenue = (_draw_guesses(section, side) for side in ("expenditure", "revenue"))
    return tell(section, "guesses", [*show(spending), *(
        fold_figure(section, revenue, "guesses_revenue") if spending else show(revenue))])


def _draw_guesses(section: Section, side: str) -> Figure | None:
    ident = f"participation.guess_{side}_pct"
    picture = PICTURES.get("guesses")(section.viewer, ident, real=f"budget.{side}_share_pct")
    return make_figure(section, picture, ident, f"guesses_{side}")


@PARTS.register("proposals")
def proposals(section: Section) -> list[Block]:
    """The fate of each proposal."""
    return fold(tables_process.tabulate_proposals(open_files(section)))


@PARTS.register("initiatives")
def initiatives(section: Section) -> list[Block]:
    """Local initiatives with people and money."""
    table = tables_process.tabulate_initiatives(open_files(section))
    return tell(section, "initiatives", show(table))


@PARTS.register("contest")
def contest(section: Section) -> list[Block]:
    """The nine weighted criteria, where a contest was held: an example, so on paper an annex."""
    weights = section.desk.catalog.results["participation.contest_score"].params["weights"]
    table = tables_process.tabulate_contest(open_files(section), weights)
    return tell(section, "contest", fold(table))


@PARTS.register("participation_unfilled")
def participation_unfilled(section: Section) -> list[Block]:
    """The registers of the chapter that nobody has filled in, named once."""
    return list_unfilled(section, REGISTERS)
