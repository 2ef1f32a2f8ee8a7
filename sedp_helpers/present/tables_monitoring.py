"""What was done, on paper: progress, deviations, by village and source, changes (R-33 … R-35)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from sedp_helpers.blocks import Cell, Column, Table
from sedp_helpers.present.records import DASH, Files
from sedp_helpers.present.tables_plan import name_measure, say_deadline
from sedp_helpers.process.cells import text_of
from sedp_helpers.process.monitoring import ALLOWANCE, Progress

CHANGED = "plan.measure_progress_change"


def tabulate_monitoring(files: Files, found: list[Progress]) -> Table | None:
    """Baseline, target, actual; planned, confirmed, spent; progress, state, decision (R-35)."""
    if not found:
        return None
    words, rows = files.words, []
    for one in found:
        ident = text_of(one.measure, "id")
        decision = files.text(one.record, "decision")
        rows.append((
            Cell(name_measure(files, one.measure)),
            *(files.own_unit(f"plan.measure_{name}", ident)
              for name in ("baseline", "target", "actual")),
            *(files.figure(f"plan.measure_{name}", ident)
              for name in ("cost", "confirmed", "spent", "progress_pct")),
            Cell(words["progress_states"][one.state]),
            Cell(decision or words["decisions"][suggest_decision(files, one)]),
        ))
    names = ("baseline", "target", "actual", "cost", "confirmed", "spent", "progress")
    columns = (Column(words["measure"], wide=True),
               *(Column(words[name], numeric=True) for name in names),
               Column(words["state"]), Column(words["decision"], wide=True))
    return Table(words["monitoring"], columns, tuple(rows), "monitoring",
                 notes=(words["in_som"], words["expected_note"]))


def suggest_decision(files: Files, one: Progress) -> str:
    """The decision a state calls for where none is recorded (R-35): a key of the words."""
    ident = text_of(one.measure, "id")
    spent, cost = (files.entry(f"plan.measure_{name}", ident) for name in ("spent", "cost"))
    known = spent is not None and cost is not None and spent.known and cost.known and cost.value > 0
    if one.state == "behind" and known and spent and cost:
        ahead = 100 * spent.value / cost.value - (one.progress or 0.0)
        return "money" if ahead > ALLOWANCE else "behind"
    return one.state


def tabulate_changes(files: Files) -> Table | None:
    """What the latest monitoring differs by from the one before, for measures that have both."""
    rows = []
    for one in files.rows("plan"):
        ident = text_of(one, "id")
        if files.entry(CHANGED, ident) is not None:
            rows.append((Cell(name_measure(files, one)), files.figure(CHANGED, ident),
                         files.figure("plan.measure_progress_pct", ident),
                         files.figure("plan.measure_spent_change", ident)))
    if not rows:
        return None
    words = files.words
    columns = (Column(words["measure"], wide=True), Column(words["change"], numeric=True),
               Column(words["progress"], numeric=True), Column(words["spent_since"], numeric=True))
    return Table(words["changes"], columns, tuple(rows), "changes", notes=(words["in_som"],))


def tabulate_places(files: Files) -> Table | None:
    """Planned, confirmed, spent and progress of each village."""
    rows = [(Cell(files.village({"village": village})),
             *(_of_village(files, f"plan.village_{name}", village)
               for name in ("cost", "confirmed", "spent", "progress_pct")))
            for village in _ranked(files, "plan.village_cost", "village")]
    known = any(row[-1].key for row in rows)
    return _by(files, "by_village", "village", rows, spent=True) if known else None


def _ranked(files: Files, ident: str, dim: str) -> list[str]:
    """Villages or sources of a result of the whole plan, largest first."""
    found = [one for one in files.viewer.book.entries(ident, village=None, item=None)
             if getattr(one, dim)]
    ranked = sorted(found, key=lambda one: -one.value if one.known else float("inf"))
    return [getattr(one, dim) for one in ranked]


def _of_village(files: Files, ident: str, village: str) -> Cell:
    found = files.viewer.book.entries(ident, village=village)
    return files.viewer.cell(found[0]) if found and found[0].known else Cell(DASH, style="muted")


def tabulate_source_progress(files: Files) -> Table | None:
    """Planned and confirmed money of each source and the progress of what it pays for."""
    rows = [(Cell(files.code("funding_sources", source)), files.figure("plan.funded", source),
             files.figure("plan.confirmed", source),
             files.figure("plan.source_progress_pct", source))
            for source in _ranked(files, "plan.source_progress_pct", "item")]
    return _by(files, "by_source", "source", rows, spent=False) if rows else None


def _by(files: Files, caption: str, head: str, rows: Sequence[tuple[Cell, ...]], *,
        spent: bool) -> Table:
    words = files.words
    names = ("planned_money", "confirmed", *(("spent",) if spent else ()), "progress")
    columns = (Column(words[head], wide=True),
               *(Column(words[name], numeric=True) for name in names))
    return Table(words[caption], columns, tuple(rows), caption.replace("_", "-"),
                 notes=(words["in_som"],))


def tabulate_due(files: Files, due: Sequence[Mapping[str, Any]]) -> Table | None:
    """Measures whose time is over without a record that they are done."""
    if not due:
        return None
    rows = tuple((Cell(name_measure(files, one)), Cell(say_deadline(files, one)),
                  Cell(files.text(one, "responsible") or DASH)) for one in due)
    columns = (Column(files.words["measure"], wide=True), Column(files.words["deadline"]),
               Column(files.words["responsible"], wide=True))
    return Table(files.words["due"], columns, rows, "due")


def tabulate_previous(files: Files) -> Table | None:
    """The previous programme: what was done and, if not, why."""
    previous = files.rows("previous_plan")
    if not previous:
        return None
    rows = tuple((Cell(name_measure(files, one)),
                  Cell(files.code("done_statuses", one.get("status"))),
                  Cell(files.text(one, "reason") or DASH)) for one in previous)
    columns = (Column(files.words["measure"], wide=True), Column(files.words["state"]),
               Column(files.words["reason"], wide=True))
    return Table(files.words["previous"], columns, rows, "previous")
