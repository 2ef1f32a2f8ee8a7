"""The process on paper: rules with their verdicts, the calendar, proposals, causes, contest.

Members of groups are never printed; texts of residents are printed as entered.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from sedp_helpers.blocks import Block, Cell, Column, Fold, Listing, Paragraph, Span, Table
from sedp_helpers.intake.findings import render_finding
from sedp_helpers.models import Finding
from sedp_helpers.present.records import DASH, Files
from sedp_helpers.process.calendar import Step, state_step
from sedp_helpers.process.verdict import FAILED, NOT_CHECKABLE, WARNING, Verdict

Texts = Mapping[str, Mapping[str, Mapping[str, str]]]


def say_verdict(verdict: Verdict, texts: Texts, language: str) -> tuple[str, str]:
    """Why a rule has its verdict, and what to do."""
    finding = Finding(verdict.rule, "note", table=verdict.table, text=verdict.reason,
                      params=dict(verdict.params))
    return render_finding(finding, texts, language)


def tabulate_verdicts(files: Files, verdicts: list[Verdict], texts: Texts) -> list[Block]:
    """What needs attention with what to do; all rules with their verdicts in a fold."""
    words = files.words
    blocks: list[Block] = []
    open_ones = [one for one in verdicts if one.verdict in (FAILED, WARNING)]
    if open_ones:
        columns = (Column(words["rule"]), Column(words["verdict"]),
                   Column(words["why"], wide=True), Column(words["what_to_do"], wide=True))
        rows = tuple(_attention_row(files, one, texts) for one in open_ones)
        blocks.append(Table(words["attention"], columns, rows, "rules-attention",
                            notes=_list_notes(open_ones, texts, files.language)))
    elif any(one.verdict == "passed" for one in verdicts):
        blocks.append(Paragraph((Span(words["no_attention"]),)))
    columns = (Column(words["rule"]), Column(words["says"], wide=True), Column(words["verdict"]),
               Column(words["why"], wide=True))
    judged = [one for one in verdicts if one.verdict != NOT_CHECKABLE]
    table = Table(words["all_rules"], columns,
                  tuple(_verdict_row(files, one, texts) for one in judged), "rules-all",
                  notes=_list_notes(judged, texts, files.language))
    shown = [table] if judged else []
    return [*blocks, Fold(words["all_rules"],
                          (*shown, *_list_unjudged(files, verdicts, texts)))]


def _list_unjudged(files: Files, verdicts: Iterable[Verdict], texts: Texts) -> list[Block]:
    """The rules that nothing could be judged by, gathered under what each of them lacks."""
    lacking: dict[str, list[str]] = {}
    for one in verdicts:
        if one.verdict == NOT_CHECKABLE:
            message, _ = say_verdict(one, texts, files.language)
            lacking.setdefault(message, []).append(one.rule)
    if not lacking:
        return []
    lead = Paragraph((Span(files.words["verdicts"][NOT_CHECKABLE] + ":"),), role="note")
    items = tuple((Span(f"{', '.join(rules)}: {message}"),) for message, rules in lacking.items())
    return [lead, Listing(items)]


def _attention_row(files: Files, verdict: Verdict, texts: Texts) -> tuple[Cell, ...]:
    message, action = say_verdict(verdict, texts, files.language)
    return (Cell(verdict.rule), Cell(files.words["verdicts"][verdict.verdict]), Cell(message),
            Cell(action))


def _verdict_row(files: Files, verdict: Verdict, texts: Texts) -> tuple[Cell, ...]:
    title = files.viewer.wording.catalog.rules[verdict.rule]["title"].get(files.language)
    message, _ = say_verdict(verdict, texts, files.language)
    return (Cell(verdict.rule), Cell(title), Cell(files.words["verdicts"][verdict.verdict]),
            Cell(message))


def _list_notes(verdicts: Iterable[Verdict], texts: Texts, language: str) -> tuple[str, ...]:
    """The other reading of doubtful rules, one note for all the rules it concerns."""
    found: dict[str, list[str]] = {}
    for one in verdicts:
        if one.note:
            found.setdefault(one.note, []).append(one.rule)
    return tuple(f"{', '.join(rules)}: {texts[language][note]['message']}"
                 for note, rules in sorted(found.items()))


# ---- calendar ----------------------------------------------------------------------------
def tabulate_calendar(files: Files, steps: list[Step], done: Mapping[str, date],
                      as_of: date) -> Table:
    """The steps with their days, how long they last by their dates, and what is recorded."""
    words, rows = files.words, []
    for step in steps:
        window = " – ".join(files.day(day.isoformat(), "day_month")
                            for day in (step.first, step.last))
        real = done.get(step.id)
        state = words["done_on"].format(date=files.day(real.isoformat())) if real else \
            words["step_states"][state_step(step, as_of)]
        rows.append((Cell(step.number or "–"), Cell(step.title.get(files.language)),
                     Cell(window), Cell(str(step.days)), Cell(state)))
    columns = (Column(words["step"]), Column(words["action"], wide=True), Column(words["window"]),
               Column(words["days"], numeric=True), Column(words["state"], wide=True))
    return Table(words["calendar"], columns, tuple(rows), "calendar-table",
                 notes=(words["calendar_note"],))


# ---- participation -----------------------------------------------------------------------
def tabulate_events(files: Files) -> tuple[Table | None, Table | None]:
    """Meetings and hearings, latest first, with who came: the latest two years, and all before."""
    events = sorted(files.rows("events"), key=lambda one: str(one.get("date") or ""), reverse=True)
    if not events:
        return None, None
    last = str(events[0].get("date") or "")[:4]
    since = str(int(last) - 1) if last.isdigit() else ""
    recent = [one for one in events if str(one.get("date") or "") >= since]
    earlier = events[len(recent):]
    return (_list_events(files, recent, "events"),
            _list_events(files, earlier, "earlier_events") if earlier else None)


def _list_events(files: Files, events: list[dict[str, Any]], caption: str) -> Table:
    """One row an event; how many meetings it stands for only where any says so."""
    words = files.words
    several = any(files.entry("participation.event_meetings", str(one.get("id"))) for one in events)
    counted = ("meetings",) if several else ()
    names = (*counted, "participants", "women")
    rows = tuple(
        (Cell(files.day(one.get("date"))), Cell(files.code("event_kinds", one.get("kind"))),
         Cell(files.village(one)),
         *(files.figure(f"participation.event_{name}", str(one.get("id"))) for name in names))
        for one in events)
    columns = (Column(words["date"]), Column(words["event"], wide=True), Column(words["village"]),
               *(Column(words[name], numeric=True) for name in names))
    return Table(words[caption], columns, rows, caption.replace("_", "-"))


def tabulate_proposals(files: Files) -> Table | None:
    """What was proposed, what became of it, and why (R-26)."""
    words, proposals = files.words, files.rows("proposals")
    if not proposals:
        return None
    rows = []
    for one in proposals:
        status = files.code("proposal_statuses", one.get("status")) or words["no_answer"]
        rows.append((Cell(files.text(one, "text")), Cell(files.village(one)), Cell(status),
                     Cell(files.text(one, "reason") or DASH)))
    columns = (Column(words["proposal"], wide=True), Column(words["village"]),
               Column(words["fate"]), Column(words["reason"], wide=True))
    return Table(words["proposals"], columns, tuple(rows), "proposals")


def tabulate_causes(files: Files) -> Table | None:
    """Problem, cause, effect, solution and who can solve it: the tree of the leaders' meeting."""
    words, causes = files.words, files.rows("causes")
    if not causes:
        return None
    names = {one["id"]: files.text(one, "problem") for one in files.rows("problems")}
    rows, last = [], None
    for one in sorted(causes, key=lambda c: list(names).index(c["problem"])
                      if c["problem"] in names else len(names)):
        problem = names.get(one["problem"], one["problem"])
        rows.append((Cell("" if problem == last else problem), Cell(files.text(one, "cause")),
                     Cell(files.text(one, "effect")), Cell(files.text(one, "solution")),
                     Cell(files.code("solvable_by", one.get("solvable_by")) or DASH)))
        last = problem
    columns = tuple(Column(words[name], wide=True)
                    for name in ("problem", "cause", "effect", "solution", "solvable"))
    return Table(words["causes"], columns, tuple(rows), "causes")


def tabulate_initiatives(files: Files) -> Table | None:
    """Local initiatives: people, money, who paid, cost for each participant (AC-85 … AC-87)."""
    words, found = files.words, files.rows("initiatives")
    if not found:
        return None
    ids = ("participants", "cost", "local_budget", "partner", "cost_per_participant")
    rows = tuple(
        (Cell(files.text(one, "title")), Cell(files.code("initiative_statuses", one.get("status"))),
         *(files.figure(f"participation.initiative_{name}", str(one["id"])) for name in ids))
        for one in found)
    columns = (Column(words["initiative"], wide=True), Column(words["state"]),
               *(Column(words[f"initiative_{name}"], numeric=True) for name in ids))
    return Table(words["initiatives"], columns, rows, "initiatives")


def tabulate_contest(files: Files, weights: Mapping[str, float]) -> Table | None:
    """The nine criteria with weight and score, and the weighted score (AC-81, AC-82)."""
    words, scores = files.words, files.rows("contest_scores")
    if not scores:
        return None
    rows = [(Cell(files.code("hearing_criteria", name)), Cell(f"{weight:g} %"),
             files.figure("participation.contest_criterion", name))
            for name, weight in weights.items()]
    latest = max(scores, key=lambda one: str(one.get("date") or ""))
    rows.append((Cell(words["weighted"], style="total"),
                 Cell(f"{sum(weights.values()):g} %", style="total"),
                 files.figure("participation.contest_score", str(latest["contest"]),
                              style="total")))
    columns = (Column(words["criterion"], wide=True), Column(words["weight"], numeric=True),
               Column(words["score"], numeric=True))
    return Table(words["contest"], columns, tuple(rows), "contest", notes=(words["example"],))


def list_steps_answer(words: Mapping[str, Any]) -> list[Block]:
    """The five-step answer where money suffices for protected items only (R-56, AC-65)."""
    items = tuple((Cell(str(number)), Cell(text))
                  for number, text in enumerate(words["five_steps"], start=1))
    columns = (Column(words["step"]), Column(words["action"], wide=True))
    return [Table(words["five_steps_title"], columns, items, "five-steps")]
