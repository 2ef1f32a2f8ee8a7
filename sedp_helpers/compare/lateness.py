"""Who is late with what: steps of the programme, requests for data, exchanges, measures.

Late is measured against a date that a rule or the request itself gives; without such a date or
without the record nothing is said to be late. Days are calendar days as of a given date.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import NamedTuple

import pandas as pd

STEPS = ("hearing", "approval", "requests", "exchanges", "measures")


class Step(NamedTuple):
    """``state``: done · late · open · unknown; ``days`` late, NaN where not late by a date;
    ``number`` of requests or measures meant."""

    unit: str
    step: str
    state: str
    days: float = float("nan")
    number: int = 0
    done: str = ""


def list_steps(
    unit: str, registers: Mapping[str, pd.DataFrame], *, drafting: int, as_of: date
) -> Iterator[Step]:
    """All steps of one member (R-20 hearing by 20 May, R-02 approval by 1 June, Q9 requests)."""
    hearing = _last_day(registers, "events", "kind", "hearing", "date")
    yield judge_day(unit, "hearing", hearing, date(drafting, 5, 20), as_of,
                    known="events" in registers)
    approval = _last_day(registers, "documents", "kind", "sedp_approval", "date")
    yield judge_day(unit, "approval", approval, date(drafting, 6, 1), as_of,
                    known="documents" in registers)
    yield count_overdue(unit, "requests", registers.get("requests"), "due", "answered", as_of)
    yield count_overdue(unit, "exchanges", registers.get("exchanges"), "", "answer_date", as_of)
    yield count_unfinished(unit, registers, as_of)


def judge_day(
    unit: str, step: str, done: date | None, due: date, as_of: date, *, known: bool
) -> Step:
    """A step with a fixed day: done, late by so many days, still open, or not recorded.

    >>> judge_day("a", "hearing", None, date(2025, 5, 20), date(2025, 5, 30), known=True)[2:4]
    ('late', 10.0)
    """
    if not known:
        return Step(unit, step, "unknown")
    if done is None:
        late = (as_of - due).days
        return Step(unit, step, "late", float(late)) if late > 0 else Step(unit, step, "open")
    late = (done - due).days
    return Step(unit, step, "late" if late > 0 else "done", float(late) if late > 0 else
                float("nan"), done=done.isoformat())


def count_overdue(
    unit: str, step: str, register: pd.DataFrame | None, due: str, answered: str, as_of: date
) -> Step:
    """Requests without an answer; late where their own day has passed, by the oldest of them."""
    if register is None or answered not in register:
        return Step(unit, step, "unknown")
    waiting = register[register[answered].map(_read_day).isna()]
    if waiting.empty:
        return Step(unit, step, "done")
    days = [(as_of - day).days for day in waiting[due].map(_read_day) if day] if due else []
    late = [number for number in days if number > 0]
    if late:
        return Step(unit, step, "late", float(max(late)), len(late))
    return Step(unit, step, "open", number=len(waiting))


def count_unfinished(
    unit: str, registers: Mapping[str, pd.DataFrame], as_of: date
) -> Step:
    """Measures of the plan whose end year has passed and whose last progress is below 100 %.

    A measure without monitoring counts as unknown work, not as late.
    """
    plan, seen = registers.get("plan"), registers.get("monitoring")
    if plan is None or seen is None or plan.empty:
        return Step(unit, "measures", "unknown")
    progress = seen.sort_values("date").dropna(subset="progress_pct")
    last = progress.groupby("measure")["progress_pct"].last()
    ended = [row["id"] for row in plan.to_dict("records")
             if str(row.get("end", ""))[:4].isdigit() and int(str(row["end"])[:4]) < as_of.year]
    late = [one for one in ended if last.get(one, 100.0) < 100]
    return Step(unit, "measures", "late" if late else "done", number=len(late))


def _last_day(registers: Mapping[str, pd.DataFrame], name: str, column: str, value: str,
              day: str) -> date | None:
    frame = registers.get(name)
    if frame is None or column not in frame:
        return None
    days = [found for found in frame.loc[frame[column] == value, day].map(_read_day) if found]
    return max(days, default=None)


def _read_day(text: object) -> date | None:
    """A day as the registers hold it; None for an empty or unreadable one."""
    try:
        return date.fromisoformat(str(text))
    except ValueError:
        return None
