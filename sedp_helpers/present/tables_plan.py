"""The action plan on paper: seven columns under problem and goal, targets and higher goals."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import groupby
from typing import Any

from sedp_helpers.blocks import Cell, Column, Table, make_band
from sedp_helpers.compute.custom_measures import find_year, name_contribution
from sedp_helpers.models import LANGUAGES
from sedp_helpers.present.book import Wanted
from sedp_helpers.present.records import DASH, Files
from sedp_helpers.present.sheets import tell_sheet
from sedp_helpers.process.cells import text_of


def name_measure(files: Files, measure: Mapping[str, Any]) -> str:
    return files.text(measure, "measure") or text_of(measure, "id")


def tabulate_plan(files: Files) -> Table | None:
    """Seven columns, a band over the measures of each problem and goal; without a plan, nothing."""
    words = files.words
    problems = {one["id"]: files.text(one, "problem") for one in files.rows("problems")}
    plan = sorted(files.rows("plan"), key=lambda one: _group_key(one, list(problems)))
    if not plan:
        return None
    names = (
        "task",
        "measure",
        "result",
        "deadline",
        "responsible",
        "beneficiaries",
        "contributions",
    )
    rows: list[tuple[Cell, ...]] = []
    for (problem, goal), measures in groupby(
        plan, key=lambda one: (text_of(one, "problem"), files.text(one, "goal"))
    ):
        title = problems.get(problem) or words["no_problem"]
        told = words["goal_is"].format(goal=goal) if goal else words["no_goal"]
        rows.append(
            make_band(words["problem_and_goal"].format(problem=title, goal=told), len(names))
        )
        rows += _seven_cells(files, list(measures))
    columns = tuple(Column(words[name], wide=True) for name in names)
    return Table(
        words["plan"],
        columns,
        tuple(rows),
        "plan-table",
        notes=(words["in_som"],),
        whence=(tell_sheet(files.viewer.wording, "plan"),),
    )


def _group_key(measure: Mapping[str, Any], order: list[str]) -> tuple[int, str]:
    problem = text_of(measure, "problem")
    place = order.index(problem) if problem in order else len(order)
    return place, text_of(measure, "goal")


def _seven_cells(files: Files, measures: list[dict[str, Any]]) -> Iterator[tuple[Cell, ...]]:
    """The measures of one goal; a task stands once where several measures serve it."""
    last = None
    for one in measures:
        task = files.text(one, "task")
        yield (
            Cell("" if task and task == last else task or DASH),
            Cell(name_measure(files, one)),
            Cell(_say_result(files, one)),
            Cell(say_deadline(files, one)),
            Cell(files.text(one, "responsible") or DASH),
            Cell(_say_beneficiaries(files, one)),
            Cell(_say_contributions(files, one)),
        )
        last = task


def _say_result(files: Files, measure: Mapping[str, Any]) -> str:
    """The indicator with its baseline and target, as far as they are given."""
    ident, indicator = text_of(measure, "id"), files.text(measure, "indicator")
    ends = [files.own_unit(f"plan.measure_{end}", ident) for end in ("baseline", "target")]
    arrow = " → ".join(end.text for end in ends if end.key)
    return ": ".join(part for part in (indicator, arrow) if part) or DASH


def say_deadline(files: Files, measure: Mapping[str, Any]) -> str:
    ends = [files.day(measure.get(name)) for name in ("start", "end")]
    known = list(dict.fromkeys(end for end in ends if end))
    return (
        "–".join(known)
        if all(len(end) == 4 for end in known) and known
        else (" – ".join(known) or DASH)
    )


def _say_beneficiaries(files: Files, measure: Mapping[str, Any]) -> str:
    parts = [
        f"{files.words[kind]} {number}"
        for kind in ("direct", "indirect")
        if (number := files.printed(f"plan.measure_{kind}", text_of(measure, "id")))
    ]
    return "; ".join(parts) or DASH


def _say_contributions(files: Files, measure: Mapping[str, Any]) -> str:
    """The sources with their amounts over all years, largest first."""
    begin = name_contribution(text_of(measure, "id"), "")
    mine = [
        one
        for one in files.viewer.book.entries("plan.measure_contribution", item=None)
        if one.item.startswith(begin)
    ]
    mine.sort(key=lambda one: -one.value if one.known else 0.0)
    return (
        "; ".join(
            f"{files.code('funding_sources', one.item.removeprefix(begin))} "
            f"{files.printed('plan.measure_contribution', one.item) or DASH}"
            for one in mine
        )
        or DASH
    )


# ---- targets and goals ------------------------------------------------------------------
def tabulate_targets(files: Files) -> Table | None:
    """A line per target: baseline, target, yearly change needed, and what would come by itself."""
    rows = []
    for one in files.rows("plan"):
        ident = text_of(one, "id")
        ends = [
            files.own_unit(f"plan.measure_{name}", ident)
            for name in ("baseline", "target", "yearly_change")
        ]
        if not all(cell.key for cell in ends[:2]):
            continue
        year = find_year(one.get("end"))
        rows.append(
            (
                Cell(files.text(one, "indicator") or name_measure(files, one)),
                *ends[:2],
                Cell(str(year or DASH)),
                ends[2],
                _forecast(files, one, year),
            )
        )
    if not rows:
        return None
    words = files.words
    columns = (
        Column(words["target_of"], wide=True),
        Column(words["baseline"], numeric=True),
        Column(words["target"], numeric=True),
        Column(words["by_year"]),
        Column(words["needed_yearly"], numeric=True),
        Column(words["without_programme"], numeric=True),
    )
    return Table(words["targets"], columns, tuple(rows), "targets", notes=(words["targets_note"],))


def _forecast(files: Files, measure: Mapping[str, Any], year: int | None) -> Cell:
    """The forecast without the programme, where the target's indicator is one of the catalogue."""
    ident = _find_indicator(files, text_of(measure, "indicator"))
    entry = (
        files.viewer.book.find(Wanted(f"{ident}.forecast", (), "recommended", str(year)))
        if ident and year
        else None
    )
    return files.viewer.cell(entry) if entry and entry.known else Cell("–", style="muted")


def _find_indicator(files: Files, text: str) -> str:
    """The catalogue id that a plan names by id or by name; a unit after a comma is left out."""
    plain = text.rsplit(",", 1)[0].strip().casefold()
    for ident, spec in files.viewer.wording.catalog.indicators.items():
        names = {spec.name.get(language).casefold() for language in LANGUAGES}
        if plain == ident or plain in names:
            return ident
    return ""


def tabulate_goals(files: Files) -> Table | None:
    """Goals of the plan under the goals of higher programmes that they serve (R-07)."""
    pairs: dict[tuple[str, str], list[str]] = {}
    for one in files.rows("plan"):
        higher = files.text(one, "higher_goal")
        if higher:
            pairs.setdefault((higher, files.text(one, "goal") or DASH), []).append(
                name_measure(files, one)
            )
    if not pairs:
        return None
    rows: list[tuple[Cell, ...]] = []
    for higher, served in groupby(sorted(pairs), key=lambda pair: pair[0]):
        rows.append(make_band(higher, 2))
        rows += [(Cell(goal), Cell("; ".join(pairs[higher, goal]))) for _, goal in served]
    columns = tuple(Column(files.words[name], wide=True) for name in ("own_goal", "measure"))
    return Table(files.words["goals"], columns, tuple(rows), "goals")


def tabulate_higher(files: Files) -> Table | None:
    """The higher programmes, their goals and what was taken from them."""
    found = files.rows("higher_programmes")
    if not found:
        return None
    rows = tuple(
        (
            Cell(files.text(one, "name") or DASH),
            Cell(files.text(one, "goal") or DASH),
            Cell(files.text(one, "use") or DASH),
        )
        for one in found
    )
    columns = tuple(
        Column(files.words[name], wide=True)
        for name in ("higher_programme", "higher_goal", "taken_over")
    )
    return Table(files.words["higher"], columns, rows, "higher-programmes")
