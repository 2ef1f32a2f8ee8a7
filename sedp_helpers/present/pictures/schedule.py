"""What happens when: the steps of the process and the measures of the plan as bars in time."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from sedp_helpers.blocks import Cell, Column, Table
from sedp_helpers.present.charts.bars import BarsData, BarSeries
from sedp_helpers.present.charts.gantt import GanttData, Task
from sedp_helpers.present.pictures.base import Picture
from sedp_helpers.present.records import Files
from sedp_helpers.process.calendar import Step, state_step
from sedp_helpers.process.cells import span_of, text_of

MOST_TASKS = 24


def view_calendar(files: Files, steps: Sequence[Step], *, as_of: date,
                  done: Mapping[str, date]) -> Picture:
    """The nine steps and the approval with the as-of line, where the day lies near them."""
    words, tasks, rows = files.words, [], []
    for step in steps:
        name = f"{step.number}. {step.title.get(files.language)}" if step.number else \
            step.title.get(files.language)
        real = done.get(step.id)
        state = words["step_states"][state_step(step, as_of)]
        label = files.day(real.isoformat(), "day_month") if real else state
        tasks.append(Task(name, float(step.first.toordinal()), float(step.last.toordinal() + 1),
                          label))
        rows.append((Cell(name), Cell(files.day(step.first.isoformat())),
                     Cell(files.day(step.last.isoformat())), Cell(label)))
    first, last = min(s.first for s in steps), max(s.last for s in steps)
    months = [date(first.year, month, 1) for month in range(first.month, last.month + 1)]
    ticks = tuple((float(day.toordinal()), files.day(day.isoformat(), "day_month"))
                  for day in months)
    near = first <= as_of <= last
    data = GanttData(tuple(tasks), float(as_of.toordinal()) if near else None, ticks,
                     files.day(as_of.isoformat()))
    columns = tuple(Column(words[name]) for name in ("action", "start", "end", "state"))
    return Picture("gantt", data, Table("", columns, tuple(rows)))


def view_plan(files: Files, *, as_of: date) -> Picture:
    """The measures in time, how far each has come, and where today stands."""
    words, tasks, rows = files.words, [], []
    for one in files.rows("plan")[:MOST_TASKS]:
        span, ident = span_of(one, "start", "end"), text_of(one, "id")
        entry = files.entry("plan.measure_progress_pct", ident)
        known = entry is not None and entry.known
        name = files.text(one, "measure") or ident
        label = f"{files.viewer.wording.number(entry)} %" if known and entry else ""
        tasks.append(Task(name, _place(span[0]) if span else None,
                          _place(span[1], last=True) if span else None,
                          label if span else words["no_dates"],
                          entry.value / 100 if known and entry else None))
        rows.append((Cell(name), Cell(files.day(one.get("start"))), Cell(files.day(one.get("end"))),
                     files.figure("plan.measure_progress_pct", ident)))
    data = GanttData(tuple(tasks), _place(as_of), day=files.day(as_of.isoformat()))
    columns = (Column(words["measure"]), Column(words["start"]), Column(words["end"]),
               Column(words["progress"], numeric=True))
    return Picture("gantt", data, Table("", columns, tuple(rows)),
                   empty=not any(task.start for task in tasks))


def _place(day: date, *, last: bool = False) -> float:
    """A day as a year with a fraction; the last day of a measure is counted to its end."""
    length = (date(day.year + 1, 1, 1) - date(day.year, 1, 1)).days
    return day.year + (day.timetuple().tm_yday - (0 if last else 1)) / length


def view_progress(files: Files, found: Sequence[tuple[str, str, float | None]]) -> Picture:
    """Progress of each monitored measure beside the share of its time that has passed."""
    words = files.words
    entries = [files.entry("plan.measure_progress_pct", ident) for ident, _, _ in found]
    names = tuple(name for _, name, _ in found)
    expected = tuple(value for _, _, value in found)
    labels = tuple("" if value is None else files.viewer.number("plan.measure_progress_pct", value)
                   for value in expected)
    series = (BarSeries(words["progress"], files.viewer.values(entries),
                        files.viewer.labels(entries)),
              BarSeries(words["time_passed"], expected, labels))
    rows = tuple((Cell(name), files.figure("plan.measure_progress_pct", ident), Cell(label))
                 for (ident, name, _), label in zip(found, labels))
    columns = (Column(words["measure"]), Column(words["progress"], numeric=True),
               Column(words["time_passed"], numeric=True))
    return Picture("bars", BarsData(names, series, horizontal=True), Table("", columns, rows),
                   empty=not any(entry is not None and entry.known for entry in entries), unit="%")
